"""Total stockholder return of one company, from unadjusted closes, dividends and splits."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from itertools import groupby, pairwise

from ltip.rules.calendars import day_text
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import CONTEXT, number_text, return_text
from ltip.rules.readings import require_reading

PLACE = "GA §2"
MOST_AVERAGING_DAYS = 90
_CASH = {"dividend": "dividend", "spin_off": "spin-off"}
_SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Action:
    """Something a share gets on its ex-date: a dividend or a spin-off worth `amount` of money a
    share, or a split into `amount` new shares for one old. A stock dividend is a split."""

    on: date
    kind: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class IndexPoint:
    """What one share bought at the start has become by a day: shares held × close.

    `stand_in` marks a day without a close of its own; `close` is then the last one before it,
    divided by the splits between, so that it speaks of shares as traded that day.
    """

    on: date
    close: Decimal
    shares_held: Decimal
    index: Decimal
    stand_in: bool


@dataclass(frozen=True, slots=True)
class Return:
    """A company's total stockholder return as a fraction, unrounded: 0.49 is 49 %.

    `begin` and `end` are the average index of the two windows, `stand_ins` the days on which an
    earlier close stood in.
    """

    company: str
    value: Decimal
    begin: Decimal
    end: Decimal
    shares_at_end: Decimal
    stand_ins: tuple[date, ...]


def accumulated_index(
    *,
    company: str,
    closes: Mapping[date, Decimal],
    actions: Sequence[Action],
    days: Sequence[date],
    reinvestment: str = "ex_date_close",
) -> tuple[IndexPoint, ...]:
    """Follow one share held from the first of the trading days to the last.

    A dividend buys more shares at the close of its ex-date, a split multiplies the shares; on a
    day with both the split comes first, for the dividend is per share as traded that day (rule
    4.1; GA §2). Actions after the first day and up to the last count. Where a day has no close,
    the last one before it stands in (rule 4.2). Refuses, naming the company, days before its
    first close, a close that is not above zero and an action that makes no sense.
    *Reading:* `tsr.reinvestment` = ex_date_close (alternative: close_before, the last close
    before the ex-date, divided by a split that day).
    """
    points, _ = _accumulate(
        company=company, closes=closes, actions=actions, days=days, reinvestment=reinvestment
    )
    return points


def total_stockholder_return(
    *,
    company: str,
    closes: Mapping[date, Decimal],
    actions: Sequence[Action],
    days: Sequence[date],
    averaging_days: int,
    reinvestment: str = "ex_date_close",
) -> Outcome[Return]:
    """Measure a company's return: the average index of the last days over that of the first, − 1.

    `days` are the trading days from the first of the window at the beginning, which ends on the
    last trading day before the period, to the last of the period; `averaging_days` is the length
    of both windows in trading days, 1 for the closing price (rules 3.4, 4.1; GA §2). Refuses,
    naming the company, a window in which it has no close at all (rule 4.2), and an averaging
    window that is not 1 to 90 days long or leaves no day to measure.
    *Reading:* `tsr.reinvestment`, as in `accumulated_index`.
    """
    if not 1 <= averaging_days <= MOST_AVERAGING_DAYS:
        raise Refused(
            f"an averaging window of {averaging_days} trading days; a goal states 1 to "
            f"{MOST_AVERAGING_DAYS}.",
            place=PLACE,
        )
    if len(days) <= averaging_days:
        raise Refused(
            f"{len(days)} trading days leave nothing to measure {company} over after a window of "
            f"{averaging_days}.",
            place=PLACE,
        )
    for window in (days[:averaging_days], days[-averaging_days:]):
        if not any(day in closes for day in window):
            raise Refused(
                f"{company} has no close {_span_text(window)}.",
                place=PLACE,
                remedy="Import its prices, or record what happened to it.",
            )

    points, actions_taken = _accumulate(
        company=company, closes=closes, actions=actions, days=days, reinvestment=reinvestment
    )
    with localcontext(CONTEXT):
        begin = sum((p.index for p in points[:averaging_days]), Decimal(0)) / averaging_days
        end = sum((p.index for p in points[-averaging_days:]), Decimal(0)) / averaging_days
        value = end / begin - 1
    stand_ins = {p.on for p in points if p.stand_in} | {
        t.action.on for t in actions_taken if t.stand_in
    }
    measured = Return(
        company=company,
        value=value,
        begin=begin,
        end=end,
        shares_at_end=points[-1].shares_held,
        stand_ins=tuple(sorted(stand_ins)),
    )
    bought_at = "the last close before" if reinvestment == "close_before" else "the close"
    return Outcome(measured, _steps(measured, points, actions_taken, averaging_days, bought_at))


def days_until_frozen(
    *, company: str, closes: Mapping[date, Decimal], days: Sequence[date], frozen_on: date
) -> tuple[date, ...]:
    """Give the trading days over which a peer frozen at its last return is measured (rule 4.5).

    They end on the last day, up to that of its event, on which it has a close. Refuses a company
    without one. Place: GA §2.
    """
    last = max((day for day in days if day <= frozen_on and day in closes), default=None)
    if last is None:
        raise Refused(f"{company} has no close up to {day_text(frozen_on)}.", place=PLACE)
    return tuple(day for day in days if day <= last)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What an action did to the one share."""

    action: Action
    close: Decimal
    shares_held: Decimal
    stand_in: bool


class _Closes:
    """A company's closes, with the last one before standing in where a day has none."""

    def __init__(
        self, *, company: str, closes: Mapping[date, Decimal], splits: Mapping[date, Decimal]
    ) -> None:
        self._company = company
        self._closes = closes
        self._splits = splits
        self._days = sorted(closes)

    def on(self, day: date) -> tuple[Decimal, bool]:
        stands_in = day not in self._closes
        return self._last_up_to(day, bisect_right(self._days, day)), stands_in

    def before(self, day: date) -> tuple[Decimal, bool]:
        """The last close before a day; it stands in for none, it is the one that is asked for."""
        return self._last_up_to(day, bisect_left(self._days, day)), False

    def _last_up_to(self, day: date, position: int) -> Decimal:
        """The last close of the first so many, as of shares traded on the day."""
        if position == 0:
            raise Refused(
                f"{self._company} has no close on or before {day_text(day)}.",
                place=PLACE,
                remedy="Import its prices from that day on, or choose another peer.",
            )
        found = self._days[position - 1]
        close = self._closes[found]
        if not close > 0:
            raise Refused(
                f"the close of {self._company} on {day_text(found)} is {close}; a close is above "
                "zero.",
                place=PLACE,
            )
        for split_on, ratio in self._splits.items():
            if found < split_on <= day:
                close /= ratio
        return close


def _accumulate(
    *,
    company: str,
    closes: Mapping[date, Decimal],
    actions: Sequence[Action],
    days: Sequence[date],
    reinvestment: str,
) -> tuple[tuple[IndexPoint, ...], tuple[_Taken, ...]]:
    require_reading(key="tsr.reinvestment", value=reinvestment)
    if not days or any(later <= earlier for earlier, later in pairwise(days)):
        raise ValueError("trading days are given once each, in their order, and at least one")
    _check_actions(company, actions)
    points: list[IndexPoint] = []
    taken: list[_Taken] = []
    with localcontext(CONTEXT):
        prices = _Closes(company=company, closes=closes, splits=_splits_by_day(actions))
        price_of = prices.before if reinvestment == "close_before" else prices.on
        counted = sorted((a for a in actions if days[0] < a.on <= days[-1]), key=lambda a: a.on)
        ex_dates = [(day, list(group)) for day, group in groupby(counted, key=lambda a: a.on)]
        ex_dates.reverse()
        shares = Decimal(1)
        for day in days:
            while ex_dates and ex_dates[-1][0] <= day:
                ex_date, on_ex_date = ex_dates.pop()
                taken += _take(shares, on_ex_date, *price_of(ex_date))
                shares = taken[-1].shares_held
            close, stand_in = prices.on(day)
            points.append(IndexPoint(day, close, shares, close * shares, stand_in))
    return tuple(points), tuple(taken)


def _take(
    shares: Decimal, on_ex_date: Sequence[Action], close: Decimal, stand_in: bool
) -> list[_Taken]:
    taken: list[_Taken] = []
    for action in on_ex_date:
        if action.kind == _SPLIT:
            shares *= action.amount
            taken.append(_Taken(action, close, shares, stand_in=False))
    entitled = shares
    for action in on_ex_date:
        if action.kind in _CASH:
            shares += entitled * action.amount / close
            taken.append(_Taken(action, close, shares, stand_in))
    return taken


def _splits_by_day(actions: Sequence[Action]) -> dict[date, Decimal]:
    splits: dict[date, Decimal] = {}
    for action in actions:
        if action.kind == _SPLIT:
            splits[action.on] = splits.get(action.on, Decimal(1)) * action.amount
    return splits


def _check_actions(company: str, actions: Sequence[Action]) -> None:
    for action in actions:
        if action.kind != _SPLIT and action.kind not in _CASH:
            raise Refused(
                f"{action.kind!r} of {company} on {day_text(action.on)} is no kind of corporate "
                f"action; it is one of {_SPLIT}, {', '.join(_CASH)}.",
                place=PLACE,
            )
        if not action.amount > 0:
            raise Refused(
                f"the {action.kind} of {company} on {day_text(action.on)} is {action.amount}; it "
                "is above zero.",
                place=PLACE,
            )


def _span_text(window: Sequence[date]) -> str:
    if len(window) == 1:
        return f"on {day_text(window[0])}"
    return f"from {day_text(window[0])} to {day_text(window[-1])}"


def _steps(
    measured: Return,
    points: tuple[IndexPoint, ...],
    actions_taken: tuple[_Taken, ...],
    averaging_days: int,
    bought_at: str,
) -> tuple[Step, ...]:
    company = measured.company
    sentences = [
        (
            f"One share of {company}, {_index_text(points[:averaging_days])}.",
            number_text(measured.begin, places=6),
        )
    ]
    for taken in actions_taken:
        action = taken.action
        if action.kind == _SPLIT:
            what = f"Split of {company} on {day_text(action.on)}: {action.amount} new for one old"
        else:
            what = (
                f"{company} {_CASH[action.kind]} of {action.amount} a share on "
                f"{day_text(action.on)}, reinvested at {bought_at} of {taken.close}"
            )
        sentences.append((f"{what}; shares then held.", number_text(taken.shares_held, places=6)))
    sentences.append(
        (
            f"The shares of {company} held at the end, {_index_text(points[-averaging_days:])}.",
            number_text(measured.end, places=6),
        )
    )
    if measured.stand_ins:
        days = ", ".join(day_text(day) for day in measured.stand_ins)
        sentences.append(
            (
                f"{company} has no close on these days, and the last one before stands in: {days}.",
                str(len(measured.stand_ins)),
            )
        )
    sentences.append(
        (
            f"Total stockholder return of {company}: the end over the beginning, less one.",
            return_text(measured.value),
        )
    )
    return tuple(Step(sentence=text, figure=figure, place=PLACE) for text, figure in sentences)


def _index_text(window: Sequence[IndexPoint]) -> str:
    if len(window) == 1:
        return f"at the close on {day_text(window[0].on)}"
    return (
        f"at the average of the {len(window)} trading days from {day_text(window[0].on)} to "
        f"{day_text(window[-1].on)}"
    )
