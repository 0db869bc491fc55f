"""Recording an act that the Committee adopted elsewhere, and reading the paper that shows it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from committee import selectors
from committee.counting import Bench, bench
from committee.drawing import draw
from committee.elsewhere import record_consent_elsewhere, record_meeting_elsewhere
from committee.forms_elsewhere import MeetingForm, SignedConsentForm, WhenAndHowForm
from committee.models import Act
from committee.protocol import kind_named
from ltip import clock
from ltip.accounts.access import open_to, proof_from, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.accounts.services import WrongPassword
from ltip.records.uploads import keep
from ltip.rules.outcome import Refused

PaperForm = MeetingForm | SignedConsentForm


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def record_elsewhere(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """First when and how it was adopted; then who signed or voted, the paper and the password."""
    act = _act_or_404(public_id)
    if hasattr(act, "adoption") or hasattr(act, "ending"):
        return redirect("committee:act", public_id)
    asked = request.GET if "how" in request.GET else None
    when = WhenAndHowForm(asked, act=act, today=clock.today())
    page: dict[str, Any] = {
        "act": act,
        "ask": draw(selectors.exhibit_of(act)).ask,
        "may_record": Role.SECRETARY in roles_of(request),
    }
    if not when.is_valid():
        return render(request, "committee/elsewhere_when.html", page | {"form": when})
    adopted_on, is_meeting = when.cleaned_data["adopted_on"], when.cleaned_data["how"] == "meeting"
    seats = bench(kind_named(act.kind), selectors.exhibit_of(act), on=adopted_on)
    form = _paper_form(request, act, seats, is_meeting=is_meeting)
    if request.method == "POST" and form.is_valid() and _recorded(request, act, form, adopted_on):
        messages.success(request, _("Act %(number)s is on record.") % {"number": act.number})
        return redirect("committee:act", public_id)
    page |= {"form": form, "adopted_on": adopted_on, "is_meeting": is_meeting, "seats": seats}
    return render(request, "committee/elsewhere.html", page)


@require_GET
@open_to(Role.COMMITTEE_MEMBER, Role.SECRETARY)
def act_document(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The minutes or the signed consent, byte for byte as they were uploaded."""
    adoption = getattr(_act_or_404(public_id), "adoption", None)
    if adoption is None or adoption.document is None:
        raise Http404
    document = adoption.document
    return HttpResponse(
        bytes(document.content),
        content_type=document.media_type,
        headers={"Content-Disposition": content_disposition_header(True, document.name) or ""},
    )


def _paper_form(request: HttpRequest, act: Act, seats: Bench, *, is_meeting: bool) -> PaperForm:
    kind: type[PaperForm] = MeetingForm if is_meeting else SignedConsentForm
    if request.method == "POST":
        return kind(request.POST, request.FILES, seats=seats)
    return kind(seats=seats, initial={"shown_digest": act.exhibit_digest})


def _recorded(request: HttpRequest, act: Act, form: PaperForm, adopted_on: date) -> bool:
    """Whether the act is recorded now; if not, the form says why."""
    try:
        proof = proof_from(request, form.cleaned_data["password"])
        # The paper of a refused record is not kept.
        with transaction.atomic():
            at = clock.now()
            about: dict[str, Any] = {
                "act": act,
                "adopted_on": adopted_on,
                "document": keep(form.cleaned_data["document"], at=at),
                "shown_digest": form.cleaned_data["shown_digest"],
                "by": signed_in_user(request),
                "authentication": proof,
                "at": at,
            }
            if isinstance(form, MeetingForm):
                record_meeting_elsewhere(
                    **about, present=form.present, choices=form.choices, words=form.words
                )
            else:
                record_consent_elsewhere(**about, signed_by=form.signers)
    except WrongPassword as refusal:
        form.add_error("password", f"{refusal.reason} {refusal.remedy}")
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    form.add_error("document", _("Nothing was kept: choose the paper again."))
    return False


def _act_or_404(public_id: UUID) -> Act:
    act = selectors.act_by_public_id(public_id)
    if act is None:
        raise Http404
    return act
