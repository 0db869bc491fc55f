"""An employee with the awards, the end of the service, and asking for a finding of Cause."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from committee.models import Act
from committee.proposing import proposed_or_shown
from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.records.uploads import keep
from ltip.rules.outcome import Refused
from participants.awards import selectors
from participants.awards.forms import CauseForm
from participants.awards.leaving import (
    Preview,
    effects_of_leaving,
    inheritances,
    preview_of_leaving,
)
from participants.people import heirs, leaving
from participants.people.forms_leaving import LeavingForm, PaperForm
from participants.people.labels import REASONS, differences
from participants.people.models import Employee, EndOfService
from participants.people.selectors import covered_warning, has_personal_data, histories, person
from participants.people.views import READERS, WRITERS, employee_or_404


@require_GET
@open_to(*READERS)
def employee(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One employee: what holds today, the histories, the awards, and the way to each change."""
    someone, today = person(employee_or_404(public_id)), clock.today()
    standings = selectors.standings_of(someone.employee)
    named = heirs.heirs_of([someone.employee])[someone.employee.pk]
    roles = roles_of(request)
    return render(
        request,
        "participants/awards/employee.html",
        {
            "person": someone,
            "employee": someone.employee,
            "ends": [(end, REASONS[end.reason]) for end in leaving.ends_of(someone.employee)],
            "reason": REASONS[someone.service_end.reason] if someone.service_end else "",
            "finding": leaving.finding_of(someone.employee),
            "heirs": named,
            "inheritances": inheritances(standings, named) if someone.died_on else [],
            "histories": histories(someone, on=today),
            "has_personal_data": has_personal_data(someone.employee),
            "awards": [(standing, standing.state_on(today)) for standing in standings],
            "effects": effects_of_leaving(standings),
            "covered_warning": covered_warning(someone),
            "may_write": Role.HUMAN_RESOURCES in roles,
            "may_propose": Role.SECRETARY in roles,
        },
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=WRITERS)
def end_service(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for the end of service, show what it does to each award, and record it once confirmed."""
    leaver = employee_or_404(public_id)
    on_record = leaving.end_on_record(leaver)
    is_sent = request.method == "POST"
    form = LeavingForm(request.POST if is_sent else None, on_record=on_record)
    context = {
        "employee": leaver,
        "on_record": on_record,
        "form": form,
        "finding": leaving.finding_of(leaver),
    }
    if not is_sent or not form.is_valid() or request.POST.get("step") == "change":
        return render(request, "participants/awards/end_service.html", context)
    try:
        end = leaving.end_to_record(employee=leaver, at=clock.now(), **form.cleaned_data)
        preview = preview_of_leaving(leaver, end=end)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "participants/awards/end_service.html", context)
    is_confirmed = "shown" in request.POST
    paper = PaperForm(request.POST, request.FILES) if is_confirmed else PaperForm()
    if request.POST.get("shown") == preview.digest and paper.is_valid():
        try:
            _record(request, leaver, form, paper, on_record)
        except Refused as refusal:
            paper.add_error(None, str(refusal))
        else:
            messages.success(request, _("The end of service is on record."))
            return redirect("participants:employee", leaver.public_id)
    return render(
        request,
        "participants/awards/end_service_preview.html",
        context | _previewed(preview, end, paper, on_record, is_confirmed=is_confirmed),
    )


def _record(
    request: HttpRequest,
    leaver: Employee,
    form: LeavingForm,
    paper: PaperForm,
    on_record: EndOfService | None,
) -> None:
    at = clock.now()
    document = keep(paper.cleaned_data["document"], at=at)
    leaving.end_service(
        employee=leaver,
        document=document or (on_record.document if on_record else None),
        by=signed_in_user(request),
        at=at,
        **form.cleaned_data,
    )


def _previewed(
    preview: Preview,
    end: EndOfService,
    paper: PaperForm,
    on_record: EndOfService | None,
    *,
    is_confirmed: bool,
) -> dict[str, Any]:
    return {
        "end": end,
        "reason": REASONS[end.reason],
        "preview": preview,
        "paper": paper,
        "differences": differences(on_record, end) if on_record else [],
        "heirs": heirs.heirs_of([end.employee])[end.employee_id],
        "has_changed": is_confirmed and paper.is_valid(),
    }


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def propose_cause(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask the Committee to find that there is Cause, with the reason."""
    employee = employee_or_404(public_id)
    form, preview = CauseForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        found = proposed_or_shown(
            request,
            kind="cause_finding",
            form=form,
            asked=lambda: {
                "employee": str(employee.public_id),
                "reason": form.cleaned_data["reason"],
            },
            at_once=True,
        )
        if isinstance(found, Act):
            number = {"number": found.number}
            messages.success(request, _("Act %(number)s is before the Committee.") % number)
            return redirect("committee:act", found.public_id)
        preview = found
    return render(
        request,
        "participants/awards/propose_cause.html",
        {
            "employee": employee,
            "form": form,
            "preview": preview,
            "finding": leaving.finding_of(employee),
            "may_propose": Role.SECRETARY in roles_of(request),
        },
    )
