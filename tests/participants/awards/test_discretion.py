"""Reducing and increasing awards (rulebook 5.3, 5.4), from the act to what is due."""

import json
from datetime import date

import pytest

from committee.members import seat_member
from committee.models import Ending
from committee.protocol import kind_named
from ltip.desk.scenarios.telling import Telling
from ltip.rules.outcome import Refused
from participants.people.leaving import end_service
from tests import cast
from tests.participants.awards import deciding
from tests.participants.awards.deciding import (
    BETWEEN,
    CERTIFIED_ON,
    IN_THE_PERIOD,
    SETTLES_ON,
    propose,
    setting,
    shares_due,
    standing,
)


@pytest.fixture
def running(db: None) -> Telling:
    return cast.told(acts=cast.BEFORE_CERTIFICATION)


@pytest.fixture
def certified(db: None) -> Telling:
    return cast.told(acts=cast.BEFORE_SETTLEMENT)


def test_a_reduction_before_the_certification_caps_what_is_certified(running: Telling) -> None:
    """100 % of 300 would be 300; the cap leaves 120. The 41 of the other stay."""
    cast.adopt(running, "discretion", setting(running, "reduce", 120), IN_THE_PERIOD)
    assert standing(running).cap().value == 120
    deciding.certify(running)
    assert standing(running).earned.shares == 120
    assert shares_due(running) == 120
    assert shares_due(running, "unsigned") == 41


def test_a_cap_above_what_performance_earns_takes_nothing_away(running: Telling) -> None:
    cast.adopt(running, "discretion", setting(running, "reduce", 301), IN_THE_PERIOD)
    deciding.certify(running)
    assert shares_due(running) == 300


def test_a_reduction_after_the_certification_is_what_is_issued(certified: Telling) -> None:
    cast.adopt(certified, "discretion", setting(certified, "reduce", 180), BETWEEN)
    due = standing(certified).entitlement().value
    assert (due.shares, due.settles_on, due.forfeited) == (180, SETTLES_ON, False)
    assert standing(certified).state_on(BETWEEN) == "earned"
    assert standing(certified).earned.shares == 300  # the certificate stays as it was


def test_a_reduction_to_nothing_is_possible(certified: Telling) -> None:
    cast.adopt(certified, "discretion", setting(certified, "reduce", 0), BETWEEN)
    assert shares_due(certified) == 0


@pytest.mark.parametrize("to", [300, 301])
def test_a_reduction_leaves_fewer_than_are_due(certified: Telling, to: int) -> None:
    with pytest.raises(Refused, match="P Award Determination"):
        propose(certified, "discretion", setting(certified, "reduce", to), BETWEEN)


def test_one_share_fewer_is_a_reduction(certified: Telling) -> None:
    cast.adopt(certified, "discretion", setting(certified, "reduce", 299), BETWEEN)
    assert shares_due(certified) == 299


@pytest.mark.parametrize("to", [600, 601])
def test_before_the_certification_a_cap_lies_below_the_most_it_can_earn(
    running: Telling, to: int
) -> None:
    with pytest.raises(Refused, match="P Award Determination"):
        propose(running, "discretion", setting(running, "reduce", to), IN_THE_PERIOD)


@pytest.mark.parametrize("to", [599, 600])
def test_others_are_increased_up_to_two_shares_each(certified: Telling, to: int) -> None:
    cast.adopt(certified, "discretion", setting(certified, "increase", to), BETWEEN)
    assert shares_due(certified) == to


def test_more_than_two_shares_each_is_refused(certified: Telling) -> None:
    with pytest.raises(Refused, match="GA recitals"):
        propose(certified, "discretion", setting(certified, "increase", 601), BETWEEN)


@pytest.mark.parametrize("to", [299, 300])
def test_an_increase_leaves_more_than_are_due(certified: Telling, to: int) -> None:
    with pytest.raises(Refused, match="that is no increase"):
        propose(certified, "discretion", setting(certified, "increase", to), BETWEEN)


def test_nothing_is_increased_before_it_is_certified(running: Telling) -> None:
    with pytest.raises(Refused, match="P Award Determination"):
        propose(running, "discretion", setting(running, "increase", 400), IN_THE_PERIOD)


def covered(approved_on: date) -> Telling:
    telling = deciding.with_facts(
        acts=cast.BEFORE_SETTLEMENT, program={"stockholder_approval_date": approved_on}
    )
    from participants.people.services import change_status

    change_status(
        employee=telling.holders["signed"],
        subject="covered",
        value="yes",
        starts_on=date(2012, 1, 1),
        by=telling.secretary,
        at=telling.told_at,
    )
    return telling


@pytest.mark.django_db
def test_a_covered_employee_stays_at_the_certified_level_in_later_periods() -> None:
    """The period began on 1 January 2013, the day after the stockholders approved."""
    telling = covered(date(2012, 12, 31))
    with pytest.raises(Refused, match="P Award Determination"):
        propose(telling, "discretion", setting(telling, "increase", 301), BETWEEN)
    cast.adopt(telling, "discretion", setting(telling, "reduce", 200), BETWEEN)
    cast.adopt(telling, "discretion", setting(telling, "increase", 300), BETWEEN)
    assert shares_due(telling) == 300


@pytest.mark.django_db
@pytest.mark.parametrize("approved_on", [date(2013, 1, 1), date(2013, 1, 2)])
def test_a_period_that_began_by_the_approval_is_not_closed(approved_on: date) -> None:
    telling = covered(approved_on)
    cast.adopt(telling, "discretion", setting(telling, "increase", 301), BETWEEN)
    assert shares_due(telling) == 301


@pytest.mark.django_db
def test_only_covered_employees_are_held_to_the_certified_level() -> None:
    telling = covered(date(2012, 12, 31))
    cast.adopt(telling, "discretion", setting(telling, "increase", 82, "unsigned"), BETWEEN)
    assert shares_due(telling, "unsigned") == 82


def test_a_settled_award_is_neither_reduced_nor_increased(certified: Telling) -> None:
    deciding.settle(certified)
    for direction, to in (("reduce", 100), ("increase", 400)):
        with pytest.raises(Refused, match="P Award Determination.*settled"):
            propose(certified, "discretion", setting(certified, direction, to), SETTLES_ON)


def test_a_forfeited_award_is_not_reduced(running: Telling) -> None:
    end_service(
        employee=running.holders["signed"],
        ended_on=IN_THE_PERIOD,
        reason="resignation",
        by=running.secretary,
        at=cast.noon(IN_THE_PERIOD),
    )
    with pytest.raises(Refused, match="P Termination of Employment"):
        propose(running, "discretion", setting(running, "reduce", 100), IN_THE_PERIOD)


def test_the_readings_of_the_day_can_close_both(certified: Telling) -> None:
    readings = {"reduction.after_certification": "refused", "increase.others": "refused"}
    construed = {"readings": readings, "effective_on": BETWEEN, "reason": "So we read it."}
    cast.adopt(certified, "reading", construed, BETWEEN)
    for direction, to in (("reduce", 200), ("increase", 400)):
        with pytest.raises(Refused, match="by the Committee's reading"):
            propose(certified, "discretion", setting(certified, direction, to), BETWEEN)


def test_a_holder_who_leaves_voids_the_act_that_was_open(certified: Telling) -> None:
    act = propose(certified, "discretion", setting(certified, "reduce", 180), BETWEEN)
    cast.sign(act, certified.members[0], cast.noon(BETWEEN))
    end_service(
        employee=certified.holders["signed"],
        ended_on=BETWEEN,
        reason="resignation",
        by=certified.secretary,
        at=cast.noon(BETWEEN),
    )
    assert cast.sign(act, certified.members[1], cast.noon(BETWEEN)).voided
    assert Ending.objects.get(act=act).reason == Ending.Reason.VOIDED
    assert not standing(certified).discretions


def test_a_member_who_holds_an_award_has_an_interest_in_the_act_and_another_holder_none(
    certified: Telling,
) -> None:
    holder = certified.holders["signed"].user
    seat_member(
        user=holder,
        position="member",
        starts_on=BETWEEN,
        by=certified.secretary,
        at=cast.noon(BETWEEN),
    )
    both = setting(certified, "reduce", 180)
    both["lines"] += setting(certified, "reduce", 20, "unsigned")["lines"]
    act = propose(certified, "discretion", both, BETWEEN)
    (interested,) = kind_named("discretion").interested([json.loads(act.exhibit)])
    assert interested == {str(holder.public_id)}


def test_several_awards_of_a_period_are_set_in_one_act(certified: Telling) -> None:
    both = setting(certified, "reduce", 150)
    both["lines"] += setting(certified, "increase", 50, "unsigned")["lines"]
    act = cast.adopt(certified, "discretion", both, BETWEEN)
    assert (shares_due(certified), shares_due(certified, "unsigned")) == (150, 50)
    assert "signed for the performance period 2013–2014 is reduced from 300 to 150" in act.exhibit
    assert act.title == "Reduce and increase 2 awards for 2013–2014"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"direction": "double"}, "reduced or increased"),
        ({"to": -1}, "whole number"),
        ({"to": True}, "whole number"),
        ({"reason": "  "}, "the reason is to be said"),
    ],
)
def test_what_is_asked_is_said_whole(certified: Telling, change: dict, said: str) -> None:
    request = setting(certified, "reduce", 100)
    request["lines"][0] |= change
    with pytest.raises(Refused, match=said):
        propose(certified, "discretion", request, BETWEEN)


def test_an_award_is_named_once_and_is_one_of_the_period(certified: Telling) -> None:
    request = setting(certified, "reduce", 100)
    with pytest.raises(Refused, match="named twice"):
        propose(certified, "discretion", request | {"lines": request["lines"] * 2}, BETWEEN)
    with pytest.raises(Refused, match="No award is named"):
        propose(certified, "discretion", request | {"lines": []}, BETWEEN)


def test_it_is_dated_by_the_last_signature(certified: Telling) -> None:
    act = propose(certified, "discretion", setting(certified, "reduce", 180), CERTIFIED_ON)
    cast.sign_all(act, BETWEEN)
    assert standing(certified).discretions[0].decided_on == BETWEEN
