from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.outcome import Refused
from ltip.rules.ranking import percentile, rank

PEERS = {
    f"P{number}": Decimal(percent) / 100
    for number, percent in enumerate((62, 48, 35, 27, 20, 11, 4, -6, -18, -40), start=1)
}


def at(method, own, peers=PEERS):
    returns = {**peers, "CO": Decimal(own)}
    return percentile(method=method, company="CO", returns=returns).value


def named(*values):
    return {f"P{number}": Decimal(value) for number, value in enumerate(values)}


def test_the_company_is_ranked_with_its_peers_best_first():
    result = rank(company="CO", returns={**PEERS, "CO": Decimal("0.14")}).value
    assert (result.rank, result.ranked) == (6, 11)
    assert result.table[0] == (1, "P1", Decimal("0.62"))
    assert result.table[5] == (6, "CO", Decimal("0.14"))
    assert result.table[-1] == (11, "P10", Decimal("-0.40"))


def test_ties_share_the_better_place_and_stand_in_the_order_of_names():
    returns = named("0.3", "0.14", "0.14", "0.1") | {"CO": Decimal("0.140")}
    result = rank(company="CO", returns=returns).value
    assert result.rank == 2
    assert [(place, name) for place, name, _ in result.table] == [
        (1, "P0"),
        (2, "CO"),
        (2, "P1"),
        (2, "P2"),
        (5, "P3"),
    ]


def test_returns_that_differ_in_the_last_digit_are_no_tie():
    close_by = Decimal("0.1400000000000000000000000000000001")
    result = rank(company="CO", returns={"CO": Decimal("0.14"), "P1": close_by}).value
    assert result.rank == 2


def test_the_step_of_a_rank_says_the_place_out_of_how_many():
    step = rank(company="CO", returns={**PEERS, "CO": Decimal("0.14")}).steps[0]
    assert step.figure == "6 of 11"
    assert step.place == "GA §2"


@pytest.mark.parametrize(
    ("method", "value"),
    [("discrete", "50.0000"), ("continuous", "48.1481"), ("count_below", "50.0000")],
)
def test_one_set_of_returns_has_a_percentile_by_each_method(method, value):
    assert at(method, "0.14").quantize(Decimal("0.0001")) == Decimal(value)


@pytest.mark.parametrize(
    ("method", "value"),
    [("discrete", "50"), ("continuous", "44.4444"), ("count_below", "40")],
)
def test_a_tied_peer_shares_the_better_place_or_is_not_a_lower_one(method, value):
    tied = {**PEERS, "P10": Decimal("0.14")}
    assert at(method, "0.14", tied).quantize(Decimal("0.0001")) == Decimal(value)


@pytest.mark.parametrize(
    ("own", "value"), [("65", "37.5"), ("50", "0"), ("60", "25"), ("89.99", None), ("90", "100")]
)
def test_continuous_is_the_straight_line_between_two_peers(own, value):
    expected = Decimal(value) if value else Decimal("99.975")
    assert at("continuous", own, named(50, 60, 70, 80, 90)) == expected


@pytest.mark.parametrize(
    ("own", "value"), [("2", "33.333"), ("4", "55.556"), ("5", "58.333"), ("8", "66.667")]
)
def test_continuous_is_what_spreadsheets_call_percentrank_inc(own, value):
    peers = named(13, 12, 11, 8, 4, 3, 2, 1, 1, 1)
    assert at("continuous", own, peers).quantize(Decimal("0.001")) == Decimal(value)


@pytest.mark.parametrize("method", ["discrete", "continuous", "count_below"])
def test_above_the_best_is_100_and_below_the_worst_0(method):
    assert at(method, "0.63") == 100
    assert at(method, "-0.41") == 0


@pytest.mark.parametrize(
    ("own", "discrete", "continuous", "count_below"),
    [("0.2", 100, 100, 100), ("0.1", 100, 0, 0), ("0", 0, 0, 0)],
)
def test_a_single_peer_is_enough(own, discrete, continuous, count_below):
    one = named("0.1")
    assert at("discrete", own, one) == discrete
    assert at("continuous", own, one) == continuous
    assert at("count_below", own, one) == count_below


def test_peers_tied_at_the_top_are_not_below_the_company():
    assert at("continuous", "2", named(1, 2, 2)) == 50
    assert at("count_below", "2", named(1, 2, 2, 2)) == 25


@pytest.mark.parametrize("method", ["discrete", "continuous", "count_below"])
def test_without_a_peer_there_is_no_percentile(method):
    with pytest.raises(Refused, match="GA §2: no ranked peer of CO remains"):
        at(method, "0.14", {})


def test_an_unknown_method_and_a_company_without_a_return_are_refused():
    with pytest.raises(Refused, match="'median'"):
        at("median", "0.14")
    with pytest.raises(Refused, match="CO itself"):
        rank(company="CO", returns=PEERS)


returns = st.decimals(min_value=-1, max_value=6, places=3)
groups = st.lists(returns, min_size=1, max_size=25).map(lambda values: named(*values))
methods = st.sampled_from(["discrete", "continuous", "count_below"])


@given(methods, groups, returns, returns)
def test_more_return_never_has_a_lower_percentile(method, peers, one, other):
    lower, higher = sorted((one, other))
    assert 0 <= at(method, lower, peers) <= at(method, higher, peers) <= 100


@given(methods, groups, returns, st.randoms())
def test_the_order_of_the_peers_changes_nothing(method, peers, own, random):
    shuffled = list(peers.items())
    random.shuffle(shuffled)
    turned = dict([("CO", own), *shuffled])
    straight = {**peers, "CO": own}
    assert rank(company="CO", returns=turned) == rank(company="CO", returns=straight)
    assert percentile(method=method, company="CO", returns=turned) == percentile(
        method=method, company="CO", returns=straight
    )


@given(groups, returns)
def test_a_rank_counts_those_who_did_better(peers, own):
    result = rank(company="CO", returns={**peers, "CO": own}).value
    assert result.rank == 1 + len([value for value in peers.values() if value > own])
    assert result.ranked == len(peers) + 1
