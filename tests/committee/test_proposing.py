"""An act is looked at and worded before it is put before the Committee."""

import re
from typing import Any

import pytest
from django.test import Client

from committee.exhibits import exhibit_of
from committee.models import Act, Revision
from ltip.desk.scenarios.telling import Telling
from tests import cast
from tests.committee.conftest import IN_WINDOW, address, members, page_of
from tests.committee.test_set_goal import FILLED_IN, GOAL

pytestmark = pytest.mark.django_db


class Page:
    """What a page of a proposal answered: what is shown in it, and what its form sends."""

    def __init__(self, answer: Any) -> None:
        self.html = page_of(answer)
        preview = answer.context["preview"]
        self.text = preview.wording["text"].value() if preview else ""
        (self.draft,) = re.findall(r'name="wording-draft"[^>]*value="(\w{64})"', self.html)
        (self.shown,) = re.findall(r'name="shown"\s+value="(\w{64})"', self.html)

    def sent(self, text: str, **more: str) -> dict[str, Any]:
        return FILLED_IN | {"wording-text": text, "wording-draft": self.draft} | more

    def proposed(self, text: str, **more: str) -> dict[str, Any]:
        return self.sent(text, shown=self.shown, **more)


@pytest.fixture
def client(before_any_act: Telling, on: Any, browser: Any) -> Any:
    with on(IN_WINDOW):
        yield browser(before_any_act.secretary)


def look(client: Client) -> Page:
    return Page(client.post(GOAL, FILLED_IN | {"look": "first"}))


def test_looking_shows_what_the_members_will_read_and_proposes_nothing_however_often(
    client: Client,
) -> None:
    page = look(client)
    assert "What the members will read" in page.html
    assert "total stockholder return against <b>2</b> peers" in page.html
    assert "from {period_start} to {period_end}" in page.text
    Page(client.post(GOAL, page.sent(page.text, look="again")))
    assert not Act.objects.exists()


def test_the_members_read_the_text_as_its_author_worded_it_filled_from_the_exhibit(
    client: Client, before_any_act: Telling
) -> None:
    page = look(client)
    worded = page.text.replace("RESOLVED, that", "RESOLVED, on the advice of counsel, that", 1)
    assert worded != page.text
    seen = Page(client.post(GOAL, page.sent(worded, look="again")))
    assert "RESOLVED, on the advice of counsel, that" in seen.html
    client.post(GOAL, seen.proposed(worded))
    act = Act.objects.get()
    resolution = exhibit_of(act)["resolution"]
    assert resolution[0].startswith("RESOLVED, on the advice of counsel, that")
    assert not any("{" in paragraph for paragraph in resolution)
    (revision,) = Revision.objects.all()
    assert (revision.number, revision.revised_by) == (1, before_any_act.secretary)
    read = page_of(cast.browser_of(members()[0]).get(address(act)))
    assert "RESOLVED, on the advice of counsel, that" in read


def test_a_text_left_as_drafted_is_no_revision(client: Client) -> None:
    page = look(client)
    client.post(GOAL, page.proposed(page.text))
    assert Act.objects.get().last_revision is None


def test_a_digit_typed_beside_the_figures_is_flagged_and_goes_only_once_it_is_meant(
    client: Client,
) -> None:
    page = look(client)
    typed = page.text + "\n\nThe members numbered 3."
    flagged = Page(client.post(GOAL, page.proposed(typed)))
    assert "These figures are typed and do not follow the exhibit: 3." in flagged.html
    assert "It is meant so" in flagged.html
    assert "It is meant so" not in page.html
    assert not Act.objects.exists()
    client.post(GOAL, flagged.proposed(typed, **{"wording-is_meant": "on"}))
    assert exhibit_of(Act.objects.get())["resolution"][-1] == "The members numbered 3."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("RESOLVED, {nothing}.", "The exhibit has no figure named {nothing}."),
        ("RESOLVED, that {", "A brace stands alone"),
    ],
)
def test_a_text_that_can_not_stand_is_not_proposed(client: Client, text: str, said: str) -> None:
    refused = Page(client.post(GOAL, look(client).proposed(text)))
    assert said in refused.html
    assert not Act.objects.exists()


def test_where_something_else_is_asked_the_draft_is_shown_anew_and_says_so(client: Client) -> None:
    page = look(client)
    worded = page.text.replace("RESOLVED", "DECIDED", 1)
    another = page.proposed(worded) | {"averaging_days": "30"}
    changed = Page(client.post(GOAL, another))
    assert "This is not what you saw before." in changed.html
    assert not Act.objects.exists()
    # Only a figure is another: the text with its names still fits, and stays.
    assert changed.text.startswith("DECIDED")
    # Without the limit the goal has a paragraph less, and the draft another figure.
    drafted = Page(client.post(GOAL, changed.proposed(worded) | {"negative_tsr_cap": ""}))
    assert "Drafted anew" in drafted.html
    assert "Drafted anew" not in changed.html
    assert drafted.text.startswith("RESOLVED")
