"""Reading employees: who they are on a day, and whether they may take part."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ltip.records.models import Document
from ltip.rules.calendars import day_text
from ltip.rules.deferral import covered_status_warning
from ltip.rules.earning import EndOfService as LeavingFact
from ltip.rules.eligibility import Dated, Eligibility, eligibility
from ltip.rules.outcome import Outcome, Step
from participants.people.labels import SUBJECTS, value_label
from participants.people.models import (
    BeneficiaryDesignation,
    Death,
    DesignationPaper,
    Employee,
    EmployeeStatus,
    EndOfService,
    Succession,
)

Subject = EmployeeStatus.Subject
ENCRYPTED = ("address_encrypted", "birth_date_encrypted", "tax_number_encrypted")
FLAGS = (Subject.COVERED, Subject.SPECIFIED, Subject.OFFICER)


@dataclass(frozen=True, slots=True)
class Person:
    """An employee with everything dated about them, as values."""

    employee: Employee
    statuses: dict[str, tuple[Dated, ...]]
    service_end: EndOfService | None
    death: Death | None = None

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
        end = self.service_end
        if end is None:
            return None
        separated_on = end.separated_on or end.ended_on
        return LeavingFact(
            on=end.ended_on,
            reason=end.reason,
            deferred=end.is_deferred,
            specified=self.status_on(Subject.SPECIFIED, separated_on) == "yes",
            separated_on=end.separated_on,
            died_on=self.died_on,
            totally_disabled=end.is_totally_disabled,
            disabled_under_plan=end.is_disabled_under_plan,
        )

    @property
    def died_on(self) -> date | None:
        """The day of death, whether it ended the service or came after."""
        if self.service_end and self.service_end.reason == EndOfService.Reason.DEATH:
            return self.service_end.ended_on
        return self.death.died_on if self.death else None


def persons(employees: Iterable[Employee] | None = None) -> list[Person]:
    """Employees with their histories, by name; in four queries, however many there are."""
    rows = Employee.objects.all() if employees is None else employees
    listed = sorted(rows, key=lambda employee: (employee.name, employee.pk))
    statuses: dict[int, dict[str, list[Dated]]] = defaultdict(lambda: defaultdict(list))
    status_rows = EmployeeStatus.objects.filter(superseded_by__isnull=True).exclude(value="")
    status_rows = status_rows.order_by("starts_on", "pk")
    service_rows = EndOfService.objects.filter(superseded_by__isnull=True)
    death_rows = Death.objects.filter(superseded_by__isnull=True, died_on__isnull=False)
    if employees is not None:
        keys = [employee.pk for employee in listed]
        status_rows = status_rows.filter(employee__in=keys)
        service_rows = service_rows.filter(employee__in=keys)
        death_rows = death_rows.filter(employee__in=keys)
    for row in status_rows:
        statuses[row.employee_id][row.subject].append(Dated(on=row.starts_on, value=row.value))
    ends = {row.employee_id: row for row in service_rows}
    deaths = {row.employee_id: row for row in death_rows}
    return [
        Person(
            employee=employee,
            statuses={key: tuple(value) for key, value in statuses[employee.pk].items()},
            service_end=ends.get(employee.pk),
            death=deaths.get(employee.pk),
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


def employee_by_public_id(public_id: UUID) -> Employee | None:
    """The employee of that public identifier."""
    return Employee.objects.select_related("user").filter(public_id=public_id).first()


def evidence_about(employee: Employee, digest: str) -> Document | None:
    """A paper of that digest, if it is evidence about that employee."""
    for model in (EndOfService, Death, BeneficiaryDesignation, Succession):
        rows = model.objects.filter(employee=employee, document=digest)
        row = rows.select_related("document").first()
        if row is not None:
            return row.document
    papers = DesignationPaper.objects.filter(designation__employee=employee, document=digest)
    paper = papers.select_related("document").first()
    return paper.document if paper else None


def employees_found(
    *,
    on: date,
    name: str = "",
    grade: str = "",
    country: str = "",
    kind: str = "",
    service: str = "",
) -> QuerySet[Employee]:
    """Employees by name: those with a text in name or number, with these statuses on a day, and
    whose service ("serving", "ended") has or has not ended by then."""
    rows = Employee.objects.all()
    if name:
        rows = rows.filter(Q(name__icontains=name) | Q(number__icontains=name))
    asked = ((Subject.GRADE, grade), (Subject.COUNTRY, country), (Subject.KIND, kind))
    for subject, value in asked:
        if value:
            rows = rows.filter(pk__in=_holding(subject, value, on))
    if service:
        ended = EndOfService.objects.filter(superseded_by__isnull=True, ended_on__lt=on)
        keys = ended.values("employee")
        rows = rows.filter(pk__in=keys) if service == "ended" else rows.exclude(pk__in=keys)
    return rows.defer(*ENCRYPTED, "tax_number_fingerprint").order_by("name", "pk")


def _holding(subject: str, value: str, on: date) -> QuerySet[EmployeeStatus, Any]:
    """The keys of those for whom this is the latest value that has begun by a day."""
    # Asked for by EXISTS: joined, what supersedes makes PostgreSQL expect hardly any row.
    superseding = EmployeeStatus.objects.filter(supersedes=OuterRef("pk"))
    begun = EmployeeStatus.objects.filter(
        ~Exists(superseding), subject=subject, starts_on__lte=on
    ).exclude(value="")
    after = begun.filter(employee=OuterRef("employee")).filter(
        Q(starts_on__gt=OuterRef("starts_on"))
        | Q(starts_on=OuterRef("starts_on"), pk__gt=OuterRef("pk"))
    )
    holding = begun.filter(value=value).filter(~Exists(after))
    return holding.values("employee")


def has_personal_data(employee: Employee) -> bool:
    """Whether any is on record; says nothing of what it is."""
    return bool(
        employee.address_encrypted or employee.birth_date_encrypted or employee.tax_number_encrypted
    )


@dataclass(frozen=True, slots=True)
class EmployeeLine:
    """An employee as the list shows them, with what holds on its day."""

    employee: Employee
    grade: str
    kind: str
    country: str
    flags: tuple[str, ...]
    service_ended: date | None


def employee_lines(employees: Iterable[Employee], *, on: date) -> list[EmployeeLine]:
    """Employees by name with their statuses of a day, in a constant number of queries."""
    return [
        EmployeeLine(
            employee=person.employee,
            grade=person.status_on(Subject.GRADE, on),
            kind=value_label(person.status_on(Subject.KIND, on)),
            country=person.status_on(Subject.COUNTRY, on),
            flags=tuple(
                str(SUBJECTS[flag]) for flag in FLAGS if person.status_on(flag, on) == "yes"
            ),
            service_ended=person.service_end.ended_on if person.service_end else None,
        )
        for person in persons(employees)
    ]


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """A value with the day it holds from, and the last day it holds, None while it does.

    `number` is its seal's; `corrects` says what an earlier record had in its place.
    """

    starts_on: date
    until: date | None
    value: str
    number: int
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """Everything dated about one thing: what holds today, and all entries, the latest first."""

    subject: str
    label: str
    today: str
    entries: tuple[StatusEntry, ...]


def histories(person: Person, *, on: date) -> list[History]:
    """The dated histories of an employee, in a fixed order; in one query."""
    rows = EmployeeStatus.objects.filter(employee=person.employee).select_related("supersedes")
    by_subject: dict[str, list[EmployeeStatus]] = defaultdict(list)
    for row in rows.order_by("starts_on", "pk"):
        by_subject[row.subject].append(row)
    return [
        History(
            subject=subject,
            label=str(label),
            today=value_label(
                person.status_on(subject, on)
                or (person.employee.name if subject == Subject.NAME else "")
            ),
            entries=_entries(by_subject[subject]),
        )
        for subject, label in SUBJECTS.items()
    ]


def covered_warning(person: Person) -> Step | None:
    """What the law makes of a Covered Employee whose status was ended (rulebook 12.4)."""
    latest_of_day = {entry.on: entry.value for entry in person.statuses.get(Subject.COVERED, ())}
    held = [day for day, value in latest_of_day.items() if value == "yes"]
    if not held or latest_of_day[max(latest_of_day)] == "yes":
        return None
    ended = min(day for day in latest_of_day if day > max(held))
    return covered_status_warning(first_covered_on=min(held), ended_on=ended - timedelta(days=1))


def _entries(rows: list[EmployeeStatus]) -> tuple[StatusEntry, ...]:
    superseded = {row.supersedes_id for row in rows}
    holding = [row for row in rows if row.pk not in superseded and row.value]
    latest_of_day = {row.starts_on: row for row in holding}
    days = sorted(latest_of_day)
    return tuple(
        StatusEntry(
            starts_on=day,
            until=following - timedelta(days=1) if following else None,
            value=value_label(latest_of_day[day].value),
            number=latest_of_day[day].seal_id,
            corrects=_said_before(latest_of_day[day].supersedes),
        )
        for day, following in reversed([*zip_longest(days, days[1:])])
    )


def _said_before(row: EmployeeStatus | None) -> str:
    if row is None:
        return ""
    return f"{value_label(row.value)}, {day_text(row.starts_on)}"
