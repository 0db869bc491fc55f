"""Recording the same change in control at the same moment from two browsers records it once."""

from typing import Any

import pytest

from ltip.records import selectors as records_reading
from ltip.rules.outcome import Refused
from participants.awards.models import ChangeInControl, ControlDetermination, EarnedAward
from participants.control import selectors, services
from tests import cast
from tests.participants.control.desk import EVENT, paper, told
from tests.test_exactly_once import at_once


@pytest.mark.usefixtures("fresh_database")
def test_a_change_in_control_recorded_twice_at_once_is_recorded_once() -> None:
    telling = told(people={"ann": 3000, "eve": 17})
    shown, document, at = selectors.trial(EVENT).digest, paper(telling), cast.noon(EVENT)

    def record() -> Any:
        return services.record_change_in_control(
            event_date=EVENT,
            description="A merger.",
            document=document,
            shown_digest=shown,
            by=telling.secretary,
            authentication=cast.proof(telling.secretary, at),
            at=at,
        )

    results = at_once(record, record)
    assert [str(result) for result in results if isinstance(result, Refused)] == [
        "P Change in Control: The change in control of 15 November 2013 is on record already."
    ]
    assert ChangeInControl.objects.count() == ControlDetermination.objects.count() == 1
    assert EarnedAward.objects.count() == 2
    assert records_reading.first_fault()[1] is None
