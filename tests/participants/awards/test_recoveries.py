"""Recovering awards (rulebook 9.4): before the settlement, after it, and what comes back."""

from datetime import date
from typing import Any

import pytest

from ltip.desk.scenarios.telling import Telling
from ltip.rules.outcome import Refused
from participants.awards.changing import record_receipt
from participants.awards.models import Recovery
from participants.awards.recovering import RecoveryState, recovery_states
from tests import cast
from tests.participants.awards import deciding
from tests.participants.awards.deciding import (
    AFTER,
    BETWEEN,
    IN_THE_PERIOD,
    SETTLES_ON,
    propose,
    public_id,
    shares_due,
    standing,
)

LATER = date(2015, 5, 4)


@pytest.fixture
def certified(db: None) -> Telling:
    return cast.told(acts=cast.BEFORE_SETTLEMENT)


@pytest.fixture
def settled(certified: Telling) -> Telling:
    deciding.settle(certified)
    return certified


def recovering(telling: Telling, shares: int, **more: Any) -> dict[str, Any]:
    return {
        "award": public_id(telling),
        "shares": shares,
        "policy": "the recovery policy of 1 March 2013",
        "reason": "The revenue of 2014 was restated.",
    } | more


def receive(telling: Telling, **told: Any) -> None:
    what = {"received_on": LATER, "shares": 0, "amount_minor": 0, "note": ""} | told
    record_receipt(
        recovery=Recovery.objects.get(), by=telling.approver, at=cast.noon(LATER), **what
    )


def state() -> RecoveryState:
    recovery = Recovery.objects.get()
    return recovery_states([recovery])[recovery.pk]


@pytest.mark.django_db
def test_before_the_certification_the_shares_are_taken_off_what_is_certified() -> None:
    telling = cast.told(acts=cast.BEFORE_CERTIFICATION)
    cast.adopt(telling, "recovery", recovering(telling, 100), IN_THE_PERIOD)
    deciding.certify(telling)
    assert standing(telling).earned.shares == 300
    assert shares_due(telling) == 200


@pytest.mark.django_db
def test_before_the_certification_no_more_than_the_award_can_earn_is_recovered() -> None:
    """300 Performance Shares earn at most 600."""
    telling = cast.told(acts=cast.BEFORE_CERTIFICATION)
    with pytest.raises(Refused, match="P Compensation Subject to Recovery"):
        propose(telling, "recovery", recovering(telling, 601), IN_THE_PERIOD)
    cast.adopt(telling, "recovery", recovering(telling, 600), IN_THE_PERIOD)
    with pytest.raises(Refused, match="Only 0 shares can be recovered, not 1"):
        propose(telling, "recovery", recovering(telling, 1), IN_THE_PERIOD)


def test_before_the_settlement_the_shares_are_taken_off_what_is_due(certified: Telling) -> None:
    cast.adopt(certified, "recovery", recovering(certified, 120), BETWEEN)
    assert shares_due(certified) == 180
    assert standing(certified).state_on(BETWEEN) == "recovered"
    assert (state().is_claim, state().shares_outstanding) == (False, 0)
    deciding.settle(certified)
    assert standing(certified).settlement.shares == 180
    assert (state().is_claim, state().shares_outstanding) == (False, 0)


@pytest.mark.parametrize(("shares", "left"), [(299, 1), (300, 0)])
def test_all_that_is_due_can_be_recovered(certified: Telling, shares: int, left: int) -> None:
    cast.adopt(certified, "recovery", recovering(certified, shares), BETWEEN)
    assert shares_due(certified) == left


def test_no_more_than_is_due_is_recovered(certified: Telling) -> None:
    with pytest.raises(Refused, match="P Compensation Subject to Recovery: Only 300 shares"):
        propose(certified, "recovery", recovering(certified, 301), BETWEEN)


def test_after_the_settlement_it_is_a_claim(settled: Telling) -> None:
    act = cast.adopt(settled, "recovery", recovering(settled, 100), AFTER)
    assert "the holder owes them to the company" in act.exhibit
    assert standing(settled).settlement.shares == 300
    assert standing(settled).state_on(AFTER) == "recovered"
    assert standing(settled).state_on(SETTLES_ON) == "settled"
    assert (state().is_claim, state().shares_outstanding) == (True, 100)


def test_what_was_claimed_before_cannot_be_claimed_again(settled: Telling) -> None:
    cast.adopt(settled, "recovery", recovering(settled, 100), AFTER)
    with pytest.raises(Refused, match="Only 200 shares can be recovered, not 201"):
        propose(settled, "recovery", recovering(settled, 201), AFTER)
    cast.adopt(settled, "recovery", recovering(settled, 200), AFTER)


def test_receipts_are_kept_until_nothing_is_outstanding(settled: Telling) -> None:
    cast.adopt(settled, "recovery", recovering(settled, 100), AFTER)
    receive(settled, shares=60, note="Returned by book entry.")
    assert (state().shares_received, state().shares_outstanding) == (60, 40)
    with pytest.raises(Refused, match="41 shares are more than the 40 still to come"):
        receive(settled, shares=41)
    receive(settled, shares=40)
    assert not state().is_open


def test_money_is_received_to_the_cent(settled: Telling) -> None:
    asked = recovering(settled, 0, amount_minor=123456)
    act = cast.adopt(settled, "recovery", asked, AFTER)
    assert act.title == "Recover $1,234.56 of signed for 2013–2014"
    receive(settled, amount_minor=123455)
    assert state().amount_outstanding == 1
    with pytest.raises(Refused, match=r"\$0\.02 is more than the \$0\.01"):
        receive(settled, amount_minor=2)
    receive(settled, amount_minor=1)
    assert not state().is_open


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"shares": -1},
        {"shares": 1, "amount_minor": -1},
        {"shares": 1, "received_on": date(2015, 3, 31)},
        {"shares": 1, "received_on": date(2015, 5, 5)},
        {"amount_minor": 1},
    ],
)
def test_what_is_no_receipt_is_refused(settled: Telling, told: dict[str, Any]) -> None:
    """Determined on 1 April, recorded on 4 May 2015; no money is due."""
    cast.adopt(settled, "recovery", recovering(settled, 100), AFTER)
    with pytest.raises(Refused, match="P Compensation Subject to Recovery"):
        receive(settled, **told)
    assert state().receipts == ()


@pytest.mark.parametrize("day", [AFTER, LATER])
def test_a_receipt_is_of_a_day_from_the_determination_until_today(
    settled: Telling, day: date
) -> None:
    cast.adopt(settled, "recovery", recovering(settled, 100), AFTER)
    receive(settled, shares=1, received_on=day)
    assert state().receipts[0].received_on == day


def test_nothing_comes_back_of_shares_that_were_never_issued(certified: Telling) -> None:
    cast.adopt(certified, "recovery", recovering(certified, 100), BETWEEN)
    with pytest.raises(Refused, match="more than the 0 still to come"):
        receive(certified, shares=1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"shares": 0}, "Nothing is to be recovered"),
        ({"shares": -5}, "whole number"),
        ({"policy": ""}, "The recovery policy is to be said"),
        ({"reason": ""}, "The reason is to be said"),
        ({"currency": "XXX", "amount_minor": 1}, "XXX"),
    ],
)
def test_a_recovery_says_what_under_what_and_why(
    certified: Telling, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        propose(certified, "recovery", recovering(certified, 10) | change, BETWEEN)


def test_a_settlement_meanwhile_voids_the_act_that_was_open(certified: Telling) -> None:
    act = propose(certified, "recovery", recovering(certified, 100), BETWEEN)
    deciding.settle(certified)
    assert cast.sign(act, certified.members[0], cast.noon(AFTER)).voided


def test_two_recoveries_of_different_holders_can_be_open_at_once(certified: Telling) -> None:
    propose(certified, "recovery", recovering(certified, 100), BETWEEN)
    other = recovering(certified, 5, award=public_id(certified, "unsigned"))
    propose(certified, "recovery", other, BETWEEN)
    with pytest.raises(Refused, match="of the same kind for 2013–2014, signed"):
        propose(certified, "recovery", recovering(certified, 50), BETWEEN)
