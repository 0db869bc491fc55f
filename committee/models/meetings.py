"""Meetings of the Committee: called with an agenda, recorded, certified and closed once."""

import uuid

from django.db import models
from django.db.models import Q

from committee.models.acts import Act
from committee.models.members import Membership
from ltip.accounts.models import AuthenticationUse, User
from ltip.records.models import AppendOnly, Document, Seal


class Meeting(AppendOnly):
    """A meeting as it was called; `held_on` is the company's day on which it begins."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=16, unique=True)
    held_on = models.DateField(db_index=True)
    begins_at = models.DateTimeField()
    place = models.CharField(max_length=300)
    notice = models.TextField(default="", blank=True)
    called_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Meeting {self.number}"


class AgendaItem(AppendOnly):
    """An act on the agenda of a meeting; while the meeting is open, it is decided there only."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="one_item_of_each_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} at {self.meeting}"


class StruckItem(AppendOnly):
    """An act was taken off an agenda before the meeting decided on it."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="struck")
    reason = models.TextField()
    struck_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.item} struck"


class MeetingRecord(AppendOnly):
    """What the secretary recorded of a meeting: who was there, how each voted, the minutes.

    The last one counts; nothing follows from it until it is certified.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="records")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_record_of_each_number"),
        ]

    def __str__(self) -> str:
        return f"Record {self.number} of {self.meeting}"


class Closing(AppendOnly):
    """The one end of a meeting: its record was certified, or the meeting was called off."""

    class Outcome(models.TextChoices):
        HELD = "held", "Held"
        NO_QUORUM = "no_quorum", "No quorum"
        CANCELLED = "cancelled", "Cancelled"

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="closing")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    record = models.OneToOneField(
        MeetingRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="closing"
    )
    reason = models.TextField(default="", blank=True)
    words = models.TextField(default="", blank=True)
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(outcome="cancelled", record__isnull=True, authentication_use__isnull=True)
                    & ~Q(reason="")
                )
                | (
                    ~Q(outcome="cancelled")
                    & Q(record__isnull=False, authentication_use__isnull=False)
                ),
                name="certified_record_or_cancelled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.outcome}"


class Attendance(AppendOnly):
    """A member was present at a meeting, by which means."""

    class Means(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        TELEPHONE = "telephone", "By telephone"
        VIDEO = "video", "By video"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    means = models.CharField(max_length=16, choices=Means.choices)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"], name="one_attendance_per_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} at {self.meeting}"


class ItemResult(AppendOnly):
    """What a meeting made of an act on its agenda; its seal is that of the act's own outcome."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", "Adopted"
        DEFEATED = "defeated", "Defeated"
        TABLED = "tabled", "Tabled"
        NO_QUORUM = "no_quorum", "Not decided: no quorum"

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="result")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    reason = models.TextField(default="", blank=True)
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.item}: {self.outcome}"


class MinutesCorrection(AppendOnly):
    """Other minutes in the place of wrong ones; without `supersedes`, of those first certified."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField()
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, related_name="+"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(supersedes__isnull=True),
                name="one_first_correction_of_minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"Corrected minutes of {self.meeting}"
