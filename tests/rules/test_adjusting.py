from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.adjusting import adjusted_shares
from ltip.rules.outcome import Refused


@pytest.mark.parametrize(
    ("shares", "ratio", "adjusted"),
    [
        (10_000, "2", 20_000),
        (3_333, "1.5", 4_999),
        (3_334, "1.5", 5_001),
        (4_009, "0.1", 400),
        (4_010, "0.1", 401),
        (9, "0.1", 0),
        (0, "2", 0),
        (7_777, "1", 7_777),
        (7_777, "1.05", 8_165),
    ],
)
def test_performance_shares_times_the_ratio_are_rounded_down_per_award(shares, ratio, adjusted):
    assert adjusted_shares(shares=shares, ratio=Decimal(ratio)).value == adjusted


def test_one_for_three_of_three_thousand_is_a_thousand():
    assert adjusted_shares(shares=3_000, ratio=Decimal(1) / 3).value == 1_000


def test_the_step_shows_before_and_after():
    step = adjusted_shares(shares=3_333, ratio=Decimal("1.5")).steps[0]
    assert "3,333 shares × 1.5 new for one old" in step.sentence
    assert (step.figure, step.place) == ("4,999", "GA §11")


@pytest.mark.parametrize(
    ("shares", "ratio", "words"), [(-1, "2", "-1 shares"), (1, "0", "above"), (1, "-2", "above")]
)
def test_impossible_adjustments_are_refused(shares, ratio, words):
    with pytest.raises(Refused, match=words) as refusal:
        adjusted_shares(shares=shares, ratio=Decimal(ratio))
    assert refusal.value.place == "GA §11"


@given(
    st.integers(min_value=0, max_value=10**7),
    st.decimals(min_value="0.000001", max_value=1000, places=6),
)
def test_less_than_one_share_is_lost(shares, ratio):
    adjusted = adjusted_shares(shares=shares, ratio=ratio).value
    assert adjusted <= shares * Fraction(ratio) < adjusted + 1


def test_the_refusal_of_a_ratio_says_what_to_state():
    with pytest.raises(Refused) as refusal:
        adjusted_shares(shares=1, ratio=Decimal(0))
    assert str(refusal.value) == (
        "GA §11: a ratio of 0 new shares for one old; it is above zero. State how many new shares "
        "stand for one old."
    )
