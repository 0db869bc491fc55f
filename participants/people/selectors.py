"""Reading employees: who they are on a day, and whether they may take part."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ltip.rules.earning import EndOfService as LeavingFact
from ltip.rules.eligibility import Dated, Eligibility, eligibility
from ltip.rules.outcome import Outcome
from participants.people.models import Employee, EmployeeStatus, EndOfService

Subject = EmployeeStatus.Subject


@dataclass(frozen=True, slots=True)
class Person:
    """An employee with everything dated about them, as values."""

    employee: Employee
    statuses: dict[str, tuple[Dated, ...]]
    service_end: EndOfService | None

    def status_on(self, subject: str, day: date) -> str:
        """The value that held on a day, "" before the first."""
        values = [entry.value for entry in self.statuses.get(subject, ()) if entry.on <= day]
        return values[-1] if values else ""

    def is_covered(self, day: date) -> bool:
        return self.status_on(Subject.COVERED, day) == "yes"

    def eligibility_for(self, *, period_start: date, on: date) -> Outcome[Eligibility]:
        """Whether the employee may be designated on a day for a period (P Eligibility)."""
        return eligibility(
            hired=self.employee.hired_on,
            kinds=self.statuses.get(Subject.KIND, ()),
            grades=self.statuses.get(Subject.GRADE, ()),
            period_start=period_start,
            on=on,
            service_ended=self.service_end.ended_on if self.service_end else None,
        )

    @property
    def leaving(self) -> LeavingFact | None:
        """The end of service as the rules read it."""
        if self.service_end is None:
            return None
        return LeavingFact(
            on=self.service_end.ended_on,
            reason=self.service_end.reason,
            deferred=self.service_end.is_deferred,
        )


def persons(employees: Iterable[Employee] | None = None) -> list[Person]:
    """Employees with their histories, by name; in three queries, however many there are."""
    rows = Employee.objects.all() if employees is None else employees
    listed = sorted(rows, key=lambda employee: (employee.name, employee.pk))
    statuses: dict[int, dict[str, list[Dated]]] = defaultdict(lambda: defaultdict(list))
    status_rows = EmployeeStatus.objects.order_by("starts_on", "pk")
    service_rows = EndOfService.objects.filter(superseded_by__isnull=True)
    if employees is not None:
        keys = [employee.pk for employee in listed]
        status_rows = status_rows.filter(employee__in=keys)
        service_rows = service_rows.filter(employee__in=keys)
    for row in status_rows:
        statuses[row.employee_id][row.subject].append(Dated(on=row.starts_on, value=row.value))
    ends = {row.employee_id: row for row in service_rows}
    return [
        Person(
            employee=employee,
            statuses={key: tuple(value) for key, value in statuses[employee.pk].items()},
            service_end=ends.get(employee.pk),
        )
        for employee in listed
    ]


def person(employee: Employee) -> Person:
    """One employee with the histories."""
    return persons([employee])[0]


def employees_by_public_id(public_ids: Iterable[str]) -> dict[str, Employee]:
    """Employees by public identifier."""
    rows = Employee.objects.filter(public_id__in=list(public_ids)).select_related("user")
    return {str(employee.public_id): employee for employee in rows}
