"""What each alternative reading changes, by hand, and that a word nobody chose is refused."""

from datetime import date
from decimal import Decimal

import pytest

from ltip.rules.calendars import (
    Period,
    full_months,
    is_business_day,
    last_business_day_on_or_before,
    next_business_day_on_or_after,
)
from ltip.rules.change_in_control import shortened_period
from ltip.rules.outcome import Refused
from ltip.rules.quantities import whole_shares
from ltip.rules.ranking import percentile, rank
from ltip.rules.returns import Action, accumulated_index, total_stockholder_return
from ltip.rules.settling import (
    Withholding,
    delivery_date,
    determination_date,
    settlement_date,
    withholding,
)
from ltip.rules.windows import closes_for, goal_window_closes, require_open, window_closes

TWO_YEARS = Period(date(2012, 1, 1), date(2013, 12, 31))
HALF_YEAR = Period(date(2012, 1, 1), date(2012, 6, 30))


# Windows


@pytest.mark.parametrize(
    ("start", "closes"),
    [(date(2012, 1, 1), date(2012, 3, 31)), (date(2013, 1, 1), date(2013, 4, 1))],
)
def test_counted_from_the_second_day_the_window_closes_a_day_later(start, closes):
    period = Period(start, date(start.year + 1, 12, 31))
    outcome = window_closes(period=period, counting="exclusive")
    assert outcome.value == closes
    assert "counted from and including 2 January" in outcome.steps[0].sentence


@pytest.mark.parametrize(("days", "last"), [(90, 30), (91, 31), (92, 31)])
def test_counted_from_the_second_day_the_window_still_ends_with_a_short_period(days, last):
    # 1 January 2012 and 89, 90, 91 days more: 30 March, 31 March, 1 April.
    end = date.fromordinal(date(2012, 1, 1).toordinal() + days - 1)
    period = Period(date(2012, 1, 1), end)
    assert window_closes(period=period, counting="exclusive").value == date(2012, 3, last)


@pytest.mark.parametrize(
    ("end", "floor", "ceiling"),
    [
        # 180, 181 and 182 days: a quarter is 45, 45.25 and 45.5.
        (date(2012, 6, 28), date(2012, 2, 14), date(2012, 2, 14)),
        (date(2012, 6, 29), date(2012, 2, 14), date(2012, 2, 15)),
        (date(2012, 6, 30), date(2012, 2, 14), date(2012, 2, 15)),
    ],
)
def test_a_part_of_a_day_can_be_counted_as_a_whole_one(end, floor, ceiling):
    period = Period(date(2012, 1, 1), end)
    for quarter_days, closes in (("floor", floor), ("ceiling", ceiling)):
        outcome = goal_window_closes(
            period=period,
            stockholder_approval_date=date(2012, 1, 20),
            quarter_days=quarter_days,
        )
        assert outcome.value == closes


@pytest.mark.parametrize(
    ("approved", "closes"),
    [
        (date(2011, 12, 31), date(2012, 2, 14)),
        (date(2012, 1, 1), date(2012, 3, 30)),
        (date(2012, 1, 2), date(2012, 3, 30)),
    ],
)
def test_the_quarter_can_bind_only_periods_that_begin_after_the_approval(approved, closes):
    given = {"period": HALF_YEAR, "on": date(2012, 2, 20), "stockholder_approval_date": approved}
    assert closes_for(covered=True, quarter_scope="periods_after_approval", **given).value == closes
    assert closes_for(covered=True, **given).value == date(2012, 2, 14)
    assert closes_for(covered=False, **given).value == date(2012, 3, 30)


@pytest.mark.parametrize("on", [date(2011, 12, 30), date(2011, 12, 31), date(2012, 1, 1)])
def test_the_window_can_be_open_before_the_period_begins(on):
    closes = date(2012, 3, 30)
    given = {"period": TWO_YEARS, "closes": closes, "what": "grants", "place": "P Grants"}
    require_open(on=on, opening="any_day", **given)
    if on < TWO_YEARS.start:
        with pytest.raises(Refused, match="opens on 1 January 2012"):
            require_open(on=on, **given)
    with pytest.raises(Refused, match="closed on 30 March 2012"):
        require_open(on=date(2012, 3, 31), opening="any_day", **given)


# Days and months


def test_a_holiday_can_be_a_business_day_and_a_weekend_never():
    thanksgiving = date(2013, 11, 28)
    assert not is_business_day(thanksgiving)
    assert is_business_day(thanksgiving, business_day="weekdays")
    assert not is_business_day(date(2013, 11, 30), business_day="weekdays")


def test_stepping_to_a_business_day_follows_the_reading():
    # Saturday 25 May 2013; Monday 27 May is Memorial Day.
    assert next_business_day_on_or_after(date(2013, 5, 25)) == date(2013, 5, 28)
    assert next_business_day_on_or_after(date(2013, 5, 25), business_day="weekdays") == date(
        2013, 5, 27
    )
    # Sunday 2 September 2012 is followed by Labor Day.
    assert last_business_day_on_or_before(date(2012, 9, 3)) == date(2012, 8, 31)
    assert last_business_day_on_or_before(date(2012, 9, 3), business_day="weekdays") == date(
        2012, 9, 3
    )


@pytest.mark.parametrize(
    ("reading", "ends"),
    [("federal", date(2012, 8, 31)), ("weekdays", date(2012, 9, 3))],
)
def test_a_change_in_control_can_end_a_period_on_a_holiday(reading, ends):
    # The quarter ends on Monday, 3 September 2012, Labor Day.
    outcome = shortened_period(
        period=TWO_YEARS,
        event=date(2012, 10, 1),
        fiscal_quarter_ends=[date(2012, 6, 4), date(2012, 9, 3)],
        business_day=reading,
    )
    assert outcome.value == Period(TWO_YEARS.start, ends)


@pytest.mark.parametrize(
    ("until", "last_day", "day_after"),
    [
        (date(2013, 6, 29), 17, 17),
        (date(2013, 6, 30), 18, 17),
        (date(2013, 7, 1), 18, 18),
    ],
)
def test_a_month_can_need_the_day_after_it(until, last_day, day_after):
    start = date(2012, 1, 1)
    assert full_months(start=start, until=until) == last_day
    assert full_months(start=start, until=until, month_full="day_after") == day_after


# Returns, rank and percentile


DAYS = [date(2012, 1, 3), date(2012, 1, 4), date(2012, 1, 5), date(2012, 1, 6)]


def measured(closes, *actions, days=DAYS):
    return total_stockholder_return(
        company="CO",
        closes={day: Decimal(text) for day, text in zip(DAYS, closes, strict=True) if text},
        actions=actions,
        days=days,
        averaging_days=1,
        reinvestment="close_before",
    )


def test_a_dividend_can_be_reinvested_at_the_close_before_its_ex_date():
    # 1 share + 2 / 10 = 1.2 shares; 1.2 × 15 / 10 − 1 = 0.8. At the ex-date close of 20: 0.65.
    dividend = Action(DAYS[1], "dividend", Decimal(2))
    outcome = measured(["10", "20", "15", "15"], dividend)
    assert outcome.value.value == Decimal("0.8")
    assert outcome.value.shares_at_end == Decimal("1.2")
    assert "reinvested at the last close before of 10" in outcome.steps[1].sentence


def test_the_close_before_is_divided_by_a_split_of_the_ex_date():
    # Two for one and a dividend of 1 a new share: 2 shares + 2 × 1 / (10 / 2) = 2.4.
    split = Action(DAYS[1], "split", Decimal(2))
    dividend = Action(DAYS[1], "dividend", Decimal(1))
    outcome = measured(["10", "4", "5", "5"], dividend, split)
    assert outcome.value.shares_at_end == Decimal("2.4")
    assert outcome.value.value == Decimal("0.2")


def test_the_close_before_a_gap_is_the_last_one_there_is():
    # No close on the day before: 10 of two days before is taken, and the gap is listed as such.
    dividend = Action(DAYS[2], "dividend", Decimal(5))
    outcome = measured(["10", "", "20", "20"], dividend)
    assert outcome.value.shares_at_end == Decimal("1.5")
    assert outcome.value.stand_ins == (DAYS[1],)


def test_a_close_of_nothing_reinvests_nothing():
    with pytest.raises(Refused, match="the close of CO on 3 January 2012 is 0"):
        accumulated_index(
            company="CO",
            closes={DAYS[0]: Decimal(0), DAYS[1]: Decimal(10)},
            actions=[Action(DAYS[1], "dividend", Decimal(1))],
            days=DAYS[:2],
            reinvestment="close_before",
        )


TIED = {
    "CO": Decimal("0.14"),
    "P1": Decimal("0.30"),
    "P2": Decimal("0.14"),
    "P3": Decimal("0.14"),
    "P4": Decimal("0.10"),
}


def test_ties_can_share_the_worse_place():
    better = rank(company="CO", returns=TIED).value
    worse = rank(company="CO", returns=TIED, ties="worse_place").value
    assert (better.rank, worse.rank) == (2, 4)
    assert [place for place, _, _ in better.table] == [1, 2, 2, 2, 5]
    assert [place for place, _, _ in worse.table] == [1, 4, 4, 4, 5]


@pytest.mark.parametrize(
    ("method", "better", "worse"),
    [
        # (5 − 2) / 4 and (5 − 4) / 4; a tied peer is beaten in neither of the others.
        ("discrete", "75", "25"),
        ("count_below", "25", "25"),
    ],
)
def test_the_worse_place_lowers_the_percentile_by_rank_only(method, better, worse):
    for ties, expected in (("better_place", better), ("worse_place", worse)):
        found = percentile(method=method, company="CO", returns=TIED, ties=ties).value
        assert found == Decimal(expected)


def test_without_ties_the_reading_of_ties_changes_nothing():
    returns = TIED | {"P2": Decimal("0.15"), "P3": Decimal("0.13")}
    for ties in ("better_place", "worse_place"):
        assert rank(company="CO", returns=returns, ties=ties).value.rank == 3


@pytest.mark.parametrize(
    ("peers", "lower", "rounded"),
    [
        (3, 1, "33.33"),  # 33.333...
        (3, 2, "66.67"),  # 66.666...
        (32, 1, "3.13"),  # 3.125: a half up
    ],
)
def test_the_percentile_can_be_rounded_to_two_decimals(peers, lower, rounded):
    below = {f"L{n}": Decimal(-1) for n in range(lower)}
    above = {f"H{n}": Decimal(1) for n in range(peers - lower)}
    returns = {"CO": Decimal(0), **below, **above}
    given = {"method": "count_below", "company": "CO", "returns": returns}
    assert percentile(rounding="two_decimals", **given).value == Decimal(rounded)
    assert percentile(**given).value != Decimal(rounded)


# Shares, dates and withholding


@pytest.mark.parametrize(
    ("value", "down", "nearest"), [("10.49", 10, 10), ("10.5", 10, 11), ("10.51", 10, 11)]
)
def test_shares_can_be_rounded_to_the_nearest_whole(value, down, nearest):
    assert whole_shares(Decimal(value)) == down
    assert whole_shares(Decimal(value), rounding="nearest") == nearest


def test_the_determination_date_can_be_that_of_the_filing():
    dates = {"certified_on": date(2014, 2, 25), "filed_on": date(2014, 2, 20)}
    assert determination_date(**dates) == date(2014, 2, 25)
    by_filing = determination_date(reading="filing", **dates)
    assert by_filing == date(2014, 2, 20)
    # February 2014 has 28 days: 8 of them are left, and 22 days of March.
    assert settlement_date(determination_date=by_filing).value == date(2014, 3, 22)


@pytest.mark.parametrize(
    ("settles_on", "before"),
    [
        (date(2014, 3, 21), date(2014, 3, 21)),  # a Friday
        (date(2014, 3, 22), date(2014, 3, 21)),
        (date(2014, 3, 23), date(2014, 3, 21)),
        (date(2014, 3, 24), date(2014, 3, 24)),
    ],
)
def test_delivery_can_be_on_the_business_day_before(settles_on, before):
    outcome = delivery_date(settles_on=settles_on, non_business_day="business_day_before")
    assert outcome.value == before
    assert ("the last one before it" in outcome.steps[0].sentence) == (before != settles_on)


def test_a_holiday_can_be_a_day_of_delivery():
    independence_day = date(2013, 7, 4)
    assert delivery_date(settles_on=independence_day).value == date(2013, 7, 5)
    read_so = delivery_date(settles_on=independence_day, business_day="weekdays")
    assert read_so.value == independence_day


@pytest.mark.parametrize(
    ("tax_minor", "up", "down"),
    [
        # 8.23 a share: 1,000 shares are 8,230.00.
        (822_999, (1000, 1, 0), (999, 0, 822)),
        (823_000, (1000, 0, 0), (1000, 0, 0)),
        (823_001, (1001, 822, 0), (1000, 0, 1)),
    ],
)
def test_the_shares_withheld_can_be_rounded_down_and_the_rest_is_owed(tax_minor, up, down):
    for rounding, (withheld, returned, owed) in (("up", up), ("down", down)):
        outcome = withholding(
            tax_minor=tax_minor,
            fair_market_value=Decimal("8.23"),
            earned=5000,
            rounding=rounding,
        )
        assert outcome.value == Withholding(withheld, 5000 - withheld, returned, owed)
        words = "up to the next whole share" if rounding == "up" else "down to whole shares"
        assert words in outcome.steps[0].sentence


@pytest.mark.parametrize(
    ("key", "ask"),
    [
        ("window.counting", lambda: window_closes(period=TWO_YEARS, counting="x")),
        (
            "limit25.days",
            lambda: goal_window_closes(
                period=TWO_YEARS, stockholder_approval_date=None, quarter_days="x"
            ),
        ),
        (
            "limit25.scope",
            lambda: closes_for(
                period=TWO_YEARS,
                on=date(2012, 2, 1),
                covered=False,
                stockholder_approval_date=None,
                quarter_scope="x",
            ),
        ),
        (
            "window.opening",
            lambda: require_open(
                period=TWO_YEARS,
                on=date(2012, 2, 1),
                closes=date(2012, 3, 30),
                what="grants",
                place="P Grants",
                opening="x",
            ),
        ),
        ("business_day", lambda: is_business_day(date(2012, 2, 1), business_day="x")),
        (
            "month.full",
            lambda: full_months(start=date(2012, 1, 1), until=date(2012, 2, 1), month_full="x"),
        ),
        (
            "tsr.reinvestment",
            lambda: accumulated_index(
                company="CO",
                closes={DAYS[0]: Decimal(1)},
                actions=[],
                days=DAYS[:1],
                reinvestment="x",
            ),
        ),
        ("percentile.ties", lambda: rank(company="CO", returns=TIED, ties="x")),
        (
            "percentile.ties",
            lambda: percentile(method="discrete", company="CO", returns=TIED, ties="x"),
        ),
        (
            "percentile.rounding",
            lambda: percentile(method="discrete", company="CO", returns=TIED, rounding="x"),
        ),
        ("shares.rounding", lambda: whole_shares(Decimal(1), rounding="x")),
        (
            "determination.date",
            lambda: determination_date(
                certified_on=date(2014, 2, 25), filed_on=date(2014, 2, 20), reading="x"
            ),
        ),
        (
            "settlement.non_business_day",
            lambda: delivery_date(settles_on=date(2014, 3, 22), non_business_day="x"),
        ),
        (
            "withholding.rounding",
            lambda: withholding(tax_minor=1, fair_market_value=Decimal(1), earned=1, rounding="x"),
        ),
    ],
)
def test_a_word_that_nobody_chose_is_never_taken_for_the_default(key, ask):
    with pytest.raises(Refused, match=f"'x' is no reading of {key}"):
        ask()
