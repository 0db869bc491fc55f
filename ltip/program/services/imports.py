"""Taking in files of closes and corporate actions: the whole file, or nothing of it."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from django.db import transaction

from ltip import clock
from ltip.program import selectors
from ltip.program.models import CorporateAction, DailyClose, PriceImport
from ltip.program.services import market
from ltip.records import services as records
from ltip.rules.calendars import day_text
from ltip.rules.canonical import decimal_text
from ltip.rules.outcome import Refused

ACTION_KINDS = ("dividend", "split", "spin_off")
LARGEST = Decimal("999999999.999999")
BATCH = 5000

Line = TypeVar("Line", "CloseLine", "ActionLine")


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that can't be taken, by its number in the file, and why."""

    line: int
    reason: str


class FileRefused(Refused):
    """Nothing of the file was taken; `faults` names every line that stands in the way."""

    def __init__(self, faults: list[Fault]) -> None:
        first = "; ".join(f"line {fault.line}: {fault.reason}" for fault in faults[:3])
        more = f"; and {len(faults) - 3} more" if len(faults) > 3 else ""
        super().__init__(
            f"{len(faults)} lines can't be taken, so none was ({first}{more}).",
            place="GA §2",
            remedy="Correct the file and import it again.",
        )
        self.faults = faults


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


@transaction.atomic
def import_prices(
    *,
    closes: bytes | None,
    actions: bytes | None,
    by: records.Actor,
    at: datetime,
    file_name: str = "prices.csv",
    new_securities: bool = False,
) -> list[PriceImport]:
    """Take a file of closes (`date,ticker,close[,volume]`), one of actions
    (`date,ticker,kind,amount`), or both; return what was taken.

    A value that differs from the one on record becomes its next revision. Unknown tickers are
    refused unless `new_securities`. Refuses with every faulty line, and then nothing is taken.
    """
    faults: list[Fault] = []
    close_lines = _read(closes, ("date", "ticker", "close"), _close_line, faults)
    action_lines = _read(actions, ("date", "ticker", "kind", "amount"), _action_line, faults)
    today = clock.legal_date(at)
    _refuse_future([*close_lines, *action_lines], today, faults)
    _refuse_closed_days(close_lines, faults)
    close_lines = _without_repeats(
        close_lines, lambda c: (c.ticker, c.day), lambda c: (c.close, c.volume), faults
    )
    action_lines = _without_repeats(
        action_lines, lambda a: (a.ticker, a.day, a.kind), lambda a: a.amount, faults
    )
    names = _Names(register=new_securities)
    names.refuse_unknown([*close_lines, *action_lines], faults)
    if faults:
        raise FileRefused(sorted(faults, key=lambda fault: (fault.line, fault.reason)))
    if new_securities:
        names.register_new([*close_lines, *action_lines], by=by, at=at)
    taken = []
    if closes is not None:
        taken.append(_take_closes(close_lines, closes, names, file_name, by, at))
    if actions is not None:
        taken.append(_take_actions(action_lines, actions, names, file_name, by, at))
    return taken


class _Names:
    """Finds the security that bore a ticker on a day."""

    def __init__(self, *, register: bool) -> None:
        self._register = register
        self._spans: dict[str, list[selectors.SymbolSpan]] = {}
        self._load()

    def _load(self) -> None:
        self._spans.clear()
        for span in selectors.symbol_spans():
            self._spans.setdefault(span.ticker, []).append(span)

    def find(self, ticker: str, day: date) -> int | None:
        for span in self._spans.get(ticker, ()):
            if span.holds_on(day):
                return span.security_id
        return None

    def known(self, ticker: str, day: date) -> int:
        found = self.find(ticker, day)
        if found is None:
            raise LookupError(f"{ticker} on {day}")
        return found

    def refuse_unknown(self, lines: Iterable[CloseLine | ActionLine], faults: list[Fault]) -> None:
        for line in lines:
            if self.find(line.ticker, line.day) is None and not (
                self._register and line.ticker not in self._spans
            ):
                faults.append(
                    Fault(
                        line.line,
                        f"no security bears the ticker {line.ticker} on {day_text(line.day)}",
                    )
                )

    def register_new(
        self, lines: Iterable[CloseLine | ActionLine], *, by: records.Actor, at: datetime
    ) -> None:
        first_days: dict[str, date] = {}
        for line in lines:
            if line.ticker not in self._spans:
                first_days[line.ticker] = min(line.day, first_days.get(line.ticker, line.day))
        for ticker, day in sorted(first_days.items()):
            market.register_security(ticker=ticker, name=ticker, starts_on=day, by=by, at=at)
        self._load()


def _read(
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
        raise FileRefused([Fault(1, "the file is not text in UTF-8")]) from None
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="extra", restval="")
    header = [name.strip().lower() for name in reader.fieldnames or []]
    missing = [column for column in columns if column not in header]
    if missing:
        raise FileRefused([Fault(1, f"the heading lacks the column {', '.join(missing)}")])
    reader.fieldnames = header
    lines = []
    try:
        for row in reader:
            try:
                lines.append(parse(reader.line_num, row))
            except ValueError as error:
                faults.append(Fault(reader.line_num, str(error)))
    except csv.Error as error:
        raise FileRefused([Fault(reader.line_num, f"not a line of a CSV file ({error})")]) from None
    if not lines and not faults:
        raise FileRefused([Fault(2, "the file has no lines below its heading")])
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
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"“{text}” is not a date like 2013-12-31") from None


def _ticker(text: str) -> str:
    ticker = text.strip().upper()
    if not 1 <= len(ticker) <= 16 or not ticker.isprintable() or " " in ticker:
        raise ValueError(f"“{text}” is not a ticker")
    return ticker


def _positive(text: str, what: str, *, decimals: int) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise ValueError(f"the {what} “{text}” is not a number") from None
    if not number.is_finite() or not 0 < number <= LARGEST:
        raise ValueError(f"the {what} “{text}” is not a number above 0 and below a billion")
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -decimals:
        raise ValueError(f"the {what} “{text}” has more than {decimals} decimals")
    return number


def _volume(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isdecimal():
        raise ValueError(f"the volume “{text}” is not a whole number")
    return int(text)


def _refuse_future(
    lines: Iterable[CloseLine | ActionLine], today: date, faults: list[Fault]
) -> None:
    for line in lines:
        if line.day > today:
            faults.append(Fault(line.line, f"{day_text(line.day)} has not come yet"))


def _refuse_closed_days(lines: list[CloseLine], faults: list[Fault]) -> None:
    if not lines or not selectors.exchange_code():
        return
    days = {line.day for line in lines}
    open_days = set(selectors.trading_days(start=min(days), end=max(days)))
    for line in lines:
        if line.day not in open_days:
            faults.append(
                Fault(line.line, f"there was no trading on {day_text(line.day)}, so no close")
            )


def _without_repeats(
    lines: list[Line],
    key: Callable[[Line], object],
    value: Callable[[Line], object],
    faults: list[Fault],
) -> list[Line]:
    first: dict[object, Line] = {}
    for line in lines:
        earlier = first.setdefault(key(line), line)
        if value(earlier) != value(line):
            faults.append(
                Fault(line.line, f"the same day as line {earlier.line}, with another value")
            )
    return list(first.values())


def _take_closes(
    lines: list[CloseLine],
    content: bytes,
    names: _Names,
    file_name: str,
    by: records.Actor,
    at: datetime,
) -> PriceImport:
    rows = [(names.known(line.ticker, line.day), line) for line in lines]
    latest = _latest_closes({security_id for security_id, _ in rows}, [line.day for line in lines])
    new: list[tuple[int, CloseLine, int]] = []
    unchanged = 0
    for security_id, line in rows:
        revision, on_record = latest.get((security_id, line.day), (-1, None))
        if on_record == line.close:
            unchanged += 1
        else:
            new.append((security_id, line, revision + 1))
    source = _record_import(
        "closes", lines, content, [revision for *_, revision in new], unchanged, file_name, by, at
    )
    DailyClose.objects.bulk_create(
        (
            DailyClose(
                security_id=security_id,
                date=line.day,
                revision=revision,
                close=line.close,
                volume=line.volume,
                source=source,
            )
            for security_id, line, revision in new
        ),
        batch_size=BATCH,
    )
    return source


def _latest_closes(
    security_ids: set[int], days: list[date]
) -> dict[tuple[int, date], tuple[int, Decimal]]:
    if not days:
        return {}
    rows = (
        DailyClose.objects.filter(date__range=(min(days), max(days)))
        .order_by("revision")
        .values_list("security_id", "date", "revision", "close")
    )
    return {
        (security_id, day): (revision, close)
        for security_id, day, revision, close in rows.iterator(chunk_size=BATCH)
        if security_id in security_ids
    }


def _take_actions(
    lines: list[ActionLine],
    content: bytes,
    names: _Names,
    file_name: str,
    by: records.Actor,
    at: datetime,
) -> PriceImport:
    latest = {
        (row.security_id, row.ex_date, row.kind): (row.revision, Decimal(row.amount))
        for row in CorporateAction.objects.order_by("revision")
    }
    new: list[tuple[int, ActionLine, int]] = []
    unchanged = 0
    for line in lines:
        security_id = names.known(line.ticker, line.day)
        revision, on_record = latest.get((security_id, line.day, line.kind), (-1, None))
        if on_record == line.amount:
            unchanged += 1
        else:
            new.append((security_id, line, revision + 1))
    source = _record_import(
        "actions", lines, content, [revision for *_, revision in new], unchanged, file_name, by, at
    )
    CorporateAction.objects.bulk_create(
        CorporateAction(
            security_id=security_id,
            ex_date=line.day,
            kind=line.kind,
            revision=revision,
            amount=decimal_text(line.amount),
            source=source,
        )
        for security_id, line, revision in new
    )
    return source


def _record_import(
    what: str,
    lines: list[CloseLine] | list[ActionLine],
    content: bytes,
    revisions: list[int],
    unchanged: int,
    file_name: str,
    by: records.Actor,
    at: datetime,
) -> PriceImport:
    document = records.store_document(
        content=content, name=file_name, media_type="text/csv", at=at
    )
    corrected = sum(revision > 0 for revision in revisions)
    counts = {
        "lines": len(lines),
        "new": len(revisions) - corrected,
        "corrected": corrected,
        "unchanged": unchanged,
    }
    seal = records.seal(
        kind=f"program.{what}.imported",
        content={"document": document.digest, **counts},
        by=by,
        at=at,
    )
    return PriceImport.objects.create(
        document=document, what=what, imported_at=at, seal=seal, **counts
    )
