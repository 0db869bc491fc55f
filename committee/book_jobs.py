"""A board book is made by a job: asked for by whoever sits at the table, kept as it was drawn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from committee.books import Cover, drawn_act, render_book
from committee.models import Act, BoardBook
from committee.selectors import open_acts
from ltip import clock
from ltip.accounts.models import User
from ltip.jobs.models import Job
from ltip.jobs.services import Report, performer, request_job_once
from ltip.records import selectors as records_reading
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused

BOOK_JOB = "committee.make_book"
PLACE = "P Administration"


def request_book(*, acts: Sequence[Act], by: User, at: datetime) -> Job:
    """Ask for a book of these acts, or give back the job that makes it already."""
    if not acts:
        raise Refused("A board book shows an act at least.", place=PLACE)
    chosen = sorted(str(act.public_id) for act in acts)
    return request_job_once(kind=BOOK_JOB, arguments={"acts": chosen}, by=by, at=at)


@performer(BOOK_JOB, title=gettext_noop("Making a board book"))
def perform_book(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """Make the book that was asked for, or give back the one that the job made before."""
    made = BoardBook.objects.filter(job=job).first() or _make(job, arguments["acts"], report)
    return str(made.public_id)


def _make(job: Job, chosen: Sequence[str], report: Report) -> BoardBook:
    by, at = job.requested_by, clock.now()
    company, last = records_reading.company(), records_reading.last_seal()
    if by is None or company is None or last is None:
        raise Refused("A board book is asked for by a person of a company.", place=PLACE)
    on = clock.legal_date(at)
    acts = _still_open(chosen)
    drawn = []
    for act in acts:
        drawn.append(drawn_act(act, by=by, on=on))
        report(len(drawn), len(acts) + 1)
    cover = Cover(company.name, company.is_demonstration, last=last, at=at, on=on)
    content = render_book(drawn, cover)
    with transaction.atomic():
        lock(f"board book {job.public_id}")
        made = BoardBook.objects.filter(job=job).first()
        if made:
            return made
        document = records.store_document(
            content=content, name=f"board-book-{on}.pdf", media_type="application/pdf", at=at
        )
        told = [
            {
                "id": str(one.act.public_id),
                "number": one.act.number,
                "title": one.act.title,
                "digest": one.digest,
            }
            for one in drawn
        ]
        return BoardBook.objects.create(
            job=job,
            acts=canonical_text(told),
            record=last.number,
            drawn_on=on,
            document=document,
            asked_by=by,
            made_at=at,
        )


def _still_open(chosen: Sequence[str]) -> list[Act]:
    acts = list(open_acts().select_related("opened_by").filter(public_id__in=chosen))
    if len(acts) < len(chosen):
        raise Refused(
            "An act of the book is no longer before the Committee.",
            place=PLACE,
            remedy="Ask for a book of those that are.",
        )
    return acts
