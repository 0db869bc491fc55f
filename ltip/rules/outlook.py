"""What other endings of a goal would pay while its period runs. It binds nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from ltip.rules.outcome import Refused
from ltip.rules.quantities import CONTEXT, HUNDRED
from ltip.rules.schedule import Point, payout

PLACE = "P Performance Goals"


@dataclass(frozen=True, slots=True)
class Ending:
    """Another ending of a goal: at a percentile or an amount, and what the goal would then pay.

    `kind` is "rises", "falls", or "nothing" for the nearest ending that pays nothing. The payout
    is in per cent of target. `place` is the company's, where places decide.
    """

    kind: str
    at: Decimal
    payout: Decimal
    place: int | None = None


def endings_by_place(
    *,
    rank: int,
    ranked: int,
    points: Sequence[Point],
    between_points: str,
    own_return: Decimal,
    negative_return_cap: Decimal | None,
) -> tuple[Ending, ...]:
    """Give the endings one place better and one worse, and the best place that pays nothing
    where that is farther down (rules 4.3, 4.4; P Performance Goals, GA §2).

    The percentile of place R among N is (N − R) / (N − 1) × 100, as in discrete ranking; the
    company's own return is taken as it stands, with the goal's cap on it (rule 3.4). Refuses a
    place that is none of those ranked, and what `payout` refuses.
    """
    if not 1 <= rank <= ranked:
        raise Refused(f"there is no place {rank} among {ranked}.", place="GA §2")

    def at_place(kind: str, place: int) -> Ending:
        with localcontext(CONTEXT):
            at = Decimal(ranked - place) * HUNDRED / (ranked - 1)
        paid = payout(
            percentile=at,
            points=points,
            between_points=between_points,
            own_return=own_return,
            negative_return_cap=negative_return_cap,
        )
        return Ending(kind, at, paid.value, place)

    better = [at_place("rises", rank - 1)] if rank > 1 else []
    worse = [at_place("falls", rank + 1)] if rank < ranked else []
    farther = (at_place("nothing", place) for place in range(rank + 2, ranked + 1))
    nothing = next((ending for ending in farther if not ending.payout), None)
    return (*better, *worse, *([nothing] if nothing else []))


def endings_by_point(
    *, points: Sequence[Point], reached: Decimal, most_payout: Decimal | None = None
) -> tuple[Ending, ...]:
    """Give the endings at the next point of the schedule above what is reached and at the one
    below, and below the first point where that pays nothing (rule 4.4; P Performance Goals).

    For goals that no place decides. `most_payout` caps them while the company's own return is
    negative and the goal names a cap (rule 3.4). Points are (percentile or amount, per cent of
    target) in rising order.
    """
    above = [point for point in points if point[0] > reached]
    below = [point for point in points if point[0] < reached]
    endings = [
        *(Ending("rises", at, _capped(pays, most_payout)) for at, pays in above[:1]),
        *(Ending("falls", at, _capped(pays, most_payout)) for at, pays in below[-1:]),
    ]
    first, first_payout = points[0]
    if reached >= first and first_payout > 0:
        endings.append(Ending("nothing", first, Decimal(0)))
    return tuple(endings)


def _capped(paid: Decimal, most: Decimal | None) -> Decimal:
    return paid if most is None else min(paid, most)
