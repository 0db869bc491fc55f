"""What ranks, percentiles and goals against peers say and keep, to the last word.

The closes are those of `test_segments`.
"""

import decimal
from datetime import date
from decimal import Decimal

import pytest

from ltip.rules.calendars import Period
from ltip.rules.measurement import measure
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.ranking import percentile, rank
from ltip.rules.relative_goal import segments_of
from ltip.rules.returns import Action, Return, days_until_frozen, total_stockholder_return
from tests.rules.test_segments import CLOSES, goal_of, inputs

RETURNS = {"CO": Decimal("0.1"), "A": Decimal("0.2"), "B": Decimal(0), "C": Decimal("-0.1")}
THIRDS = (("2012-06-29", "33.331"), ("2012-12-31", "33.333"), ("2013-12-31", "33.336"))


def refusal(call) -> tuple[str, str, str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reason, refused.value.place, refused.value.remedy


def shortened(**given) -> list[dict[str, str]]:
    return [step for step in goal_of(**given)["payout_steps"] if step["place"] != "GA §2"]


def test_a_rank_says_who_stands_where() -> None:
    assert rank(company="CO", returns=RETURNS).steps == (
        Step(
            "CO returned +10.00 % and is number 2 of 4, itself among its ranked peers.",
            "2 of 4",
            "GA §2",
        ),
    )


@pytest.mark.parametrize(
    ("method", "own", "said", "figure"),
    [
        ("discrete", "0.1", "CO ranked with its peers: (4 − 2) / (4 − 1) × 100.", "66.67"),
        # 0.1 is half way from 0 to 0.2, and 0 is half way up: 50 + 25.
        (
            "continuous",
            "0.1",
            "CO stands between the peers at 0.00 % and +20.00 %, with 2 of 3 below it, by straight "
            "line.",
            "75",
        ),
        ("continuous", "0.2", "CO returned what a peer did: 2 peers below it / 2 × 100.", "100"),
        ("continuous", "0.3", "CO returned more than every peer.", "100"),
        ("continuous", "-0.1", "CO returned no more than the last of its peers.", "0"),
        ("count_below", "0.1", "2 of 3 peers returned less than CO, × 100.", "66.67"),
    ],
)
def test_a_percentile_says_how_it_was_reckoned(method, own, said, figure) -> None:
    returns = RETURNS | {"CO": Decimal(own)}
    found = percentile(method=method, company="CO", returns=returns)
    assert found.steps == (Step(said, figure, "GA §2"),)


def test_a_rounded_percentile_says_so() -> None:
    rounded = percentile(method="discrete", company="CO", returns=RETURNS, rounding="two_decimals")
    assert rounded.value == Decimal("66.67")
    assert rounded.steps[0].sentence == (
        "CO ranked with its peers: (4 − 2) / (4 − 1) × 100. Rounded to two decimals."
    )


def test_a_percentile_is_exact_whatever_precision_a_caller_computes_with() -> None:
    with decimal.localcontext(decimal.Context(prec=3)):
        found = percentile(method="discrete", company="CO", returns=RETURNS).value
    assert str(found).startswith("66.666666666666")


def test_what_cannot_be_placed_is_refused() -> None:
    assert refusal(lambda: rank(company="X", returns=RETURNS)) == (
        "X itself has no return to rank.",
        "GA §2",
        "",
    )
    assert refusal(
        lambda: percentile(method="discrete", company="CO", returns={"CO": Decimal(0)})
    ) == (
        "no ranked peer of CO remains, so there is no percentile.",
        "GA §2",
        "What the goal then means is the Committee's to decide, in writing.",
    )
    assert refusal(lambda: percentile(method="guess", company="CO", returns=RETURNS)) == (
        "'guess' is no percentile method; it is one of discrete, continuous, count_below.",
        "GA §2",
        "",
    )


def test_segments_that_do_not_divide_the_period_are_refused() -> None:
    period = Period(date(2012, 1, 1), date(2013, 12, 31))

    def divide(*ends: date) -> object:
        return segments_of(period=period, segments=[(end, Decimal(50)) for end in ends])

    assert refusal(lambda: divide(date(2012, 12, 31), date(2013, 12, 30))) == (
        "the last segment ends on 31 December 2013, the last day of the period.",
        "P Performance Goals",
        "",
    )
    assert refusal(lambda: divide(date(2012, 1, 1), date(2013, 12, 31))) == (
        "a segment that begins on 1 January 2012 can't end on 1 January 2012.",
        "P Performance Goals",
        "",
    )


def test_an_unknown_measurement_is_refused_with_the_known_ones() -> None:
    assert refusal(lambda: goal_of(measurement="monthly")) == (
        "'monthly' is no way to measure a goal; it is one of cumulative, annual.",
        "P Performance Goals",
        "",
    )


def test_a_goal_keeps_its_kind_its_weight_and_a_row_for_everyone() -> None:
    goal = goal_of(segments=None)
    assert (goal["kind"], goal["weight"]) == ("relative_tsr", "100")
    rows = goal["table"]
    assert [(row["rank"], row["ticker"], row["name"], row["own"]) for row in rows] == [
        (1, "A", "A", False),
        (2, "B", "B", False),
        (3, "OWN", "OWN", True),
        (4, "D", "D", False),
        (5, "C", "C", False),
    ]
    assert all(row["steps"] and row["stand_ins"] == [] for row in rows)


def test_a_close_that_stood_in_is_named_in_the_row() -> None:
    goal = goal_of(segments=None, closes=CLOSES | {"D": ("10", "10", "10", "9", "", "6.3")})
    assert {row["ticker"]: row["stand_ins"] for row in goal["table"]}["D"] == ["2013-06-28"]


def test_ties_are_placed_as_the_inputs_read() -> None:
    given = inputs(segments=None, closes=CLOSES | {"D": CLOSES["OWN"]})
    assert measure(given)["goals"][0]["percentile"] == "50"
    read = given | {"readings": {"percentile.ties": "worse_place"}}
    goal = measure(read)["goals"][0]
    assert (goal["rank"], goal["percentile"]) == (4, "25")


def test_a_peer_frozen_before_it_traded_in_the_period_is_refused_over_the_whole_of_it() -> None:
    with pytest.raises(Refused):
        goal_of(
            segments=None,
            events=[("2012-01-03", "D", "acquired")],
            treatments={"acquired": "freeze"},
        )


def test_too_few_days_before_the_period_are_refused() -> None:
    assert refusal(lambda: goal_of(averaging_days=3)) == (
        "only 2 trading days before 1 January 2012 are given, not 3.",
        "GA §2",
        "",
    )


def test_a_segment_that_begins_on_the_last_measured_day_is_begun() -> None:
    begun = (("2012-12-30", "60"), ("2013-12-31", "40"))
    parts = goal_of(segments=begun, until="2012-12-31")["segments"]
    assert [(part["start"], part["end"]) for part in parts] == [
        ("2012-01-01", "2012-12-30"),
        ("2012-12-31", "2012-12-31"),
    ]


def test_a_shortened_goal_says_what_its_segments_become() -> None:
    def said(sentence: str) -> dict[str, str]:
        return {"sentence": sentence, "figure": "", "place": "P Change in Control"}

    fall_out = "fall out, and the weights of the others count as shares of their sum, 60 %."
    assert [s for s in shortened() if s["place"] == "P Change in Control"] == []
    by_place = [s for s in shortened(until="2012-12-31") if s["place"] == "P Change in Control"]
    assert by_place == [said(f"Segments that begin after 31 December 2012 {fall_out}")]
    by_place = [s for s in shortened(until="2012-06-29") if s["place"] == "P Change in Control"]
    assert by_place == [
        said(
            "The segment that began on 1 January 2012 is measured until 29 June 2012, where the "
            "measured period ends."
        ),
        said(f"Segments that begin after 29 June 2012 {fall_out}"),
    ]
    by_place = [s for s in shortened(until="2013-06-28") if s["place"] == "P Change in Control"]
    assert by_place == [
        said(
            "The segment that began on 1 January 2013 is measured until 28 June 2013, where the "
            "measured period ends."
        )
    ]


def test_weights_are_exact_whatever_precision_a_caller_computes_with() -> None:
    # 33.331 + 33.333 = 66.664
    with decimal.localcontext(decimal.Context(prec=3)):
        steps = goal_of(segments=THIRDS, until="2012-12-31")["payout_steps"]
    assert any("their sum, 66.66 %" in step["sentence"] for step in steps)


def test_a_peer_bought_before_it_traded_in_a_segment_is_said_not_to_be_ranked_in_it() -> None:
    goal = goal_of(events=[("2013-01-03", "D", "acquired")], treatments={"acquired": "freeze"})
    assert goal["segments"][1]["peer_steps"][-1] == {
        "sentence": "D did not trade in this segment any more and is not ranked in it.",
        "figure": "",
        "place": "GA §2",
    }


def test_a_goal_keeps_the_steps_of_its_rank_and_its_percentile() -> None:
    goal = goal_of(segments=None)
    assert goal["rank_steps"][0]["figure"] == "3 of 5"
    assert goal["percentile_steps"][0]["figure"] == "50"


def test_the_day_a_period_begins_on_is_no_day_before_it() -> None:
    # Of the days before 29 June 2012 only two are before it: 29 and 30 December 2011.
    given = inputs(segments=None, averaging_days=3)
    given["period"] = {"start": "2012-06-29", "end": "2013-12-31"}
    assert refusal(lambda: measure(given))[0] == (
        "only 2 trading days before 29 June 2012 are given, not 3."
    )


def test_a_frozen_peer_without_a_close_is_refused_by_name() -> None:
    closes = CLOSES | {"D": ("", "", "", "9", "9", "6.3")}
    with pytest.raises(Refused, match="D has no close up to 2 July 2012"):
        goal_of(
            segments=None,
            closes=closes,
            events=[("2012-07-02", "D", "acquired")],
            treatments={"acquired": "freeze"},
        )


DAYS = (date(2011, 12, 30), date(2012, 6, 29), date(2012, 12, 31))
PRICES = {DAYS[0]: Decimal(10), DAYS[1]: Decimal(11), DAYS[2]: Decimal(12)}


def returned(*actions: Action, **more: object) -> Outcome[Return]:
    facts = {
        "company": "CO",
        "closes": PRICES,
        "actions": actions,
        "days": DAYS,
        "averaging_days": 1,
    }
    return total_stockholder_return(**(facts | more))


def test_a_return_that_cannot_be_measured_is_refused() -> None:
    assert refusal(lambda: returned(averaging_days=91)) == (
        "an averaging window of 91 trading days; a goal states 1 to 90.",
        "GA §2",
        "",
    )
    assert refusal(lambda: returned(averaging_days=3)) == (
        "3 trading days leave nothing to measure CO over after a window of 3.",
        "GA §2",
        "",
    )
    assert refusal(lambda: returned(closes={DAYS[0]: Decimal(10)})) == (
        "CO has no close on 31 December 2012.",
        "GA §2",
        "Import its prices, or record what happened to it.",
    )
    late = {DAYS[1]: Decimal(11), DAYS[2]: Decimal(12)}
    assert refusal(lambda: returned(closes=late, averaging_days=2)) == (
        "CO has no close on or before 30 December 2011.",
        "GA §2",
        "Import its prices from that day on, or choose another peer.",
    )
    assert refusal(lambda: returned(closes=PRICES | {DAYS[1]: Decimal(0)})) == (
        "the close of CO on 29 June 2012 is 0; a close is above zero.",
        "GA §2",
        "",
    )
    assert refusal(
        lambda: days_until_frozen(
            company="CO", closes=PRICES, days=DAYS, frozen_on=date(2011, 12, 29)
        )
    ) == ("CO has no close up to 29 December 2011.", "GA §2", "")
    assert refusal(lambda: returned(Action(DAYS[1], "gift", Decimal(1)))) == (
        "'gift' of CO on 29 June 2012 is no kind of corporate action; it is one of split, "
        "dividend, spin_off.",
        "GA §2",
        "",
    )
    assert refusal(lambda: returned(Action(DAYS[1], "dividend", Decimal(0)))) == (
        "the dividend of CO on 29 June 2012 is 0; it is above zero.",
        "GA §2",
        "",
    )


def test_days_out_of_their_order_are_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError) as mistaken:  # noqa: PT011 - the text is asserted whole
        returned(days=DAYS[::-1])
    assert str(mistaken.value) == (
        "trading days are given once each, in their order, and at least one"
    )


def test_a_return_is_exact_whatever_precision_a_caller_computes_with() -> None:
    # A third of a dollar on 11: 12 × (1 + 1/33) / 10 − 1 = 0.2363636…
    third = Action(DAYS[1], "dividend", Decimal("0.33333333"))
    with decimal.localcontext(decimal.Context(prec=3)):
        found = returned(third).value.value
    assert f"{found:.8f}" == "0.23636364"


@pytest.mark.parametrize(
    ("reading", "bought_at", "shares"),
    [
        # A split in two on the day: 1 dollar each on 11 gives 2 × 12/11, on 10 / 2 it gives 2.4.
        ("ex_date_close", "the close of 11", "2.181818"),
        ("close_before", "the last close before of 5", "2.4"),
    ],
)
def test_every_action_is_a_step_in_its_order(reading, bought_at, shares) -> None:
    steps = returned(
        Action(DAYS[1], "split", Decimal(2)),
        Action(DAYS[1], "dividend", Decimal(1)),
        reinvestment=reading,
    ).steps
    assert [(step.sentence, step.figure) for step in steps[1:3]] == [
        ("Split of CO on 29 June 2012: 2 new for one old; shares then held.", "2"),
        (
            f"CO dividend of 1 a share on 29 June 2012, reinvested at {bought_at}; shares then "
            "held.",
            shares,
        ),
    ]


def test_two_ex_dates_between_two_trading_days_both_count() -> None:
    # 10 a share, 1 dollar twice, both on the close of 10 that stands in: 1.1 × 1.1 = 1.21.
    found = returned(
        Action(date(2012, 1, 3), "dividend", Decimal(1)),
        Action(date(2012, 1, 4), "dividend", Decimal(1)),
    )
    assert found.value.shares_at_end == Decimal("1.21")
    assert len(found.steps) == 6
