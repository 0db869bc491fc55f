"""What is taken away: a board book as one PDF, and the minute book as a folder."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from committee import copies, minute_book, selectors
from committee.book_jobs import BOOK_JOB, request_book
from committee.export_jobs import EXPORT_JOB, request_export
from committee.forms import MinutesForm
from committee.forms_copies import BookForm
from committee.minute_export import entries_of, folder_of
from committee.views import READERS
from ltip import clock
from ltip.accounts.access import address_of, open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.jobs.models import Job
from ltip.jobs.selectors import made_by_job
from ltip.records.downloads import as_download
from ltip.records.services import log_look


@require_http_methods(["GET", "POST"])
@open_to(*READERS, writers=READERS)
def books(request: HttpRequest) -> HttpResponse:
    """The board books made so far, and the acts of which another can be asked for."""
    acts = list(selectors.open_acts().defer("exhibit", "request", "outline"))
    sent = request.POST if request.method == "POST" else None
    form = BookForm(sent, acts=acts, chosen=request.GET.getlist("act"))
    if form.is_valid():
        job = request_book(acts=form.chosen_acts(), by=signed_in_user(request), at=clock.now())
        return _to_the_job(job, "committee:books")
    return render(
        request,
        "committee/books.html",
        {
            "form": form,
            "books": copies.books(),
            "made": made_by_job(request.GET.get("job", ""), kind=BOOK_JOB),
            "may_ask": bool(roles_of(request) & set(READERS)),
        },
    )


@require_GET
@open_to(*READERS)
def book(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A board book as it was made; who was given it is logged."""
    found = copies.book_by_public_id(public_id)
    if found is None:
        raise Http404
    _log_given(request, public_id, copies.BOOK)
    return as_download(found.document)


@require_http_methods(["GET", "POST"])
@open_to(*READERS, writers=(*READERS, Role.AUDITOR))
def exports(request: HttpRequest) -> HttpResponse:
    """The exports of the minute book, and the one that can be asked for; filtered as the book is.

    An auditor may ask for one: it changes nothing that was decided.
    """
    form = MinutesForm(request.GET)
    chosen: dict[str, Any] = minute_book.narrowed(form.cleaned_data) if form.is_valid() else {}
    if request.method == "POST" and form.is_valid():
        export = request_export(chosen=chosen, by=signed_in_user(request), at=clock.now())
        return _to_the_job(export.job, "committee:exports")
    return render(
        request,
        "committee/exports.html",
        {
            "form": form,
            "count": sum(acts.count() for acts in entries_of(chosen)) if form.is_valid() else 0,
            "is_filtered": bool(chosen),
            "exports": copies.exports(),
            "made": made_by_job(request.GET.get("job", ""), kind=EXPORT_JOB),
        },
    )


@require_GET
@open_to(*READERS)
def export(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The folder as one zip, put together while it is sent; who was given it is logged."""
    found = copies.finished_export(public_id)
    if found is None:
        raise Http404
    _log_given(request, public_id, copies.MINUTE_BOOK)
    name = f"minute-book-{found.drawn_on}-record-{found.record}.zip"
    return StreamingHttpResponse(
        folder_of(found),
        content_type="application/zip",
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )


def _to_the_job(job: Job, name: str) -> HttpResponse:
    back = f"{reverse(name)}?{urlencode({'job': job.public_id})}"
    return redirect(f"{reverse('jobs:job', args=[job.public_id])}?{urlencode({'next': back})}")


def _log_given(request: HttpRequest, public_id: UUID, what: str) -> None:
    log_look(
        viewer=signed_in_user(request),
        subject=public_id,
        fields=what,
        at=clock.now(),
        address=address_of(request),
    )
