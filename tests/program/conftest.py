"""A market small enough to reckon by hand, and browsers signed in on a day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ltip.accounts.models import User
from ltip.accounts.services import SYSTEM
from ltip.desk.scenarios.reading import Story
from ltip.desk.scenarios.telling import Telling
from ltip.program.services import market, periods
from ltip.records import services as records
from tests import cast

Visit = Callable[[User, date], Any]

IMPORTED_ON = date(2014, 1, 10)  # a Friday
AFTER_PERIOD = date(2015, 1, 5)


@pytest.fixture
def exchange(db: None) -> None:
    """A company on the New York Stock Exchange, whose stock OURS and peer PEER began in 2013."""
    at = cast.noon(IMPORTED_ON)
    records.found_company(
        name="The company of the test",
        state_of_incorporation="Delaware",
        principal_office="1 Test Lane",
        time_zone="UTC",
        by=SYSTEM,
        at=at,
    )
    periods.choose_trading_calendar(exchange_code="XNYS", by=SYSTEM, at=at)
    for ticker in ("OURS", "PEER"):
        market.register_security(
            ticker=ticker,
            name=ticker,
            starts_on=date(2013, 1, 2),
            is_company=ticker == "OURS",
            by=SYSTEM,
            at=at,
        )


def five_companies() -> dict[str, Any]:
    """Two years of five companies, ranked on averages of two trading days, not yet measured.

    OURS pays a dividend of 1.20 when it closes at 12: 1 + 1.20 / 12 = 1.1 shares. From
    (10 + 12) / 2 = 11 to (13 + 15) / 2 × 1.1 = 15.4 is 15.4 / 11 − 1 = +40 %.
    SPLT splits two for one: from 20 to (12 + 14) / 2 × 2 = 26 is +30 %.
    HIGH: from 50 to (80 + 85) / 2 = 82.5 is +65 %. LOW: from 8 to 4 is −50 %.
    GAPS has no close on 30 December 2014, so that of 3 June 2013, 9, stands in:
    from 10 to (9 + 6) / 2 = 7.5 is −25 %.
    HIGH, OURS, SPLT, GAPS, LOW: place 2 of 5, percentile (5 − 2) / (5 − 1) × 100 = 75, at which
    the schedule pays 200 %.
    """
    closes = {
        "OURS": (10, 12, 12, 13, 15),
        "SPLT": (20, 20, 11, 12, 14),
        "HIGH": (50, 50, 50, 80, 85),
        "LOW": (8, 8, 8, 4, 4),
        "GAPS": (10, 10, 9, None, 6),
    }
    days = ("2012-12-28", "2012-12-31", "2013-06-03", "2014-12-30", "2014-12-31")
    return {
        "company": {"ticker": "OURS"},
        "market": {
            "closes": {
                ticker: {day: f"{close}.00" for day, close in zip(days, row, strict=True) if close}
                for ticker, row in closes.items()
            },
            "action": [
                {"on": date(2013, 6, 3), "ticker": "OURS", "kind": "dividend", "amount": "1.20"},
                {"on": date(2013, 6, 3), "ticker": "SPLT", "kind": "split", "amount": "2"},
            ],
        },
        "period": {"start": date(2013, 1, 1), "end": date(2014, 12, 31)},
        "goal": {
            "on": date(2013, 3, 4),
            "peers": ["SPLT", "HIGH", "LOW", "GAPS"],
            "averaging_days": 2,
            "percentile": "discrete",
            "schedule": [[25, 50], [50, 100], [75, 200]],
            "between_points": "line",
        },
    }


def told(sections: dict[str, Any]) -> Telling:
    """The story of these sections, told to its end."""
    return cast.tell(Story(path=Path(__file__), sentence="", cites=(), sections=sections))


@pytest.fixture
def measured(db: None) -> Telling:
    """The period of the five companies, over and not yet measured."""
    return told(five_companies())


@pytest.fixture
def visit() -> Visit:
    """A signed-in browser on a day, at noon: `with visit(user, day) as browser: ...`."""
    return cast.visit
