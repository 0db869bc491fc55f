"""Meetings of the Committee of the stories, called, recorded and certified."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from committee.closing import close_meeting
from committee.judging import TABLED, VOTED, ItemTold, MeetingTold
from committee.meetings import call_meeting
from committee.models import Act, Closing, ItemResult, Meeting, MeetingRecord
from committee.recording import record_meeting
from committee.services import propose_act
from ltip.accounts.models import User
from ltip.desk.scenarios.telling import Telling
from ltip.records.models import Document
from ltip.records.services import store_document
from tests import cast

# The Committee meets two hours after it is called.
CALLED_FOR = timedelta(hours=2)


def called(
    acts: Sequence[Act], *, by: User, on: date, called_at: datetime | None = None
) -> Meeting:
    """A meeting of the afternoon, called at noon."""
    return call_meeting(
        begins_at=cast.noon(on) + CALLED_FOR,
        place="Room 4",
        notice="Lunch is served.",
        acts=acts,
        by=by,
        at=called_at or cast.noon(on),
    )


def minutes(at: datetime, content: bytes = b"%PDF-1.7 minutes") -> Document:
    return store_document(content=content, name="minutes.pdf", media_type="application/pdf", at=at)


def voted(
    for_: Sequence[User] = (),
    *,
    against: Sequence[User] = (),
    abstaining: Sequence[User] = (),
    words: Mapping[User, str] | None = None,
) -> ItemTold:
    """Who voted how, and what they wanted on record."""
    choices = {"for": for_, "against": against, "abstaining": abstaining}
    return ItemTold(
        decision=VOTED,
        votes={user.pk: choice for choice, users in choices.items() for user in users},
        words={user.pk: said for user, said in (words or {}).items()},
    )


def tabled(reason: str = "to hear counsel first") -> ItemTold:
    return ItemTold(decision=TABLED, reason=reason)


def after(meeting: Meeting) -> datetime:
    return meeting.begins_at + timedelta(hours=1)


def recorded(
    meeting: Meeting,
    *,
    by: User,
    present: Sequence[User],
    items: Mapping[Act, ItemTold] | None = None,
    at: datetime | None = None,
    document: Document | None = None,
) -> MeetingRecord:
    """The secretary's record of a meeting, all in person."""
    at = at or after(meeting)
    return record_meeting(
        meeting=meeting,
        told=MeetingTold(
            present={user.pk: "in_person" for user in present},
            items={act.pk: told for act, told in (items or {}).items()},
        ),
        document=document or minutes(at),
        by=by,
        at=at,
    )


def closed(record: MeetingRecord, *, by: User, at: datetime | None = None) -> Closing:
    at = at or record.recorded_at
    return close_meeting(
        meeting=record.meeting,
        shown_digest=record.digest,
        by=by,
        authentication=cast.proof(by, at),
        at=at,
    )


def held(
    acts: Mapping[Act, ItemTold],
    *,
    by: User,
    on: date,
    present: Sequence[User],
    certified_at: datetime | None = None,
) -> Any:
    """A meeting from its call to its certification."""
    meeting = called(list(acts), by=by, on=on)
    record = recorded(meeting, by=by, present=present, items=acts, at=certified_at)
    closed(record, by=by)
    return Meeting.objects.get(pk=meeting.pk)


def reading(story: Telling) -> Act:
    """An act that asks for nothing but a majority."""
    return propose_act(
        kind="reading",
        request={
            "readings": {"consent.interested_member": "asked"},
            "effective_on": date(2040, 1, 1),
            "reason": "to see",
        },
        by=story.secretary,
        at=cast.noon(date(2013, 3, 4)),
    )


def result_of(act: Act) -> str:
    return ItemResult.objects.get(item__act=act).outcome
