"""Meetings of the Committee: the list, the call, the page of one, its agenda and its end."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committee import closing, meeting_book, meetings
from committee.forms_meetings import AgendaForm, CallForm, ClosingForm, ReasonForm
from committee.models import Meeting
from ltip import clock
from ltip.accounts.access import open_to, proof_from, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.accounts.services import WrongPassword
from ltip.rules.outcome import Refused

READERS = (Role.COMMITTEE_MEMBER, Role.SECRETARY)
MEETINGS_ON_A_PAGE = 20


@require_GET
@open_to(*READERS)
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Every meeting with what it decided, the latest first: a part of the minute book."""
    found = Paginator(meeting_book.meetings_by_latest(), MEETINGS_ON_A_PAGE)
    return render(
        request,
        "committee/meetings.html",
        {
            "page": found.get_page(request.GET.get("page")),
            "zone": str(clock.company_zone()),
            "is_secretary": Role.SECRETARY in roles_of(request),
        },
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def call_meeting(request: HttpRequest) -> HttpResponse:
    """Call a meeting with its agenda."""
    form = CallForm(
        request.POST if request.method == "POST" else None,
        acts=meeting_book.acts_for_agendas(clock.today()),
        zone=clock.company_zone(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            meeting = meetings.call_meeting(
                begins_at=form.begins_at,
                place=form.cleaned_data["place"],
                notice=form.cleaned_data["notice"],
                acts=form.chosen,
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting is called; the members receive notice."))
            return redirect("committee:meeting", meeting.public_id)
    may_record = Role.SECRETARY in roles_of(request)
    return render(request, "committee/call.html", {"form": form, "may_record": may_record})


@require_GET
@open_to(*READERS)
def meeting(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A meeting: when and where, its agenda, who was told, and what became of it."""
    return _meeting_page(request, meeting_or_404(public_id))


@require_POST
@open_to(writers=(Role.SECRETARY,))
def put_on_agenda(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put open acts on the agenda."""
    found = meeting_or_404(public_id)
    form = AgendaForm(request.POST, acts=meeting_book.acts_for_agendas(clock.today()))
    if form.is_valid():
        try:
            meetings.put_on_agenda(
                meeting=found, acts=form.chosen, by=signed_in_user(request), at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is on the agenda; the members are told."))
            return redirect("committee:meeting", public_id)
    return _meeting_page(request, found, adding=form)


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def strike(request: HttpRequest, public_id: UUID, act: UUID) -> HttpResponse:
    """Take an act off the agenda, with the reason."""
    found = meeting_or_404(public_id)
    item = meeting_book.item_to_strike(found, act)
    if item is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            meetings.strike_from_agenda(
                item=item,
                reason=form.cleaned_data["reason"],
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is off the agenda, and open to signatures again."))
            return redirect("committee:meeting", public_id)
    may_record = Role.SECRETARY in roles_of(request)
    page = {"meeting": found, "item": item, "form": form, "may_record": may_record}
    return render(request, "committee/strike.html", page)


@require_POST
@open_to(writers=(Role.SECRETARY,))
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Call the meeting off, with the reason."""
    found, form = meeting_or_404(public_id), ReasonForm(request.POST)
    if form.is_valid():
        try:
            meetings.cancel_meeting(
                meeting=found,
                reason=form.cleaned_data["reason"],
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting is cancelled; the members are told."))
            return redirect("committee:meeting", public_id)
    return _meeting_page(request, found, cancelling=form)


@require_POST
@open_to(writers=(Role.SECRETARY, Role.COMMITTEE_MEMBER))
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Certify the record of the meeting, by which what it decided takes effect."""
    found, form = meeting_or_404(public_id), ClosingForm(request.POST)
    if form.is_valid():
        try:
            closing.close_meeting(
                meeting=found,
                shown_digest=form.cleaned_data["shown_digest"],
                by=signed_in_user(request),
                authentication=proof_from(request, form.cleaned_data["password"]),
                at=clock.now(),
            )
        except WrongPassword as refusal:
            form.add_error("password", f"{refusal.reason} {refusal.remedy}")
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting is closed, and what it decided is sealed."))
            return redirect("committee:meeting", public_id)
    return _meeting_page(request, found, certifying=form)


@require_GET
@open_to(*READERS)
def minutes_document(request: HttpRequest, public_id: UUID, record: int) -> HttpResponse:
    """The minutes that a record or a correction attached, byte for byte."""
    document = meeting_book.document_of(meeting_or_404(public_id), record)
    if document is None:
        raise Http404
    return HttpResponse(
        bytes(document.content),
        content_type=document.media_type,
        headers={"Content-Disposition": content_disposition_header(True, document.name) or ""},
    )


def meeting_or_404(public_id: UUID) -> Meeting:
    """The meeting of that identifier."""
    found = meeting_book.meeting_by_public_id(public_id)
    if found is None:
        raise Http404
    return found


def _meeting_page(
    request: HttpRequest,
    found: Meeting,
    *,
    adding: AgendaForm | None = None,
    cancelling: forms.Form | None = None,
    certifying: ClosingForm | None = None,
) -> HttpResponse:
    """The page of a meeting, also when something was refused on it."""
    today, now = clock.today(), clock.now()
    is_open, is_secretary = not hasattr(found, "closing"), Role.SECRETARY in roles_of(request)
    record = meeting_book.last_record(found)
    content = meeting_book.content_of_record(record)
    members = meeting_book.notices_of(found)
    context: dict[str, Any] = {
        "meeting": found,
        "record": record,
        "content": content,
        "lines": meeting_book.lines_of(found, content),
        "members": members,
        "minutes": meeting_book.minutes_of(found),
        "zone": str(clock.company_zone()),
        "today": today,
        "is_secretary": is_secretary,
        "has_begun": found.begins_at <= now,
        "cancelling": cancelling or ReasonForm(auto_id="id_cancel_%s"),
        "certifying": certifying,
    }
    if is_open and is_secretary and today <= found.held_on:
        context["adding"] = adding or AgendaForm(acts=meeting_book.acts_for_agendas(today))
    elif adding is not None:
        context["adding"] = adding
    if is_open and record is not None:
        context["certifying"] = certifying or ClosingForm(initial={"shown_digest": record.digest})
        context["words"] = closing.WORDS_OF_CERTIFICATION
        context["may_certify"] = closing.may_certify(
            signed_in_user(request),
            is_secretary=is_secretary,
            chair_present=meeting_book.chair_present(content, members),
        )
    return render(request, "committee/meeting.html", context)
