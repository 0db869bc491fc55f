"""The page of a change in control: a trial that is read, then a fact that is recorded."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ltip.desk.scenarios.telling import PASSWORD, Telling
from participants.awards.models import ChangeInControl
from participants.control import selectors
from tests.participants.conftest import Visit
from tests.participants.control.desk import EVENT, award_of, left, record, told
from tests.participants.pages import auditor, human_resources, words

pytestmark = pytest.mark.django_db
PAGE = "/change-in-control/"
TRY = {"on": EVENT.isoformat()}


def evidence() -> SimpleUploadedFile:
    return SimpleUploadedFile("agreement.pdf", b"%PDF-1.4 merger", content_type="application/pdf")


def form(**changes: Any) -> dict[str, Any]:
    return {
        "event_date": EVENT.isoformat(),
        "shown_digest": selectors.trial(EVENT).digest,
        "description": "A merger in which another company acquired all shares.",
        "document": evidence(),
        "password": PASSWORD,
    } | changes


def test_the_trial_says_first_what_would_be_paid_and_what_it_is_worth(visit: Visit) -> None:
    """6,000 + 34 + 1,000 + 1,400 + 180 + 82 shares at the last close, 12.50."""
    telling = told()
    with visit(telling.secretary, EVENT) as browser:
        answer = browser.get(PAGE, TRY)
    said = words(answer)
    assert "csrfmiddlewaretoken" in answer.content.decode().partition("Record it as a fact")[2]
    assert (
        "A change in control on 15 November 2013 would determine 1 period and pay 8,696 shares in "
        "one lump sum, worth $108,700.00 at the close of 14 November 2013. "
        "This is a trial: nothing is recorded." in said
    )
    assert "It would have run until 31 December 2014; it ends on 27 September 2013" in said
    assert "Rank 2 of 5 percentile 75" in said
    assert "ann 3,000 6,000 $75,000.00" in said
    assert "severance plan does not apply to these awards" in said
    assert "Section 409A" in said


def test_who_left_before_the_event_is_marked_with_the_day(visit: Visit) -> None:
    telling = told(*left())
    with visit(telling.secretary, EVENT) as browser:
        said = words(browser.get(PAGE, TRY))
    assert "bea left on 30 Jun 2013 700 1,050" in said
    assert "dan left on 14 Nov 2013 nothing is due 41 0" in said


def test_why_a_period_can_not_be_computed_stands_on_the_page(visit: Visit) -> None:
    telling = told()
    with visit(telling.secretary, EVENT) as browser:
        said = words(browser.get(PAGE, {"on": "2013-03-20"}))
    assert "A change in control on 20 March 2013 would determine no period." in said
    assert "Not computed: the Committee decides 2013–2014: no fiscal quarter was completed" in said


def test_a_day_to_come_can_be_tried_but_not_recorded(visit: Visit) -> None:
    telling = told()
    with visit(telling.secretary, date(2013, 11, 14)) as browser:
        said = words(browser.get(PAGE, TRY))
        refused = words(browser.post(PAGE, form()))
    assert "This is a trial only" in said
    assert "Put the change in control on record" not in said
    assert "15 November 2013 has not come yet." in refused
    assert not ChangeInControl.objects.exists()


def test_the_secretary_records_it_with_its_document_and_the_password(visit: Visit) -> None:
    telling = told()
    with visit(telling.secretary, EVENT) as browser:
        said = words(browser.post(PAGE, form(), follow=True))
    assert "The change in control of 15 November 2013 is on record." in said
    assert "2013–2014 27 September 2013 the run 200 %" in said
    assert "by Secretary. agreement.pdf" in said
    event = ChangeInControl.objects.get()
    document = reverse("participants:control_document", args=[event.public_id])
    with visit(telling.members[0], EVENT) as browser:
        answer = browser.get(document)
    assert answer.content == b"%PDF-1.4 merger"
    assert answer["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": "wrong"}, "This is not your password."),
        ({"shown_digest": "0" * 64}, "differs from what was shown"),
        ({"document": ""}, "This field is required."),
        ({"description": ""}, "This field is required."),
    ],
)
def test_what_is_refused_comes_back_with_the_trial_and_what_was_written(
    visit: Visit, changes: dict[str, Any], sentence: str
) -> None:
    telling = told()
    with visit(telling.secretary, EVENT) as browser:
        answer = browser.post(PAGE, form(**changes))
    assert sentence in words(answer)
    assert "would determine 1 period" in words(answer)
    if "description" not in changes:
        assert "A merger in which another company" in answer.content.decode()
    assert not ChangeInControl.objects.exists()


def test_the_others_read_the_trial_and_only_the_secretary_records(visit: Visit) -> None:
    telling = told()
    readers = (
        telling.members[0],
        telling.administrator,
        telling.approver,
        human_resources(telling),
        auditor(telling),
    )
    for user in readers:
        with visit(user, EVENT) as browser:
            said = words(browser.get(PAGE, TRY))
            assert "would determine 1 period" in said
            assert "Put the change in control on record" not in said
            assert browser.post(PAGE, form()).status_code == 403
    with visit(telling.holders["ann"].user, EVENT) as browser:
        assert browser.get(PAGE, TRY).status_code == 403
    assert Client().get(PAGE)["Location"].startswith("/accounts/login/")
    assert not ChangeInControl.objects.exists()


def test_the_holder_reads_that_a_change_in_control_ended_the_measuring(visit: Visit) -> None:
    telling = told()
    record(telling)
    award = reverse("participants:my_award", args=[award_of(telling, "ann").public_id])
    with visit(telling.holders["ann"].user, date(2015, 3, 2)) as browser:
        said = words(browser.get(award))
    assert "A change in control on 15 November 2013 ended the measuring." in said
    assert "You are due 6,000 shares in one lump sum" in said
    assert "certified" not in said.lower().replace("certificate", "")


@pytest.mark.parametrize(
    ("role", "name", "sentence"),
    [
        ("secretary", "desk:period", "on 15 November 2013: measured until 27 September 2013, 200"),
        ("secretary", "participants:propose_certification", "There is nothing to certify."),
        ("administrator", "participants:settlement", "Change in control 15 Nov 2013 200"),
    ],
)
def test_the_periods_other_pages_tell_of_it(
    visit: Visit, role: str, name: str, sentence: str
) -> None:
    telling: Telling = told()
    record(telling)
    with visit(getattr(telling, role), EVENT) as browser:
        said = words(browser.get(reverse(name, args=[telling.period])))
    assert sentence in said


def test_more_holders_and_more_events_take_no_more_queries(visit: Visit) -> None:
    counted = []
    for people, events in (({"ann": 3000}, [EVENT]), (None, [EVENT, date(2013, 12, 2)])):
        with transaction.atomic():
            telling = told(people=people)
            with (
                visit(telling.secretary, date(2013, 12, 3)) as browser,
                CaptureQueriesContext(connection) as queries,
            ):
                assert browser.get(PAGE, TRY).status_code == 200
            tried = len(queries)
            for day in events:
                record(telling, day)
            with (
                visit(telling.secretary, date(2013, 12, 3)) as browser,
                CaptureQueriesContext(connection) as queries,
            ):
                assert browser.get(PAGE).status_code == 200
            counted.append((tried, len(queries)))
            transaction.set_rollback(True)
    assert counted[0] == counted[1]
