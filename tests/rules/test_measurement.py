"""A whole run: what of its inputs reaches the measuring, what its result holds, what is drawn.

The closes are those of `test_segments`; over both years OWN returns −10 %.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from ltip.rules.measurement import market_of, measure, measure_undrawn, measured_under
from ltip.rules.outcome import Refused
from tests.rules.test_segments import CLOSES, DAYS, inputs

FINANCIAL = {
    "kind": "financial",
    "weight": "100",
    "measure": "operating income",
    "basis": "non_gaap",
    "unit": "million dollars",
    "adjustments": ["acquisition costs"],
    "schedule": [["380", "50"], ["420", "100"]],
    "between_points": "line",
}
RESULT = {
    "measure": "operating income",
    "gaap": "398.2",
    "adjustments": {"acquisition costs": "1.8"},
    "reported_on": "2014-02-03",
}


def financial(**more):
    return inputs(segments=None) | {"goals": [FINANCIAL], "results": [RESULT]} | more


def with_actions(actions, **more):
    given = inputs(segments=None) | more
    given["securities"][0]["actions"] = actions
    return given


def own_goal(given):
    return measure(given)["goals"][0]


def drawn(given):
    return [(path["ticker"], path["own"], path["points"]) for path in measure(given)["paths"]]


def closing(ticker, *closes):
    return {**CLOSES, ticker: closes}


def test_a_result_says_for_whom_and_until_when() -> None:
    found = measure(inputs(segments=None, until="2013-06-28"))
    assert (found["company"], found["until"]) == ("OWN", "2013-06-28")


def test_what_is_measured_undrawn_is_the_result_without_its_paths() -> None:
    found = measure(inputs(segments=None))
    assert found.pop("paths")
    assert measure_undrawn(inputs(segments=None)) == found
    assert found["payout_steps"]


def test_the_market_of_a_run_is_what_its_inputs_hold() -> None:
    market = market_of(inputs(segments=None, until="2013-06-28"))
    assert (market.company, market.until) == ("OWN", date(2013, 6, 28))
    assert [day.isoformat() for day in market.days] == list(DAYS[:5])
    assert list(market.traded) == list(CLOSES)


def test_a_financial_goal_is_kept_with_all_it_was_measured_from() -> None:
    # 398.2 + 1.8 = 400: half way from 380 to 420 pays 75 %.
    goal = own_goal(financial())
    steps, payout_steps = goal.pop("steps"), goal.pop("payout_steps")
    assert goal == {
        "kind": "financial",
        "weight": "100",
        "measure": "operating income",
        "basis": "non_gaap",
        "unit": "million dollars",
        "value": "400",
        "gaap": "398.2",
        "adjustments": {"acquisition costs": "1.8"},
        "reported_on": "2014-02-03",
        "payout": "75",
    }
    assert [(step["sentence"], step["figure"]) for step in steps] == [
        ("Operating income by GAAP, reported on 3 February 2014.", "398.2"),
        ("Adjusted, as the goal named it: acquisition costs.", "1.8"),
        ("Operating income with the adjustments of the goal.", "400"),
    ]
    assert payout_steps[-1]["figure"] == "75 %"


def test_inputs_without_results_lack_the_measures_result() -> None:
    without = financial()
    del without["results"]
    with pytest.raises(Refused, match="no result of operating income is on record"):
        measure(without)


def test_an_unknown_kind_of_goal_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        measure(inputs() | {"goals": [{"kind": "guess", "weight": "100"}]})
    assert refused.value.reason == "a goal of the kind 'guess' can't be measured."
    assert refused.value.place == "P Performance Goals"


def test_inputs_sealed_before_the_register_are_read_by_its_names() -> None:
    sealed = {"readings": {"tsr.reinvestment": "ex-date close", "percentile.ties": "better place"}}
    assert measured_under(sealed) == {
        "tsr.reinvestment": "ex_date_close",
        "percentile.ties": "better_place",
    }
    assert measured_under({}) == {}


@pytest.mark.parametrize(
    ("readings", "own_return"),
    [
        # A dollar on a close of 11 buys 1/11 of a share: 9 × 12/11 / 10 − 1.
        ({}, "-0.018182"),
        # On the close before it, 10: 9 × 1.1 / 10 − 1.
        ({"tsr.reinvestment": "close_before"}, "-0.010000"),
    ],
)
def test_a_dividend_is_reinvested_as_the_inputs_read(readings, own_return) -> None:
    given = with_actions([["2012-06-29", "dividend", "1"]], readings=readings)
    assert f"{Decimal(own_goal(given)['own_return']):.6f}" == own_return


def test_percentiles_are_rounded_as_the_inputs_read() -> None:
    # D bought, and out: −10 % is third of four, (4 − 3) / 3 × 100.
    given = inputs(segments=None, events=[("2013-01-02", "D", "acquired")])
    assert own_goal(given)["percentile"].startswith("33.333333")
    assert own_goal(given | {"readings": {"percentile.rounding": "two_decimals"}})[
        "percentile"
    ] == ("33.33")


def test_a_row_has_the_companys_name_and_not_its_ticker() -> None:
    given = inputs(segments=None)
    for security in given["securities"]:
        security["name"] = f"{security['ticker']} Inc."
    assert [row["name"] for row in own_goal(given)["table"]] == [
        "A Inc.",
        "B Inc.",
        "OWN Inc.",
        "D Inc.",
        "C Inc.",
    ]


def test_what_a_company_turned_into_counts() -> None:
    given = inputs(segments=None)
    given["events"] = [{"on": "2013-01-02", "ticker": "A", "kind": "merged", "other": "D"}]
    goal = own_goal(given)
    assert goal["removed"] == ["A"]
    assert goal["peer_steps"][0]["sentence"] == (
        "A merged into D on 2 January 2013: it goes and D stays."
    )


def test_each_company_is_drawn_from_the_last_day_before_the_period() -> None:
    days = ["2011-12-30", "2012-06-29", "2012-12-31", "2013-06-28", "2013-12-31"]
    by_ticker = {ticker: (own, points) for ticker, own, points in drawn(inputs(segments=None))}
    assert by_ticker["OWN"] == (
        True,
        [
            list(pair)
            for pair in zip(days, ["0.0000", "0.1000", "0.2000", "-0.0400", "-0.1000"], strict=True)
        ],
    )
    assert by_ticker["A"] == (
        False,
        [
            list(pair)
            for pair in zip(days, ["0.0000", "0.0000", "0.3000", "0.3000", "0.3000"], strict=True)
        ],
    )
    assert list(by_ticker) == ["OWN", "A", "B", "C", "D"]


def test_a_period_may_begin_on_a_trading_day() -> None:
    given = inputs(segments=None) | {"period": {"start": "2012-06-29", "end": "2013-12-31"}}
    own = drawn(given)[0]
    assert [day for day, _ in own[2]] == [
        "2011-12-30",
        "2012-06-29",
        "2012-12-31",
        "2013-06-28",
        "2013-12-31",
    ]


def test_who_has_no_close_on_the_first_day_or_no_second_day_is_not_drawn() -> None:
    closes = {
        "NONE": ("", "", "", "", "", ""),
        "LATE": ("", "", "5", "5", "5", "5"),
        "ONCE": ("4", "4", "", "", "", ""),
        "TWICE": ("", "1", "1.1", "", "", ""),
        **CLOSES,
    }
    found = drawn(inputs(segments=None, closes=closes))
    assert [ticker for ticker, _, _ in found] == ["TWICE", "OWN", "A", "B", "C", "D"]
    assert found[0][2] == [["2011-12-30", "0.0000"], ["2012-06-29", "0.1000"]]


def test_a_dividend_is_drawn_as_it_is_reinvested() -> None:
    actions = [["2012-06-29", "dividend", "1"]]
    # After the dividend 12/11 shares at 11 are 12, read otherwise 1.1 at 11 are 12.1.
    assert drawn(with_actions(actions))[0][2][1] == ["2012-06-29", "0.2000"]
    otherwise = with_actions(actions, readings={"tsr.reinvestment": "close_before"})
    assert drawn(otherwise)[0][2][1] == ["2012-06-29", "0.2100"]


def test_a_long_period_is_drawn_at_every_so_many_days_and_at_its_last() -> None:
    # 241 days are more than twice 120: every third is drawn, the 80 before the last, and the last.
    days = [date(2012, 1, 1) + timedelta(days=n) for n in range(241)]
    given = financial()
    given["trading_days"] = [day.isoformat() for day in days]
    given["period"] = {"start": "2012-01-01", "end": days[-1].isoformat()}
    given["securities"] = given["securities"][:1]
    given["securities"][0]["closes"] = [[day.isoformat(), "10"] for day in days]
    points = drawn(given)[0][2]
    assert [day for day, _ in points] == [day.isoformat() for day in [*days[0:238:3], days[240]]]
    assert len(points) == 81


def test_a_path_starts_from_the_last_day_before_the_period_alone() -> None:
    given = inputs(segments=None)
    given["trading_days"] = ["2011-12-27", "2011-12-28", *given["trading_days"]]
    for security in given["securities"]:
        security["closes"][:0] = [["2011-12-27", "99"], ["2011-12-28", "98"]]
    assert [point[0] for point in drawn(given)[0][2]] == list(DAYS[1:])


def test_a_path_that_cannot_be_drawn_names_its_company() -> None:
    given = inputs(segments=None, events=[("2013-01-15", "A", "acquired")])
    prices = next(each for each in given["securities"] if each["ticker"] == "A")
    prices["closes"][3] = ["2012-12-31", "0"]
    with pytest.raises(Refused, match="the close of A on 31 December 2012 is 0"):
        measure(given)
