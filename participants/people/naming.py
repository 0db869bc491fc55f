"""An employee's name over time: the name on record is the latest that has begun."""

from collections.abc import Iterable

from ltip.records.models import Seal
from participants.people.models import Employee, EmployeeStatus

NAME = EmployeeStatus.Subject.NAME


def earlier_names(employees: Iterable[Employee], *, seal: Seal) -> list[EmployeeStatus]:
    """The name held since the hire, for those whose name changes for the first time; not saved."""
    listed = list(employees)
    named = set(
        EmployeeStatus.objects.filter(employee__in=listed, subject=NAME).values_list(
            "employee_id", flat=True
        )
    )
    return [
        EmployeeStatus(
            employee=employee,
            subject=NAME,
            value=employee.name,
            starts_on=employee.hired_on,
            seal=seal,
        )
        for employee in listed
        if employee.pk not in named
    ]


def take_latest_names(employees: Iterable[Employee]) -> None:
    """Give each the name that holds by the rows on record; the employees are not saved."""
    by_key = {employee.pk: employee for employee in employees}
    rows = EmployeeStatus.objects.filter(
        employee__in=by_key, subject=NAME, superseded_by__isnull=True
    ).exclude(value="")
    for key, name in rows.order_by("starts_on", "pk").values_list("employee_id", "value"):
        by_key[key].name = name
