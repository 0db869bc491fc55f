"""What a change in control would make of the periods, and that asking changes nothing."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ltip.desk.scenarios.reading import read_story
from ltip.program.services import periods
from participants.control import selectors
from tests import cast
from tests.participants.control.desk import EVENT, left, shares_by_name, told, tried

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).parents[4] / "shared" / "scenarios"


def rows_by_model() -> dict[Any, int]:
    return {model: model._base_manager.count() for model in apps.get_models()}


def test_the_period_ends_on_the_last_business_day_of_the_last_quarter_completed() -> None:
    """The quarter ended on Saturday, 28 September 2013; the Friday before it is a business day."""
    each = tried(told())
    assert (each.timing, each.measured_until) == ("during", date(2013, 9, 27))
    assert [step.figure for step in each.end_steps] == ["28 September 2013", "27 September 2013"]
    assert all(step.place == "P Change in Control" for step in each.end_steps)


def test_a_quarter_that_ends_on_the_day_of_the_event_is_not_completed_before_it() -> None:
    telling = told()
    on_its_end = selectors.trial(date(2013, 9, 28)).refusal_for(telling.period)
    assert "OURS" in str(on_its_end), "28 June 2013 has no close, so that run names the company"
    assert tried(telling, date(2013, 9, 29)).measured_until == date(2013, 9, 27)


def test_everyone_employed_before_the_event_gets_the_whole_award_and_leavers_what_is_theirs() -> (
    None
):
    """200 % of target. bea served 6 of the 8 full months to 27 September: 700 × 2 × 6/8 = 1,050.

    cyd died: all of 90 × 2. dan resigned the day before the event: nothing. The others: × 2.
    """
    each = tried(told(*left()))
    assert each.payout == Decimal(200)
    assert shares_by_name(each) == {
        "ann": 6000,
        "bea": 1050,
        "cyd": 180,
        "dan": 0,
        "eve": 34,
        "fay": 1000,
    }
    bea = next(holder for holder in each.holders if holder.holder == "bea")
    assert "6 full months of 8 served" in bea.steps[-1].sentence
    assert bea.steps[0].figure == "700"


@pytest.mark.parametrize(
    ("left_on", "shares"),
    [(date(2013, 11, 14), 0), (date(2013, 11, 15), 34), (date(2013, 11, 16), 34)],
)
def test_who_resigns_on_the_day_of_the_event_was_employed_immediately_before_it(
    left_on: date, shares: int
) -> None:
    leaving = {"do": "terminate", "on": left_on, "who": "eve", "reason": "resignation"}
    assert shares_by_name(tried(told(leaving)))["eve"] == shares


def test_a_reduction_before_the_event_caps_what_is_paid() -> None:
    """fay's 500 at 200 % would be 1,000; the Committee left 321."""
    reduced = {"do": "reduce", "on": date(2013, 10, 1), "who": "fay", "to": 321}
    each = tried(told(reduced))
    assert shares_by_name(each)["fay"] == 321
    assert shares_by_name(each)["ann"] == 6000


def test_an_adjusted_target_is_the_one_that_is_paid() -> None:
    """Three for two: ann's 3,000 became 4,500, dan's 41 became 61; at 200 %."""
    adjusted = {"do": "adjust", "on": date(2013, 10, 1), "split": Decimal("1.5")}
    found = shares_by_name(tried(told(adjusted)))
    assert (found["ann"], found["dan"]) == (9000, 122)


def test_a_void_award_gets_nothing() -> None:
    transferred = {"do": "transfer", "on": date(2013, 10, 1), "who": "ann"}
    found = shares_by_name(tried(told(transferred)))
    assert (found["ann"], found["eve"]) == (0, 34)


def test_the_value_is_that_of_the_last_close_on_or_before_the_event() -> None:
    """The last close before 15 November 2013 is that of the 14th, 12.50: 6,000 × 12.50."""
    each = tried(told())
    ann = next(holder for holder in each.holders if holder.holder == "ann")
    assert ann.value_minor == 7_500_000
    assert selectors.trial(EVENT).price_on == date(2013, 11, 14)


@pytest.mark.parametrize(
    ("event", "timing", "until", "payout"),
    [
        (date(2014, 12, 31), "during", date(2014, 9, 26), 200),
        (date(2015, 1, 1), "after_period", date(2014, 12, 31), 100),
        (date(2015, 2, 24), "after_period", date(2014, 12, 31), 100),
    ],
)
def test_the_last_day_of_the_period_still_shortens_it_and_the_day_after_does_not(
    event: date, timing: str, until: date, payout: int
) -> None:
    each = tried(told(), event)
    assert (each.timing, each.measured_until, each.payout) == (timing, until, payout)


def test_after_the_period_all_of_it_counts_without_a_filing_or_a_certificate() -> None:
    """100 %. bea served 6 of 24 months: 700 × 6/24 = 175. cyd: all of 90."""
    found = shares_by_name(tried(told(*left()), date(2015, 1, 20)))
    assert found == {"ann": 3000, "bea": 175, "cyd": 90, "dan": 0, "eve": 17, "fay": 500}


CERTIFIED = (
    {"do": "file_10k", "on": date(2015, 2, 20), "for": date(2014, 12, 31)},
    {"do": "certify", "on": date(2015, 2, 25)},
)


@pytest.mark.parametrize("event", [date(2015, 2, 25), date(2015, 2, 26), date(2015, 3, 20)])
def test_from_the_determination_date_on_an_event_changes_nothing(event: date) -> None:
    telling = told(*CERTIFIED)
    each = tried(telling, event)
    assert (each.timing, each.determined_on) == ("determined", date(2015, 2, 25))
    assert not each.holders
    assert each.refusal is None


def test_an_event_before_a_certificate_that_is_sealed_is_for_the_committee_to_mend() -> None:
    refusal = tried(told(*CERTIFIED), date(2015, 2, 24)).refusal
    assert refusal is not None
    assert refusal.place == "P Administration"
    assert "25 February 2015, after the event" in refusal.reason


def test_without_a_quarter_completed_since_the_period_began_the_committee_decides() -> None:
    refusal = tried(told(), date(2013, 3, 20)).refusal
    assert refusal is not None
    assert refusal.place == "P Change in Control"
    assert "no fiscal quarter was completed" in refusal.reason


def test_a_period_that_has_not_begun_and_one_without_awards_are_left_alone() -> None:
    telling = told()
    for start, end in ((date(2014, 1, 1), date(2015, 12, 31)), (date(2013, 7, 1), EVENT)):
        periods.open_period(
            start_date=start, end_date=end, by=telling.secretary, at=telling.told_at
        )
    found = {each.period.label: each for each in selectors.trial(EVENT).periods}
    assert found["2014–2015"].timing == "before_period"
    assert found["2013"].timing == "during"
    assert [each.period.label for each in selectors.trial(EVENT).computed] == ["2013–2014"]


def test_a_price_that_is_missing_is_named() -> None:
    refusal = tried(told(), date(2013, 9, 20)).refusal
    assert refusal is not None
    assert "OURS" in refusal.reason


def test_a_trial_writes_nothing() -> None:
    telling = told(*left())
    before = rows_by_model()
    assert tried(telling).holders
    assert rows_by_model() == before


def test_more_holders_take_no_more_queries() -> None:
    counted = []
    for people in ({"ann": 3000}, None):
        with transaction.atomic():
            told(people=people)
            with CaptureQueriesContext(connection) as queries:
                assert selectors.trial(EVENT).computed
            counted.append(len(queries))
            transaction.set_rollback(True)
    assert counted[0] == counted[1]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared stories are not here")
def test_the_shared_story_ends_its_period_on_friday_27_september() -> None:
    story = read_story(SHARED / "change-in-control-in-the-period.toml")
    story.sections["act"] = story.sections["act"][:-1]
    telling = cast.tell(story)
    each = tried(telling)
    assert each.measured_until == date(2013, 9, 27)
    assert each.result["goals"][0]["rank"] == 3
    assert each.payout == Decimal(200)
    assert shares_by_name(each) == {"ann": 20000, "carol": 0}
