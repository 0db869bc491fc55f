"""Which acts stand on the agenda of an open meeting: they are decided there, and not in writing."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from committee.models import Act, AgendaItem, ItemResult, Meeting
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused

PLACE = "P Administration"
LEFT_UNDECIDED = (ItemResult.Outcome.TABLED, ItemResult.Outcome.NO_QUORUM)


def open_meetings() -> QuerySet[Meeting]:
    """Meetings that are neither closed nor cancelled, the next one first."""
    return Meeting.objects.filter(closing__isnull=True).order_by("begins_at", "pk")


def standing_items() -> QuerySet[AgendaItem]:
    """Every item that nobody struck, in the order of its agenda."""
    return AgendaItem.objects.filter(struck__isnull=True).order_by("meeting_id", "position")


def items_to_decide(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The items of a meeting whose acts are still open, in their order."""
    return standing_items().filter(
        meeting=meeting, act__adoption__isnull=True, act__ending__isnull=True
    )


def on_open_agendas(acts: Iterable[Act] | None = None) -> QuerySet[AgendaItem]:
    """The items of open meetings, of these acts alone where some are given."""
    items = standing_items().filter(meeting__closing__isnull=True)
    return items if acts is None else items.filter(act__in=[act.pk for act in acts])


def for_meetings_to_decide() -> Q:
    """The acts that no written consent is waited for: on an open agenda, or left undecided."""
    undecided = AgendaItem.objects.filter(result__outcome__in=LEFT_UNDECIDED)
    return Q(pk__in=on_open_agendas().values("act")) | Q(pk__in=undecided.values("act"))


def require_off_agendas(act: Act) -> None:
    """Refuse to decide in writing, or as decided elsewhere, what an open meeting decides."""
    item = on_open_agendas([act]).select_related("meeting").first()
    if item is not None:
        raise Refused(
            f"Act {act.number} is on the agenda of the meeting of "
            f"{day_text(item.meeting.held_on)} and is decided there.",
            place=PLACE,
            remedy="The secretary strikes it from the agenda to have it decided in writing.",
        )
