"""Rates of tax as two people put them on record: one enters them, another approves."""

from datetime import date
from decimal import Decimal
from typing import Any

from ltip.desk.scenarios.telling import Telling
from participants.settlement import rates
from participants.settlement.models import TaxRate
from tests import cast

YEAR_2014 = (date(2014, 1, 1), date(2014, 12, 31))
ENTERED_ON = date(2014, 3, 3)
# Kind, per cent, above and up to in cents; the Social Security base of 2014 was $117,000.
FEDERAL_2014: tuple[tuple[str, str, int, int | None], ...] = (
    ("supplemental", "25", 0, 100_000_000),
    ("supplemental", "39.6", 100_000_000, None),
    ("social_security", "6.2", 0, 11_700_000),
    ("medicare", "1.45", 0, None),
    ("additional_medicare", "0.9", 20_000_000, None),
)


def enter(telling: Telling, **changes: Any) -> TaxRate:
    """A rate that the stock administrator enters: California's on supplemental wages, 10.23 %."""
    told: dict[str, Any] = {
        "jurisdiction": "US-CA",
        "kind": "state",
        "rate": Decimal("10.23"),
        "starts_on": YEAR_2014[0],
        "ends_on": YEAR_2014[1],
        "source": "The state's tables for 2014",
        "by": telling.administrator,
        "at": cast.noon(ENTERED_ON),
    }
    return rates.enter_tax_rate(**(told | changes))


def enter_sterling(telling: Telling, **changes: Any) -> Any:
    """One pound is $1.60 on Saturday, 22 March 2014, the Settlement Date."""
    told: dict[str, Any] = {
        "base": "GBP",
        "quote": "USD",
        "day": date(2014, 3, 22),
        "rate": Decimal("1.60"),
        "source": "The bank's table",
        "by": telling.administrator,
        "at": cast.noon(ENTERED_ON),
    }
    return rates.enter_exchange_rate(**(told | changes))


def approve(telling: Telling, *rows: Any, by: Any = None) -> Any:
    """Finance approves rates, with the password."""
    user, at = by or telling.approver, cast.noon(ENTERED_ON)
    return rates.approve_rates(
        tax_rates=[row for row in rows if isinstance(row, TaxRate)],
        exchange_rates=[row for row in rows if not isinstance(row, TaxRate)],
        by=user,
        authentication=cast.proof(user, at),
        at=at,
    )


def approve_federal(telling: Telling) -> None:
    """The federal rates of 2014 and California's are in force."""
    federal = [
        enter(
            telling,
            jurisdiction="US",
            kind=kind,
            rate=Decimal(per_cent),
            above_minor=above,
            up_to_minor=up_to,
            source="Circular E for 2014",
        )
        for kind, per_cent, above, up_to in FEDERAL_2014
    ]
    approve(telling, *federal, enter(telling))
