"""The secretary records an act adopted elsewhere; the Committee reads how, and opens the paper."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee.members import seat_member
from committee.models import Act, Adoption, Vote
from committee.services import propose_act
from ltip.desk.scenarios.telling import PASSWORD, Telling
from ltip.records.models import Document
from participants.awards.models import Designation
from tests import cast
from tests.committee.conftest import AFTER_WINDOW, IN_WINDOW, address, ids, members, page_of

pytestmark = pytest.mark.django_db

MEETING = "elsewhere/?how=meeting"
CONSENT = "elsewhere/?how=consent"


@pytest.fixture
def dated(story: Telling) -> Act:
    """A designation of 4 March 2013, put on 1 April, when the window is closed."""
    return propose_act(
        kind="designation",
        request={"period": story.period.label, "employees": ids(story, "signed")},
        by=story.secretary,
        at=cast.noon(AFTER_WINDOW),
        dated_on=IN_WINDOW,
    )


def minutes(content: bytes = b"%PDF-1.7 minutes") -> SimpleUploadedFile:
    return SimpleUploadedFile("minutes.pdf", content, content_type="application/pdf")


def voted(act: Act, *voices: str, **changes: Any) -> dict[str, Any]:
    """The meeting's form as filled in: a voice for each member, the chair's first."""
    told = {f"voice_{user.public_id}": voice for user, voice in zip(members(), voices, strict=True)}
    filled = {
        "document": minutes(),
        "password": PASSWORD,
        "shown_digest": act.exhibit_digest,
        **told,
        **changes,
    }
    return {name: value for name, value in filled.items() if value is not None}


def flat(answer: Any) -> str:
    return " ".join(page_of(answer).split())


def test_a_dated_act_asks_nobody_to_sign_and_leads_the_secretary_to_recording(
    story: Telling, dated: Act, on: Any, browser: Any
) -> None:
    with on(AFTER_WINDOW):
        page = flat(browser(story.secretary).get(address(dated)))
        member = flat(browser(members()[0]).get(address(dated)))
    assert "The Committee adopted this elsewhere on 4 March 2013." in page
    assert f'href="{address(dated, "elsewhere/")}"' in page
    assert "Record who signed or voted" in page
    assert "Stands in the way" not in page
    assert "lapses unless" not in page
    assert "The last signature can be given until" not in page
    assert "Record who signed or voted" not in member
    assert "Your signature" not in member


def test_the_docket_says_that_a_dated_act_waits_for_the_secretary(
    story: Telling, dated: Act, on: Any, browser: Any
) -> None:
    with on(AFTER_WINDOW):
        page = flat(browser(members()[0]).get("/committee/"))
    said = f"Act {dated.number} · adopted elsewhere on 4 March 2013, waits for the secretary"
    assert said in page
    assert "have signed" not in page
    assert "It can no longer be adopted" not in page


def test_a_meeting_is_recorded_with_votes_dissent_and_minutes(
    story: Telling, dated: Act, on: Any, browser: Any
) -> None:
    dissent = f"words_{members()[1].public_id}"
    with on(AFTER_WINDOW):
        client = browser(story.secretary)
        form = flat(client.get(address(dated, MEETING)))
        filled = voted(dated, "for", "against", "for", **{dissent: "Too many at once."})
        answer = client.post(address(dated, MEETING), filled, follow=True)
        reader = browser(members()[0])
        page = flat(reader.get(address(dated)))
        paper = reader.get(address(dated, "document/"))
    assert "the meeting of <b>4 March 2013</b>" in form
    assert f"Act {dated.number} is on record." in flat(answer)
    assert Designation.objects.get().designated_on == IN_WINDOW
    assert sorted(Vote.objects.values_list("choice", flat=True)) == ["against", "for", "for"]
    assert "Adopted elsewhere on <b>4 March 2013</b>" in page
    assert "Adopted elsewhere at a meeting of 4 March 2013" in page
    assert f"by {story.secretary.name}" in page
    assert "28 days later" in page
    assert "<q>Too many at once.</q>" in page
    assert "3 members in office count toward this act; a majority of them is 2." in page
    assert "A majority of the 3 present is 2: carried." in page
    assert paper.content == b"%PDF-1.7 minutes"
    assert paper["Content-Type"] == "application/pdf"
    assert paper["Content-Disposition"] == 'attachment; filename="minutes.pdf"'


def test_a_paper_that_all_signed_is_recorded_and_one_that_waits_for_somebody_is_not(
    story: Telling, dated: Act, on: Any, browser: Any
) -> None:
    chair, second, third = members()
    filled = voted(dated, "absent", "absent", "absent") | {
        "signed_by": [chair.public_id, second.public_id]
    }
    with on(AFTER_WINDOW):
        client = browser(story.secretary)
        refused = flat(client.post(address(dated, CONSENT), filled))
        assert f"it waits for {third.name}" in refused
        assert not Adoption.objects.filter(act=dated).exists()
        every = [str(user.public_id) for user in members()]
        filled |= {"signed_by": every, "document": minutes()}
        page = flat(client.post(address(dated, CONSENT), filled, follow=True))
    assert "Adopted elsewhere by written consent of 4 March 2013" in page
    assert "all have." in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"document": None}, "This field is required."),
        (
            {"document": minutes(b"\x89PNG\r\n\x1a\n")},
            "The minutes or the signed consent are a PDF.",
        ),
        ({"password": "wrong"}, "This is not your password."),
        ({"shown_digest": "0" * 64}, "another exhibit than the act has"),
    ],
)
def test_a_refusal_says_why_keeps_what_was_typed_and_stores_no_paper(
    story: Telling, dated: Act, on: Any, browser: Any, changes: dict[str, Any], said: str
) -> None:
    dissent = {f"words_{members()[1].public_id}": "Too many at once."}
    filled = voted(dated, "for", "against", "for", **dissent, **changes)
    before = Document.objects.count()
    with on(AFTER_WINDOW):
        page = flat(browser(story.secretary).post(address(dated, MEETING), filled))
    assert said in page
    assert "Too many at once." in page
    assert '<option value="against" selected>' in page
    assert Document.objects.count() == before
    assert not Adoption.objects.filter(act=dated).exists()


def test_a_tie_and_words_of_somebody_absent_are_refused(
    story: Telling, dated: Act, on: Any, browser: Any
) -> None:
    absent = {f"words_{members()[2].public_id}": "I was not there."}
    with on(AFTER_WINDOW):
        client = browser(story.secretary)
        tie = flat(client.post(address(dated, MEETING), voted(dated, "for", "against", "absent")))
        words = voted(dated, "for", "for", "absent", **absent)
        ghost = flat(client.post(address(dated, MEETING), words))
    assert "A majority of the 2 present is 2: not carried." in tie
    assert "Nothing was kept: choose the paper again." in tie
    assert "Only who was present has words on record." in ghost
    assert not Adoption.objects.filter(act=dated).exists()


def test_an_act_put_to_signature_asks_first_for_the_day_and_refuses_one_to_come(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        client = browser(story.secretary)
        assert "Record that it was adopted elsewhere" in flat(client.get(address(designation)))
        first = flat(client.get(address(designation, "elsewhere/")))
        future = client.get(address(designation, f"{MEETING}&adopted_on=2013-03-05"))
        form = flat(client.get(address(designation, f"{MEETING}&adopted_on=2013-03-04")))
    assert 'name="adopted_on"' in first
    assert "That day is still to come." in flat(future)
    assert "the meeting of <b>4 March 2013</b>" in form


def test_an_act_that_is_over_is_not_recorded_again_and_has_no_paper_if_signed_here(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    cast.sign_all(designation, IN_WINDOW)
    with on(AFTER_WINDOW):
        client = browser(story.secretary)
        answer = client.get(address(designation, MEETING))
        assert client.get(address(designation, "document/")).status_code == 404
    assert answer.status_code == 302
    assert answer["Location"] == address(designation)


def test_the_auditor_reads_the_form_and_cannot_send_it(
    story: Telling, dated: Act, on: Any, browser: Any
) -> None:
    with on(AFTER_WINDOW):
        client = browser(cast.staff("auditor", name="Alan", telling=story))
        page = flat(client.get(address(dated, MEETING)))
        assert (
            client.post(address(dated, MEETING), voted(dated, "for", "for", "for")).status_code
            == 403
        )
    assert "Record it as adopted" not in page


def test_the_form_takes_a_constant_number_of_queries(
    story: Telling, dated: Act, on: Any, browser: Any
) -> None:
    with on(AFTER_WINDOW):
        client = browser(story.secretary)
        counts = []
        for role in ("auditor", "finance"):
            with CaptureQueriesContext(connection) as captured:
                client.get(address(dated, MEETING))
            counts.append(len(captured))
            seat_member(
                user=cast.staff(role, name=f"Further {role}", telling=story),
                position="member",
                starts_on=date(2013, 1, 2),
                by=story.secretary,
                at=cast.noon(AFTER_WINDOW),
            )
    assert counts[0] == counts[1]
