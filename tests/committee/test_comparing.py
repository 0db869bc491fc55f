"""What changed since the last act of the same kind, from both exhibits."""

from typing import Any

import pytest

from committee.comparing import compared_with_the_last
from committee.models import Act
from committee.revising import revise_resolution
from committee.selectors import exhibit_of
from ltip.desk.scenarios.telling import Telling
from tests import cast
from tests.committee.conftest import IN_WINDOW, address, ids, members, page_of, propose

pytestmark = pytest.mark.django_db

AT = cast.noon(IN_WINDOW)


@pytest.fixture
def earlier(story: Telling) -> Act:
    """One employee was designated before, and the other is proposed afterwards."""
    act = propose(story, "designation", employees=ids(story, "signed"))
    cast.sign_all(act, IN_WINDOW)
    return act


def test_the_first_act_of_its_kind_has_nothing_to_be_compared_with(designation: Act) -> None:
    assert compared_with_the_last(designation, exhibit_of(designation)) is None


def test_only_what_differs_is_told(story: Telling, earlier: Act) -> None:
    act = propose(story, "designation", employees=ids(story, "unsigned"))
    comparison = compared_with_the_last(act, exhibit_of(act))
    assert comparison is not None
    assert comparison.earlier == earlier
    assert comparison.is_alike


def test_figures_and_words_that_differ_stand_side_by_side(
    story: Telling, earlier: Act, on: Any, browser: Any
) -> None:
    act = propose(story, "designation", employees=ids(story, "unsigned"))
    revise_resolution(
        act=act,
        text=["RESOLVED, that {participants} more are designated, {period_start} {period_end}."],
        shown_digest=act.exhibit_digest,
        is_meant=False,
        by=story.secretary,
        at=AT,
    )
    comparison = compared_with_the_last(act, exhibit_of(act))
    assert comparison is not None
    (words,) = comparison.words
    assert words.then.startswith("RESOLVED, that the 1 employees named")
    assert words.now.startswith("RESOLVED, that 1 more are designated")
    with on(IN_WINDOW):
        page = page_of(browser(members()[0]).get(address(act)))
    assert "What changed since the last such act" in page
    assert f"Beside act {earlier.number}, adopted on 4 March 2013:" in page


def test_a_goal_is_compared_by_what_it_states(before_any_act: Telling) -> None:
    first = propose(before_any_act, "goal", **_goal(averaging_days=2))
    cast.sign_all(first, IN_WINDOW)
    act = propose(before_any_act, "goal", **_goal(averaging_days=3))
    comparison = compared_with_the_last(act, exhibit_of(act))
    assert comparison is not None
    assert [(one.where, one.then, one.now) for one in comparison.figures] == [
        ("Averaging", "2 trading days", "3 trading days")
    ]
    terms, replaced = comparison.words
    assert "prices taken as 2 trading days at each end" in terms.then
    assert "prices taken as 3 trading days at each end" in terms.now
    assert (replaced.then, replaced.now) == ("", "It replaces the goal set on 4 March 2013.")


def _goal(**changes: Any) -> dict[str, Any]:
    return {"goals": cast.goal_request("", **changes)["goals"]}


def test_an_adopted_act_is_compared_with_the_one_before_it_not_after(
    story: Telling, earlier: Act
) -> None:
    later = propose(story, "designation", employees=ids(story, "unsigned"))
    cast.sign_all(later, IN_WINDOW)
    first, second = Act.objects.get(pk=earlier.pk), Act.objects.get(pk=later.pk)
    assert compared_with_the_last(first, exhibit_of(first)) is None
    comparison = compared_with_the_last(second, exhibit_of(second))
    assert comparison is not None
    assert comparison.earlier == first
