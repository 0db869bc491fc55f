"""What awaits decision: for whom, by when, and what was decided last."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committee.members import seat_member
from committee.models import Act
from committee.services import withdraw_act
from ltip.desk.scenarios.telling import Telling
from ltip.program.services.periods import open_period
from tests import cast
from tests.committee.conftest import (
    AFTER_WINDOW,
    CERTIFYING,
    IN_WINDOW,
    LAST_DAY,
    ids,
    members,
    page_of,
    propose,
)

pytestmark = pytest.mark.django_db

DOCKET = "/committee/"


def test_what_awaits_my_signature_comes_first_with_its_deadline_and_days_left(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    line = {"employee": ids(story, "signed")[0], "shares": 300}
    grant = propose(story, "grant", awards=[line])
    chair, *_ = members()
    cast.sign(designation, chair, cast.noon(IN_WINDOW))
    with on(IN_WINDOW):
        page = page_of(browser(chair).get(DOCKET))
    assert "<b>One act</b>" in page
    mine, others = page.split("Wait for others")
    assert grant.title in mine
    assert designation.title in others
    assert "1 of 3 have signed" in others
    # 4 March to 31 March.
    assert "31 March 2013" in mine
    assert "27 days left" in mine


def test_a_certification_has_no_deadline(certification: Act, on: Any, browser: Any) -> None:
    with on(CERTIFYING):
        page = page_of(browser(members()[0]).get(DOCKET))
    assert certification.title in page
    assert "days left" not in page


def test_the_last_day_and_the_day_after_are_said(designation: Act, on: Any, browser: Any) -> None:
    with on(LAST_DAY):
        assert "today is the last day" in page_of(browser(members()[0]).get(DOCKET))
    with on(AFTER_WINDOW):
        late = page_of(browser(members()[0]).get(DOCKET))
    assert "passed 1 day ago" in late
    assert "P Eligibility" in late


def test_a_member_with_an_interest_finds_the_act_among_those_that_wait_for_others(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    user = story.holders["signed"].user
    seat_member(
        user=user,
        position="member",
        starts_on=date(2013, 1, 1),
        by=story.secretary,
        at=cast.noon(IN_WINDOW),
    )
    with on(IN_WINDOW):
        page = page_of(browser(user).get(DOCKET))
    assert "Nothing awaits your signature." in page
    assert designation.title in page.split("Wait for others")[1]
    assert "0 of 3 have signed" in page


def test_acts_decided_last_are_shown_with_their_outcome(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    withdraw_act(act=designation, explanation="later", by=story.secretary, at=cast.noon(IN_WINDOW))
    with on(LAST_DAY):
        page = page_of(browser(members()[0]).get(DOCKET))
    assert "No act is before the Committee" in page
    decided = page.split("Decided last")[1]
    assert designation.title in decided
    assert "Set the goal of the 2013–2014 performance period" in decided
    assert decided.index("Withdrawn") < decided.index("Adopted")  # the latest first


def test_an_empty_docket_says_what_will_be_here(story: Telling, on: Any, browser: Any) -> None:
    with on(IN_WINDOW):
        page = page_of(browser(members()[0]).get(DOCKET))
    assert "Nothing awaits your signature." in page
    assert "appear here as soon as the secretary puts them before the Committee" in page


def test_the_secretary_finds_the_way_to_the_goals_of_open_windows(
    story: Telling, on: Any, browser: Any
) -> None:
    with on(LAST_DAY):
        assert "/committee/goals/2013-2014/" in page_of(browser(story.secretary).get(DOCKET))
        assert "/committee/goals/" not in page_of(browser(members()[0]).get(DOCKET))
    with on(AFTER_WINDOW):
        assert "/committee/goals/" not in page_of(browser(story.secretary).get(DOCKET))


def test_the_docket_is_open_to_the_committee_its_secretary_and_the_auditor_only(
    story: Telling, on: Any, browser: Any
) -> None:
    auditor = cast.staff("auditor", name="Alan Audit", telling=story)
    hr = cast.staff("human_resources", name="Helen Hart", telling=story)
    with on(IN_WINDOW):
        for user, status in (
            (members()[0], 200),
            (story.secretary, 200),
            (auditor, 200),
            (hr, 403),
            (story.administrator, 403),
            (story.holders["signed"].user, 403),
        ):
            assert browser(user).get(DOCKET).status_code == status
        assert Client().get(DOCKET).status_code == 302
        assert browser(story.secretary).post(DOCKET).status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_acts(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        client = browser(members()[0])
        one = _queries_of(client)
        for years in (3, 4, 5):
            period = open_period(
                start_date=date(2013, 1, 1),
                end_date=date(2012 + years, 12, 31),
                by=story.secretary,
                at=cast.noon(IN_WINDOW),
            )
            for kind, request in (
                ("designation", {"employees": ids(story, "signed", "unsigned")}),
                ("goal", cast.goal_request(period.label)),
            ):
                act = propose(story, kind, **request | {"period": period.label})
                cast.sign(act, members()[1], cast.noon(IN_WINDOW))
        page = page_of(client.get(DOCKET))
        assert "<b>7 acts</b>" in page
        assert _queries_of(client) == one


def _queries_of(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        page_of(client.get(DOCKET))
    return len(captured)
