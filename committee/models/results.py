"""What became of an act: adopted or ended, how each member voted, and its paper."""

from django.db import models
from django.db.models import Q

from committee.models.acts import Act
from committee.models.members import Membership
from ltip.accounts.models import User
from ltip.records.models import AppendOnly, Document, Seal


class Adoption(AppendOnly):
    """An act was adopted: by written consent, dated by its last signature; at a meeting, dated by
    its day; or elsewhere, dated by its document. It is recorded here on `recorded_on`;
    `adopted_at` is the moment of that.
    """

    class Procedure(models.TextChoices):
        CONSENT = "consent", "Unanimous written consent"
        MEETING = "meeting", "At a meeting of the Committee"
        ELSEWHERE = "elsewhere", "Adopted elsewhere"

    act = models.OneToOneField(Act, on_delete=models.PROTECT, related_name="adoption")
    procedure = models.CharField(
        max_length=16, choices=Procedure.choices, default=Procedure.CONSENT
    )
    act_date = models.DateField(db_index=True)
    recorded_on = models.DateField(null=True, blank=True)
    adopted_at = models.DateTimeField()
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(procedure="consent") | Q(document__isnull=False),
                name="adopted_without_signatures_has_a_document",
            ),
        ]

    @property
    def recorded_days_later(self) -> int:
        """The gap between the act's own date and its recording, shown for ever (rulebook 1.4)."""
        return (self.recorded_on - self.act_date).days if self.recorded_on else 0

    def __str__(self) -> str:
        return f"{self.act} adopted on {self.act_date}"


class Ending(AppendOnly):
    """An act ended without adoption; `ended_by` is empty where the timetable ended it."""

    class Reason(models.TextChoices):
        VOIDED = "voided", "Void: what it was based on changed"
        WITHDRAWN = "withdrawn", "Withdrawn"
        LAPSED = "lapsed", "Lapsed: not signed by all in time"
        DEFEATED = "defeated", "Defeated: a meeting did not carry it"

    act = models.OneToOneField(Act, on_delete=models.PROTECT, related_name="ending")
    reason = models.CharField(max_length=16, choices=Reason.choices)
    explanation = models.TextField()
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.act} {self.reason}"


class Vote(AppendOnly):
    """How a member voted on an act at a meeting, with the words wanted on record beside it."""

    class Choice(models.TextChoices):
        FOR = "for", "For"
        AGAINST = "against", "Against"
        ABSTAINING = "abstaining", "Abstaining"

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="votes")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=16, choices=Choice.choices)
    words = models.TextField(default="", blank=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "membership"], name="one_vote_per_member"),
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.choice} {self.act}"


class ActPaper(AppendOnly):
    """The paper of an adopted act, made once: its file, and the certificate that signed it.

    Without a signing key the paper is kept unsigned, and the certificate's fields are empty.
    """

    adoption = models.OneToOneField(Adoption, on_delete=models.PROTECT, related_name="paper")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    is_signed = models.BooleanField()
    by_demonstration_key = models.BooleanField()
    certificate_subject = models.TextField(default="", blank=True)
    certificate_digest = models.CharField(max_length=64, default="", blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(is_signed=True) & ~Q(certificate_digest=""))
                | Q(is_signed=False, certificate_digest="", by_demonstration_key=False),
                name="signed_paper_names_its_certificate",
            ),
        ]

    def __str__(self) -> str:
        return f"Paper of {self.adoption}"
