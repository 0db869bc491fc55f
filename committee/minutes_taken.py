"""The minutes of meetings, as they are taken away with the minute book."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from committee.models import Meeting


@dataclass(frozen=True, slots=True)
class Minutes:
    """One file of minutes, and why it took the place of the one before; "" for the first."""

    file: str
    digest: str
    reason: str


@dataclass(frozen=True, slots=True)
class MeetingTaken:
    """A meeting that is over: its day, how it ended, and its minutes, the latest last."""

    number: str
    held_on: date
    outcome: str
    record: int
    minutes: tuple[Minutes, ...]


def minutes_file(day: date, digest: str) -> str:
    """The name of a file of minutes; one may stand behind several acts and a meeting."""
    return f"minutes/{day}-{digest[:12]}.pdf"


def meetings_taken(*, upto: int, acts: Collection[str] | None = None) -> list[MeetingTaken]:
    """The meetings closed by a record of the chain, the latest first; those of some acts, if given.

    A correction that was recorded later than that is left out.
    """
    meetings = Meeting.objects.filter(closing__seal__lte=upto)
    if acts is not None:
        meetings = meetings.filter(items__act__number__in=acts, items__struck=None).distinct()
    rows = meetings.select_related("closing__record").prefetch_related("corrections")
    return [_taken(meeting, upto) for meeting in rows.order_by("-begins_at", "-pk")]


def _taken(meeting: Meeting, upto: int) -> MeetingTaken:
    record = meeting.closing.record
    kept = [(record.document_id, "")] if record and record.document_id else []
    corrections = sorted(meeting.corrections.all(), key=lambda row: row.seal_id)
    kept += [(row.document_id, row.reason) for row in corrections if row.seal_id <= upto]
    return MeetingTaken(
        number=meeting.number,
        held_on=meeting.held_on,
        outcome=meeting.closing.get_outcome_display(),
        record=meeting.closing.seal_id,
        minutes=tuple(
            Minutes(minutes_file(meeting.held_on, digest), digest, reason)
            for digest, reason in kept
        ),
    )
