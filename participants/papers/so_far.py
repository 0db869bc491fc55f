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
from ltip.rules.outlook import Ending, other_endings, place_needed
from ltip.rules.schedule import weighted_payout
from participants.papers.deciding_pages import Subject, pages_history
from participants.papers.selectors import Holding

SHOWN_IN = ("running", "uncertified")


@dataclass(frozen=True, slots=True)
class IfThen:
    """Another ending of a goal, all others as they stand, and the shares that it would bring.

    `place` is the last place that reaches it, or the first below it, where places decide.
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
    is_financial = found["kind"] == "financial"
    cap = None if is_financial else terms["negative_tsr_cap"]
    is_capped = cap is not None and Decimal(found["own_return"]) < 0
    return other_endings(
        points=[(Decimal(at), Decimal(pays)) for at, pays in terms["schedule"]],
        reached=Decimal(found["value" if is_financial else "percentile"]),
        most_payout=Decimal(cap) if is_capped else None,
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
    is_financial = found["kind"] == "financial"
    by_place = not is_financial and terms["percentile"] == "discrete"
    return IfThen(
        kind=ending.kind,
        at=amount_text(f"{ending.at:f}", terms["unit"]) if is_financial else f"{ending.at:f}",
        place=_place(ending, found["ranked"]) if by_place else None,
        ranked=None if is_financial else found["ranked"],
        payout=weighed.value,
        shares=_shares(holding, weighed.value).value,
    )


def _place(ending: Ending, ranked: int) -> int:
    """The last place that reaches the ending, or for one below a point the first that does not."""
    reaches = place_needed(percentile=ending.at, ranked=ranked)
    return reaches + 1 if ending.kind == "below" else reaches


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
