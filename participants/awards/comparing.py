"""A period's list beside what was granted for the same cycle a year before, person by person."""

from collections.abc import Iterable
from dataclasses import dataclass

from ltip.program.models import PerformancePeriod
from participants.awards.enrolment import Candidate
from participants.awards.models import Award
from participants.people.models import Employee

NEW, GONE, MORE, LESS, SAME = "new", "gone", "more", "less", "same"


@dataclass(frozen=True, slots=True)
class Compared:
    """One person's target a year before and now, None where there was or is none."""

    employee: Employee
    before: int | None
    now: int | None
    candidate: Candidate | None = None

    @property
    def change(self) -> str:
        if self.before is None:
            return NEW
        if self.now is None:
            return GONE
        if self.now == self.before:
            return SAME
        return MORE if self.now > self.before else LESS

    @property
    def difference(self) -> int:
        return (self.now or 0) - (self.before or 0)


def period_a_year_before(period: PerformancePeriod) -> PerformancePeriod | None:
    """The period of the same length that began a year earlier, if there was one."""
    return PerformancePeriod.objects.filter(
        start_date__year=period.start_date.year - 1, end_date__year=period.end_date.year - 1
    ).first()


def targets_before(
    period: PerformancePeriod | None, employees: Iterable[Employee] | None = None
) -> dict[int, int]:
    """The targets that were granted for that period, by the employee's key."""
    rows = Award.objects.filter(period=period) if period else Award.objects.none()
    if employees is not None:
        rows = rows.filter(employee__in=[employee.pk for employee in employees])
    return dict(rows.values_list("employee_id", "target_shares"))


def compare(candidates: Iterable[Candidate], before: PerformancePeriod | None) -> list[Compared]:
    """Those on the list, before the Committee or granted, beside a year before, by name."""
    earlier = targets_before(before)
    now = {
        candidate.person.employee.pk: candidate
        for candidate in candidates
        if candidate.is_decided or (candidate.may_be_chosen and candidate.listed_shares)
    }
    gone = Employee.objects.filter(pk__in=[key for key in earlier if key not in now])
    found = [
        Compared(
            employee=candidate.person.employee,
            before=earlier.get(key),
            now=candidate.target_shares,
            candidate=candidate,
        )
        for key, candidate in now.items()
    ]
    found += [Compared(employee, earlier[employee.pk], None) for employee in gone]
    return sorted(found, key=lambda one: (one.employee.name, one.employee.pk))
