"""What an end of service makes of an award, read from what is on record (rulebook 7).

“signed” holds 300 Performance Shares for the period from 1 January 2013 to 31 December 2014. They
are certified on Tuesday, 24 February 2015, at 100 %; the Settlement Date is the 30th day after, 26
March 2015. What ended before is known to the certificate, what ended that day or later is not.
"""

from datetime import date
from typing import Any

import pytest

from ltip.desk.scenarios.telling import Telling
from participants.awards.leaving import deferral_note
from participants.awards.life import life_of
from participants.awards.selectors import Standing, standings_of
from participants.people import leaving
from participants.people.services import change_status
from tests import cast
from tests.participants.leavers import certify, find_cause, leave

CERTIFIED, SETTLES = date(2015, 2, 24), date(2015, 3, 26)
BEFORE, AFTER = date(2015, 2, 23), date(2015, 2, 25)
FORFEITED = (0, None)


@pytest.fixture
def reported(db: None) -> Telling:
    return cast.told(acts=cast.BEFORE_CERTIFICATION)


def standing(telling: Telling) -> Standing:
    return standings_of(telling.holders["signed"])[0]


def left(telling: Telling, ended_on: date, reason: str, **more: Any) -> Standing:
    """The standing after an end of service that was recorded on its day, and certification."""
    known = more.get("separated_on") or ended_on
    if reason == "cause":
        find_cause(telling, "signed", ended_on)
    if known < CERTIFIED:
        leave(telling, "signed", ended_on, reason, recorded_on=known, **more)
        certify(telling, CERTIFIED)
    else:
        certify(telling, CERTIFIED)
        leave(telling, "signed", ended_on, reason, recorded_on=known, **more)
    return standing(telling)


def due(found: Standing) -> tuple[int, date | None]:
    entitled = found.entitlement().value
    return entitled.shares, entitled.settles_on


@pytest.mark.parametrize(
    ("ended_on", "settles_on"),
    [
        (date(2014, 6, 29), SETTLES),
        (BEFORE, SETTLES),
        # From the Determination Date on it is the 30th day after the death.
        (CERTIFIED, date(2015, 3, 26)),
        (AFTER, date(2015, 3, 27)),
    ],
)
def test_death_takes_nothing_away(reported: Telling, ended_on: date, settles_on: date) -> None:
    found = left(reported, ended_on, "death")
    assert due(found) == (300, settles_on)
    assert found.state_on(ended_on) in ("granted", "earned")


@pytest.mark.parametrize(
    ("ended_on", "total", "of_the_plan", "expected"),
    [
        (BEFORE, True, False, (300, SETTLES)),
        (BEFORE, False, True, FORFEITED),
        (CERTIFIED, True, False, FORFEITED),
        (CERTIFIED, False, True, (300, date(2015, 3, 26))),
        (AFTER, True, True, (300, date(2015, 3, 27))),
        (AFTER, True, False, FORFEITED),
    ],
)
def test_before_certification_one_disability_counts_and_after_it_the_other(
    reported: Telling,
    ended_on: date,
    total: bool,
    of_the_plan: bool,
    expected: tuple[int, date | None],
) -> None:
    told = {"is_totally_disabled": total, "is_disabled_under_plan": of_the_plan}
    assert due(left(reported, ended_on, "disability", **told)) == expected


@pytest.mark.parametrize(
    ("ended_on", "shares", "settles_on"),
    [
        # 17 of 24 months are full on 29 June, 18 on 30 June: 300 × 17/24 = 212.5.
        (date(2014, 6, 29), 212, SETTLES),
        (date(2014, 6, 30), 225, SETTLES),
        # After the period it is 24 of 24, never 25.
        (BEFORE, 300, SETTLES),
        (CERTIFIED, 300, date(2015, 3, 26)),
        (AFTER, 300, date(2015, 3, 27)),
        (date(2015, 3, 25), 300, date(2015, 4, 24)),
        (SETTLES, 300, SETTLES),
    ],
)
def test_a_dismissal_without_cause_leaves_the_months_served(
    reported: Telling, ended_on: date, shares: int, settles_on: date
) -> None:
    assert due(left(reported, ended_on, "without_cause")) == (shares, settles_on)


@pytest.mark.parametrize("reason", ["resignation", "retirement", "cause"])
@pytest.mark.parametrize(
    ("ended_on", "expected"),
    [
        (BEFORE, FORFEITED),
        (CERTIFIED, FORFEITED),
        (AFTER, FORFEITED),
        (date(2015, 3, 25), FORFEITED),
        (SETTLES, (300, SETTLES)),
    ],
)
def test_who_leaves_otherwise_before_the_settlement_date_gets_nothing(
    reported: Telling, reason: str, ended_on: date, expected: tuple[int, date | None]
) -> None:
    assert due(left(reported, ended_on, reason)) == expected


@pytest.mark.parametrize(
    ("separated_on", "deferred", "expected"),
    [
        (BEFORE, True, FORFEITED),
        (CERTIFIED, True, (300, date(2015, 3, 26))),
        (AFTER, True, (300, date(2015, 3, 27))),
        (None, True, FORFEITED),
        (None, False, FORFEITED),
    ],
)
def test_for_deferred_compensation_the_separation_is_the_termination(
    reported: Telling,
    separated_on: date | None,
    deferred: bool,
    expected: tuple[int, date | None],
) -> None:
    """Disabled in the Plan's sense alone, which counts from the Determination Date on only."""
    found = left(
        reported,
        date(2015, 2, 20),
        "disability",
        is_totally_disabled=False,
        separated_on=separated_on,
        is_deferred=deferred,
    )
    assert due(found) == expected


def specify(telling: Telling) -> None:
    change_status(
        employee=telling.holders["signed"],
        subject="specified",
        value="yes",
        starts_on=date(2014, 4, 1),
        by=telling.secretary,
        at=telling.told_at,
    )


@pytest.mark.parametrize(
    ("specified", "deferred", "settles_on", "state"),
    [
        # Six months from 25 February end on Tuesday, 25 August 2015.
        (True, True, date(2015, 8, 26), "delayed"),
        (True, False, date(2015, 3, 27), "earned"),
        (False, True, date(2015, 3, 27), "earned"),
    ],
)
def test_a_specified_employees_deferred_compensation_waits_six_months(
    reported: Telling, specified: bool, deferred: bool, settles_on: date, state: str
) -> None:
    if specified:
        specify(reported)
    found = left(reported, AFTER, "without_cause", is_deferred=deferred)
    assert due(found) == (300, settles_on)
    assert found.state_on(date(2015, 3, 1)) == state


@pytest.mark.parametrize(
    ("died_on", "settles_on"),
    [
        # It was payable on 27 March: a death before changes nothing, one after ends the wait.
        (date(2015, 3, 26), date(2015, 3, 27)),
        (date(2015, 3, 27), date(2015, 3, 30)),
        (date(2015, 4, 1), date(2015, 4, 2)),
        (date(2015, 8, 24), date(2015, 8, 25)),
    ],
)
def test_a_death_ends_the_wait_of_six_months(
    reported: Telling, died_on: date, settles_on: date
) -> None:
    specify(reported)
    left(reported, AFTER, "without_cause", is_deferred=True)
    leaving.record_death(
        employee=reported.holders["signed"],
        died_on=died_on,
        by=reported.secretary,
        at=cast.noon(date(2015, 9, 1)),
    )
    assert due(standing(reported)) == (300, settles_on)


def test_counsel_is_warned_once_the_settlement_date_lies_after_the_fifteenth_of_march(
    reported: Telling,
) -> None:
    """The period ended in 2014: until 15 March 2015. The Settlement Date is 26 March."""
    leave(reported, "signed", date(2014, 6, 29), "death")
    before = deferral_note(standing(reported))
    assert before is not None
    assert before.figure == "15 March 2015"
    certify(reported, CERTIFIED)
    after = deferral_note(standing(reported))
    assert after is not None
    assert "Settlement on 26 March 2015 falls after 15 March 2015" in after.sentence
    assert after.place == "GA §5"


def test_counsel_has_a_year_more_where_the_condition_fell_away_after_the_period(
    reported: Telling,
) -> None:
    assert deferral_note(left(reported, date(2015, 1, 2), "without_cause")) is None


@pytest.mark.parametrize("reason", ["resignation", "retirement"])
def test_nothing_is_for_counsel_where_nothing_is_paid(reported: Telling, reason: str) -> None:
    leave(reported, "signed", date(2014, 6, 29), reason)
    assert deferral_note(standing(reported)) is None


def test_the_award_tells_of_a_later_death_and_of_what_counsel_looks_at(
    reported: Telling,
) -> None:
    leave(reported, "signed", date(2014, 6, 29), "without_cause")
    leaving.record_death(
        employee=reported.holders["signed"],
        died_on=date(2014, 7, 1),
        by=reported.secretary,
        at=cast.noon(date(2014, 7, 2)),
    )
    award = standing(reported).award
    life = life_of(award.public_id, today=date(2014, 7, 2))
    assert life is not None
    ended = next(record for record in life.records if record.what == "Employment ended")
    assert [step.figure for step in ended.steps] == ["1 July 2014", "15 March 2015"]
