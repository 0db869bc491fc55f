from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.calendars import Period
from ltip.rules.outcome import Refused
from ltip.rules.settling import (
    Withholding,
    delivery_date,
    is_last_fiscal_year_of,
    require_certifiable,
    require_settleable,
    settlement_date,
    withholding,
)


def withheld(tax_minor, fair_market_value, earned, currency="USD"):
    return withholding(
        tax_minor=tax_minor,
        fair_market_value=Decimal(fair_market_value),
        earned=earned,
        currency=currency,
    ).value


@pytest.mark.parametrize(
    ("determined", "settles", "delivered"),
    [
        (date(2014, 2, 20), date(2014, 3, 22), date(2014, 3, 24)),
        (date(2014, 2, 21), date(2014, 3, 23), date(2014, 3, 24)),
        (date(2014, 2, 22), date(2014, 3, 24), date(2014, 3, 24)),
        (date(2014, 2, 24), date(2014, 3, 26), date(2014, 3, 26)),
        (date(2015, 3, 4), date(2015, 4, 3), date(2015, 4, 3)),
        (date(2016, 2, 26), date(2016, 3, 27), date(2016, 3, 28)),
        (date(2017, 2, 28), date(2017, 3, 30), date(2017, 3, 30)),
    ],
)
def test_shares_settle_on_the_thirtieth_day_and_are_delivered_on_a_business_day(
    determined, settles, delivered
):
    assert settlement_date(determination_date=determined).value == settles
    assert delivery_date(settles_on=settles).value == delivered


def test_the_step_says_that_the_date_stands():
    step = delivery_date(settles_on=date(2014, 3, 22)).steps[0]
    assert "the date stands" in step.sentence
    assert step.figure == "24 March 2014"
    assert step.place == "GA §4"


@pytest.mark.parametrize(
    ("tax_minor", "fair_market_value", "earned", "expected"),
    [
        (2_367_540, "8.40", 7_500, Withholding(2_819, 4_681, 420, 0)),
        (4_528_146, "8.23", 15_000, Withholding(5_502, 9_498, 0, 0)),
        (12_066_916, "36.74", 9_498, Withholding(3_285, 6_213, 2_174, 0)),
        (4_356_100, "8.89", 14_000, Withholding(4_900, 9_100, 0, 0)),
        (82_300, "8.23", 100, Withholding(100, 0, 0, 0)),
        (1, "8.23", 100, Withholding(1, 99, 822, 0)),
        (10_000, "8.23", 10, Withholding(10, 0, 0, 1_770)),
        (0, "8.23", 10, Withholding(0, 10, 0, 0)),
        (10_000, "8.23", 0, Withholding(0, 0, 0, 10_000)),
        (822, "8.23", 10, Withholding(1, 9, 1, 0)),
        (823, "8.23", 10, Withholding(1, 9, 0, 0)),
        (824, "8.23", 10, Withholding(2, 8, 822, 0)),
    ],
)
def test_shares_withheld_go_up_to_the_next_whole_share(
    tax_minor, fair_market_value, earned, expected
):
    assert withheld(tax_minor, fair_market_value, earned) == expected


@pytest.mark.parametrize(
    ("fair_market_value", "returned"), [("8.2349", 823 - 100), ("8.235", 824 - 100)]
)
def test_half_a_cent_in_cash_is_rounded_up(fair_market_value, returned):
    assert withheld(100, fair_market_value, 10).returned_minor == returned


def test_half_a_cent_owed_is_rounded_up():
    assert withheld(1_000, "8.235", 1).owed_minor == 177


def test_a_tax_a_hair_above_a_whole_number_of_shares_takes_one_more():
    assert withheld(10_000, "33.333333", 10).withheld == 4
    assert withheld(10_000, "33.333334", 10).withheld == 3


def test_a_currency_without_cents_is_counted_in_whole_units():
    assert withheld(1_000, "300", 10, "JPY") == Withholding(4, 6, 200, 0)


def test_money_that_goes_back_or_is_owed_has_a_step_of_its_own():
    figures = [
        [
            step.figure
            for step in withholding(
                tax_minor=tax, fair_market_value=Decimal("8.23"), earned=10
            ).steps
        ]
        for tax in (823, 1, 10_000)
    ]
    assert figures == [["1", "9"], ["1", "9", "$8.22"], ["10", "0", "$17.70"]]


@pytest.mark.parametrize(
    ("tax_minor", "fair_market_value", "earned", "currency", "reason"),
    [
        (-1, "8.23", 10, "USD", "negative"),
        (1, "8.23", -1, "USD", "negative"),
        (1, "0", 10, "USD", "above zero"),
        (1, "-8.23", 10, "USD", "above zero"),
        (1, "8.23", 10, "XXX", "'XXX'"),
    ],
)
def test_impossible_withholdings_are_refused(
    tax_minor, fair_market_value, earned, currency, reason
):
    with pytest.raises(Refused, match=reason) as refusal:
        withheld(tax_minor, fair_market_value, earned, currency)
    assert "P Tax Withholding" in refusal.value.place


@pytest.mark.parametrize(
    ("on", "filed_on", "words"),
    [
        (date(2013, 12, 30), None, "runs to 31 December 2013"),
        (date(2013, 12, 31), date(2013, 12, 31), "runs to 31 December 2013"),
        (date(2014, 1, 1), None, "not recorded as filed"),
        (date(2014, 2, 19), date(2014, 2, 20), "filed on 20 February 2014"),
    ],
)
def test_nothing_is_certified_before_the_period_ended_and_the_report_is_filed(on, filed_on, words):
    with pytest.raises(Refused, match=words) as refusal:
        require_certifiable(period_end=date(2013, 12, 31), filed_on=filed_on, on=on)
    assert refusal.value.place == "GA §4"


@pytest.mark.parametrize("on", [date(2014, 2, 20), date(2014, 2, 24)])
def test_a_period_is_certified_on_the_day_of_the_filing_or_later(on):
    require_certifiable(period_end=date(2013, 12, 31), filed_on=date(2014, 2, 20), on=on)


@pytest.mark.parametrize(
    ("determined", "settles", "on", "place"),
    [
        (None, None, date(2014, 2, 19), "P Award Determination"),
        (date(2014, 2, 24), date(2014, 3, 26), date(2014, 2, 23), "P Award Determination"),
        (date(2014, 2, 24), date(2014, 3, 26), date(2014, 2, 24), "GA §4"),
        (date(2014, 2, 24), date(2014, 3, 26), date(2014, 3, 25), "GA §4"),
        (date(2014, 2, 24), None, date(2014, 3, 26), "P Termination of Employment"),
    ],
)
def test_nothing_settles_uncertified_early_or_forfeited(determined, settles, on, place):
    with pytest.raises(Refused) as refusal:
        require_settleable(determination_date=determined, settles_on=settles, on=on)
    assert refusal.value.place == place


@pytest.mark.parametrize("on", [date(2014, 3, 26), date(2014, 3, 27)])
def test_an_award_is_settled_on_its_day_or_later(on):
    require_settleable(determination_date=date(2014, 2, 24), settles_on=date(2014, 3, 26), on=on)


@given(
    st.integers(min_value=0, max_value=10**10),
    st.decimals(min_value="0.0001", max_value="900", places=4),
    st.integers(min_value=0, max_value=10**6),
)
def test_the_shares_withheld_cover_the_tax_and_one_fewer_would_not_or_all_are_taken(
    tax_minor, fair_market_value, earned
):
    result = withheld(tax_minor, fair_market_value, earned)
    share = Fraction(fair_market_value) * 100
    assert result.withheld + result.delivered == earned
    if result.withheld < earned:
        assert result.withheld * share >= tax_minor
    if result.withheld:
        assert (result.withheld - 1) * share < tax_minor


@given(
    st.integers(min_value=0, max_value=10**10),
    st.decimals(min_value="0.01", max_value="900", places=2),
    st.integers(min_value=0, max_value=10**6),
)
def test_not_a_cent_is_lost(tax_minor, fair_market_value, earned):
    result = withheld(tax_minor, fair_market_value, earned)
    cents_withheld = result.withheld * int(fair_market_value * 100)
    assert cents_withheld + result.owed_minor == tax_minor + result.returned_minor
    assert 0 in (result.returned_minor, result.owed_minor)


@pytest.mark.parametrize(
    ("fiscal_year_end", "is_last"),
    [
        # A calendar year: the one to the last day, and not the one a year before.
        (date(2013, 12, 31), False),
        (date(2014, 1, 1), True),
        (date(2014, 12, 31), True),
        (date(2015, 1, 1), False),
        # A year of 52 weeks that ends on the last Saturday of December.
        (date(2013, 12, 28), False),
        (date(2014, 12, 27), True),
        # Years that ended before the period.
        (date(2012, 12, 31), False),
    ],
)
def test_the_report_that_counts_is_for_the_last_fiscal_year_that_ends_in_the_period(
    fiscal_year_end: date, is_last: bool
) -> None:
    period = Period(date(2013, 1, 1), date(2014, 12, 31))
    assert is_last_fiscal_year_of(fiscal_year_end=fiscal_year_end, period=period) is is_last


@pytest.mark.parametrize(
    ("start", "is_last"),
    [(date(2014, 6, 29), True), (date(2014, 6, 30), True), (date(2014, 7, 1), False)],
)
def test_a_fiscal_year_that_ended_before_the_period_is_not_its_last(
    start: date, is_last: bool
) -> None:
    period = Period(start, date(2015, 6, 29))
    assert is_last_fiscal_year_of(fiscal_year_end=date(2014, 6, 30), period=period) is is_last
