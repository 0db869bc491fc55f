"""A made-up market of the real one's size, always the same: walks of closes, dividends, splits."""

import csv
import random
from datetime import date
from pathlib import Path

import exchange_calendars

COMPANIES = 45
FIRST_DAY, LAST_DAY = date(2011, 9, 1), date(2015, 3, 31)


def write_market(folder: Path) -> None:
    """Write prices.csv and actions.csv, the same ones every time."""
    chance = random.Random(2012)  # noqa: S311 - a walk of prices, no secret
    calendar = exchange_calendars.get_calendar("XNYS", start=FIRST_DAY, end=LAST_DAY)
    days = [session.date().isoformat() for session in calendar.sessions]
    closes: list[tuple[str, str, str, int]] = []
    actions: list[tuple[str, str, str, str]] = []
    for number in range(COMPANIES):
        ticker, cents = f"G{number:02}", chance.randint(800, 6000)
        for position, day in enumerate(days):
            if number % 3 == 0 and position % 63 == 40:
                actions.append((day, ticker, "dividend", f"0.{chance.randint(2, 30):02}"))
            if number % 11 == 5 and position == 400:
                actions.append((day, ticker, "split", "2"))
                cents //= 2
            cents = max(50, cents + chance.randint(-cents // 40 - 1, cents // 39 + 1))
            close = f"{cents // 100}.{cents % 100:02}"
            closes.append((day, ticker, close, chance.randint(10_000, 9_000_000)))
    _write(folder / "prices.csv", ("date", "ticker", "close", "volume"), sorted(closes))
    _write(folder / "actions.csv", ("date", "ticker", "kind", "amount"), sorted(actions))


def _write(path: Path, heading: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading, *rows])
