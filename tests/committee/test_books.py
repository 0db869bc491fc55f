"""A board book: what awaits decision as one PDF, drawn on a state that it names."""

import re
from typing import Any

import pytest
from django.test import Client

from committee import books, outlines
from committee.book_jobs import BOOK_JOB, request_book
from committee.models import Act, BoardBook
from committee.revising import revise_resolution
from ltip.accounts.models import User
from ltip.desk.scenarios.telling import Telling
from ltip.jobs import services as jobs
from ltip.jobs.models import Job, JobState
from ltip.records.models import Document, PersonalDataLook
from ltip.records.selectors import last_seal
from tests import cast
from tests.committee.conftest import CERTIFYING, IN_WINDOW, ids, members, page_of, propose
from tests.committee.test_papers import read, words_of

pytestmark = pytest.mark.django_db

BOOKS = "/committee/books/"


def made(on: Any, *acts: Act, day: Any = CERTIFYING, by: User | None = None) -> BoardBook:
    """The book of these acts, asked for and made on a day."""
    with on(day):
        job = request_book(acts=acts, by=by or members()[0], at=cast.noon(day))
        done = jobs.perform(job.pk)
    assert done is not None
    assert done.state == JobState.DONE, done.message
    return BoardBook.objects.get(job=job)


def test_the_book_of_a_certification_says_what_its_page_says(certification: Act, on: Any) -> None:
    book = made(on, certification)
    words = words_of(bytes(book.document.content))
    assert "Board book of the Compensation Committee 24 February 2015" in words
    assert "A working paper: nothing is decided by it." in words
    assert "You are asked to certify in writing that the company ranked 2 of 3" in words
    assert "Rank 2 of 3 Percentile 50 Earned 100 % Shares in all 341" in words
    # The goal of the story: 25 pays 50, 50 pays 100, 75 pays 200 per cent, on a straight line.
    assert (
        "Percentile: 25 pays 50 %, 50 pays 100 %, 75 pays 200 % of target, along a straight line "
        "between these points. Reached: 50 pays 100 %."
    ) in words
    assert "1 HIGH +50.00 % 2 OURS +30.00 % 3 LOW +10.00 %" in words
    assert "For information: what another place or method would have paid" in words
    assert "signed 300 300 unsigned 41 41" in words
    assert "Passed The period ended on 31 December 2014. GA §4" in words
    assert "The day on which it is adopted is the Determination Date." in words
    assert "There is no earlier act of this kind." in words
    assert "RESOLVED" in words
    assert "chair Chair, has not signed" in words


def test_it_names_the_state_that_it_was_drawn_on(certification: Act, on: Any) -> None:
    last = last_seal()
    assert last is not None
    book = made(on, certification)
    words = words_of(bytes(book.document.content))
    assert f"Drawn on 24 February 2015, 12:00 UTC, when record {last.number} was the last" in words
    assert last.digest in words
    assert f"Digest of the exhibit (SHA-256): {certification.exhibit_digest}" in words
    assert book.record == last.number
    assert certification.exhibit_digest in book.acts


def test_it_is_archival_accessible_with_contents_and_charts(certification: Act, on: Any) -> None:
    pdf = read(bytes(made(on, certification).document.content))
    claims = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in claims
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert [entry["/Title"] for entry in pdf.outline if isinstance(entry, dict)] == [
        "Certify the 2013–2014 performance period"
    ]
    words = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))
    assert words.count("OURS +30.00 %") == 2  # at its line in the chart, and in the ranking
    assert all(
        f"page {number} of {len(pdf.pages)}" in page.extract_text()
        for number, page in enumerate(pdf.pages, start=1)
    )


def test_it_shows_every_act_with_who_signed_and_what_stands_in_the_way(
    story: Telling, designation: Act, on: Any
) -> None:
    grant = propose(story, "grant", awards=[{"employee": ids(story, "signed")[0], "shares": 300}])
    cast.sign(designation, members()[0], cast.noon(IN_WINDOW))
    book = made(on, grant, designation, day=IN_WINDOW)
    words = words_of(bytes(book.document.content))
    assert words.index("Act 2013-02 Designate") < words.index("Act 2013-03 Grant")
    assert "chair Chair, signed 4 March 2013, 12:00 UTC" in words
    assert "second Member, has not signed" in words
    assert (
        "The last signature can be given until 31 March 2013, 27 days after that of this book"
        in words
    )
    assert "Waits for another act" in words


def test_of_many_steps_to_a_figure_the_rest_is_counted(
    certification: Act, on: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "STEPS", 1)
    words = words_of(bytes(made(on, certification).document.content))
    assert "Earned by signed 300 P Award Determination" in words
    assert "Earned by unsigned" not in words
    assert "And 1 more, each in a line of a table above." in words


def test_every_row_of_a_long_table_stands_in_the_book(
    story: Telling, on: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlines, "LONG", 1)
    act = propose(story, "designation", employees=ids(story, "signed", "unsigned"))
    assert act.outline
    words = words_of(bytes(made(on, act, day=IN_WINDOW).document.content))
    assert "signed Executive 1 3 May 2010 unsigned Executive 3 6 June 2011" in words


def test_a_changed_text_is_the_one_that_is_shown_and_its_digest_too(
    story: Telling, designation: Act, on: Any
) -> None:
    drafted = designation.exhibit_digest
    text = ["RESOLVED, that the {participants} named are chosen from {period_start} on."]
    revise_resolution(
        act=designation,
        text=text,
        shown_digest=drafted,
        is_meant=True,
        by=story.secretary,
        at=cast.noon(IN_WINDOW),
    )
    words = words_of(bytes(made(on, designation, day=IN_WINDOW).document.content))
    assert "named are chosen from 1 January 2013 on." in words
    assert "The text as changed on 4 March 2013, 12:00 UTC: text 2." in words
    assert designation.exhibit_digest in words
    assert drafted not in words


def test_a_worker_that_gets_the_job_twice_makes_one_book(designation: Act, on: Any) -> None:
    book = made(on, designation, day=IN_WINDOW)
    documents = Document.objects.count()
    Job.objects.filter(pk=book.job_id).update(state=JobState.REQUESTED)
    with on(CERTIFYING):  # another day would draw another book
        again = jobs.perform(book.job_id)
    assert again is not None
    assert again.result == str(book.public_id)
    assert BoardBook.objects.get() == book
    assert Document.objects.count() == documents


def test_who_asks_twice_at_once_is_given_the_same_job(designation: Act) -> None:
    at = cast.noon(IN_WINDOW)
    first = request_book(acts=[designation], by=members()[0], at=at)
    assert request_book(acts=[designation], by=members()[1], at=at) == first
    assert Job.objects.filter(kind=BOOK_JOB).count() == 1


def test_an_act_that_was_decided_meanwhile_is_in_no_book(designation: Act, on: Any) -> None:
    job = request_book(acts=[designation], by=members()[0], at=cast.noon(IN_WINDOW))
    cast.sign_all(designation, IN_WINDOW)
    with on(IN_WINDOW):
        failed = jobs.perform(job.pk)
    assert failed is not None
    assert failed.state == JobState.FAILED
    assert "An act of the book is no longer before the Committee." in failed.message
    assert not BoardBook.objects.exists()


def test_a_member_asks_on_the_page_downloads_it_and_the_page_says_who_was_given_it(
    designation: Act, on: Any, browser: Any
) -> None:
    member = members()[0]
    with on(IN_WINDOW):
        client: Client = browser(member)
        assert 'href="/committee/books/"' in page_of(client.get("/committee/"))
        act = f"/committee/acts/{designation.public_id}/"
        link = f"{BOOKS}?act={designation.public_id}"
        assert f'href="{link}"' in page_of(client.get(act))
        page = page_of(client.get(link))
        assert f"{designation.number}: {designation.title}" in page
        answer = client.post(BOOKS, {"acts": [str(designation.public_id)]})
        assert answer["Location"].startswith("/jobs/")
        job = Job.objects.get(kind=BOOK_JOB)
        jobs.perform(job.pk)
        ready = page_of(client.get(f"{BOOKS}?job={job.public_id}"))
        book = BoardBook.objects.get()
        assert "The board book is made" in ready
        assert "Given to" not in ready
        pdf = client.get(f"{BOOKS}{book.public_id}/")
        assert pdf.content == bytes(book.document.content)
        assert pdf["Content-Disposition"] == 'attachment; filename="board-book-2013-03-04.pdf"'
        given = page_of(client.get(BOOKS))
    assert f"{member.name} (4 March 2013, 12:00 UTC)" in " ".join(given.split())
    look = PersonalDataLook.objects.get(subject=str(book.public_id))
    assert (look.viewer, look.fields) == (member, "board book")


def test_a_book_of_no_act_is_refused_on_the_page(designation: Act, on: Any, browser: Any) -> None:
    with on(IN_WINDOW):
        page = page_of(browser(members()[0]).post(BOOKS, {}))
    assert "Choose an act at least." in page
    assert not Job.objects.filter(kind=BOOK_JOB).exists()
