"""Those who work with the people of a story, each in a browser on a day of their choosing."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from django.test import Client

from ltip.accounts.models import User
from ltip.desk.scenarios.telling import PASSWORD, Telling
from tests import cast

Visit = Callable[[User, date], Any]


@pytest.fixture
def visit() -> Visit:
    """A signed-in browser on a day, at noon: `with visit(user, day) as browser: ...`."""

    class Visiting:
        def __init__(self, user: User, day: date) -> None:
            self.user = user
            self.travel = time_machine.travel(datetime.combine(day, time(12), tzinfo=UTC))

        def __enter__(self) -> Client:
            self.travel.start()
            browser = Client()
            told = {"login": self.user.email, "password": PASSWORD}
            assert browser.post("/accounts/login/", told).status_code == 302
            return browser

        def __exit__(self, *_: object) -> None:
            self.travel.stop()

    return Visiting


@pytest.fixture
def before_designation(db: None) -> Telling:
    """The period 2013–2014 with its goal; “signed” and “unsigned” may be designated."""
    return cast.told(acts=cast.BEFORE_DESIGNATION)


@pytest.fixture
def granted(db: None) -> Telling:
    """Both hold an award: “signed” 300 Performance Shares, signed for, “unsigned” 41."""
    return cast.told(acts=cast.BEFORE_REPORT)
