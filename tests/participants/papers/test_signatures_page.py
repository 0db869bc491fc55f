"""Who has not signed the notice of grant, for human resources."""

from datetime import date
from typing import Any

from django.urls import reverse

from ltip.desk.scenarios.telling import Telling
from participants.people import services as people
from tests import cast
from tests.participants.pages import human_resources, words

DAY = date(2013, 2, 15)


def page(visit: Any, telling: Telling) -> str:
    with visit(human_resources(telling), DAY) as browser:
        return words(browser.get(reverse("participants:signatures", args=[telling.period])))


def test_it_names_who_has_not_signed_and_since_when(granted: Telling, visit: Any) -> None:
    text = page(visit, granted)
    assert "1 of 2 holders has not signed the notice of grant." in text
    assert "unsigned target 41 5 Feb 2013 10 days ago unsigned@story.example" in text
    assert "1 signed Holder Signed signed 6 February 2013" in text


def test_who_forfeited_the_award_has_nothing_left_to_sign(granted: Telling, visit: Any) -> None:
    people.end_service(
        employee=granted.holders["unsigned"],
        ended_on=date(2013, 2, 10),
        reason="resignation",
        by=granted.secretary,
        at=cast.noon(DAY),
    )
    text = page(visit, granted)
    assert "Every holder who can still be delivered shares has signed" in text
    assert "Forfeited: nothing left to sign for unsigned" in text


def test_before_the_grants_it_says_what_will_be_here(
    before_designation: Telling, visit: Any
) -> None:
    assert "No award has been granted for this period" in page(visit, before_designation)


def test_a_holder_does_not_see_it(granted: Telling, visit: Any) -> None:
    with visit(granted.holders["signed"].user, DAY) as browser:
        answer = browser.get(reverse("participants:signatures", args=[granted.period]))
    assert answer.status_code == 403
