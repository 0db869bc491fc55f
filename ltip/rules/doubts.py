"""What in a company's closes and corporate actions has to be looked at before it decides."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from itertools import pairwise

from ltip.rules.calendars import day_text
from ltip.rules.canonical import decimal_text
from ltip.rules.quantities import CONTEXT, number_text, return_text
from ltip.rules.returns import Action

PLACE = "GA §2"
KINDS = (
    "gap",
    "repeated",
    "no_volume",
    "move",
    "split_like",
    "large_dividend",
    "closed_day",
    "disagreement",
)
REPEATED_DAYS = 5
LARGEST_MOVE = Decimal("0.25")
LARGEST_DIVIDEND = Decimal("0.1")
SPLIT_RATIOS = tuple(Decimal(text) for text in ("1.5", "2", "3", "4", "5", "10"))
NEAR_A_RATIO = Decimal("0.03")
_LOWEST, _HIGHEST = 1 - LARGEST_MOVE, 1 + LARGEST_MOVE


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in the prices of one company that may be wrong, from a day to a day.

    `facts` are the values it is about, as text: as long as they are the same it is the same doubt.
    """

    kind: str
    on: date
    until: date
    facts: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Told:
    """A value of a close or an action ("close", "dividend" ...) that a source gave for a day."""

    on: date
    what: str
    value: Decimal
    source: str


def doubts_about(
    *,
    company: str,
    closes: Mapping[date, Decimal],
    volumes: Mapping[date, int],
    actions: Sequence[Action],
    days: Sequence[date],
    listed_until: date,
    told: Sequence[Told],
) -> tuple[Doubt, ...]:
    """Find what may be wrong in a company's prices over the trading days that a goal uses.

    In doubt are: trading days up to `listed_until` without a close (the last one before would
    stand in); the same close on five trading days in a row; trading days with a volume of zero; a
    close more than 25 % away from the one before, after what the actions between explain; one
    that, with no split between, is within 3 % of the one before times or divided by 1.5, 2, 3, 4,
    5 or 10; a dividend of more than a tenth of the close before it; a close on a day without
    trading; and values that two sources gave differently (rules 4.1, 4.2; GA §2). Nothing is
    decided here: each is for a person to confirm or to correct. In the order of their days.
    """
    if not days:
        return ()
    trading = set(days)
    traded = [day for day in sorted(closes) if day in trading]
    counted = [action for action in actions if action.on <= days[-1]]
    with localcontext(CONTEXT):
        found = [
            *_gaps(company, closes, days, listed_until),
            *_repeated(company, closes, traded),
            *_without_volume(company, volumes, traded),
            *_jumps(company, closes, traded, counted),
            *_large_dividends(company, closes, traded, counted),
            *_on_closed_days(company, closes, trading, days),
            *_disagreements(company, told),
        ]
    return tuple(sorted(found, key=lambda doubt: (doubt.on, KINDS.index(doubt.kind), doubt.facts)))


def is_adjusted_at(*, before: Decimal, close: Decimal, actions: Sequence[Action]) -> bool:
    """Tell whether a close that follows another shows that the series is an adjusted one.

    `actions` are those of the day, up to which `before` is the last close. As traded, a price
    falls by what a split or a dividend takes from it; in an adjusted series it does not. The close
    counts as adjusted when it is nearer to the one before than to what the actions leave of it,
    and they take at least a quarter of the price or add a third: less can't be told from a day's
    ordinary move (rule 4.1: prices are *unadjusted* closes; GA §2).
    """
    with localcontext(CONTEXT):
        left = _left_of(before, actions)
        if left <= 0:
            return False
        if 3 * max(before, left) < 4 * min(before, left):
            return False
        # The middle between the two, by ratio, is the root of their product.
        if left < before:
            return close * close > before * left
        return close * close < before * left


def _left_of(before: Decimal, actions: Iterable[Action]) -> Decimal:
    """What the actions of a day leave of the close before it: the split first, then the cash."""
    left, cash = before, Decimal(0)
    for action in actions:
        if action.kind == "split":
            left /= action.amount
        else:
            cash += action.amount
    return left - cash


def _gaps(
    company: str, closes: Mapping[date, Decimal], days: Sequence[date], listed_until: date
) -> list[Doubt]:
    missing = [n for n, day in enumerate(days) if day not in closes and day <= listed_until]
    return [
        Doubt(
            "gap",
            span[0],
            span[-1],
            (str(len(span)),),
            f"{company} has no close {_days_text(span)}; the last one before stands in.",
        )
        for span in _stretches(days, missing)
    ]


def _repeated(company: str, closes: Mapping[date, Decimal], traded: Sequence[date]) -> list[Doubt]:
    values = [closes[day] for day in traded]
    same = [n for n, (before, close) in enumerate(pairwise(values)) if before == close]
    doubts = []
    for span in _stretches(traded[1:], same):
        if len(span) + 1 >= REPEATED_DAYS:
            first = traded[bisect_left(traded, span[0]) - 1]
            close = decimal_text(closes[first])
            doubts.append(
                Doubt(
                    "repeated",
                    first,
                    span[-1],
                    (close, str(len(span) + 1)),
                    f"{company} closed at {close} on {len(span) + 1} trading days in a row, from "
                    f"{day_text(first)} to {day_text(span[-1])}.",
                )
            )
    return doubts


def _without_volume(
    company: str, volumes: Mapping[date, int], traded: Sequence[date]
) -> list[Doubt]:
    return [
        Doubt(
            "no_volume",
            span[0],
            span[-1],
            (str(len(span)),),
            f"{company} has a close but a volume of zero {_days_text(span)}.",
        )
        for span in _stretches(traded, [n for n, day in enumerate(traded) if volumes.get(day) == 0])
    ]


def _jumps(
    company: str,
    closes: Mapping[date, Decimal],
    traded: Sequence[date],
    actions: Sequence[Action],
) -> list[Doubt]:
    waiting = sorted(actions, key=lambda action: action.on)
    doubts = []
    for earlier, day in pairwise(traded):
        before, close, between = closes[earlier], closes[day], []
        while waiting and waiting[0].on <= day:
            action = waiting.pop(0)
            if action.on > earlier:
                between.append(action)
        left = _left_of(before, between) if between else before
        if left <= 0 or left * _LOWEST <= close <= left * _HIGHEST:
            continue
        move = return_text(close / left - 1)
        facts = tuple(decimal_text(value) for value in (before, left, close))
        went = (
            f"{company} closed at {facts[0]} on {day_text(earlier)} and at {facts[2]} on "
            f"{day_text(day)}"
        )
        is_split = any(action.kind == "split" for action in between)
        split = None if is_split else _split_near(left, close)
        if split:
            said = f"{went}, as a split of {split} would make it; none is on record."
            doubts.append(Doubt("split_like", day, day, facts, said))
        else:
            after = "after what the actions between explain" if between else "without an action"
            doubts.append(Doubt("move", day, day, facts, f"{went}: {move} {after}."))
    return doubts


def _split_near(before: Decimal, close: Decimal) -> str | None:
    """The split that would explain how a price went, if one would."""
    for ratio in SPLIT_RATIOS:
        if abs(before - ratio * close) <= NEAR_A_RATIO * ratio * close:
            return f"{ratio} new for one old"
        if abs(close - ratio * before) <= NEAR_A_RATIO * ratio * before:
            return f"one new for {ratio} old"
    return None


def _large_dividends(
    company: str,
    closes: Mapping[date, Decimal],
    traded: Sequence[date],
    actions: Sequence[Action],
) -> list[Doubt]:
    doubts = []
    for action in sorted(actions, key=lambda each: each.on):
        position = bisect_left(traded, action.on)
        if action.kind != "dividend" or position == 0:
            continue
        splits = [each for each in actions if each.kind == "split" and each.on == action.on]
        before = _left_of(closes[traded[position - 1]], splits)
        if action.amount > LARGEST_DIVIDEND * before:
            amount = decimal_text(action.amount)
            part = number_text(100 * action.amount / before)
            doubts.append(
                Doubt(
                    "large_dividend",
                    action.on,
                    action.on,
                    (amount, decimal_text(before)),
                    f"The dividend of {company} on {day_text(action.on)}, {amount} a share, is "
                    f"{part} % of the close before it.",
                )
            )
    return doubts


def _on_closed_days(
    company: str, closes: Mapping[date, Decimal], trading: set[date], days: Sequence[date]
) -> list[Doubt]:
    return [
        Doubt(
            "closed_day",
            day,
            day,
            (decimal_text(close),),
            f"{company} has a close of {decimal_text(close)} on {day_text(day)}, a day without "
            "trading.",
        )
        for day, close in closes.items()
        if days[0] < day < days[-1] and day not in trading
    ]


def _disagreements(company: str, told: Sequence[Told]) -> list[Doubt]:
    values: dict[tuple[date, str], list[Told]] = {}
    for each in told:
        values.setdefault((each.on, each.what), []).append(each)
    return [
        Doubt(
            "disagreement",
            day,
            day,
            (what, *(decimal_text(each.value) for each in given)),
            f"Sources disagree on the {what.replace('_', '-')} of {company} on {day_text(day)}: "
            f"{', '.join(f'{decimal_text(each.value)} in {each.source}' for each in given)}; the "
            "last counts.",
        )
        for (day, what), given in values.items()
        if len({each.value for each in given}) > 1
    ]


def _stretches(days: Sequence[date], marked: Iterable[int]) -> list[Sequence[date]]:
    """The days at the marked positions, those that follow each other together."""
    spans: list[list[int]] = []
    for position in marked:
        if spans and spans[-1][1] == position:
            spans[-1][1] += 1
        else:
            spans.append([position, position + 1])
    return [days[first:after] for first, after in spans]


def _days_text(span: Sequence[date]) -> str:
    if len(span) == 1:
        return f"on {day_text(span[0])}"
    return f"on {len(span)} trading days, from {day_text(span[0])} to {day_text(span[-1])}"
