"""Ranks and percentiles against numpy and scipy, where a method of theirs is one of ours.

`count_below` is scipy's percentile of a score in the strict sense; `discrete` is the weak sense
where ties share the better place and the strict one where they share the worse (the peers counted
are the N − R below, over N − 1 peers); `continuous` turns numpy's linear quantiles round.
"""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ltip.rules.ranking import percentile, rank

returns = st.decimals(min_value="-0.99", max_value="3", places=2)
groups = st.lists(returns, min_size=1, max_size=40)


def named(own, peers):
    return {"OWN": own} | {f"P{number}": value for number, value in enumerate(peers)}


def at(method, own, peers, ties="better_place"):
    given_returns = named(own, peers)
    return float(percentile(method=method, company="OWN", returns=given_returns, ties=ties).value)


@given(groups, returns)
def test_peers_counted_below_are_scipys_strict_percentile(peers, own):
    theirs = stats.percentileofscore([float(p) for p in peers], float(own), kind="strict")
    assert at("count_below", own, peers) == pytest.approx(theirs, abs=1e-9)


@given(groups, returns)
def test_the_discrete_percentile_is_scipys_weak_or_strict_one_by_the_reading_of_ties(peers, own):
    floats = [float(peer) for peer in peers]
    weak = stats.percentileofscore(floats, float(own), kind="weak")
    strict = stats.percentileofscore(floats, float(own), kind="strict")
    assert at("discrete", own, peers) == pytest.approx(weak, abs=1e-9)
    assert at("discrete", own, peers, "worse_place") == pytest.approx(strict, abs=1e-9)


@given(groups, returns)
def test_places_are_scipys_ranks_from_the_top(peers, own):
    falling = [-float(own), *(-float(peer) for peer in peers)]
    for ties, method in (("better_place", "min"), ("worse_place", "max")):
        theirs = stats.rankdata(falling, method=method)
        ours = rank(company="OWN", returns=named(own, peers), ties=ties).value
        assert ours.rank == theirs[0]
        assert sorted(place for place, _, _ in ours.table) == sorted(theirs)


@given(
    st.lists(returns, min_size=2, max_size=40, unique=True),
    st.integers(min_value=0, max_value=1000),
)
def test_the_continuous_percentile_turns_numpys_linear_quantile_round(peers, thousandths):
    quantile = np.quantile([float(peer) for peer in peers], thousandths / 1000, method="linear")
    found = at("continuous", Decimal(repr(float(quantile))), peers)
    assert found == pytest.approx(thousandths / 10, abs=1e-9)


@given(st.lists(returns, min_size=2, max_size=40, unique=True), returns)
def test_the_continuous_percentile_is_numpys_interpolation_between_the_peers(peers, own):
    ascending = sorted(float(peer) for peer in peers)
    theirs = np.interp(float(own), ascending, np.linspace(0, 100, len(ascending)))
    expected = 0 if own <= min(peers) else theirs
    assert at("continuous", own, peers) == pytest.approx(float(expected), abs=1e-9)
