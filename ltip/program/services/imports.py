"""Taking in files of closes and corporate actions: the whole file, or nothing of it."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from django.db import connection, transaction

from ltip import clock
from ltip.program import selectors
from ltip.program.models import CorporateAction, DailyClose, PriceImport, Security
from ltip.program.services import market
from ltip.program.services.adjusted_files import refuse_adjusted
from ltip.program.services.price_files import (
    ActionLine,
    CloseLine,
    Fault,
    FileRefused,
    read_actions,
    read_closes,
)
from ltip.program.services.price_tables import media_type_of
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.canonical import decimal_text
from ltip.rules.outcome import Refused

BATCH = 5000
ROWS_AT_ONCE = {"postgresql": 5000, "sqlite": 160}  # SQLite may bind as few as 999 values


@transaction.atomic
def import_prices(
    *,
    closes: bytes | None,
    actions: bytes | None,
    by: records.Actor,
    at: datetime,
    closes_name: str = "prices.csv",
    actions_name: str = "actions.csv",
    new_securities: bool = False,
) -> list[PriceImport]:
    """Take a file of closes (`date,ticker,close[,volume]`, or a column for each ticker), one of
    actions (`date,ticker,kind,amount`), or both, as CSV or XLSX; return what was taken (GA §2).

    A close or amount that differs from the one on record becomes its next revision; a volume
    alone makes none. With `new_securities` unknown tickers are registered from their first day in
    the files on, and known ones reach back to it. Refuses with every faulty line (an unknown
    ticker, a future day, a close on a day without trading, an adjusted series ...), and then
    nothing is taken.
    """
    if closes is None and actions is None:
        raise Refused("There is no file to import.", place="GA §2")
    exchange_code = selectors.exchange_code()
    faults: list[Fault] = []
    close_lines = read_closes(closes, faults)
    action_lines = read_actions(actions, faults)
    today = clock.legal_date(at)
    lock(market.LOCK)
    names = _Names(reaching=new_securities)
    for file, lines in (("closes", close_lines), ("actions", action_lines)):
        for line in lines:
            if line.day > today:
                faults.append(Fault(file, line.line, f"{day_text(line.day)} has not come yet"))
        names.refuse_unknown(file, lines, faults)
    refuse_adjusted(close_lines, action_lines, find=names.find, faults=faults)
    if exchange_code:
        _refuse_closed_days([line for line in close_lines if line.day <= today], faults)
    if faults:
        raise FileRefused(faults)
    if new_securities:
        names.register_new([*close_lines, *action_lines], by=by, at=at)
    taken = []
    if closes is not None:
        taken.append(_take_closes(close_lines, closes, names, closes_name, by, at))
    if actions is not None:
        taken.append(_take_actions(action_lines, actions, names, actions_name, by, at))
    return taken


class _Names:
    """Finds the security that bore a ticker on a day; `reaching` for those not on record yet."""

    def __init__(self, *, reaching: bool) -> None:
        self._reaching = reaching
        self._load()

    def _load(self) -> None:
        self._spans: dict[str, list[selectors.SymbolSpan]] = {}
        self._first: dict[int, selectors.SymbolSpan] = {}
        for span in selectors.symbol_spans():
            self._spans.setdefault(span.ticker, []).append(span)
            self._first.setdefault(span.security_id, span)
        for spans in self._spans.values():
            spans.sort(key=lambda span: span.starts_on)

    def find(self, ticker: str, day: date) -> int | None:
        for span in self._spans.get(ticker, ()):
            if span.holds_on(day):
                return span.security_id
        return None

    def known(self, line: CloseLine | ActionLine) -> int:
        found = self.find(line.ticker, line.day)
        if found is None:
            raise LookupError(f"{line.ticker} on {line.day}")
        return found

    def refuse_unknown(
        self, file: str, lines: Iterable[CloseLine | ActionLine], faults: list[Fault]
    ) -> None:
        for line in lines:
            if self.find(line.ticker, line.day) is None and not (
                self._reaching and self._can_begin(line.ticker, line.day)
            ):
                reason = f"no security bears the ticker {line.ticker} on {day_text(line.day)}"
                faults.append(Fault(file, line.line, reason))

    def _can_begin(self, ticker: str, day: date) -> bool:
        """Whether the ticker is new, or a security's first one and that day not yet on record."""
        spans = self._spans.get(ticker)
        return not spans or (day < spans[0].starts_on and self._is_first(spans[0]))

    def _is_first(self, span: selectors.SymbolSpan) -> bool:
        return self._first[span.security_id] == span

    def register_new(
        self, lines: Iterable[CloseLine | ActionLine], *, by: records.Actor, at: datetime
    ) -> None:
        first_days: dict[str, date] = {}
        for line in lines:
            first_days[line.ticker] = min(line.day, first_days.get(line.ticker, line.day))
        for ticker, day in sorted(first_days.items()):
            if ticker not in self._spans:
                market.register_security(ticker=ticker, name=ticker, starts_on=day, by=by, at=at)
            elif self.find(ticker, day) is None:
                security = Security.objects.get(pk=self._spans[ticker][0].security_id)
                market.date_back_symbol(security=security, starts_on=day, by=by, at=at)
        self._load()


def _refuse_closed_days(lines: list[CloseLine], faults: list[Fault]) -> None:
    if not lines:
        return
    days = {line.day for line in lines}
    open_days = set(selectors.trading_days(start=min(days), end=max(days)))
    for line in lines:
        if line.day not in open_days:
            reason = f"there was no trading on {day_text(line.day)}, so no close"
            faults.append(Fault("closes", line.line, reason))


def _take_closes(
    lines: list[CloseLine],
    content: bytes,
    names: _Names,
    file_name: str,
    by: records.Actor,
    at: datetime,
) -> PriceImport:
    rows = [(names.known(line), line) for line in lines]
    latest = _latest_closes({security_id for security_id, _ in rows}, [line.day for line in lines])
    new: list[tuple[int, CloseLine, int]] = []
    for security_id, line in rows:
        revision, on_record = latest.get((security_id, line.day), (-1, None))
        if on_record != line.close:
            new.append((security_id, line, revision + 1))
    source = _record_import(
        "closes", len(lines), content, [revision for *_, revision in new], file_name, by, at
    )
    _write_closes(
        (security_id, line.day, revision, line.close, line.volume, source.pk)
        for security_id, line, revision in new
    )
    return source


def _write_closes(rows: Iterable[tuple[int, date, int, Decimal, int | None, int]]) -> None:
    """Many rows by one statement: through models, writing takes half the time of an import."""
    columns = ("security_id", "date", "revision", "close", "volume", "source_id")
    marks = f"({', '.join(['%s'] * len(columns))})"
    insert = f'INSERT INTO "{DailyClose._meta.db_table}" ({", ".join(columns)}) VALUES '  # noqa: S608 - only names of ours
    waiting, at_once = iter(rows), ROWS_AT_ONCE[connection.vendor]
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, at_once)):
            values = [value for row in batch for value in row]
            cursor.execute(insert + ", ".join([marks] * len(batch)), values)


def _latest_closes(
    security_ids: set[int], days: list[date]
) -> dict[tuple[int, date], tuple[int, Decimal]]:
    rows = (
        DailyClose.objects.filter(security_id__in=security_ids, date__range=(min(days), max(days)))
        .order_by("revision")
        .values_list("security_id", "date", "revision", "close")
    )
    return {
        (security_id, day): (revision, close)
        for security_id, day, revision, close in rows.iterator(chunk_size=BATCH)
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
    for line in lines:
        security_id = names.known(line)
        revision, on_record = latest.get((security_id, line.day, line.kind), (-1, None))
        if on_record != line.amount:
            new.append((security_id, line, revision + 1))
    source = _record_import(
        "actions", len(lines), content, [revision for *_, revision in new], file_name, by, at
    )
    CorporateAction.objects.bulk_create(
        CorporateAction(
            security_id=security_id,
            ex_date=line.day,
            kind=line.kind,
            revision=revision,
            amount=decimal_text(line.amount),
            source_id=source.pk,
        )
        for security_id, line, revision in new
    )
    return source


def _record_import(
    what: str,
    lines: int,
    content: bytes,
    revisions: list[int],
    file_name: str,
    by: records.Actor,
    at: datetime,
) -> PriceImport:
    document = records.store_document(
        content=content, name=file_name[:200], media_type=media_type_of(content), at=at
    )
    corrected = sum(revision > 0 for revision in revisions)
    counts = {
        "lines": lines,
        "new": len(revisions) - corrected,
        "corrected": corrected,
        "unchanged": lines - len(revisions),
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
