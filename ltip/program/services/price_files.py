"""Reading files of closes and corporate actions: lines as values, and every line that is none."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from ltip.program.services.price_tables import Table, TableUnreadable, table_of
from ltip.rules.calendars import day_text
from ltip.rules.canonical import decimal_text
from ltip.rules.outcome import Refused

ACTION_KINDS = ("dividend", "split", "spin_off")
LARGEST = Decimal("999999999.999999")
LONGEST_VOLUME = 15
FIRST_YEAR = 1970
# What a column of closes a line may stand beside; any other name beside the date is a ticker.
NO_TICKERS = frozenset({"ticker", "close", "open", "high", "low", "volume"})
ADJUSTED = re.compile(r"(^|[\s_.(-])adj(usted|\.)?([\s_.)-]|$)", re.IGNORECASE)

Line = TypeVar("Line", "CloseLine", "ActionLine")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A line that can't be taken: in which file ("closes" or "actions"), its number, and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file} line {self.line}: {self.reason}"


class FileRefused(Refused):
    """Nothing of the files was taken; `faults` names every line that stands in the way."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        number = len(self.faults)
        first = "; ".join(str(fault) for fault in self.faults[:3])
        more = f"; and {number - 3:,} more" if number > 3 else ""
        count = "1 line" if number == 1 else f"{number:,} lines"
        super().__init__(
            f"{count} can't be taken, so nothing was: {first}{more}.",
            place="GA §2",
            remedy="Correct the file and import it again.",
        )


@dataclass(frozen=True, slots=True)
class CloseLine:
    line: int
    day: date
    ticker: str
    close: Decimal
    volume: int | None


@dataclass(frozen=True, slots=True)
class ActionLine:
    line: int
    day: date
    ticker: str
    kind: str
    amount: Decimal


def read_closes(content: bytes | None, faults: list[Fault]) -> list[CloseLine]:
    """The lines of a file `date,ticker,close[,volume]`, or of one with a column of closes for each
    ticker beside the date; what is no such line goes to `faults`.

    A column that says by its name that it is adjusted is refused (rule 4.1).
    """
    lines = _read("closes", content, _closes_of, faults)
    return _without_repeats(
        "closes", lines, lambda c: (c.ticker, c.day), lambda c: (c.close, c.volume), faults
    )


def read_actions(content: bytes | None, faults: list[Fault]) -> list[ActionLine]:
    """The lines of a file `date,ticker,kind,amount`; what is no such line goes to `faults`."""
    lines = _read("actions", content, _actions_of, faults)
    return _without_repeats(
        "actions", lines, lambda a: (a.ticker, a.day, a.kind), lambda a: a.amount, faults
    )


def _read(
    file: str,
    content: bytes | None,
    lines_of: Callable[[Table, list[Fault]], Iterator[Line]],
    faults: list[Fault],
) -> list[Line]:
    if content is None:
        return []
    faults_before = len(faults)
    try:
        lines = list(lines_of(table_of(content), faults))
    except TableUnreadable as unreadable:
        faults.append(Fault(file, unreadable.line, unreadable.reason))
        return []
    if not lines and len(faults) == faults_before:
        faults.append(Fault(file, 2, "the file has no lines below its heading"))
    return lines


def _closes_of(table: Table, faults: list[Fault]) -> Iterator[CloseLine]:
    adjusted = [name for name in table.heading if ADJUSTED.search(name)]
    if adjusted:
        raise TableUnreadable(
            1,
            f"the column “{adjusted[0]}” holds adjusted closes; closes are taken as they were "
            "traded, without such a column, and dividends and splits from the file of actions",
        )
    names = [name.lower() for name in table.heading]
    if "date" in names and len(names) > 1 and not NO_TICKERS & set(names):
        return _wide_lines(table, names.index("date"), faults)
    return _long_lines("closes", table, ("date", "ticker", "close"), _close_line, faults)


def _actions_of(table: Table, faults: list[Fault]) -> Iterator[ActionLine]:
    columns = ("date", "ticker", "kind", "amount")
    return _long_lines("actions", table, columns, _action_line, faults)


def _long_lines(
    file: str,
    table: Table,
    columns: tuple[str, ...],
    parse: Callable[[int, dict[str, str]], Line],
    faults: list[Fault],
) -> Iterator[Line]:
    """One line of the file a day and company."""
    names = [name.lower() for name in table.heading]
    missing = [column for column in columns if column not in names]
    if missing:
        raise TableUnreadable(1, f"the heading lacks the column {', '.join(missing)}")
    for number, row in table.rows:
        try:
            if len(row) > len(names):
                raise ValueError("more values than the heading has columns")
            row += [""] * (len(names) - len(row))
            yield parse(number, dict(zip(names, row, strict=True)))
        except ValueError as error:
            faults.append(Fault(file, number, str(error)))


def _wide_lines(table: Table, date_column: int, faults: list[Fault]) -> Iterator[CloseLine]:
    """One line of the file a day, one column a company; an empty cell is a day without a close."""
    tickers = [
        "" if column == date_column else _column_ticker(name)
        for column, name in enumerate(table.heading)
    ]
    twice = next((ticker for ticker in tickers if tickers.count(ticker) > 1), None)
    if twice:
        raise TableUnreadable(1, f"the column {twice} stands twice")
    for number, row in table.rows:
        try:
            if len(row) > len(tickers):
                raise ValueError("more values than the heading has columns")
            day = _day(row[date_column] if date_column < len(row) else "")
        except ValueError as error:
            faults.append(Fault("closes", number, str(error)))
            continue
        for ticker, text in zip(tickers, row, strict=False):
            if not ticker or not text.strip():
                continue
            try:
                close = _positive(text, f"close of {ticker}", decimals=6)
                yield CloseLine(number, day, ticker, close, None)
            except ValueError as error:
                faults.append(Fault("closes", number, str(error)))


def _column_ticker(name: str) -> str:
    try:
        return _ticker(name)
    except ValueError as error:
        raise TableUnreadable(1, f"{error}, as the name of a column of closes is") from None


def _close_line(number: int, row: dict[str, str]) -> CloseLine:
    return CloseLine(
        line=number,
        day=_day(row["date"]),
        ticker=_ticker(row["ticker"]),
        close=_positive(row["close"], "close", decimals=6),
        volume=_volume(row.get("volume", "")),
    )


def _action_line(number: int, row: dict[str, str]) -> ActionLine:
    kind = row["kind"].strip().lower()
    if kind not in ACTION_KINDS:
        raise ValueError(f"“{kind}” is not dividend, split or spin_off")
    return ActionLine(
        line=number,
        day=_day(row["date"]),
        ticker=_ticker(row["ticker"]),
        kind=kind,
        amount=_positive(row["amount"], "amount", decimals=12),
    )


def _day(text: str) -> date:
    text = text.strip()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise ValueError(f"“{text}” is not a date like 2013-12-31")
    if day.year < FIRST_YEAR:
        raise ValueError(f"{day_text(day)} lies before {FIRST_YEAR}, where the calendars begin")
    return day


def _ticker(text: str) -> str:
    ticker = text.strip().upper()
    if not 1 <= len(ticker) <= 16 or not ticker.isprintable() or " " in ticker:
        raise ValueError(f"“{text}” is not a ticker")
    return ticker


def _positive(text: str, what: str, *, decimals: int) -> Decimal:
    text = text.strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"the {what} “{text}” is not a number") from None
    if "_" in text or not text.isascii():
        raise ValueError(f"the {what} “{text}” is not a number")
    if not number.is_finite() or not 0 < number <= LARGEST:
        raise ValueError(f"the {what} “{text}” is not a number above 0 and below a billion")
    if len(decimal_text(number).partition(".")[2]) > decimals:
        raise ValueError(f"the {what} “{text}” has more than {decimals} decimals")
    return number


def _volume(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_VOLUME):
        raise ValueError(f"the volume “{text}” is not a whole number")
    return int(text)


def _without_repeats(
    file: str,
    lines: list[Line],
    key: Callable[[Line], object],
    value: Callable[[Line], object],
    faults: list[Fault],
) -> list[Line]:
    first: dict[object, Line] = {}
    for line in lines:
        earlier = first.setdefault(key(line), line)
        if value(earlier) != value(line):
            reason = f"the same day as line {earlier.line}, with another value"
            faults.append(Fault(file, line.line, reason))
    return list(first.values())
