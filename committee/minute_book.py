"""Reading the minute book: the acts that were adopted, and what took their place."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from committee.models import Act
from committee.selectors import adopted_acts


@dataclass(frozen=True, slots=True)
class Index:
    """The kinds, subjects and years that the minute book holds."""

    kinds: list[str]
    subjects: list[str]
    years: list[int]


def index() -> Index:
    """What the minute book can be filtered by."""
    acts = Act.objects.filter(adoption__isnull=False)
    found = set(acts.values_list("kind", "subject", "adoption__act_date__year"))
    return Index(
        kinds=sorted({kind for kind, _, _ in found}),
        subjects=sorted({subject for _, subject, _ in found}),
        years=sorted({year for _, _, year in found}, reverse=True),
    )


def entries(*, kind: str = "", period: str = "", year: str = "") -> QuerySet[Act]:
    """Adopted acts, latest first, of a kind, a period and a year where these are given."""
    acts = adopted_acts().defer("exhibit", "request")
    chosen = {"kind": kind, "subject": period, "adoption__act_date__year": year}
    return acts.filter(**{field: value for field, value in chosen.items() if value})


def replacing_acts(acts: Iterable[Act]) -> dict[int, Act]:
    """By key of an adopted act, the later act that took its place: only goals are replaced so."""
    subjects = {act.subject for act in acts if act.kind == "goal"}
    goals = adopted_acts().filter(kind="goal", subject__in=subjects).defer("exhibit", "request")
    replaced: dict[int, Act] = {}
    later: dict[str, Act] = {}
    for goal in goals:
        if goal.subject in later:
            replaced[goal.pk] = later[goal.subject]
        later[goal.subject] = goal
    return replaced
