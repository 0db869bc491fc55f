"""From a percentile, or an amount, to a per cent of target along the schedule of a goal."""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Literal, TypeAlias

from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import CONTEXT, HUNDRED, number_text, percent_text

PLACE = "P Performance Goals"
MOST_PAYOUT = Decimal(200)
BETWEEN_POINTS = ("line", "step")

Point: TypeAlias = tuple[Decimal, Decimal]
Over: TypeAlias = Literal["percentile", "amount"]


def check_schedule(
    *, points: Sequence[Point], between_points: str, over: Over = "percentile"
) -> None:
    """Refuse a schedule that does not say what every percentile or amount earns (rule 4.4).

    Points are (percentile or amount, per cent of target): at least one, percentiles rising
    within 0 to 100 or amounts rising from any to any, payouts never falling, within 0 to 200
    because a Performance Share earns at most two shares (GA recitals). Place of the refusals:
    P Performance Goals.
    """
    if between_points not in BETWEEN_POINTS:
        _refuse(
            f"{between_points!r} does not say what is earned between the points; it is one of "
            f"{', '.join(BETWEEN_POINTS)}."
        )
    if not points:
        _refuse("a schedule has at least one point.")
    for at, payout_there in points:
        if over == "percentile" and not 0 <= at <= HUNDRED:
            _refuse(f"the percentile {at} of a point is not within 0 to 100.")
        if not 0 <= payout_there <= MOST_PAYOUT:
            _refuse(
                f"the payout {payout_there} % of a point is not within 0 to {MOST_PAYOUT}: a "
                "Performance Share earns at most two shares."
            )
    for (lower, lower_payout), (upper, upper_payout) in pairwise(points):
        if upper <= lower:
            _refuse(f"the {over} {upper} follows {lower}; points stand in rising order.")
        if upper_payout < lower_payout:
            _refuse(
                f"the {over} {upper} would earn {upper_payout} %, less than the "
                f"{lower_payout} % of {lower}."
            )


def payout(
    *,
    percentile: Decimal,
    points: Sequence[Point],
    between_points: str,
    own_return: Decimal,
    negative_return_cap: Decimal | None,
) -> Outcome[Decimal]:
    """Read off the per cent of target that a percentile earns, unrounded.

    Nothing below the first point, the last point's value above the last; between points a
    straight line, or the lower point's value in steps (rule 4.4; P Performance Goals).
    `own_return` is a fraction; when it is negative and the goal names a cap, no more than the
    cap is earned (rule 3.4). Refuses what `check_schedule` refuses.
    """
    check_schedule(points=points, between_points=between_points)
    with localcontext(CONTEXT):
        value, sentence = _read_off(
            f"The percentile {number_text(percentile)}", percentile, points, between_points
        )
    steps = [Step(sentence=sentence, figure=percent_text(value), place=PLACE)]
    if negative_return_cap is not None and own_return < 0 and value > negative_return_cap:
        value = negative_return_cap
        steps.append(
            Step(
                sentence="The company's own return is negative, and the goal then caps the payout.",
                figure=percent_text(value),
                place=PLACE,
            )
        )
    return Outcome(value, tuple(steps))


def payout_of_amount(
    *, amount: Decimal, points: Sequence[Point], between_points: str
) -> Outcome[Decimal]:
    """Read off the per cent of target that the amount of a financial measure earns, unrounded.

    As `payout`: nothing below the first point, the last point's value above the last (rules 3.3,
    4.4; P Performance Goals). Refuses what `check_schedule` refuses.
    """
    check_schedule(points=points, between_points=between_points, over="amount")
    with localcontext(CONTEXT):
        value, sentence = _read_off(
            f"The amount {number_text(amount, places=6)}", amount, points, between_points
        )
    return Outcome(value, (Step(sentence=sentence, figure=percent_text(value), place=PLACE),))


def check_weights(*, weights: Sequence[Decimal], whole: Decimal = HUNDRED) -> None:
    """Refuse weights, in per cent, that are not above zero each and `whole` together.

    Goals and segments share 100 (rules 3.2, 3.3); what is left of the segments of a shortened
    period shares less. Place: P Performance Goals.
    """
    with localcontext(CONTEXT):
        if sum(weights, Decimal(0)) != whole or any(weight <= 0 for weight in weights):
            listed = ", ".join(str(weight) for weight in weights) or "none"
            _refuse(f"the weights ({listed}) are not above zero each and {whole} together.")


def weighted_payout(
    *, payouts: Sequence[tuple[Decimal, Decimal]], whole: Decimal = HUNDRED
) -> Outcome[Decimal]:
    """Weigh the payouts of several goals or segments, each given as (weight, payout) in per cent.

    Each weight counts as its share of `whole`. Refuses what `check_weights` refuses (rules 3.2,
    3.3; P Performance Goals).
    """
    check_weights(weights=[weight for weight, _ in payouts], whole=whole)
    with localcontext(CONTEXT):
        value = sum((weight * part for weight, part in payouts), Decimal(0)) / whole
    terms = " + ".join(f"{weight} % × {number_text(part)} %" for weight, part in payouts)
    of_whole = "" if whole == HUNDRED else f", as shares of {number_text(whole)} %"
    step = Step(sentence=f"Weighted: {terms}{of_whole}.", figure=percent_text(value), place=PLACE)
    return Outcome(value, (step,))


def _read_off(
    at: str, reached_amount: Decimal, points: Sequence[Point], between_points: str
) -> tuple[Decimal, str]:
    """`at` names what was reached, `reached_amount` is the percentile or amount itself."""
    reached = [point for point in points if point[0] <= reached_amount]
    if not reached:
        return Decimal(0), f"{at} is below the first point of the schedule, {points[0][0]}."
    lower, lower_payout = reached[-1]
    if len(reached) == len(points):
        return lower_payout, f"{at} is at or above the last point of the schedule, {lower}."
    if reached_amount == lower:
        return lower_payout, f"{at} is a point of the schedule."
    upper, upper_payout = points[len(reached)]
    if between_points == "step":
        return lower_payout, f"{at} has reached the step at {lower} and not the one at {upper}."
    gained = (upper_payout - lower_payout) * (reached_amount - lower) / (upper - lower)
    value = lower_payout + gained
    sentence = (
        f"{at} is between the points {lower} ({lower_payout} %) and {upper} ({upper_payout} %), "
        "read by straight line."
    )
    return value, sentence


def _refuse(reason: str) -> None:
    raise Refused(reason, place=PLACE, remedy="Correct the schedule before the goal is set.")
