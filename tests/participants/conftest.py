"""Those who work with the people of a story, each in a browser on a day of their choosing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ltip.accounts.models import User
from ltip.desk.scenarios.telling import Telling
from tests import cast

Visit = Callable[[User, date], Any]


@pytest.fixture
def visit() -> Visit:
    """A signed-in browser on a day, at noon: `with visit(user, day) as browser: ...`."""
    return cast.visit


@pytest.fixture
def before_designation(db: None) -> Telling:
    """The period 2013–2014 with its goal; “signed” and “unsigned” may be designated."""
    return cast.told(acts=cast.BEFORE_DESIGNATION)


@pytest.fixture
def granted(db: None) -> Telling:
    """Both hold an award: “signed” 300 Performance Shares, signed for, “unsigned” 41."""
    return cast.told(acts=cast.BEFORE_REPORT)
