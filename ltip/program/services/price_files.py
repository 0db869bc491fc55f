"""Reading files of closes and corporate actions: lines as values, and every line that is none."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from ltip.rules.calendars import day_text
from ltip.rules.canonical import decimal_text
from ltip.rules.outcome import Refused

ACTION_KINDS = ("dividend", "split", "spin_off")
LARGEST = Decimal("999999999.999999")
LONGEST_VOLUME = 15
FIRST_YEAR = 1970

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
        self.faults = sorted(faults)
        first = "; ".join(str(fault) for fault in self.faults[:3])
        more = f"; and {len(faults) - 3:,} more" if len(faults) > 3 else ""
        count = "1 line" if len(faults) == 1 else f"{len(faults):,} lines"
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
    """The lines of a file `date,ticker,close[,volume]`; what is no such line goes to `faults`."""
    lines = _read("closes", content, ("date", "ticker", "close"), _close_line, faults)
    return _without_repeats(
        "closes", lines, lambda c: (c.ticker, c.day), lambda c: (c.close, c.volume), faults
    )


def read_actions(content: bytes | None, faults: list[Fault]) -> list[ActionLine]:
    """The lines of a file `date,ticker,kind,amount`; what is no such line goes to `faults`."""
    lines = _read("actions", content, ("date", "ticker", "kind", "amount"), _action_line, faults)
    return _without_repeats(
        "actions", lines, lambda a: (a.ticker, a.day, a.kind), lambda a: a.amount, faults
    )


def _read(
    file: str,
    content: bytes | None,
    columns: tuple[str, ...],
    parse: Callable[[int, dict[str, str]], Line],
    faults: list[Fault],
) -> list[Line]:
    if content is None:
        return []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        faults.append(Fault(file, 1, "the file is not text in UTF-8"))
        return []
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
    lines: list[Line] = []
    try:
        reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or []]
        missing = [column for column in columns if column not in reader.fieldnames]
        if missing:
            reason = f"the heading lacks the column {', '.join(missing)}"
            faults.append(Fault(file, 1, reason))
            return []
        faults_before = len(faults)
        for row in reader:
            try:
                if "" in row:
                    raise ValueError("more values than the heading has columns")
                lines.append(parse(reader.line_num, row))
            except ValueError as error:
                faults.append(Fault(file, reader.line_num, str(error)))
    except csv.Error as error:
        faults.append(Fault(file, reader.line_num, f"not a line of a CSV file ({error})"))
        return []
    if not lines and len(faults) == faults_before:
        faults.append(Fault(file, 2, "the file has no lines below its heading"))
    return lines


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
