"""An act adopted elsewhere is recorded later under its own date, with its document."""

from datetime import date
from typing import Any

import pytest

from committee.elsewhere import record_consent_elsewhere, record_meeting_elsewhere
from committee.models import Act, Adoption
from committee.services import propose_act
from ltip.desk.scenarios.telling import Telling
from ltip.records import selectors as records
from ltip.records.services import store_document
from ltip.rules.outcome import Refused
from participants.awards.models import Designation
from tests import cast
from tests.committee.conftest import AFTER_WINDOW, IN_WINDOW, address, ids, members, page_of

pytestmark = pytest.mark.django_db


def dated(story: Telling, on: date = IN_WINDOW) -> Act:
    return propose_act(
        kind="designation",
        request={"period": story.period.label, "employees": ids(story, "signed")},
        by=story.secretary,
        at=cast.noon(AFTER_WINDOW),
        dated_on=on,
    )


def told(story: Telling, act: Act, **changes: Any) -> dict[str, Any]:
    at = cast.noon(AFTER_WINDOW)
    paper = store_document(
        content=b"%PDF-1.7 minutes", name="minutes.pdf", media_type="application/pdf", at=at
    )
    return {
        "act": act,
        "adopted_on": IN_WINDOW,
        "document": paper,
        "shown_digest": act.exhibit_digest,
        "by": story.secretary,
        "authentication": cast.proof(story.secretary, at),
        "at": at,
    } | changes


def test_a_consent_signed_in_the_window_is_recorded_after_it_with_both_dates(
    story: Telling,
) -> None:
    act = dated(story)
    adoption = record_consent_elsewhere(**told(story, act), signed_by=members())
    assert adoption.act_date == IN_WINDOW
    assert Designation.objects.get().designated_on == IN_WINDOW
    content = records.content_of(adoption.seal)
    assert content["recorded_on"] == "2013-04-01"
    assert content["recorded_days_later"] == 28
    assert content["document"] == adoption.document.digest
    assert content["procedure"]["recorded_by_who_prepared_it"] is True


def test_both_dates_and_the_gap_are_shown_on_the_act_page_and_in_the_minute_book(
    story: Telling, on: Any, browser: Any
) -> None:
    act = dated(story)
    record_consent_elsewhere(**told(story, act), signed_by=members())
    with on(AFTER_WINDOW):
        client = browser(story.secretary)
        page = page_of(client.get(address(act)))
        book = page_of(client.get("/committee/minutes/"))
    assert (
        "Adopted elsewhere on 4 March 2013 and recorded here on 1 April 2013, 28 days later."
        in (" ".join(page.split()))
    )
    assert "unanimous written consent of the Committee" not in page
    assert "28 days later" in book


def test_a_majority_of_a_quorum_is_enough_at_a_meeting_and_a_tie_is_not(story: Telling) -> None:
    act = dated(story)
    chair, second, _ = members()
    with pytest.raises(Refused, match="not carried"):
        record_meeting_elsewhere(
            **told(story, act),
            present=[chair, second],
            choices={chair.pk: "for", second.pk: "against"},
        )
    assert not Adoption.objects.filter(act=act).exists()
    record_meeting_elsewhere(
        **told(story, act),
        present=[chair, second],
        choices={chair.pk: "for", second.pk: "for"},
    )
    assert Adoption.objects.get(act=act).procedure == "elsewhere"


def test_what_is_not_unanimous_not_in_office_or_in_the_future_is_refused(story: Telling) -> None:
    act = dated(story)
    with pytest.raises(Refused, match="it waits for"):
        record_consent_elsewhere(**told(story, act), signed_by=members()[:2])
    with pytest.raises(Refused, match="Not in office on 4 March 2013"):
        record_consent_elsewhere(**told(story, act), signed_by=[*members(), story.secretary])
    with pytest.raises(Refused, match="is in the future"):
        dated(story, on=date(2013, 4, 2))
    with pytest.raises(Refused, match="waits to be recorded"):
        cast.sign(act, members()[0], cast.noon(AFTER_WINDOW))
    assert not Designation.objects.exists()
