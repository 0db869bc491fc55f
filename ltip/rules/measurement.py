"""A whole run: from the inputs that are kept with it to returns, rank, percentile and payout.

Inputs and result are plain canonical values (texts, lists, objects), so that whoever holds the
kept inputs recomputes the result with this package alone.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ltip.rules.canonical import decimal_text
from ltip.rules.outcome import Outcome, Refused
from ltip.rules.peers import PeerEvent, PeerGroup, Treatment, treat_peers
from ltip.rules.ranking import percentile, rank
from ltip.rules.returns import (
    Action,
    Return,
    accumulated_index,
    days_until_frozen,
    total_stockholder_return,
)
from ltip.rules.schedule import payout, weighted_payout

BOTTOM = Decimal(-1)
DRAWN_POINTS = 120


def measure(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Measure every goal of a period from its kept inputs, and weigh their payouts.

    `inputs` names the company, the period, the day measured until, the goals' terms, the trading
    days, and closes, actions and events of every security. The result holds decimals as text:
    returns as fractions (0.49 is 49 %), percentile and payout in percent. Refuses, naming the
    company, whatever `total_stockholder_return`, `percentile` and `payout` refuse (GA §2).
    """
    traded = _traded(inputs)
    days = tuple(date.fromisoformat(day) for day in inputs["trading_days"])
    goals = [_measure_goal(inputs, goal, traded, days) for goal in inputs["goals"]]
    weighted = weighted_payout(
        payouts=[(Decimal(goal["weight"]), Decimal(goal["payout"])) for goal in goals]
    )
    return {
        "until": inputs["until"],
        "company": inputs["company"],
        "goals": goals,
        "payout": decimal_text(weighted.value),
        "payout_steps": _steps(weighted),
        "paths": _paths(inputs, traded, days),
    }


@dataclass(frozen=True, slots=True)
class _Traded:
    """What is kept of one security, read from its texts once."""

    name: str
    closes: Mapping[date, Decimal]
    actions: tuple[Action, ...]


def _traded(inputs: Mapping[str, Any]) -> dict[str, _Traded]:
    return {
        security["ticker"]: _Traded(
            name=security["name"],
            closes={date.fromisoformat(day): Decimal(text) for day, text in security["closes"]},
            actions=tuple(
                Action(on=date.fromisoformat(day), kind=kind, amount=Decimal(amount))
                for day, kind, amount in security["actions"]
            ),
        )
        for security in inputs["securities"]
    }


def _measure_goal(
    inputs: Mapping[str, Any],
    goal: Mapping[str, Any],
    traded: Mapping[str, _Traded],
    trading_days: tuple[date, ...],
) -> dict[str, Any]:
    if goal["kind"] != "relative_tsr" or goal["measurement"] != "cumulative":
        raise Refused(
            f"a goal of the kind {goal['kind']}, {goal['measurement']}, can't be measured.",
            place="P Performance Goals",
        )
    own = inputs["company"]
    by_id = {security["security"]: security["ticker"] for security in inputs["securities"]}
    averaging_days = int(goal["averaging_days"])
    days = _days_from_base(inputs, trading_days, averaging_days)
    group = treat_peers(
        company=own,
        peers=[by_id[peer["security"]] for peer in goal["peers"]],
        events=[
            PeerEvent(
                on=date.fromisoformat(event["on"]),
                company=event["ticker"],
                kind=event["kind"],
                other=event["other"],
            )
            for event in inputs["events"]
        ],
        treatment=Treatment(**goal["peer_events"]),
        period_end=date.fromisoformat(inputs["until"]),
    )
    measured = _returns(own, traded, group.value, days, averaging_days)
    values = {ticker: outcome.value.value for ticker, outcome in measured.items()}
    values |= {ticker: BOTTOM for ticker in group.value.bottom}
    place = rank(company=own, returns=values)
    position = percentile(method=goal["percentile"], company=own, returns=values)
    cap = goal["negative_tsr_cap"]
    paid = payout(
        percentile=position.value,
        points=[(Decimal(at), Decimal(pays)) for at, pays in goal["schedule"]],
        between_points=goal["between_points"],
        own_return=values[own],
        negative_return_cap=None if cap is None else Decimal(cap),
    )
    frozen = dict(group.value.frozen)
    return {
        "kind": goal["kind"],
        "weight": goal["weight"],
        "rank": place.value.rank,
        "ranked": place.value.ranked,
        "percentile": decimal_text(position.value),
        "payout": decimal_text(paid.value),
        "own_return": decimal_text(values[own]),
        "table": [
            {
                "rank": number,
                "ticker": ticker,
                "name": traded[ticker].name,
                "return": decimal_text(value),
                "own": ticker == own,
                "standing": _standing(ticker, group.value, frozen),
                "steps": _steps(measured[ticker]) if ticker in measured else [],
                "stand_ins": [day.isoformat() for day in measured[ticker].value.stand_ins]
                if ticker in measured
                else [],
            }
            for number, ticker, value in place.value.table
        ],
        "removed": list(group.value.removed),
        "peer_steps": _steps(group),
        "rank_steps": _steps(place),
        "percentile_steps": _steps(position),
        "payout_steps": _steps(paid),
    }


def _returns(
    own: str,
    traded: Mapping[str, _Traded],
    group: PeerGroup,
    days: tuple[date, ...],
    averaging_days: int,
) -> dict[str, Outcome[Return]]:
    measured = {}
    spans = {ticker: days for ticker in (own, *group.measured)}
    for ticker, event_day in group.frozen:
        spans[ticker] = days_until_frozen(
            company=ticker, closes=traded[ticker].closes, days=days, frozen_on=event_day
        )
    for ticker, span in spans.items():
        measured[ticker] = total_stockholder_return(
            company=ticker,
            closes=traded[ticker].closes,
            actions=traded[ticker].actions,
            days=span,
            averaging_days=averaging_days,
        )
    return measured


def _days_from_base(
    inputs: Mapping[str, Any], trading_days: tuple[date, ...], averaging_days: int
) -> tuple[date, ...]:
    start = date.fromisoformat(inputs["period"]["start"])
    before = sum(day < start for day in trading_days)
    if before < averaging_days:
        raise Refused(
            f"only {before} trading days before the period are given, not {averaging_days}.",
            place="GA §2",
        )
    return trading_days[before - averaging_days :]


def _paths(
    inputs: Mapping[str, Any], traded: Mapping[str, _Traded], trading_days: tuple[date, ...]
) -> list[dict[str, Any]]:
    """Each company's return at up to `DRAWN_POINTS` days, to be drawn and for nothing else."""
    start = date.fromisoformat(inputs["period"]["start"])
    before = [day for day in trading_days if day < start]
    days = [*before[-1:], *[day for day in trading_days if day >= start]]
    paths = []
    for ticker, security in traded.items():
        if not security.closes:
            continue
        first, last = min(security.closes), max(security.closes)
        known = [day for day in days if first <= day <= last]
        if len(known) < 2 or known[0] != days[0]:
            continue
        points = accumulated_index(
            company=ticker, closes=security.closes, actions=security.actions, days=known
        )
        stride = max(1, -(-len(points) // DRAWN_POINTS))
        drawn = [*points[:-1:stride], points[-1]]
        base = points[0].index
        paths.append(
            {
                "ticker": ticker,
                "own": ticker == inputs["company"],
                "points": [
                    [point.on.isoformat(), f"{point.index / base - 1:.4f}"] for point in drawn
                ],
            }
        )
    return paths


def _standing(ticker: str, group: PeerGroup, frozen: Mapping[str, date]) -> str:
    if ticker in group.bottom:
        return "bottom"
    return "frozen" if ticker in frozen else "measured"


def _steps(outcome: Outcome[Any]) -> list[dict[str, str]]:
    return [asdict(step) for step in outcome.steps]
