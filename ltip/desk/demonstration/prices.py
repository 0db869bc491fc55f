"""Generated closes and actions: a fixed seed and whole numbers, the same on every machine.

A price is kept in millionths of a dollar and moves by whole millionths of itself, drawn from the
bits of a generator for each stock and year, and one for the market. A year is drawn as a whole,
so that a day's close never hangs on how far ahead anyone has looked.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Context, Decimal
from functools import cache

from ltip.desk.demonstration.listings import LISTINGS, MISPRINT, Listing

SEED = 20_260_324
MARKET = 99  # the market's number among the stocks
FIRST_DAY = date(2021, 9, 1)
FIRST_CHANGED_YEAR = 2022
MARKET_SWING = 9_000
ONE = 1_000_000
LOWEST = 10_000
EXACT = Context(prec=34)
SATURDAY, WEDNESDAY = 5, 2
# The spread of the sum of four random bytes.
BELL = 148


def closes_csv(days: Iterable[date]) -> bytes:
    """The file of closes for these trading days, as it was first delivered."""
    rows = []
    for day in days:
        for ticker, close in sorted(_closes_by_day(day.year)[day].items()):
            if (day, ticker) == (MISPRINT.on, MISPRINT.ticker):
                close = MISPRINT.printed
            rows.append(f"{day},{ticker},{close}")
    return _file("date,ticker,close", rows)


def correction_csv() -> bytes:
    """The file that corrects the close which was first delivered wrong."""
    close = _closes_by_day(MISPRINT.on.year)[MISPRINT.on][MISPRINT.ticker]
    return _file("date,ticker,close", [f"{MISPRINT.on},{MISPRINT.ticker},{close}"])


def actions_csv(*, after: date, until: date) -> bytes:
    """The file of dividends and splits with an ex-date after one day and until another."""
    rows = []
    for listing in LISTINGS:
        for day in _weekdays(max(after + timedelta(days=1), FIRST_DAY), until):
            if listing.last_day is None or day <= listing.last_day:
                rows += [
                    f"{day},{listing.ticker},{kind},{amount}"
                    for kind, amount in _actions(listing, day)
                ]
    return _file("date,ticker,kind,amount", sorted(rows))


def _file(heading: str, rows: list[str]) -> bytes:
    """A file of rows; empty where there are none."""
    return "\n".join([heading, *rows, ""]).encode() if rows else b""


@cache
def _closes_by_day(year: int) -> dict[date, dict[str, str]]:
    closes: dict[date, dict[str, str]] = defaultdict(dict)
    for number, listing in enumerate(LISTINGS):
        for day, level in _path(number, year).items():
            cents = (level + 5_000) // 10_000
            closes[day][listing.ticker] = f"{cents // 100}.{cents % 100:02d}"
    return closes


@cache
def _path(number: int, year: int) -> dict[date, int]:
    """The price of a stock, in millionths, on each weekday of a year until its last day."""
    listing = LISTINGS[number]
    days = _weekdays(max(FIRST_DAY, date(year, 1, 1)), date(year, 12, 31))
    before = _path(number, year - 1) if year > FIRST_DAY.year else {}
    level = list(before.values())[-1] if before else listing.cents * 10_000
    path = {}
    steps = _steps(listing, days, _chances(MARKET, days), _chances(number, days))
    for day, step in zip(days, steps, strict=True):
        if listing.last_day is not None and day > listing.last_day:
            break
        level = level * (ONE + step) // ONE
        for kind, amount in _actions(listing, day):
            if kind == "split":
                level //= int(amount)
            else:
                level -= int(Decimal(amount) * ONE)
        level = max(level, LOWEST)
        path[day] = level
    return path


def _chances(number: int, days: list[date]) -> list[int]:
    """A whole number around zero for each day, small ones likelier, from random bits alone."""
    chance = random.Random(SEED * 10_000 + days[0].year * 100 + number)  # noqa: S311 - no secret
    return [sum(chance.getrandbits(8) for _ in range(4)) - 510 for _ in days]


def _steps(listing: Listing, days: list[date], market: list[int], own: list[int]) -> list[int]:
    """Each day's move in millionths: chance, tilted so that the year ends where it is meant to."""
    chance = [
        market[index] * MARKET_SWING * listing.market // (100 * BELL)
        + own[index] * listing.swing // BELL
        + listing.shocks.get(day, 0)
        for index, day in enumerate(days)
    ]
    ends = min(filter(None, (listing.calm_from, listing.last_day)), default=date.max)
    free = sum(day < ends for day in days)
    drift = (_growth(listing, days[0].year) - sum(chance[:free])) // free if free else 0
    steps = []
    for index, day in enumerate(days):
        if index < free:
            step = chance[index] + drift
            steps.append(step + step * step // (2 * ONE))
        elif day == listing.calm_from:
            steps.append(listing.bid)
        else:
            steps.append(own[index] * 600 // BELL)
    return steps


def _growth(listing: Listing, year: int) -> int:
    """The natural logarithm of a year's change, in millionths."""
    if year < FIRST_CHANGED_YEAR:
        return 0
    index = year - FIRST_CHANGED_YEAR
    percent = listing.changes[index] if index < len(listing.changes) else listing.later
    return int(EXACT.ln(EXACT.divide(Decimal(100 + percent), Decimal(100))) * ONE)


def _actions(listing: Listing, day: date) -> Iterator[tuple[str, str]]:
    if day in listing.splits:
        yield "split", str(listing.splits[day])
    if day in listing.specials:
        yield "dividend", listing.specials[day]
    elif _is_dividend_day(day):
        amounts = [amount for since, amount in listing.dividends if since <= day.year]
        yield from (("dividend", amount) for amount in amounts[-1:])


def _is_dividend_day(day: date) -> bool:
    """The second Wednesday of the last month of a quarter, which is never a holiday."""
    return day.month % 3 == 0 and day.weekday() == WEDNESDAY and 8 <= day.day <= 14


def _weekdays(start: date, end: date) -> list[date]:
    days = (start + timedelta(days=number) for number in range((end - start).days + 1))
    return [day for day in days if day.weekday() < SATURDAY]
