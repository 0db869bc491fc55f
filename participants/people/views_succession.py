"""A holder's death, the beneficiaries the holder named, and who takes the shares (GA §4)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from ltip import clock
from ltip.accounts.access import address_of, open_to, signed_in_user
from ltip.records.downloads import as_download
from ltip.records.services import log_look
from ltip.records.uploads import keep
from ltip.rules.outcome import Refused
from participants.people import leaving, selectors
from participants.people import succession as recording
from participants.people.forms_beneficiaries import BeneficiariesForm
from participants.people.forms_leaving import DeathForm, SuccessionForm
from participants.people.heirs import heirs_of
from participants.people.views import READERS, WRITERS, employee_or_404


@require_http_methods(["GET", "POST"])
@open_to(writers=WRITERS)
def record_death(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record a death after the service had ended, or take back a record that was wrong."""
    someone = selectors.person(employee_or_404(public_id))
    is_sent = request.method == "POST"
    form = DeathForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        is_correction=someone.death is not None,
    )
    if is_sent and form.is_valid():
        at = clock.now()
        try:
            leaving.record_death(
                employee=someone.employee,
                died_on=form.cleaned_data["died_on"],
                document=keep(form.cleaned_data["document"], at=at),
                by=signed_in_user(request),
                at=at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is on record."))
            return redirect("participants:employee", public_id)
    return render(
        request,
        "participants/people/record_death.html",
        {"person": someone, "employee": someone.employee, "form": form},
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=WRITERS)
def beneficiaries(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record whom a holder named to take the shares, with the paper the holder filed."""
    employee = employee_or_404(public_id)
    is_sent = request.method == "POST"
    form = BeneficiariesForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        at = clock.now()
        try:
            recording.name_beneficiaries(
                employee=employee,
                designated_on=form.cleaned_data["designated_on"],
                beneficiaries=form.beneficiaries,
                document=keep(form.cleaned_data["document"], at=at),
                by=signed_in_user(request),
                at=at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The beneficiaries are on record."))
            return redirect("participants:employee", public_id)
    return render(
        request,
        "participants/people/beneficiaries.html",
        {"employee": employee, "form": form, "heirs": heirs_of([employee])[employee.pk]},
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=WRITERS)
def succession(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record which beneficiaries survived a holder who died, or who stands for the estate."""
    someone = selectors.person(employee_or_404(public_id))
    heirs = heirs_of([someone.employee])[someone.employee.pk]
    is_sent = request.method == "POST"
    form = SuccessionForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        heirs=heirs,
    )
    if is_sent and form.is_valid():
        at = clock.now()
        try:
            recording.record_succession(
                employee=someone.employee,
                survivors=form.positions,
                estate_representative=form.cleaned_data["estate_representative"],
                document=keep(form.cleaned_data["document"], at=at),
                by=signed_in_user(request),
                at=at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Who takes the shares is on record."))
            return redirect("participants:employee", public_id)
    return render(
        request,
        "participants/people/succession.html",
        {"person": someone, "employee": someone.employee, "form": form, "heirs": heirs},
    )


@require_GET
@never_cache
@open_to(*READERS)
def evidence(request: HttpRequest, public_id: UUID, digest: str) -> HttpResponse:
    """A paper kept as evidence about an employee, to be downloaded; the look is logged."""
    employee = employee_or_404(public_id)
    document = selectors.evidence_about(employee, digest)
    if document is None:
        raise Http404
    log_look(
        viewer=signed_in_user(request),
        subject=employee.public_id,
        fields=f"evidence {digest[:12]}",
        at=clock.now(),
        address=address_of(request),
    )
    return as_download(document)
