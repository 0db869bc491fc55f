"""What a neighbouring place or another method would have paid, worked out by hand."""

from decimal import Decimal
from typing import Any

import pytest

from ltip.rules.alternatives import PLACE, Alternative, alternatives
from ltip.rules.outcome import Refused, Step

# Four peers. By straight line from 25 (50 %) over 50 (100 %) to 75 (200 %).
RETURNS = {
    "A": Decimal("0.40"),
    "B": Decimal("0.20"),
    "OWN": Decimal("0.10"),
    "C": Decimal("0.00"),
    "D": Decimal("-0.20"),
}
POINTS = [(Decimal(at), Decimal(pays)) for at, pays in ((25, 50), (50, 100), (75, 200))]


def found(returns: dict[str, Decimal] = RETURNS, **changes: Any) -> Any:
    asked: dict[str, Any] = {
        "company": "OWN",
        "returns": returns,
        "method": "discrete",
        "points": POINTS,
        "between_points": "line",
        "negative_return_cap": None,
    }
    return alternatives(**(asked | changes))


def test_both_neighbours_and_the_other_two_methods_in_this_order() -> None:
    # Discrete, 5 ranked: place 2 is 3/4 = 75, place 4 is 1/4 = 25.
    # Continuous: halfway between C and B, (1 + 1/2) / 3 = 50. Below it: 2 of 4 = 50.
    assert found().value == (
        Alternative("One place better, with the +20.00 % of B", Decimal(75), Decimal(200)),
        Alternative("One place worse, with the 0.00 % of C", Decimal(25), Decimal(50)),
        Alternative(
            "Placed by straight line between the peers around it", Decimal(50), Decimal(100)
        ),
        Alternative("The peers below it counted", Decimal(50), Decimal(100)),
    )


def test_the_steps_say_what_each_would_have_paid() -> None:
    assert found().steps[0] == Step(
        "One place better, with the +20.00 % of B: the percentile 75 would have paid 200 %.",
        "200 %",
        "GA §2",
    )
    assert [step.figure for step in found().steps] == ["200 %", "50 %", "100 %", "100 %"]
    assert PLACE == "GA §2"


def test_the_method_of_the_goal_places_the_neighbours_and_is_not_listed_again() -> None:
    # Counted below: with B's return 3 of 4 are lower, with C's 1 of 4.
    better, worse, ranked, _ = found(method="count_below").value
    assert (better.percentile, worse.percentile) == (Decimal(75), Decimal(25))
    assert ranked == Alternative("Ranked with its peers", Decimal(50), Decimal(100))


def test_the_best_has_no_better_place_and_the_last_no_worse_one() -> None:
    best, last = RETURNS | {"OWN": Decimal(9)}, RETURNS | {"OWN": Decimal("-0.9")}
    assert [one.what.split(",")[0] for one in found(best).value][:2] == [
        "One place worse",
        "Placed by straight line between the peers around it",
    ]
    assert [one.what.split(",")[0] for one in found(last).value][:2] == [
        "One place better",
        "Placed by straight line between the peers around it",
    ]


def test_a_tied_peer_is_no_neighbour_and_of_two_alike_the_first_name_is() -> None:
    tied = {"A": Decimal("0.3"), "E": Decimal("0.3"), "B": Decimal("0.1"), "OWN": Decimal("0.1")}
    assert [one.what for one in found(tied).value][0] == "One place better, with the +30.00 % of A"
    assert not any(one.what.startswith("One place worse") for one in found(tied).value)
    lower = {"B": Decimal("-0.1"), "A": Decimal("-0.1"), "OWN": Decimal("0.1")}
    assert [one.what for one in found(lower).value][0] == "One place worse, with the −10.00 % of A"


def test_the_cap_binds_where_the_return_of_that_place_is_negative() -> None:
    # Place 4 of 5 with D's −20 %: percentile 25 would pay 50 %, capped at 30 %.
    returns = RETURNS | {"C": Decimal("-0.05")}
    worse = found(returns, negative_return_cap=Decimal(30)).value[1]
    assert worse == Alternative("One place worse, with the −5.00 % of C", Decimal(25), Decimal(30))
    assert found(returns, negative_return_cap=Decimal(30)).value[0].payout == 200


def test_steps_between_points_are_read_as_the_goal_says() -> None:
    # Six ranked, place 2: 4/5 = 80 and 200 %; place 4: 2/5 = 40, the step at 25.
    returns = RETURNS | {"E": Decimal("-0.3")}
    assert [one.payout for one in found(returns, between_points="step").value][:2] == [200, 50]


def test_ties_and_rounding_are_read_as_decided() -> None:
    tied = {"A": Decimal("0.3"), "B": Decimal("0.3"), "C": Decimal(0), "OWN": Decimal("0.1")}
    # With A's return two are tied for the best of four: place 1 is 100, place 2 is 66.67.
    assert found(tied).value[0].percentile == 100
    worse_place = found(tied, ties="worse_place", rounding="two_decimals").value[0]
    assert worse_place.percentile == Decimal("66.67")


def test_a_company_without_peers_is_refused() -> None:
    with pytest.raises(Refused, match="no ranked peer of OWN remains"):
        found({"OWN": Decimal(0)})
