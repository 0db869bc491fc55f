"""What is in doubt about closes and actions: each threshold below, at and above it."""

from datetime import date, timedelta
from decimal import Decimal, localcontext

import pytest

from ltip.rules.doubts import Doubt, Told, doubts_about, is_adjusted_at
from ltip.rules.returns import Action

FIRST = date(2013, 6, 3)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def doubts(*closes: str | None, **given) -> tuple[Doubt, ...]:
    """The doubts about closes on days one after the other; None is a day without one."""
    days = [day(number) for number in range(len(closes))]
    on_record = {on: Decimal(close) for on, close in zip(days, closes, strict=True) if close}
    facts = {
        "closes": on_record | given.pop("also", {}),
        "volumes": {},
        "actions": (),
        "days": days,
        "listed_until": days[-1] if days else FIRST,
        "told": (),
    }
    return doubts_about(company="ABCD", **(facts | given))


def said(found: tuple[Doubt, ...]) -> list[tuple[str, str]]:
    return [(doubt.kind, doubt.sentence) for doubt in found]


def split(number: int, ratio: str) -> Action:
    return Action(day(number), "split", Decimal(ratio))


def dividend(number: int, amount: str, kind: str = "dividend") -> Action:
    return Action(day(number), kind, Decimal(amount))


def test_ordinary_prices_leave_no_doubt():
    assert doubts("10", "10.5", "9.9", volumes={day(0): 1, day(1): 1}) == ()
    assert doubts() == ()


def test_days_without_a_close_are_one_doubt_as_long_as_they_follow_each_other():
    assert doubts(None, "10", None, None, None, "10", "11") == (
        Doubt(
            "gap",
            day(0),
            day(0),
            ("1",),
            "ABCD has no close on 3 June 2013; the last one before stands in.",
        ),
        Doubt(
            "gap",
            day(2),
            day(4),
            ("3",),
            "ABCD has no close on 3 trading days, from 5 June 2013 to 7 June 2013; the last one "
            "before stands in.",
        ),
    )


@pytest.mark.parametrize(("last", "count"), [(0, 0), (1, 1), (2, 2)])
def test_a_company_no_longer_listed_is_not_missing(last, count):
    found = doubts("10", None, None, listed_until=day(last))
    assert [doubt.facts for doubt in found] == ([(str(count),)] if count else [])


@pytest.mark.parametrize(
    ("same", "found"),
    [
        (4, []),
        (5, [(day(1), day(5), ("10", "5"))]),
        (6, [(day(1), day(6), ("10", "6"))]),
    ],
)
def test_five_equal_closes_in_a_row_are_in_doubt(same, found):
    closes = ["9.5", *["10.00"] * same, "9"]
    assert [(d.on, d.until, d.facts) for d in doubts(*closes)] == found


def test_repeated_closes_are_said():
    assert said(doubts(*["10"] * 5)) == [
        (
            "repeated",
            "ABCD closed at 10 on 5 trading days in a row, from 3 June 2013 to 7 June 2013.",
        )
    ]


def test_days_without_volume_are_in_doubt_and_those_of_unknown_volume_are_not():
    found = doubts(
        "10", "11", "10", "11", volumes={day(0): 0, day(1): 1, day(2): 0, day(3): 0, day(9): 0}
    )
    assert found == (
        Doubt(
            "no_volume",
            day(0),
            day(0),
            ("1",),
            "ABCD has a close but a volume of zero on 3 June 2013.",
        ),
        Doubt(
            "no_volume",
            day(2),
            day(3),
            ("2",),
            "ABCD has a close but a volume of zero on 2 trading days, from 5 June 2013 to 6 June "
            "2013.",
        ),
    )
    assert doubts("10", "11") == ()


@pytest.mark.parametrize(
    ("close", "is_doubted"),
    [
        ("74.99", True),
        ("75", False),
        ("75.01", False),
        ("124.99", False),
        ("125", False),
        ("125.01", True),
    ],
)
def test_a_move_of_more_than_a_quarter_is_in_doubt(close, is_doubted):
    assert [doubt.kind for doubt in doubts("100", close)] == ["move"] * is_doubted


def test_a_move_says_from_where_to_where():
    assert doubts("100.00", "130") == (
        Doubt(
            "move",
            day(1),
            day(1),
            ("100", "100", "130"),
            "ABCD closed at 100 on 3 June 2013 and at 130 on 4 June 2013: +30.00 % without an "
            "action.",
        ),
    )


def test_what_actions_explain_is_no_move():
    assert doubts("100", "50", actions=[split(1, "2")]) == ()
    assert doubts("100", "60", actions=[dividend(1, "40", "spin_off")]) == ()
    assert doubts("100", "41", actions=[dividend(1, "9", "spin_off"), split(1, "2")]) == ()
    # The action of a day without a close explains the next one; an older one explains nothing.
    assert [d.kind for d in doubts("100", None, "50", actions=[split(1, "2")])] == ["gap"]
    assert [d.kind for d in doubts("100", "50", "25", actions=[split(1, "2")])] == ["split_like"]
    # What came before the first close that is used, or after the last, doesn't count.
    for unused in (0, 2):
        assert [d.kind for d in doubts("100", "50", actions=[split(unused, "2")])] == ["split_like"]


def test_a_split_on_record_that_the_price_does_not_show_is_a_move():
    assert said(doubts("100", "100", actions=[split(1, "2")])) == [
        (
            "move",
            "ABCD closed at 100 on 3 June 2013 and at 100 on 4 June 2013: +100.00 % after what "
            "the actions between explain.",
        )
    ]


def test_a_dividend_of_the_whole_price_leaves_nothing_to_compare():
    for amount in ("100", "101"):
        found = doubts("100", "30", actions=[dividend(1, amount, "spin_off")])
        assert found == ()
    assert [d.kind for d in doubts("100", "30", actions=[dividend(1, "99", "spin_off")])] == [
        "move"
    ]


@pytest.mark.parametrize(
    ("before", "after", "split_said"),
    [
        # 3 % around a half, by which the price is divided: 2 × 1.03 = 2.06 and 2 × 0.97 = 1.94.
        ("206.01", "100", None),
        ("206", "100", "2 new for one old"),
        ("194", "100", "2 new for one old"),
        ("193.99", "100", None),
        ("100", "206.01", None),
        ("100", "206", "one new for 2 old"),
        ("100", "194", "one new for 2 old"),
        ("100", "193.99", None),
        ("15", "10", "1.5 new for one old"),
        ("30", "10", "3 new for one old"),
        ("40", "10", "4 new for one old"),
        ("50", "10", "5 new for one old"),
        ("100", "10", "10 new for one old"),
        ("60", "10", None),
        ("10", "15", "one new for 1.5 old"),
        ("10", "100", "one new for 10 old"),
    ],
)
def test_a_jump_near_the_ratio_of_a_split_is_doubted_as_one(before, after, split_said):
    (found,) = doubts(before, after)
    if split_said is None:
        assert found.kind == "move"
    else:
        assert found.kind == "split_like"
        assert (found.on, found.until) == (day(1), day(1))
        assert found.facts == (before, before, after)
        assert found.sentence == (
            f"ABCD closed at {before} on 3 June 2013 and at {after} on 4 June 2013, as a split of "
            f"{split_said} would make it; none is on record."
        )


@pytest.mark.parametrize(
    ("amount", "is_doubted"), [("9.99", False), ("10", False), ("10.01", True)]
)
def test_a_dividend_of_more_than_a_tenth_of_the_price_is_in_doubt(amount, is_doubted):
    found = doubts("100", "90", actions=[dividend(1, amount)])
    assert [doubt.kind for doubt in found] == ["large_dividend"] * is_doubted


def test_a_large_dividend_is_measured_by_the_close_before_it_after_a_split_of_that_day():
    assert doubts("100", "44", "44", actions=[dividend(1, "6.00"), split(1, "2")]) == (
        Doubt(
            "large_dividend",
            day(1),
            day(1),
            ("6", "50"),
            "The dividend of ABCD on 4 June 2013, 6 a share, is 12 % of the close before it.",
        ),
    )
    # The split of another day, a spin-off, and a dividend before any close.
    assert doubts("100", "94", "47", actions=[dividend(1, "6"), split(2, "2")]) == ()
    assert doubts("100", "80", actions=[dividend(1, "20", "spin_off")]) == ()
    found = doubts(None, None, "10", actions=[dividend(1, "5")])
    assert [doubt.kind for doubt in found] == ["gap"]
    assert doubts("10", "9", actions=[dividend(2, "5")]) == ()
    # One that is none does not hide the next.
    found = doubts("10", "9", "8", actions=[dividend(1, "1", "spin_off"), dividend(2, "1")])
    assert [(doubt.kind, doubt.on) for doubt in found] == [("large_dividend", day(2))]


def test_a_close_on_a_day_without_trading_is_in_doubt_and_takes_part_in_nothing_else():
    closes = (1, 10, 50, 10, 51, 10, 1)
    found = doubts(
        also={day(number): Decimal(close) for number, close in enumerate(closes)},
        days=[day(1), day(3), day(5)],
        listed_until=day(5),
    )
    assert found == (
        Doubt(
            "closed_day",
            day(2),
            day(2),
            ("50",),
            "ABCD has a close of 50 on 5 June 2013, a day without trading.",
        ),
        Doubt(
            "closed_day",
            day(4),
            day(4),
            ("51",),
            "ABCD has a close of 51 on 7 June 2013, a day without trading.",
        ),
    )


def test_two_sources_that_disagree_are_in_doubt():
    found = doubts(
        "10",
        "10.1",
        told=[
            Told(day(0), "close", Decimal("10.00"), "a.csv"),
            Told(day(0), "close", Decimal("9.5"), "b.csv"),
            Told(day(1), "close", Decimal("10.1"), "a.csv"),
            Told(day(1), "close", Decimal("10.10"), "b.csv"),
            Told(day(1), "spin_off", Decimal("1"), "a.csv"),
            Told(day(1), "spin_off", Decimal("2"), "b.csv"),
        ],
    )
    assert found == (
        Doubt(
            "disagreement",
            day(0),
            day(0),
            ("close", "10", "9.5"),
            "Sources disagree on the close of ABCD on 3 June 2013: 10 in a.csv, 9.5 in b.csv; the "
            "last counts.",
        ),
        Doubt(
            "disagreement",
            day(1),
            day(1),
            ("spin_off", "1", "2"),
            "Sources disagree on the spin-off of ABCD on 4 June 2013: 1 in a.csv, 2 in b.csv; the "
            "last counts.",
        ),
    )


def test_doubts_come_in_the_order_of_their_days_and_then_of_their_kinds():
    found = doubts(
        "10",
        None,
        "20",
        volumes={day(2): 0},
        told=[Told(day(0), "close", Decimal(9), "a"), Told(day(0), "close", Decimal(10), "b")],
    )
    assert [(doubt.on, doubt.kind) for doubt in found] == [
        (day(0), "disagreement"),
        (day(1), "gap"),
        (day(2), "no_volume"),
        (day(2), "split_like"),
    ]


@pytest.mark.parametrize(
    ("before", "close", "actions", "adjusted"),
    [
        # A split of two for one leaves 10 of 20; their middle by ratio is the root of 200, 14.14.
        ("20", "14.14", [split(0, "2")], False),
        ("20", "14.15", [split(0, "2")], True),
        # One for four makes 40 of 10; the middle is exactly 20.
        ("10", "19.99", [split(0, "0.25")], True),
        ("10", "20", [split(0, "0.25")], False),
        ("10", "20.01", [split(0, "0.25")], False),
        # Four for one: exactly in the middle is not nearer.
        ("40", "20", [split(0, "4")], False),
        ("40", "20.01", [split(0, "4")], True),
        # A quarter of the price is told from a day's move, a cent less is not.
        ("100", "100", [dividend(0, "24.99")], False),
        ("100", "100", [dividend(0, "25")], True),
        ("100", "100", [dividend(0, "25.01", "spin_off")], True),
        ("100", "76", [dividend(0, "25")], False),
        # The split first, then the dividend per share as traded: 100 / 2 − 10 = 40.
        ("100", "41", [dividend(0, "10"), split(0, "2")], False),
        ("100", "99", [dividend(0, "10"), split(0, "2")], True),
        # Two payments of a day together take 30 of 100, each alone too little to be told.
        ("100", "100", [dividend(0, "15"), dividend(0, "15", "spin_off")], True),
        ("2", "1.9", [split(0, "2")], True),
        # Nothing is left of the price: nothing can be told.
        ("100", "100", [dividend(0, "100")], False),
        ("100", "100", [dividend(0, "101")], False),
        ("100", "100", [], False),
    ],
)
def test_a_series_that_does_not_fall_with_its_actions_is_adjusted(before, close, actions, adjusted):
    assert is_adjusted_at(before=Decimal(before), close=Decimal(close), actions=actions) is adjusted


def test_nothing_is_rounded_on_the_way_to_a_threshold():
    with localcontext() as rough:
        rough.prec = 2
        # 75 % of 100.01 is 75.0075, above 75.004.
        assert [doubt.kind for doubt in doubts("100.01", "75.004")] == ["move"]
        # The middle of 20.01 and 10.005 is the root of 200.20005; 14.15 squared is 200.2225.
        assert is_adjusted_at(
            before=Decimal("20.01"), close=Decimal("14.15"), actions=[split(0, "2")]
        )
