"""The real market of 2012 to 2014, measured and then reckoned a second time without our code.

The second calculation follows one share of each company forwards in numpy floats: the shares it
has become by each day, times that day's close. The prices are not the project's to carry; where
they are not beside it the test is skipped, and says so.
"""

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from ltip.rules.outcome import Refused
from ltip.rules.returns import Action, days_until_frozen, total_stockholder_return

MARKET = Path(__file__).parents[3] / "shared" / "market"
ACQUIRED, NEW = "TLAB", "UBNT"
WINDOWS = (1, 20, 30, 60)
START, END = "2012-01-01", "2014-12-31"

pytestmark = pytest.mark.skipif(
    not MARKET.is_dir(), reason="THE REAL PRICES ARE NOT BESIDE THE PROJECT (../shared/market)"
)


@cache
def closes_by_company() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with (MARKET / "prices.csv").open() as lines:
        for row in csv.DictReader(lines):
            if row["date"] <= END:
                found[row["ticker"]][row["date"]] = row["close"]
    return found


@cache
def actions_by_company() -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    with (MARKET / "actions.csv").open() as lines:
        for row in csv.DictReader(lines):
            found[row["ticker"]].append((row["date"], row["kind"], row["amount"]))
    return found


@cache
def trading_days() -> list[str]:
    return sorted({day for closes in closes_by_company().values() for day in closes})


def days_of(ticker: str, window: int) -> list[str]:
    """The days from the first of the window before 2012; the acquired company's end with it."""
    days = trading_days()
    first = sum(day < START for day in days) - window
    last = max(closes_by_company()[ticker])
    return [day for day in days[first:] if day <= last]


def reckoned(ticker: str, window: int) -> float:
    """The return of a company in floats, from the index of one share that accumulates."""
    days = days_of(ticker, window)
    closes = np.array([float(closes_by_company()[ticker].get(day, "nan")) for day in days])
    growth = np.ones(len(days))
    for of_kind in ("split", "dividend"):
        for ex_date, kind, amount in actions_by_company()[ticker]:
            if kind == of_kind and days[0] < ex_date <= days[-1]:
                at = days.index(ex_date)
                growth[at] *= float(amount) if kind == "split" else 1 + float(amount) / closes[at]
    index = closes * np.cumprod(growth)
    assert not np.isnan(index).any(), f"{ticker} has days without a close"
    return float(index[-window:].mean() / index[:window].mean() - 1)


def measured(ticker: str, window: int) -> Decimal:
    closes = {
        date.fromisoformat(day): Decimal(text) for day, text in closes_by_company()[ticker].items()
    }
    days = [date.fromisoformat(day) for day in trading_days()]
    first = sum(day < date.fromisoformat(START) for day in days) - window
    spanned: tuple[date, ...] = tuple(days[first:])
    if ticker == ACQUIRED:
        spanned = days_until_frozen(
            company=ticker, closes=closes, days=spanned, frozen_on=date(2013, 12, 3)
        )
    return total_stockholder_return(
        company=ticker,
        closes=closes,
        actions=[
            Action(date.fromisoformat(day), kind, Decimal(amount))
            for day, kind, amount in actions_by_company()[ticker]
        ],
        days=spanned,
        averaging_days=window,
    ).value.value


@pytest.mark.parametrize("window", WINDOWS)
def test_the_return_of_every_real_company_agrees_to_a_billionth(window: int) -> None:
    companies = sorted(closes_by_company())
    assert len(companies) == 45
    compared = []
    for ticker in companies:
        if ticker == NEW and window == 60:
            continue  # its first close is inside that window: see the next test
        assert float(measured(ticker, window)) == pytest.approx(
            reckoned(ticker, window), abs=1e-9, rel=0
        ), ticker
        compared.append(ticker)
    assert len(compared) == (44 if window == 60 else 45)


def test_a_company_that_began_to_trade_inside_the_window_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="UBNT has no close on or before 6 October 2011"):
        measured(NEW, 60)
    assert min(closes_by_company()[NEW]) == "2011-10-14"


def test_the_real_market_holds_what_the_test_is_for() -> None:
    inside = [
        (ticker, kind)
        for ticker, actions in actions_by_company().items()
        for day, kind, _ in actions
        if START <= day <= END
    ]
    assert {ticker for ticker, kind in inside if kind == "split"} >= {"AAPL", "MRVC", "UTSI"}
    assert sum(kind == "dividend" for _, kind in inside) > 100
    assert max(closes_by_company()[ACQUIRED]) == "2013-12-03"
