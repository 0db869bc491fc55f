"""What the minute book finds, and what took the place of what, as of a day."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from committee import minute_book
from committee.elsewhere import record_meeting_elsewhere
from committee.models import Act
from committee.services import propose_act
from ltip.desk.scenarios.telling import Telling
from ltip.records.services import store_document
from participants.awards.models import Award
from participants.papers.amending import draft_amendment
from tests import cast
from tests.committee.conftest import AFTER_WINDOW, IN_WINDOW, LAST_DAY, ids, members, propose

pytestmark = pytest.mark.django_db

PERIOD = "2013–2014"


def found(**sought: Any) -> list[str]:
    return [act.kind for act in minute_book.entries(**sought)]


@pytest.fixture
def book(story: Telling, designation: Act) -> Telling:
    """A designation of 4 March and the goal of 31 March 2013."""
    cast.sign_all(designation, IN_WINDOW)
    return story


def reading(story: Telling, *keys: str, value: str, on: date) -> Act:
    asked = {
        "readings": dict.fromkeys(keys, value),
        "effective_on": on.isoformat(),
        "reason": "As counsel advises.",
    }
    return cast.adopt(story, "reading", asked, on)


def numbers(acts: list[Act]) -> list[str]:
    return [act.number for act in acts]


def test_the_acts_stand_by_their_date_and_not_by_the_order_of_their_records(book: Telling) -> None:
    assert found() == ["goal", "designation"]
    assert list(Act.objects.order_by("adoption__seal_id").values_list("kind", flat=True)) == [
        "goal",
        "designation",
    ]


@pytest.mark.parametrize(
    ("days", "since", "until"),
    [
        (-1, ["goal", "designation"], []),
        (0, ["goal", "designation"], ["designation"]),
        (1, ["goal"], ["designation"]),
    ],
)
def test_both_days_of_a_range_and_the_day_as_of_are_included(
    book: Telling, days: int, since: list[str], until: list[str]
) -> None:
    day = IN_WINDOW + timedelta(days=days)
    assert found(since=day) == since
    assert found(until=day) == until
    assert found(as_of=day) == until
    assert found(until=day, as_of=LAST_DAY) == until
    assert found(until=LAST_DAY, as_of=day) == until


def test_acts_are_found_by_their_period(book: Telling) -> None:
    act = propose(book, "grant", awards=[{"employee": ids(book, "signed")[0], "shares": 300}])
    cast.sign_all(act, IN_WINDOW)
    assert found(period=PERIOD) == ["goal", "grant", "designation"]
    assert found(period="2013") == []
    assert minute_book.index() == minute_book.Index(
        kinds=["designation", "goal", "grant"], periods=[PERIOD]
    )


def test_a_holder_is_found_by_the_exhibit(book: Telling) -> None:
    name = book.holders["signed"].name
    assert found(person=name) == found(person=name.upper()) == ["designation"]
    assert found(person="Nobody at all") == []


def test_a_member_is_found_by_the_signature(book: Telling) -> None:
    assert found(person=members()[1].name) == ["goal", "designation"]
    assert found(person=members()[1].name, kind="goal") == ["goal"]


def test_a_member_is_found_by_the_vote_at_a_meeting(story: Telling) -> None:
    act = propose_act(
        kind="designation",
        request={"period": PERIOD, "employees": ids(story, "signed")},
        by=story.secretary,
        at=cast.noon(AFTER_WINDOW),
        dated_on=IN_WINDOW,
    )
    at, (first, second, absent) = cast.noon(AFTER_WINDOW), members()
    paper = store_document(
        content=b"%PDF-1.7 minutes", name="minutes.pdf", media_type="application/pdf", at=at
    )
    record_meeting_elsewhere(
        act=act,
        adopted_on=IN_WINDOW,
        present=[first, second],
        choices={first.pk: "for", second.pk: "for"},
        document=paper,
        shown_digest=act.exhibit_digest,
        by=story.secretary,
        authentication=cast.proof(story.secretary, at),
        at=at,
    )
    assert found(person=first.name, kind="designation") == ["designation"]
    assert found(person=absent.name, kind="designation") == []
    assert found(as_of=IN_WINDOW) == ["designation"]


def test_words_are_found_in_what_the_exhibit_says_and_not_in_its_field_names(
    book: Telling,
) -> None:
    assert found(words="RESOLVED") == found(words="resolved, that") == ["goal", "designation"]
    assert found(words="Set the goal") == ["goal"]
    assert found(words="consequences") == []
    assert found(words="100% of \\everything\\") == []


def test_an_act_is_found_by_its_number(book: Telling) -> None:
    goal = Act.objects.get(kind="goal")
    assert list(minute_book.entries(words=goal.number)) == [goal]


def test_a_goal_and_the_one_before_it_name_each_other_from_the_later_ones_day_on(
    story: Telling,
) -> None:
    first = Act.objects.get(kind="goal")
    second, third = (
        cast.adopt(story, "goal", cast.goal_request(PERIOD, averaging_days=days), LAST_DAY)
        for days in (5, 6)
    )
    told = minute_book.successions([first, second, third])
    assert told[first.pk] == minute_book.Succession(by=[second], of=[])
    assert told[second.pk] == minute_book.Succession(by=[third], of=[first])
    assert told[third.pk] == minute_book.Succession(by=[], of=[second])
    assert minute_book.successions([first], as_of=LAST_DAY)[first.pk].by == [second]
    before = minute_book.successions([first], as_of=LAST_DAY - timedelta(days=1))
    assert before[first.pk] == minute_book.Succession()


def test_readings_of_one_place_follow_each_other_and_those_of_others_do_not(
    story: Telling,
) -> None:
    first = reading(story, "window.counting", value="exclusive", on=date(2013, 3, 20))
    other = reading(story, "resignation.between_dates", value="pay", on=date(2013, 3, 21))
    later = reading(story, "window.counting", value="inclusive", on=date(2013, 3, 22))
    told = minute_book.successions([first, other, later])
    assert numbers(told[first.pk].by) == [later.number]
    assert numbers(told[later.pk].of) == [first.number]
    assert told[other.pk] == minute_book.Succession()
    assert minute_book.successions([first], as_of=date(2013, 3, 21))[first.pk].by == []


def test_an_act_on_a_single_award_is_found_by_the_awards_period() -> None:
    telling = cast.told(acts=cast.BEFORE_CERTIFICATION)
    day = date(2014, 6, 2)
    asked = {
        "award": str(Award.objects.get(employee=telling.holders["signed"]).public_id),
        "attempted_on": day,
        "description": "The award was pledged for a loan.",
    }
    act = cast.adopt(telling, "transfer_finding", asked, day)
    assert act.subject.startswith(f"{PERIOD}, ")
    assert found(period=PERIOD)[0] == "transfer_finding"
    assert minute_book.index().periods == [PERIOD]
    assert found(words="pledged FOR a loan") == ["transfer_finding"]


def test_an_amendment_that_sets_goals_takes_the_place_of_the_act_that_had_set_them() -> None:
    telling, day = cast.told(acts=cast.BEFORE_SIGNING), date(2013, 6, 3)
    paper = draft_amendment(
        kind="goals",
        title="The schedule starts later",
        text="The goals are set anew.",
        goals=json.dumps(cast.goal_request(PERIOD, schedule=[[50, 100], [90, 200]])),
        adverse_to=[],
        by=telling.secretary,
        at=cast.noon(day),
    )
    goal = Act.objects.get(kind="goal")
    amendment = cast.adopt(telling, "amendment", {"draft": str(paper.public_id)}, day)
    told = minute_book.successions([goal, amendment])
    assert told[goal.pk] == minute_book.Succession(by=[amendment], of=[])
    assert told[amendment.pk] == minute_book.Succession(by=[], of=[goal])
