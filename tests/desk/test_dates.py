"""Each date of the Program: in the list of whoever must act, with its place, and gone when done.

“signed” holds 300 Performance Shares for 1 January 2013 to 31 December 2014, certified on Tuesday,
24 February 2015; the Settlement Date is the 30th day after, 26 March 2015.
"""

from datetime import date
from typing import Any

import pytest

from committee.services import propose_act
from ltip.accounts.models import Role
from ltip.desk.deadline import Deadline
from ltip.desk.deadlines import deadlines
from ltip.desk.scenarios.telling import Telling
from ltip.desk.selectors import situations
from ltip.jobs.services import perform
from ltip.program.selectors import latest_final_run
from ltip.program.services.measuring import request_run
from ltip.program.services.periods import open_period, record_stockholder_approval
from participants.awards.services import propose_awards
from participants.people.leaving import record_death
from participants.people.services import change_status
from tests import cast
from tests.participants.awards.test_leaving_effects import specify
from tests.participants.control import desk as control
from tests.participants.control.test_parachutes import compare, determine
from tests.participants.leavers import certify, leave
from tests.participants.papers.test_elections import elect, record
from tests.participants.settlement.test_abroad import approve, settle
from tests.participants.settlement.test_abroad import due as due

pytestmark = pytest.mark.django_db
CM, SEC, HR = {Role.COMMITTEE_MEMBER}, {Role.SECRETARY}, {Role.HUMAN_RESOURCES}
SA, FIN = {Role.STOCK_ADMINISTRATOR}, {Role.FINANCE}
Told = tuple[date, str, set[Role]]


def found(on: date, key: str) -> list[Deadline]:
    return [one for one in deadlines(on, situations(on)) if one.key.startswith(key)]


def told(on: date, key: str) -> Told | None:
    """The one date whose key begins so: its day, its place and who must act."""
    dates = found(on, key)
    assert len(dates) <= 1
    return (dates[0].day, dates[0].place, set(dates[0].acts)) if dates else None


def test_the_goal_is_due_on_the_ninetieth_day_from_the_secretary_and_then_from_the_committee() -> (
    None
):
    """Day 1 is 1 January 2016, a leap year: 31 + 29 + 30 days end on 30 March."""
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    today = date(2016, 2, 1)
    period = open_period(
        start_date=date(2016, 1, 1),
        end_date=date(2017, 12, 31),
        by=telling.secretary,
        at=cast.noon(today),
    )
    key = "goal:2016–2017"
    assert told(today, key) == (date(2016, 3, 30), "P Performance Goals", SEC)
    act = propose_act(
        kind="goal",
        request=cast.goal_request(period.label),
        by=telling.secretary,
        at=cast.noon(today),
    )
    assert told(today, key) == (date(2016, 3, 30), "P Performance Goals", CM)
    assert cast.sign_all(act, today).adopted
    assert told(today, key) is None


def test_grants_go_from_human_resources_to_the_secretary_to_the_committee() -> None:
    """Day 90 of 2013 is 31 March: 31 + 28 + 31 days."""
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    today, key = date(2013, 3, 4), "grants:"
    closes = (date(2013, 3, 31), "P Grants")
    assert told(today, key) == (*closes, HR)
    employee = telling.holders["signed"]
    propose_awards(
        period=telling.period,
        shares={str(employee.public_id): 300},
        by=telling.secretary,
        at=cast.noon(today),
        on=today,
    )
    assert told(today, key) == (*closes, SEC | HR)
    asked: dict[str, Any] = {"period": telling.period.label, "employees": [str(employee.public_id)]}
    propose_act(kind="designation", request=asked, by=telling.secretary, at=cast.noon(today))
    assert told(today, key) == (*closes, CM)


def test_with_every_grant_made_the_window_asks_nothing_more() -> None:
    cast.told(acts=cast.BEFORE_SIGNING)
    assert told(date(2013, 3, 4), "grants:") is None


def test_a_quarter_of_a_short_period_binds_before_the_ninety_days_do() -> None:
    """1 January to 30 June 2014 has 181 days; 45 of them end on 14 February."""
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    today, key = date(2014, 1, 6), "quarter:2014"
    open_period(
        start_date=date(2014, 1, 1),
        end_date=date(2014, 6, 30),
        by=telling.secretary,
        at=cast.noon(today),
    )
    assert told(today, key) is None
    record_stockholder_approval(
        approved_on=date(2013, 5, 7), by=telling.secretary, at=cast.noon(today)
    )
    assert told(today, key) == (date(2014, 2, 14), "P Administration", SEC | HR)
    assert told(today, "grants:2014") == (date(2014, 3, 31), "P Grants", HR)


def test_after_its_end_a_period_waits_for_the_annual_report() -> None:
    """The sixtieth day after 31 December 2014 is Sunday, 1 March 2015."""
    cast.told(acts=cast.BEFORE_REPORT)
    assert told(date(2014, 12, 31), "end:") == (date(2014, 12, 31), "P Effective Date", set())
    today = date(2015, 2, 24)
    assert told(today, "end:") is None
    assert told(today, "report:") == (date(2015, 3, 2), "GA §4", SA)
    assert told(today, "certify:") is None


def test_a_certification_is_asked_of_whoever_has_the_next_step() -> None:
    telling = cast.told(acts=cast.BEFORE_CERTIFICATION)
    filed = date(2015, 2, 24)
    assert told(filed, "report:") is None
    assert told(filed, "certify:") == (filed, "GA §4", SA)
    by_administrator = {"by": telling.administrator, "at": cast.noon(filed)}
    perform(request_run(period=telling.period, is_final=True, **by_administrator).pk)
    assert told(filed, "certify:") == (filed, "GA §4", SEC)
    run = latest_final_run(telling.period)
    assert run
    act = propose_act(
        kind="certification",
        request={"period": telling.period.label, "run": str(run.public_id)},
        by=telling.secretary,
        at=cast.noon(filed),
    )
    assert told(filed, "certify:") == (filed, "GA §4", CM)
    assert cast.sign_all(act, filed).adopted
    assert told(filed, "certify:") is None
    assert told(filed, "settlement:") == (date(2015, 3, 26), "GA §4", SA)


def test_a_settlement_goes_from_the_stock_administrator_to_finance_and_is_done() -> None:
    telling = cast.told(acts=8)  # the unsigned notice is signed on 27 March
    today, key = date(2015, 3, 27), "settlement:"
    assert told(today, key) == (date(2015, 3, 26), "GA §4", SA)
    batch = cast.batch_to_approve(telling, today)
    assert told(today, key) == (date(2015, 3, 26), "GA §4", FIN)
    approve(telling, batch, today)
    assert told(today, key) is None


def test_six_months_after_a_separation_what_waited_falls_due() -> None:
    """Separated on 25 February 2015: six months end on Tuesday, 25 August."""
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    specify(telling)
    left_on = date(2015, 2, 25)
    leave(telling, "signed", left_on, "without_cause", is_deferred=True)
    assert told(left_on, "wait:") == (date(2015, 8, 26), "GA §5", SA)
    (wait,) = found(left_on, "wait:")
    assert wait.subject == "signed"
    record_death(
        employee=telling.holders["signed"],
        died_on=date(2015, 6, 1),
        by=telling.secretary,
        at=cast.noon(date(2015, 6, 2)),
    )
    assert told(date(2015, 6, 2), "wait:") == (date(2015, 6, 2), "GA §5", SA)


@pytest.mark.parametrize(
    ("left_on", "reason", "march"),
    [
        (date(2014, 6, 29), "death", date(2015, 3, 15)),
        (date(2015, 1, 2), "without_cause", date(2016, 3, 15)),
        (date(2014, 6, 29), "resignation", None),
    ],
)
def test_the_fifteenth_of_march_is_counsels_where_the_service_condition_fell_away(
    left_on: date, reason: str, march: date | None
) -> None:
    telling = cast.told(acts=cast.BEFORE_CERTIFICATION)
    leave(telling, "signed", left_on, reason)
    expected = (march, "GA §5", SEC | FIN) if march else None
    assert told(left_on, "short-term:") == expected
    certify(telling, date(2015, 2, 24))
    assert told(date(2015, 2, 24), "short-term:") == expected


def test_abroad_insurance_is_remitted_within_fourteen_days_and_tax_made_good_within_ninety(
    due: Telling,
) -> None:
    """Delivered on 26 March 2015: 90 days later is 24 June; 14 after the tax month, 19 April."""
    record(due)
    elect(due, "signed", on=date(2014, 2, 3))
    settle(due, signed=310_000, unsigned=0)
    delivered = date(2015, 3, 26)
    assert told(delivered, "remit:") == (date(2015, 4, 19), "XB", FIN)
    (made_good,) = found(delivered, "made-good:")
    assert (made_good.day, made_good.place, made_good.acts) == (date(2015, 6, 24), "XB", set())
    assert made_good.is_asked_of(due.holders["signed"].user, frozenset({Role.PARTICIPANT}))
    assert not found(delivered, "short-term:")


def test_shares_withheld_from_an_officer_are_reported_within_two_business_days() -> None:
    """Delivered on Friday, 27 March 2015: Tuesday, 31 March."""
    telling = cast.told(acts=9)
    change_status(
        employee=telling.holders["unsigned"],
        subject="officer",
        value="yes",
        starts_on=date(2014, 1, 1),
        by=telling.secretary,
        at=cast.noon(date(2015, 3, 27)),
    )
    reported = told(date(2015, 3, 27), "form-4:withheld:")
    assert reported == (date(2015, 3, 31), "Exchange Act Section 16", SEC)


def test_the_firm_calculates_within_fifteen_days_of_the_trigger() -> None:
    """The event of 15 November 2013: 30 November."""
    telling = control.told()
    comparison = compare(telling)
    assert told(control.EVENT, "parachute:") == (
        date(2013, 11, 30),
        "P Limitation on Payments",
        FIN | SA,
    )
    determine(telling, comparison)
    assert told(control.EVENT, "parachute:") is None
