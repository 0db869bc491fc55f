"""How an award stands while its period runs, where the company lets holders see it: from the
latest interim run, with other endings computed by rules. It is no promise."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ltip.program import selectors as program
from ltip.program.goal_words import amount_text
from ltip.program.models import Goal, TsrRun
from ltip.rules.awards import capped
from ltip.rules.earning import shares_earned
from ltip.rules.outcome import Outcome
from ltip.rules.outlook import Ending, endings_by_place, endings_by_point
from ltip.rules.quantities import number_text
from ltip.rules.schedule import weighted_payout
from participants.papers.deciding_pages import Subject, pages_history
from participants.papers.selectors import Holding

SHOWN_IN = ("running", "uncertified")


@dataclass(frozen=True, slots=True)
class IfThen:
    """Another ending of a goal, all others as they stand, and the shares that it would bring.

    `place` is the company's, where places decide.
    """

    kind: str
    at: str
    place: int | None
    ranked: int | None
    payout: Decimal
    shares: int


@dataclass(frozen=True, slots=True)
class GoalSoFar:
    """One goal by the run: what was reached, what it would pay, and what other endings would."""

    measure: str
    weight: Decimal
    rank: int | None
    ranked: int | None
    percentile: str
    own_return: str
    amount: str
    reached: Decimal
    payout: Decimal
    endings: tuple[IfThen, ...]


@dataclass(frozen=True, slots=True)
class SoFar:
    """An award as the latest interim run has it: what it would pay had the period ended then."""

    until: date
    payout: Decimal
    shares: Outcome[int]
    goals: tuple[GoalSoFar, ...]
    result: Mapping[str, Any]

    @property
    def first_ranked(self) -> GoalSoFar | None:
        """The goal whose place is told in one sentence."""
        return next((goal for goal in self.goals if goal.rank), None)


def standings_so_far(holdings: Sequence[Holding], *, on: date) -> dict[int, SoFar]:
    """How awards stand on a day, by the award's key, in a constant number of queries.

    Nothing where the company has not decided to show it, for awards that are determined or over,
    and for periods without an interim run under the goals that hold.
    """
    if not pages_history().is_on(Subject.STANDING, on):
        return {}
    shown = [holding for holding in holdings if holding.state in SHOWN_IN]
    goals = _goals_of({holding.award.period_id for holding in shown})
    runs = _latest_runs(goals, on=on)
    results = {period: program.result_of(run) for period, run in runs.items()}
    return {
        holding.award.pk: _so_far(
            holding, runs[period], results[period], [program.terms_of(g) for g in goals[period]]
        )
        for holding in shown
        if (period := holding.award.period_id) in runs
    }


def _goals_of(periods: Iterable[int]) -> dict[int, list[Goal]]:
    """The goals in force for each period: those of the latest act that set any."""
    found: dict[int, list[Goal]] = defaultdict(list)
    for goal in Goal.objects.filter(period__in=periods).order_by("-seal_id", "position"):
        listed = found[goal.period_id]
        if not listed or listed[0].seal_id == goal.seal_id:
            listed.append(goal)
    return dict(found)


def _latest_runs(goals: Mapping[int, Sequence[Goal]], *, on: date) -> dict[int, TsrRun]:
    rows = TsrRun.objects.filter(period__in=goals, is_final=False, seal__legal_date__lte=on)
    latest: dict[int, int] = {}
    for pk, period, seal in rows.order_by("measured_until", "pk").values_list(
        "pk", "period_id", "seal_id"
    ):
        if seal > goals[period][0].seal_id:
            latest[period] = pk
    runs = TsrRun.objects.in_bulk(list(latest.values()))
    return {period: runs[pk] for period, pk in latest.items()}


def _so_far(
    holding: Holding, run: TsrRun, result: Mapping[str, Any], terms: Sequence[Mapping[str, Any]]
) -> SoFar:
    parts = [(Decimal(goal["weight"]), Decimal(goal["payout"])) for goal in result["goals"]]
    payout = Decimal(result["payout"])
    return SoFar(
        until=run.measured_until,
        payout=payout,
        shares=_shares(holding, payout),
        goals=tuple(
            _goal(holding, found, stated, parts, number)
            for number, (found, stated) in enumerate(zip(result["goals"], terms, strict=True))
        ),
        result=result,
    )


def _goal(
    holding: Holding,
    found: Mapping[str, Any],
    terms: Mapping[str, Any],
    parts: Sequence[tuple[Decimal, Decimal]],
    number: int,
) -> GoalSoFar:
    is_financial, in_segments = found["kind"] == "financial", "segments" in found
    return GoalSoFar(
        measure=found["measure"] if is_financial else "",
        weight=parts[number][0],
        rank=None if is_financial else found["rank"],
        ranked=None if is_financial else found["ranked"],
        percentile="" if is_financial else found["percentile"],
        own_return="" if is_financial else found["own_return"],
        amount=amount_text(found["value"], found["unit"]) if is_financial else "",
        reached=Decimal(found["value" if is_financial else "percentile"]),
        payout=parts[number][1],
        endings=()
        if in_segments
        else tuple(
            _if_then(holding, ending, found, terms, parts, number)
            for ending in _endings(found, terms)
        ),
    )


def _endings(found: Mapping[str, Any], terms: Mapping[str, Any]) -> tuple[Ending, ...]:
    points = [(Decimal(at), Decimal(pays)) for at, pays in terms["schedule"]]
    if found["kind"] == "financial":
        return endings_by_point(points=points, reached=Decimal(found["value"]))
    own_return = Decimal(found["own_return"])
    told = terms["negative_tsr_cap"]
    cap = Decimal(told) if told is not None else None
    if terms["percentile"] == "discrete":
        return endings_by_place(
            rank=found["rank"],
            ranked=found["ranked"],
            points=points,
            between_points=terms["between_points"],
            own_return=own_return,
            negative_return_cap=cap,
        )
    return endings_by_point(
        points=points,
        reached=Decimal(found["percentile"]),
        most_payout=cap if own_return < 0 else None,
    )


def _if_then(
    holding: Holding,
    ending: Ending,
    found: Mapping[str, Any],
    terms: Mapping[str, Any],
    parts: Sequence[tuple[Decimal, Decimal]],
    number: int,
) -> IfThen:
    weight = parts[number][0]
    weighed = weighted_payout(
        payouts=[*parts[:number], (weight, ending.payout), *parts[number + 1 :]]
    )
    at = (
        amount_text(f"{ending.at:f}", terms["unit"])
        if found["kind"] == "financial"
        else number_text(ending.at)
    )
    return IfThen(
        kind=ending.kind,
        at=at,
        place=ending.place,
        ranked=found.get("ranked"),
        payout=weighed.value,
        shares=_shares(holding, weighed.value).value,
    )


def _shares(holding: Holding, payout: Decimal) -> Outcome[int]:
    """The shares as a certificate would have them, by the readings of the day."""
    standing, readings = holding.standing, holding.standing.readings.on(holding.day)
    return capped(
        shares=shares_earned(
            target=standing.target,
            payout=payout,
            period=holding.award.period.span,
            determination_date=holding.award.period.end_date,
            end_of_service=standing.person.leaving,
            on_determination_date=readings["termination.on_determination_date"],
            month_full=readings["month.full"],
            proration_cap=readings["proration.cap"],
            proration_rounding=readings["proration.rounding"],
            shares_rounding=readings["shares.rounding"],
        ),
        most=standing.cap(),
    )
