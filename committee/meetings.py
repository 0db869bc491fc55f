"""Calling a meeting of the Committee, keeping its agenda, and calling it off."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from committee import agenda, selectors, summons
from committee.adopting import PLACE, require_open
from committee.models import Act, AgendaItem, Closing, Meeting, StruckItem
from ltip import clock
from ltip.accounts.models import User
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Seal
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused


@transaction.atomic
def call_meeting(
    *,
    begins_at: datetime,
    place: str,
    acts: Collection[Act] = (),
    by: User,
    at: datetime,
    notice: str = "",
) -> Meeting:
    """Call a meeting with its agenda; the members in office on its day receive notice.

    The Program asks for no days of notice (rulebook 5.5 leaves it to the Plan): how long before it
    was called is kept. Refuses a moment that has passed, for what a meeting adopted that was not
    called here is recorded as adopted elsewhere (rulebook 1.4).
    """
    _lock(acts)
    if begins_at < at:
        raise Refused(
            "A meeting is called before it begins.",
            place=PLACE,
            remedy="What it adopted is recorded as adopted elsewhere, with its minutes.",
        )
    if not place.strip():
        raise Refused("A meeting is called to a place.", place=PLACE)
    held_on, today = clock.legal_date(begins_at), clock.legal_date(at)
    members = list(selectors.members_in_office(held_on))
    if not members:
        raise Refused(f"Nobody is in office on {day_text(held_on)}.", place=PLACE)
    year = held_on.year
    meetings = Meeting.objects.filter(number__startswith=f"M-{year}-").count()
    number = f"M-{year}-{meetings + 1:02d}"
    for act in acts:
        _require_for_agenda(act, at)
    seal = records.seal(
        kind="committee.meeting.called",
        content={
            "meeting": number,
            "held_on": held_on,
            "begins_at": begins_at,
            "place": place,
            "notice": notice,
            "days_of_notice": (held_on - today).days,
            "members": [
                {"member": str(member.user.public_id), "name": member.user.name}
                for member in members
            ],
            "agenda": _told_of(acts),
        },
        by=by,
        at=at,
    )
    meeting = Meeting.objects.create(
        number=number,
        held_on=held_on,
        begins_at=begins_at,
        place=place,
        notice=notice,
        called_by=by,
        called_at=at,
        seal=seal,
    )
    items = _added(meeting, acts, seal, by=by, at=at)
    summons.tell_of_call(meeting, items, members, by=by, at=at)
    return meeting


@transaction.atomic
def put_on_agenda(
    *, meeting: Meeting, acts: Collection[Act], by: User, at: datetime
) -> list[AgendaItem]:
    """Put open acts on the agenda, last in it; the members are told.

    While the meeting is open, an act on its agenda is decided there alone (rulebook 5.5). Refuses
    after the meeting's day: its members were not asked about what is put afterwards.
    """
    _lock(acts)
    require_open_meeting(meeting)
    if not acts:
        raise Refused("No act is chosen.", place=PLACE)
    if clock.legal_date(at) > meeting.held_on:
        raise Refused(
            f"The meeting of {day_text(meeting.held_on)} is over.",
            place=PLACE,
            remedy="What it adopted beside its agenda is recorded as adopted elsewhere.",
        )
    for act in acts:
        _require_for_agenda(act, at)
    seal = records.seal(
        kind="committee.meeting.agenda_added",
        content={"meeting": meeting.number, "agenda": _told_of(acts)},
        by=by,
        at=at,
    )
    items = _added(meeting, acts, seal, by=by, at=at)
    members = list(selectors.members_in_office(meeting.held_on))
    summons.tell_of_items(meeting, items, members, by=by, at=at)
    return items


@transaction.atomic
def strike_from_agenda(*, item: AgendaItem, reason: str, by: User, at: datetime) -> StruckItem:
    """Take an act off an agenda, saying why.

    It can then be decided by written consent or at another meeting (rulebook 5.5).
    """
    _lock([item.act])
    require_open_meeting(item.meeting)
    if StruckItem.objects.filter(item=item).exists():
        raise Refused(f"Act {item.act.number} was struck from the agenda already.", place=PLACE)
    if not reason.strip():
        raise Refused("Striking an act from an agenda says why.", place=PLACE)
    seal = records.seal(
        kind="committee.meeting.agenda_struck",
        content={"meeting": item.meeting.number, "act": item.act.number, "reason": reason},
        by=by,
        at=at,
    )
    return StruckItem.objects.create(
        item=item, reason=reason, struck_by=by, struck_at=at, seal=seal
    )


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User, at: datetime) -> Closing:
    """Call a meeting off, with the reason.

    Its acts can then be decided by written consent or at another meeting (rulebook 5.5). Refuses
    one that was recorded as held.
    """
    lock("committee")
    require_open_meeting(meeting)
    if not reason.strip():
        raise Refused("A meeting is called off with the reason.", place=PLACE)
    if meeting.records.exists():
        raise Refused(f"Meeting {meeting.number} is recorded as held.", place=PLACE)
    seal = records.seal(
        kind="committee.meeting.cancelled",
        content={"meeting": meeting.number, "reason": reason},
        by=by,
        at=at,
    )
    closing = Closing.objects.create(
        meeting=meeting,
        outcome=Closing.Outcome.CANCELLED,
        reason=reason,
        closed_by=by,
        closed_at=at,
        zone=by.time_zone,
        seal=seal,
    )
    members = list(selectors.members_in_office(meeting.held_on))
    summons.tell_of_cancellation(meeting, reason, members, by=by, at=at)
    return closing


def require_open_meeting(meeting: Meeting) -> None:
    """Refuse a meeting that is closed or cancelled."""
    closing = Closing.objects.filter(meeting=meeting).first()
    if closing is None:
        return
    if closing.outcome == Closing.Outcome.CANCELLED:
        raise Refused(f"Meeting {meeting.number} was cancelled.", place=PLACE)
    raise Refused(
        f"Meeting {meeting.number} is closed, and what it decided is conclusive.",
        place=PLACE,
        remedy="Its minutes can be corrected, and a later act can decide otherwise.",
    )


def _lock(acts: Iterable[Act]) -> None:
    lock(*[f"act:{act.pk}" for act in acts], "committee")


def _require_for_agenda(act: Act, at: datetime) -> None:
    require_open(act)
    if act.dated_on is not None:
        raise Refused(
            f"Act {act.number} was adopted on {day_text(act.dated_on)}; it waits to be recorded.",
            place=PLACE,
        )
    agenda.require_off_agendas(act)
    if selectors.lapsed_acts(on=clock.legal_date(at)).filter(pk=act.pk).exists():
        raise Refused(
            f"The time set for act {act.number} is over.",
            place=PLACE,
            remedy="Put the act before the Committee again.",
        )


def _added(
    meeting: Meeting, acts: Iterable[Act], seal: Seal, *, by: User, at: datetime
) -> list[AgendaItem]:
    last: int = meeting.items.aggregate(last=Max("position"))["last"] or 0
    return AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, act=act, position=position, added_by=by, added_at=at, seal=seal)
        for position, act in enumerate(acts, start=last + 1)
    )


def _told_of(acts: Iterable[Act]) -> list[dict[str, str]]:
    return [
        {"act": act.number, "act_id": str(act.public_id), "exhibit": act.exhibit_digest}
        for act in acts
    ]
