import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.outcome import Refused
from ltip.rules.schedule import check_schedule, payout, weighted_payout


def points(*pairs):
    return tuple((Decimal(x), Decimal(y)) for x, y in pairs)


SCALES = {
    "A": points((33, 50), (50, 100), (60, 125), (70, 150), (80, 200)),
    "B": points((25, 25), (50, 100), (75, 150)),
    "C": points((25, 40), (55, 100), (80, 150)),
    "D": points((25, 0), (50, 100), (95, 200)),
    "E": points((25, 50), (50, 100), (85, 200)),
    "F": points((25, 25), (50, 100), (75, 200)),
}
PAYOUTS = {
    "24": ("0", "0", "0", "0", "0", "0"),
    "25": ("0", "25", "40", "0", "50", "25"),
    "33": ("50", "49", "56", "32", "66", "49"),
    "40": ("70.5882", "70", "70", "60", "80", "70"),
    "55": ("112.5", "110", "100", "111.1111", "114.2857", "120"),
    "62.5": ("131.25", "125", "115", "127.7778", "135.7143", "150"),
    "74": ("170", "148", "138", "153.3333", "168.5714", "196"),
    "90": ("200", "150", "150", "188.8889", "200", "200"),
}
OURS = points((25, 50), (50, 100), (75, 200))


def paid(percentile, scale=OURS, between_points="line", own_return="0.1", cap=None):
    return payout(
        percentile=Decimal(percentile),
        points=scale,
        between_points=between_points,
        own_return=Decimal(own_return),
        negative_return_cap=None if cap is None else Decimal(cap),
    ).value


@pytest.mark.parametrize(
    ("scale", "percentile", "expected"),
    [
        (scale, percentile, expected)
        for percentile, row in PAYOUTS.items()
        for scale, expected in zip(SCALES, row, strict=True)
    ],
)
def test_scales_in_use_pay_what_they_say(scale, percentile, expected):
    value = paid(percentile, SCALES[scale])
    assert value.quantize(Decimal("0.0001")) == Decimal(expected)


@pytest.mark.parametrize(
    ("percentile", "expected"),
    [
        ("0", "0"),
        ("24.999999", "0"),
        ("25", "50"),
        ("25.5", "51"),
        ("49.5", "99"),
        ("50", "100"),
        ("50.25", "101"),
        ("60", "140"),
        ("74.75", "199"),
        ("75", "200"),
        ("75.01", "200"),
        ("100", "200"),
    ],
)
def test_a_line_runs_between_the_points_and_nothing_is_earned_below_the_first(percentile, expected):
    assert paid(percentile) == Decimal(expected)


@pytest.mark.parametrize(
    ("percentile", "expected"),
    [
        ("24.99", "0"),
        ("25", "50"),
        ("25.01", "50"),
        ("49.99", "50"),
        ("50", "100"),
        ("74.99", "100"),
        ("75", "200"),
        ("99", "200"),
    ],
)
def test_steps_pay_the_point_last_reached(percentile, expected):
    assert paid(percentile, between_points="step") == Decimal(expected)


@pytest.mark.parametrize(
    ("own_return", "expected"), [("-0.000001", "100"), ("0", "140"), ("0.000001", "140")]
)
def test_the_cap_binds_only_when_the_companys_own_return_is_negative(own_return, expected):
    assert paid("60", own_return=own_return, cap="100") == Decimal(expected)


@pytest.mark.parametrize(("percentile", "expected"), [("25", "50"), ("50", "100"), ("51", "100")])
def test_the_cap_never_raises_a_payout(percentile, expected):
    assert paid(percentile, own_return="-0.2", cap="100") == Decimal(expected)


def test_a_payout_that_just_meets_the_cap_is_not_said_to_be_capped():
    steps = payout(
        percentile=Decimal(50),
        points=OURS,
        between_points="line",
        own_return=Decimal("-0.1"),
        negative_return_cap=Decimal(100),
    ).steps
    assert [step.figure for step in steps] == ["100 %"]


@pytest.mark.parametrize(
    ("percentile", "words"),
    [
        ("24", "below the first point of the schedule, 25"),
        ("50", "is a point of the schedule"),
        ("60", r"between the points 50 \(100 %\) and 75 \(200 %\)"),
        ("75", "at or above the last point of the schedule, 75"),
    ],
)
def test_the_step_says_where_on_the_schedule_the_percentile_stands(percentile, words):
    outcome = payout(
        percentile=Decimal(percentile),
        points=OURS,
        between_points="line",
        own_return=Decimal(0),
        negative_return_cap=None,
    )
    assert re.search(words, outcome.steps[0].sentence)


def test_without_a_cap_a_negative_return_pays_by_rank():
    assert paid("60", own_return="-0.2") == 140


def test_the_steps_tell_the_reading_and_the_cap():
    steps = payout(
        percentile=Decimal(60),
        points=OURS,
        between_points="line",
        own_return=Decimal("-0.1"),
        negative_return_cap=Decimal(100),
    ).steps
    assert [step.figure for step in steps] == ["140 %", "100 %"]
    assert steps[0].place == "P Performance Goals"


@pytest.mark.parametrize(
    "scale",
    [points((50, 100)), points((0, 0), (100, 200)), points((25, 50), (50, 50), (75, 200))],
)
def test_schedules_that_answer_for_every_percentile_are_taken(scale):
    check_schedule(points=scale, between_points="line")


@pytest.mark.parametrize(
    ("scale", "reason"),
    [
        ((), "at least one point"),
        (points((25, 50), (25, 100)), "25 follows 25"),
        (points((50, 50), (25, 100)), "25 follows 50"),
        (points((25, 100), (50, 50)), "less than the 100 %"),
        (points(("-0.1", 50)), "not within 0 to 100"),
        (points(("100.1", 50)), "not within 0 to 100"),
        (points((25, "-1")), "not within 0 to 200"),
        (points((25, "200.01")), "not within 0 to 200"),
    ],
)
def test_other_schedules_are_refused_with_the_reason(scale, reason):
    with pytest.raises(Refused, match=reason) as refusal:
        check_schedule(points=scale, between_points="line")
    assert refusal.value.place == "P Performance Goals"


def test_what_happens_between_points_must_be_said():
    with pytest.raises(Refused, match="'curve'"):
        check_schedule(points=OURS, between_points="curve")


def test_payouts_of_segments_are_weighted():
    halves = [(Decimal(50), Decimal(200)), (Decimal(50), Decimal(60))]
    assert weighted_payout(payouts=halves).value == 130
    thirds = [(Decimal(60), Decimal(140)), (Decimal(30), Decimal(0)), (Decimal(10), Decimal(95))]
    assert weighted_payout(payouts=thirds).value == Decimal("93.5")
    assert weighted_payout(payouts=[(Decimal(100), Decimal(140))]).value == 140
    uneven = [(Decimal("0.5"), Decimal(200)), (Decimal("99.5"), Decimal(0))]
    assert weighted_payout(payouts=uneven).value == 1


@pytest.mark.parametrize("weights", [(), ("99",), ("50", "50.01"), ("150", "-50"), ("100", "0")])
def test_weights_that_are_not_100_together_are_refused(weights):
    with pytest.raises(Refused, match="P Performance Goals: the weights"):
        weighted_payout(payouts=[(Decimal(weight), Decimal(100)) for weight in weights])


def test_a_refusal_of_weights_lists_them():
    with pytest.raises(Refused, match=r"the weights \(60, 30\)"):
        weighted_payout(payouts=[(Decimal(60), Decimal(1)), (Decimal(30), Decimal(1))])
    with pytest.raises(Refused, match=r"the weights \(none\)"):
        weighted_payout(payouts=[])


percentiles = st.decimals(min_value=0, max_value=100, places=4)
schedules = st.lists(
    st.tuples(
        st.decimals(min_value=0, max_value=100, places=2),
        st.decimals(min_value=0, max_value=200, places=2),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda point: point[0],
).map(
    lambda drawn: tuple(zip(sorted(x for x, _ in drawn), sorted(y for _, y in drawn), strict=True))
)


@given(schedules, st.sampled_from(["line", "step"]), percentiles, percentiles)
def test_a_higher_percentile_never_pays_less(scale, between_points, one, other):
    lower, higher = sorted((one, other))
    assert 0 <= paid(lower, scale, between_points) <= paid(higher, scale, between_points) <= 200


@given(schedules, percentiles)
def test_steps_never_pay_more_than_the_line(scale, percentile):
    assert paid(percentile, scale, "step") <= paid(percentile, scale, "line")


@given(schedules, st.sampled_from(["line", "step"]))
def test_every_point_pays_what_it_says(scale, between_points):
    assert [paid(x, scale, between_points) for x, _ in scale] == [y for _, y in scale]
