"""Until when a notice may be signed, and when an unsigned award lapses."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ltip.rules.acceptance import days_to_sign, lapse, sign_by
from ltip.rules.awards import AwardFacts, Change, Determined, due
from ltip.rules.earning import Entitlement
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.readings import complete

LAST = date(2013, 4, 6)
BEFORE, AFTER = date(2013, 4, 5), date(2013, 4, 7)


def lapsing(**facts):
    told = {"sign_by": LAST, "signed_on": None, "died_on": None, "determined_on": None}
    return lapse(**(told | facts))


@pytest.mark.parametrize(
    ("unsigned", "days"),
    [("held_back", None), ("lapses_30", 30), ("lapses_60", 60), ("lapses_90", 90)],
)
def test_the_reading_says_how_many_days_a_notice_leaves(unsigned: str, days: int | None) -> None:
    assert days_to_sign(unsigned=unsigned) == days


def test_by_default_a_notice_sets_no_end() -> None:
    assert days_to_sign() is None
    assert sign_by(issued_on=date(2013, 2, 5)) is None
    assert lapsing(sign_by=None) == Outcome(None, ())


def test_the_day_of_issue_is_not_counted() -> None:
    # 5 February 2013 and sixty days: 23 left of February, 31 of March, 6 of April.
    assert sign_by(issued_on=date(2013, 2, 5), unsigned="lapses_60") == LAST


def test_another_word_is_no_reading() -> None:
    with pytest.raises(Refused, match="no reading of notice.unsigned"):
        days_to_sign(unsigned="lapses_45")


def test_it_lapses_on_the_day_after_the_last_one() -> None:
    said = (
        "The notice was to be signed by 6 April 2013, as it says itself; without a signature the "
        "award lapses on 7 April 2013."
    )
    assert lapsing() == Outcome(AFTER, (Step(said, "7 April 2013", "GN"),))


def test_a_signed_award_never_lapses() -> None:
    assert lapsing(signed_on=LAST) == Outcome(None, (Step("Signed on 6 April 2013.", "", "GN"),))


@pytest.mark.parametrize(
    ("died_on", "lapses"), [(BEFORE, False), (LAST, False), (AFTER, True), (None, True)]
)
def test_a_death_by_the_last_day_leaves_the_signature_to_the_heirs(
    died_on: date | None, lapses: bool
) -> None:
    assert (lapsing(died_on=died_on).value == AFTER) is lapses


def test_what_is_said_of_a_death() -> None:
    said = (
        "The holder died on 5 April 2013, while the notice could be signed: the heirs sign in the "
        "holder's place."
    )
    assert lapsing(died_on=BEFORE) == Outcome(None, (Step(said, "", "GN"),))


@pytest.mark.parametrize(
    ("determined_on", "lapses"), [(BEFORE, False), (LAST, False), (AFTER, True)]
)
def test_what_is_determined_by_the_last_day_stands(determined_on: date, lapses: bool) -> None:
    assert (lapsing(determined_on=determined_on).value == AFTER) is lapses


def test_what_is_said_of_a_determination() -> None:
    said = (
        "Determined on 6 April 2013, while the notice could be signed: it stands, and nothing is "
        "delivered before it is signed."
    )
    assert lapsing(determined_on=LAST) == Outcome(None, (Step(said, "", "GN"),))


@pytest.mark.parametrize("lump_sum", [False, True])
def test_nothing_is_due_of_an_award_that_lapsed(lump_sum: bool) -> None:
    determined = Determined(100, date(2014, 2, 25), date(2014, 3, 27), lump_sum=lump_sum)
    reduced = Change(date(2014, 3, 3), "reduced", Decimal(90))
    facts = AwardFacts(determined, changes=(reduced,), lapsed=lapsing())
    found = due(facts=facts, readings=complete({}))
    assert found.value == Entitlement(0, None, forfeited=True)
    assert [step.place for step in found.steps] == ["P Award Determination", "GN"]
    stands = due(facts=replace(facts, lapsed=lapsing(signed_on=LAST)), readings=complete({}))
    assert stands.value.shares == 90
