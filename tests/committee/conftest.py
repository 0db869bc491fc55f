"""A Committee of three before the acts of a story, and browsers signed in on a day."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from django.test import Client

from committee import services as committee
from committee.models import Act
from ltip.accounts.models import User
from ltip.desk.scenarios.reading import read_story
from ltip.desk.scenarios.telling import PASSWORD, Telling
from tests import cast

# The period of the story runs from 1 January 2013; its 90th day is 31 March 2013.
IN_WINDOW = date(2013, 3, 4)
LAST_DAY = date(2013, 3, 31)
AFTER_WINDOW = date(2013, 4, 1)
CERTIFYING = date(2015, 2, 24)


@pytest.fixture
def on() -> Any:
    """Make a day today, at noon: `with on(day): ...`."""

    def travel(day: date) -> Any:
        return time_machine.travel(datetime.combine(day, time(12), tzinfo=UTC))

    return travel


@pytest.fixture
def browser() -> Callable[[User], Client]:
    """A browser in which a user has signed in; call it on the day of the visit."""
    return cast.browser_of


@pytest.fixture
def story(db: None) -> Telling:
    """The Committee, the people and the goal of 2013–2014; nobody is designated."""
    return cast.told(acts=cast.BEFORE_DESIGNATION)


@pytest.fixture
def before_any_act(db: None) -> Telling:
    """The same people and prices; the Committee has decided nothing, the goal included."""
    told = read_story(cast.SCENARIOS / "unsigned-papers.toml")
    told.sections["act"] = []
    del told.sections["goal"]
    return cast.tell(told)


@pytest.fixture
def designation(story: Telling) -> Act:
    """Both employees are proposed as participants."""
    return propose(story, "designation", employees=ids(story, "signed", "unsigned"))


@pytest.fixture
def certification(db: None) -> Act:
    """The period is measured, and its certification is before the Committee."""
    story = cast.told(acts=cast.BEFORE_CERTIFICATION)
    return propose(story, "certification", at=CERTIFYING, run=str(story.final_run().public_id))


def ids(story: Telling, *names: str) -> list[str]:
    return [str(story.holders[name].public_id) for name in names]


def propose(story: Telling, kind: str, *, at: date = IN_WINDOW, **request: Any) -> Act:
    return committee.propose_act(
        kind=kind,
        request={"period": story.period.label, **request},
        by=story.secretary,
        at=cast.noon(at),
    )


def members() -> list[User]:
    """The Committee of the stories, the chair first."""
    return list(User.objects.filter(memberships__isnull=False).order_by("email"))


def address(act: Act, step: str = "") -> str:
    return f"/committee/acts/{act.public_id}/{step}"


def sign(client: Client, act: Act, *, password: str = PASSWORD, **changes: str) -> Any:
    """Send the sign form as the page shows it, and follow to the page that answers."""
    form = {"password": password, "shown_digest": act.exhibit_digest} | changes
    return client.post(address(act, "sign/"), form, follow=True)


def page_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    text: str = answer.content.decode()
    return text


def exhibit_of(act: Act) -> dict[str, Any]:
    exhibit: dict[str, Any] = json.loads(act.exhibit)
    return exhibit
