"""The acts put before the Committee, their text, and who signed or declined them."""

import uuid

from django.db import models

from committee.models.members import Membership
from ltip.accounts.models import AuthenticationUse, User
from ltip.records.models import AppendOnly, Seal


class Act(AppendOnly):
    """Something put before the Committee: what is asked, with the exhibit as it was frozen.

    A written consent to it can be completed until `lapses_on`. `dated_on` is set where the
    Committee is said to have adopted it elsewhere on that day, and it only waits to be recorded.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=32)
    schema_version = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=64, db_index=True)
    title = models.CharField(max_length=200)
    request = models.TextField()
    exhibit = models.TextField()
    # Of a long exhibit all but the rows of its long tables; empty for a short one.
    outline = models.TextField(default="")
    drafted_digest = models.CharField(max_length=64)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    lapses_on = models.DateField(null=True, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Act {self.number}"

    @property
    def last_revision(self) -> "Revision | None":
        """The text as it stands, where it was changed; looked up each time, never remembered."""
        return Revision.objects.filter(act=self).order_by("-number").first()

    @property
    def exhibit_digest(self) -> str:
        """The digest of the exhibit with the text as it stands: what a member signs."""
        revision = self.last_revision
        return revision.exhibit_digest if revision else self.drafted_digest

    @property
    def signatures(self) -> "models.QuerySet[Signature]":
        """The signatures given to the text as it stands; those to an earlier one are void."""
        return self.all_signatures.filter(exhibit_digest=self.exhibit_digest)


class Revision(AppendOnly):
    """The text of a resolution was changed before its adoption: what it says from then on.

    Signatures given to an earlier text stay on record and count no more: the digest that members
    sign covers the text and its number.
    """

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    changes = models.TextField()
    exhibit_digest = models.CharField(max_length=64)
    revised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    revised_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["act", "number"], name="one_revision_of_each_number"),
        ]

    def __str__(self) -> str:
        return f"{self.act}, text {self.number + 1}"


class ExhibitRows(AppendOnly):
    """A stretch of a long table of an exhibit, so that a page reads only what it draws.

    Derived when the act is proposed; the exhibit, which is signed and sealed, is the whole.
    """

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+")
    table = models.PositiveSmallIntegerField()
    part = models.PositiveSmallIntegerField()
    rows = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "table", "part"], name="one_stretch_of_rows"),
        ]

    def __str__(self) -> str:
        return f"{self.act}, table {self.table}, stretch {self.part}"


class Signature(AppendOnly):
    """A member's consent to an act, with what was shown and how the member proved identity."""

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="all_signatures")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, related_name="+"
    )
    exhibit_digest = models.CharField(max_length=64)
    words = models.TextField()
    signed_at = models.DateTimeField()
    zone = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["act", "membership", "exhibit_digest"],
                name="one_signature_per_member_and_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} on {self.act}"


class Declination(AppendOnly):
    """A member declined to sign an act, with the reason: unanimity can't be reached any more."""

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="declinations")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, related_name="+"
    )
    exhibit_digest = models.CharField(max_length=64)
    reason = models.TextField()
    declined_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["act", "membership"], name="one_declination_per_member_and_act"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} declined {self.act}"
