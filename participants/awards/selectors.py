"""Reading awards: the state of each follows, as of a day, from dated records."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from committee.models import Act
from committee.selectors import open_acts
from ltip.program import selectors as program
from ltip.program.models import AnnualReport, PerformancePeriod, TsrRun
from ltip.rules.earning import Entitlement, entitlement
from ltip.rules.outcome import Outcome
from participants.awards.models import Award, Certificate, Designation, EarnedAward, ProposedAward
from participants.people.models import Employee
from participants.people.selectors import Person, persons


@dataclass(frozen=True, slots=True)
class Standing:
    """An award with everything that its state follows from."""

    award: Award
    person: Person
    certificate: Certificate | None
    earned: EarnedAward | None
    settlement: Any

    def state_on(self, day: date) -> str:
        """granted, forfeited, earned or settled, as of a day."""
        if self.settlement is not None and self.settlement.delivered_on <= day:
            return "settled"
        if self.earned is not None and self.earned.certificate.determination_date <= day:
            due = self.entitlement()
            left = self.person.leaving
            if due.value.forfeited and left is not None and left.on <= day:
                return "forfeited"
            return "earned" if self.earned.shares else self._unearned(day)
        return "forfeited" if self._forfeited_before_determination(day) else "granted"

    def _unearned(self, day: date) -> str:
        return "forfeited" if self._forfeited_before_determination(day) else "earned"

    def _forfeited_before_determination(self, day: date) -> bool:
        left = self.person.leaving
        keeps = {"death", "disability", "without_cause"}
        return left is not None and left.on <= day and left.reason not in keeps

    def entitlement(self) -> Outcome[Entitlement]:
        """What is due and when, once it is certified (GA §4, P Termination of Employment)."""
        if self.earned is None:
            raise ValueError("an award that is not certified has nothing due")
        certificate = self.earned.certificate
        return entitlement(
            earned=self.earned.shares,
            determination_date=certificate.determination_date,
            settlement_date=certificate.settlement_date,
            end_of_service=self.person.leaving,
        )

    @property
    def steps(self) -> list[dict[str, str]]:
        """The stored steps from target to earned shares."""
        return json.loads(self.earned.steps) if self.earned else []


def all_standings() -> list[Standing]:
    """The awards of every period, in a constant number of queries."""
    return _standings(list(_awards_with_everything()))


def standings(period: PerformancePeriod) -> list[Standing]:
    """The awards of a period by holder's name, in a constant number of queries."""
    return _standings(list(_awards_with_everything().filter(period=period)))


def standings_of(employee: Employee) -> list[Standing]:
    """The awards of one holder, latest period first."""
    awards = list(_awards_with_everything().filter(employee=employee))
    return sorted(
        _standings(awards), key=lambda s: (s.award.period.start_date, s.award.pk), reverse=True
    )


def _awards_with_everything() -> QuerySet[Award]:
    return Award.objects.select_related(
        "employee", "period", "earned__certificate", "settlement", "notice__acceptance"
    )


def _standings(awards: list[Award]) -> list[Standing]:
    people = {
        p.employee.pk: p for p in persons({a.employee_id: a.employee for a in awards}.values())
    }
    listed = [
        Standing(
            award=award,
            person=people[award.employee_id],
            certificate=_one(award, "earned", "certificate"),
            earned=_one(award, "earned"),
            settlement=_one(award, "settlement"),
        )
        for award in awards
    ]
    return sorted(listed, key=lambda s: (s.person.employee.name, s.award.pk))


def _one(row: Any, *names: str) -> Any:
    for name in names:
        row = getattr(row, name, None)
        if row is None:
            return None
    return row


def certificate_of(period: PerformancePeriod) -> Certificate | None:
    return Certificate.objects.filter(period=period).select_related("run", "seal").first()


def designated(period: PerformancePeriod) -> list[Designation]:
    """Who is designated for a period, by name."""
    rows = Designation.objects.filter(period=period).select_related("employee")
    return sorted(rows, key=lambda row: (row.employee.name, row.pk))


def proposed(period: PerformancePeriod) -> list[ProposedAward]:
    """HR's working list for a period, by name."""
    rows = ProposedAward.objects.filter(period=period).select_related("employee")
    return sorted(rows, key=lambda row: (row.employee.name, row.pk))


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a certification needs (GA §4), and how far a period has come."""

    period: PerformancePeriod
    today: date
    holders: int
    report: AnnualReport | None
    run: TsrRun | None
    certificate: Certificate | None
    act: Act | None

    @property
    def is_over(self) -> bool:
        return self.today > self.period.end_date

    @property
    def is_complete(self) -> bool:
        """Everything is there, so that the act can be proposed."""
        return bool(self.is_over and self.report and self.run and self.holders)


def readiness(period: PerformancePeriod, *, on: date) -> Readiness:
    """Whether a certification can be put before the Committee on a day."""
    return Readiness(
        period=period,
        today=on,
        holders=Award.objects.filter(period=period).count(),
        report=program.annual_report_for(period),
        run=program.latest_final_run(period),
        certificate=certificate_of(period),
        act=open_acts().filter(kind="certification", subject=period.label).first(),
    )
