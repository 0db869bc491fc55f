"""An attempted transfer (rulebook 9.5; GA §10) and a delay for the deduction (rulebook 9.6)."""

from datetime import date

import pytest

from ltip.desk.scenarios.telling import Telling
from ltip.rules.outcome import Refused
from participants.people.leaving import end_service
from tests import cast
from tests.participants.awards import deciding
from tests.participants.awards.deciding import (
    BETWEEN,
    IN_THE_PERIOD,
    SETTLES_ON,
    propose,
    public_id,
    shares_due,
    standing,
)


@pytest.fixture
def running(db: None) -> Telling:
    return cast.told(acts=cast.BEFORE_CERTIFICATION)


@pytest.fixture
def certified(db: None) -> Telling:
    return cast.told(acts=cast.BEFORE_SETTLEMENT)


def attempt(telling: Telling, on: date = IN_THE_PERIOD) -> dict[str, object]:
    return {
        "award": public_id(telling),
        "attempted_on": on,
        "description": "The award was pledged for a loan.",
    }


def delaying(telling: Telling, year: int = 2016, **changes: object) -> dict[str, object]:
    return {
        "awards": [public_id(telling)],
        "first_deductible_year": year,
        "reason": "The deduction would be lost in 2015.",
        "is_nonqualified_deferred": True,
        "deduction_lost": True,
    } | changes


def test_an_attempted_transfer_makes_the_award_void(running: Telling) -> None:
    cast.adopt(running, "transfer_finding", attempt(running), BETWEEN)
    assert standing(running).state_on(BETWEEN) == "void"
    deciding.certify(running)
    due = standing(running).entitlement().value
    assert (due.shares, due.settles_on) == (0, None)
    assert shares_due(running, "unsigned") == 41


def test_a_certified_award_becomes_void_too(certified: Telling) -> None:
    cast.adopt(certified, "transfer_finding", attempt(certified), BETWEEN)
    assert standing(certified).state_on(BETWEEN) == "void"
    assert shares_due(certified) == 0


def test_by_the_other_reading_only_the_attempt_is_void(certified: Telling) -> None:
    readings = {"transfer.effect": "attempt_only"}
    construed = {"readings": readings, "effective_on": BETWEEN, "reason": "So we read it."}
    cast.adopt(certified, "reading", construed, BETWEEN)
    act = cast.adopt(certified, "transfer_finding", attempt(certified), BETWEEN)
    assert standing(certified).state_on(BETWEEN) == "earned"
    assert shares_due(certified) == 300
    assert "The award goes on." in act.exhibit
    with pytest.raises(Refused, match="GA §10: An attempt was found on 2 March 2015"):
        propose(certified, "transfer_finding", attempt(certified), BETWEEN)


def test_a_reading_decided_meanwhile_voids_the_act_that_was_open(certified: Telling) -> None:
    act = propose(certified, "transfer_finding", attempt(certified), BETWEEN)
    readings = {"transfer.effect": "attempt_only"}
    construed = {"readings": readings, "effective_on": BETWEEN, "reason": "So we read it."}
    cast.adopt(certified, "reading", construed, BETWEEN)
    assert cast.sign(act, certified.members[0], cast.noon(BETWEEN)).voided


def test_a_settled_award_is_the_holders_to_transfer(certified: Telling) -> None:
    deciding.settle(certified)
    with pytest.raises(Refused, match="GA §10.*settled"):
        propose(certified, "transfer_finding", attempt(certified), SETTLES_ON)


def test_a_void_award_is_not_found_void_again(certified: Telling) -> None:
    cast.adopt(certified, "transfer_finding", attempt(certified), BETWEEN)
    with pytest.raises(Refused, match="GA §10"):
        propose(certified, "transfer_finding", attempt(certified), BETWEEN)


def test_the_attempt_lies_between_the_grant_and_today(certified: Telling) -> None:
    """Granted on 4 February 2013."""
    asked = attempt(certified, date(2013, 2, 3))
    with pytest.raises(Refused, match="GA §10.*granted on 4 February 2013"):
        propose(certified, "transfer_finding", asked, BETWEEN)
    with pytest.raises(Refused, match="GA §10"):
        propose(certified, "transfer_finding", attempt(certified, date(2015, 3, 3)), BETWEEN)
    for day in (date(2013, 2, 4), BETWEEN):
        act = propose(certified, "transfer_finding", attempt(certified, day), BETWEEN)
        cast.committee.withdraw_act(
            act=act, explanation="A test.", by=certified.secretary, at=cast.noon(BETWEEN)
        )


def test_a_delayed_settlement_waits_for_the_first_deductible_year(certified: Telling) -> None:
    cast.adopt(certified, "settlement_deferral", delaying(certified), BETWEEN)
    due = standing(certified).entitlement().value
    assert (due.shares, due.settles_on, due.delayed) == (300, date(2016, 1, 1), True)
    assert standing(certified).state_on(SETTLES_ON) == "delayed"
    with pytest.raises(Refused):
        deciding.settle(certified)


def test_a_delay_decided_before_the_certification_holds_after_it(running: Telling) -> None:
    cast.adopt(running, "settlement_deferral", delaying(running), IN_THE_PERIOD)
    deciding.certify(running)
    assert standing(running).entitlement().value.settles_on == date(2016, 1, 1)


def test_the_end_of_service_ends_the_delay(certified: Telling) -> None:
    cast.adopt(certified, "settlement_deferral", delaying(certified), BETWEEN)
    end_service(
        employee=certified.holders["signed"],
        ended_on=date(2015, 6, 30),
        reason="resignation",
        by=certified.secretary,
        at=cast.noon(date(2015, 6, 30)),
    )
    due = standing(certified).entitlement().value
    assert (due.shares, due.settles_on) == (300, date(2015, 6, 30))


@pytest.mark.parametrize("year", [2014, 2015])
def test_a_year_that_is_not_later_delays_nothing(certified: Telling, year: int) -> None:
    """It settles in 2015."""
    with pytest.raises(Refused, match="P Qualified Performance-Based Compensation"):
        propose(certified, "settlement_deferral", delaying(certified, year), BETWEEN)


def test_a_later_act_puts_another_year_in_its_place(certified: Telling) -> None:
    cast.adopt(certified, "settlement_deferral", delaying(certified, 2017), BETWEEN)
    cast.adopt(certified, "settlement_deferral", delaying(certified, 2016), BETWEEN)
    assert standing(certified).entitlement().value.settles_on == date(2016, 1, 1)


@pytest.mark.parametrize("missing", ["is_nonqualified_deferred", "deduction_lost"])
def test_both_conditions_of_a_delay_are_asked_for(certified: Telling, missing: str) -> None:
    asked = delaying(certified, **{missing: False})
    with pytest.raises(Refused, match="P Qualified Performance-Based Compensation"):
        propose(certified, "settlement_deferral", asked, BETWEEN)


def test_a_settled_award_is_not_delayed(certified: Telling) -> None:
    deciding.settle(certified)
    with pytest.raises(Refused, match="P Qualified Performance-Based Compensation.*settled"):
        propose(certified, "settlement_deferral", delaying(certified), SETTLES_ON)
