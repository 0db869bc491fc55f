"""Who sits on the Committee, the acts put before it, and what became of them."""

import uuid

from django.db import models
from django.db.models import F, Q

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
    exhibit_digest = models.CharField(max_length=64)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    lapses_on = models.DateField(null=True, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Act {self.number}"


class Signature(AppendOnly):
    """A member's consent to an act, with what was shown and how the member proved identity."""

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="signatures")
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
                fields=["act", "membership"], name="one_signature_per_member_and_act"
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
    """An act was adopted: by written consent, dated by its last signature, at a meeting, dated by
    the meeting, or elsewhere, dated by its document; `adopted_at` is when that was recorded here.
    """

    class Procedure(models.TextChoices):
        CONSENT = "consent", "Unanimous written consent"
        MEETING = "meeting", "Meeting"
        ELSEWHERE = "elsewhere", "Adopted elsewhere"

    act = models.OneToOneField(Act, on_delete=models.PROTECT, related_name="adoption")
    procedure = models.CharField(
        max_length=16, choices=Procedure.choices, default=Procedure.CONSENT
    )
    act_date = models.DateField(db_index=True)
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

    def __str__(self) -> str:
        return f"{self.act} adopted on {self.act_date}"


class Ending(AppendOnly):
    """An act ended without adoption; `ended_by` is empty where the timetable ended it."""

    class Reason(models.TextChoices):
        VOIDED = "voided", "Void: what it was based on changed"
        WITHDRAWN = "withdrawn", "Withdrawn"
        DEFEATED = "defeated", "Defeated at a meeting"
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


class Meeting(AppendOnly):
    """A meeting that was called: when and where, and since when the members know of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meets_on = models.DateField(db_index=True)
    meets_at = models.TimeField()
    place = models.CharField(max_length=200)
    notice_on = models.DateField()
    called_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Meeting of {self.meets_on}"


class AgendaItem(AppendOnly):
    """An act that is put to a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "act"], name="one_item_per_act"),
            models.UniqueConstraint(fields=["meeting", "position"], name="one_item_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.act} at {self.meeting}"


class MeetingCancellation(AppendOnly):
    """A meeting that was called is not held, and why."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="cancellation")
    reason = models.TextField()
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.meeting} cancelled"


class MeetingRecord(AppendOnly):
    """A meeting was held: its minutes, by whom and when its result was recorded."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="record")
    minutes = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.meeting} recorded"


class Attendance(AppendOnly):
    """A member was present at a meeting."""

    record = models.ForeignKey(MeetingRecord, on_delete=models.PROTECT, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "membership"], name="one_attendance_per_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} at {self.record}"


class MeetingOutcome(AppendOnly):
    """What became of an act at a meeting."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", "Adopted"
        DEFEATED = "defeated", "Defeated"
        TABLED = "tabled", "Tabled"
        VOIDED = "voided", "Void"

    record = models.ForeignKey(MeetingRecord, on_delete=models.PROTECT, related_name="outcomes")
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="outcome")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)

    def __str__(self) -> str:
        return f"{self.item.act} {self.outcome}"


class Vote(AppendOnly):
    """How a member voted on an act, at a meeting or elsewhere, with the words of a dissent."""

    class Choice(models.TextChoices):
        FOR = "for", "For"
        AGAINST = "against", "Against"
        ABSTAINING = "abstaining", "Abstaining"

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="votes")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=16, choices=Choice.choices)
    dissent = models.TextField(default="", blank=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "membership"], name="one_vote_per_member"),
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.choice} {self.act}"
