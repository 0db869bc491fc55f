"""The employees: the list, taking one on record, what changes about them, a look at their data."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ltip import clock
from ltip.accounts.access import address_of, open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.rules.outcome import Refused
from participants.people import selectors, services
from participants.people.addresses import address_on_record
from participants.people.forms import NewEmployeeForm, SearchForm, StatusForm
from participants.people.labels import SUBJECTS
from participants.people.models import Employee, EmployeeStatus

Subject = EmployeeStatus.Subject
READERS = (Role.HUMAN_RESOURCES, Role.SECRETARY)
WRITERS = (Role.HUMAN_RESOURCES,)
ON_A_PAGE = 50


@require_GET
@open_to(*READERS)
def employees(request: HttpRequest) -> HttpResponse:
    """All employees by name, fifty to a page, with a search by name."""
    form = SearchForm(request.GET)
    page = Paginator(selectors.employees_named(form.text), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "participants/people/employees.html",
        {
            "form": form,
            "page": page,
            "lines": selectors.employee_lines(page.object_list, on=clock.today()),
            "may_write": Role.HUMAN_RESOURCES in roles_of(request),
        },
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=WRITERS)
def add_employee(request: HttpRequest) -> HttpResponse:
    """Take one employee on record."""
    form = NewEmployeeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            employee = services.record_employee(
                by=signed_in_user(request), at=clock.now(), **form.employee()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is on record.") % {"name": employee.name})
            return redirect("participants:employee", employee.public_id)
    return render(request, "participants/people/add_employee.html", {"form": form})


@require_http_methods(["GET", "POST"])
@open_to(writers=WRITERS)
def change_status(request: HttpRequest, public_id: UUID, subject: str) -> HttpResponse:
    """Record that a status has another value from a day on."""
    employee = employee_or_404(public_id)
    if subject not in SUBJECTS:
        raise Http404
    form = StatusForm(request.POST if request.method == "POST" else None, subject=subject)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_status(
                employee=employee,
                subject=subject,
                by=signed_in_user(request),
                at=clock.now(),
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The change is on record."))
            warning = selectors.covered_warning(selectors.person(employee))
            if warning and subject == Subject.COVERED:
                messages.warning(request, f"{warning.sentence} ({warning.place})")
            return redirect("participants:employee", employee.public_id)
    today = clock.today()
    someone = selectors.person(employee)
    histories = selectors.histories(someone, on=today)
    return render(
        request,
        "participants/people/change_status.html",
        {
            "employee": employee,
            "form": form,
            "history": next(history for history in histories if history.subject == subject),
            "stays_by_law": subject == Subject.COVERED and someone.is_covered(today),
        },
    )


@require_POST
@never_cache
@open_to(writers=WRITERS)
def personal_data(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show an employee's personal data once; the look is logged."""
    employee = employee_or_404(public_id)
    data = services.look_at_personal_data(
        employee=employee,
        by=signed_in_user(request),
        at=clock.now(),
        address=address_of(request),
    )
    return render(
        request,
        "participants/people/personal_data.html",
        {"employee": employee, "data": data, "address": address_on_record(employee)},
    )


@require_POST
@open_to(writers=WRITERS)
def give_account(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open an account for an employee, to sign in and read the papers."""
    employee = employee_or_404(public_id)
    try:
        services.give_account(employee=employee, by=signed_in_user(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s has an account.") % {"name": employee.name})
    return redirect("participants:employee", employee.public_id)


def employee_or_404(public_id: UUID) -> Employee:
    employee = selectors.employee_by_public_id(public_id)
    if employee is None:
        raise Http404
    return employee
