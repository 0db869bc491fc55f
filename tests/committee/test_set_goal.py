"""The secretary states the goal of a period; the Committee sees it on the page of the act."""

import json
from datetime import date
from typing import Any

import pytest

from committee.models import Act
from committee.services import withdraw_act
from ltip.desk.scenarios.telling import Telling
from ltip.program.models import Goal
from ltip.program.services.periods import open_period
from tests import cast
from tests.committee.conftest import (
    AFTER_WINDOW,
    IN_WINDOW,
    LAST_DAY,
    exhibit_of,
    members,
    page_of,
    sign,
)

pytestmark = pytest.mark.django_db

GOAL = "/committee/goals/2013-2014/"
FILLED_IN = {
    "peers": ["LOW", "HIGH"],
    "averaging_days": "20",
    "percentile": "continuous",
    "at_1": "30",
    "pays_1": "40",
    "at_2": "60",
    "pays_2": "112.5",
    "between_points": "step",
    "negative_tsr_cap": "100",
    "acquired": "freeze",
    "bankrupt": "remove",
    "merged": "remove_both",
}


def test_what_the_secretary_states_is_what_the_committee_sets(
    before_any_act: Telling, on: Any, browser: Any
) -> None:
    with on(LAST_DAY):
        page = page_of(browser(before_any_act.secretary).post(GOAL, FILLED_IN, follow=True))
        act = Act.objects.get(kind="goal")
        assert f"The goal is before the Committee as act {act.number}." in page
        assert "total stockholder return against <b>2</b> peers" in page
        for member in members():
            last = page_of(sign(browser(member), act))
    assert "is adopted and sealed" in last
    goal = Goal.objects.get()
    assert goal.set_on == LAST_DAY
    terms = json.loads(goal.terms)
    assert [peer["ticker"] for peer in terms["peers"]] == ["HIGH", "LOW"]
    assert {key: terms[key] for key in terms if key != "peers"} == {
        "kind": "relative_tsr",
        "weight": "100",
        "measurement": "cumulative",
        "averaging_days": 20,
        "begin_window": "ending on the last trading day before the period",
        "end_window": "ending on the last trading day of the period",
        "percentile": "continuous",
        "schedule": [["30", "40"], ["60", "112.5"]],
        "between_points": "step",
        "negative_tsr_cap": "100",
        "peer_events": {"acquired": "freeze", "bankrupt": "remove", "merged": "remove_both"},
    }


def test_the_form_offers_the_rulebooks_defaults_and_leaves_figures_empty(
    before_any_act: Telling, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        answer = browser(before_any_act.secretary).get(GOAL)
    form = answer.context["form"]
    assert form["percentile"].value() == "discrete"
    assert form["bankrupt"].value() == "bottom"
    assert form["averaging_days"].value() is None
    assert form["at_1"].value() is None
    assert "27 days left" in page_of(answer)
    assert [ticker for ticker, _ in form.fields["peers"].choices] == ["HIGH", "LOW"]


def test_the_form_starts_from_the_goal_set_last(story: Telling, on: Any, browser: Any) -> None:
    open_period(
        start_date=date(2013, 1, 1),
        end_date=date(2015, 12, 31),
        by=story.secretary,
        at=cast.noon(IN_WINDOW),
    )
    with on(LAST_DAY):
        answer = browser(story.secretary).get("/committee/goals/2013-2015/")
    form = answer.context["form"]
    assert form["peers"].value() == ["HIGH", "LOW"]
    assert form["averaging_days"].value() == 1
    assert [(at.value(), pays.value()) for at, pays in form.schedule_rows()] == [
        ("25", "50"),
        ("50", "100"),
        ("75", "200"),
        (None, None),
        (None, None),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"peers": ["LOW"]}, "peers", "Choose at least two peers."),
        ({"peers": ["LOW", "OURS"]}, "peers", "OURS is not one of the available choices"),
        ({"averaging_days": "91"}, "averaging_days", "less than or equal to 90"),
        ({"averaging_days": "0"}, "averaging_days", "greater than or equal to 1"),
        ({"pays_2": ""}, "pays_2", "A row states both, or stays empty."),
        ({"at_2": "20"}, "at_1", "points stand in rising order"),
        ({"pays_2": "30"}, "at_1", "less than the 40 % of 30"),
        ({"pays_2": "200.5"}, "pays_2", "less than or equal to 200"),
        ({"at_1": "", "pays_1": "", "at_2": "", "pays_2": ""}, "at_1", "at least one point"),
        ({"at_1": "a third"}, "at_1", "Enter a number."),
        ({"negative_tsr_cap": "-1"}, "negative_tsr_cap", "greater than or equal to 0"),
        ({"merged": "neither"}, "merged", "neither is not one of the available choices"),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_the_rest_stays_filled_in(
    before_any_act: Telling,
    on: Any,
    browser: Any,
    change: dict[str, Any],
    field: str,
    said: str,
) -> None:
    with on(IN_WINDOW):
        answer = browser(before_any_act.secretary).post(GOAL, FILLED_IN | change)
    form = answer.context["form"]
    assert said in " ".join(form.errors[field])
    assert page_of(answer).count('class="error"') >= 1
    untouched = next(key for key in ("averaging_days", "negative_tsr_cap") if key not in change)
    assert form[untouched].value() == FILLED_IN[untouched]
    assert not Act.objects.exists()


def test_an_open_act_for_the_goal_is_linked_and_a_second_one_refused(
    before_any_act: Telling, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        client = browser(before_any_act.secretary)
        client.post(GOAL, FILLED_IN)
        act = Act.objects.get()
        page = page_of(client.get(GOAL))
        assert f'href="/committee/acts/{act.public_id}/"' in page
        assert "Put before the Committee" not in page
        client.post(GOAL, FILLED_IN)
        assert Act.objects.count() == 1
        withdraw_act(
            act=act, explanation="anew", by=before_any_act.secretary, at=cast.noon(IN_WINDOW)
        )
        assert "Put before the Committee" in page_of(client.get(GOAL))


def test_outside_the_window_no_goal_is_put_and_the_place_is_named(
    before_any_act: Telling, on: Any, browser: Any
) -> None:
    with on(AFTER_WINDOW):
        client = browser(before_any_act.secretary)
        shown, refused = page_of(client.get(GOAL)), page_of(client.post(GOAL, FILLED_IN))
    assert "The window is closed" in shown
    assert "passed 1 day ago" in shown
    assert "P Performance Goals: the window for goals closed on 31 March 2013" in refused
    with on(date(2012, 12, 31)):
        assert "It opens on 1 January 2013" in page_of(browser(before_any_act.secretary).get(GOAL))
    assert not Act.objects.exists()


def test_a_goal_inside_the_window_says_what_it_replaces(
    story: Telling, on: Any, browser: Any
) -> None:
    with on(LAST_DAY):
        client = browser(story.secretary)
        assert "A goal was set on 31 March 2013." in page_of(client.get(GOAL))
        client.post(GOAL, FILLED_IN)
    latest = Act.objects.filter(kind="goal").order_by("pk").last()
    assert latest is not None
    assert "It replaces the goal set on 31 March 2013." in exhibit_of(latest)["consequences"]


def test_only_the_secretary_puts_a_goal(story: Telling, on: Any, browser: Any) -> None:
    auditor = cast.staff("auditor", name="Alan Audit", telling=story)
    with on(LAST_DAY):
        for user in (members()[0], story.administrator, story.holders["signed"].user):
            assert browser(user).get(GOAL).status_code == 403
        assert browser(auditor).post(GOAL, FILLED_IN).status_code == 403
        page = page_of(browser(auditor).get(GOAL))
        assert "Only the secretary puts a goal before the Committee." in page
        unknown = browser(story.secretary).get("/committee/goals/1999-2000/")
        assert unknown.status_code == 404
    assert Act.objects.filter(kind="goal").count() == 1
