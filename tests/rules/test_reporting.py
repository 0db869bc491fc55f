"""Days that the law outside the Program sets."""

from datetime import date

import pytest

from ltip.rules.outcome import Refused
from ltip.rules.reporting import annual_report_expected, form_4_due


@pytest.mark.parametrize(
    ("happened", "due"),
    [
        (date(2014, 2, 19), date(2014, 2, 21)),  # Wednesday: Thursday, Friday
        (date(2014, 2, 20), date(2014, 2, 24)),  # Thursday: Friday, Monday
        (date(2014, 2, 21), date(2014, 2, 25)),  # Friday: Monday, Tuesday
        (date(2014, 2, 22), date(2014, 2, 25)),  # Saturday: Monday, Tuesday
        (date(2014, 2, 14), date(2014, 2, 19)),  # Monday the 17th is Washington's Birthday
    ],
)
def test_form_4_is_due_on_the_second_business_day_after(happened, due):
    assert form_4_due(happened_on=happened).value == due


def test_form_4_by_weekdays_alone_counts_a_holiday():
    assert form_4_due(happened_on=date(2014, 2, 14), business_day="weekdays").value == date(
        2014, 2, 18
    )
    with pytest.raises(Refused):
        form_4_due(happened_on=date(2014, 2, 14), business_day="never")


def test_form_4_says_from_which_day_it_counts():
    (step,) = form_4_due(happened_on=date(2014, 2, 21)).steps
    assert step.sentence == (
        "Form 4 is due before the end of the second business day after 21 February 2014."
    )
    assert (step.figure, step.place) == ("25 February 2014", "Exchange Act Section 16")


@pytest.mark.parametrize(
    ("year_end", "due"),
    [
        (date(2013, 12, 31), date(2014, 3, 3)),  # 1 March 2014 is a Saturday
        (date(2015, 12, 31), date(2016, 2, 29)),
        (date(2012, 12, 31), date(2013, 3, 1)),
    ],
)
def test_the_annual_report_is_expected_within_sixty_days(year_end, due):
    assert annual_report_expected(fiscal_year_end=year_end).value == due


def test_a_sixtieth_day_on_a_holiday_moves_unless_only_weekdays_count():
    year_end = date(2013, 12, 19)  # 17 February 2014 is Washington's Birthday
    assert annual_report_expected(fiscal_year_end=year_end).value == date(2014, 2, 18)
    weekdays = annual_report_expected(fiscal_year_end=year_end, business_day="weekdays")
    assert weekdays.value == date(2014, 2, 17)


def test_the_annual_report_says_what_its_day_means():
    (step,) = annual_report_expected(fiscal_year_end=date(2013, 12, 31)).steps
    assert step.sentence == (
        "The annual report for the year that ended on 31 December 2013 is expected within 60 "
        "days; smaller filers have 75 or 90."
    )
    assert (step.figure, step.place) == ("3 March 2014", "Form 10-K")
