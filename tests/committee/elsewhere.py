"""Acts that a meeting or a paper adopted outside the system."""

from datetime import date
from typing import Any

from committee.elsewhere import record_meeting_elsewhere
from committee.models import Act
from committee.services import propose_act
from ltip.desk.scenarios.telling import Telling
from ltip.records.services import store_document
from tests import cast

MET_ON = date(2015, 2, 3)


def adopt_elsewhere(story: Telling) -> Act:
    """A reading, of no effect for years, that a meeting of 3 February 2015 adopted."""
    at = cast.noon(date(2015, 2, 10))
    request: dict[str, Any] = {
        "readings": {"consent.interested_member": "asked"},
        "effective_on": date(2040, 1, 1),
        "reason": "to see",
    }
    act = propose_act(kind="reading", request=request, by=story.secretary, at=at, dated_on=MET_ON)
    record_meeting_elsewhere(
        act=act,
        adopted_on=MET_ON,
        present=story.members,
        choices={user.pk: "for" for user in story.members},
        document=store_document(
            content=b"%PDF-1.7 minutes", name="minutes.pdf", media_type="application/pdf", at=at
        ),
        shown_digest=act.exhibit_digest,
        by=story.secretary,
        authentication=cast.proof(story.secretary, at),
        at=at,
    )
    return act
