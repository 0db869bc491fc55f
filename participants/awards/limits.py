"""What the awards take from the limits of the Plan (P Maximum Shares)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ltip.program import selectors as program
from ltip.program.models import PlanLimit
from ltip.rules.limits import counted, require_within_limits
from ltip.rules.outcome import Refused
from participants.awards.models import Award
from participants.awards.selectors import Standing, all_standings
from participants.people.models import Employee


@dataclass(frozen=True, slots=True)
class Counted:
    """What one award takes from the share reserve on a day, and by which count."""

    standing: Standing
    shares: int
    how: str


@dataclass(frozen=True, slots=True)
class Limits:
    """The Plan's limits as they hold on a day, and what the awards take from them.

    `reserve` and `yearly` are shares, None where no limit is set. `granted` gives the target
    Performance Shares granted to each employee in the calendar year of the day, by key.
    """

    day: date
    reserve: int | None
    yearly: int | None
    taken: tuple[Counted, ...]
    granted: Mapping[int, int]
    counting: str

    @property
    def taken_from_reserve(self) -> int:
        return sum(one.shares for one in self.taken)

    @property
    def left_in_reserve(self) -> int | None:
        return None if self.reserve is None else self.reserve - self.taken_from_reserve

    def taken_in_year(self, employee: Employee) -> int:
        """What the year's grants to an employee take from the yearly limit."""
        return counted(target=self.granted.get(employee.pk, 0), counting=self.counting)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the grant to one person keeps within the limits, and what it leaves of them."""

    employee: Employee
    refusal: Refused | None
    left_in_reserve: int | None
    left_in_year: int | None


def limits_on(day: date) -> Limits:
    """The limits and what counts against them, in a constant number of queries.

    From the reserve: an award not yet determined takes its target at the count of the reading
    `limits.count`, a determined one what is due of it, a settled one what was issued, and a
    forfeited or void one nothing. From the year: every grant of the year, whatever became of it.
    """
    limits = program.plan_limits_on(day)
    counting = program.readings_on(day)["limits.count"]
    granted: dict[int, int] = defaultdict(int)
    year = Award.objects.filter(grant_date__year=day.year)
    for employee, target in year.values_list("employee_id", "target_shares"):
        granted[employee] += target
    return Limits(
        day=day,
        reserve=_shares(limits, "reserve"),
        yearly=_shares(limits, "person_year"),
        taken=tuple(_counted(standing, day, counting) for standing in all_standings()),
        granted=granted,
        counting=counting,
    )


def verdicts(limits: Limits, grants: Iterable[tuple[Employee, int]]) -> list[Verdict]:
    """Whether grants of target Performance Shares, one after the other, keep within the limits."""
    taken, found = limits.taken_from_reserve, []
    granted = dict(limits.granted)
    for employee, target in grants:
        before = granted.get(employee.pk, 0)
        refusal = _refusal(limits, employee, target, taken=taken, before=before)
        taken += counted(target=target, counting=limits.counting)
        granted[employee.pk] = before + target
        in_year = counted(target=before + target, counting=limits.counting)
        found.append(
            Verdict(
                employee=employee,
                refusal=refusal,
                left_in_reserve=None if limits.reserve is None else limits.reserve - taken,
                left_in_year=None if limits.yearly is None else limits.yearly - in_year,
            )
        )
    return found


def _refusal(
    limits: Limits, employee: Employee, target: int, *, taken: int, before: int
) -> Refused | None:
    try:
        require_within_limits(
            granting=target,
            counted_before=taken,
            reserve=limits.reserve,
            granted_this_year=before,
            yearly_limit=limits.yearly,
            holder=employee.name,
            counting=limits.counting,
        )
    except Refused as refusal:
        return refusal
    return None


def _shares(limits: Mapping[str, PlanLimit], kind: str) -> int | None:
    return limits[kind].shares if kind in limits else None


def _counted(standing: Standing, day: date, counting: str) -> Counted:
    state = standing.state_on(day)
    if state in ("forfeited", "void"):
        return Counted(standing, 0, state)
    if standing.settlement is not None:
        return Counted(standing, standing.settlement.shares, "settled")
    if standing.earned is not None:
        return Counted(standing, standing.entitlement().value.shares, "determined")
    return Counted(standing, counted(target=standing.target, counting=counting), "outstanding")
