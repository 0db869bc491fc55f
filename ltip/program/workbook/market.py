"""The sheets from which returns follow: closes, actions, shares held and index, day by day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from ltip.program.workbook.cells import INDEX, Sheet, at
from ltip.records.spreadsheets import harmless
from ltip.rules.relative_goal import Market

CLOSES, ACTIONS, SHARES, INDEXES = "Closes", "Actions", "Shares held", "Index"
_SPLIT, _PRICE, _FACTOR = 3, 6, 7


@dataclass(slots=True)
class Places:
    """Where the sheets of the market have what: columns of companies, rows of days."""

    columns: dict[str, int] = field(default_factory=dict)
    close_rows: dict[date, int] = field(default_factory=dict)
    day_rows: dict[date, int] = field(default_factory=dict)
    action_rows: dict[str, dict[date, int]] = field(default_factory=lambda: defaultdict(dict))


def close_days(market: Market) -> list[date]:
    """The days of the sheet of closes: trading days, and earlier closes that may stand in."""
    return sorted({*market.days, *(day for each in market.traded.values() for day in each.closes)})


def write_closes(sheet: Sheet, market: Market, places: Places) -> None:
    sheet.note(_("Unadjusted closes as the run used them. Change one, and all that follows moves."))
    sheet.headings([_("Day"), *(harmless(ticker) for ticker in market.traded)])
    places.columns = {ticker: number for number, ticker in enumerate(market.traded, start=2)}
    for day in close_days(market):
        closes = [each.closes.get(day) for each in market.traded.values()]
        places.close_rows[day] = sheet.write([sheet.day(day), *closes])


def write_actions(sheet: Sheet, market: Market, places: Places) -> None:
    """A row for each company and ex-date: the price it buys at, and what becomes of one share."""
    sheet.note(
        _(
            "What one share became on each ex-date: the split first, then dividend and spin-off at "
            "the price beside them. A new row counts for nothing; a changed amount does."
        )
    )
    sheet.headings(
        [
            _("Company"),
            _("Ex-date"),
            _("New shares for one old"),
            _("Dividend a share"),
            _("Spin-off a share"),
            _("Price it buys at"),
            _("Shares after, for one before"),
        ]
    )
    ex_dates = sorted({(a.on, t) for t, each in market.traded.items() for a in each.actions})
    # First all rows, for a price may have to be divided by a split further down.
    for row, (on, ticker) in enumerate(ex_dates, start=sheet.row + 1):
        places.action_rows[ticker][on] = row
    for on, ticker in ex_dates:
        split, dividend, spin_off = _amounts(market, ticker, on)
        row = sheet.row + 1
        before = market.reinvestment == "close_before"
        price, _stand_in = close_used(market, places, ticker, on, before=before)
        cells = [harmless(ticker), sheet.day(on), split, dividend, spin_off]
        if price:
            cells += [sheet.figure(f"={price}", "0.0000##")]
            cells += [sheet.figure(f"=C{row}*(1+(D{row}+E{row})/F{row})", INDEX)]
        sheet.write(cells)


def write_shares(sheet: Sheet, market: Market, places: Places) -> None:
    sheet.note(_("The shares that one share bought on the first day has become by each day."))
    sheet.headings([_("Day"), *(harmless(ticker) for ticker in market.traded)])
    first = sheet.row + 1
    places.day_rows = {day: row for row, day in enumerate(market.days, start=first)}
    begins = {ticker: _begins_on(market, ticker) for ticker in market.traded}
    factors = {ticker: _factors(market, places, ticker) for ticker in market.traded}
    for day, row in places.day_rows.items():
        cells: list[Any] = [sheet.day(day)]
        for ticker, column in places.columns.items():
            begin = begins[ticker]
            if begin is None or day < begin:
                cells.append(None)
            elif day == begin:
                cells.append(1)
            else:
                taken = "".join(f"*{factor}" for factor in factors[ticker].get(day, ()))
                cells.append(f"={at(SHARES, column, row - 1)}{taken}")
        sheet.write(cells)


def write_indexes(sheet: Sheet, market: Market, places: Places) -> None:
    sheet.note(
        _("Shares held × close. In italics: no close that day, the last one before stands in.")
    )
    sheet.headings([_("Day"), *(harmless(ticker) for ticker in market.traded)])
    for day, row in places.day_rows.items():
        cells: list[Any] = [sheet.day(day)]
        for ticker, column in places.columns.items():
            close, stand_in = close_used(market, places, ticker, day)
            formula = f"={at(SHARES, column, row)}*{close}" if close else None
            cells.append(sheet.stand_in(formula) if formula and stand_in else formula)
        sheet.write(cells)


def close_used(
    market: Market, places: Places, ticker: str, day: date, *, before: bool = False
) -> tuple[str, bool]:
    """The reference to a company's close on a day, or to the last one before it, over the splits
    between; empty where there is none. With `before`, only days before it are looked at."""
    closes = market.traded[ticker].closes
    if day in closes and not before:
        return at(CLOSES, places.columns[ticker], places.close_rows[day]), False
    found = max((each for each in closes if each < day), default=None)
    if found is None:
        return "", False
    splits = [
        f"/{at(ACTIONS, _SPLIT, places.action_rows[ticker][action.on])}"
        for action in market.traded[ticker].actions
        if action.kind == "split" and found < action.on <= day
    ]
    close = at(CLOSES, places.columns[ticker], places.close_rows[found])
    return close + "".join(splits), True


def _amounts(market: Market, ticker: str, on: date) -> Sequence[Decimal]:
    amounts: Mapping[str, Decimal] = {
        action.kind: action.amount for action in market.traded[ticker].actions if action.on == on
    }
    return [
        amounts.get("split", Decimal(1)),
        amounts.get("dividend", Decimal(0)),
        amounts.get("spin_off", Decimal(0)),
    ]


def _begins_on(market: Market, ticker: str) -> date | None:
    """The first trading day on which there is a close to begin with."""
    first = min(market.traded[ticker].closes, default=None)
    return next((day for day in market.days if first and day >= first), None)


def _factors(market: Market, places: Places, ticker: str) -> dict[date, list[str]]:
    """What the shares are multiplied by, by the trading day on which it first counts."""
    found: dict[date, list[str]] = defaultdict(list)
    for before, day in pairwise(market.days):
        for on, row in places.action_rows[ticker].items():
            if before < on <= day:
                found[day].append(at(ACTIONS, _FACTOR, row))
    return found
