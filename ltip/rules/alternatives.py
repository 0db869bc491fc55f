"""What a ranking would have paid one place away, or by another percentile method: to know only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ltip.rules.outcome import Outcome, Step
from ltip.rules.quantities import number_text, percent_text, return_text
from ltip.rules.ranking import METHODS, percentile
from ltip.rules.schedule import Point, payout

PLACE = "GA §2"
COUNTED = {
    "discrete": "Ranked with its peers",
    "continuous": "Placed by straight line between the peers around it",
    "count_below": "The peers below it counted",
}


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another place or another method: what it is, the percentile and the per cent of target."""

    what: str
    percentile: Decimal
    payout: Decimal


def alternatives(
    *,
    company: str,
    returns: Mapping[str, Decimal],
    method: str,
    points: Sequence[Point],
    between_points: str,
    negative_return_cap: Decimal | None,
    ties: str = "better_place",
    rounding: str = "none",
) -> Outcome[tuple[Alternative, ...]]:
    """What the neighbouring places and the other methods would have paid, for information.

    A neighbouring place is had by changing returns with the peer whose return is the next better
    or the next worse one; at the top there is no better place, at the bottom no worse one. Then
    come the methods that the goal does not name, by the company's own return (rules 4.3, 4.4; GA
    §2). Nothing follows from any of them: the goal names the method. Returns are fractions,
    payouts per cent of target. Refuses what `percentile` and `payout` refuse.
    *Readings:* `percentile.ties`, `percentile.rounding`, as `percentile` takes them.
    """
    own = returns[company]
    peers = {name: value for name, value in returns.items() if name != company}
    worse = [name for name in sorted(peers) if peers[name] < own]
    better = [name for name in sorted(peers) if peers[name] > own]
    cases: list[tuple[str, str, Mapping[str, Decimal]]] = []
    for what, neighbour in (
        ("One place better", min(better, key=peers.__getitem__, default=None)),
        ("One place worse", max(worse, key=peers.__getitem__, default=None)),
    ):
        if neighbour is not None:
            changed = {**returns, company: peers[neighbour], neighbour: own}
            with_return = f"{what}, with the {return_text(peers[neighbour])} of {neighbour}"
            cases.append((with_return, method, changed))
    cases += [(COUNTED[other], other, returns) for other in METHODS if other != method]
    found, steps = [], []
    for what, by, placed in cases:
        at = percentile(
            method=by, company=company, returns=placed, ties=ties, rounding=rounding
        ).value
        pays = payout(
            percentile=at,
            points=points,
            between_points=between_points,
            own_return=placed[company],
            negative_return_cap=negative_return_cap,
        ).value
        found.append(Alternative(what, at, pays))
        sentence = f"{what}: the percentile {number_text(at)} would have paid {percent_text(pays)}."
        steps.append(Step(sentence=sentence, figure=percent_text(pays), place=PLACE))
    return Outcome(tuple(found), tuple(steps))
