"""The employees: the list, taking one on record, a look at their personal data."""

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
from participants.people.forms import NewEmployeeForm, SearchForm
from participants.people.models import Employee

READERS = (Role.HUMAN_RESOURCES, Role.SECRETARY)
WRITERS = (Role.HUMAN_RESOURCES,)
ON_A_PAGE = 50


@require_GET
@open_to(*READERS)
def employees(request: HttpRequest) -> HttpResponse:
    """All employees by name, fifty to a page, found by name and by what holds today."""
    form, today = SearchForm(request.GET), clock.today()
    found = selectors.employees_found(on=today, **form.asked)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "participants/people/employees.html",
        {
            "form": form,
            "page": page,
            "lines": selectors.employee_lines(page.object_list, on=today),
            "may_write": Role.HUMAN_RESOURCES in roles_of(request),
            "may_audit": Role.AUDITOR in roles_of(request),
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
