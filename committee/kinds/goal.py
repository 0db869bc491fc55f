"""The act by which the Committee sets the goal of a period (P Performance Goals)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from committee.protocol import Adopted, Check, Exhibit, Request
from ltip.program import selectors
from ltip.program.models import Goal, GoalPeer, PerformancePeriod, Security
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, decimal_text
from ltip.rules.outcome import Refused
from ltip.rules.peers import Treatment
from ltip.rules.quantities import percent_text
from ltip.rules.schedule import check_schedule
from ltip.rules.windows import goal_window_closes, require_open, window_closes

PLACE = "P Performance Goals"
METHODS = {
    "discrete": "the company's place among itself and its peers",
    "continuous": "the company placed between the two peers around it, by straight line",
    "count_below": "the share of peers with a lower return",
}
EVENTS = {
    "acquired": "A peer is acquired",
    "bankrupt": "A peer fails",
    "merged": "Two peers merge",
}
TREATMENTS = {
    ("acquired", "remove"): "A peer that is acquired or taken private leaves the group.",
    ("acquired", "freeze"): "A peer that is acquired keeps the return of its last day.",
    ("bankrupt", "bottom"): "A peer that goes bankrupt or is delisted stays, at −100 %.",
    ("bankrupt", "remove"): "A peer that goes bankrupt or is delisted leaves the group.",
    ("merged", "survivor_stays"): "When two peers merge, the survivor stays.",
    ("merged", "remove_both"): "When two peers merge, both leave the group.",
}


class GoalKind:
    key = "goal"
    schema_version = 1

    def subject(self, request: Request) -> str:
        return str(request["period"])

    def lock(self, request: Request) -> None:
        lock(f"period:{request['period']}")

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        period = selectors.period_named(str(request["period"]))
        goals = [_terms(goal, period) for goal in request["goals"]]
        if sum(Decimal(goal["weight"]) for goal in goals) != 100:
            raise Refused("The weights of the goals must add up to 100 %.", place=PLACE)
        replaced = selectors.goals_of(period)
        title = f"Set the goal of the {period.label} performance period"
        return {
            "title": title,
            "ask": (
                f"You are asked to set in writing the goal of the {period.label} performance "
                f"period: total stockholder return against {len(goals[0]['peers'])} peers, paying "
                f"from nothing to {percent_text(_most(goals[0]), places=0)} of target."
            ),
            "facts": _facts(period, goals[0]),
            "tables": [table for goal in goals for table in _tables(goal)],
            "charts": [
                {
                    "kind": "schedule",
                    "title": "The schedule",
                    "description": _schedule_text(goal),
                    "data": {
                        "points": goal["schedule"],
                        "between_points": goal["between_points"],
                        "result": None,
                    },
                }
                for goal in goals
            ],
            "consequences": [
                "The goal is frozen: after the window it moves only by what it names itself.",
                *(
                    [f"It replaces the goal set on {day_text(replaced[0].set_on)}."]
                    if replaced
                    else []
                ),
            ],
            "resolution": _resolution(period, goals),
            "data": {
                "period": period.label,
                "start": period.start_date,
                "end": period.end_date,
                "goals": goals,
                "replaces_seal": replaced[0].seal_id if replaced else None,
            },
        }

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        period = selectors.period_named(exhibit["data"]["period"])
        checks = [window_check(period, on=on, what="goals", place=PLACE)]
        approval = selectors.stockholder_approval_date()
        if approval is not None:
            closes = goal_window_closes(
                period=period.span, stockholder_approval_date=approval
            ).value
            checks.append(
                Check(
                    passed=on <= closes or on <= approval,
                    sentence=f"For Covered Employees the window closes on {day_text(closes)}.",
                    place="P Administration",
                    information=True,
                )
            )
        return checks

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        return [frozenset() for _ in exhibits]

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        data = exhibit["data"]
        period = selectors.period_named(data["period"])
        for position, terms in enumerate(data["goals"], start=1):
            goal = Goal.objects.create(
                period=period,
                seal=adopted.seal,
                position=position,
                kind=terms["kind"],
                weight=Decimal(terms["weight"]),
                set_on=adopted.act_date,
                terms=canonical_text(terms),
            )
            ids = [peer["security"] for peer in terms["peers"]]
            peers = Security.objects.filter(public_id__in=ids).order_by("pk")
            GoalPeer.objects.bulk_create(GoalPeer(goal=goal, security=peer) for peer in peers)


KIND = GoalKind()


def _facts(period: PerformancePeriod, goal: Mapping[str, Any]) -> list[dict[str, Any]]:
    days = _days_text(goal["averaging_days"])
    return [
        {
            "label": "Peers",
            "value": str(len(goal["peers"])),
            "steps": [
                _step("The companies of the peer group in the table below, counted.", "GA §2")
            ],
        },
        {
            "label": "Averaging",
            "value": days,
            "steps": [
                _step(f"At the start: {days}, {goal['begin_window']}.", "GA §2"),
                _step(f"At the end: {days}, {goal['end_window']}.", "GA §2"),
            ],
        },
        {
            "label": "Most it can pay",
            "value": percent_text(_most(goal), places=0),
            "steps": [
                _step("The highest point of the schedule, in percent of target.", PLACE),
                _step("A Performance Share earns at most 2 shares, 200 %.", "GA recitals"),
            ],
        },
        {
            "label": "Measured over",
            "value": f"{day_text(period.start_date)} – {day_text(period.end_date)}",
            "steps": period_steps(period),
        },
    ]


def period_steps(period: PerformancePeriod) -> list[dict[str, str]]:
    """Where the first and the last day of a period come from."""
    years = period.end_date.year - period.start_date.year + 1
    return [
        _step(
            f"The period of {years} {'year' if years == 1 else 'years'} that began on "
            f"{day_text(period.start_date)} and ends on {day_text(period.end_date)}.",
            "P Effective Date",
        )
    ]


def _step(sentence: str, place: str) -> dict[str, str]:
    return {"sentence": sentence, "figure": "", "place": place}


def window_check(period: PerformancePeriod, *, on: date, what: str, place: str) -> Check:
    """Whether the 90-day window of a period is open on a day, as a check."""
    closes = window_closes(period=period.span).value
    try:
        require_open(period=period.span, on=on, closes=closes, what=what, place=place)
    except Refused as refusal:
        return Check(passed=False, sentence=refusal.reason, place=place)
    return Check(
        passed=True,
        sentence=f"The window for {what} is open until {day_text(closes)}.",
        place=place,
    )


def _terms(goal: Mapping[str, Any], period: PerformancePeriod) -> dict[str, Any]:
    """The goal's terms complete and in canonical form; refuses what a goal can't state."""
    if goal["kind"] != "relative_tsr":
        raise Refused(f"A goal of the kind “{goal['kind']}” can't be set.", place=PLACE)
    if goal["percentile"] not in METHODS:
        raise Refused(f"“{goal['percentile']}” is no percentile method.", place="GA §2")
    averaging_days = int(goal["averaging_days"])
    if not 1 <= averaging_days <= 90:
        raise Refused("The averaging window is 1 to 90 trading days.", place="GA §2")
    points = [(_number(at), _number(pays)) for at, pays in goal["schedule"]]
    check_schedule(points=points, between_points=goal["between_points"])
    treatment = Treatment(**goal["peer_events"])
    cap = goal["negative_tsr_cap"]
    if cap is not None and not 0 <= _number(cap) <= 200:
        raise Refused("The cap for a negative return lies between 0 and 200 %.", place=PLACE)
    return {
        "kind": "relative_tsr",
        "weight": decimal_text(_number(goal["weight"])),
        "measurement": "cumulative",
        "averaging_days": averaging_days,
        "begin_window": "ending on the last trading day before the period",
        "end_window": "ending on the last trading day of the period",
        "percentile": goal["percentile"],
        "schedule": [[decimal_text(at), decimal_text(pays)] for at, pays in points],
        "between_points": goal["between_points"],
        "negative_tsr_cap": None if cap is None else decimal_text(_number(cap)),
        "peer_events": {
            "acquired": treatment.acquired,
            "bankrupt": treatment.bankrupt,
            "merged": treatment.merged,
        },
        "peers": _peers(goal["peers"], period),
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
        return Decimal(str(value))
    except InvalidOperation:
        raise Refused(f"“{value}” is not a number.", place=PLACE) from None


def _most(goal: Mapping[str, Any]) -> Decimal:
    return max(Decimal(pays) for _, pays in goal["schedule"])


def _days_text(days: int) -> str:
    return "Closing price" if days == 1 else f"{days} trading days"


def _schedule_text(goal: Mapping[str, Any]) -> str:
    points = ", ".join(f"percentile {at} earns {pays} % of target" for at, pays in goal["schedule"])
    between = "by straight line between them" if goal["between_points"] == "line" else "in steps"
    return f"A {points}; {between}, nothing below the first."


def _tables(goal: Mapping[str, Any]) -> list[dict[str, Any]]:
    cap = goal["negative_tsr_cap"]
    terms = [
        ("Percentile", METHODS[goal["percentile"]]),
        ("Prices at the start", f"{_days_text(goal['averaging_days'])}, {goal['begin_window']}"),
        ("Prices at the end", f"{_days_text(goal['averaging_days'])}, {goal['end_window']}"),
        ("Between the points", "straight line" if goal["between_points"] == "line" else "steps"),
        ("When our own return is negative", f"at most {cap} %" if cap else "no cap"),
        *[
            (EVENTS[kind], TREATMENTS[kind, treatment])
            for kind, treatment in goal["peer_events"].items()
        ],
    ]
    return [
        _table("The schedule", [("Percentile", True), ("% of target", True)], goal["schedule"]),
        _table("What the goal states", [("Term", False), ("As set", False)], terms),
        _table(
            f"The peer group: {len(goal['peers'])} companies",
            [("Ticker", False), ("Company", False)],
            [(peer["ticker"], peer["name"]) for peer in goal["peers"]],
        ),
    ]


def _table(caption: str, columns: list[tuple[str, bool]], rows: Any) -> dict[str, Any]:
    return {
        "caption": caption,
        "columns": [{"label": label, "numeric": numeric} for label, numeric in columns],
        "rows": [{"cells": list(cells), "own": False, "note": "", "steps": []} for cells in rows],
    }


def goal_paragraphs(goal: Mapping[str, Any]) -> list[str]:
    """What a goal states, in sentences: for the resolution and for the holders' notices."""
    tickers = ", ".join(peer["ticker"] for peer in goal["peers"])
    cap = goal["negative_tsr_cap"]
    return [
        f"The total stockholder return of the company's common stock is measured against that "
        f"of {len(goal['peers'])} peers ({tickers}), prices taken as "
        f"{_days_text(goal['averaging_days']).lower()} at each end, dividends reinvested.",
        f"The percentile is {METHODS[goal['percentile']]}. {_schedule_text(goal)}",
        *(
            [f"When the company's own return is negative, at most {cap} % is earned."]
            if cap
            else []
        ),
        " ".join(TREATMENTS[kind, how] for kind, how in goal["peer_events"].items()),
    ]


def _resolution(period: PerformancePeriod, goals: list[dict[str, Any]]) -> list[str]:
    return [
        f"RESOLVED, that the following goal is set for the performance period from "
        f"{day_text(period.start_date)} to {day_text(period.end_date)}.",
        *[paragraph for goal in goals for paragraph in goal_paragraphs(goal)],
    ]
