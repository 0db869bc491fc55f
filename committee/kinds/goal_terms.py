"""What the goals of a period state: read from a request, complete and in canonical form."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from ltip.program import selectors
from ltip.program.models import PerformancePeriod
from ltip.rules.canonical import decimal_text
from ltip.rules.financial import check_adjustments, measure_named
from ltip.rules.outcome import Refused
from ltip.rules.peers import Treatment
from ltip.rules.relative_goal import MEASUREMENTS, segments_of
from ltip.rules.schedule import Over, Point, check_schedule, check_weights

PLACE = "P Performance Goals"
METHODS = {
    "discrete": "the company's place among itself and its peers",
    "continuous": "the company placed between the two peers around it, by straight line",
    "count_below": "the share of peers with a lower return",
}
LONGEST_NAME = 64


def terms_of_goals(
    goals: Sequence[Mapping[str, Any]], period: PerformancePeriod
) -> list[dict[str, Any]]:
    """The terms of all goals that one act sets for a period (rulebook 3.1 to 3.4).

    Refuses, naming the place, what a goal can't state, weights that do not add up to 100 or have
    more than two decimals, and two goals of one financial measure.
    """
    terms = [_terms(goal, period) for goal in goals]
    weights = [Decimal(goal["weight"]) for goal in terms]
    check_weights(weights=weights)
    if any(weight != round(weight, 2) for weight in weights):
        raise Refused("The weight of a goal has at most two decimals.", place=PLACE)
    measures = [goal["measure"] for goal in terms if goal["kind"] == "financial"]
    twice = sorted({measure for measure in measures if measures.count(measure) > 1})
    if twice:
        raise Refused(f"Two goals of a period can't both measure {twice[0]}.", place=PLACE)
    return terms


def _terms(goal: Mapping[str, Any], period: PerformancePeriod) -> dict[str, Any]:
    if goal["kind"] == "relative_tsr":
        return _relative_terms(goal, period)
    if goal["kind"] == "financial":
        return _financial_terms(goal)
    raise Refused(f"A goal of the kind “{goal['kind']}” can't be set.", place=PLACE)


def _relative_terms(goal: Mapping[str, Any], period: PerformancePeriod) -> dict[str, Any]:
    if goal["percentile"] not in METHODS:
        raise Refused(f"“{goal['percentile']}” is no percentile method.", place="GA §2")
    averaging_days = int(goal["averaging_days"])
    if not 1 <= averaging_days <= 90:
        raise Refused("The averaging window is 1 to 90 trading days.", place="GA §2")
    treatment = Treatment(**goal["peer_events"])
    cap = goal["negative_tsr_cap"]
    if cap is not None and not 0 <= _number(cap) <= 200:
        raise Refused("The cap for a negative return lies between 0 and 200 %.", place=PLACE)
    measured = _measured(goal, period)
    whole = measured["measurement"] == "cumulative"
    return {
        "kind": "relative_tsr",
        "weight": decimal_text(_number(goal["weight"])),
        **measured,
        "averaging_days": averaging_days,
        "begin_window": "ending on the last trading day before "
        + ("the period" if whole else "each segment"),
        "end_window": "ending on the last trading day of "
        + ("the period" if whole else "each segment"),
        "percentile": goal["percentile"],
        **_schedule(goal["schedule"], goal["between_points"], over="percentile"),
        "negative_tsr_cap": None if cap is None else decimal_text(_number(cap)),
        "peer_events": {
            "acquired": treatment.acquired,
            "bankrupt": treatment.bankrupt,
            "merged": treatment.merged,
        },
        "peers": _peers(goal["peers"], period),
    }


def _measured(goal: Mapping[str, Any], period: PerformancePeriod) -> dict[str, Any]:
    """Over the whole period, or in segments with a weight each (rulebook 3.2)."""
    segments = goal.get("segments") or []
    measurement = goal.get("measurement") or ("annual" if segments else "cumulative")
    if measurement not in MEASUREMENTS:
        raise Refused(f"“{measurement}” is no way to measure a goal.", place=PLACE)
    if (measurement == "annual") != bool(segments):
        raise Refused(
            "A goal states segments when it is measured in segments, and only then.", place=PLACE
        )
    if not segments:
        return {"measurement": measurement}
    stated = segments_of(
        period=period.span,
        segments=[(_day(segment["end"]), _number(segment["weight"])) for segment in segments],
    )
    return {
        "measurement": measurement,
        "segments": [
            {"end": segment.span.end.isoformat(), "weight": decimal_text(segment.weight)}
            for segment in stated
        ],
    }


def _financial_terms(goal: Mapping[str, Any]) -> dict[str, Any]:
    measure = measure_named(str(goal["measure"]))
    if len(measure) > LONGEST_NAME:
        raise Refused(f"The name of a measure has at most {LONGEST_NAME} letters.", place=PLACE)
    adjustments = [" ".join(str(name).split()) for name in goal.get("adjustments") or []]
    basis = goal.get("basis") or ("non_gaap" if adjustments else "gaap")
    check_adjustments(basis=basis, adjustments=adjustments)
    return {
        "kind": "financial",
        "weight": decimal_text(_number(goal["weight"])),
        "measure": measure,
        "basis": basis,
        "unit": " ".join(str(goal.get("unit") or "").split()),
        "adjustments": adjustments,
        **_schedule(goal["schedule"], goal.get("between_points") or "line", over="amount"),
    }


def _schedule(rows: Sequence[Any], between_points: str, *, over: Over) -> dict[str, Any]:
    points: list[Point] = [(_number(at), _number(pays)) for at, pays in rows]
    check_schedule(points=points, between_points=between_points, over=over)
    return {
        "schedule": [[decimal_text(at), decimal_text(pays)] for at, pays in points],
        "between_points": between_points,
    }


def _peers(tickers: list[str], period: PerformancePeriod) -> list[dict[str, str]]:
    if len(set(tickers)) < 2:
        raise Refused("A peer group has at least two companies.", place="GA §2")
    if len(set(tickers)) != len(tickers):
        raise Refused("A company stands in the peer group twice.", place="GA §2")
    peers = []
    for ticker in sorted(tickers):
        security = selectors.security_named(ticker, on=period.start_date)
        if security.is_company:
            raise Refused(f"{ticker} is the company itself, not a peer.", place="GA §2")
        peers.append({"security": str(security.public_id), "ticker": ticker, "name": security.name})
    return peers


def _number(value: Any) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise Refused(f"“{value}” is not a number.", place=PLACE) from None
    if not number.is_finite():
        raise Refused(f"“{value}” is not a number.", place=PLACE)
    return number


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Refused(f"“{value}” is not a day.", place=PLACE) from None
