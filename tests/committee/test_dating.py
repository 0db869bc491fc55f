"""Every page that proposes an act can put it as adopted elsewhere, on an earlier day."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from committee.models import Act
from ltip.desk.scenarios.telling import Telling
from tests import cast
from tests.committee.conftest import AFTER_WINDOW, IN_WINDOW, page_of

pytestmark = pytest.mark.django_db

DATED = f"adopted_on={IN_WINDOW.isoformat()}"
CONSTRUE = "/committee/readings/construe/?reading=consent.interested_member"


def flat(answer: Any) -> str:
    return " ".join(page_of(answer).split())


def test_after_the_window_a_list_is_put_as_of_a_day_inside_it(
    story: Telling, on: Any, browser: Any
) -> None:
    address = reverse("participants:enrolment", args=[story.period])
    review = reverse("participants:review_enrolment", args=[story.period])
    submit = reverse("participants:submit_enrolment", args=[story.period])
    helen = cast.staff("human_resources", name="Helen", telling=story)
    signed = story.holders["signed"]
    chosen = {f"chosen-{signed.public_id}": "on", f"shares-{signed.public_id}": "300"}
    with on(AFTER_WINDOW):
        people, client = browser(helen), browser(story.secretary)
        closed = flat(client.get(address))
        saved = people.post(f"{address}?{DATED}", chosen)
        page = client.get(f"{review}?{DATED}")
        shown = page.context["proposal"]["shown"].value()
        answer = flat(client.post(f"{submit}?{DATED}", {"shown": shown}, follow=True))
    assert "The Committee adopted it elsewhere already" in closed
    assert "The window closed on" in closed
    assert saved["Location"] == f"{address}?{DATED}"
    assert "This page stands as of <b>4 March 2013</b>" in flat(page)
    assert f'action="{submit}?{DATED}"' in flat(page)
    assert "Before the Committee now" in answer
    acts = Act.objects.filter(kind__in=["designation", "grant"])
    assert {(act.kind, act.dated_on) for act in acts} == {
        ("designation", IN_WINDOW),
        ("grant", IN_WINDOW),
    }


def test_after_the_window_the_goal_can_be_stated_as_of_a_day_inside_it(
    story: Telling, on: Any, browser: Any
) -> None:
    address = reverse("committee:set_goal", args=[story.period])
    with on(AFTER_WINDOW):
        client = browser(story.secretary)
        closed, dated = flat(client.get(address)), flat(client.get(f"{address}?{DATED}"))
    assert "The window is closed" in closed
    assert "The window is closed" not in dated
    assert "Put before the Committee" in dated


def test_a_reading_is_put_as_of_the_day_and_may_take_effect_from_it_on(
    story: Telling, on: Any, browser: Any
) -> None:
    told = {"value": "asked", "effective_on": IN_WINDOW.isoformat(), "reason": "As resolved."}
    with on(AFTER_WINDOW):
        client = browser(story.secretary)
        page = flat(client.get(CONSTRUE))
        refused = flat(client.post(CONSTRUE, told))
        answer = flat(client.post(f"{CONSTRUE}&{DATED}", told, follow=True))
    assert '<input type="hidden" name="reading" value="consent.interested_member">' in page
    assert "A reading does not reach back" in refused
    assert "The Committee adopted this elsewhere on 4 March 2013." in answer
    assert Act.objects.get(kind="reading").dated_on == IN_WINDOW


def test_a_finding_of_cause_is_put_as_of_the_day(story: Telling, on: Any, browser: Any) -> None:
    address = reverse("participants:propose_cause", args=[story.holders["signed"].public_id])
    with on(AFTER_WINDOW):
        client = browser(story.secretary)
        client.post(f"{address}?{DATED}", {"reason": "Took what was not his."})
    assert Act.objects.get(kind="cause_finding").dated_on == IN_WINDOW


def test_an_adjustment_is_shown_and_put_as_of_the_day(db: None, on: Any, browser: Any) -> None:
    story = cast.told(acts=cast.BEFORE_CERTIFICATION)
    address = f"{reverse('participants:propose_adjustment')}?adopted_on=2014-06-02"
    told = {"ratio": "2", "transaction": "A split of two for one."}
    with on(date(2014, 6, 9)):
        client = browser(story.secretary)
        page = client.post(address, told)
        assert page.context["form"].errors == {}
        client.post(address, told | {"shown": page.context["preview"].shown})
    assert Act.objects.get(kind="adjustment").dated_on == date(2014, 6, 2)


def test_a_day_that_is_none_is_not_found_and_one_to_come_is_refused(
    story: Telling, on: Any, browser: Any
) -> None:
    told = {"value": "asked", "effective_on": "2013-05-01", "reason": "As resolved."}
    with on(AFTER_WINDOW):
        client = browser(story.secretary)
        assert client.get(f"{CONSTRUE}&adopted_on=soon").status_code == 404
        future = f"{CONSTRUE}&adopted_on=2013-04-02"
        page = flat(client.get(future))
        assert "<b>2 April 2013</b> is still to come" in page
        assert f'<a href="{CONSTRUE}">' in page
        assert "2 April 2013 is in the future" in flat(client.post(future, told))
    assert not Act.objects.filter(kind="reading").exists()


def test_who_prepares_no_acts_is_not_asked(story: Telling, on: Any, browser: Any) -> None:
    with on(AFTER_WINDOW):
        auditor = browser(cast.staff("auditor", name="Alan", telling=story))
        assert "adopted it elsewhere already" not in flat(auditor.get(CONSTRUE))
