"""What changes about an employee from a day on, with its effect on awards shown first."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, signed_in_user
from ltip.accounts.models import Role
from ltip.rules.outcome import Refused, Step
from ltip.rules.service_changes import leave_of_absence, transfer_between_countries
from participants.awards.selectors import standings_of
from participants.people import facts
from participants.people.forms import CorrectionForm, HireForm, StatusForm
from participants.people.labels import SUBJECTS, value_label
from participants.people.models import Employee, EmployeeStatus
from participants.people.selectors import covered_warning, histories, person
from participants.people.views import employee_or_404

Subject = EmployeeStatus.Subject
WRITERS = (Role.HUMAN_RESOURCES,)
SHOWN_FIRST = (Subject.COUNTRY, Subject.LEAVE)


@require_http_methods(["GET", "POST"])
@open_to(writers=WRITERS)
def change_status(request: HttpRequest, public_id: UUID, subject: str) -> HttpResponse:
    """Record another value from a day on; what a transfer or a leave does is shown before."""
    employee = employee_or_404(public_id)
    if subject not in SUBJECTS:
        raise Http404
    form = StatusForm(request.POST if request.method == "POST" else None, subject=subject)
    context = _asked(employee, subject, form)
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "change":
        told = {"employee": employee, "subject": subject, **form.cleaned_data}
        try:
            if subject in SHOWN_FIRST and "shown" not in request.POST:
                facts.require_change(at=clock.now(), **told)
                shown = context | _effects(form, employee, subject)
                return render(request, "participants/people/change_effects.html", shown)
            facts.change_status(by=signed_in_user(request), at=clock.now(), **told)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The change is on record."))
            warning = covered_warning(person(employee))
            if warning and subject == Subject.COVERED:
                messages.warning(request, f"{warning.sentence} ({warning.place})")
            return redirect("participants:employee", employee.public_id)
    return render(request, "participants/people/change_status.html", context)


@require_http_methods(["GET", "POST"])
@open_to(writers=WRITERS)
def correct_status(
    request: HttpRequest, public_id: UUID, subject: str, number: int
) -> HttpResponse:
    """Record what an entry should have said, or that it should not be there."""
    employee = employee_or_404(public_id)
    entry = (
        EmployeeStatus.objects.filter(
            employee=employee, subject=subject, seal_id=number, superseded_by__isnull=True
        )
        .exclude(value="")
        .order_by("-pk")
        .first()
    )
    if entry is None:
        raise Http404
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        subject=subject,
        initial={"value": entry.value, "starts_on": entry.starts_on},
    )
    if request.method == "POST" and form.is_valid():
        try:
            facts.correct_status(
                entry=entry, by=signed_in_user(request), at=clock.now(), **form.corrected()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The correction is on record."))
            return redirect("participants:employee", employee.public_id)
    context = _asked(employee, subject, form) | {
        "entry": entry,
        "value": value_label(entry.value),
    }
    return render(request, "participants/people/correct_status.html", context)


@require_http_methods(["GET", "POST"])
@open_to(writers=WRITERS)
def correct_hire(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record another day of hire, where the one on record is wrong."""
    employee = employee_or_404(public_id)
    form = HireForm(
        request.POST if request.method == "POST" else None,
        initial={"hired_on": employee.hired_on},
    )
    if request.method == "POST" and form.is_valid():
        try:
            facts.correct_hire(
                employee=employee,
                by=signed_in_user(request),
                at=clock.now(),
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The correction is on record."))
            return redirect("participants:employee", employee.public_id)
    return render(
        request, "participants/people/correct_hire.html", {"employee": employee, "form": form}
    )


def _asked(employee: Employee, subject: str, form: StatusForm) -> dict[str, Any]:
    today, someone = clock.today(), person(employee)
    return {
        "employee": employee,
        "form": form,
        "history": next(h for h in histories(someone, on=today) if h.subject == subject),
        "stays_by_law": subject == Subject.COVERED and someone.is_covered(today),
    }


def _effects(form: StatusForm, employee: Employee, subject: str) -> dict[str, Any]:
    standings = standings_of(employee)
    value, day = form.cleaned_data["value"], form.cleaned_data["starts_on"]
    return {
        "value": value_label(value),
        "day": day,
        "steps": _steps(subject, value, day),
        "awards": [(standing, standing.state_on(clock.today())) for standing in standings],
    }


def _steps(subject: str, value: str, day: Any) -> tuple[Step, ...]:
    if subject == Subject.COUNTRY:
        return transfer_between_countries(to=value, on=day).steps
    if value == "none":
        return ()
    has_right = value == "leave"
    return leave_of_absence(began_on=day, has_right_to_return=has_right).steps
