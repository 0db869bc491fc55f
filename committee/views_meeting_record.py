"""Recording what happened at a meeting, and correcting its minutes once it is closed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committee import agenda, meeting_book
from committee.correcting import correct_minutes as correct
from committee.counting import benches, whole_bench
from committee.exhibits import with_what_is_drawn
from committee.forms_meetings import CorrectionForm, RecordForm, recorded_before
from committee.models import Act, Meeting, MeetingRecord
from committee.recording import record_meeting as record
from committee.views_meetings import meeting_or_404
from ltip import clock
from ltip.accounts.access import open_to, proof_from, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.accounts.services import WrongPassword
from ltip.records.uploads import keep
from ltip.rules.outcome import Refused


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def record_meeting(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who was present, what became of each act, and the minutes; certified on the next page."""
    meeting = meeting_or_404(public_id)
    if hasattr(meeting, "closing") or clock.now() < meeting.begins_at:
        return redirect("committee:meeting", public_id)
    before = meeting_book.last_record(meeting)
    form = _record_form(request, meeting, before)
    if request.method == "POST" and form.is_valid() and _recorded(request, meeting, form, before):
        messages.success(
            request, _("It is recorded. Nothing follows from it until it is certified.")
        )
        return redirect("committee:meeting", public_id)
    return render(
        request,
        "committee/record_meeting.html",
        {
            "meeting": meeting,
            "form": form,
            "may_record": Role.SECRETARY in roles_of(request),
            "majority": len(form.whole.members) // 2 + 1,
        },
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def correct_minutes(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put other minutes in the place of wrong ones, saying why."""
    meeting = meeting_or_404(public_id)
    closing = getattr(meeting, "closing", None)
    if closing is None or closing.record is None:
        return redirect("committee:meeting", public_id)
    form = CorrectionForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid() and _corrected(request, meeting, form):
        messages.success(
            request, _("The corrected minutes are on record, beside the earlier ones.")
        )
        return redirect("committee:meeting", public_id)
    may_record = Role.SECRETARY in roles_of(request)
    page = {"meeting": meeting, "form": form, "may_record": may_record}
    return render(request, "committee/correct_minutes.html", page)


def _record_form(
    request: HttpRequest, meeting: Meeting, before: MeetingRecord | None
) -> RecordForm:
    items = list(agenda.items_to_decide(meeting))
    acts = with_what_is_drawn(Act.objects.all()).in_bulk([item.act_id for item in items])
    for item in items:
        item.act = acts[item.act_id]
    whole = whole_bench(on=meeting.held_on)
    about: dict[str, Any] = {
        "whole": whole,
        "items": items,
        "benches": benches(acts.values(), whole=whole),
        "kept": before.document.name if before and before.document else "",
    }
    if request.method == "POST":
        return RecordForm(request.POST, request.FILES, **about)
    content = meeting_book.content_of_record(before)
    return RecordForm(initial=recorded_before(content) if content else None, **about)


def _recorded(
    request: HttpRequest, meeting: Meeting, form: RecordForm, before: MeetingRecord | None
) -> bool:
    """Whether the meeting is recorded now; if not, the form says why."""
    at = clock.now()
    try:
        # The minutes of a refused record are not kept.
        with transaction.atomic():
            kept = keep(form.cleaned_data["document"], at=at)
            document = kept or (before.document if before else None)
            record(
                meeting=meeting,
                told=form.told,
                document=document,
                by=signed_in_user(request),
                at=at,
            )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        if form.cleaned_data.get("document"):
            form.add_error("document", _("Nothing was kept: choose the minutes again."))
        return False
    return True


def _corrected(request: HttpRequest, meeting: Meeting, form: CorrectionForm) -> bool:
    """Whether the minutes are corrected now; if not, the form says why."""
    try:
        proof = proof_from(request, form.cleaned_data["password"])
        with transaction.atomic():
            at = clock.now()
            about: dict[str, Any] = {
                "document": keep(form.cleaned_data["document"], at=at),
                "reason": form.cleaned_data["reason"],
                "by": signed_in_user(request),
                "authentication": proof,
                "at": at,
            }
            correct(meeting=meeting, **about)
    except WrongPassword as refusal:
        form.add_error("password", f"{refusal.reason} {refusal.remedy}")
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    form.add_error("document", _("Nothing was kept: choose the minutes again."))
    return False
