"""A financial measure: what GAAP says, and what a goal named in writing to adjust it by."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, localcontext

from ltip.rules.calendars import day_text
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import CONTEXT, number_text

PLACE = "P Performance Goals"
BASES = ("gaap", "non_gaap")
DIGITS = 6


def measure_named(text: str) -> str:
    """Give the one spelling of a measure's name: "gross_margin" and "Gross margin" are one."""
    name = " ".join(text.replace("_", " ").split()).lower()
    if not name:
        raise Refused("a financial goal names its measure.", place=PLACE)
    return name


def check_adjustments(*, basis: str, adjustments: Sequence[str]) -> None:
    """Refuse a basis that does not fit the adjustments a goal names (rule 3.3).

    `gaap` names none, `non_gaap` at least one, each once and with a name. Place: P Performance
    Goals, which asks for them in writing when the goal is set.
    """
    if basis not in BASES:
        raise Refused(f"{basis!r} is no basis; it is one of {', '.join(BASES)}.", place=PLACE)
    if basis == "gaap" and adjustments:
        raise Refused("a GAAP measure has no adjustments.", place=PLACE)
    if basis == "non_gaap" and not adjustments:
        raise Refused("a non-GAAP measure names its adjustments in writing.", place=PLACE)
    if len(set(adjustments)) != len(adjustments) or any(not name.strip() for name in adjustments):
        raise Refused("each adjustment is named, and named once.", place=PLACE)


def require_named(*, measure: str, named: Sequence[str], made: Sequence[str]) -> None:
    """Refuse an adjustment that the goal did not name when it was set (P Performance Goals)."""
    unnamed = [name for name in made if name not in named]
    if unnamed:
        allowed = ", ".join(named) or "none"
        raise Refused(
            f"the goal of {measure} names no adjustment for {', '.join(unnamed)}; it names "
            f"{allowed}.",
            place=PLACE,
            remedy="Only what the goal named in writing when it was set adjusts its result.",
        )


def financial_value(
    *,
    measure: str,
    named: Sequence[str],
    gaap: Decimal,
    adjustments: Mapping[str, Decimal],
    reported_on: date | None,
) -> Outcome[Decimal]:
    """Add the adjustments that the goal named in advance to what GAAP says (rule 3.3).

    Amounts are in the unit of the goal (millions, per cent, money a share); a charge taken out
    is added, a gain taken out is a negative amount. A named adjustment without an amount is one
    that did not occur, and a step says so. Refuses what `require_named` refuses. Place:
    P Performance Goals.
    """
    require_named(measure=measure, named=named, made=list(adjustments))
    when = f", reported on {day_text(reported_on)}" if reported_on else ""
    steps = [_step(f"{measure.capitalize()} by GAAP{when}.", gaap)]
    value = gaap
    with localcontext(CONTEXT):
        for name in named:
            if name in adjustments:
                value += adjustments[name]
                steps.append(_step(f"Adjusted, as the goal named it: {name}.", adjustments[name]))
            else:
                steps.append(Step(f"Nothing was reported for {name}.", "", PLACE))
    if named:
        steps.append(_step(f"{measure.capitalize()} with the adjustments of the goal.", value))
    return Outcome(value, tuple(steps))


def missing_result(measure: str) -> Refused:
    """The refusal of a goal whose measure has no result on record (P Performance Goals)."""
    return Refused(
        f"no result of {measure} is on record for the period.",
        place=PLACE,
        remedy="Finance records it first.",
    )


def _step(sentence: str, amount: Decimal) -> Step:
    return Step(sentence=sentence, figure=number_text(amount, places=DIGITS), place=PLACE)
