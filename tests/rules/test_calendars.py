from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.calendars import (
    Period,
    cycle_periods,
    day_text,
    federal_holidays,
    full_months,
    is_business_day,
    last_business_day_on_or_before,
    months_in,
    next_business_day_on_or_after,
    thirtieth_day_after,
)
from ltip.rules.outcome import Refused


def test_a_period_counts_both_its_ends():
    period = Period(date(2012, 1, 1), date(2013, 12, 31))
    assert period.days == 731
    assert period.label == "2012–2013"
    assert Period(date(2012, 1, 1), date(2012, 6, 30)).days == 182
    assert Period(date(2012, 1, 1), date(2012, 6, 30)).label == "2012"
    assert Period(date(2012, 1, 1), date(2012, 1, 1)).days == 1


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(Refused, match="31 December 2011"):
        Period(date(2012, 1, 1), date(2011, 12, 31))


def test_four_periods_are_running_in_2013():
    running = [
        period.label
        for year in (2012, 2013)
        for period in cycle_periods(year=year)
        if period.start <= date(2013, 7, 1) <= period.end
    ]
    assert running == ["2012–2013", "2012–2014", "2013–2014", "2013–2015"]


def test_a_cycle_starts_on_1_january_and_ends_on_31_december():
    two_years, three_years = cycle_periods(year=2012)
    assert (two_years.start, two_years.end) == (date(2012, 1, 1), date(2013, 12, 31))
    assert (three_years.start, three_years.end) == (date(2012, 1, 1), date(2014, 12, 31))


def test_no_cycle_starts_before_the_program_took_effect():
    with pytest.raises(Refused, match="P Effective Date: no performance period starts in 2011"):
        cycle_periods(year=2011)


def test_days_are_written_in_english():
    assert day_text(date(2012, 3, 30)) == "30 March 2012"
    assert day_text(date(2014, 12, 1)) == "1 December 2014"


def test_the_federal_holidays_of_2013():
    assert federal_holidays(2013) == {
        date(2013, 1, 1),
        date(2013, 1, 21),
        date(2013, 2, 18),
        date(2013, 5, 27),
        date(2013, 7, 4),
        date(2013, 9, 2),
        date(2013, 10, 14),
        date(2013, 11, 11),
        date(2013, 11, 28),
        date(2013, 12, 25),
    }


@pytest.mark.parametrize(
    ("fell_on", "observed_on"),
    [
        (date(2012, 11, 11), date(2012, 11, 12)),
        (date(2015, 7, 4), date(2015, 7, 3)),
        (date(2010, 12, 25), date(2010, 12, 24)),
        (date(2011, 1, 1), date(2010, 12, 31)),
        (date(2012, 1, 1), date(2012, 1, 2)),
        (date(2021, 6, 19), date(2021, 6, 18)),
        (date(2022, 6, 19), date(2022, 6, 20)),
    ],
)
def test_a_holiday_on_a_weekend_is_observed_on_the_nearest_weekday(fell_on, observed_on):
    assert observed_on in federal_holidays(observed_on.year)
    assert fell_on not in federal_holidays(fell_on.year)
    assert not is_business_day(observed_on)


def test_juneteenth_is_a_holiday_since_2021_and_martin_luther_king_day_since_1986():
    assert is_business_day(date(2020, 6, 19))
    assert not is_business_day(date(2023, 6, 19))
    assert is_business_day(date(1985, 1, 21))
    assert not is_business_day(date(1986, 1, 20))
    # Asked of the rule itself too: `is_business_day` keeps the years it has asked for.
    assert date(1985, 1, 21) not in federal_holidays(1985)
    assert date(1986, 1, 20) in federal_holidays(1986)


def test_holidays_of_other_times_are_refused_rather_than_guessed():
    with pytest.raises(Refused, match="1977"):
        federal_holidays(1977)
    assert date(1978, 7, 4) in federal_holidays(1978)


def test_good_friday_is_a_business_day():
    assert is_business_day(date(2013, 3, 29))


@pytest.mark.parametrize(
    ("quarter_end", "last_business_day"),
    [
        (date(2010, 9, 25), date(2010, 9, 24)),
        (date(2013, 9, 28), date(2013, 9, 27)),
        (date(2012, 9, 29), date(2012, 9, 28)),
        (date(2017, 4, 1), date(2017, 3, 31)),
        (date(2017, 7, 1), date(2017, 6, 30)),
        (date(2013, 12, 31), date(2013, 12, 31)),
        (date(2013, 9, 2), date(2013, 8, 30)),
    ],
)
def test_the_last_business_day_of_a_fiscal_quarter(quarter_end, last_business_day):
    assert last_business_day_on_or_before(quarter_end) == last_business_day


@pytest.mark.parametrize(
    ("day", "next_one"),
    [
        (date(2014, 3, 21), date(2014, 3, 21)),
        (date(2014, 3, 22), date(2014, 3, 24)),
        (date(2014, 3, 23), date(2014, 3, 24)),
        (date(2015, 4, 3), date(2015, 4, 3)),
        (date(2013, 5, 25), date(2013, 5, 28)),
    ],
)
def test_the_next_business_day(day, next_one):
    assert next_business_day_on_or_after(day) == next_one


@pytest.mark.parametrize(
    ("until", "months"),
    [
        (date(2011, 12, 31), 0),
        (date(2012, 1, 30), 0),
        (date(2012, 1, 31), 1),
        (date(2012, 2, 28), 1),
        (date(2012, 2, 29), 2),
        (date(2013, 6, 29), 17),
        (date(2013, 6, 30), 18),
        (date(2013, 7, 1), 18),
        (date(2013, 12, 30), 23),
        (date(2013, 12, 31), 24),
        (date(2014, 1, 31), 25),
    ],
)
def test_a_month_is_full_when_its_last_day_has_been_served(until, months):
    assert full_months(start=date(2012, 1, 1), until=until) == months


def test_months_run_from_the_day_the_period_starts():
    assert full_months(start=date(2012, 1, 15), until=date(2012, 2, 13)) == 0
    assert full_months(start=date(2012, 1, 15), until=date(2012, 2, 14)) == 1
    assert full_months(start=date(2012, 1, 31), until=date(2012, 3, 30)) == 2


def test_months_of_whole_and_shortened_periods():
    assert months_in(Period(date(2012, 1, 1), date(2013, 12, 31))) == 24
    assert months_in(Period(date(2012, 1, 1), date(2014, 12, 31))) == 36
    assert months_in(Period(date(2012, 1, 1), date(2013, 9, 27))) == 20


@pytest.mark.parametrize(
    ("day", "thirtieth"),
    [
        (date(2014, 2, 21), date(2014, 3, 23)),
        (date(2014, 2, 20), date(2014, 3, 22)),
        (date(2015, 3, 4), date(2015, 4, 3)),
        (date(2016, 2, 26), date(2016, 3, 27)),
        (date(2017, 2, 28), date(2017, 3, 30)),
    ],
)
def test_the_thirtieth_day_after(day, thirtieth):
    assert thirtieth_day_after(day) == thirtieth


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)))
def test_a_business_day_is_never_more_than_five_days_away(day):
    after, before = next_business_day_on_or_after(day), last_business_day_on_or_before(day)
    assert before <= day <= after
    assert after - day < timedelta(days=5)
    assert day - before < timedelta(days=5)
    assert is_business_day(day) == (after == day) == (before == day)


@given(
    st.dates(min_value=date(2012, 1, 1), max_value=date(2040, 12, 31)),
    st.integers(min_value=0, max_value=2000),
)
def test_a_day_more_never_makes_a_month_less(start, days):
    until = start + timedelta(days=days)
    now = full_months(start=start, until=until)
    assert full_months(start=start, until=until + timedelta(days=1)) in (now, now + 1)
