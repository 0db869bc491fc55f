"""The paper of an act is made once: signed where there is a key, stored, and never made again."""

import io
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdf
import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID
from django.db import DatabaseError, transaction

from committee import paper_jobs
from committee.models import Act, ActPaper, Adoption
from committee.paper_jobs import PAPER_JOB, make_paper, sealed_act
from committee.papers import render_paper
from ltip import clock
from ltip.desk.scenarios.telling import Telling
from ltip.jobs import services as jobs
from ltip.jobs.models import Job, JobState
from ltip.records import signing
from ltip.records.models import Document
from tests import cast
from tests.committee.conftest import IN_WINDOW, address, members, page_of
from tests.records.test_signing import validated

pytestmark = pytest.mark.django_db


@pytest.fixture
def adoption(designation: Act) -> Adoption:
    cast.sign_all(designation, IN_WINDOW)
    return Adoption.objects.select_related("seal").get(act=designation)


def job_of(adoption: Adoption) -> Job:
    return Job.objects.get(kind=PAPER_JOB, arguments=f'{{"adoption":{adoption.seal_id}}}')


def requested_again(job: Job) -> None:
    """What a message that is delivered twice, or a worker that fell silent, leads to."""
    Job.objects.filter(pk=job.pk).update(state=JobState.REQUESTED)


def test_the_paper_is_asked_for_in_the_transaction_of_the_adoption(
    story: Telling, designation: Act
) -> None:
    with transaction.atomic():
        cast.sign_all(designation, IN_WINDOW)
        adoption = Adoption.objects.get(act=designation)
        assert job_of(adoption).state == JobState.REQUESTED
        transaction.set_rollback(True)
    assert not Job.objects.filter(arguments=f'{{"adoption":{adoption.seal_id}}}').exists()


def test_without_a_key_the_paper_is_kept_unsigned_and_can_be_made_again_byte_for_byte(
    adoption: Adoption,
) -> None:
    assert jobs.perform(job_of(adoption).pk).state == JobState.DONE  # type: ignore[union-attr]
    paper = ActPaper.objects.get(adoption=adoption)
    assert not paper.is_signed
    assert (paper.certificate_subject, paper.certificate_digest) == ("", "")
    assert bytes(paper.document.content) == render_paper(sealed_act(adoption))
    assert paper.document.name == f"act-{adoption.act.number}.pdf"


def test_with_a_key_the_paper_is_signed_and_begins_with_the_unsigned_one(
    adoption: Adoption, signing_key: signing.SigningKey
) -> None:
    paper = make_paper(adoption)
    content, unsigned = bytes(paper.document.content), render_paper(sealed_act(adoption))
    assert content.startswith(unsigned)
    assert len(content) > len(unsigned)
    assert validated(content, signing_key).bottom_line
    assert (paper.is_signed, paper.by_demonstration_key) == (True, True)
    assert paper.certificate_subject == "CN=Demonstration key made by this installation"
    certificate = signing_key.signer.signing_cert
    assert paper.certificate_digest == sha256(certificate.dump()).hexdigest()
    words = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert f"Act {adoption.act.number} of the Compensation Committee" in words
    assert adoption.seal.digest in words


def test_a_job_that_is_delivered_twice_makes_one_paper(
    adoption: Adoption, signing_key: signing.SigningKey
) -> None:
    job = job_of(adoption)
    jobs.perform(job.pk)
    first = ActPaper.objects.get(adoption=adoption)
    documents = Document.objects.count()
    requested_again(job)
    assert jobs.perform(job.pk).result == first.document_id  # type: ignore[union-attr]
    assert ActPaper.objects.get(adoption=adoption) == first
    assert Document.objects.count() == documents


def test_a_worker_that_ends_between_signing_and_storing_leaves_nothing_and_the_next_makes_it(
    adoption: Adoption, signing_key: signing.SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, job = Document.objects.count(), job_of(adoption)

    def killed(**told: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ActPaper.objects, "create", killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.perform(job.pk)
    assert Document.objects.count() == documents
    requested_again(job)
    jobs.perform(job.pk)
    assert ActPaper.objects.filter(adoption=adoption).count() == 1
    assert Document.objects.count() == documents + 1


def test_one_who_made_the_paper_meanwhile_was_first(
    adoption: Adoption, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one stores its paper while this one draws."""
    drawn = paper_jobs.render_paper

    def overtaken(sealed: Any) -> bytes:
        monkeypatch.setattr(paper_jobs, "render_paper", drawn)
        others.append(make_paper(adoption))
        return drawn(sealed)

    others: list[ActPaper] = []
    monkeypatch.setattr(paper_jobs, "render_paper", overtaken)
    assert [make_paper(adoption)] == others


def test_a_paper_is_never_changed_nor_taken_away(adoption: Adoption) -> None:
    paper = make_paper(adoption)
    for change in (
        lambda: ActPaper.objects.filter(pk=paper.pk).update(is_signed=False),
        lambda: ActPaper.objects.filter(pk=paper.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_key_that_cannot_be_read_fails_aloud_and_the_timetable_makes_the_paper_once_it_can(
    adoption: Adoption, settings: Any, tmp_path: Path, on: Any, browser: Any
) -> None:
    settings.SIGNING_KEY_FILE = str(tmp_path / "missing.p12")
    failed = jobs.perform(job_of(adoption).pk)
    assert failed is not None
    assert failed.state == JobState.FAILED
    assert "missing.p12 can't be read (No such file or directory)." in failed.message
    with on(IN_WINDOW):
        page = page_of(browser(members()[0]).get(address(adoption.act)))
    assert "The paper could not be made; it is tried again every day." in page
    assert "missing.p12" in page
    daily = jobs.request_job(
        kind="committee.make_missing_papers", arguments={}, by=None, at=adoption.adopted_at
    )
    assert jobs.perform(daily.pk).state == JobState.FAILED  # type: ignore[union-attr]
    settings.SIGNING_KEY_FILE = ""
    requested_again(daily)
    waiting = Adoption.objects.filter(paper=None).count()
    assert jobs.perform(daily.pk).result == str(waiting)  # type: ignore[union-attr]
    assert not Adoption.objects.filter(paper=None).exists()


def test_the_act_page_says_since_when_the_paper_is_being_made_then_offers_it(
    adoption: Adoption, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        client = browser(members()[0])
        before = page_of(client.get(address(adoption.act)))
        assert client.get(address(adoption.act, "paper/")).status_code == 404
        make_paper(adoption)
        after = page_of(client.get(address(adoption.act)))
        answer = client.get(address(adoption.act, "paper/"))
    assert "is being made, since 4 March 2013, 12:00 UTC" in " ".join(before.split())
    link = f'href="{address(adoption.act, "paper/")}"'
    assert link not in before
    assert link in after
    assert "Not signed by the company" in after
    assert answer["Content-Type"] == "application/pdf"
    number = adoption.act.number
    assert answer["Content-Disposition"] == f'attachment; filename="act-{number}.pdf"'
    assert answer.content == render_paper(sealed_act(adoption))


def test_the_act_page_says_that_a_demonstrations_key_signed(
    adoption: Adoption, signing_key: signing.SigningKey, on: Any, browser: Any
) -> None:
    make_paper(adoption)
    with on(IN_WINDOW):
        page = page_of(browser(members()[0]).get(address(adoption.act)))
    assert "Signed with a key that this demonstration made for itself" in page


def test_the_act_page_names_the_certificate_of_the_company_that_signed(
    adoption: Adoption, settings: Any, tmp_path: Path, on: Any, browser: Any
) -> None:
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Quarrel Works")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing, "DEMONSTRATION_SUBJECT", name)
        key = signing.demonstration_key(at=clock.machine_now())
    settings.SIGNING_KEY_FILE = str(tmp_path / "company.p12")
    (tmp_path / "company.p12").write_bytes(key)
    paper = make_paper(adoption)
    assert (paper.is_signed, paper.by_demonstration_key) == (True, False)
    with on(IN_WINDOW):
        page = page_of(browser(members()[0]).get(address(adoption.act)))
    assert "with the certificate O=Quarrel Works." in page
    assert "this demonstration made for itself" not in page


def test_the_page_of_an_act_asks_the_database_as_often_however_many_papers_there_are(
    adoption: Adoption, on: Any, browser: Any, django_assert_max_num_queries: Any
) -> None:
    with on(IN_WINDOW):
        client = browser(members()[0])
        client.get(address(adoption.act))
        with django_assert_max_num_queries(40) as waiting:
            client.get(address(adoption.act))
        make_paper(adoption)
        with django_assert_max_num_queries(40) as made:
            client.get(address(adoption.act))
        for other in Adoption.objects.select_related("seal"):
            make_paper(other)
        with django_assert_max_num_queries(40) as all_made:
            client.get(address(adoption.act))
    # Once it is there, the job is not asked after.
    assert len(made) == len(all_made) == len(waiting) - 1
