from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.outcome import Refused
from ltip.rules.quantities import (
    CONTEXT,
    money_text,
    number_text,
    percent_text,
    return_text,
    shares_text,
    whole_minor_units,
    whole_shares,
)


def test_the_context_has_34_digits_and_rounds_half_to_even():
    assert CONTEXT.divide(Decimal(1), Decimal(3)) == Decimal("0." + "3" * 34)
    assert CONTEXT.plus(Decimal("1." + "0" * 32 + "05")) == Decimal(1)


@pytest.mark.parametrize(
    ("value", "shares"),
    [
        ("13280.99", 13_280),
        ("13281", 13_281),
        ("13281.25", 13_281),
        ("13281.99999999", 13_281),
        ("0.999999", 0),
        ("0", 0),
        ("125737.5", 125_737),
    ],
)
def test_shares_are_rounded_down_to_whole_ones(value, shares):
    assert whole_shares(Decimal(value)) == shares


def test_a_repeating_fraction_that_comes_to_a_whole_number_of_shares_is_not_one_short():
    four_thirds = CONTEXT.divide(Decimal(4), Decimal(3))
    product = CONTEXT.multiply(four_thirds, Decimal(3000))
    assert product < 4000
    assert whole_shares(product) == 4000


def test_a_negative_number_of_shares_is_refused():
    with pytest.raises(Refused, match="-1 is no number of shares"):
        whole_shares(Decimal(-1))


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=1, max_value=10**4))
def test_any_fraction_of_shares_is_rounded_as_whole_numbers_divide(numerator, denominator):
    quotient = CONTEXT.divide(Decimal(numerator), Decimal(denominator))
    assert whole_shares(quotient) == numerator // denominator


@pytest.mark.parametrize(
    ("value", "units"), [("8.49", 8), ("8.5", 9), ("8.51", 9), ("9.5", 10), ("0", 0)]
)
def test_half_a_cent_is_rounded_up(value, units):
    assert whole_minor_units(Decimal(value)) == units


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("140", "140 %"),
        ("140.00", "140 %"),
        ("122.2222", "122.22 %"),
        ("0", "0 %"),
        ("66.6", "66.6 %"),
    ],
)
def test_a_per_cent_is_written_with_at_most_two_decimals(value, text):
    assert percent_text(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.489954", "+49.00 %"),
        ("-0.076222", "−7.62 %"),
        ("5", "+500.00 %"),
        ("0", "0.00 %"),
        ("-0.00000001", "0.00 %"),
        ("-1", "−100.00 %"),
        ("12.3456", "+1,234.56 %"),
    ],
)
def test_a_return_is_written_in_per_cent_with_its_sign(value, text):
    assert return_text(Decimal(value)) == text


def test_numbers_and_shares_are_grouped_in_thousands():
    assert number_text(Decimal("-1234567.891")) == "−1,234,567.89"
    assert number_text(Decimal("1.0032206"), places=6) == "1.003221"
    assert shares_text(14_000) == "14,000"


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (4_356_100, "USD", "$43,561.00"),
        (5, "USD", "$0.05"),
        (1, "USD", "$0.01"),
        (0, "USD", "$0.00"),
        (-302, "USD", "−$3.02"),
        (4_356_100, "GBP", "GBP 43,561.00"),
        (4_356_100, "JPY", "JPY 4,356,100"),
    ],
)
def test_money_is_written_in_its_currency(minor, currency, text):
    assert money_text(minor, currency) == text


def test_a_currency_that_is_not_known_is_refused_by_name():
    with pytest.raises(Refused, match="'XXX'"):
        money_text(1, "XXX")
