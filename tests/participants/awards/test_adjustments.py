"""Adjusting the outstanding Performance Shares for a transaction (rulebook 6.6; GA §11)."""

from datetime import date

import pytest

from ltip.desk.scenarios.telling import Telling
from ltip.rules.outcome import Refused
from participants.awards.models import Adjustment, AwardAdjustment
from tests import cast
from tests.participants.awards import deciding
from tests.participants.awards.deciding import (
    BETWEEN,
    IN_THE_PERIOD,
    SETTLES_ON,
    propose,
    setting,
    shares_due,
    standing,
)

SPLIT = {"ratio": "1.5", "transaction": "The split of three for two of 2 June 2014."}


@pytest.fixture
def running(db: None) -> Telling:
    return cast.told(acts=cast.BEFORE_CERTIFICATION)


@pytest.fixture
def certified(db: None) -> Telling:
    return cast.told(acts=cast.BEFORE_SETTLEMENT)


def rows() -> list[tuple[int, int, int | None, int | None]]:
    found = AwardAdjustment.objects.order_by("-target_before")
    names = ("target_before", "target_after", "earned_before", "earned_after")
    return list(found.values_list(*names))


def test_a_split_before_the_certification_adjusts_each_target_rounded_down(
    running: Telling,
) -> None:
    """300 × 1.5 = 450; 41 × 1.5 = 61.5, which is 61."""
    cast.adopt(running, "adjustment", SPLIT, IN_THE_PERIOD)
    assert rows() == [(300, 450, None, None), (41, 61, None, None)]
    assert (standing(running).target, standing(running, "unsigned").target) == (450, 61)
    deciding.certify(running)
    assert (shares_due(running), shares_due(running, "unsigned")) == (450, 61)


def test_a_split_after_the_certification_adjusts_what_is_due(certified: Telling) -> None:
    cast.adopt(certified, "adjustment", SPLIT, BETWEEN)
    assert rows() == [(300, 450, 300, 450), (41, 61, 41, 61)]
    assert (shares_due(certified), shares_due(certified, "unsigned")) == (450, 61)
    assert standing(certified).entitlement().value.settles_on == SETTLES_ON


def test_one_new_for_ten_old(running: Telling) -> None:
    """300 × 0.1 = 30; 41 × 0.1 = 4.1, which is 4."""
    cast.adopt(running, "adjustment", SPLIT | {"ratio": "0.10"}, IN_THE_PERIOD)
    assert rows() == [(300, 30, None, None), (41, 4, None, None)]
    assert Adjustment.objects.get().ratio == "0.1"


def test_what_a_reduction_capped_is_adjusted_with_its_award(running: Telling) -> None:
    """At most 121, times 1.5, is 181.5: at most 181 of the 450 that 100 % would earn."""
    cast.adopt(running, "discretion", setting(running, "reduce", 121), IN_THE_PERIOD)
    cast.adopt(running, "adjustment", SPLIT, IN_THE_PERIOD)
    deciding.certify(running)
    assert shares_due(running) == 181


def test_what_the_committee_increases_afterwards_counts_from_the_adjusted_level(
    certified: Telling,
) -> None:
    """The target became 450: two shares each are 900."""
    cast.adopt(certified, "adjustment", SPLIT, BETWEEN)
    with pytest.raises(Refused, match="GA recitals"):
        propose(certified, "discretion", setting(certified, "increase", 901), BETWEEN)
    cast.adopt(certified, "discretion", setting(certified, "increase", 900), BETWEEN)
    assert shares_due(certified) == 900


def test_a_settled_award_is_left_as_it_is(certified: Telling) -> None:
    deciding.settle(certified)
    cast.adopt(certified, "adjustment", SPLIT, SETTLES_ON)
    assert rows() == [(41, 61, 41, 61)]
    assert standing(certified).target == 300


def test_a_void_award_is_left_as_it_is(certified: Telling) -> None:
    found = {"award": deciding.public_id(certified), "attempted_on": "2014-05-05"}
    cast.adopt(certified, "transfer_finding", found | {"description": "A pledge."}, BETWEEN)
    cast.adopt(certified, "adjustment", SPLIT, BETWEEN)
    assert rows() == [(41, 61, 41, 61)]


@pytest.mark.parametrize("ratio", ["0", "-1.5", "1", "1.0", "three for two", "NaN", ""])
def test_a_ratio_is_a_number_above_zero_that_changes_something(
    running: Telling, ratio: str
) -> None:
    with pytest.raises(Refused, match="GA §11"):
        propose(running, "adjustment", SPLIT | {"ratio": ratio}, IN_THE_PERIOD)


def test_the_same_transaction_is_adjusted_for_once(running: Telling) -> None:
    cast.adopt(running, "adjustment", SPLIT, IN_THE_PERIOD)
    with pytest.raises(Refused, match="adjusted for on 2 June 2014"):
        propose(running, "adjustment", SPLIT | {"ratio": "1.50"}, IN_THE_PERIOD)


@pytest.mark.django_db
def test_without_an_outstanding_award_nothing_is_adjusted() -> None:
    telling = cast.told(acts=cast.BEFORE_GRANTS)
    with pytest.raises(Refused, match="GA §11: No award is outstanding"):
        propose(telling, "adjustment", SPLIT, IN_THE_PERIOD)


def test_a_certification_meanwhile_voids_the_act_that_was_open(running: Telling) -> None:
    act = propose(running, "adjustment", SPLIT, date(2015, 1, 5))
    deciding.certify(running)
    assert cast.sign(act, running.members[0], cast.noon(BETWEEN)).voided
