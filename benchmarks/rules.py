"""Puts 50,000 awards through every rule, and ranks 3,000 companies; prints the times as JSON."""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ltip.rules.awards import (
    AwardFacts,
    Change,
    Determined,
    adjusted_target,
    capped,
    due,
    most_after_reduction,
)
from ltip.rules.calendars import Period
from ltip.rules.earning import EndOfService, shares_earned
from ltip.rules.eligibility import Dated, eligibility
from ltip.rules.ranking import METHODS, percentile, rank
from ltip.rules.readings import complete
from ltip.rules.settling import delivery_date, settlement_date, withholding

AWARDS, COMPANIES, REPETITIONS = 50_000, 3_000, 21
PERIOD = Period(date(2012, 1, 1), date(2013, 12, 31))
CERTIFIED_ON = date(2014, 2, 25)
REASONS = ("death", "disability", "without_cause", "cause", "resignation", "retirement")
READINGS = complete({})


def entitle(number: int, chance: random.Random) -> int:
    """One award from eligibility to delivery, with values of its own; the shares delivered."""
    grade = (Dated(date(2010, 1, 1), f"Executive {1 + number % 3}"),)
    decided = eligibility(
        hired=date(2009, 1, 1) + timedelta(days=number % 900),
        kinds=(Dated(date(2009, 1, 1), "regular"),),
        grades=grade,
        period_start=PERIOD.start,
        on=date(2012, 3, 1),
        service_ended=None,
    )
    assert decided.value.eligible
    left = None
    if number % 4 == 0:
        left = EndOfService(
            date(2012, 6, 1) + timedelta(days=chance.randrange(800)),
            REASONS[number % 6],
            deferred=number % 8 == 0,
            specified=number % 16 == 0,
        )
    before = (Change(date(2013, 6, 3), "adjusted", Decimal("1.5")),)
    if number % 10 == 0:
        before += (Change(date(2013, 9, 2), "reduced", Decimal(5_000 + number)),)
    after = (Change(date(2014, 3, 3), "recovered", Decimal(10)),) if number % 20 == 0 else ()
    target = adjusted_target(target=1_000 + number, changes=before).value
    earned = capped(
        shares=shares_earned(
            target=target,
            payout=Decimal("133.3333333333"),
            period=PERIOD,
            determination_date=CERTIFIED_ON,
            end_of_service=left,
        ),
        most=most_after_reduction(changes=before),
    )
    entitled = due(
        facts=AwardFacts(
            determined=Determined(
                shares=earned.value,
                on=CERTIFIED_ON,
                settles_on=settlement_date(determination_date=CERTIFIED_ON).value,
            ),
            changes=after,
            end_of_service=left,
            first_deductible_year=2015 if number % 50 == 0 else None,
        ),
        readings=READINGS,
    ).value
    if entitled.settles_on is None:
        return 0
    delivery_date(settles_on=entitled.settles_on)
    return withholding(
        tax_minor=chance.randrange(1_000_000),
        fair_market_value=Decimal("9.64"),
        earned=entitled.shares,
    ).value.delivered


def seconds_of(perform: Callable[[], Any]) -> float:
    started = time.perf_counter()
    perform()
    return time.perf_counter() - started


def ranking(returns: dict[str, Decimal], method: str) -> float:
    """The median time of a rank and a percentile among all companies."""

    def perform() -> None:
        rank(company="C0", returns=returns)
        percentile(method=method, company="C0", returns=returns)

    return statistics.median(seconds_of(perform) for _ in range(REPETITIONS))


def ranking_by_pandas(returns: dict[str, Decimal]) -> float:
    """The same with the peer, on its floats: places with ties at the better one."""
    import pandas

    values = pandas.Series({name: float(value) for name, value in returns.items()})

    def perform() -> None:
        places = values.rank(ascending=False, method="min").sort_values()
        (len(places) - places["C0"]) / (len(places) - 1) * 100

    return statistics.median(seconds_of(perform) for _ in range(REPETITIONS))


def main(words: list[str]) -> None:
    chance = random.Random(2012)  # noqa: S311 - the same awards every time, not a secret
    if words == ["awards"]:
        found = {
            "awards": seconds_of(lambda: [entitle(number, chance) for number in range(AWARDS)])
        }
    else:
        returns = {
            f"C{number}": Decimal(chance.randrange(-9_999, 30_000)) / 10_000
            for number in range(COMPANIES)
        }
        found = {method: ranking(returns, method) for method in METHODS}
        found["pandas"] = ranking_by_pandas(returns)
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
