"""Goals measured in segments: each its own base, place and payout, the payouts weighted.

One close a day, reckoned by hand:

          30 Dec 11  29 Jun 12  31 Dec 12  28 Jun 13  31 Dec 13     2012    2013    both
    OWN       10         11         12        9.6         9        +20 %   −25 %   −10 %
    A         20         20         26        26         26        +30 %     0 %   +30 %
    B         50         40         40        40         50        −20 %   +25 %     0 %
    C          8          8         8.8        8          4.4      +10 %   −50 %   −45 %
    D         10         10          9         9          6.3      −10 %   −30 %   −37 %

2012: A, OWN, C, D, B: place 2 of 5, percentile (5 − 2) / 4 × 100 = 75, which pays 200 %.
2013: B, A, OWN, D, C: place 3 of 5, percentile 50, which pays 100 %; both years: place 3, 50.
"""

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.calendars import Period
from ltip.rules.canonical import canonical_text
from ltip.rules.measurement import measure
from ltip.rules.outcome import Refused
from ltip.rules.relative_goal import segments_of
from ltip.rules.schedule import weighted_payout

DAYS = ("2011-12-29", "2011-12-30", "2012-06-29", "2012-12-31", "2013-06-28", "2013-12-31")
CLOSES = {
    "OWN": ("10", "10", "11", "12", "9.6", "9"),
    "A": ("20", "20", "20", "26", "26", "26"),
    "B": ("50", "50", "40", "40", "40", "50"),
    "C": ("8", "8", "8", "8.8", "8", "4.4"),
    "D": ("10", "10", "10", "9", "9", "6.3"),
}
HALVES = (("2012-12-31", "60"), ("2013-12-31", "40"))


def inputs(*, segments=HALVES, until="2013-12-31", closes=None, events=(), **terms):
    treatments = terms.pop("treatments", {})
    goal = {
        "kind": "relative_tsr",
        "weight": "100",
        "measurement": "annual" if segments else "cumulative",
        "averaging_days": 1,
        "percentile": "discrete",
        "schedule": [["25", "50"], ["50", "100"], ["75", "200"]],
        "between_points": "line",
        "negative_tsr_cap": None,
        "peer_events": {
            "acquired": "remove",
            "bankrupt": "bottom",
            "merged": "survivor_stays",
            **treatments,
        },
        "peers": [{"security": f"id-{ticker}"} for ticker in "ABCD"],
        **terms,
    }
    if segments:
        goal["segments"] = [{"end": end, "weight": weight} for end, weight in segments]
    return {
        "period": {"label": "2012–2013", "start": "2012-01-01", "end": "2013-12-31"},
        "until": until,
        "goals": [goal],
        "company": "OWN",
        "trading_days": [day for day in DAYS if day <= until],
        "securities": [
            {
                "security": f"id-{ticker}",
                "ticker": ticker,
                "name": ticker,
                "closes": [[day, text] for day, text in zip(DAYS, row, strict=True) if text],
                "actions": [],
            }
            for ticker, row in ((closes or CLOSES) | {}).items()
        ],
        "events": [
            {"on": on, "ticker": ticker, "kind": kind, "other": None}
            for on, ticker, kind in events
            if on <= until
        ],
    }


def goal_of(**given):
    return measure(inputs(**given))["goals"][0]


def places(**given):
    return [(part["rank"], part["ranked"]) for part in goal_of(**given)["segments"]]


def standing_of(peer, **given):
    """In each segment: how a peer stands with what return, or None where it is not ranked."""
    return [
        next(
            ((r["standing"], Decimal(r["return"])) for r in part["table"] if r["ticker"] == peer),
            None,
        )
        for part in goal_of(**given)["segments"]
    ]


def test_each_segment_has_its_own_base_place_percentile_and_payout():
    goal = goal_of()
    first, second = goal["segments"]
    assert (first["start"], first["end"], first["weight"]) == ("2012-01-01", "2012-12-31", "60")
    assert (second["start"], second["end"]) == ("2013-01-01", "2013-12-31")
    assert [Decimal(part["own_return"]) for part in (first, second)] == [
        Decimal("0.2"),
        Decimal("-0.25"),
    ]
    assert [(p["rank"], p["percentile"], p["payout"]) for p in (first, second)] == [
        (2, "75", "200"),
        (3, "50", "100"),
    ]
    assert goal["payout"] == "160"  # 60 % × 200 % + 40 % × 100 %
    assert goal["payout_steps"][-1]["sentence"] == "Weighted: 60 % × 200 % + 40 % × 100 %."
    assert goal["payout_steps"][0]["sentence"].startswith("1 January 2012 to 31 December 2012: ")


def test_the_figures_of_the_whole_period_stand_beside_for_information():
    goal = goal_of()
    assert goal["information"] is True
    assert (goal["rank"], goal["ranked"], goal["percentile"]) == (3, 5, "50")
    assert Decimal(goal["own_return"]) == Decimal("-0.1")
    assert [row["ticker"] for row in goal["table"]] == ["A", "B", "OWN", "D", "C"]
    assert "segments" not in goal_of(segments=())


def test_the_weights_weigh_the_payouts_and_not_the_returns():
    assert goal_of(segments=(("2012-12-31", "50"), ("2013-12-31", "50")))["payout"] == "150"
    assert goal_of(segments=(("2012-12-31", "1"), ("2013-12-31", "99")))["payout"] == "101"


def test_the_cap_holds_in_the_segments_in_which_our_own_return_is_negative():
    goal = goal_of(negative_tsr_cap="80")
    assert [part["payout"] for part in goal["segments"]] == ["200", "80"]
    assert goal["payout"] == "152"  # 120 + 32
    assert goal_of(segments=(), negative_tsr_cap="80")["payout"] == "80"


def test_averaging_windows_end_before_each_segment_and_on_its_last_day():
    """(11 + 12) / 2 = 11.5 over (10 + 10) / 2: +15 %; (9.6 + 9) / 2 = 9.3 over 11.5."""
    first, second = goal_of(averaging_days=2)["segments"]
    assert Decimal(first["own_return"]) == Decimal("0.15")
    assert round(Decimal(second["own_return"]), 6) == Decimal("-0.191304")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        # On the last day of the first segment: it keeps that year's return, and is not ranked then.
        ("2012-12-31", [("frozen", Decimal("0.3")), None]),
        # The day after lies in the second, in which it did not trade any more.
        ("2013-01-01", [("measured", Decimal("0.3")), None]),
        ("2013-06-28", [("measured", Decimal("0.3")), ("frozen", Decimal(0))]),
        ("2013-12-31", [("measured", Decimal("0.3")), ("frozen", Decimal(0))]),
        ("2014-01-01", [("measured", Decimal("0.3")), ("measured", Decimal(0))]),
    ],
)
def test_a_frozen_peer_is_measured_before_its_event_kept_in_its_segment_and_then_gone(on, expected):
    listed = [day <= on or on > "2013-12-31" for day in DAYS]
    row = [text if here else "" for here, text in zip(listed, CLOSES["A"], strict=True)]
    found = standing_of(
        "A",
        closes=CLOSES | {"A": row},
        events=[(on, "A", "acquired")],
        treatments={"acquired": "freeze"},
    )
    assert found == expected


def test_what_became_of_a_frozen_peer_is_said_in_the_segment_it_is_missing_from():
    goal = goal_of(events=[("2012-12-31", "A", "acquired")], treatments={"acquired": "freeze"})
    said = [step["sentence"] for step in goal["segments"][1]["peer_steps"]]
    assert said == [
        "A was frozen on 31 December 2012, before this segment, and is not ranked in it.",
        "Of the 4 peers that the goal names, 3 are ranked in this segment.",
    ]
    assert goal["segments"][1]["removed"] == ["A"]
    # Without A: B, OWN, D, C: place 2 of 4.
    assert (goal["segments"][1]["rank"], goal["segments"][1]["ranked"]) == (2, 4)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2012-12-31", ["bottom", "bottom"]),
        ("2013-01-01", ["measured", "bottom"]),
        ("2013-12-31", ["measured", "bottom"]),
        ("2014-01-01", ["measured", "measured"]),
    ],
)
def test_a_failed_peer_stands_at_the_bottom_from_its_segment_on(on, expected):
    found = standing_of("B", events=[(on, "B", "bankrupt")])
    assert [standing for standing, _ in found] == expected
    assert all(value == -1 for standing, value in found if standing == "bottom")


@pytest.mark.parametrize("on", ["2012-01-01", "2012-12-31", "2013-01-01", "2013-12-31"])
def test_a_peer_that_leaves_the_group_leaves_it_in_every_segment(on):
    # Without A the company is first in 2012 and second, after B, in 2013.
    assert places(events=[(on, "A", "acquired")]) == [(1, 4), (2, 4)]
    assert places(events=[("2014-01-01", "A", "acquired")]) == [(2, 5), (3, 5)]


def test_a_period_that_ends_within_a_segment_cuts_it_there():
    """28 June 2013: A, B and D stand where they stood, C fell to 8 / 8.8, OWN to 9.6 / 12: last."""
    goal = goal_of(until="2013-06-28")
    first, second = goal["segments"]
    assert second["end"] == "2013-06-28"
    assert (second["rank"], second["payout"]) == (5, "0")
    assert goal["payout"] == "120"
    said = [step["sentence"] for step in goal["payout_steps"]]
    assert (
        "The segment that began on 1 January 2013 is measured until 28 June 2013, where the "
        "measured period ends." in said
    )


def test_segments_that_begin_after_the_measured_period_fall_out_and_the_others_share_their_weight():
    thirds = (("2012-06-29", "30"), ("2012-12-31", "20"), ("2013-12-31", "50"))
    # To 29 June 2012 OWN is first (200 %); from there to the year's end A +30 %, C +10 %,
    # OWN 12 / 11 = +9.09 %, B 0 %, D −10 %: place 3, percentile 50, 100 %.
    full = goal_of(segments=thirds)
    assert [part["payout"] for part in full["segments"]] == ["200", "100", "100"]
    assert full["payout"] == "130"  # 60 + 20 + 50
    cut = goal_of(segments=thirds, until="2012-12-31")
    assert len(cut["segments"]) == 2
    assert cut["payout"] == "160"  # (30 × 200 + 20 × 100) / 50
    said = [step["sentence"] for step in cut["payout_steps"]]
    assert (
        "Segments that begin after 31 December 2012 fall out, and the weights of the others count "
        "as shares of their sum, 50 %." in said
    )
    assert said[-1] == "Weighted: 30 % × 200 % + 20 % × 100 %, as shares of 50 %."
    assert len(goal_of(segments=thirds, until="2012-06-29")["segments"]) == 1


def test_a_way_of_measuring_that_is_none_is_refused():
    with pytest.raises(Refused, match="'monthly' is no way to measure a goal"):
        measure(inputs(measurement="monthly"))


def test_a_kind_of_goal_that_is_none_is_refused():
    with pytest.raises(Refused, match="of the kind 'weather' can't be measured"):
        measure(inputs(kind="weather"))


def test_a_segment_without_a_close_in_its_window_names_the_company():
    closes = CLOSES | {"B": ("50", "50", "40", "", "40", "50")}
    with pytest.raises(Refused, match="B has no close on 31 December 2012"):
        measure(inputs(closes=closes))
    assert goal_of(closes=closes, segments=())["rank"] == 3


def test_inputs_sealed_before_the_register_of_readings_measure_to_the_same_result():
    new, old = inputs(segments=()), inputs(segments=())
    new["readings"] = {
        "tsr.reinvestment": "ex_date_close",
        "percentile.ties": "better_place",
        "percentile.rounding": "none",
    }
    old["readings"] = {
        "tsr.reinvestment": "ex-date close",
        "percentile.ties": "better place",
        "percentile.rounding": "none",
    }
    assert canonical_text(measure(old)) == canonical_text(measure(new))


def test_the_readings_in_the_inputs_decide():
    closes = CLOSES | {"A": CLOSES["OWN"]}
    tied = inputs(segments=(), closes=closes)
    worse = deepcopy(tied)
    worse["readings"] = {"percentile.ties": "worse_place"}
    assert measure(tied)["goals"][0]["rank"] == 2  # B, then A and OWN
    assert measure(worse)["goals"][0]["rank"] == 3


SPAN = Period(date(2012, 1, 1), date(2013, 12, 31))


@pytest.mark.parametrize(
    ("segments", "said"),
    [
        ([], "the last segment ends on 31 December 2013"),
        ([("2012-12-31", 100)], "the last segment ends on 31 December 2013"),
        ([("2013-12-30", 100)], "the last segment ends on 31 December 2013"),
        ([("2013-12-31", 50), ("2013-12-31", 50)], "begins on 1 January 2014 can't end on 31 Dec"),
        ([("2012-01-01", 50), ("2013-12-31", 50)], "begins on 1 January 2012 can't end on 1 Jan"),
        ([("2012-12-31", 50), ("2013-12-31", "49.99")], "not above zero each and 100 together"),
        ([("2012-12-31", 50), ("2013-12-31", "50.01")], "not above zero each and 100 together"),
        ([("2012-12-31", 0), ("2013-12-31", 100)], "not above zero each and 100 together"),
    ],
)
def test_segments_divide_the_period_and_share_its_weight(segments, said):
    with pytest.raises(Refused, match=said):
        segments_of(
            period=SPAN,
            segments=[(date.fromisoformat(end), Decimal(weight)) for end, weight in segments],
        )


def test_segments_need_not_be_years():
    found = segments_of(
        period=SPAN, segments=[(date(2012, 1, 2), Decimal(1)), (date(2013, 12, 31), Decimal(99))]
    )
    assert [(part.span.start, part.span.end) for part in found] == [
        (date(2012, 1, 1), date(2012, 1, 2)),
        (date(2012, 1, 3), date(2013, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("whole", "said"), [("49.99", "49.99 together"), ("50.01", "50.01 together")]
)
def test_weights_that_are_not_the_whole_are_refused(whole, said):
    parts = [(Decimal(30), Decimal(200)), (Decimal(20), Decimal(100))]
    with pytest.raises(Refused, match=said):
        weighted_payout(payouts=parts, whole=Decimal(whole))
    assert weighted_payout(payouts=parts, whole=Decimal(50)).value == 160


closes_of_six = st.lists(st.integers(50, 5000), min_size=6, max_size=6)
markets = st.fixed_dictionaries({ticker: closes_of_six for ticker in CLOSES})
weights = st.integers(1, 99).map(lambda w: (("2012-12-31", str(w)), ("2013-12-31", str(100 - w))))
caps = st.sampled_from([None, "0", "80", "200"])


def told(market):
    return {t: [f"{c // 100}.{c % 100:02}" for c in row] for t, row in market.items()}


@given(market=markets, cap=caps)
def test_one_segment_over_the_whole_period_pays_what_the_whole_period_pays(market, cap):
    one = goal_of(segments=(("2013-12-31", "100"),), closes=told(market), negative_tsr_cap=cap)
    assert (
        one["payout"] == goal_of(segments=(), closes=told(market), negative_tsr_cap=cap)["payout"]
    )


@given(
    market=markets,
    segments=weights,
    cap=caps,
    factor=st.integers(1, 5),
    since=st.sampled_from([3, 5]),
    method=st.sampled_from(["discrete", "continuous", "count_below"]),
)
def test_a_higher_return_in_one_segment_never_earns_less(
    market, segments, cap, factor, since, method
):
    """Closes multiplied from the end of a segment on raise its return, and leave the next one's."""
    raised = [c * factor if n >= since else c for n, c in enumerate(market["OWN"])]
    given_terms = {"segments": segments, "negative_tsr_cap": cap, "percentile": method}
    before = Decimal(goal_of(closes=told(market), **given_terms)["payout"])
    after = Decimal(goal_of(closes=told(market | {"OWN": raised}), **given_terms)["payout"])
    assert 0 <= before <= after <= 200


@given(market=markets, segments=weights)
def test_the_payout_lies_between_those_of_its_segments(market, segments):
    goal = goal_of(closes=told(market), segments=segments)
    paid = [Decimal(part["payout"]) for part in goal["segments"]]
    assert min(paid) <= Decimal(goal["payout"]) <= max(paid)
