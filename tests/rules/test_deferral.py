from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.calendars import is_business_day
from ltip.rules.deferral import (
    covered_status_warning,
    deduction_deferral,
    require_deduction_deferral,
    short_term_deferral_deadline,
    short_term_deferral_warning,
    six_month_wait,
)
from ltip.rules.outcome import Refused

DEDUCTION = "P Qualified Performance-Based Compensation"


def paid_on(separated_on, payable_on, *, specified=True, deferred=True, died_on=None):
    return six_month_wait(
        payable_on=payable_on,
        separated_on=separated_on,
        specified=specified,
        deferred=deferred,
        died_on=died_on,
    )


@pytest.mark.parametrize(
    ("separated_on", "paid"),
    [
        # Six months end on Friday 28 February 2014, and the next business day is Monday.
        (date(2013, 8, 31), date(2014, 3, 3)),
        (date(2013, 8, 30), date(2014, 3, 3)),
        (date(2014, 3, 10), date(2014, 9, 11)),
        # 5 October 2014 is a Sunday.
        (date(2014, 4, 5), date(2014, 10, 6)),
        # 31 December 2013 ends them; 1 January is a holiday.
        (date(2013, 6, 30), date(2013, 12, 31)),
        (date(2013, 7, 1), date(2014, 1, 2)),
    ],
)
def test_a_specified_employee_waits_until_the_first_business_day_after_six_months(
    separated_on, paid
):
    assert paid_on(separated_on, separated_on).value == paid


@pytest.mark.parametrize(
    ("payable_on", "paid"),
    [
        (date(2014, 2, 27), date(2014, 3, 3)),
        (date(2014, 2, 28), date(2014, 3, 3)),
        (date(2014, 3, 1), date(2014, 3, 1)),
        (date(2014, 4, 4), date(2014, 4, 4)),
    ],
)
def test_what_becomes_payable_after_the_six_months_does_not_wait(payable_on, paid):
    assert paid_on(date(2013, 8, 31), payable_on).value == paid


@pytest.mark.parametrize(
    ("died_on", "paid"),
    [
        (date(2013, 8, 31), date(2013, 9, 30)),
        (date(2013, 10, 11), date(2013, 10, 15)),
        (date(2014, 2, 27), date(2014, 2, 28)),
        (date(2014, 2, 28), date(2014, 3, 3)),
        (date(2014, 3, 1), date(2014, 3, 3)),
    ],
)
def test_death_ends_the_wait_sooner(died_on, paid):
    # 14 October 2013 is Columbus Day, the Monday after a Friday's death.
    outcome = paid_on(date(2013, 8, 31), date(2013, 9, 30), died_on=died_on)
    assert outcome.value == paid
    assert ("death" in outcome.steps[0].sentence) is (died_on < date(2014, 2, 28))


@pytest.mark.parametrize(("specified", "deferred"), [(True, False), (False, True), (False, False)])
def test_only_a_specified_employees_deferred_compensation_waits(specified, deferred):
    outcome = paid_on(date(2013, 8, 31), date(2013, 9, 30), specified=specified, deferred=deferred)
    assert outcome.value == date(2013, 9, 30)
    assert "Nothing waits" in outcome.steps[0].sentence


def test_the_step_of_the_wait_names_its_end_and_the_day_of_payment():
    step = paid_on(date(2013, 8, 31), date(2013, 9, 30)).steps[0]
    assert "until 28 February 2014, six months after" in step.sentence
    assert "31 August 2013" in step.sentence
    assert step.figure == "3 March 2014"
    assert step.place == "GA §5"


def test_the_step_says_when_the_wait_ended_before():
    step = paid_on(date(2013, 8, 31), date(2014, 3, 22)).steps[0]
    assert "ended on 28 February 2014" in step.sentence
    assert step.figure == "22 March 2014"


def test_a_death_before_the_separation_is_refused():
    with pytest.raises(Refused, match="30 August 2013 cannot precede") as refusal:
        paid_on(date(2013, 8, 31), date(2013, 9, 30), died_on=date(2013, 8, 30))
    assert refusal.value.place == "GA §5"


DAYS = st.dates(min_value=date(2010, 1, 1), max_value=date(2030, 12, 31))


@given(DAYS, DAYS, st.none() | DAYS)
def test_nothing_is_paid_before_it_is_payable_and_a_wait_ends_on_a_business_day(
    separated_on, payable_on, died_on
):
    if died_on is not None and died_on < separated_on:
        died_on = separated_on
    paid = paid_on(separated_on, payable_on, died_on=died_on).value
    assert paid >= payable_on
    assert paid == payable_on or is_business_day(paid)


@pytest.mark.parametrize(
    ("year", "ended", "until", "words"),
    [
        (2016, None, date(2016, 1, 1), "2016 is the first year"),
        (2016, date(2015, 12, 31), date(2015, 12, 31), "service ended on 31 December 2015"),
        (2016, date(2016, 1, 1), date(2016, 1, 1), "2016 is the first year"),
        (2016, date(2016, 1, 2), date(2016, 1, 1), "2016 is the first year"),
        (2016, date(2014, 3, 23), date(2014, 3, 23), "Settlement is delayed"),
        (2016, date(2014, 3, 22), date(2014, 3, 22), "Nothing delays"),
        (2016, date(2014, 1, 10), date(2014, 3, 22), "Nothing delays"),
        (2014, None, date(2014, 3, 22), "Nothing delays"),
    ],
)
def test_a_settlement_waits_for_its_deduction_or_the_end_of_service_if_sooner(
    year, ended, until, words
):
    outcome = deduction_deferral(
        settles_on=date(2014, 3, 22), first_deductible_year=year, end_of_service_on=ended
    )
    assert outcome.value == until
    assert words in outcome.steps[0].sentence
    assert outcome.steps[0].place == DEDUCTION


def test_the_deduction_defers_only_deferred_compensation_whose_deduction_is_lost():
    require_deduction_deferral(is_nonqualified_deferred=True, deduction_lost=True)
    with pytest.raises(Refused, match="not nonqualified") as refusal:
        require_deduction_deferral(is_nonqualified_deferred=False, deduction_lost=True)
    assert refusal.value.place == DEDUCTION
    with pytest.raises(Refused, match="would not be lost") as refusal:
        require_deduction_deferral(is_nonqualified_deferred=True, deduction_lost=False)
    assert refusal.value.place == DEDUCTION


@pytest.mark.parametrize(
    ("period_end", "fell", "deadline"),
    [
        (date(2013, 12, 31), date(2013, 6, 30), date(2014, 3, 15)),
        (date(2013, 12, 31), date(2013, 12, 31), date(2014, 3, 15)),
        (date(2013, 12, 31), date(2014, 1, 1), date(2015, 3, 15)),
        (date(2012, 6, 30), date(2012, 2, 3), date(2013, 3, 15)),
    ],
)
def test_a_short_term_deferral_ends_on_15_march_after_the_later_year(period_end, fell, deadline):
    outcome = short_term_deferral_deadline(period_end=period_end, condition_fell_on=fell)
    assert outcome.value == deadline
    assert outcome.steps[0].place == "GA §5"


def test_the_step_of_the_short_term_deferral_names_both_days():
    step = short_term_deferral_deadline(
        period_end=date(2013, 12, 31), condition_fell_on=date(2012, 6, 29)
    ).steps[0]
    assert "31 December 2013" in step.sentence
    assert "29 June 2012" in step.sentence
    assert step.figure == "15 March 2014"


@pytest.mark.parametrize("settles_on", [date(2014, 3, 14), date(2014, 3, 15)])
def test_a_settlement_until_15_march_needs_no_warning(settles_on):
    assert short_term_deferral_warning(deadline=date(2014, 3, 15), settles_on=settles_on) is None


def test_a_settlement_after_15_march_is_a_warning_for_counsel():
    step = short_term_deferral_warning(deadline=date(2014, 3, 15), settles_on=date(2014, 3, 16))
    assert "16 March 2014 falls after 15 March 2014" in step.sentence
    assert "for counsel" in step.sentence
    assert (step.figure, step.place) == ("15 March 2014", "GA §5")


@pytest.mark.parametrize("ended_on", [None, date(2014, 5, 1), date(2016, 12, 31)])
def test_a_status_still_held_or_ended_by_2016_needs_no_warning(ended_on):
    assert covered_status_warning(first_covered_on=date(2012, 3, 1), ended_on=ended_on) is None


@pytest.mark.parametrize("ended_on", [date(2017, 1, 1), date(2019, 8, 9)])
def test_a_status_held_after_2016_stays_for_good(ended_on):
    step = covered_status_warning(first_covered_on=date(2012, 3, 1), ended_on=ended_on)
    assert "since 1 March 2012" in step.sentence
    assert "for good" in step.sentence
    assert step.figure.endswith(str(ended_on.year))
    assert step.place == DEDUCTION


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            {"deferred": False},
            "Nothing waits for six months: that takes a specified employee and non-exempt "
            "deferred compensation.",
        ),
        (
            {"died_on": date(2013, 12, 24)},
            "A specified employee's deferred compensation waits until 24 December 2013, the "
            "holder's death, before six months had passed, and is paid on the first business day "
            "after.",
        ),
    ],
)
def test_the_step_says_why_something_waits_or_does_not(facts, sentence):
    assert paid_on(date(2013, 8, 31), date(2013, 9, 30), **facts).steps[0].sentence == sentence


@pytest.mark.parametrize(
    ("deferred", "lost", "reason"),
    [
        (
            False,
            True,
            "the award is not nonqualified deferred compensation, so its settlement cannot be "
            "delayed.",
        ),
        (
            True,
            False,
            "the deduction would not be lost in the year the award would settle, so its "
            "settlement cannot be delayed.",
        ),
    ],
)
def test_the_refusal_of_a_delay_says_which_of_the_two_is_missing(deferred, lost, reason):
    with pytest.raises(Refused) as refusal:
        require_deduction_deferral(is_nonqualified_deferred=deferred, deduction_lost=lost)
    assert refusal.value.reason == reason
