"""The company's fiscal quarters: looked at, recorded, and taken back by a record."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ltip.desk.scenarios.telling import Telling
from ltip.program import quarters, selectors
from ltip.program.models import FiscalQuarterEnd, FiscalQuarterWithdrawal
from ltip.program.services import periods
from ltip.rules.outcome import Refused
from tests import cast
from tests.participants.pages import words
from tests.program.conftest import AFTER_PERIOD, Visit

PAGE = "/market/fiscal-quarters/"
YEAR = {
    "first": "2013-03-30",
    "second": "2013-06-29",
    "third": "2013-09-28",
    "fourth": "2013-12-31",
}
DAYS = [date(2013, 3, 30), date(2013, 6, 29), date(2013, 9, 28), date(2013, 12, 31)]


def record(telling: Telling, days: list[date]) -> list[FiscalQuarterEnd]:
    return periods.record_fiscal_quarter_ends(
        days=days, by=telling.administrator, at=cast.noon(AFTER_PERIOD)
    )


def withdraw(telling: Telling, day: date, reason: str = "A typing error.") -> None:
    periods.withdraw_fiscal_quarter_end(
        ends_on=day, reason=reason, by=telling.administrator, at=cast.noon(AFTER_PERIOD)
    )


def test_those_on_record_already_are_left_alone(measured: Telling) -> None:
    record(measured, DAYS[:2])
    assert [each.ends_on for each in record(measured, DAYS)] == DAYS[2:]
    assert selectors.fiscal_quarter_ends() == DAYS
    with pytest.raises(Refused, match=r"^P Change in Control: All these .* on record already"):
        record(measured, DAYS)


def test_one_taken_back_counts_no_longer_and_can_be_recorded_again(measured: Telling) -> None:
    record(measured, DAYS)
    withdraw(measured, DAYS[1])
    assert selectors.fiscal_quarter_ends() == [DAYS[0], *DAYS[2:]]
    record(measured, [DAYS[1]])
    assert selectors.fiscal_quarter_ends() == DAYS
    assert FiscalQuarterEnd.objects.filter(ends_on=DAYS[1]).count() == 2


def test_taking_back_asks_for_a_reason_and_for_a_day_on_record(measured: Telling) -> None:
    record(measured, DAYS)
    with pytest.raises(Refused, match=r"needs a reason"):
        withdraw(measured, DAYS[0], reason="  ")
    with pytest.raises(Refused, match=r"No fiscal quarter is on record as ending on 1 May 2013"):
        withdraw(measured, date(2013, 5, 1))
    withdraw(measured, DAYS[0])
    with pytest.raises(Refused, match=r"No fiscal quarter is on record as ending on 30 March"):
        withdraw(measured, DAYS[0])


def test_the_last_business_day_stands_beside_the_end_of_the_quarter(measured: Telling) -> None:
    """Good Friday, 29 March 2013, is a business day; 28 September 2013 is a Saturday."""
    looked = quarters.look_at(DAYS, on=AFTER_PERIOD)
    assert [each.last_business_day for each in looked] == [
        date(2013, 3, 29),
        date(2013, 6, 28),
        date(2013, 9, 27),
        date(2013, 12, 31),
    ]


@pytest.mark.parametrize(
    ("ends_on", "unusual"),
    [
        (date(2014, 3, 24), True),  # 83 days after 31 December 2013
        (date(2014, 3, 25), False),  # 84 days: twelve weeks
        (date(2014, 4, 15), False),  # 105 days: fifteen weeks
        (date(2014, 4, 16), True),
    ],
)
def test_an_end_that_makes_no_quarter_with_the_one_before_is_marked(
    measured: Telling, ends_on: date, unusual: bool
) -> None:
    record(measured, DAYS)
    (looked,) = quarters.look_at([ends_on], on=AFTER_PERIOD)
    assert looked.is_unusual is unusual


def test_a_years_four_are_looked_at_before_they_are_recorded(
    measured: Telling, visit: Visit
) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        looked = browser.post(PAGE, YEAR)
        assert "You are about to record 4 days" in words(looked)
        assert "Saturday, 28 September 2013 Friday, 27 September 2013 91" in words(looked)
        assert not FiscalQuarterEnd.objects.exists()
        shown = looked.context["shown"]
        said = words(browser.post(PAGE, YEAR | {"shown": shown}, follow=True))
    assert "On record: the ends of 4 fiscal quarters." in said
    assert "2013 Quarter ends on" in said
    assert "28 September 2013 recorded 5 January 2015, 12:00 UTC, Stock administrator" in said


def test_what_changed_since_the_look_is_shown_again(measured: Telling, visit: Visit) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        shown = browser.post(PAGE, YEAR).context["shown"]
        record(measured, DAYS[:1])
        again = words(browser.post(PAGE, YEAR | {"shown": shown}))
    assert "on record already, and left alone" in again
    assert FiscalQuarterEnd.objects.count() == 1


def test_the_days_can_be_changed_after_the_look(measured: Telling, visit: Visit) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        answer = browser.post(PAGE, YEAR | {"step": "change"})
    assert 'value="2013-09-28"' in answer.content.decode()
    assert "Look at them first" in words(answer)


def test_finance_takes_one_back_with_a_reason_that_stays_readable(
    measured: Telling, visit: Visit
) -> None:
    record(measured, DAYS)
    address = f"{PAGE}2013-06-29/withdraw/"
    with visit(measured.approver, AFTER_PERIOD) as browser:
        asked = words(browser.get(address))
        empty = words(browser.post(address, {"reason": ""}))
        said = words(browser.post(address, {"reason": "It ended on 30 June."}, follow=True))
        assert browser.get(address).status_code == 404
    assert "29 June 2013 would no longer count as the end of a fiscal quarter." in asked
    assert "This field is required." in empty
    assert "29 June 2013 counts no longer." in said
    assert "taken back 5 January 2015, 12:00 UTC, Finance: It ended on 30 June." in said
    assert FiscalQuarterWithdrawal.objects.count() == 1


def test_the_secretary_and_the_committee_read_but_are_shown_no_form(
    measured: Telling, visit: Visit
) -> None:
    record(measured, DAYS)
    for user in (measured.secretary, measured.members[0]):
        with visit(user, AFTER_PERIOD) as browser:
            said = words(browser.get(PAGE))
            assert "28 September 2013" in said
            assert "Look at them first" not in said
            assert "Take back" not in said
            assert browser.post(PAGE, YEAR).status_code == 403


def test_more_quarters_take_no_more_queries(measured: Telling, visit: Visit) -> None:
    counted = []
    for days in (DAYS[:1], DAYS[1:]):
        record(measured, days)
        withdraw(measured, days[0])
        with (
            visit(measured.administrator, AFTER_PERIOD) as browser,
            CaptureQueriesContext(connection) as queries,
        ):
            assert browser.get(PAGE).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_a_year_whose_holidays_are_not_known_is_refused_on_the_form(
    measured: Telling, visit: Visit
) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        answer = browser.post(PAGE, {"first": "1977-12-31"})
    assert "the federal holidays of 1977 are not known here" in words(answer)
    assert 'value="1977-12-31"' in answer.content.decode()
    assert not FiscalQuarterEnd.objects.exists()
