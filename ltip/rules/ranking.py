"""The company's place and percentile among its peers. Returns are ranked unrounded."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import CONTEXT, HUNDRED, number_text, return_text
from ltip.rules.readings import require_reading

PLACE = "GA §2"
METHODS = ("discrete", "continuous", "count_below")
_TWO_DECIMALS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rank:
    """The company's place among all that are ranked, itself included; best is 1.

    `table` lists place, company and return, best first, equal returns in the order of names.
    """

    rank: int
    ranked: int
    table: tuple[tuple[int, str, Decimal], ...]


def rank(
    *, company: str, returns: Mapping[str, Decimal], ties: str = "better_place"
) -> Outcome[Rank]:
    """Rank the company with its peers by return; equal returns share the better place.

    `returns` are fractions and hold the company's own (rule 4.3; GA §2). Refuses when that one is
    missing. *Reading:* `percentile.ties` = better_place (alternative: worse_place).
    """
    require_reading(key="percentile.ties", value=ties)
    own = _own_return(company, returns)
    names = sorted(sorted(returns), key=lambda name: returns[name], reverse=True)
    values = sorted(returns.values())
    table = [(_place(returns[name], values, ties), name, returns[name]) for name in names]
    place = _place(own, values, ties)
    step = Step(
        sentence=(
            f"{company} returned {return_text(own)} and is number {place} of {len(table)}, "
            "itself among its ranked peers."
        ),
        figure=f"{place} of {len(table)}",
        place=PLACE,
    )
    return Outcome(Rank(place, len(table), tuple(table)), (step,))


def percentile(
    *,
    method: str,
    company: str,
    returns: Mapping[str, Decimal],
    ties: str = "better_place",
    rounding: str = "none",
) -> Outcome[Decimal]:
    """Place the company among its peers on a scale from 0 to 100, unrounded.

    `discrete` ranks it with them: (N − R) / (N − 1). `continuous` places it between the two peers
    around it by straight line, 100 above the best and 0 below the worst. `count_below` is the
    share of peers with a lower return (rule 4.3; GA §2). Refuses an unknown method, a company
    without a return and a group in which no peer is left.
    *Readings:* `percentile.ties` = better_place: in `discrete` ties share the better place
    (alternative: worse_place), in the other two a tied peer is never a lower one;
    `percentile.rounding` = none (alternative: two_decimals, a half up).
    """
    require_reading(key="percentile.ties", value=ties)
    require_reading(key="percentile.rounding", value=rounding)
    own = _own_return(company, returns)
    peers = sorted(value for name, value in returns.items() if name != company)
    if not peers:
        raise Refused(
            f"no ranked peer of {company} remains, so there is no percentile.",
            place=PLACE,
            remedy="What the goal then means is the Committee's to decide, in writing.",
        )
    with localcontext(CONTEXT):
        if method == "discrete":
            value, sentence = _discrete(company, own, peers, ties)
        elif method == "continuous":
            value, sentence = _continuous(company, own, peers)
        elif method == "count_below":
            lower = _lower(own, peers)
            value = lower * HUNDRED / len(peers)
            sentence = f"{lower} of {len(peers)} peers returned less than {company}, × 100."
        else:
            raise Refused(
                f"{method!r} is no percentile method; it is one of {', '.join(METHODS)}.",
                place=PLACE,
            )
        if rounding == "two_decimals":
            value = value.quantize(_TWO_DECIMALS, rounding=ROUND_HALF_UP)
            sentence = f"{sentence} Rounded to two decimals."
    step = Step(sentence=sentence, figure=number_text(value), place=PLACE)
    return Outcome(value, (step,))


def _own_return(company: str, returns: Mapping[str, Decimal]) -> Decimal:
    if company not in returns:
        raise Refused(f"{company} itself has no return to rank.", place=PLACE)
    return returns[company]


def _place(value: Decimal, ascending: Sequence[Decimal], ties: str) -> int:
    """The place of a value in a sorted list that holds it, the best being 1."""
    if ties == "worse_place":
        return len(ascending) - bisect_left(ascending, value)
    return 1 + len(ascending) - bisect_right(ascending, value)


def _lower(own: Decimal, peers: list[Decimal]) -> int:
    return bisect_left(peers, own)


def _discrete(company: str, own: Decimal, peers: list[Decimal], ties: str) -> tuple[Decimal, str]:
    ranked = len(peers) + 1
    place = _place(own, sorted([*peers, own]), ties)
    sentence = f"{company} ranked with its peers: ({ranked} − {place}) / ({ranked} − 1) × 100."
    return (ranked - place) * HUNDRED / (ranked - 1), sentence


def _continuous(company: str, own: Decimal, peers: list[Decimal]) -> tuple[Decimal, str]:
    lower = _lower(own, peers)
    if lower == len(peers):
        return HUNDRED, f"{company} returned more than every peer."
    if lower == 0:
        return Decimal(0), f"{company} returned no more than the last of its peers."
    below, above = peers[lower - 1], peers[lower]
    gaps = len(peers) - 1
    if own == above:
        sentence = f"{company} returned what a peer did: {lower} peers below it / {gaps} × 100."
        return lower * HUNDRED / gaps, sentence
    # One division: a quotient that is rounded on the way could miss a point of the schedule.
    value = ((lower - 1) * (above - below) + own - below) * HUNDRED / ((above - below) * gaps)
    sentence = (
        f"{company} stands between the peers at {return_text(below)} and {return_text(above)}, "
        f"with {lower} of {len(peers)} below it, by straight line."
    )
    return value, sentence
