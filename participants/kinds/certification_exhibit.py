"""What the Committee is shown of the goals it certifies, and the words it adopts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from committee.kinds.goal_exhibit import schedule_axis
from ltip.program import selectors as program
from ltip.program.goal_words import amount_text, goal_name
from ltip.program.models import Goal
from ltip.rules.calendars import day_text
from ltip.rules.quantities import number_text, percent_text, return_text, shares_text
from participants.kinds.certification_otherwise import otherwise_table
from participants.kinds.certification_text import day_said, listed

PLACE = "P Award Determination"

Found = Mapping[str, Any]
Line = Mapping[str, Any]


def certification_ask(result: Found, lines: Sequence[Line], total: int) -> str:
    """What the member is asked, in a sentence with the figures in it."""
    earning = sum(line["shares"] > 0 for line in lines)
    achieved = listed([_achieved(goal) for goal in result["goals"]])
    return (
        f"You are asked to certify in writing that {achieved}, and that each award earns "
        f"{percent_text(Decimal(result['payout']))} of its target: {shares_text(total)} shares "
        f"for {earning} of {len(lines)} holders."
    )


def _achieved(goal: Found) -> str:
    if goal["kind"] == "financial":
        return f"{goal_name(goal)} came to {amount_text(goal['value'], goal['unit'])}"
    if "segments" in goal:
        places = listed(
            [
                f"{part['rank']} of {part['ranked']} until {day_said(part['end'])}"
                for part in goal["segments"]
            ]
        )
        return (
            f"the company ranked {places}, each in its segment, which together pay "
            f"{percent_text(Decimal(goal['payout']))}"
        )
    return (
        f"the company ranked {goal['rank']} of {goal['ranked']}, percentile "
        f"{number_text(Decimal(goal['percentile']), places=1)}"
    )


def certification_facts(result: Found, lines: Sequence[Line], total: int) -> list[dict[str, Any]]:
    """The key figures, each with why."""
    goals = result["goals"]
    return [
        *(fact for goal in goals for fact in _goal_facts(goal, is_one=len(goals) == 1)),
        {
            "label": "Earned",
            "value": percent_text(Decimal(result["payout"])),
            "steps": [
                *(step for goal in goals for step in goal["payout_steps"]),
                *result["payout_steps"],
            ],
        },
        {
            "label": "Shares in all",
            "value": shares_text(total),
            "steps": [
                {
                    "sentence": f"Earned by {line['holder']}",
                    "figure": shares_text(line["shares"]),
                    "place": PLACE,
                }
                for line in lines
            ],
        },
    ]


def _goal_facts(goal: Found, *, is_one: bool) -> list[dict[str, Any]]:
    weight = "" if is_one else f", weight {goal['weight']} %"
    if goal["kind"] == "financial":
        return [
            {
                "label": f"{_capital(goal_name(goal))}{weight}",
                "value": amount_text(goal["value"], goal["unit"]),
                "steps": goal["steps"],
            }
        ]
    if "segments" in goal:
        return [
            {
                "label": f"Rank until {day_said(part['end'])}",
                "value": f"{part['rank']} of {part['ranked']}",
                "steps": part["rank_steps"] + part["peer_steps"] + part["percentile_steps"],
            }
            for part in goal["segments"]
        ]
    return [
        {
            "label": f"Rank{weight}",
            "value": f"{goal['rank']} of {goal['ranked']}",
            "steps": goal["rank_steps"] + goal["peer_steps"],
        },
        {
            "label": "Percentile",
            "value": number_text(Decimal(goal["percentile"]), places=2),
            "steps": goal["percentile_steps"],
        },
    ]


def certification_tables(
    result: Found, lines: Sequence[Line], goals: Sequence[Goal], readings: Mapping[str, str]
) -> list[dict[str, Any]]:
    """What each goal achieved, what each award earns, and what would have been paid otherwise."""
    achieved, otherwise = [], []
    for number, (goal, found) in enumerate(zip(goals, result["goals"], strict=True), start=1):
        of = f"Goal {number}: " if len(goals) > 1 else ""
        achieved += _goal_tables(found, of)
        if found["kind"] != "financial":
            terms = program.terms_of(goal)
            for part in found.get("segments", [found]):
                until = "" if part is found else f", until {day_said(part['end'])}"
                caption = (
                    f"{of}For information{until}: what another place or method would have paid"
                )
                otherwise.append(otherwise_table(terms, part, readings, caption=caption))
    return [*achieved, _earned_table(lines), *otherwise]


def _goal_tables(goal: Found, of: str) -> list[dict[str, Any]]:
    if goal["kind"] == "financial":
        return [_financial_table(goal, of)]
    if "segments" in goal:
        return [
            _ranking(part, f"{of}Ranking from {day_said(part['start'])} to {day_said(part['end'])}")
            for part in goal["segments"]
        ]
    return [_ranking(goal, f"{of}Ranking")]


def _financial_table(goal: Found, of: str) -> dict[str, Any]:
    rows = [("By GAAP", goal["gaap"]), *sorted(goal["adjustments"].items())]
    if goal["basis"] == "non_gaap":
        rows.append(("With the adjustments that the goal names", goal["value"]))
    return {
        "caption": f"{of}{_capital(goal_name(goal))}",
        "columns": [
            {"label": "From GAAP to what counts", "numeric": False},
            {"label": _capital(goal["unit"]) or "Amount", "numeric": True},
        ],
        "rows": [
            {
                "cells": [label, number_text(Decimal(amount), places=6)],
                "own": False,
                "note": "",
                "steps": [],
            }
            for label, amount in rows
        ],
    }


def _ranking(found: Found, caption: str) -> dict[str, Any]:
    words = {"bottom": "counted at −100 %", "frozen": "at its last return"}
    return {
        "caption": caption,
        "columns": [
            {"label": "Place", "numeric": True},
            {"label": "Company", "numeric": False},
            {"label": "Total stockholder return", "numeric": True},
        ],
        "rows": [
            {
                "cells": [str(row["rank"]), row["ticker"], return_text(Decimal(row["return"]))],
                "own": row["own"],
                "note": words.get(row["standing"], ""),
                "steps": row["steps"],
            }
            for row in found["table"]
        ],
    }


def _earned_table(lines: Sequence[Line]) -> dict[str, Any]:
    return {
        "caption": "What each award earns",
        "columns": [
            {"label": "Holder", "numeric": False},
            {"label": "Target", "numeric": True},
            {"label": "Earned", "numeric": True},
        ],
        "rows": [
            {
                "cells": [line["holder"], shares_text(line["target"]), shares_text(line["shares"])],
                "own": False,
                "note": line["note"],
                "steps": line["steps"],
            }
            for line in lines
        ],
    }


def certification_charts(result: Found, goals: Sequence[Goal]) -> list[dict[str, Any]]:
    """The lines of the companies, where a goal ranks them, and each schedule with its result."""
    charts: list[dict[str, Any]] = []
    if result["paths"]:
        charts.append(
            {
                "kind": "returns",
                "title": "Total stockholder return",
                "description": "Dividends reinvested; the peers in grey.",
                "data": {"paths": result["paths"], **_own_figure(result)},
            }
        )
    for goal, found in zip(goals, result["goals"], strict=True):
        parts = found.get("segments", [found])
        charts += [_schedule(goal, found, part, is_one=len(goals) == 1) for part in parts]
    return charts


def _own_figure(result: Found) -> dict[str, str]:
    """Our return over the whole period, where the tables say only those of its segments."""
    goal = next(goal for goal in result["goals"] if goal["kind"] == "relative_tsr")
    if "segments" not in goal:
        return {}
    return {"own_figure": return_text(Decimal(goal["own_return"]))}


def _schedule(goal: Goal, found: Found, part: Found, *, is_one: bool) -> dict[str, Any]:
    terms = program.terms_of(goal)
    if found["kind"] == "financial":
        reached, what = found["value"], amount_text(found["value"], found["unit"])
    else:
        reached = part["percentile"]
        what = f"the percentile {number_text(Decimal(reached), places=1)}"
    title = f"The schedule set on {day_text(goal.set_on)}"
    if part is not found:
        title = f"The segment until {day_said(part['end'])}"
    return {
        "kind": "schedule",
        "title": title if is_one else f"Goal {goal.position}: {title[0].lower()}{title[1:]}",
        "description": f"The result is {what}, paying {percent_text(Decimal(part['payout']))}.",
        "data": {
            "points": terms["schedule"],
            "between_points": terms["between_points"],
            "result": [reached, part["payout"]],
            **schedule_axis(terms),
        },
    }


def removed_sentences(goals: Sequence[Found]) -> list[str]:
    """Who left a peer group."""
    removed = [ticker for goal in goals for ticker in goal.get("removed", [])]
    return [f"{ticker} left the peer group, as the goal says." for ticker in dict.fromkeys(removed)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
