"""Who sits on the Committee, the acts put before it, and what became of them."""

import uuid

from django.db import models
from django.db.models import F, Q

from committee.models_copies import BoardBook as BoardBook
from committee.models_copies import ExportLine as ExportLine
from committee.models_copies import MinuteBookExport as MinuteBookExport
from ltip.accounts.models import AuthenticationUse, User
from ltip.records.models import AppendOnly, Document, Seal


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


class Adoption(AppendOnly):
    """An act was adopted: by written consent, dated by its last signature, or elsewhere, dated by
    its document, and recorded here on `recorded_on`; `adopted_at` is the moment of that.
    """

    class Procedure(models.TextChoices):
        CONSENT = "consent", "Unanimous written consent"
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
    """How a member voted on an act that was adopted elsewhere."""

    class Choice(models.TextChoices):
        FOR = "for", "For"
        AGAINST = "against", "Against"
        ABSTAINING = "abstaining", "Abstaining"

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="votes")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=16, choices=Choice.choices)
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
