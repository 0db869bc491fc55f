"""Reading securities, their symbols, closes and corporate actions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ltip.program.models import CorporateAction, DailyClose, Security, SecuritySymbol
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused


@dataclass(frozen=True, slots=True)
class SymbolSpan:
    """A security bears a ticker from `starts_on` until the day before `ends_before`."""

    security_id: int
    ticker: str
    starts_on: date
    ends_before: date | None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_before is None or day < self.ends_before)


def symbol_spans() -> list[SymbolSpan]:
    """Every symbol with the days on which it holds."""
    by_security: dict[int, list[SecuritySymbol]] = defaultdict(list)
    for symbol in SecuritySymbol.objects.order_by("security_id", "starts_on"):
        by_security[symbol.security_id].append(symbol)
    return [
        SymbolSpan(security_id, symbol.ticker, symbol.starts_on, following)
        for security_id, symbols in by_security.items()
        for symbol, following in zip(
            symbols, [*[s.starts_on for s in symbols[1:]], None], strict=True
        )
    ]


def security_by_ticker(ticker: str, *, on: date) -> Security | None:
    """The security that bears a ticker on a day."""
    for span in symbol_spans():
        if span.ticker == ticker and span.holds_on(on):
            return Security.objects.get(pk=span.security_id)
    return None


def tickers_on(day: date) -> dict[int, str]:
    """The ticker of each security on a day (of its first symbol, where it had none yet)."""
    tickers: dict[int, str] = {}
    for span in symbol_spans():
        if span.starts_on <= day or span.security_id not in tickers:
            tickers[span.security_id] = span.ticker
    return tickers


def security_named(ticker: str, *, on: date) -> Security:
    """The security that bears a ticker on a day; refused by name where there is none."""
    security = security_by_ticker(ticker, on=on)
    if security is None:
        raise Refused(
            f"No security bears the ticker {ticker} on {day_text(on)}.",
            place="GA §2",
            remedy="Import its prices, or register it.",
        )
    return security


def own_security() -> Security:
    """The company's own stock."""
    security = Security.objects.filter(is_company=True).first()
    if security is None:
        raise Refused(
            "The company's own stock is not registered.",
            place="GA §2",
            remedy="Register it with its ticker first.",
        )
    return security


def closes_of(
    securities: Iterable[Security], *, start: date, end: date
) -> dict[int, dict[date, Decimal]]:
    """The closes on record, by security and day, corrections in place of what they correct."""
    rows = (
        DailyClose.objects.filter(security__in=securities, date__range=(start, end))
        .order_by("security_id", "date", "revision")
        .values_list("security_id", "date", "close")
    )
    closes: dict[int, dict[date, Decimal]] = defaultdict(dict)
    for security_id, day, close in rows.iterator(chunk_size=10_000):
        closes[security_id][day] = close
    return closes


def actions_of(
    securities: Iterable[Security], *, start: date, end: date
) -> dict[int, list[tuple[date, str, Decimal]]]:
    """The corporate actions on record, by security, corrections in place of what they correct."""
    rows = CorporateAction.objects.filter(
        security__in=securities, ex_date__range=(start, end)
    ).order_by("security_id", "ex_date", "kind", "revision")
    latest: dict[int, dict[tuple[date, str], Decimal]] = defaultdict(dict)
    for row in rows:
        latest[row.security_id][row.ex_date, row.kind] = Decimal(row.amount)
    return {
        security_id: [(day, kind, amount) for (day, kind), amount in actions.items()]
        for security_id, actions in latest.items()
    }


def own_prices_reach_to() -> date | None:
    """The last day for which the company's own close is on record."""
    closes = DailyClose.objects.filter(security__is_company=True).order_by("-date")
    return closes.values_list("date", flat=True).first()
