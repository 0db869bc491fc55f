"""The minute book: every adopted act by its date, and what took its place."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committee import views
from committee.models import Act
from committee.services import propose_act
from ltip.desk.scenarios.telling import Telling
from ltip.program.services.periods import open_period
from tests import cast
from tests.committee.conftest import IN_WINDOW, LAST_DAY, ids, members, page_of, propose

pytestmark = pytest.mark.django_db

MINUTES = "/committee/minutes/"


def test_adopted_acts_stand_by_date_and_open_ones_do_not(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    cast.sign_all(designation, IN_WINDOW)
    line = {"employee": ids(story, "signed")[0], "shares": 300}
    waiting = propose(story, "grant", awards=[line])
    with on(LAST_DAY):
        page = page_of(browser(members()[0]).get(MINUTES))
    assert designation.title in page
    assert "4 Mar 2013" in page
    assert "31 Mar 2013" in page  # the goal of the story
    assert waiting.title not in page


def test_it_is_filtered_by_what_is_chosen_and_nonsense_is_said(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    cast.sign_all(designation, IN_WINDOW)
    goal_title = "Set the goal of the 2013–2014 performance period"
    with on(LAST_DAY):
        client = browser(members()[0])
        by_kind = page_of(client.get(MINUTES, {"kind": "designation"}))
        by_days = page_of(client.get(MINUTES, {"since": "2013-03-05", "until": "2013-03-31"}))
        by_nonsense = page_of(client.get(MINUTES, {"since": "some day", "kind": "goal"}))
        backwards = page_of(client.get(MINUTES, {"since": "2013-03-05", "until": "2013-03-04"}))
    assert designation.title in by_kind
    assert goal_title not in by_kind
    assert designation.title not in by_days
    assert goal_title in by_days
    assert "Enter a valid date." in by_nonsense
    for refused in (by_nonsense, backwards):
        assert "Nothing is shown until what you look for is put right" in refused
        assert designation.title not in refused
        assert goal_title not in refused
    assert "It is before the day from which to look." in backwards


def test_a_combination_that_no_act_has_says_so(story: Telling, on: Any, browser: Any) -> None:
    period = _another_goal(story)
    with on(LAST_DAY):
        client = browser(members()[0])
        page = page_of(client.get(MINUTES, {"kind": "goal", "period": period}))
        assert "No adopted act" not in page
        cast.sign_all(propose(story, "designation", employees=ids(story, "signed")), IN_WINDOW)
        page = page_of(client.get(MINUTES, {"kind": "designation", "period": period}))
    assert "No act is what you look for" in page
    assert "Show all" in page


def test_a_goal_that_replaces_another_is_told_on_both(
    story: Telling, on: Any, browser: Any
) -> None:
    earlier = Act.objects.get(kind="goal")
    later = propose_act(
        kind="goal",
        request=cast.goal_request("2013–2014", averaging_days=5),
        by=story.secretary,
        at=cast.noon(LAST_DAY),
    )
    assert "It replaces the goal set on 31 March 2013." in later.exhibit
    cast.sign_all(later, LAST_DAY)
    with on(LAST_DAY):
        client = browser(members()[0])
        minutes = page_of(client.get(MINUTES))
        replaced = page_of(client.get(f"/committee/acts/{earlier.public_id}/"))
        replacing = page_of(client.get(f"/committee/acts/{later.public_id}/"))
    assert minutes.count("replaced by") == minutes.count(f">act {later.number}</a>") == 1
    assert minutes.count("replaces") == minutes.count(f">act {earlier.number}</a>") == 1
    replaced, replacing = " ".join(replaced.split()), " ".join(replacing.split())
    assert f"Act {later.number}, adopted on 31 March 2013, took its place:" in replaced
    assert "It takes the place of" not in replaced
    assert "took its place" not in replacing
    assert f"It takes the place of act {earlier.number}, adopted on 31 March 2013:" in replacing


def test_as_of_a_day_shows_what_had_been_adopted_by_then(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    cast.sign_all(designation, IN_WINDOW)
    with on(LAST_DAY):
        client = browser(members()[0])
        page = page_of(client.get(MINUTES, {"as_of": "2013-03-30"}))
    assert designation.title in page
    assert "Set the goal" not in page
    assert "As it stood on <b>30 March 2013</b>" in " ".join(page.split())


def test_it_is_paged(story: Telling, on: Any, browser: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(views, "ACTS_ON_A_PAGE", 1)
    _another_goal(story)
    with on(LAST_DAY):
        client = browser(members()[0])
        first = page_of(client.get(MINUTES, {"kind": "goal"}))
        second = page_of(client.get(MINUTES, {"kind": "goal", "page": "2"}))
        beyond = page_of(client.get(MINUTES, {"kind": "goal", "page": "99"}))
    assert "Page 1 of 2" in first
    assert "2013–2015 performance period" in first
    assert "2013–2014 performance period" in second
    assert "Page 2 of 2" in beyond


def test_an_empty_minute_book_says_what_will_be_here(
    before_any_act: Telling, on: Any, browser: Any
) -> None:
    with on(LAST_DAY):
        page = page_of(browser(before_any_act.secretary).get(MINUTES))
    assert "No act has been adopted yet" in page
    assert "An act stands here from its last signature on." in page


def test_the_number_of_queries_does_not_grow_with_the_acts(
    story: Telling, on: Any, browser: Any
) -> None:
    with on(LAST_DAY):
        client = browser(members()[0])
        sought = {"person": members()[0].name, "words": "the", "as_of": "2013-03-31"}
        few = _queries_of(client), _queries_of(client, **sought)
        _another_goal(story)
        cast.sign_all(propose(story, "designation", employees=ids(story, "signed")), IN_WINDOW)
        assert (_queries_of(client), _queries_of(client, **sought)) == few


def _another_goal(story: Telling) -> str:
    """A second period of the same window, with its goal adopted; its label."""
    period = open_period(
        start_date=date(2013, 1, 1),
        end_date=date(2015, 12, 31),
        by=story.secretary,
        at=cast.noon(IN_WINDOW),
    )
    act = propose_act(
        kind="goal",
        request=cast.goal_request(period.label),
        by=story.secretary,
        at=cast.noon(LAST_DAY),
    )
    cast.sign_all(act, LAST_DAY)
    return period.label


def _queries_of(client: Client, **sought: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page = page_of(client.get(MINUTES, sought))
    assert "Set the goal of the 2013–2014" in page
    return len(captured)
