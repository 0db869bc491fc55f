"""A period that is certified: 15,000, 100 and 10 shares earned, due on Saturday, 22 March 2014."""

import pytest

from ltip.desk.scenarios.telling import Telling
from tests import cast
from tests.participants.settlement.desk import BEFORE_SETTLEMENT, STORY


@pytest.fixture
def due(db: None) -> Telling:
    """Ann, Carol and Dave are due their shares; all have signed."""
    return cast.told(acts=BEFORE_SETTLEMENT, name=STORY)
