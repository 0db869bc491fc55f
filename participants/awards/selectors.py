"""Reading awards: the state of each follows, as of a day, from dated records."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from committee.models import Act
from committee.selectors import open_acts
from ltip.program import selectors as program
from ltip.program.models import AnnualReport, PerformancePeriod, TsrRun
from ltip.program.selectors import ReadingHistory
from ltip.rules.acceptance import lapse
from ltip.rules.awards import (
    AwardFacts,
    Change,
    Determined,
    adjusted_target,
    due,
    most_after_reduction,
)
from ltip.rules.earning import WITHOUT_CAUSE, Entitlement
from ltip.rules.outcome import Outcome, Step
from participants.awards.models import (
    Award,
    AwardAdjustment,
    Certificate,
    ChangeInControl,
    ControlDetermination,
    Designation,
    Discretion,
    EarlyTax,
    EarnedAward,
    ProposedAward,
    Recovery,
    SettlementDeferral,
    TransferFinding,
)
from participants.people.models import Employee
from participants.people.selectors import Person, persons


@dataclass(frozen=True, slots=True)
class Standing:
    """An award with everything that its state follows from, each kind in the order decided."""

    award: Award
    person: Person
    earned: EarnedAward | None
    settlement: Any
    adjustments: tuple[AwardAdjustment, ...] = ()
    discretions: tuple[Discretion, ...] = ()
    recoveries: tuple[Recovery, ...] = ()
    early_taxes: tuple[EarlyTax, ...] = ()
    transfer_finding: TransferFinding | None = None
    deferral: SettlementDeferral | None = None
    control_dates: tuple[date, ...] = ()
    readings: ReadingHistory = field(default_factory=ReadingHistory)

    @property
    def certificate(self) -> Certificate | None:
        return self.earned.certificate if self.earned else None

    @property
    def control(self) -> ControlDetermination | None:
        """The change in control that determined the award in the place of a certificate."""
        return self.earned.control if self.earned else None

    @property
    def target(self) -> int:
        """The target Performance Shares after every adjustment (GA §11)."""
        return self._target().value

    @property
    def target_steps(self) -> tuple[Step, ...]:
        """The adjustments from the target granted to the one that holds."""
        return self._target().steps

    @property
    def changes_before_determination(self) -> tuple[Change, ...]:
        """What was decided about it before it was determined, in the order of the seals."""
        return self._changes(after_determination=False)

    def cap(self) -> Outcome[int | None]:
        """The most that reductions before the determination let it earn, None without any."""
        return most_after_reduction(changes=self.changes_before_determination)

    def state_on(self, day: date) -> str:
        """granted, forfeited, earned, delayed, settled, void or recovered, as of a day."""
        if any(recovery.determined_on <= day for recovery in self.recoveries):
            return "recovered"
        if self.settlement is not None and self.settlement.delivered_on <= day:
            return "settled"
        if self.void_steps(day):
            return "void"
        if self.earned is None or self.earned.determination_date > day:
            return "forfeited" if self._forfeited_before_determination(day) else "granted"
        due_now = self.entitlement().value
        left = self.person.leaving
        if due_now.forfeited and left is not None and left.counts_on <= day:
            return "forfeited"
        if not self.earned.shares and self._forfeited_before_determination(day):
            return "forfeited"
        return "delayed" if due_now.delayed else "earned"

    def entitlement(self) -> Outcome[Entitlement]:
        """What is due and when, once it is determined (GA §4, P Termination of Employment)."""
        if self.earned is None:
            raise ValueError("an award that is not determined has nothing due")
        return due(facts=self.facts(self.earned), readings=self.readings.on(self._asked_on()))

    def lapse(self) -> Outcome[date | None]:
        """The day on which it lapses unsigned, by its own notice; None where it does not."""
        notice = getattr(self.award, "notice", None)
        signed = notice.signed if notice else None
        return lapse(
            sign_by=notice.sign_by if notice else None,
            signed_on=signed.signed_on if signed else None,
            died_on=self.person.died_on,
            determined_on=self.earned.determination_date if self.earned else None,
        )

    def void_steps(self, day: date) -> tuple[Step, ...]:
        """Why nothing comes of it on a day though its holder stayed; none where something may."""
        if self._is_void_on(day):
            return (Step("The award is void.", "0", "GA §10"),)
        return self.lapse().steps if self._is_lapsed_on(day) else ()

    def facts(self, earned: EarnedAward) -> AwardFacts:
        """The award as the rules read it."""
        finding = self.transfer_finding
        return AwardFacts(
            determined=Determined(
                shares=earned.shares,
                on=earned.determination_date,
                settles_on=earned.settlement_date,
                lump_sum=earned.control is not None,
            ),
            changes=self._changes(after_determination=True),
            end_of_service=self.person.leaving,
            void_on=finding.found_on if finding and finding.voids_award else None,
            lapsed=self.lapse(),
            first_deductible_year=self.deferral.first_deductible_year if self.deferral else None,
            control_on=min(
                (day for day in self.control_dates if day >= earned.determination_date),
                default=None,
            ),
        )

    @property
    def steps(self) -> list[dict[str, str]]:
        """The stored steps from target to earned shares."""
        return json.loads(self.earned.steps) if self.earned else []

    def _target(self) -> Outcome[int]:
        return adjusted_target(
            target=self.award.target_shares,
            changes=tuple(_adjusted(row) for row in self.adjustments),
        )

    def _changes(self, *, after_determination: bool) -> tuple[Change, ...]:
        """What was decided before or after the determination, in the order of the seals.

        A recovery takes shares off what is determined, also when it was decided before. One of
        shares that had been delivered is a claim and changes nothing that is due.
        """
        determined = self.earned.seal_id if self.earned else None
        settled = self.settlement.seal_id if self.settlement else None
        rows = [
            *((row.seal_id, _adjusted(row)) for row in self.adjustments),
            *((row.seal_id, _decided(row)) for row in self.discretions),
            *(
                (row.seal_id, Change(row.determined_on, "recovered", Decimal(row.shares)))
                for row in self.recoveries
                if settled is None or row.seal_id < settled
            ),
            *(
                (row.approval.seal_id, Change(row.taxed_on, "taxed", Decimal(row.forfeited)))
                for row in self.early_taxes
            ),
        ]
        return tuple(
            change
            for seal, change in sorted(rows, key=lambda row: row[0])
            if _counts_after(change, seal, determined) == after_determination
        )

    def _asked_on(self) -> date:
        """The day whose readings decide: that of the end of service, else of the determination."""
        left = self.person.leaving
        if left is not None:
            return left.counts_on
        return self.earned.determination_date if self.earned else self.award.grant_date

    def _is_void_on(self, day: date) -> bool:
        finding = self.transfer_finding
        return finding is not None and finding.voids_award and finding.found_on <= day

    def _is_lapsed_on(self, day: date) -> bool:
        lapses_on = self.lapse().value
        if lapses_on is None or lapses_on > day:
            return False
        return not self._forfeited_before_determination(lapses_on)

    def _forfeited_before_determination(self, day: date) -> bool:
        left = self.person.leaving
        if left is None or left.counts_on > day or left.reason == WITHOUT_CAUSE:
            return False
        if left.reason == "disability":
            return not left.totally_disabled
        return left.reason != "death"


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


def standing_of(award: Award) -> Standing:
    """One award's standing."""
    return _standings(list(_awards_with_everything().filter(pk=award.pk)))[0]


def _awards_with_everything() -> QuerySet[Award]:
    return Award.objects.select_related(
        "employee",
        "period",
        "earned__certificate",
        "earned__control__change_in_control",
        "settlement",
        "notice__acceptance",
        "notice__heirs_acceptance",
        "transfer_finding",
    )


def _standings(awards: list[Award]) -> list[Standing]:
    people = {
        p.employee.pk: p for p in persons({a.employee_id: a.employee for a in awards}.values())
    }
    adjustments = _by_award(AwardAdjustment.objects.select_related("adjustment"), awards)
    discretions = _by_award(Discretion.objects.all(), awards)
    recoveries = _by_award(Recovery.objects.all(), awards)
    early_taxes = _by_award(
        EarlyTax.objects.filter(approval__isnull=False).select_related("approval"), awards
    )
    deferrals = _by_award(SettlementDeferral.objects.all(), awards)
    control_dates = tuple(ChangeInControl.objects.values_list("event_date", flat=True))
    readings = program.reading_history()
    listed = [
        Standing(
            award=award,
            person=people[award.employee_id],
            earned=getattr(award, "earned", None),
            settlement=getattr(award, "settlement", None),
            adjustments=adjustments[award.pk],
            discretions=discretions[award.pk],
            recoveries=recoveries[award.pk],
            early_taxes=early_taxes[award.pk],
            transfer_finding=getattr(award, "transfer_finding", None),
            deferral=deferrals[award.pk][-1] if deferrals[award.pk] else None,
            control_dates=control_dates,
            readings=readings,
        )
        for award in awards
    ]
    return sorted(listed, key=lambda s: (s.person.employee.name, s.award.pk))


def _by_award(rows: QuerySet[Any], awards: list[Award]) -> dict[int, tuple[Any, ...]]:
    """Rows of the awards in the order of their seals."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.filter(award__in=awards).order_by("seal_id", "pk"):
        found[row.award_id].append(row)
    return {award.pk: tuple(found[award.pk]) for award in awards}


def _counts_after(change: Change, seal: int, determined: int | None) -> bool:
    return change.kind == "recovered" or (determined is not None and seal > determined)


def _adjusted(row: AwardAdjustment) -> Change:
    return Change(row.adjustment.adjusted_on, "adjusted", Decimal(row.adjustment.ratio))


def _decided(row: Discretion) -> Change:
    kind = "reduced" if row.direction == Discretion.Direction.REDUCE else "increased"
    return Change(row.decided_on, kind, Decimal(row.to_shares))


def holders_by_award(period: PerformancePeriod) -> list[tuple[str, str]]:
    """The awards of a period by public identifier, each with its holder's name, by name."""
    rows = Award.objects.filter(period=period).order_by("employee__name", "pk")
    return [(str(award), name) for award, name in rows.values_list("public_id", "employee__name")]


def certificate_of(period: PerformancePeriod) -> Certificate | None:
    return Certificate.objects.filter(period=period).select_related("run", "seal").first()


def control_determination_of(period: PerformancePeriod) -> ControlDetermination | None:
    """What a change in control determined for the period, where it did."""
    return (
        ControlDetermination.objects.filter(period=period)
        .select_related("change_in_control", "run", "seal")
        .first()
    )


def measured_until(period: PerformancePeriod) -> date:
    """The last day of the period, as a change in control shortened it."""
    determined = control_determination_of(period)
    return determined.measured_until if determined else period.end_date


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
    control: ControlDetermination | None
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
        control=control_determination_of(period),
        act=open_acts().filter(kind="certification", subject=period.label).first(),
    )
