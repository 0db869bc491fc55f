"""What the Committee decides about awards after their grant."""

import uuid

from django.db import models
from django.db.models import Q

from ltip.accounts.models import User
from ltip.records.models import AppendOnly, Seal
from participants.awards.models.granting import Award


class Discretion(AppendOnly):
    """The Committee set what an award earns, down or up (P Award Determination).

    Before the determination `to_shares` is the most that can be earned, afterwards what is due.
    """

    class Direction(models.TextChoices):
        REDUCE = "reduce", "Reduced"
        INCREASE = "increase", "Increased"

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="discretions")
    direction = models.CharField(max_length=16, choices=Direction.choices)
    to_shares = models.PositiveIntegerField()
    decided_on = models.DateField()
    reason = models.TextField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "seal"], name="one_discretion_per_act"),
        ]

    def __str__(self) -> str:
        return f"{self.award_id} {self.direction} to {self.to_shares}"


class Adjustment(AppendOnly):
    """The outstanding Performance Shares were adjusted for a corporate transaction (GA §11)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ratio = models.CharField(max_length=32, help_text="New for one old, canonical decimal text.")
    transaction = models.TextField()
    adjusted_on = models.DateField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.ratio} for one on {self.adjusted_on}"


class AwardAdjustment(AppendOnly):
    """One award before and after: its target, and its earned shares when it was determined."""

    adjustment = models.ForeignKey(Adjustment, on_delete=models.PROTECT, related_name="lines")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="adjustments")
    target_before = models.PositiveIntegerField()
    target_after = models.PositiveIntegerField()
    earned_before = models.PositiveIntegerField(null=True)
    earned_after = models.PositiveIntegerField(null=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["adjustment", "award"], name="adjusted_once_each"),
        ]

    def __str__(self) -> str:
        return f"{self.award_id} {self.target_before} → {self.target_after}"


class TransferFinding(AppendOnly):
    """The Committee found that a holder tried to transfer an award, which is void (GA §10)."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="transfer_finding")
    attempted_on = models.DateField()
    found_on = models.DateField()
    description = models.TextField()
    voids_award = models.BooleanField(help_text="By the reading transfer.effect of that day.")
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"transfer of {self.award_id} found on {self.found_on}"


class Recovery(AppendOnly):
    """The Committee determined that an award is to be recovered (P Compensation Subject to
    Recovery): shares of it, or money for them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="recoveries")
    determined_on = models.DateField()
    shares = models.PositiveIntegerField()
    amount_minor = models.PositiveBigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="USD")
    policy = models.TextField()
    reason = models.TextField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shares__gt=0) | Q(amount_minor__gt=0), name="recovery_of_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shares} of {self.award_id} to be recovered"


class RecoveryReceipt(AppendOnly):
    """Something that was recovered came back to the company."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="receipts")
    received_on = models.DateField()
    shares = models.PositiveIntegerField(default=0)
    amount_minor = models.PositiveBigIntegerField(default=0)
    note = models.TextField(blank=True)
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shares__gt=0) | Q(amount_minor__gt=0), name="receipt_of_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shares} received for {self.recovery_id}"


class SettlementDeferral(AppendOnly):
    """The Committee delayed a settlement whose deduction would be lost (P Qualified
    Performance-Based Compensation). The latest for an award holds."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="settlement_deferrals")
    deferred_on = models.DateField()
    first_deductible_year = models.PositiveSmallIntegerField()
    reason = models.TextField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.award_id} until {self.first_deductible_year}"


class AmendmentDraft(AppendOnly):
    """The text of an amendment, put before the holders whose consent it needs."""

    class Kind(models.TextChoices):
        GENERAL = "general", "General"
        SECTION_409A = "409A", "For Section 409A"
        GOALS = "goals", "Of the goals"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField()
    goals = models.TextField(blank=True, help_text="Canonical request of new goals, if any.")
    digest = models.CharField(max_length=64)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.title


class AmendedAward(AppendOnly):
    """An award that a draft concerns, and whether it is hurt by it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draft = models.ForeignKey(AmendmentDraft, on_delete=models.PROTECT, related_name="awards")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="amended")
    is_adverse = models.BooleanField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "award"], name="concerned_once_per_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.award_id} by {self.draft_id}"


class Amendment(AppendOnly):
    """The Committee adopted a draft (P Amendment and Termination)."""

    draft = models.OneToOneField(AmendmentDraft, on_delete=models.PROTECT, related_name="adopted")
    amended_on = models.DateField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.draft} on {self.amended_on}"
