"""The words of a certification, with the figures that stand in them by name."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from committee.resolutions import drafted
from ltip.program.goal_words import amount_text, goal_name
from ltip.program.models import PerformancePeriod
from ltip.rules.calendars import day_text
from ltip.rules.quantities import number_text, percent_text, return_text, shares_text
from participants.kinds.certification_reductions import reduction_words

Found = Mapping[str, Any]
Line = Mapping[str, Any]


def certification_resolution(
    period: PerformancePeriod, result: Found, lines: Sequence[Line], total: int
) -> dict[str, Any]:
    """The text that is adopted."""
    goals = result["goals"]
    figures = {
        "period": period.label,
        "period_start": day_text(period.start_date),
        "period_end": day_text(period.end_date),
        "payout": percent_text(Decimal(result["payout"]), places=4),
        "shares": shares_text(total),
        "holders": str(len(lines)),
        "holders_earning": str(sum(line["shares"] > 0 for line in lines)),
    }
    found = []
    for number, goal in enumerate(goals, start=1):
        text, own = _certified(goal, "" if len(goals) == 1 else f"goal_{number}_")
        found.append(text)
        figures |= own
    over = (
        "RESOLVED, that the Committee certifies that over the performance period from "
        f"{{period_start}} to {{period_end}} {listed(found)}"
    )
    if len(goals) == 1:
        achieved = f"{over}, and that the goal was thereby achieved to {{payout}} of target."
    else:
        achieved = (
            f"{over}, and that the goals, weighed as they were set, were thereby achieved to "
            "{payout} of target."
        )
    reducing, reduced = reduction_words(lines)
    return drafted(
        [
            achieved,
            *reducing,
            "RESOLVED FURTHER, that the holders named in the exhibit have earned {shares} shares "
            "of common stock, each the number beside the name.",
        ],
        figures | reduced,
    )


def _certified(goal: Found, of: str) -> tuple[str, dict[str, str]]:
    """What is certified of one goal, with its figures by names that begin with `of`."""
    payout = {f"{of}payout": percent_text(Decimal(goal["payout"]), places=4)} if of else {}
    if goal["kind"] == "financial":
        figures = {
            f"{of}measure": goal_name(goal),
            f"{of}result": amount_text(goal["value"], goal["unit"]),
            f"{of}payout": percent_text(Decimal(goal["payout"]), places=4),
        }
        return f"the company's {{{of}measure}} was {{{of}result}}, paying {{{of}payout}}", figures
    if "segments" in goal:
        return _certified_segments(goal, of)
    text = (
        f"the company's total stockholder return was {{{of}return}}, its rank {{{of}rank}} of "
        f"{{{of}ranked}} and its percentile {{{of}percentile}}"
    )
    return text, payout | _placed(goal, of)


def _certified_segments(goal: Found, of: str) -> tuple[str, dict[str, str]]:
    figures = {f"{of}payout": percent_text(Decimal(goal["payout"]), places=4)}
    parts = []
    for number, part in enumerate(goal["segments"], start=1):
        one = f"{of}segment_{number}_"
        parts.append(
            f"{{{one}return}}, rank {{{one}rank}} of {{{one}ranked}} and percentile "
            f"{{{one}percentile}} from {{{one}start}} to {{{one}end}}, paying {{{one}payout}}"
        )
        figures |= _placed(part, one) | {
            f"{one}start": day_said(part["start"]),
            f"{one}end": day_said(part["end"]),
            f"{one}payout": percent_text(Decimal(part["payout"]), places=4),
        }
    text = (
        f"the company's total stockholder return was {listed(parts)}, which together pay "
        f"{{{of}payout}}"
    )
    return text, figures


def _placed(found: Found, of: str) -> dict[str, str]:
    return {
        f"{of}return": return_text(Decimal(found["own_return"])),
        f"{of}rank": str(found["rank"]),
        f"{of}ranked": str(found["ranked"]),
        f"{of}percentile": number_text(Decimal(found["percentile"]), places=4),
    }


def listed(parts: Sequence[str]) -> str:
    """Parts of a sentence, the last after an and."""
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last


def day_said(text: str) -> str:
    """A day of a result, as it is said."""
    return day_text(date.fromisoformat(text))
