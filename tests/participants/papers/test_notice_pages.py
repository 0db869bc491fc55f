"""The notice of grant: read as a page and as a PDF, signed once, with what was shown kept."""

import json
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ltip.accounts.models import User
from ltip.desk.scenarios.reading import read_story
from ltip.desk.scenarios.telling import PASSWORD, Telling
from ltip.jobs import services as jobs
from ltip.jobs.models import Job
from ltip.records.models import PersonalDataLook
from participants.papers import services
from participants.papers.models import Acceptance, Notice
from participants.papers.selectors import keys_to_agree_to
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of, holder
from tests.participants.pages import auditor, human_resources, words

DAY = date(2013, 3, 1)


@pytest.fixture
def reader(granted: Telling) -> User:
    """The holder whose notice is not signed."""
    return holder(granted, "unsigned")


@pytest.fixture
def paper(granted: Telling) -> Notice:
    return award_of(granted, "unsigned").notice


def address(paper: Notice, name: str = "notice") -> str:
    return reverse(f"participants:{name}", args=[paper.award.public_id])


def filled(paper: Notice, **changes: str) -> dict[str, str]:
    """The signing form as a willing holder sends it."""
    boxes = {f"agree_{key}": "on" for key in keys_to_agree_to(paper)}
    return {"shown_digest": paper.digest, "password": PASSWORD, **boxes, **changes}


def send(browser: Client, paper: Notice, form: dict[str, str]) -> object:
    return browser.post(address(paper, "sign_notice"), form, follow=True)


def test_the_notice_is_read_as_a_page_with_its_facts_and_digest(
    reader: User, paper: Notice, visit: Visit
) -> None:
    with visit(reader, DAY) as browser:
        said = words(browser.get(address(paper)))
    assert "Read the notice for your 41 Performance Shares" in said
    assert "Grant Date 5 February 2013" in said
    assert paper.digest in said
    assert "You sign as unsigned" in said
    assert "The PDF is being prepared" in said


def test_signing_keeps_what_was_shown_when_and_to_what_the_holder_agreed(
    reader: User, paper: Notice, visit: Visit
) -> None:
    reader.time_zone = "America/Denver"
    reader.save()
    with visit(reader, DAY) as browser:
        page = send(browser, paper, filled(paper))
    said = words(page)
    assert "You signed this notice on 1 March 2013." in said
    assert "1 March 2013, 12:00 UTC" in said
    assert "1 March 2013, 05:00 MST where you are" in said
    assert paper.digest in said
    signed = Acceptance.objects.get(notice=paper)
    assert signed.shown_digest == paper.digest
    assert [item["key"] for item in json.loads(signed.agreed_to)] == keys_to_agree_to(paper)
    assert signed.authentication_use.authentication.address == "127.0.0.1"
    for item in json.loads(signed.agreed_to):
        assert item["words"] in said


def test_a_box_left_open_brings_the_form_back_with_the_others_ticked(
    reader: User, paper: Notice, visit: Visit
) -> None:
    form = filled(paper)
    del form["agree_tax"]
    with visit(reader, DAY) as browser:
        page = send(browser, paper, form)
    shown = page.context["form"]
    assert "Tick this box: signing takes all of them." in words(page)
    assert list(shown.errors) == ["agree_tax"]
    assert [box.value() for box in shown.boxes].count(True) == len(shown.boxes) - 1
    assert not Acceptance.objects.filter(notice=paper).exists()


def test_a_wrong_password_is_said_beside_it_and_signs_nothing(
    reader: User, paper: Notice, visit: Visit
) -> None:
    with visit(reader, DAY) as browser:
        page = send(browser, paper, filled(paper, password="another password"))
    assert "This is not your password." in words(page)
    assert list(page.context["form"].errors) == ["password"]
    assert not Acceptance.objects.filter(notice=paper).exists()


def test_a_page_that_showed_another_notice_signs_nothing(
    reader: User, paper: Notice, visit: Visit
) -> None:
    with visit(reader, DAY) as browser:
        page = send(browser, paper, filled(paper, shown_digest="0" * 64))
    assert "The page showed another notice." in words(page)
    assert not Acceptance.objects.filter(notice=paper).exists()


def test_who_signs_twice_is_told_that_once_is_enough(
    reader: User, paper: Notice, visit: Visit
) -> None:
    with visit(reader, DAY) as browser:
        send(browser, paper, filled(paper))
        page = send(browser, paper, filled(paper))
    assert "You have signed this notice already; once is enough." in words(page)
    assert Acceptance.objects.filter(notice=paper).count() == 1


def test_nobody_signs_for_another(granted: Telling, paper: Notice, visit: Visit) -> None:
    with visit(holder(granted, "signed"), DAY) as browser:
        assert browser.post(address(paper, "sign_notice"), filled(paper)).status_code == 404
    with visit(human_resources(granted), DAY) as browser:
        assert browser.post(address(paper, "sign_notice"), filled(paper)).status_code == 403
    assert not Acceptance.objects.filter(notice=paper).exists()


@pytest.mark.django_db
def test_a_holder_in_the_united_kingdom_accepts_the_special_terms_too(visit: Visit) -> None:
    story = read_story(cast.SCENARIOS / "unsigned-papers.toml")
    story.sections["act"] = story.sections["act"][: cast.BEFORE_REPORT]
    story.sections["people"]["unsigned"]["country"] = "GB"
    telling = Telling(story)
    telling.tell()
    with visit(holder(telling, "unsigned"), DAY) as browser:
        said = words(browser.get(address(award_of(telling, "unsigned").notice)))
    assert "I accept the special terms for the United Kingdom." in said


def test_the_pdf_is_announced_until_the_job_has_made_it(
    reader: User, paper: Notice, visit: Visit
) -> None:
    with visit(reader, DAY) as browser:
        waiting = browser.get(address(paper, "notice_pdf"))
        assert "The PDF is being prepared" in words(waiting)
        assert 'data-poll="2"' in waiting.content.decode()
        job = Job.objects.get(kind=services.RENDER_JOB, arguments__contains=f":{paper.seal_id}}}")
        assert jobs.perform(job.pk).state == "done"
        made = browser.get(address(paper, "notice_pdf"))
        page = browser.get(address(paper))
    assert made["Content-Type"] == "application/pdf"
    assert made.content.startswith(b"%PDF-")
    assert made.content == bytes(paper.rendering.document.content)
    assert address(paper, "notice_pdf") in page.content.decode()


def test_a_pdf_that_could_not_be_made_is_said_and_no_longer_awaited(
    reader: User, paper: Notice, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise ValueError("no font")

    monkeypatch.setattr(services, "render_notices", fail)
    job = Job.objects.get(kind=services.RENDER_JOB, arguments__contains=f":{paper.seal_id}}}")
    with pytest.raises(ValueError, match="no font"):
        jobs.perform(job.pk)
    with visit(reader, DAY) as browser:
        page = browser.get(address(paper, "notice_pdf"))
    assert "The PDF could not be made" in words(page)
    assert "data-poll" not in page.content.decode()


def test_who_keeps_the_papers_opens_the_pdf_and_the_look_is_logged(
    granted: Telling, paper: Notice, visit: Visit
) -> None:
    keeper = human_resources(granted)
    for user in (keeper, granted.secretary, auditor(granted)):
        with visit(user, DAY) as browser:
            assert browser.get(address(paper, "notice_pdf")).status_code == 200
    assert PersonalDataLook.objects.filter(
        viewer=keeper, subject=str(granted.holders["unsigned"].public_id)
    ).exists()
    for user in (granted.administrator, granted.members[0]):
        with visit(user, DAY) as browser:
            assert browser.get(address(paper, "notice_pdf")).status_code == 403
