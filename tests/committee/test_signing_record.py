"""The act page shows of each signature when, from where, how proved, and the words agreed to."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee.models import Act
from committee.revising import revise_resolution
from committee.services import WORDS_OF_CONSENT
from ltip.accounts.models import User
from ltip.desk.scenarios.telling import Telling
from tests import cast
from tests.committee.conftest import IN_WINDOW, address, members, page_of

pytestmark = pytest.mark.django_db


def record_on(page: str) -> str:
    return " ".join(page.split()).split('id="signing-record"')[1].split("</details>")[0]


def test_each_signature_shows_when_from_where_how_and_the_words(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    chair = members()[0]
    User.objects.filter(pk=chair.pk).update(time_zone="America/New_York")
    chair.refresh_from_db()
    cast.sign(designation, chair, cast.noon(IN_WINDOW))
    with on(IN_WINDOW):
        record = record_on(page_of(browser(story.secretary).get(address(designation))))
    assert chair.name in record
    assert "4 March 2013, 12:00 UTC" in record
    assert "4 March 2013, 07:00 EST where the signer was (America/New_York)" in record
    assert "192.0.2.7" in record
    assert "a test" in record
    assert "the password given again" in record
    assert WORDS_OF_CONSENT in record
    assert designation.exhibit_digest in record
    assert members()[1].name not in record


def test_before_the_first_signature_there_is_no_record_and_after_the_last_it_stays(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        client = browser(story.secretary)
        assert 'id="signing-record"' not in page_of(client.get(address(designation)))
        cast.sign_all(designation, IN_WINDOW)
        record = record_on(page_of(client.get(address(designation))))
    assert all(user.name in record for user in members())


def test_the_record_takes_a_constant_number_of_queries(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    counts = []
    with on(IN_WINDOW):
        client = browser(story.secretary)
        for signer in members()[:2]:
            cast.sign(designation, signer, cast.noon(IN_WINDOW))
            with CaptureQueriesContext(connection) as captured:
                client.get(address(designation))
            counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_signature_that_a_change_of_the_text_made_void_stays_and_says_so(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    cast.sign(designation, members()[0], cast.noon(IN_WINDOW))
    with on(IN_WINDOW):
        client = browser(story.secretary)
        before = record_on(page_of(client.get(address(designation))))
        revise_resolution(
            act=designation,
            text=["RESOLVED, that those named take part."],
            shown_digest=designation.exhibit_digest,
            is_meant=True,
            by=story.secretary,
            at=cast.noon(IN_WINDOW),
        )
        after = record_on(page_of(client.get(address(designation))))
    assert "void: the text changed afterwards" not in before
    assert members()[0].name in after
    assert "void: the text changed afterwards" in after
