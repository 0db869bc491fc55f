"""Reading the minute book: the acts that were decided, and what took the place of what."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet

from committee.models import Act, Ending, Signature, Vote
from committee.selectors import adopted_acts
from ltip.program.models import Goal, PerformancePeriod, ReadingDecision

ADOPTED, DEFEATED = "adopted", "defeated"
# Where an act that came out so keeps its day and its seal.
DAY_AND_SEAL = {
    ADOPTED: ("adoption__act_date", "adoption__seal_id"),
    DEFEATED: ("ending__seal__legal_date", "ending__seal_id"),
}


@dataclass(frozen=True, slots=True)
class Index:
    """The kinds and periods that the minute book holds."""

    kinds: list[str]
    periods: list[str]


@dataclass(frozen=True, slots=True)
class Succession:
    """The acts that took the place of an act, and those whose place it took, in their order."""

    by: list[Act] = field(default_factory=list)
    of: list[Act] = field(default_factory=list)


def index() -> Index:
    """What the minute book can be filtered by."""
    decided = Act.objects.filter(
        Q(adoption__isnull=False) | Q(ending__reason=Ending.Reason.DEFEATED)
    )
    found = set(decided.values_list("kind", "subject"))
    # An act on one award is about its period and its holder's number: “2013–2014, 1007”.
    labels = {subject.split(", ")[0] for _, subject in found}
    periods = PerformancePeriod.objects.filter(label__in=labels).order_by("-start_date", "label")
    return Index(
        kinds=sorted({kind for kind, _ in found}),
        periods=list(periods.values_list("label", flat=True)),
    )


def entries(
    *,
    result: str = ADOPTED,
    kind: str = "",
    period: str = "",
    since: date | None = None,
    until: date | None = None,
    person: str = "",
    words: str = "",
    as_of: date | None = None,
) -> QuerySet[Act]:
    """Acts that came out so, by date, latest first, as far as each thing given holds of them.

    `as_of` leaves those that the Committee had decided by that day, on what is known now. A person
    is named in the exhibit, signed, or voted.
    """
    day, seal = DAY_AND_SEAL[result]
    defeated = Act.objects.filter(ending__reason=Ending.Reason.DEFEATED)
    decided = defeated if result == DEFEATED else adopted_acts()
    acts = (
        decided.select_related("adoption", "ending__seal")
        .defer("exhibit", "request", "ending__seal__canonical_text")
        .order_by(f"-{day}", f"-{seal}")
    )
    if kind:
        acts = acts.filter(kind=kind)
    if period:
        acts = acts.filter(Q(subject=period) | Q(subject__startswith=f"{period}, "))
    if since:
        acts = acts.filter(**{f"{day}__gte": since})
    for last in filter(None, (until, as_of)):
        acts = acts.filter(**{f"{day}__lte": last})
    if person:
        named = {"membership__user__name__icontains": person}
        acts = acts.filter(
            Q(pk__in=_acts_that_say(person, decided))
            | Q(pk__in=Signature.objects.filter(**named).values("act"))
            | Q(pk__in=Vote.objects.filter(**named).values("act"))
        )
    if words:
        acts = acts.filter(Q(number__iexact=words) | Q(pk__in=_acts_that_say(words, decided)))
    return acts


def successions(acts: Iterable[Act], *, as_of: date | None = None) -> dict[int, Succession]:
    """By key of each act, what took its place and whose place it took, by a day if one is given.

    The goals of a period are replaced by the next act that sets any, an amendment too; a reading
    by the next act that construes the same place. Other acts add to one another.
    """
    pairs = [*_successive(Goal, "period", as_of), *_successive(ReadingDecision, "key", as_of)]
    by_seal = {
        act.adoption.seal_id: act
        for act in adopted_acts()
        .defer("exhibit", "request")
        .filter(adoption__seal__in={seal for pair in pairs for seal in pair})
    }
    found = {act.pk: Succession() for act in acts}
    for earlier_seal, later_seal in sorted(set(pairs)):
        earlier, later = by_seal.get(earlier_seal), by_seal.get(later_seal)
        if earlier and later:
            if earlier.pk in found:
                found[earlier.pk].by.append(later)
            if later.pk in found:
                found[later.pk].of.append(earlier)
    return found


def _successive(decided: Any, about: str, as_of: date | None) -> list[tuple[int, int]]:
    """Each seal that decided something with the next one that decided the same thing otherwise."""
    rows = decided.objects.filter(seal__legal_date__lte=as_of) if as_of else decided.objects.all()
    seals: dict[Any, set[int]] = {}
    for thing, seal in rows.values_list(about, "seal"):
        seals.setdefault(thing, set()).add(seal)
    return [pair for numbers in seals.values() for pair in pairwise(sorted(numbers))]


def _acts_that_say(words: str, decided: QuerySet[Act]) -> list[int]:
    """Those acts in whose exhibit something holds these words, however they are capitalised.

    The database finds them anywhere in the stored text; the exhibit's own field names, which no
    page shows, are then left out.
    """
    stored = json.dumps(words, ensure_ascii=False)[1:-1]
    candidates = decided.order_by("pk").filter(exhibit__icontains=stored)
    return [
        key
        for key, exhibit in candidates.values_list("pk", "exhibit").iterator(chunk_size=20)
        if any(words.casefold() in text.casefold() for text in _texts_in(json.loads(exhibit)))
    ]


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(part)


def narrowed(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """What a filter of the minute book leaves out of it, without what it holds by default."""
    return {
        key: value for key, value in chosen.items() if value and (key, value) != ("result", ADOPTED)
    }
