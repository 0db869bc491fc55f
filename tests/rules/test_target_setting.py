"""Target shares from an amount of money and an average price."""

from datetime import date
from decimal import Decimal

import pytest

from ltip.rules.outcome import Refused, Step
from ltip.rules.target_setting import average_price, shares_for_amount

MON, TUE, WED, THU = (date(2013, 3, day) for day in (4, 5, 6, 7))
CLOSES = {MON: Decimal("10"), TUE: Decimal("10.5"), WED: Decimal("11.25"), THU: Decimal("12")}


def average(*days: date, closes=CLOSES, splits=None):
    return average_price(closes=closes, splits=splits or {}, days=days)


def test_the_average_shows_every_close_and_rounds_nothing() -> None:
    found = average(MON, TUE, WED)
    # 31.75 ÷ 3 = 10.58333…
    assert found.value == Decimal("10.58333333333333333333333333333333")
    assert found.steps == (
        Step("The close of 4 March 2013.", "10", "P Grants"),
        Step("The close of 5 March 2013.", "10.5", "P Grants"),
        Step("The close of 6 March 2013.", "11.25", "P Grants"),
        Step(
            "The average of the closes of 3 trading days from 4 March 2013 to 6 March 2013, not "
            "rounded; six decimals are shown.",
            "10.583333",
            "P Grants",
        ),
    )


def test_of_one_day_the_close_is_the_price() -> None:
    found = average(WED)
    assert found.value == Decimal("11.25")
    assert found.steps[-1] == Step(
        "One trading day, 6 March 2013: its close is the price.", "11.25", "P Grants"
    )


def test_the_last_close_before_stands_in_for_a_day_without_one() -> None:
    closes = {MON: Decimal("10"), WED: Decimal("11.25")}
    found = average(TUE, WED, closes=closes)
    assert found.value == Decimal("10.625")
    assert found.steps[0] == Step(
        "The close of 4 March 2013, in place of 5 March 2013, which has none.", "10", "P Grants"
    )


def test_closes_before_a_split_are_divided_by_it() -> None:
    closes = {MON: Decimal("10"), TUE: Decimal("12"), WED: Decimal("6.5")}
    found = average(MON, TUE, WED, closes=closes, splits={WED: Decimal(2)})
    assert found.value == Decimal("5.833333333333333333333333333333333")  # 17.5 ÷ 3
    assert found.steps[1] == Step(
        "The close of 5 March 2013, divided by 2 for the split of 6 March 2013.", "6", "P Grants"
    )
    assert found.steps[2].sentence == "The close of 6 March 2013."


@pytest.mark.parametrize(("ex_date", "price"), [(MON, "10"), (TUE, "5"), (WED, "5"), (THU, "10")])
def test_a_split_counts_after_the_close_and_up_to_the_last_day(ex_date: date, price: str) -> None:
    closes = {MON: Decimal(10), TUE: Decimal(0), WED: Decimal(0)}
    found = average(MON, TUE, WED, closes=closes, splits={ex_date: Decimal("2")})
    assert found.steps[0].figure == price


def test_two_splits_both_divide() -> None:
    # 10 ÷ 1.3333333 ÷ 2 = 3.75000009…; six decimals of a ratio are shown.
    found = average(MON, TUE, WED, splits={TUE: Decimal("1.3333333"), WED: Decimal(2)})
    assert found.steps[0] == Step(
        "The close of 4 March 2013, divided by 1.333333 for the split of 5 March 2013, divided by "
        "2 for the split of 6 March 2013.",
        "3.75",
        "P Grants",
    )


@pytest.mark.parametrize(
    "closes",
    [
        {},
        {date(2013, 3, 1): Decimal(9)},  # nothing inside the window
        {TUE: Decimal(9)},  # nothing on or before its first day
        {THU: Decimal(9)},
    ],
)
def test_days_that_are_not_covered_by_closes_are_refused(closes: dict[date, Decimal]) -> None:
    with pytest.raises(Refused) as refused:
        average(MON, TUE, WED, closes=closes)
    assert str(refused.value) == (
        "P Grants: the closes from 4 March 2013 to 6 March 2013 are not on record. Import the "
        "prices, or choose days that have them."
    )


def test_a_close_on_the_first_day_is_enough() -> None:
    assert average(MON, TUE, closes={MON: Decimal(9)}).value == 9


@pytest.mark.parametrize(("number", "is_taken"), [(0, False), (1, True), (90, True), (91, False)])
def test_the_average_takes_1_to_90_days(number: int, is_taken: bool) -> None:
    days = tuple(date.fromordinal(MON.toordinal() + n) for n in range(number))
    if is_taken:
        assert average(*days).value
        return
    with pytest.raises(Refused) as refused:
        average(*days)
    assert str(refused.value) == (
        f"P Grants: an average over {number} trading days; it takes 1 to 90."
    )


@pytest.mark.parametrize(
    ("cents", "rounding", "shares"),
    [
        (10_000_00, "down", 941),  # 10,000 ÷ 10.625 = 941.17…
        (10_000_00, "nearest", 941),
        (10_001_00, "nearest", 941),  # 941.27…
        (10_006_00, "down", 941),  # 941.74…
        (10_006_00, "nearest", 942),
        (10_625, "down", 10),  # exactly ten
        (10_624, "down", 9),
    ],
)
def test_money_by_price_is_rounded_once_as_shares_are(
    cents: int, rounding: str, shares: int
) -> None:
    found = shares_for_amount(
        amount_minor=cents, currency="USD", price=Decimal("10.625"), shares_rounding=rounding
    )
    assert found.value == shares


def test_it_says_amount_price_and_rounding() -> None:
    found = shares_for_amount(amount_minor=50_000_000, currency="USD", price=Decimal("10.58") / 3)
    assert found.steps == (
        Step("$500,000.00 ÷ 3.526667 a share, rounded down.", "141,776", "P Grants"),
    )


def test_an_amount_below_the_price_of_a_share_is_refused() -> None:
    price = Decimal("10.62")
    assert shares_for_amount(amount_minor=1062, currency="USD", price=price).value == 1
    with pytest.raises(Refused) as refused:
        shares_for_amount(amount_minor=1061, currency="USD", price=price)
    assert str(refused.value) == ("P Grants: $10.61 come to no whole share at 10.62 a share.")


def test_the_refusal_shows_six_decimals_of_the_price() -> None:
    with pytest.raises(Refused, match=r"no whole share at 10\.623457 a share\."):
        shares_for_amount(amount_minor=1, currency="USD", price=Decimal("10.6234567"))


def test_a_share_may_cost_less_than_a_dollar_and_nothing_is_lost_of_a_large_amount() -> None:
    # 10^28 dollars ÷ 0.7: more digits than Python's own context keeps.
    price = Decimal("0.7")
    found = shares_for_amount(amount_minor=10**30, currency="USD", price=price)
    assert found.value == 10**29 // 7


def test_a_negative_price_is_refused_with_six_decimals() -> None:
    with pytest.raises(Refused, match=r"a price of −1\.123457 a share"):
        shares_for_amount(amount_minor=1, currency="USD", price=Decimal("-1.1234567"))


@pytest.mark.parametrize("price", ["0", "-0.0000001"])
def test_a_price_is_above_zero(price: str) -> None:
    with pytest.raises(Refused, match="a price of 0 a share") as refused:
        shares_for_amount(amount_minor=1062, currency="USD", price=Decimal(price))
    assert refused.value.place == "P Grants"


def test_a_close_is_shown_with_all_its_six_decimals() -> None:
    found = average(MON, closes={MON: Decimal("10.123456")})
    assert found.steps[0] == Step("The close of 4 March 2013.", "10.123456", "P Grants")
