"""Around a signature: each document opened first, a decline with what follows, and the receipt."""

import io
from datetime import date
from typing import Any

import pypdf
import pytest
from django.urls import reverse

from ltip.desk.scenarios.telling import PASSWORD, Telling
from ltip.jobs.models import Job
from ltip.jobs.services import perform
from ltip.records.models import PersonalDataLook
from ltip.records.services import store_document
from ltip.rules.outcome import Refused
from participants.papers import opening, receipts, services
from participants.papers.models import Acceptance, Notice
from participants.papers.models_signing import DocumentOpening, NoticeDecline, Receipt
from participants.papers.selectors import keys_to_agree_to
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of, holder
from tests.participants.pages import human_resources, words
from tests.participants.papers.test_elections import move, record

DAY = date(2013, 3, 1)


def put_on_record(telling: Telling, kind: str, content: bytes = b"%PDF-1 plan", **more: Any) -> Any:
    at = cast.noon(date(2013, 2, 20))
    return opening.record_incorporated_document(
        **{
            "kind": kind,
            "effective_on": date(2013, 2, 20),
            "document": store_document(
                content=content, name=f"{kind}.pdf", media_type="application/pdf", at=at
            ),
            "by": telling.secretary,
            "at": at,
            **more,
        }
    )


def address(telling: Telling, name: str, *more: str) -> str:
    return reverse(f"participants:{name}", args=[award_of(telling, "unsigned").public_id, *more])


def filled(paper: Notice) -> dict[str, str]:
    boxes = {f"agree_{key}": "on" for key in keys_to_agree_to(paper)}
    return {"shown_digest": paper.digest, "password": PASSWORD, **boxes}


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_nobody_signs_before_opening_every_document_in_force(
    granted: Telling, visit: Visit
) -> None:
    plan = put_on_record(granted, "plan")
    put_on_record(granted, "prospectus", b"%PDF-1 later", effective_on=date(2013, 3, 2))
    paper = award_of(granted, "unsigned").notice
    with visit(holder(granted, "unsigned"), DAY) as browser:
        unread = words(browser.get(address(granted, "notice")))
        refused = words(browser.post(address(granted, "sign_notice"), filled(paper), follow=True))
        assert not Acceptance.objects.filter(notice=paper).exists()
        opened = browser.get(address(granted, "notice_document", "plan"))
        assert browser.get(address(granted, "notice_document", "prospectus")).status_code == 404
        assert browser.get(address(granted, "notice_document", "program")).status_code == 404
        read = words(browser.get(address(granted, "notice")))
        browser.post(address(granted, "sign_notice"), filled(paper))
    assert "1 document is not opened yet." in unread
    assert "GN: Not opened yet: Plan." in refused
    assert opened.content == b"%PDF-1 plan"
    assert "Plan opened 1 March 2013, 12:00 UTC" in read
    sealed = Acceptance.objects.get(notice=paper).seal.canonical_text
    assert f'"digest":"{plan.document_id}","kind":"plan","opened_at":"2013-03-01T12:00' in sealed
    assert f'"digest":"{paper.digest}","kind":"notice"' in sealed


def test_a_newer_version_has_to_be_opened_again(granted: Telling) -> None:
    put_on_record(granted, "plan")
    user, paper = granted.holders["unsigned"].user, award_of(granted, "unsigned").notice
    at = cast.noon(DAY)
    opening.open_every_document(notice=paper, on=DAY, by=user, at=at)
    assert [each.opened_at for each in opening.documents_of(paper, on=DAY)] == [at]
    put_on_record(granted, "plan", b"%PDF-1 another", effective_on=DAY)
    assert [each.opened_at for each in opening.documents_of(paper, on=DAY)] == [None]
    with pytest.raises(Refused, match="Not opened yet: Plan"):
        services.sign_notice(
            notice=paper,
            shown_digest=paper.digest,
            agreed_to=keys_to_agree_to(paper),
            by=user,
            authentication=cast.proof(user, at),
            at=at,
        )


def test_the_special_terms_of_a_country_are_among_what_is_opened(
    granted: Telling, visit: Visit
) -> None:
    record(granted)
    move(granted, "unsigned", on=date(2013, 2, 20))
    with visit(holder(granted, "unsigned"), DAY) as browser:
        said = words(browser.get(address(granted, "notice_document", "special_terms")))
    assert "Special terms for the United Kingdom" in said
    opened = DocumentOpening.objects.get(kind="special_terms")
    assert opened.opened_at.replace(microsecond=0) == cast.noon(DAY)


@pytest.mark.parametrize(
    ("changes", "words_refused"),
    [
        ({"kind": "menu"}, "“menu” is no document that the notice incorporates."),
        ({}, "This version is on record already."),
    ],
)
def test_only_documents_of_the_notice_are_recorded_and_each_version_once(
    granted: Telling, changes: dict[str, Any], words_refused: str
) -> None:
    put_on_record(granted, "plan")
    with pytest.raises(Refused) as refusal:
        put_on_record(granted, **{"kind": "plan", **changes})
    assert (refusal.value.reason, refusal.value.place) == (words_refused, "GN")


def test_a_decline_says_what_follows_before_and_after_and_the_award_stands(
    granted: Telling, visit: Visit
) -> None:
    paper = award_of(granted, "unsigned").notice
    form = {"shown_digest": paper.digest, "password": PASSWORD, "reason": "The tax.\r\nAll of it."}
    user = holder(granted, "unsigned")
    with visit(user, DAY) as browser:
        before = words(browser.get(address(granted, "decline_notice")))
        unsaid = words(browser.post(address(granted, "decline_notice"), form | {"reason": " "}))
        wrong = browser.post(address(granted, "decline_notice"), form | {"password": "wrong"})
        assert "This is not your password." in words(wrong)
        assert not NoticeDecline.objects.exists()
        after = words(browser.post(address(granted, "decline_notice"), form, follow=True))
        twice = words(browser.post(address(granted, "decline_notice"), form))
        overview = words(browser.get("/my/"))
    with visit(granted.secretary, DAY) as browser:
        unsigned = words(browser.get(reverse("participants:signatures", args=[granted.period])))
    assert "unsigned target 41 declined on 1 March 2013: The tax. All of it." in unsigned
    with visit(user, DAY) as browser:
        browser.post(address(granted, "sign_notice"), filled(paper))
        signed = words(browser.get(address(granted, "decline_notice")))
    for said in (before, after):
        assert "Your award stands: declining does not give it up" in said
        assert "No share is delivered to you while the notice is not signed." in said
    assert "This field is required." in unsaid
    assert "You declined this notice on 1 March 2013." in after
    assert "The tax.All of it." in after
    assert "You declined this notice on 1 March 2013." in twice
    assert "1 notice of grant waits for your signature." in overview
    assert NoticeDecline.objects.get().reason == "The tax.\nAll of it."
    assert Acceptance.objects.filter(notice=paper).exists()
    assert "You signed this notice on 1 March 2013, so it can't be declined." in signed
    with visit(granted.secretary, DAY) as browser:
        staff = words(browser.get(reverse("participants:award", args=[paper.award.public_id])))
    assert "Declined The tax. All of it." in staff


def test_the_receipt_says_what_was_shown_when_from_where_how_and_to_which_words(
    granted: Telling, visit: Visit
) -> None:
    plan = put_on_record(granted, "plan")
    user = holder(granted, "unsigned")
    user.time_zone = "America/Denver"
    user.save()
    paper = award_of(granted, "unsigned").notice
    with visit(user, DAY) as browser:
        browser.get(address(granted, "notice_document", "plan"))
        browser.post(
            address(granted, "sign_notice"), filled(paper), headers={"User-Agent": "A phone"}
        )
        acceptance = Acceptance.objects.get(notice=paper)
        receipt = reverse("participants:receipt", args=[acceptance.seal_id])
        waiting = browser.get(receipt)
        assert "The receipt is being made" in words(waiting)
        assert 'data-poll="2"' in waiting.content.decode()
        job = Job.objects.get(occasion=f"{receipts.RECEIPT_JOB} {acceptance.seal_id}")
        assert perform(job.pk).state == "done"
        made = browser.get(receipt)
    assert made["Content-Type"] == "application/pdf"
    said = text_of(made.content)
    for expected in (
        "Notice of grant: signed",
        "By unsigned",
        "1 March 2013, 12:00:00 UTC (1 March 2013, 05:00:00 in America/Denver)",
        "Identity proved by the password of the account, given again",
        "From the address 127.0.0.1",
        "With the device A phone",
        paper.digest,
        plan.document_id,
        acceptance.seal.digest,
        "I have read and understand the Plan, and I am bound by it.",
        f"Record {acceptance.seal_id}",
    ):
        assert expected in said, expected
    kept = Receipt.objects.get()
    assert made.content == bytes(kept.document.content)
    assert receipts.make_receipt(acceptance.seal_id, lambda done, of: None) == kept


def test_a_receipt_is_its_signers_and_those_who_keep_the_papers(
    granted: Telling, visit: Visit
) -> None:
    seal = award_of(granted, "signed").notice.acceptance.seal_id
    receipts.make_receipt(seal, lambda done, of: None)
    path, keeper = reverse("participants:receipt", args=[seal]), human_resources(granted)
    with visit(holder(granted, "signed"), DAY) as browser:
        assert browser.get(path).status_code == 200
        grant = award_of(granted, "signed").seal_id
        assert browser.get(reverse("participants:receipt", args=[grant])).status_code == 404
    with visit(holder(granted, "unsigned"), DAY) as browser:
        assert browser.get(path).status_code == 404
    with visit(keeper, DAY) as browser:
        assert browser.get(path).status_code == 200
    assert PersonalDataLook.objects.get(viewer=keeper).fields == f"receipt of record {seal}"
