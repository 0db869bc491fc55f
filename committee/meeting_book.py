"""Reading meetings: what they are about, what became of each act, and how it was decided."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from committee import agenda, selectors
from committee.models import (
    Act,
    AgendaItem,
    Attendance,
    ItemResult,
    Meeting,
    MeetingRecord,
    Membership,
    MinutesCorrection,
    Vote,
)
from committee.summons import occasion_of_call
from ltip.notices.models import Message
from ltip.records.models import Document

MEANS = dict(Attendance.Means.choices)


@dataclass(frozen=True, slots=True)
class Line:
    """An item of an agenda as a page shows it; `told` is what was recorded of it, if anything."""

    item: AgendaItem
    told: dict[str, Any] | None = None

    @property
    def is_standing(self) -> bool:
        return not hasattr(self.item, "struck")

    @property
    def can_be_struck(self) -> bool:
        act = self.item.act
        return self.is_standing and not (hasattr(act, "adoption") or hasattr(act, "ending"))


@dataclass(frozen=True, slots=True)
class Notified:
    """A member of a meeting's day and the notice that was given, if it has been."""

    membership: Membership
    message: Message | None


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes as they were attached, with the correction that put them there, if any."""

    document: Document
    record: int
    correction: MinutesCorrection | None = None


def meeting_by_public_id(public_id: UUID) -> Meeting | None:
    """A meeting with how it ended."""
    return (
        Meeting.objects.select_related(
            "called_by", "seal", "closing__closed_by", "closing__seal", "closing__record"
        )
        .filter(public_id=public_id)
        .first()
    )


def last_record(meeting: Meeting) -> MeetingRecord | None:
    """What was last recorded of a meeting."""
    return (
        meeting.records.select_related("recorded_by", "seal", "document")
        .defer("document__content")
        .order_by("-number")
        .first()
    )


def lines_of(meeting: Meeting, content: dict[str, Any] | None) -> list[Line]:
    """The agenda of a meeting, struck items too, each with what was recorded of it."""
    told = {item["act_id"]: item for item in content["items"]} if content else {}
    items = _with_results(AgendaItem.objects.filter(meeting=meeting).order_by("position"))
    return [
        Line(item, told.get(str(item.act.public_id)) if not hasattr(item, "struck") else None)
        for item in items
    ]


def content_of_record(record: MeetingRecord | None) -> dict[str, Any] | None:
    """What a record says."""
    if record is None:
        return None
    content: dict[str, Any] = json.loads(record.content)
    for member in content["members"]:
        member["means_words"] = MEANS.get(member["means"], "")
        member["position_words"] = Membership.Position(member["position"]).label
    return content


def notices_of(meeting: Meeting) -> list[Notified]:
    """The members of the meeting's day, each with the message that gave notice."""
    members = list(selectors.members_in_office(meeting.held_on))
    occasions = {member.pk: occasion_of_call(meeting, member) for member in members}
    written = Message.objects.filter(occasion__in=occasions.values()).select_related("given")
    messages = {message.occasion: message for message in written}
    return [Notified(member, messages.get(occasions[member.pk])) for member in members]


def minutes_of(meeting: Meeting) -> list[Minutes]:
    """The minutes of a closed meeting, the last corrected ones first."""
    closing = getattr(meeting, "closing", None)
    if closing is None or closing.record is None:
        return []
    corrections = (
        meeting.corrections.select_related("document", "corrected_by", "seal")
        .defer("document__content")
        .order_by("-seal_id")
    )
    found = [Minutes(one.document, one.seal_id, one) for one in corrections]
    record = last_record(meeting)
    if record is not None and record.document is not None:
        found.append(Minutes(record.document, record.seal_id))
    return found


def document_of(meeting: Meeting, record: int) -> Document | None:
    """The minutes that a record or a correction of this meeting attached."""
    rows: Iterable[MeetingRecord | MinutesCorrection] = (
        *meeting.records.filter(seal=record).select_related("document"),
        *meeting.corrections.filter(seal=record).select_related("document"),
    )
    return next((row.document for row in rows), None)


def open_meetings_with_agendas() -> list[Any]:
    """Meetings that are still to be held or recorded, the next one first, with `standing` items."""
    items = _with_results(agenda.standing_items())
    return list(
        agenda.open_meetings().prefetch_related(
            Prefetch("items", queryset=items, to_attr="standing"), "records"
        )
    )


def meetings_to_come(on: date) -> list[Meeting]:
    """The meetings on whose agendas an act can still be put."""
    return list(agenda.open_meetings().filter(held_on__gte=on))


def meetings_by_latest() -> QuerySet[Meeting]:
    """Every meeting, the latest first, with its items, their results, the dissent and minutes."""
    corrections = MinutesCorrection.objects.order_by("-seal_id")
    items = _with_results(agenda.standing_items()).prefetch_related(
        Prefetch("act__votes", queryset=_dissent(), to_attr="dissent")
    )
    return (
        Meeting.objects.select_related("closing__record")
        .prefetch_related(
            Prefetch("items", queryset=items, to_attr="standing"),
            Prefetch("corrections", queryset=corrections, to_attr="corrected"),
        )
        .order_by("-begins_at", "-pk")
    )


def items_of(act: Act) -> list[AgendaItem]:
    """The agendas on which an act stood, in the order of the meetings."""
    return list(
        AgendaItem.objects.filter(act=act)
        .select_related("meeting__closing", "result", "struck")
        .order_by("meeting__begins_at", "pk")
    )


def is_waiting(item: AgendaItem) -> bool:
    """Whether a meeting is still to decide on an item."""
    return not (hasattr(item, "struck") or hasattr(item.meeting, "closing"))


def votes_on(act: Act) -> list[Vote]:
    """The votes that a meeting gave on an act."""
    return list(Vote.objects.filter(act=act).select_related("membership__user").order_by("pk"))


def with_votes(acts: QuerySet[Act]) -> QuerySet[Act]:
    """The same acts with the `dissent` on each, and the agenda from which it was decided."""
    final = (ItemResult.Outcome.ADOPTED, ItemResult.Outcome.DEFEATED)
    decided = AgendaItem.objects.filter(result__outcome__in=final)
    return acts.prefetch_related(
        Prefetch("votes", queryset=_dissent(), to_attr="dissent"),
        Prefetch(
            "agenda_items",
            queryset=decided.select_related("meeting"),
            to_attr="decided_at",
        ),
    )


def item_to_strike(meeting: Meeting, act: UUID) -> AgendaItem | None:
    """The standing item of a meeting that is about an act."""
    return (
        agenda.standing_items()
        .filter(meeting=meeting, act__public_id=act)
        .select_related("meeting", "act")
        .first()
    )


def acts_for_agendas(on: date) -> list[Act]:
    """Open acts that can be put on an agenda, the oldest first."""
    return list(
        selectors.open_acts()
        .filter(dated_on__isnull=True)
        .exclude(pk__in=agenda.on_open_agendas().values("act"))
        .exclude(pk__in=selectors.lapsed_acts(on=on).values("pk"))
        .defer("exhibit", "request", "outline")
    )


def chair_present(content: dict[str, Any] | None, members: Sequence[Notified]) -> int | None:
    """The key of the chair's user, where the record says that the chair was there."""
    present = {one["member"] for one in content["members"] if one["means"]} if content else set()
    return next(
        (
            one.membership.user_id
            for one in members
            if one.membership.position == Membership.Position.CHAIR
            and str(one.membership.user.public_id) in present
        ),
        None,
    )


def _dissent() -> QuerySet[Vote]:
    """Votes other than for an act, and every vote with words beside it."""
    dissenting = Vote.objects.exclude(choice=Vote.Choice.FOR, words="")
    return dissenting.select_related("membership__user").order_by("pk")


def _with_results(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    return items.select_related(
        "act__adoption", "act__ending", "result", "struck__struck_by"
    ).defer("act__exhibit", "act__request", "act__outline")
