"""The goals of an award as its holder reads them: in the holder's own shares, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from typing import Any

from ltip.program import selectors as program
from ltip.program.goal_words import amount_text
from ltip.rules.earning import shares_earned
from ltip.rules.quantities import CONTEXT, HUNDRED
from participants.papers.selectors import Holding


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a goal would add to the award at one point of its schedule, for a holder who stays."""

    at: Decimal
    at_text: str
    payout: Decimal
    shares: int


@dataclass(frozen=True, slots=True)
class Part:
    """What was achieved over the whole period, or over a segment of it."""

    at: Decimal
    at_text: str
    payout: Decimal
    rank: int | None
    ranked: int | None


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a goal that is measured in segments, with its result once certified."""

    start: date
    end: date
    weight: Decimal
    result: Part | None


@dataclass(frozen=True, slots=True)
class GoalRead:
    """One goal of the period, with its result once it is certified."""

    weight: Decimal
    measure: str
    unit: str
    adjustments: tuple[str, ...]
    peers: int
    between_points: str
    negative_return_cap: str | None
    prospects: tuple[Prospect, ...]
    segments: tuple[Segment, ...]
    result: Part | None
    payout: Decimal | None

    @property
    def is_financial(self) -> bool:
        return bool(self.measure)

    @property
    def starts_above_nothing(self) -> bool:
        """Whether something can be reached that earns nothing."""
        return self.is_financial or self.prospects[0].at > 0


def goals_for(holding: Holding) -> list[GoalRead]:
    """The goals that the award is measured by, none while none is set."""
    all_terms = [program.terms_of(goal) for goal in program.goals_of(holding.award.period)]
    found = _found(holding)
    return [
        _read(holding, terms, found[number] if found else None)
        for number, terms in enumerate(all_terms)
    ]


def _found(holding: Holding) -> list[dict[str, Any]]:
    """What the run behind the certificate, or behind the change in control, found of each goal."""
    determined = holding.standing.certificate or holding.standing.control
    if determined is None or not holding.is_certified:
        return []
    goals: list[dict[str, Any]] = program.result_of(determined.run)["goals"]
    return goals


def _read(holding: Holding, terms: Mapping[str, Any], found: dict[str, Any] | None) -> GoalRead:
    is_financial = terms["kind"] == "financial"
    weight = Decimal(terms["weight"])
    in_segments = terms.get("measurement") == "annual"
    return GoalRead(
        weight=weight,
        measure=terms["measure"] if is_financial else "",
        unit=terms["unit"] if is_financial else "",
        adjustments=tuple(terms["adjustments"]) if is_financial else (),
        peers=0 if is_financial else len(terms["peers"]),
        between_points=terms["between_points"],
        negative_return_cap=None if is_financial else terms["negative_tsr_cap"],
        prospects=tuple(
            _prospect(holding, terms, Decimal(at), Decimal(pays), weight)
            for at, pays in terms["schedule"]
        ),
        segments=_segments(holding, terms, found) if in_segments else (),
        result=_part(found) if found and not in_segments else None,
        payout=Decimal(found["payout"]) if found else None,
    )


def _segments(
    holding: Holding, terms: Mapping[str, Any], found: Mapping[str, Any] | None
) -> tuple[Segment, ...]:
    start, read = holding.award.period.start_date, []
    measured = {part["start"]: part for part in found["segments"]} if found else {}
    for segment in terms["segments"]:
        end = date.fromisoformat(segment["end"])
        part = measured.get(start.isoformat())
        read.append(Segment(start, end, Decimal(segment["weight"]), _part(part) if part else None))
        start = end + timedelta(days=1)
    return tuple(read)


def _part(found: Mapping[str, Any]) -> Part:
    if "measure" in found:
        value = Decimal(found["value"])
        text = amount_text(found["value"], found["unit"])
        return Part(value, text, Decimal(found["payout"]), None, None)
    at = Decimal(found["percentile"])
    return Part(at, f"{at:f}", Decimal(found["payout"]), found["rank"], found["ranked"])


def _prospect(
    holding: Holding, terms: Mapping[str, Any], at: Decimal, payout: Decimal, weight: Decimal
) -> Prospect:
    period = holding.award.period
    with localcontext(CONTEXT):
        weighed = payout * weight / HUNDRED
    earned = shares_earned(
        target=holding.standing.target,
        payout=weighed,
        period=period.span,
        determination_date=period.end_date,
        end_of_service=None,
    )
    text = amount_text(f"{at:f}", terms["unit"]) if terms["kind"] == "financial" else f"{at:f}"
    return Prospect(at, text, payout, earned.value)
