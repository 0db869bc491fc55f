from datetime import date, timedelta

import pytest

from ltip.rules.discretion import require_increase, require_reduction
from ltip.rules.outcome import Refused

PLACE = "P Award Determination"
APPROVED = date(2012, 5, 23)
AFTER = date(2013, 1, 1)
BEFORE = date(2012, 1, 1)


def reduce(to, **facts):
    require_reduction(
        **({"current": 8_400, "to": to, "settled": False, "certified": False} | facts)
    )


def increase(to, **facts):
    require_increase(
        **(
            {
                "certified": 8_400,
                "to": to,
                "target": 6_000,
                "covered": False,
                "period_start": AFTER,
                "stockholder_approval_date": APPROVED,
                "settled": False,
            }
            | facts
        )
    )


@pytest.mark.parametrize("certified", [True, False])
@pytest.mark.parametrize("to", [0, 5_000, 8_399])
def test_the_committee_may_reduce_any_award_before_it_is_settled(to, certified):
    reduce(to, certified=certified)


@pytest.mark.parametrize("to", [8_400, 8_401])
def test_what_is_not_fewer_shares_is_no_reduction(to):
    with pytest.raises(Refused, match="not fewer than the 8,400") as refusal:
        reduce(to)
    assert refusal.value.place == PLACE


def test_before_anything_is_earned_any_number_may_be_the_most():
    reduce(20_000, current=None)


def test_an_award_reduced_to_nothing_is_not_reduced_further():
    with pytest.raises(Refused, match="not fewer than the 0"):
        reduce(0, current=0)


def test_after_the_certificate_a_reduction_is_refused_by_the_other_reading():
    with pytest.raises(Refused, match="certified") as refusal:
        reduce(5_000, certified=True, after_certification="refused")
    assert refusal.value.place == PLACE
    reduce(5_000, certified=False, after_certification="refused")


@pytest.mark.parametrize("change", [reduce, increase])
def test_a_settled_award_is_neither_reduced_nor_increased(change):
    with pytest.raises(Refused, match="settled") as refusal:
        change(8_399, settled=True)
    assert refusal.value.place == PLACE


@pytest.mark.parametrize("change", [reduce, increase])
def test_a_negative_number_of_shares_is_refused(change):
    with pytest.raises(Refused, match="-1 is no number of shares") as refusal:
        change(-1)
    assert refusal.value.place == PLACE


@pytest.mark.parametrize("to", [8_401, 11_999, 12_000])
def test_others_may_be_increased_up_to_two_shares_each(to):
    increase(to)


@pytest.mark.parametrize("certified", [8_400, None])
def test_nobody_earns_more_than_two_shares_each(certified):
    with pytest.raises(Refused, match="12,001 shares are more than the 12,000") as refusal:
        increase(12_001, certified=certified)
    assert refusal.value.place == "GA recitals"


def test_a_covered_employee_is_never_increased_above_the_certified_level():
    for to in (8_399, 8_400, 0):
        increase(to, covered=True)
    with pytest.raises(Refused, match="8,401 shares are above the certified level") as refusal:
        increase(8_401, covered=True)
    assert refusal.value.place == PLACE
    assert "23 May 2012" in refusal.value.reason


def test_two_shares_each_or_not_a_covered_employee_is_refused_as_one():
    with pytest.raises(Refused) as refusal:
        increase(12_001, covered=True)
    assert refusal.value.place == PLACE


@pytest.mark.parametrize("days", [-1, 0])
def test_the_bar_holds_for_periods_that_begin_after_the_approval_only(days):
    increase(12_000, covered=True, period_start=APPROVED + timedelta(days=days))
    with pytest.raises(Refused):
        increase(12_000, covered=True, period_start=APPROVED + timedelta(days=1))


def test_without_an_approval_there_is_no_bar():
    increase(12_000, covered=True, stockholder_approval_date=None)


@pytest.mark.parametrize("facts", [{"covered": False}, {"covered": True, "period_start": BEFORE}])
def test_by_the_other_reading_nobody_is_increased(facts):
    increase(8_400, others="refused", **facts)
    with pytest.raises(Refused, match="8,401 shares are above the certified 8,400") as refusal:
        increase(8_401, others="refused", **facts)
    assert refusal.value.place == PLACE


@pytest.mark.parametrize("covered", [True, False])
def test_before_the_certificate_there_is_no_level_to_increase(covered):
    with pytest.raises(Refused, match="no certified level") as refusal:
        increase(5_000, certified=None, covered=covered)
    assert refusal.value.place == PLACE
    assert refusal.value.remedy == "Certify first."


def test_unknown_readings_are_refused():
    with pytest.raises(Refused, match=r"reduction\.after_certification") as refusal:
        reduce(1, after_certification="asked")
    assert refusal.value.place == "P Administration"
    with pytest.raises(Refused, match=r"increase\.others") as refusal:
        increase(1, others="asked")
    assert refusal.value.place == "P Administration"


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda: reduce(1, settled=True), "the award is settled, and its shares are fixed."),
        (
            lambda: reduce(1, certified=True, after_certification="refused"),
            "the award is certified, and by the Committee's reading is not reduced any more.",
        ),
        (
            lambda: increase(1, certified=None),
            "there is no certified level yet to increase.",
        ),
        (
            lambda: reduce(1, after_certification="asked"),
            "'asked' is no reading of reduction.after_certification; it is allowed or refused.",
        ),
        (
            lambda: increase(1, others="asked"),
            "'asked' is no reading of increase.others; it is allowed or refused.",
        ),
    ],
)
def test_the_refusals_say_what_is_wrong(act, reason):
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.reason == reason
