"""What the Committee is shown of the goals it is asked to set, and the words it adopts."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, localcontext
from typing import Any

from committee.kinds.goal_terms import METHODS, PLACE
from committee.resolutions import drafted
from ltip.program.goal_words import amount_text, goal_name
from ltip.program.models import PerformancePeriod
from ltip.rules.calendars import day_text
from ltip.rules.quantities import CONTEXT, HUNDRED, percent_text

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

Terms = Mapping[str, Any]


def goals_title(period: PerformancePeriod, goals: Sequence[Terms]) -> str:
    """The act in a line."""
    return f"Set the {_goal_word(goals)} of the {period.label} performance period"


def goals_ask(period: PerformancePeriod, goals: Sequence[Terms]) -> str:
    """What the member is asked, in a sentence with the figures in it."""
    paying = f"paying from nothing to {percent_text(_most_together(goals), places=0)} of target"
    if len(goals) == 1:
        return (
            f"You are asked to set in writing the goal of the {period.label} performance period: "
            f"{goal_name(goals[0])}, {paying}."
        )
    parts = [f"{goal_name(goal)} for {goal['weight']} %" for goal in goals]
    return (
        f"You are asked to set in writing the {len(goals)} goals of the {period.label} performance "
        f"period: {', '.join(parts[:-1])} and {parts[-1]}, {paying} together."
    )


def goals_facts(period: PerformancePeriod, goals: Sequence[Terms]) -> list[dict[str, Any]]:
    """The key figures, each with why."""
    most = {
        "label": "Most it can pay" if len(goals) == 1 else "Most they can pay together",
        "value": percent_text(_most_together(goals), places=0),
        "steps": [
            *(
                [_step("The highest point of the schedule, in percent of target.", PLACE)]
                if len(goals) == 1
                else [
                    _step(
                        f"{_capital(goal_name(goal))} pays at most "
                        f"{percent_text(_most(goal), places=0)} and weighs {goal['weight']} %.",
                        PLACE,
                    )
                    for goal in goals
                ]
            ),
            _step("A Performance Share earns at most 2 shares, 200 %.", "GA recitals"),
        ],
    }
    measured = {
        "label": "Measured over",
        "value": f"{day_text(period.start_date)} – {day_text(period.end_date)}",
        "steps": period_steps(period),
    }
    if len(goals) == 1 and goals[0]["kind"] == "relative_tsr":
        return [*_relative_facts(goals[0]), most, measured]
    if len(goals) == 1:
        return [_measure_fact(goals[0]), most, measured]
    return [
        *(
            {
                "label": _capital(goal_name(goal)),
                "value": f"{goal['weight']} %",
                "steps": [_step("Its weight; the weights add up to 100 %.", PLACE)],
            }
            for goal in goals
        ),
        most,
        measured,
    ]


def _relative_facts(goal: Terms) -> list[dict[str, Any]]:
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
    ]


def _measure_fact(goal: Terms) -> dict[str, Any]:
    return {
        "label": "Measure",
        "value": _capital(goal["measure"]),
        "steps": [_step(_basis_text(goal), PLACE)],
    }


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


def goals_tables(period: PerformancePeriod, goals: Sequence[Terms]) -> list[dict[str, Any]]:
    """Everything that the goals state, in tables; of several goals each table names its own."""
    return [
        table
        for number, goal in enumerate(goals, start=1)
        for table in _tables(period, goal, f"Goal {number}: " if len(goals) > 1 else "")
    ]


def _tables(period: PerformancePeriod, goal: Terms, of: str) -> list[dict[str, Any]]:
    weight = [("Weight among the goals", f"{goal['weight']} %")] if of else []
    between = (
        "Between the points",
        "straight line" if goal["between_points"] == "line" else "steps",
    )

    def caption(text: str) -> str:
        return f"{of}{text[0].lower()}{text[1:]}" if of else text

    if goal["kind"] == "financial":
        terms = [
            ("Measure", _capital(goal["measure"])),
            ("Basis", "GAAP" if goal["basis"] == "gaap" else "non-GAAP"),
            *([("Unit", goal["unit"])] if goal["unit"] else []),
            *weight,
            between,
            *[("Adjusted for", name) for name in goal["adjustments"]],
        ]
        return [
            _table(
                caption("The schedule"),
                [(_capital(goal["measure"]), True), ("% of target", True)],
                [(amount_text(at, goal["unit"]), pays) for at, pays in goal["schedule"]],
            ),
            _table(caption("What the goal states"), [("Term", False), ("As set", False)], terms),
        ]
    cap = goal["negative_tsr_cap"]
    terms = [
        *weight,
        *(
            [("Measured", "in segments, each with its own place and payout")]
            if goal["measurement"] == "annual"
            else []
        ),
        ("Percentile", METHODS[goal["percentile"]]),
        ("Prices at the start", f"{_days_text(goal['averaging_days'])}, {goal['begin_window']}"),
        ("Prices at the end", f"{_days_text(goal['averaging_days'])}, {goal['end_window']}"),
        between,
        ("When our own return is negative", f"at most {cap} %" if cap else "no cap"),
        *[
            (EVENTS[kind], TREATMENTS[kind, treatment])
            for kind, treatment in goal["peer_events"].items()
        ],
    ]
    return [
        _table(
            caption("The schedule"),
            [("Percentile", True), ("% of target", True)],
            goal["schedule"],
        ),
        _table(caption("What the goal states"), [("Term", False), ("As set", False)], terms),
        *(
            [
                _table(
                    caption("The segments"),
                    [("From", False), ("To", False), ("Weight", True)],
                    [
                        (day_text(start), day_text(end), f"{weight} %")
                        for start, end, weight in _segments(goal, period.start_date)
                    ],
                )
            ]
            if goal["measurement"] == "annual"
            else []
        ),
        _table(
            caption(f"The peer group: {len(goal['peers'])} companies"),
            [("Ticker", False), ("Company", False)],
            [(peer["ticker"], peer["name"]) for peer in goal["peers"]],
        ),
    ]


def goals_charts(goals: Sequence[Terms]) -> list[dict[str, Any]]:
    """The schedule of each goal as a picture."""
    return [
        {
            "kind": "schedule",
            "title": "The schedule"
            if len(goals) == 1
            else f"Goal {number}: what {goal_name(goal)} earns",
            "description": _schedule_text(goal),
            "data": {
                "points": goal["schedule"],
                "between_points": goal["between_points"],
                "result": None,
                **schedule_axis(goal),
            },
        }
        for number, goal in enumerate(goals, start=1)
    ]


def schedule_axis(goal: Terms) -> dict[str, str]:
    """What the chart of a schedule over amounts needs besides its points."""
    if goal["kind"] != "financial":
        return {}
    return {"amounts_of": ", ".join(filter(None, [goal["measure"], goal["unit"]]))}


def goals_resolution(period: PerformancePeriod, goals: Sequence[Terms]) -> dict[str, Any]:
    """The text that is adopted; what the goals state stands in it as it was stated."""
    are_set = "goal is" if len(goals) == 1 else "{goals} goals are"
    stated = {
        f"terms_{number}": paragraph
        for number, paragraph in enumerate(
            goals_paragraphs(goals, starts_on=period.start_date), start=1
        )
    }
    return drafted(
        [
            f"RESOLVED, that the following {are_set} set for the performance period from "
            "{period_start} to {period_end}.",
            *(f"{{{name}}}" for name in stated),
        ],
        {
            "goals": str(len(goals)),
            "period_start": day_text(period.start_date),
            "period_end": day_text(period.end_date),
            "most": percent_text(_most_together(goals), places=0),
            **stated,
        },
    )


def goals_paragraphs(goals: Sequence[Terms], *, starts_on: date) -> list[str]:
    """What the goals state, in sentences: for the resolution and for the holders' notices."""
    if len(goals) == 1:
        return _paragraphs(goals[0], starts_on)
    listed = [f"{goal_name(goal)} ({goal['weight']} %)" for goal in goals]
    paragraphs = [
        f"{len(goals)} goals decide together: {', '.join(listed[:-1])} and {listed[-1]}. What each "
        f"pays is multiplied by its weight, and the sum is the per cent of target that is earned."
    ]
    for number, goal in enumerate(goals, start=1):
        first, *others = _paragraphs(goal, starts_on)
        paragraphs += [f"Goal {number}, for {goal['weight']} %. {first}", *others]
    return paragraphs


def _paragraphs(goal: Terms, starts_on: date) -> list[str]:
    if goal["kind"] == "financial":
        return [f"{_basis_text(goal)} {_schedule_text(goal)}"]
    tickers = ", ".join(peer["ticker"] for peer in goal["peers"])
    cap = goal["negative_tsr_cap"]
    return [
        f"The total stockholder return of the company's common stock is measured against that "
        f"of {len(goal['peers'])} peers ({tickers}), prices taken as "
        f"{_days_text(goal['averaging_days']).lower()} at each end, dividends reinvested.",
        *([_segments_text(goal, starts_on)] if goal["measurement"] == "annual" else []),
        f"The percentile is {METHODS[goal['percentile']]}. {_schedule_text(goal)}",
        *(
            [f"When the company's own return is negative, at most {cap} % is earned."]
            if cap
            else []
        ),
        " ".join(TREATMENTS[kind, how] for kind, how in goal["peer_events"].items()),
    ]


def _segments_text(goal: Terms, starts_on: date) -> str:
    spans = "; ".join(
        f"{day_text(start)} to {day_text(end)}, {weight} %"
        for start, end, weight in _segments(goal, starts_on)
    )
    return (
        f"It is measured in segments, each from the last trading day before it and with its own "
        f"place and payout, and the payouts are weighted: {spans}."
    )


def _segments(goal: Terms, starts_on: date) -> list[tuple[date, date, str]]:
    found = []
    for segment in goal["segments"]:
        end = date.fromisoformat(segment["end"])
        found.append((starts_on, end, segment["weight"]))
        starts_on = end + timedelta(days=1)
    return found


def _basis_text(goal: Terms) -> str:
    measured = f"The company's {goal['measure']} over the period is measured"
    if goal["basis"] == "gaap":
        return f"{measured} as GAAP gives it, without any adjustment."
    return f"{measured} from GAAP, adjusted for {', '.join(goal['adjustments'])} and nothing else."


def _schedule_text(goal: Terms) -> str:
    if goal["kind"] == "financial":
        points = ", ".join(
            f"{amount_text(at, goal['unit'])} earns {pays} % of target"
            for at, pays in goal["schedule"]
        )
    else:
        points = "A " + ", ".join(
            f"percentile {at} earns {pays} % of target" for at, pays in goal["schedule"]
        )
    between = "by straight line between them" if goal["between_points"] == "line" else "in steps"
    return f"{points}; {between}, nothing below the first."


def _most(goal: Terms) -> Decimal:
    return max(Decimal(pays) for _, pays in goal["schedule"])


def _most_together(goals: Sequence[Terms]) -> Decimal:
    with localcontext(CONTEXT):
        weighted = (Decimal(goal["weight"]) * _most(goal) for goal in goals)
        return sum(weighted, Decimal(0)) / HUNDRED


def _goal_word(goals: Sequence[Terms]) -> str:
    return "goal" if len(goals) == 1 else "goals"


def _days_text(days: int) -> str:
    return "Closing price" if days == 1 else f"{days} trading days"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _step(sentence: str, place: str) -> dict[str, str]:
    return {"sentence": sentence, "figure": "", "place": place}


def _table(caption: str, columns: list[tuple[str, bool]], rows: Any) -> dict[str, Any]:
    return {
        "caption": caption,
        "columns": [{"label": label, "numeric": numeric} for label, numeric in columns],
        "rows": [{"cells": list(cells), "own": False, "note": "", "steps": []} for cells in rows],
    }
