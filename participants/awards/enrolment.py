"""Reading who is on a period's list, and what has become of it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from committee.models import Act
from committee.selectors import open_acts
from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.earning import MOST_SHARES_EACH
from ltip.rules.eligibility import Eligibility
from ltip.rules.outcome import Outcome, Step
from participants.awards.models import Award, Designation, ProposedAward
from participants.people.models import Employee, EmployeeStatus
from participants.people.selectors import Person, persons


@dataclass(frozen=True, slots=True)
class Candidate:
    """An employee, as seen from a period: eligible or not, on the list, and how far it has come."""

    person: Person
    grade: str
    country: str
    is_covered: bool
    eligibility: Eligibility
    steps: tuple[Step, ...]
    listed_shares: int | None
    designation: Designation | None
    designating: Act | None
    award: Award | None
    granting: Act | None
    granting_shares: int | None

    @property
    def public_id(self) -> str:
        return str(self.person.employee.public_id)

    @property
    def name(self) -> str:
        return self.person.employee.name

    @property
    def is_decided(self) -> bool:
        """Granted, or named in a grant before the Committee."""
        return self.award is not None or self.granting is not None

    @property
    def target_shares(self) -> int | None:
        """The target granted, asked of the Committee, or on the list."""
        if self.award is not None:
            return self.award.target_shares
        return self.listed_shares if self.granting is None else self.granting_shares

    @property
    def may_be_chosen(self) -> bool:
        return self.eligibility.eligible and not self.is_decided

    @property
    def is_dropped(self) -> bool:
        """On the list, yet nothing can be proposed for them any more."""
        return self.listed_shares is not None and not (self.may_be_chosen or self.is_decided)


@dataclass(frozen=True, slots=True)
class EnrolmentWindow:
    """A period's window on a day; for Covered Employees it closes on `covered_closes`."""

    period: PerformancePeriod
    today: date
    closes: date
    covered_closes: date
    opens_any_day: bool
    acts: tuple[Act, ...]

    @property
    def has_begun(self) -> bool:
        """The window has opened (rulebook 1.2)."""
        return self.opens_any_day or self.today >= self.period.start_date

    @property
    def is_over(self) -> bool:
        return self.today > self.closes

    @property
    def is_over_for_covered(self) -> bool:
        return self.today > self.covered_closes

    @property
    def granting(self) -> dict[str, int]:
        """The target shares of those named in a grant before the Committee."""
        return {line["employee"]: line["shares"] for line in self._asked("grant", "awards")}

    @property
    def designating(self) -> frozenset[str]:
        """Those named in a designation before the Committee."""
        return frozenset(self._asked("designation", "employees"))

    def act_of(self, kind: str) -> Act | None:
        return next((act for act in self.acts if act.kind == kind), None)

    def _asked(self, kind: str, what: str) -> list[Any]:
        act = self.act_of(kind)
        asked: list[Any] = json.loads(act.request).get(what, []) if act else []
        return asked


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A period's window on a day, and those on the list, before the Committee or granted."""

    window: EnrolmentWindow
    candidates: tuple[Candidate, ...]

    @property
    def period(self) -> PerformancePeriod:
        return self.window.period

    @property
    def today(self) -> date:
        return self.window.today

    @property
    def decided(self) -> list[Candidate]:
        return [c for c in self.candidates if c.is_decided]

    @property
    def dropped(self) -> list[Candidate]:
        return [c for c in self.candidates if c.is_dropped]

    @property
    def to_grant(self) -> list[Candidate]:
        """On the list, and neither granted nor before the Committee."""
        return [c for c in self.candidates if c.may_be_chosen and c.listed_shares is not None]

    @property
    def to_designate(self) -> list[Candidate]:
        """Those of them who are not designated yet."""
        return [c for c in self.to_grant if not (c.designation or c.designating)]

    @property
    def listed_target(self) -> int:
        return sum(c.listed_shares or 0 for c in self.to_grant)

    @property
    def listed_most(self) -> int:
        return self.listed_target * MOST_SHARES_EACH

    @property
    def has_grants(self) -> bool:
        return any(c.award for c in self.candidates)

    @property
    def decided_target(self) -> int:
        return sum(c.target_shares or 0 for c in self.decided)

    @property
    def digest(self) -> str:
        """Says whether what is put before the Committee is what was shown."""
        return digest_of(
            canonical_text(
                {
                    "designate": [c.public_id for c in self.to_designate],
                    "grant": {c.public_id: c.listed_shares for c in self.to_grant},
                }
            )
        )


def window_of(period: PerformancePeriod, *, on: date) -> EnrolmentWindow:
    """A period's window, with the acts for it that are before the Committee."""
    approved_on, readings = program.stockholder_approval_date(), program.readings_on(on)
    closes, covered_closes = (
        program.closing_date_of_act(
            period, on=on, covered=covered, readings=readings, approved_on=approved_on
        ).value
        for covered in (False, True)
    )
    acts = open_acts().filter(subject=period.label, kind__in=("designation", "grant"))
    return EnrolmentWindow(
        period=period,
        today=on,
        closes=closes,
        covered_closes=covered_closes,
        opens_any_day=readings["window.opening"] == "any_day",
        acts=tuple(acts),
    )


def enrolment(period: PerformancePeriod, *, on: date) -> Enrolment:
    """Everyone on a period's list, before the Committee or granted, in a constant number of
    queries."""
    window = window_of(period, on=on)
    named = [*window.granting, *window.designating]
    concerned = Employee.objects.filter(
        Q(pk__in=ProposedAward.objects.filter(period=period).values("employee"))
        | Q(pk__in=Award.objects.filter(period=period).values("employee"))
        | Q(public_id__in=named)
    )
    return Enrolment(window=window, candidates=tuple(candidates(window, concerned)))


def candidates(window: EnrolmentWindow, employees: Iterable[Employee]) -> list[Candidate]:
    """Employees as a period sees them, in a constant number of queries."""
    people = persons(employees)
    keys = [person.employee.pk for person in people]
    theirs = {"period": window.period, "employee__in": keys}
    listed = {row.employee_id: row for row in ProposedAward.objects.filter(**theirs)}
    designations = {row.employee_id: row for row in Designation.objects.filter(**theirs)}
    awards = {row.employee_id: row for row in Award.objects.filter(**theirs)}
    designating, granting = window.designating, window.granting
    found = []
    for person in people:
        decided = _eligibility(person, window)
        key, public_id = person.employee.pk, str(person.employee.public_id)
        found.append(
            Candidate(
                person=person,
                grade=person.status_on(EmployeeStatus.Subject.GRADE, window.today),
                country=person.status_on(EmployeeStatus.Subject.COUNTRY, window.today),
                is_covered=person.is_covered(window.today),
                eligibility=decided.value,
                steps=decided.steps,
                listed_shares=listed[key].target_shares if key in listed else None,
                designation=designations.get(key),
                designating=window.act_of("designation") if public_id in designating else None,
                award=awards.get(key),
                granting=window.act_of("grant") if public_id in granting else None,
                granting_shares=granting.get(public_id),
            )
        )
    return found


def _eligibility(person: Person, window: EnrolmentWindow) -> Outcome[Eligibility]:
    decided = person.eligibility_for(period_start=window.period.start_date, on=window.today)
    covered = person.is_covered(window.today)
    if decided.value.eligible and covered and window.is_over_for_covered:
        because = f"A Covered Employee: the window closed on {day_text(window.covered_closes)}."
        barred = Eligibility(
            eligible=False, because=because, place="P Administration", eligible_from=None
        )
        return Outcome(barred, (*decided.steps, Step(because, "", barred.place)))
    return decided
