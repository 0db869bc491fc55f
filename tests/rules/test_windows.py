from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.calendars import Period
from ltip.rules.outcome import Refused
from ltip.rules.windows import closes_for, goal_window_closes, require_open, window_closes

TWO_YEARS = Period(date(2012, 1, 1), date(2013, 12, 31))
THREE_YEARS = Period(date(2012, 1, 1), date(2014, 12, 31))
HALF_YEAR = Period(date(2012, 1, 1), date(2012, 6, 30))
APPROVED = date(2012, 1, 20)


@pytest.mark.parametrize(
    ("start", "closes"),
    [
        (date(2012, 1, 1), date(2012, 3, 30)),
        (date(2013, 1, 1), date(2013, 3, 31)),
        (date(2016, 1, 1), date(2016, 3, 30)),
    ],
)
def test_the_window_closes_on_the_ninetieth_day_the_first_counted(start, closes):
    outcome = window_closes(period=Period(start, date(start.year + 1, 12, 31)))
    assert outcome.value == closes
    assert (closes - start).days == 89
    assert "P Grants" in outcome.steps[0].place


@pytest.mark.parametrize("days", [89, 90, 91])
def test_a_window_ends_with_a_period_that_is_shorter(days):
    start = date(2012, 1, 1)
    period = Period(start, start + timedelta(days=days - 1))
    assert window_closes(period=period).value == min(period.end, date(2012, 3, 30))


@pytest.mark.parametrize(
    ("period", "closes", "days"),
    [
        (TWO_YEARS, date(2012, 3, 30), "182 days"),
        (THREE_YEARS, date(2012, 3, 30), "274 days"),
        (HALF_YEAR, date(2012, 2, 14), "45 days"),
    ],
)
def test_a_quarter_of_the_period_binds_only_when_it_is_shorter(period, closes, days):
    outcome = goal_window_closes(period=period, stockholder_approval_date=APPROVED)
    assert outcome.value == closes
    assert outcome.steps[-1].figure == days
    assert outcome.steps[-1].place == "P Administration"


@pytest.mark.parametrize(
    ("days", "allowed"), [(359, 89), (360, 90), (361, 90), (363, 90), (364, 90)]
)
def test_the_quarter_overtakes_the_ninety_days_below_360_days(days, allowed):
    start = date(2013, 1, 1)
    period = Period(start, start + timedelta(days=days - 1))
    closes = goal_window_closes(period=period, stockholder_approval_date=APPROVED).value
    assert (closes - start).days + 1 == allowed


def test_without_a_stockholder_approval_date_the_ninety_days_bind():
    outcome = goal_window_closes(period=HALF_YEAR, stockholder_approval_date=None)
    assert outcome.value == date(2012, 3, 30)


@pytest.mark.parametrize(
    ("on", "covered", "approved", "closes"),
    [
        (date(2012, 1, 19), True, APPROVED, date(2012, 3, 30)),
        (date(2012, 1, 20), True, APPROVED, date(2012, 3, 30)),
        (date(2012, 1, 21), True, APPROVED, date(2012, 2, 14)),
        (date(2012, 1, 21), False, APPROVED, date(2012, 3, 30)),
        (date(2012, 1, 21), True, None, date(2012, 3, 30)),
    ],
)
def test_the_quarter_binds_acts_for_covered_employees_after_the_approval(
    on, covered, approved, closes
):
    outcome = closes_for(
        period=HALF_YEAR, on=on, covered=covered, stockholder_approval_date=approved
    )
    assert outcome.value == closes


@pytest.mark.parametrize("on", [date(2012, 1, 1), date(2012, 2, 23), date(2012, 3, 30)])
def test_an_act_from_the_first_day_to_the_last_is_allowed(on):
    require_open(period=TWO_YEARS, on=on, closes=date(2012, 3, 30), what="grants", place="P Grants")


def test_an_act_the_day_after_is_refused_with_both_dates_and_its_place():
    with pytest.raises(Refused) as refusal:
        require_open(
            period=TWO_YEARS,
            on=date(2012, 3, 31),
            closes=date(2012, 3, 30),
            what="designations",
            place="P Eligibility",
        )
    assert refusal.value.place == "P Eligibility"
    assert "the window for designations closed on 30 March 2012" in refusal.value.reason
    assert "31 March 2012" in refusal.value.reason


def test_an_act_the_day_before_the_period_is_refused():
    with pytest.raises(Refused, match="P Grants: the window for grants opens on 1 January 2012"):
        require_open(
            period=TWO_YEARS,
            on=date(2011, 12, 31),
            closes=date(2012, 3, 30),
            what="grants",
            place="P Grants",
        )


@given(
    st.dates(min_value=date(2012, 1, 1), max_value=date(2050, 1, 1)),
    st.integers(min_value=4, max_value=1200),
    st.dates(min_value=date(2012, 1, 2), max_value=date(2050, 1, 1)),
)
def test_the_window_for_covered_employees_is_never_the_longer_one(start, days, approved):
    period = Period(start, start + timedelta(days=days - 1))
    closes = goal_window_closes(period=period, stockholder_approval_date=approved).value
    assert period.start <= closes <= window_closes(period=period).value
    assert ((closes - start).days + 1) * 4 <= days


@pytest.mark.parametrize("approved_on", [None, date(2011, 6, 1)])
@pytest.mark.parametrize("covered", [True, False])
def test_the_exclusive_count_ends_every_window_a_day_later(
    approved_on: date | None, covered: bool
) -> None:
    # 2012 and 2013 have 731 days: a quarter is 182, so the 90 days bind. Counted from 2 January
    # they end on 31 March 2012 (30 in January, 29 in February, 31 in March).
    period = Period(date(2012, 1, 1), date(2013, 12, 31))
    assert goal_window_closes(
        period=period, stockholder_approval_date=approved_on, counting="exclusive"
    ).value == date(2012, 3, 31)
    assert closes_for(
        period=period,
        on=date(2012, 2, 1),
        covered=covered,
        stockholder_approval_date=approved_on,
        counting="exclusive",
    ).value == date(2012, 3, 31)


def test_a_quarter_counted_up_reaches_the_act_it_binds() -> None:
    # 1 January to 30 June 2012 are 182 days; a quarter is 45.5, counted up 46: 15 February.
    closes = closes_for(
        period=HALF_YEAR,
        on=date(2012, 1, 21),
        covered=True,
        stockholder_approval_date=APPROVED,
        quarter_days="ceiling",
    )
    assert closes.value == date(2012, 2, 15)


def test_a_limit_that_does_not_apply_says_so_with_its_place() -> None:
    outcome = goal_window_closes(period=HALF_YEAR, stockholder_approval_date=None)
    assert (outcome.steps[-1].sentence, outcome.steps[-1].place) == (
        "The stockholders have approved no material amendment, so the limit of a quarter of the "
        "period does not apply.",
        "P Administration",
    )
