import decimal
from decimal import Decimal

import pytest

from ltip.rules.outcome import Refused
from ltip.rules.outlook import Ending, endings_by_place, endings_by_point

SCHEDULE = [
    (Decimal(25), Decimal(50)),
    (Decimal(50), Decimal(100)),
    (Decimal(75), Decimal(200)),
]


def by_place(rank, ranked=9, *, own_return="0.1", cap=None, between="line"):
    endings = endings_by_place(
        rank=rank,
        ranked=ranked,
        points=SCHEDULE,
        between_points=between,
        own_return=Decimal(own_return),
        negative_return_cap=cap,
    )
    return [(ending.kind, ending.place, ending.at, ending.payout) for ending in endings]


# Of 9 ranked the places have the percentiles 100, 87.5, 75, 62.5, 50, 37.5, 25, 12.5 and 0. By
# straight line 62.5 pays 150 %, 37.5 pays 75 %, and 12.5 lies below the first point.
@pytest.mark.parametrize(
    ("rank", "endings"),
    [
        (1, [("falls", 2, Decimal("87.5"), 200), ("nothing", 8, Decimal("12.5"), 0)]),
        (
            4,
            [
                ("rises", 3, 75, 200),
                ("falls", 5, 50, 100),
                ("nothing", 8, Decimal("12.5"), 0),
            ],
        ),
        (
            6,
            [
                ("rises", 5, 50, 100),
                ("falls", 7, 25, 50),
                ("nothing", 8, Decimal("12.5"), 0),
            ],
        ),
        (
            7,
            [
                ("rises", 6, Decimal("37.5"), 75),
                ("falls", 8, Decimal("12.5"), 0),
                ("nothing", 9, 0, 0),
            ],
        ),
        (8, [("rises", 7, 25, 50), ("falls", 9, 0, 0)]),
        (9, [("rises", 8, Decimal("12.5"), 0)]),
    ],
)
def test_one_place_better_one_worse_and_the_best_that_pays_nothing(rank, endings):
    assert by_place(rank) == endings


def test_in_steps_the_lower_point_counts_between_two_places():
    assert by_place(5, between="step") == [
        ("rises", 4, Decimal("62.5"), 100),
        ("falls", 6, Decimal("37.5"), 50),
        ("nothing", 8, Decimal("12.5"), 0),
    ]


def test_the_cap_holds_while_the_companys_own_return_is_negative():
    assert by_place(2, own_return="-0.01", cap=Decimal(120))[0] == ("rises", 1, 100, 120)
    assert by_place(2, own_return="0", cap=Decimal(120))[0] == ("rises", 1, 100, 200)


@pytest.mark.parametrize("rank", [0, 10])
def test_a_place_that_is_none_is_refused(rank):
    with pytest.raises(Refused) as refusal:
        by_place(rank)
    assert str(refusal.value) == f"GA §2: there is no place {rank} among 9."


def test_one_alone_can_end_nowhere_else():
    assert by_place(1, 1) == []


def by_point(reached, points=SCHEDULE, **more):
    endings = endings_by_point(points=points, reached=Decimal(reached), **more)
    assert {ending.place for ending in endings} == {None}
    return [(ending.kind, ending.at, ending.payout) for ending in endings]


@pytest.mark.parametrize(
    ("reached", "endings"),
    [
        ("24.99", [("rises", 25, 50)]),
        ("25", [("rises", 50, 100), ("nothing", 25, 0)]),
        ("25.01", [("rises", 50, 100), ("falls", 25, 50), ("nothing", 25, 0)]),
        ("50", [("rises", 75, 200), ("falls", 25, 50), ("nothing", 25, 0)]),
        ("75", [("falls", 50, 100), ("nothing", 25, 0)]),
        ("100", [("falls", 75, 200), ("nothing", 25, 0)]),
    ],
)
def test_the_points_around_what_is_reached_are_the_other_endings(reached, endings):
    assert by_point(reached) == endings


def test_a_schedule_whose_first_point_pays_nothing_has_no_ending_below_it():
    points = [(Decimal(0), Decimal(0)), (Decimal(100), Decimal(200))]
    assert by_point("40", points) == [("rises", 100, 200), ("falls", 0, 0)]
    points = [(Decimal(0), Decimal("0.01")), (Decimal(100), Decimal(200))]
    assert by_point("0", points) == [("rises", 100, 200), ("nothing", 0, 0)]


def test_a_cap_holds_for_every_point_that_would_pay_more():
    assert by_point("50", most_payout=Decimal(100)) == [
        ("rises", 75, 100),
        ("falls", 25, 50),
        ("nothing", 25, 0),
    ]
    assert by_point("80", most_payout=Decimal(40)) == [("falls", 50 + 25, 40), ("nothing", 25, 0)]


def test_an_ending_is_a_plain_value():
    assert endings_by_point(points=SCHEDULE, reached=Decimal(0)) == (
        Ending("rises", Decimal(25), Decimal(50)),
    )


def test_the_percentile_of_a_place_has_every_digit_of_a_decided_one() -> None:
    """Of four the third place has 1 ÷ 3 × 100, in 34 digits whatever the caller counts with."""
    with decimal.localcontext(prec=3):
        endings = by_place(2, ranked=4)
    assert endings[1][2] == Decimal("33.33333333333333333333333333333333")
