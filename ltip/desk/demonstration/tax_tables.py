"""Rates of tax of the years that the invented company lives through, as two people approve them."""

from datetime import date
from decimal import Decimal
from typing import Any

CIRCULAR = "IRS Publication 15 for {year}"
# The wage base of Social Security, in dollars, as the Social Security Administration announced it.
WAGE_BASES = {2022: 147_000, 2023: 160_200, 2024: 168_600, 2025: 176_100, 2026: 184_500}
UNTIL_2017 = {
    "starts_on": date(2013, 1, 1),
    "ends_on": date(2017, 12, 31),
    "source": "IRS Publication 15 for 2013 to 2017",
}
SINCE_2018 = {"starts_on": date(2018, 1, 1), "ends_on": None, "source": "26 CFR 31.3402(g)-1"}
SINCE_2013 = {
    "starts_on": date(2013, 1, 1),
    "ends_on": None,
    "source": "26 U.S.C. 3101(b), 3102(f)",
}
MILLION, TWO_HUNDRED_THOUSAND = 100_000_000, 20_000_000


def tax_rates() -> list[dict[str, Any]]:
    """The federal rates and California's on stock, each as it is entered."""
    federal: list[dict[str, Any]] = [
        {"kind": "supplemental", "rate": Decimal(25), "up_to_minor": MILLION, **UNTIL_2017},
        {"kind": "supplemental", "rate": Decimal("39.6"), "above_minor": MILLION, **UNTIL_2017},
        {"kind": "supplemental", "rate": Decimal(22), "up_to_minor": MILLION, **SINCE_2018},
        {"kind": "supplemental", "rate": Decimal(37), "above_minor": MILLION, **SINCE_2018},
        {"kind": "medicare", "rate": Decimal("1.45"), **SINCE_2013},
        {
            "kind": "additional_medicare",
            "rate": Decimal("0.9"),
            "above_minor": TWO_HUNDRED_THOUSAND,
            **SINCE_2013,
        },
    ]
    bases: list[dict[str, Any]] = [
        {
            "kind": "social_security",
            "rate": Decimal("6.2"),
            "up_to_minor": base * 100,
            "starts_on": date(year, 1, 1),
            "ends_on": date(year, 12, 31),
            "source": CIRCULAR.format(year=year),
        }
        for year, base in WAGE_BASES.items()
    ]
    state = {
        "jurisdiction": "US-CA",
        "kind": "state",
        "rate": Decimal("10.23"),
        "starts_on": date(2022, 1, 1),
        "ends_on": None,
        "source": "California Employer's Guide, stock options and bonuses",
    }
    return [{"jurisdiction": "US", **rate} for rate in (*federal, *bases)] + [state]
