"""Who sits on the Committee: terms of office, their ends, and findings of independence."""

from django.db import models
from django.db.models import F, Q

from ltip.accounts.models import User
from ltip.records.models import AppendOnly, Seal


class Membership(AppendOnly):
    """A term of office on the Committee, as it was begun; an `EndOfTerm` ends one.

    `ends_on` is its last day where that was known from the start. A wrong row is superseded by
    one that says it right.
    """

    class Position(models.TextChoices):
        CHAIR = "chair", "Chair"
        MEMBER = "member", "Member"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    position = models.CharField(max_length=16, choices=Position.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    reason = models.TextField(default="", blank=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "starts_on"],
                condition=Q(supersedes__isnull=True),
                name="one_term_per_start",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="term_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_position_display()})"


class EndOfTerm(AppendOnly):
    """The last day of a term of office; a wrong one is superseded by the right one."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="ends")
    ends_on = models.DateField()
    reason = models.TextField(default="", blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.membership} until {self.ends_on}"


class Independence(AppendOnly):
    """Whether somebody was found independent, on which day and by which source."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="independence")
    is_independent = models.BooleanField()
    determined_on = models.DateField()
    source = models.TextField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.user} {'independent' if self.is_independent else 'not independent'}"
