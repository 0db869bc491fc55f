"""A whole run: from the inputs that are kept with it to what each goal pays, and the payout.

Inputs and result are plain canonical values (texts, lists, objects), so that whoever holds the
kept inputs recomputes the result with this package alone.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ltip.rules.calendars import Period
from ltip.rules.canonical import decimal_text
from ltip.rules.financial import financial_value, missing_result
from ltip.rules.outcome import Refused
from ltip.rules.peers import PeerEvent
from ltip.rules.relative_goal import Market, Traded, measure_relative_goal, steps_of
from ltip.rules.returns import Action, accumulated_index
from ltip.rules.schedule import payout_of_amount, weighted_payout

DRAWN_POINTS = 120
# How inputs that were sealed before the register of readings named these three.
_TOKENS = {"ex-date close": "ex_date_close", "better place": "better_place"}


def measure(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Measure every goal of a period from its kept inputs, and weigh their payouts.

    `inputs` names the company, the period, the day measured until, the goals' terms, the readings,
    for goals of total stockholder return the trading days and closes, actions and events of every
    security, and for financial goals the results on record. The result holds decimals as text:
    returns as fractions (0.49 is 49 %), percentile and payout in percent, amounts in the goal's
    unit. Refuses, by name, whatever the measuring of a goal refuses, and a kind of goal it does
    not know (GA §2, P Performance Goals).
    """
    market = market_of(inputs)
    return {**_measured(inputs, market), "paths": _paths(market)}


def measure_undrawn(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Measure as `measure` does, without the paths, which are drawn and decide nothing (GA §2)."""
    return _measured(inputs, market_of(inputs))


def _measured(inputs: Mapping[str, Any], market: Market) -> dict[str, Any]:
    goals = [_measure_goal(inputs, goal, market) for goal in inputs["goals"]]
    weighted = weighted_payout(
        payouts=[(Decimal(goal["weight"]), Decimal(goal["payout"])) for goal in goals]
    )
    return {
        "until": inputs["until"],
        "company": inputs["company"],
        "goals": goals,
        "payout": decimal_text(weighted.value),
        "payout_steps": steps_of(weighted),
    }


def market_of(inputs: Mapping[str, Any]) -> Market:
    """Give what kept inputs hold of securities, days and events, as values (GA §2)."""
    return Market(
        company=inputs["company"],
        traded={
            security["ticker"]: Traded(
                name=security["name"],
                closes={date.fromisoformat(day): Decimal(text) for day, text in security["closes"]},
                actions=tuple(
                    Action(on=date.fromisoformat(day), kind=kind, amount=Decimal(amount))
                    for day, kind, amount in security["actions"]
                ),
            )
            for security in inputs["securities"]
        },
        tickers={security["security"]: security["ticker"] for security in inputs["securities"]},
        days=tuple(date.fromisoformat(day) for day in inputs["trading_days"]),
        events=tuple(
            PeerEvent(
                on=date.fromisoformat(event["on"]),
                company=event["ticker"],
                kind=event["kind"],
                other=event["other"],
            )
            for event in inputs["events"]
        ),
        start=date.fromisoformat(inputs["period"]["start"]),
        until=date.fromisoformat(inputs["until"]),
        reinvestment=_reading(inputs, "tsr.reinvestment", "ex_date_close"),
        ties=_reading(inputs, "percentile.ties", "better_place"),
        rounding=_reading(inputs, "percentile.rounding", "none"),
    )


def measured_under(inputs: Mapping[str, Any]) -> dict[str, str]:
    """Give the readings that kept inputs are measured under, as the register names them."""
    return {key: _TOKENS.get(text, text) for key, text in inputs.get("readings", {}).items()}


def _reading(inputs: Mapping[str, Any], key: str, default: str) -> str:
    return measured_under(inputs).get(key, default)


def _measure_goal(
    inputs: Mapping[str, Any], goal: Mapping[str, Any], market: Market
) -> dict[str, Any]:
    if goal["kind"] == "relative_tsr":
        end = date.fromisoformat(inputs["period"]["end"])
        return measure_relative_goal(goal=goal, market=market, period=Period(market.start, end))
    if goal["kind"] == "financial":
        return _measure_financial_goal(goal, inputs.get("results", []))
    raise Refused(
        f"a goal of the kind {goal['kind']!r} can't be measured.", place="P Performance Goals"
    )


def _measure_financial_goal(goal: Mapping[str, Any], results: Any) -> dict[str, Any]:
    found = next((each for each in results if each["measure"] == goal["measure"]), None)
    if found is None:
        raise missing_result(goal["measure"])
    value = financial_value(
        measure=goal["measure"],
        named=goal["adjustments"],
        gaap=Decimal(found["gaap"]),
        adjustments={name: Decimal(text) for name, text in found["adjustments"].items()},
        reported_on=date.fromisoformat(found["reported_on"]),
    )
    paid = payout_of_amount(
        amount=value.value,
        points=[(Decimal(at), Decimal(pays)) for at, pays in goal["schedule"]],
        between_points=goal["between_points"],
    )
    return {
        "kind": goal["kind"],
        "weight": goal["weight"],
        "measure": goal["measure"],
        "basis": goal["basis"],
        "unit": goal["unit"],
        "value": decimal_text(value.value),
        "gaap": found["gaap"],
        "adjustments": found["adjustments"],
        "reported_on": found["reported_on"],
        "steps": steps_of(value),
        "payout": decimal_text(paid.value),
        "payout_steps": steps_of(paid),
    }


def _paths(market: Market) -> list[dict[str, Any]]:
    """Each company's return at up to `DRAWN_POINTS` days, to be drawn and for nothing else."""
    before = [day for day in market.days if day < market.start]
    days = [*before[-1:], *[day for day in market.days if day >= market.start]]
    paths = []
    for ticker, security in market.traded.items():
        if not security.closes:
            continue
        first, last = min(security.closes), max(security.closes)
        known = [day for day in days if first <= day <= last]
        if len(known) < 2 or known[0] != days[0]:
            continue
        points = accumulated_index(
            company=ticker,
            closes=security.closes,
            actions=security.actions,
            days=known,
            reinvestment=market.reinvestment,
        )
        stride = max(1, -(-len(points) // DRAWN_POINTS))
        drawn = [*points[:-1:stride], points[-1]]
        base = points[0].index
        paths.append(
            {
                "ticker": ticker,
                "own": ticker == market.company,
                "points": [
                    [point.on.isoformat(), f"{point.index / base - 1:.4f}"] for point in drawn
                ],
            }
        )
    return paths
