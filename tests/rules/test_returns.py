from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.outcome import Refused
from ltip.rules.returns import (
    Action,
    accumulated_index,
    days_until_frozen,
    total_stockholder_return,
)

FIRST = date(2011, 12, 27)


def day(number):
    return FIRST + timedelta(days=number)


def closes_of(*prices):
    return {day(n): Decimal(price) for n, price in enumerate(prices) if price is not None}


def measured(closes, *actions, days=None, averaging_days=1):
    return total_stockholder_return(
        company="CO",
        closes=closes,
        actions=actions,
        days=days or [day(n) for n in range(max(closes).toordinal() - FIRST.toordinal() + 1)],
        averaging_days=averaging_days,
    ).value


def action(number, kind, amount):
    return Action(day(number), kind, Decimal(amount))


def test_a_return_is_the_end_over_the_beginning_less_one():
    result = measured(closes_of("6.47", "7.10", "9.64"))
    assert result.begin == Decimal("6.47")
    assert result.end == Decimal("9.64")
    assert result.value.quantize(Decimal("0.000001")) == Decimal("0.489954")
    assert result.shares_at_end == 1


def test_a_dividend_buys_shares_at_the_close_of_its_ex_date():
    result = measured(closes_of("10", "20", "30"), action(1, "dividend", "2"))
    assert result.shares_at_end == Decimal("1.1")
    assert result.value == Decimal("2.3")


def test_a_second_dividend_is_paid_on_the_shares_the_first_bought():
    result = measured(
        closes_of("10", "20", "10", "10"), action(1, "dividend", "2"), action(2, "dividend", "1")
    )
    assert result.shares_at_end == Decimal("1.21")


def test_two_payments_on_one_day_are_both_paid_on_the_shares_held_before():
    result = measured(
        closes_of("10", "10", "10"), action(1, "dividend", "1"), action(1, "spin_off", "1")
    )
    assert result.shares_at_end == Decimal("1.2")


def test_a_spin_off_counts_as_a_dividend_of_its_value():
    spun_off = measured(closes_of("40", "25", "25"), action(1, "spin_off", "15"))
    assert spun_off.shares_at_end == Decimal("1.6")
    assert spun_off.value == 0


@pytest.mark.parametrize(("ratio", "after"), [("2", "5"), ("0.05", "200"), ("1.25", "8")])
def test_a_split_multiplies_the_shares(ratio, after):
    result = measured(closes_of("10", after, after), action(1, "split", ratio))
    assert result.shares_at_end == Decimal(ratio)
    assert result.value == 0


def test_on_a_day_with_both_the_dividend_is_per_share_as_split():
    result = measured(
        closes_of("10", "6", "6"), action(1, "dividend", "0.6"), action(1, "split", "2")
    )
    assert result.shares_at_end == Decimal("2.2")
    assert result.value == Decimal("0.32")


@pytest.mark.parametrize(
    ("number", "shares"), [(-1, "1"), (0, "1"), (1, "1.1"), (2, "1.1"), (3, "1")]
)
def test_actions_count_after_the_first_day_and_up_to_the_last(number, shares):
    result = measured(closes_of("10", "10", "10"), action(number, "dividend", "1"))
    assert result.shares_at_end == Decimal(shares)


def test_a_window_averages_the_index_so_that_a_dividend_inside_it_counts_once():
    closes = closes_of("10", "10", "12", "11", "10", "22")
    result = measured(
        closes, action(1, "dividend", "1"), action(5, "dividend", "2.2"), averaging_days=2
    )
    assert result.begin == Decimal("10.5")
    assert result.shares_at_end == Decimal("1.21")
    assert result.end == (Decimal("11") + Decimal("26.62")) / 2


def test_a_split_inside_a_window_counts_once():
    plain = measured(closes_of("10", "12", "14", "16", "18"), averaging_days=2)
    split = measured(
        closes_of("10", "12", "14", "16", "9"), action(4, "split", "2"), averaging_days=2
    )
    assert split.value == plain.value
    assert (split.begin, split.end) == (11, 17)


def test_the_last_close_before_stands_in_and_the_day_is_listed():
    closes = closes_of("10", "11", None, "13", "15")
    result = measured(closes, averaging_days=4)
    assert result.begin == Decimal("11.25")
    assert result.stand_ins == (day(2),)


def test_a_close_from_before_the_window_stands_in_on_its_first_days():
    closes = closes_of("9", None, "11", "12")
    result = measured(closes, days=[day(1), day(2), day(3)], averaging_days=2)
    assert result.begin == Decimal(10)
    assert result.stand_ins == (day(1),)


def test_a_close_that_stands_in_across_a_split_speaks_of_the_new_shares():
    closes = closes_of("10", None, "6", "6")
    result = measured(closes, action(1, "split", "2"))
    points = accumulated_index(
        company="CO",
        closes=closes,
        actions=[action(1, "split", "2")],
        days=[day(n) for n in range(4)],
    )
    assert (points[1].close, points[1].index, points[1].stand_in) == (Decimal(5), 10, True)
    assert result.value == Decimal("0.2")


def test_a_close_of_the_split_day_itself_is_not_divided_again():
    closes = closes_of("10", "5", None, "6")
    points = accumulated_index(
        company="CO",
        closes=closes,
        actions=[action(1, "split", "2")],
        days=[day(n) for n in range(4)],
    )
    assert [point.index for point in points] == [10, 10, 10, 12]


def test_an_ex_date_without_trading_is_bought_at_the_close_before_and_listed():
    closes = closes_of("10", "20", None, "40")
    result = measured(closes, action(2, "dividend", "2"), days=[day(0), day(1), day(3)])
    assert result.shares_at_end == Decimal("1.1")
    assert result.value == Decimal("3.4")
    assert result.stand_ins == (day(2),)


def test_a_split_between_two_trading_days_is_applied_before_the_next():
    closes = closes_of("10", "20", None, "12")
    result = measured(closes, action(2, "split", "2"), days=[day(0), day(1), day(3)])
    assert result.value == Decimal("1.4")


@pytest.mark.parametrize(
    ("prices", "averaging_days", "when"),
    [
        (("10", "11", "12", None), 1, "on 30 December 2011"),
        ((None, "11", "12", "13"), 1, "on 27 December 2011"),
        (("10", "11", None, None), 2, "from 29 December 2011 to 30 December 2011"),
        ((None, None, "12", "13"), 2, "from 27 December 2011 to 28 December 2011"),
    ],
)
def test_a_window_without_any_close_is_refused_with_the_companys_name(prices, averaging_days, when):
    with pytest.raises(Refused, match=f"GA §2: CO has no close {when}"):
        measured(closes_of(*prices), days=[day(n) for n in range(4)], averaging_days=averaging_days)


def test_one_close_in_a_window_is_enough():
    assert measured(
        closes_of("10", "11", "12", None), days=[day(n) for n in range(4)], averaging_days=2
    ).stand_ins == (day(3),)


def test_days_before_the_first_close_are_refused_even_in_a_window_with_closes():
    with pytest.raises(Refused, match="CO has no close on or before 27 December 2011"):
        measured(closes_of(None, "11", "12"), averaging_days=2)


@pytest.mark.parametrize("averaging_days", [0, 91])
def test_an_averaging_window_outside_1_to_90_days_is_refused(averaging_days):
    with pytest.raises(Refused, match=f"averaging window of {averaging_days}"):
        measured(closes_of(*["10"] * 100), averaging_days=averaging_days)


@pytest.mark.parametrize("averaging_days", [1, 2, 90])
def test_averaging_windows_of_1_to_90_days_are_taken(averaging_days):
    assert measured(closes_of(*["10"] * 100), averaging_days=averaging_days).value == 0


def test_a_window_that_leaves_no_day_to_measure_is_refused():
    with pytest.raises(Refused, match="2 trading days leave nothing"):
        measured(closes_of("10", "11"), averaging_days=2)


@pytest.mark.parametrize("price", ["0", "-1"])
def test_a_close_that_is_not_above_zero_is_refused(price):
    with pytest.raises(Refused, match="the close of CO on 28 December 2011"):
        measured(closes_of("10", price, "11"))


def test_actions_that_make_no_sense_are_refused():
    with pytest.raises(Refused, match="'gift' of CO on 28 December 2011"):
        measured(closes_of("10", "10"), action(1, "gift", "1"))
    with pytest.raises(Refused, match="the split of CO on 28 December 2011 is 0"):
        measured(closes_of("10", "10"), action(1, "split", "0"))


def test_trading_days_out_of_order_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="in their order"):
        measured(closes_of("10", "11"), days=[day(1), day(0)])
    with pytest.raises(ValueError, match="once each"):
        measured(closes_of("10", "11"), days=[day(0), day(1), day(1)])


def test_the_steps_tell_every_purchase_and_end_with_the_return():
    steps = total_stockholder_return(
        company="CO",
        closes=closes_of("10", "20", "30"),
        actions=[action(1, "dividend", "2")],
        days=[day(0), day(1), day(2)],
        averaging_days=1,
    ).steps
    assert [step.figure for step in steps] == ["10", "1.1", "33", "+230.00 %"]
    assert "28 December 2011" in steps[1].sentence
    assert {step.place for step in steps} == {"GA §2"}


def test_the_steps_name_the_windows_and_the_days_an_earlier_close_stood_in():
    steps = total_stockholder_return(
        company="CO",
        closes=closes_of("10", "12", None, "16"),
        actions=[action(1, "split", "1.0000034")],
        days=[day(n) for n in range(4)],
        averaging_days=2,
    ).steps
    begin, split, end, stand_ins, _ = steps
    assert "average of the 2 trading days from 27 December 2011 to 28 December 2011" in (
        begin.sentence
    )
    assert begin.figure == "11.00002"
    assert "1.0000034 new for one old" in split.sentence
    assert split.figure == "1.000003"
    assert "from 29 December 2011 to 30 December 2011" in end.sentence
    assert end.figure == "14.000048"
    assert (stand_ins.figure, "29 December 2011" in stand_ins.sentence) == ("1", True)


def test_a_window_is_told_from_its_first_day_to_its_last() -> None:
    steps = total_stockholder_return(
        company="CO",
        closes=closes_of("10", "11", "12", "13", None, None, "16"),
        actions=[],
        days=[day(n) for n in range(7)],
        averaging_days=3,
    ).steps
    assert [step.sentence for step in steps[:3]] == [
        "One share of CO, at the average of the 3 trading days from 27 December 2011 to "
        "29 December 2011.",
        "The shares of CO held at the end, at the average of the 3 trading days from "
        "31 December 2011 to 2 January 2012.",
        "CO has no close on these days, and the last one before stands in: 31 December 2011, "
        "1 January 2012.",
    ]
    closes = {day(n): Decimal(10) for n in (0, 1, 2)}
    with pytest.raises(Refused) as refusal:
        measured(closes, days=[day(n) for n in range(6)], averaging_days=3)
    assert refusal.value.reason == "CO has no close from 30 December 2011 to 1 January 2012."


def test_two_splits_on_one_day_are_one_of_their_product() -> None:
    # 60 before, then 2 for 1 and 3 for 1: a close that stands in across both is 10.
    points = accumulated_index(
        company="CO",
        closes=closes_of("60", None, "10"),
        actions=[action(1, "split", "2"), action(1, "split", "3")],
        days=[day(0), day(1), day(2)],
    )
    assert [(p.close, p.shares_held) for p in points] == [(60, 1), (10, 6), (10, 6)]


def test_a_frozen_peer_is_measured_to_its_last_close():
    days = [day(n) for n in range(5)]
    closes = closes_of("10", "11", None, "13", "14")
    until = [
        days_until_frozen(company="P1", closes=closes, days=days, frozen_on=day(n))
        for n in (1, 2, 3)
    ]
    assert [d[-1] for d in until] == [day(1), day(1), day(3)]
    with pytest.raises(Refused, match="P1 has no close"):
        days_until_frozen(company="P1", closes=closes, days=days, frozen_on=day(-1))


prices = st.lists(st.decimals(min_value="0.25", max_value="500", places=2), min_size=6, max_size=30)


@given(
    prices,
    st.integers(min_value=1, max_value=5),
    st.sampled_from(["2", "4", "5", "1.25", "0.5", "0.2", "0.05"]),
    st.integers(min_value=1, max_value=3),
)
def test_any_split_leaves_the_return_unchanged(path, split_at, ratio, averaging_days):
    split = Decimal(ratio)
    plain = measured(closes_of(*path), averaging_days=averaging_days)
    after = [price / split if n >= split_at else price for n, price in enumerate(path)]
    split_return = measured(
        closes_of(*after), action(split_at, "split", ratio), averaging_days=averaging_days
    )
    assert split_return.value == plain.value


@given(prices, st.integers(min_value=1, max_value=5), st.sampled_from(["3", "7", "0.3"]))
def test_a_split_leaves_the_return_with_dividends_unchanged(path, split_at, ratio):
    split = Decimal(ratio)
    before, after = action(3, "dividend", "0.21"), Action(day(3), "dividend", Decimal("0.21"))
    if split_at <= 3:
        after = Action(day(3), "dividend", Decimal("0.21") / split)
    plain = measured(closes_of(*path), before)
    split_closes = [price / split if n >= split_at else price for n, price in enumerate(path)]
    split_return = measured(closes_of(*split_closes), action(split_at, "split", ratio), after)
    # A third has no exact decimal, in the closes least of all: the last digits may differ.
    assert abs(split_return.value - plain.value) < Decimal("1E-20")


@given(prices, st.integers(min_value=1, max_value=5))
def test_a_dividend_never_makes_the_return_smaller(path, ex_date):
    assert (
        measured(closes_of(*path), action(ex_date, "dividend", "0.10")).value
        > measured(closes_of(*path)).value
    )


@given(prices, st.randoms())
def test_the_order_of_actions_and_closes_changes_nothing(path, random):
    actions = [action(1, "split", "2"), action(2, "dividend", "0.1"), action(4, "spin_off", "1")]
    shuffled, closes = list(actions), list(closes_of(*path).items())
    random.shuffle(shuffled)
    random.shuffle(closes)
    assert measured(dict(closes), *shuffled) == measured(closes_of(*path), *actions)
