"""A run's data by every method, window and reinvestment, beside what the goal states."""

from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ltip.accounts.services import SYSTEM
from ltip.desk.scenarios.telling import Telling
from ltip.program.run_methods import methods_beside
from ltip.program.services import imports
from ltip.rules.measurement import measure_undrawn
from tests.participants.pages import words
from tests.program.conftest import AFTER_PERIOD, Visit
from tests.program.test_run_pages import RUNS, run_of
from tests.program.test_workbook import generated

METHODS = ("discrete", "continuous", "count_below")
SEGMENTS = {
    "measurement": "annual",
    "segments": [{"end": "2013-12-31", "weight": "40"}, {"end": "2014-08-01", "weight": "60"}],
    "schedule": [["0", "90"], ["100", "190"]],
    "negative_tsr_cap": "120",
}


@pytest.mark.parametrize("terms", [{}, SEGMENTS])
def test_each_pays_what_a_goal_that_states_it_would_pay(terms: dict[str, Any]) -> None:
    inputs = generated(2012, averaging_days=30, **deepcopy(terms))
    inputs["readings"] = {"tsr.reinvestment": "close_before"}
    rows = methods_beside(inputs["goals"][0], inputs)
    assert [(row.averaging_days, row.reinvestment) for row in rows] == [
        (days, bought) for days in (1, 20, 30, 60) for bought in ("ex_date_close", "close_before")
    ]
    paid = set()
    for row in rows:
        for method, reached in zip(METHODS, row.reached, strict=True):
            goal = {**inputs["goals"][0], "averaging_days": row.averaging_days}
            stated = {
                **inputs,
                "goals": [{**goal, "percentile": method}],
                "readings": {"tsr.reinvestment": row.reinvestment},
            }
            found = measure_undrawn(stated)["goals"][0]
            assert reached.payout == Decimal(found["payout"])
            assert reached.percentile == (None if terms else Decimal(found["percentile"]))
            decides = (row.averaging_days, row.reinvestment, method) == (
                30,
                "close_before",
                "discrete",
            )
            assert reached.decides == decides
            paid.add(reached.payout)
    assert len(paid) > 3


def test_a_window_of_its_own_stands_among_the_others() -> None:
    inputs = generated(7, averaging_days=45)
    rows = methods_beside(inputs["goals"][0], inputs)
    assert sorted({row.averaging_days for row in rows}) == [1, 20, 30, 45, 60]


def test_the_page_says_what_can_be_measured_and_marks_the_goals_own(
    measured: Telling, visit: Visit
) -> None:
    run = run_of(measured)
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        address = f"{RUNS}{run.public_id}/methods/"
        assert address in browser.get(f"{RUNS}{run.public_id}/").content.decode()
        browser.get(address)
        with CaptureQueriesContext(connection) as before:
            page = words(browser.get(address))
        # Of one day: OURS 12 to 15 × 1.1 is +37.5 %, SPLT 20 to 14 × 2 is +40 %, HIGH +70 %:
        # place 3 of 5, percentile 50, 100 %. Of two days, as stated: place 2, 75, 200 %.
        assert "Closes of 1 trading day Ranked with its peers 100 % percentile 50 %" in page
        assert "2 trading days Ranked with its peers 200 % the goal's percentile 75 %" in page
        assert page.count("the goal's") == 1
        assert (
            "Averages of 20 trading days Can't be measured. GA §2: only 2 trading "
            "days before 1 January 2013 are given, not 20." in page
        )
        _eighteen_earlier_days(measured)
        with CaptureQueriesContext(connection) as after:
            page = words(browser.get(address))
    # Of 20 days with 18 more at the first close: OURS from (19 × 10 + 12) / 20 = 10.1 to
    # (16 × 10 + 12 + (12 + 13 + 15) × 1.1) / 20 = 10.8 is +6.93 %, and HIGH from 50 to
    # (18 × 50 + 80 + 85) / 20 = 53.25 is +6.5 %: place 1 of 5, 200 %.
    assert "20 trading days Ranked with its peers 200 % percentile 100 %" in page
    assert "only 20 trading days before 1 January 2013 are given, not 60." in page
    assert len(before) == len(after)


def _eighteen_earlier_days(telling: Telling) -> None:
    days = [date(2012, 12, 27) - timedelta(days=number) for number in range(18)]
    first = {"OURS": 10, "SPLT": 20, "HIGH": 50, "LOW": 8, "GAPS": 10}
    lines = [f"{day},{ticker},{close}" for day in days for ticker, close in first.items()]
    imports.import_prices(
        closes="\n".join(["date,ticker,close", *lines, ""]).encode(),
        actions=None,
        by=SYSTEM,
        at=telling.told_at,
    )
