"""A run's data under every percentile method, averaging window and reinvestment: to know only.

The goal states one of them, and that one decides. What a longer window needs and the run did not
keep is read from the records as they stand now; what it kept is taken as kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ltip.program import selectors
from ltip.program.models import Security
from ltip.rules.canonical import decimal_text
from ltip.rules.measurement import measure_undrawn, measured_under
from ltip.rules.outcome import Refused
from ltip.rules.ranking import METHODS, percentile
from ltip.rules.register import REGISTER
from ltip.rules.schedule import payout, weighted_payout

WINDOWS = (1, 20, 30, 60)
REINVESTMENT = next(reading for reading in REGISTER if reading.key == "tsr.reinvestment")


@dataclass(frozen=True, slots=True)
class Reached:
    """What a method pays, in per cent of target; the percentile, where the goal has only one."""

    payout: Decimal
    percentile: Decimal | None
    decides: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A window and a reinvestment with what each method makes of them, or why none can."""

    averaging_days: int
    reinvestment: str
    reached: tuple[Reached, ...]
    refusal: str


def methods_beside(goal: Mapping[str, Any], inputs: Mapping[str, Any]) -> list[Row]:
    """Each window and each reinvestment, with percentile and payout by each method (GA §2).

    `goal` are the terms of a goal of relative total stockholder return, `inputs` a run's, with
    the days before it that the longest window needs (see `with_earlier_days`).
    """
    own_days = int(goal["averaging_days"])
    own_reinvestment = measured_under(inputs).get(REINVESTMENT.key, REINVESTMENT.default)
    rows = []
    for days in sorted({*WINDOWS, own_days}):
        for reinvestment in REINVESTMENT.meanings:
            is_own = (days, reinvestment) == (own_days, own_reinvestment)
            readings = {**measured_under(inputs), REINVESTMENT.key: reinvestment}
            terms = {**goal, "weight": "100", "averaging_days": days}
            try:
                measured = measure_undrawn({**inputs, "readings": readings, "goals": [terms]})
                reached = tuple(
                    _reached(
                        measured["goals"][0],
                        goal,
                        method,
                        readings,
                        decides=is_own and method == goal["percentile"],
                    )
                    for method in METHODS
                )
                rows.append(Row(days, reinvestment, reached, ""))
            except Refused as refusal:
                rows.append(Row(days, reinvestment, (), str(refusal)))
    return rows


def with_earlier_days(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """A run's inputs with the trading days before them that the longest window needs."""
    kept = inputs["trading_days"]
    start = date.fromisoformat(inputs["period"]["start"])
    end = date.fromisoformat(kept[0]) - timedelta(days=1)
    days = selectors.trading_days(start=start - timedelta(days=2 * max(WINDOWS) + 20), end=end)
    missing = max(WINDOWS) - sum(day < inputs["period"]["start"] for day in kept)
    if missing <= 0:
        return dict(inputs)
    earlier = days[-missing:]
    start = earlier[0] if earlier else end
    rows = Security.objects.filter(public_id__in=[s["security"] for s in inputs["securities"]])
    known = {str(row.public_id): row for row in rows}
    closes = selectors.closes_of(known.values(), start=start, end=end)
    actions = selectors.actions_of(known.values(), start=start, end=end)
    securities = []
    for security in inputs["securities"]:
        row = known[security["security"]].pk
        found = {day.isoformat(): decimal_text(close) for day, close in closes[row].items()}
        found |= dict(security["closes"])
        taken = {(on, kind) for on, kind, _amount in security["actions"]}
        more = [
            [day.isoformat(), kind, decimal_text(amount)]
            for day, kind, amount in actions.get(row, [])
            if (day.isoformat(), kind) not in taken
        ]
        securities.append(
            {
                **security,
                "closes": [list(each) for each in sorted(found.items())],
                "actions": sorted([*more, *security["actions"]]),
            }
        )
    return {
        **inputs,
        "trading_days": [*(day.isoformat() for day in earlier), *kept],
        "securities": securities,
    }


def _reached(
    found: Mapping[str, Any],
    goal: Mapping[str, Any],
    method: str,
    readings: Mapping[str, str],
    *,
    decides: bool,
) -> Reached:
    """What a method makes of the returns that were measured, in each segment and together."""
    cap = goal["negative_tsr_cap"]
    paid, at = [], None
    for part in found.get("segments", [found]):
        returns = {row["ticker"]: Decimal(row["return"]) for row in part["table"]}
        company = next(row["ticker"] for row in part["table"] if row["own"])
        at = percentile(
            method=method,
            company=company,
            returns=returns,
            ties=readings.get("percentile.ties", "better_place"),
            rounding=readings.get("percentile.rounding", "none"),
        ).value
        pays = payout(
            percentile=at,
            points=[(Decimal(point), Decimal(pay)) for point, pay in goal["schedule"]],
            between_points=goal["between_points"],
            own_return=returns[company],
            negative_return_cap=None if cap is None else Decimal(cap),
        ).value
        paid.append((Decimal(part["weight"]), pays))
    if "segments" not in found:
        return Reached(paid[0][1], at, decides)
    whole = sum((weight for weight, _pays in paid), Decimal(0))
    return Reached(weighted_payout(payouts=paid, whole=whole).value, None, decides)
