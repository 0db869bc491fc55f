from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.eligibility import Dated, eligibility, grade_is_eligible
from ltip.rules.outcome import Refused

PERIOD_START = date(2012, 1, 1)
ON = date(2012, 3, 30)
HIRED = date(2010, 5, 3)


def decided(
    *, hired=HIRED, kinds=None, grades=None, period_start=PERIOD_START, on=ON, service_ended=None
):
    outcome = eligibility(
        hired=hired,
        kinds=kinds if kinds is not None else (Dated(hired, "regular"),),
        grades=grades if grades is not None else (Dated(hired, "Executive 1"),),
        period_start=period_start,
        on=on,
        service_ended=service_ended,
    )
    assert outcome.value.place == "P Eligibility"
    assert outcome.steps[-1].sentence == outcome.value.because
    return outcome.value


@pytest.mark.parametrize("grade", ["Executive 1", "Executive 2", "Executive 10"])
def test_executive_1_and_above_are_eligible_grades(grade):
    assert grade_is_eligible(grade)


@pytest.mark.parametrize(
    "grade",
    ["Executive 0", "Executive", "Manager 2", "executive 1", "Executive 1 ", "Executive 01", ""],
)
def test_other_grades_are_not(grade):
    assert not grade_is_eligible(grade)


def test_a_regular_executive_of_long_standing_is_eligible_and_told_why():
    ann = decided()
    assert ann.eligible
    assert ann.eligible_from is None
    assert "grade Executive 1" in ann.because
    assert "1 January 2012" in ann.because


@pytest.mark.parametrize(
    ("hired", "eligible", "eligible_from"),
    [
        (date(2011, 12, 31), True, None),
        (date(2012, 1, 1), False, date(2013, 1, 1)),
        (date(2012, 1, 2), False, date(2013, 1, 1)),
    ],
)
def test_a_hire_counts_from_the_first_period_that_commences_after_it(
    hired, eligible, eligible_from
):
    person = decided(hired=hired)
    assert person.eligible is eligible
    assert person.eligible_from == eligible_from


@pytest.mark.parametrize(
    ("hired", "eligible"),
    [(date(2012, 12, 31), True), (date(2013, 1, 1), False), (date(2013, 1, 2), False)],
)
def test_the_period_of_2013_has_its_own_first_day(hired, eligible):
    person = decided(hired=hired, period_start=date(2013, 1, 1), on=date(2013, 3, 31))
    assert person.eligible is eligible


@pytest.mark.parametrize(
    ("promoted", "eligible", "eligible_from"),
    [
        (date(2011, 11, 1), True, None),
        (date(2011, 12, 31), True, None),
        (date(2012, 1, 1), False, date(2013, 1, 1)),
        (date(2012, 1, 2), False, date(2013, 1, 1)),
    ],
)
def test_a_promotion_counts_from_the_first_period_that_commences_after_it(
    promoted, eligible, eligible_from
):
    person = decided(grades=(Dated(HIRED, "Manager 2"), Dated(promoted, "Executive 1")))
    assert person.eligible is eligible
    assert person.eligible_from == eligible_from


@pytest.mark.parametrize(
    ("from_grade", "to_grade", "eligible_from"),
    [("Manager 2", "Executive 1", date(2013, 1, 1)), ("Executive 1", "Manager 2", None)],
)
def test_a_change_of_grade_on_the_very_day_already_counts(from_grade, to_grade, eligible_from):
    person = decided(grades=(Dated(HIRED, from_grade), Dated(ON, to_grade)))
    assert not person.eligible
    assert person.eligible_from == eligible_from


def test_a_promotion_not_yet_in_force_does_not_count():
    person = decided(grades=(Dated(HIRED, "Manager 2"), Dated(date(2012, 3, 31), "Executive 1")))
    assert not person.eligible
    assert person.eligible_from is None
    assert "Manager 2" in person.because


def test_a_step_up_within_the_eligible_grades_breaks_nothing():
    person = decided(grades=(Dated(HIRED, "Executive 1"), Dated(date(2012, 2, 1), "Executive 3")))
    assert person.eligible
    assert "Executive 3" in person.because


def test_who_left_the_eligible_grades_and_came_back_counts_from_the_return():
    person = decided(
        grades=(
            Dated(HIRED, "Executive 1"),
            Dated(date(2011, 6, 1), "Manager 2"),
            Dated(date(2012, 2, 1), "Executive 1"),
        )
    )
    assert not person.eligible
    assert person.eligible_from == date(2013, 1, 1)
    assert "1 February 2012" in person.because


@pytest.mark.parametrize("kind", ["temporary", "contract"])
def test_temporary_and_contract_employees_are_never_eligible(kind):
    person = decided(kinds=(Dated(HIRED, kind),))
    assert not person.eligible
    assert person.eligible_from is None
    assert kind in person.because


def test_who_became_a_regular_employee_in_the_period_waits_for_the_next():
    person = decided(kinds=(Dated(HIRED, "contract"), Dated(date(2012, 2, 1), "regular")))
    assert not person.eligible
    assert person.eligible_from == date(2013, 1, 1)


def test_who_became_a_regular_employee_the_day_before_the_period_is_eligible():
    assert decided(kinds=(Dated(HIRED, "contract"), Dated(date(2011, 12, 31), "regular"))).eligible


@pytest.mark.parametrize(
    ("service_ended", "eligible"),
    [(date(2012, 3, 29), False), (date(2012, 3, 30), False), (date(2012, 3, 31), True)],
)
def test_service_that_ended_on_or_before_the_day_bars_designation(service_ended, eligible):
    assert decided(service_ended=service_ended).eligible is eligible


def test_a_record_with_a_gap_says_so_and_is_not_eligible():
    assert "No salary grade is recorded" in decided(grades=()).because
    assert "No kind of employment is recorded" in decided(kinds=()).because


def test_a_hire_after_the_day_asked_about_is_not_eligible():
    person = decided(hired=date(2012, 4, 2))
    assert not person.eligible
    assert "2 April 2012" in person.because
    assert person.eligible_from is None


def test_a_hire_on_the_day_asked_about_waits_for_the_next_cycle():
    assert decided(hired=ON).eligible_from == date(2013, 1, 1)


def test_of_two_entries_of_one_day_the_later_listed_holds():
    person = decided(grades=(Dated(HIRED, "Executive 1"), Dated(HIRED, "Manager 2")))
    assert not person.eligible


def test_service_that_ended_before_the_hire_is_refused():
    with pytest.raises(Refused, match="before the hire on 3 May 2010"):
        decided(service_ended=date(2010, 5, 2))
    assert "ended on 3 May 2010" in decided(service_ended=HIRED).because


days = st.dates(min_value=date(2009, 1, 1), max_value=date(2013, 12, 31))
grade_histories = st.lists(
    st.builds(Dated, days, st.sampled_from(["Manager 2", "Executive 1", "Executive 2"])),
    min_size=1,
    unique_by=lambda entry: entry.on,
)


@given(days, grade_histories, st.randoms())
def test_the_order_in_which_a_history_is_listed_changes_nothing(hired, grades, random):
    shuffled = list(grades)
    random.shuffle(shuffled)
    facts = {"hired": hired, "kinds": (Dated(hired, "regular"),)}
    assert decided(**facts, grades=tuple(shuffled)) == decided(**facts, grades=tuple(grades))


@given(days, grade_histories)
def test_who_is_told_to_wait_is_eligible_from_the_cycle_they_are_told(hired, grades):
    waiting = decided(hired=hired, grades=tuple(grades))
    if waiting.eligible_from is None:
        return
    cycle = waiting.eligible_from
    assert cycle > PERIOD_START
    until_then = tuple(entry for entry in grades if entry.on <= ON)
    then = {"hired": hired, "grades": until_then, "on": cycle + timedelta(days=30)}
    assert decided(**then, period_start=cycle).eligible
    assert not decided(**then, period_start=cycle.replace(year=cycle.year - 1)).eligible
