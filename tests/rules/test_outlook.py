from decimal import Decimal

import pytest

from ltip.rules.outcome import Refused
from ltip.rules.outlook import Ending, other_endings, place_needed

SCHEDULE = [
    (Decimal(25), Decimal(50)),
    (Decimal(50), Decimal(100)),
    (Decimal(75), Decimal(200)),
]


def told(reached, points=SCHEDULE, **more):
    endings = other_endings(points=points, reached=Decimal(reached), **more)
    return [(ending.kind, ending.at, ending.payout) for ending in endings]


@pytest.mark.parametrize(
    ("reached", "endings"),
    [
        ("24.99", [("rises", 25, 50)]),
        ("25", [("rises", 50, 100), ("below", 25, 0)]),
        ("25.01", [("rises", 50, 100), ("falls", 25, 50), ("below", 25, 0)]),
        ("50", [("rises", 75, 200), ("falls", 25, 50), ("below", 25, 0)]),
        ("75", [("falls", 50, 100), ("below", 25, 0)]),
        ("100", [("falls", 75, 200), ("below", 25, 0)]),
    ],
)
def test_the_points_around_what_is_reached_are_the_other_endings(reached, endings):
    assert told(reached) == endings


def test_a_schedule_whose_first_point_pays_nothing_has_no_ending_below_it():
    points = [(Decimal(0), Decimal(0)), (Decimal(100), Decimal(200))]
    assert told("40", points) == [("rises", 100, 200), ("falls", 0, 0)]
    points = [(Decimal(0), Decimal("0.01")), (Decimal(100), Decimal(200))]
    assert told("0", points) == [("rises", 100, 200), ("below", 0, 0)]


def test_a_cap_holds_for_every_ending_that_would_pay_more():
    assert told("50", most_payout=Decimal(100)) == [
        ("rises", 75, 100),
        ("falls", 25, 50),
        ("below", 25, 0),
    ]
    assert told("80", most_payout=Decimal(40)) == [("falls", 75, 40), ("below", 25, 0)]


def test_an_ending_is_a_plain_value():
    assert other_endings(points=SCHEDULE, reached=Decimal(0)) == (
        Ending("rises", Decimal(25), Decimal(50)),
    )


@pytest.mark.parametrize(
    ("percentile", "ranked", "place"),
    [
        # Of 5 ranked the places have the percentiles 100, 75, 50, 25 and 0.
        ("75", 5, 2),
        ("75.01", 5, 1),
        ("74.99", 5, 2),
        ("50", 5, 3),
        ("0", 5, 5),
        ("100", 5, 1),
        # Of 86: place 22 is (86 - 22) / 85 = 75.29, place 23 is 74.12.
        ("75", 86, 22),
        ("50", 2, 1),
    ],
)
def test_the_place_needed_is_the_last_that_reaches_the_percentile(percentile, ranked, place):
    assert place_needed(percentile=Decimal(percentile), ranked=ranked) == place


def test_one_alone_has_no_place_to_compare():
    with pytest.raises(Refused) as refusal:
        place_needed(percentile=Decimal(50), ranked=1)
    assert str(refusal.value) == "GA §2: 1 ranked leave no place to compare."
