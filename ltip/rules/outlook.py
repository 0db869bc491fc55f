"""Where a goal stands while its period runs, and what other endings would pay. It binds nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext

from ltip.rules.outcome import Refused
from ltip.rules.quantities import CONTEXT, HUNDRED
from ltip.rules.schedule import Point

PLACE = "P Performance Goals"


@dataclass(frozen=True, slots=True)
class Ending:
    """Another ending of a goal: at a percentile or an amount, and what the goal would then pay.

    `kind` is "rises" to a point above, "falls" to a point below, or "below" the first point. The
    payout is in per cent of target.
    """

    kind: str
    at: Decimal
    payout: Decimal


def other_endings(
    *, points: Sequence[Point], reached: Decimal, most_payout: Decimal | None = None
) -> tuple[Ending, ...]:
    """Give up to three other endings of a goal by its schedule (rule 4.4; P Performance Goals).

    The next point above what is reached, the next one below it, and, where something reachable
    `most_payout` caps them while the company's own return is negative and the goal
    names a cap (rule 3.4). Points are (percentile or amount, per cent of target) in rising order.
    """
    above = [point for point in points if point[0] > reached]
    below = [point for point in points if point[0] < reached]
    endings = [
        *(Ending("rises", at, _capped(pays, most_payout)) for at, pays in above[:1]),
        *(Ending("falls", at, _capped(pays, most_payout)) for at, pays in below[-1:]),
    ]
    first, first_payout = points[0]
    if reached >= first and first_payout > 0:
        endings.append(Ending("below", first, Decimal(0)))
    return tuple(endings)


def place_needed(*, percentile: Decimal, ranked: int) -> int:
    """Give the last place, best being 1, that reaches a percentile in discrete ranking.

    The percentile of place R among N is (N − R) / (N − 1) × 100 (rule 4.3; GA §2). Refuses fewer
    than two ranked.
    """
    if ranked < 2:
        raise Refused(f"{ranked} ranked leave no place to compare.", place="GA §2")
    with localcontext(CONTEXT):
        behind = (percentile * (ranked - 1) / HUNDRED).to_integral_value(ROUND_CEILING)
    return ranked - int(behind)


def _capped(payout: Decimal, most: Decimal | None) -> Decimal:
    return payout if most is None else min(payout, most)
