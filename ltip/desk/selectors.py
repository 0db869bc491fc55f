"""Where every period stands, read for all of them at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from committee.models import Act
from committee.selectors import open_acts
from ltip.program import selectors as program
from ltip.program.models import AnnualReport, Goal, PerformancePeriod, TsrRun
from participants.awards.models import (
    Certificate,
    ControlDetermination,
    Designation,
    ProposedAward,
)
from participants.awards.selectors import Standing, all_standings
from participants.papers.selectors import is_signed
from participants.settlement.models import SettlementBatch


class Phase(Enum):
    UPCOMING = "upcoming"
    WINDOW_OPEN = "window open"
    RUNNING = "running"
    AWAITING_REPORT = "awaiting the annual report"
    AWAITING_CERTIFICATION = "awaiting certification"
    SETTLING = "settling"
    SETTLED = "settled"


PHASES_IN_ORDER = (
    Phase.WINDOW_OPEN,
    Phase.RUNNING,
    Phase.AWAITING_REPORT,
    Phase.AWAITING_CERTIFICATION,
    Phase.SETTLING,
    Phase.SETTLED,
)


@dataclass(frozen=True, slots=True)
class Situation:
    """A period on a day: its phase, its dates, and what has been done for it."""

    period: PerformancePeriod
    today: date
    window_closes: date
    has_goal: bool
    open_acts: dict[str, Act]
    proposed: frozenset[int]
    designated: frozenset[int]
    standings: tuple[Standing, ...]
    report: AnnualReport | None
    has_final_run: bool
    measures_awaited: tuple[str, ...]
    certificate: Certificate | None
    control: ControlDetermination | None
    open_batch: SettlementBatch | None
    history: program.ReadingHistory

    @property
    def unsettled(self) -> list[Standing]:
        """Awards that are due shares and have not got them."""
        return [
            standing
            for standing in self.standings
            if standing.earned is not None
            and standing.settlement is None
            and standing.entitlement().value.shares
        ]

    @property
    def due(self) -> list[Standing]:
        """Those of them whose Settlement Date has come."""
        return [
            standing
            for standing in self.unsettled
            if (settles_on := standing.entitlement().value.settles_on) and settles_on <= self.today
        ]

    @property
    def unsigned(self) -> list[Standing]:
        """Awards whose notice neither the holder nor the heirs have signed, and still may."""
        over = ("forfeited", "void")
        return [
            s
            for s in self.standings
            if not is_signed(s.award) and s.state_on(self.today) not in over
        ]

    @property
    def phase(self) -> Phase:
        """Where the period stands; it follows from the dates and what is on record."""
        if self.certificate or self.control:
            return Phase.SETTLING if self.unsettled else Phase.SETTLED
        if self.today < self.period.start_date:
            return Phase.UPCOMING
        if self.today <= self.window_closes:
            return Phase.WINDOW_OPEN
        if self.today <= self.period.end_date:
            return Phase.RUNNING
        return Phase.AWAITING_CERTIFICATION if self.report else Phase.AWAITING_REPORT

    @property
    def next_date(self) -> date | None:
        """The day of the next step, where the Program fixes one."""
        match self.phase:
            case Phase.UPCOMING:
                return self.period.start_date
            case Phase.WINDOW_OPEN:
                return self.window_closes
            case Phase.RUNNING:
                return self.period.end_date
            case Phase.SETTLING:
                return min(
                    day
                    for standing in self.unsettled
                    if (day := standing.entitlement().value.settles_on)
                )
            case _:
                return None


def situations(today: date) -> list[Situation]:
    """Every period, the latest to start first, in a constant number of queries."""
    periods = list(PerformancePeriod.objects.order_by("-start_date", "-end_date"))
    acts: dict[str, dict[str, Act]] = defaultdict(dict)
    for act in open_acts():
        acts[act.subject][act.kind] = act
    proposed = _by_period(ProposedAward.objects.values_list("period_id", "employee_id"))
    designated = _by_period(Designation.objects.values_list("period_id", "employee_id"))
    standings: dict[int, list[Standing]] = defaultdict(list)
    for standing in all_standings():
        standings[standing.award.period_id].append(standing)
    goals = set(Goal.objects.values_list("period_id", flat=True))
    awaited = program.measures_awaited()
    runs = set(TsrRun.objects.filter(is_final=True).values_list("period_id", flat=True))
    certificates = {row.period_id: row for row in Certificate.objects.all()}
    determined = ControlDetermination.objects.select_related("change_in_control")
    controls = {row.period_id: row for row in determined}
    batches = {
        row.period_id: row
        for row in SettlementBatch.objects.filter(
            superseded_by__isnull=True, approval__isnull=True
        ).select_related("prepared_by")
    }
    reports = list(AnnualReport.objects.filter(superseded_by__isnull=True))
    history = program.reading_history()
    return [
        Situation(
            period=period,
            today=today,
            window_closes=program.window_closing_date(period, history=history).value,
            has_goal=period.pk in goals,
            open_acts=acts[period.label],
            proposed=proposed[period.pk],
            designated=designated[period.pk],
            standings=tuple(standings[period.pk]),
            report=program.report_of(period, reports),
            has_final_run=period.pk in runs,
            measures_awaited=tuple(awaited.get(period.pk, ())),
            certificate=certificates.get(period.pk),
            control=controls.get(period.pk),
            open_batch=batches.get(period.pk),
            history=history,
        )
        for period in periods
    ]


def situation_of(period: PerformancePeriod, today: date) -> Situation:
    """One period's situation."""
    return next(s for s in situations(today) if s.period.pk == period.pk)


def next_deadline(today: date) -> date | None:
    """The next day after today on which something of the Program falls due or begins."""
    listed = situations(today)
    days = {s.next_date for s in listed} | {s.window_closes + timedelta(days=1) for s in listed}
    return min((day for day in days if day and day > today), default=None)


def _by_period(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for period_id, employee_id in pairs:
        found[period_id].add(employee_id)
    frozen: dict[int, frozenset[int]] = defaultdict(frozenset)
    frozen.update({key: frozenset(value) for key, value in found.items()})
    return frozen
