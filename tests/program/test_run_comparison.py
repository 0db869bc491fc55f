"""Two runs beside each other: which input differs, and which price made the difference."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ltip.accounts.services import SYSTEM
from ltip.desk.scenarios.telling import Telling
from ltip.program import selectors
from ltip.program.run_comparison import MOST_ALONE, Comparison, compare_runs
from ltip.program.run_facts import facts_of, inputs_from
from ltip.program.services import imports
from ltip.rules.calendars import day_text
from ltip.rules.measurement import measure, measure_undrawn
from tests.participants.pages import words
from tests.program.conftest import AFTER_PERIOD, Visit
from tests.program.test_run_pages import RUNS, run_of
from tests.program.test_workbook import generated

COMPARE = f"{RUNS}compare/"


def compared(first: dict[str, Any], second: dict[str, Any]) -> Comparison:
    return compare_runs(
        first_inputs=first,
        second_inputs=second,
        first_result=measure(first),
        second_result=measure(second),
    )


def rows(of: Any) -> list[tuple[str, str, str]]:
    return [(row.label, row.first, row.second) for row in of]


@pytest.fixture
def inputs() -> dict[str, Any]:
    return generated(7, averaging_days=1)


def close_of(inputs: dict[str, Any], company: int, day: str) -> list[str]:
    return next(each for each in inputs["securities"][company]["closes"] if each[0] == day)


def test_inputs_taken_apart_and_put_together_measure_the_same(inputs: dict[str, Any]) -> None:
    assert measure_undrawn(inputs_from(facts_of(inputs))) == measure_undrawn(inputs)


def test_the_one_price_that_differs_is_named_with_all_that_it_changes(
    measured: Telling, visit: Visit
) -> None:
    run_of(measured)
    # 15 becomes 9: the end is (13 + 9) / 2 × 1.1 = 12.1, and 12.1 / 11 − 1 = +10 %, behind the
    # +30 % of SPLT: place 3 of 5, percentile 50, at which the schedule pays 100 %.
    imports.import_prices(
        closes=b"date,ticker,close\n2014-12-31,OURS,9.00\n2014-12-30,LOW,4.00\n",
        actions=None,
        by=SYSTEM,
        at=measured.told_at,
    )
    run_of(measured)
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        assert COMPARE in browser.get(RUNS).content.decode()
        page = words(browser.get(COMPARE))
    expected = (
        "return of OURS +40.00 % +10.00 % rank 2 of 5 3 of 5 percentile 75 % 50 % "
        "payout of the period, of target 200 % 100 %"
    )
    assert page.count(expected) == 2, page
    assert "OURS: close of 31 December 2014 First run: 15.00. Second run: 9.00." in page
    assert "LOW" not in page


def test_the_page_asks_as_often_for_two_differences_as_for_none(
    measured: Telling, visit: Visit
) -> None:
    first = run_of(measured)
    run_of(measured)
    asked = []
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        for _again in range(2):
            browser.get(COMPARE)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                page = words(browser.get(COMPARE))
            asked.append(len(queries))
            if not asked[1:]:
                assert "They found the same, digit for digit." in page
                assert "They used the same prices" in page
            imports.import_prices(
                closes=b"date,ticker,close\n2014-12-31,OURS,9.00\n2014-12-31,LOW,5.00\n",
                actions=b"date,ticker,kind,amount\n2014-12-30,HIGH,dividend,1\n",
                by=SYSTEM,
                at=measured.told_at,
            )
            run_of(measured)
        assert asked[0] == asked[1]
        twice = browser.get(COMPARE, {"first": first.public_id, "second": first.public_id})
        assert "Choose two different runs." in words(twice)
        strange = browser.get(COMPARE, {"first": "x", "second": str(first.public_id)})
        assert "Select a valid choice" in words(strange)


def test_one_run_alone_has_nothing_beside_it(measured: Telling, visit: Visit) -> None:
    run_of(measured)
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        assert COMPARE not in browser.get(RUNS).content.decode()
        assert "There are not two runs yet" in words(browser.get(COMPARE))


def test_a_later_end_is_one_difference_whatever_closes_came_with_it(
    measured: Telling,
) -> None:
    interim = selectors.inputs_of(run_of(measured, on=date(2014, 12, 30), is_final=False))
    final = selectors.inputs_of(run_of(measured))
    found = compared(interim, final)
    assert [difference.label for difference in found.differences] == ["Measured until"]
    (until,) = found.differences
    assert (until.first, until.second) == ("30 December 2014", "31 December 2014")
    # As test_runs reckons them: +25 % until the day before, +40 % with the last.
    assert ("return of OURS", "+25.00\xa0%", "+40.00\xa0%") in rows(until.effects)
    assert until.effects == found.figures
    assert [d.label for d in compared(final, interim).differences] == ["Measured until"]


def test_a_dividend_a_reading_an_event_and_a_term_are_each_a_line(inputs: dict[str, Any]) -> None:
    other = deepcopy(inputs)
    other["securities"][6]["actions"].append(["2013-06-07", "spin_off", "1.25"])
    other["events"] = other["events"][:1]
    other["readings"] = {"tsr.reinvestment": "close_before"}
    other["goals"][0]["percentile"] = "continuous"
    inputs["readings"] = {"tsr.reinvestment": "ex_date_close"}
    found = compared(inputs, other)
    assert [(d.label, d.first, d.second) for d in found.differences] == [
        ("Goal 1: percentile", "discrete", "continuous"),
        ("Reading tsr.reinvestment", "ex_date_close", "close_before"),
        ("C5: went bankrupt, 2 December 2013", "on record", ""),
        ("C6: spin-off of 7 June 2013", "", "1.25"),
    ]
    labels = [{row.label for row in difference.effects} for difference in found.differences]
    assert "percentile" in labels[0]
    assert not any(label.startswith("return") for label in labels[0])
    assert len([label for label in labels[1] if label.startswith("return")]) > 5
    assert "return of C5" in labels[2]
    assert [label for label in labels[3] if label.startswith("return")] == ["return of C6"]


def test_a_longer_window_brings_its_earlier_days_along(inputs: dict[str, Any]) -> None:
    first = deepcopy(inputs)
    before = sum(day < "2013-01-01" for day in first["trading_days"])
    first["trading_days"] = first["trading_days"][before - 1 :]
    for security in first["securities"]:
        start = first["trading_days"][0]
        security["closes"] = [each for each in security["closes"] if each[0] >= start]
        security["actions"] = [each for each in security["actions"] if each[0] >= start]
    inputs["goals"][0]["averaging_days"] = 30
    (window,) = compared(first, inputs).differences
    assert (window.label, window.first, window.second) == ("Goal 1: averaging days", "1", "30")
    assert not window.refusal
    assert window.effects


def test_a_renamed_company_is_the_same_company(inputs: dict[str, Any]) -> None:
    other = deepcopy(inputs)
    other["securities"][7]["ticker"] = "NEW"
    close_of(other, 7, other["until"])[1] = "1.00"
    found = compared(inputs, other)
    last = day_text(date.fromisoformat(other["until"]))
    assert [d.label for d in found.differences] == [f"NEW: close of {last}"]
    assert {row.label for row in found.figures if row.label.startswith("return")} == {
        "return of NEW"
    }


def test_many_differences_stand_by_company_and_the_first_twenty_are_measured(
    inputs: dict[str, Any],
) -> None:
    other = deepcopy(inputs)
    for security in other["securities"]:
        for number in (-1, -2, -3):
            security["closes"][number][1] = "12.34"
    found = compared(inputs, other)
    assert len(found.differences) == 12
    assert all("and 2 more" in difference.label for difference in found.differences)
    for goal in other["goals"]:
        goal["averaging_days"] = 2
    days = inputs["trading_days"][200 : 200 + MOST_ALONE]
    other["trading_days"] = [day for day in other["trading_days"] if day not in days]
    found = compared(inputs, other)
    assert [d.is_measured for d in found.differences] == [True] * MOST_ALONE + [False] * 13


def test_a_difference_that_cannot_stand_alone_says_why(inputs: dict[str, Any]) -> None:
    other = deepcopy(inputs)
    other["goals"][0]["weight"] = "60"
    financial = {
        "kind": "financial",
        "measure": "revenue",
        "basis": "gaap",
        "unit": "",
        "adjustments": [],
        "weight": "40",
        "schedule": [["1", "100"]],
        "between_points": "line",
    }
    other["goals"].append(financial)
    other["results"] = [
        {"measure": "revenue", "gaap": "2", "adjustments": {}, "reported_on": "2015-01-02"}
    ]
    found = compared(inputs, other)
    assert [d.label for d in found.differences] == [
        "Goal 2",
        "Goal 1: weight",
        "Result of revenue",
    ]
    assert "no result of revenue is on record" in found.differences[0].refusal
    assert "100 together" in found.differences[1].refusal
    assert found.differences[2].effects == ()
    assert found.differences[2].refusal == ""
