"""Financial measures: GAAP, the adjustments a goal named, and what an amount earns.

The figures of the earnings call of 3 February 2011 (EC) are non-GAAP; the reconciliation that the
call speaks of is not in it. Of the way from GAAP it gives one piece, 1.8 million dollars of
acquisition costs in the fourth quarter of 2010, so that operating income before they are taken out
is 10.3 − 1.8 = 8.5; the other adjustments are left as the call left them.
"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.financial import (
    check_adjustments,
    financial_value,
    measure_named,
    require_named,
)
from ltip.rules.measurement import measure
from ltip.rules.outcome import Refused
from ltip.rules.schedule import check_schedule, payout_of_amount

CALL = date(2011, 2, 3)
NAMED_IN_THE_CALL = (
    "stock-based compensation",
    "amortization of intangibles",
    "change in fair value of preferred-stock warrants",
    "preferred dividends",
    "acquisition costs",
)


def points(*pairs):
    return tuple((Decimal(at), Decimal(pays)) for at, pays in pairs)


REVENUE = points(("380", 50), ("420", 100))
MARGIN = points(("40.5", 0), ("44.5", 200))
LOSS = points(("-20", 25), ("0", 100), ("10", 150))


def earns(amount, scale, between_points="line"):
    return payout_of_amount(
        amount=Decimal(amount), points=scale, between_points=between_points
    ).value


def value_of(gaap, named=(), **adjustments):
    return financial_value(
        measure="operating income",
        named=named,
        gaap=Decimal(gaap),
        adjustments={name.replace("_", " "): Decimal(text) for name, text in adjustments.items()},
        reported_on=CALL,
    )


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("379.999999", "0"),
        ("380", "50"),
        ("380.4", "50.5"),  # 50 + 50 × 0.4 / 40
        ("400", "75"),
        ("419.99", "99.9875"),
        ("420", "100"),
        ("420.01", "100"),
    ],
)
def test_an_amount_earns_what_the_schedule_says_on_either_side_of_each_point(amount, expected):
    assert earns(amount, REVENUE) == Decimal(expected)


@pytest.mark.parametrize(
    ("amount", "expected"), [("-20.01", "0"), ("-20", "25"), ("-10", "62.5"), ("5", "125")]
)
def test_a_loss_is_an_amount_like_any_other(amount, expected):
    assert earns(amount, LOSS) == Decimal(expected)


def test_in_steps_an_amount_earns_the_step_it_has_reached():
    assert earns("419.99", REVENUE, "step") == 50
    assert earns("420", REVENUE, "step") == 100


@pytest.mark.parametrize(
    ("measured", "scale", "expected"),
    [
        # Revenue of 91.7 million dollars: 50 + 50 × (91.7 − 88.4) / (95 − 88.4) = 75.
        ("91.7", points(("88.4", 50), ("95", 100)), "75"),
        # A gross margin of 44.3 %: 200 × (44.3 − 40.5) / 4 = 190.
        ("44.3", MARGIN, "190"),
        # Operating income of 10.3: 50 + 100 × (10.3 − 5.8) / 9 = 100.
        ("10.3", points(("5.8", 50), ("14.8", 150)), "100"),
        # Net income of 10.7 reaches the last point.
        ("10.7", points(("5.8", 50), ("10.7", 200)), "200"),
        # 0.26 dollars a share: 100 × (0.26 − 0.15) / 0.20 = 55.
        ("0.26", points(("0.15", 0), ("0.35", 100)), "55"),
    ],
)
def test_the_figures_of_the_earnings_call_are_measures_in_their_own_units(
    measured, scale, expected
):
    assert earns(measured, scale) == Decimal(expected)


def test_the_acquisition_costs_of_the_call_are_added_back_because_they_were_named():
    outcome = value_of("8.5", NAMED_IN_THE_CALL, acquisition_costs="1.8")
    assert outcome.value == Decimal("10.3")
    said = [(step.sentence, step.figure) for step in outcome.steps]
    assert said[0] == ("Operating income by GAAP, reported on 3 February 2011.", "8.5")
    assert ("Adjusted, as the goal named it: acquisition costs.", "1.8") in said
    assert ("Nothing was reported for preferred dividends.", "") in said
    assert said[-1] == ("Operating income with the adjustments of the goal.", "10.3")
    assert {step.place for step in outcome.steps} == {"P Performance Goals"}


def test_a_gain_taken_out_is_a_negative_adjustment():
    assert value_of("12", ["warrants"], warrants="-0.75").value == Decimal("11.25")


def test_gaap_stands_as_it_is():
    outcome = value_of("8.5")
    assert outcome.value == Decimal("8.5")
    assert len(outcome.steps) == 1


def test_an_adjustment_that_the_goal_did_not_name_is_refused_by_name():
    with pytest.raises(Refused) as refusal:
        value_of("8.5", ["acquisition costs"], restructuring="2")
    assert refusal.value.place == "P Performance Goals"
    assert "names no adjustment for restructuring; it names acquisition costs" in str(refusal.value)
    with pytest.raises(Refused, match="it names none"):
        require_named(measure="revenue", named=[], made=["acquisition costs"])


@pytest.mark.parametrize(
    ("basis", "adjustments", "said"),
    [
        ("pro_forma", [], "is no basis"),
        ("gaap", ["acquisition costs"], "has no adjustments"),
        ("non_gaap", [], "names its adjustments in writing"),
        ("non_gaap", ["a", "a"], "named once"),
        ("non_gaap", ["a", " "], "named once"),
    ],
)
def test_a_basis_and_its_adjustments_agree(basis, adjustments, said):
    with pytest.raises(Refused, match=said):
        check_adjustments(basis=basis, adjustments=adjustments)
    check_adjustments(basis="gaap", adjustments=[])
    check_adjustments(basis="non_gaap", adjustments=["a", "b"])


def test_a_measure_has_one_spelling_and_never_none():
    assert measure_named("gross_margin") == measure_named(" Gross  margin ") == "gross margin"
    with pytest.raises(Refused, match="names its measure"):
        measure_named(" ")


@pytest.mark.parametrize(
    ("scale", "said"),
    [
        (points((420, 100), (380, 50)), "the amount 380 follows 420"),
        (points((380, 50), (380, 60)), "the amount 380 follows 380"),
        (points((380, 50), (420, 40)), "the amount 420 would earn 40 %, less"),
        (points((380, 50), (420, "200.01")), "not within 0 to 200"),
        ((), "at least one point"),
    ],
)
def test_a_schedule_over_amounts_that_is_none_is_refused(scale, said):
    with pytest.raises(Refused, match=said):
        check_schedule(points=scale, between_points="line", over="amount")


def test_only_percentiles_end_at_100():
    over_100 = points((90, 50), (101, 60))
    check_schedule(points=over_100, between_points="line", over="amount")
    with pytest.raises(Refused, match="not within 0 to 100"):
        check_schedule(points=over_100, between_points="line")


def goal(measure="revenue", weight="100", adjustments=(), scale=(("380", "50"), ("420", "100"))):
    return {
        "kind": "financial",
        "weight": weight,
        "measure": measure,
        "basis": "non_gaap" if adjustments else "gaap",
        "unit": "million dollars",
        "adjustments": list(adjustments),
        "schedule": [list(point) for point in scale],
        "between_points": "line",
    }


def result(measure="revenue", gaap="400.1", **adjustments):
    return {
        "measure": measure,
        "gaap": gaap,
        "adjustments": {name.replace("_", " "): text for name, text in adjustments.items()},
        "reported_on": "2014-02-20",
    }


def inputs(goals, results):
    return {
        "period": {"label": "2012–2013", "start": "2012-01-01", "end": "2013-12-31"},
        "until": "2013-12-31",
        "goals": goals,
        "company": "",
        "trading_days": [],
        "securities": [],
        "events": [],
        "results": results,
    }


def test_a_period_of_financial_goals_is_measured_without_any_price():
    """400.1 + 3.2 = 403.3, and 50 + 50 × 23.3 / 40 = 79.125; of 40 % that is 31.65.

    A margin of 44.3 earns 190 % of 60 %, 114; together 145.65."""
    found = measure(
        inputs(
            [
                goal(weight="40", adjustments=["acquisition costs"]),
                goal("gross margin", "60", scale=(("40.5", "0"), ("44.5", "200"))),
            ],
            [result(acquisition_costs="3.2"), result("gross margin", "44.3")],
        )
    )
    first, second = found["goals"]
    assert (first["value"], first["payout"]) == ("403.3", "79.125")
    assert (first["gaap"], first["adjustments"]) == ("400.1", {"acquisition costs": "3.2"})
    assert (second["value"], second["payout"]) == ("44.3", "190")
    assert found["payout"] == "145.65"
    assert found["payout_steps"][0]["figure"] == "145.65 %"
    assert found["paths"] == []


def test_a_measure_without_a_result_is_refused_by_name():
    with pytest.raises(Refused) as refusal:
        measure(inputs([goal(), goal("net income")], [result()]))
    assert refusal.value.place == "P Performance Goals"
    assert "no result of net income is on record" in str(refusal.value)


@given(
    amounts=st.tuples(*[st.decimals(-1000, 1000, places=2)] * 2),
    points_at=st.lists(st.decimals(-900, 900, places=2), min_size=1, max_size=5, unique=True),
    pays=st.lists(st.decimals(0, 200, places=2), min_size=5, max_size=5),
    between=st.sampled_from(["line", "step"]),
)
def test_a_higher_amount_never_earns_less_and_never_more_than_the_last_point(
    amounts, points_at, pays, between
):
    scale = tuple(zip(sorted(points_at), sorted(pays), strict=False))
    low, high = (earns(amount, scale, between) for amount in sorted(amounts))
    assert 0 <= low <= high <= scale[-1][1]
