"""What the pages of the market and of the runs show, read in a fixed number of queries."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from ltip.program import selectors
from ltip.program.goal_words import amount_text
from ltip.program.models import (
    AnnualReport,
    DailyClose,
    FinancialResult,
    PerformancePeriod,
    PriceImport,
    RunDoubts,
    Security,
    SecurityEvent,
    TradingCalendar,
    TradingDayException,
    TsrRun,
)
from ltip.program.words import EVENTS, price_words
from ltip.records.selectors import content_of
from ltip.rules.canonical import decimal_text
from ltip.rules.financial import financial_value
from ltip.rules.outcome import Step

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class EventListed:
    """Something that happened to a listed company, with the name of the paper that shows it."""

    number: int
    words: "StrOrPromise"
    completed_on: date
    other: str
    note: str
    evidence: str
    may_be_withdrawn: bool

    @property
    def other_words(self) -> str:
        return f" ({self.other})" if self.other else ""


@dataclass(frozen=True, slots=True)
class SecurityListed:
    """A security: its tickers with the day each began, its last close, and what happened to it."""

    public_id: UUID
    name: str
    is_company: bool
    tickers: tuple[tuple[str, date], ...]
    currency: str
    last_close: Decimal | None
    last_close_on: date | None
    events: tuple[EventListed, ...]

    @property
    def ticker(self) -> str:
        return self.tickers[-1][0]

    @property
    def last_close_words(self) -> str:
        return "" if self.last_close is None else f"{price_words(self.last_close)} {self.currency}"

    @property
    def earlier(self) -> list[tuple[str, date]]:
        """The tickers it bore before, each with the day on which the next one began."""
        return [(ticker, until) for (ticker, _), (_, until) in pairwise(self.tickers)]


@dataclass(frozen=True, slots=True)
class RunListed:
    """A run of a period, without its table and steps."""

    public_id: UUID
    is_final: bool
    measured_until: date
    payout: Decimal
    run_at: datetime
    made_by: str
    result_digest: str


@dataclass(frozen=True, slots=True)
class RunShown:
    """A run with all that it found and used, the records of its events, and its traces."""

    run: TsrRun
    result: dict[str, Any]
    inputs: dict[str, Any]
    recorded: dict[int, SecurityEvent]
    made_by: str
    inputs_digest: str
    inputs_size: int
    later_final: TsrRun | None
    doubts: dict[str, Any] | None
    doubts_digest: str


def imports() -> QuerySet[PriceImport]:
    """The files taken in, the latest first; without their content."""
    return (
        PriceImport.objects.select_related("seal", "document")
        .defer("document__content", "seal__canonical_text")
        .order_by("-pk")
    )


def chosen_exchange() -> str | None:
    """The exchange whose calendar counts, empty where the days with closes do; None: not chosen."""
    chosen = TradingCalendar.objects.order_by("-pk").values_list("exchange_code", flat=True)
    return chosen.first()


def trading_day_exceptions() -> QuerySet[TradingDayException]:
    """The days that don't follow the exchange's calendar, the latest first, with what was
    superseded."""
    return (
        TradingDayException.objects.select_related("seal")
        .defer("seal__canonical_text")
        .annotate(
            is_superseded=Exists(TradingDayException.objects.filter(supersedes=OuterRef("pk")))
        )
        .order_by("-day", "-pk")
    )


def securities() -> list[SecurityListed]:
    """Every security by its present ticker, the company's own first."""
    latest = DailyClose.objects.filter(security=OuterRef("pk")).order_by("-date", "-revision")
    rows = Security.objects.annotate(
        last_close=Subquery(latest.values("close")[:1]),
        last_close_on=Subquery(latest.values("date")[:1]),
    )
    tickers: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for (security_id, ticker), spans in groupby(
        selectors.symbol_spans(), key=lambda span: (span.security_id, span.ticker)
    ):
        tickers[security_id].append((ticker, next(spans).starts_on))
    present = {security_id: symbols[-1][0] for security_id, symbols in tickers.items()}
    events: dict[int, list[EventListed]] = defaultdict(list)
    happened = SecurityEvent.objects.filter(withdrawal__isnull=True).select_related("document")
    for event in happened.defer("document__content").order_by("completed_on", "pk"):
        events[event.security_id].append(
            EventListed(
                number=event.seal_id,
                words=EVENTS[event.kind],
                completed_on=event.completed_on,
                other=present[event.other_id] if event.other_id else "",
                note=event.note,
                evidence=event.document.name if event.document else "",
                may_be_withdrawn=event.kind != "renamed",
            )
        )
    listed = [
        SecurityListed(
            public_id=row.public_id,
            name=row.name,
            is_company=row.is_company,
            tickers=tuple(tickers[row.pk]),
            currency=row.currency,
            last_close=row.last_close,
            last_close_on=row.last_close_on,
            events=tuple(events[row.pk]),
        )
        for row in rows
    ]
    return sorted(listed, key=lambda each: (not each.is_company, each.ticker))


def security_event_of(number: int) -> SecurityEvent | None:
    """The event with that number of the chain, even if it was taken back."""
    return (
        SecurityEvent.objects.filter(seal=number)
        .select_related("security", "document", "withdrawal")
        .first()
    )


def annual_reports() -> list[AnnualReport]:
    """Every record of a filing, the latest fiscal year first, the last record of each first."""
    return list(
        AnnualReport.objects.select_related("seal", "superseded_by").order_by(
            "-fiscal_year_end", "-pk"
        )
    )


@dataclass(frozen=True, slots=True)
class ResultListed:
    """A record of what a measure came to, with the steps from GAAP to the value that counts."""

    result: FinancialResult
    value: str
    steps: tuple[Step, ...]

    @property
    def counts(self) -> bool:
        return not hasattr(self.result, "superseded_by")


@dataclass(frozen=True, slots=True)
class MeasureListed:
    """A financial goal's measure with its results, the latest record first."""

    name: str
    unit: str
    weight: str
    adjustments: tuple[str, ...]
    results: tuple[ResultListed, ...]

    @property
    def current(self) -> ResultListed | None:
        return next((each for each in self.results if each.counts), None)


def financial_measures(period: PerformancePeriod) -> list[MeasureListed]:
    """The measures of a period's financial goals, in the order of the goals."""
    results: dict[str, list[FinancialResult]] = defaultdict(list)
    rows = FinancialResult.objects.filter(period=period)
    for row in rows.select_related("seal", "document", "superseded_by").order_by("-pk"):
        results[row.measure].append(row)
    goals = [selectors.terms_of(goal) for goal in selectors.goals_of(period)]
    return [
        MeasureListed(
            name=goal["measure"],
            unit=goal["unit"],
            weight=goal["weight"],
            adjustments=tuple(goal["adjustments"]),
            results=tuple(_result_listed(row, goal) for row in results[goal["measure"]]),
        )
        for goal in goals
        if goal["kind"] == "financial"
    ]


def _result_listed(row: FinancialResult, goal: dict[str, Any]) -> ResultListed:
    adjustments = {n: Decimal(text) for n, text in selectors.adjustments_of(row).items()}
    value = financial_value(
        measure=row.measure,
        # A goal replaced inside the window may name less than an earlier record was made under.
        named=[*goal["adjustments"], *(n for n in adjustments if n not in goal["adjustments"])],
        gaap=Decimal(row.gaap),
        adjustments=adjustments,
        reported_on=row.reported_on,
    )
    return ResultListed(row, amount_text(decimal_text(value.value), goal["unit"]), value.steps)


def runs_of(period: PerformancePeriod) -> list[RunListed]:
    """The runs of a period, the latest first."""
    rows = TsrRun.objects.filter(period=period).select_related("seal").defer("result")
    return [
        RunListed(
            public_id=row.public_id,
            is_final=row.is_final,
            measured_until=row.measured_until,
            payout=Decimal(content_of(row.seal)["payout"]),
            run_at=row.run_at,
            made_by=row.seal.actor_name,
            result_digest=row.result_digest,
        )
        for row in rows.order_by("-pk")
    ]


def run_of(period: PerformancePeriod, public_id: UUID) -> TsrRun | None:
    """The run with that identifier, if it is of that period."""
    return (
        TsrRun.objects.filter(period=period, public_id=public_id)
        .select_related("seal", "inputs")
        .first()
    )


def doubts_of_run(run: TsrRun) -> RunDoubts | None:
    """What was in doubt when a final run was made; runs made before it was kept have none."""
    return RunDoubts.objects.filter(run=run).select_related("document").first()


def run_shown(run: TsrRun) -> RunShown:
    """A run, with the goals as they were when it was made."""
    content = bytes(run.inputs.content)
    inputs = json.loads(content)
    later = selectors.latest_final_run(run.period)
    kept = doubts_of_run(run)
    return RunShown(
        run=run,
        result=selectors.result_of(run),
        inputs=inputs,
        recorded=_recorded_events(inputs["events"]),
        made_by=run.seal.actor_name,
        inputs_digest=run.inputs.digest,
        inputs_size=len(content),
        later_final=later if later and run.is_final and later.pk != run.pk else None,
        doubts=json.loads(bytes(kept.document.content)) if kept else None,
        doubts_digest=kept.document_id if kept else "",
    )


def _recorded_events(events: Sequence[Mapping[str, Any]]) -> dict[int, SecurityEvent]:
    """The records that a run's events came from, by their numbers in the chain."""
    # Inputs that were kept before events could have evidence don't name the record.
    numbers = [event["seal"] for event in events if "seal" in event]
    rows = SecurityEvent.objects.filter(seal__in=numbers).select_related("document", "withdrawal")
    return {row.seal_id: row for row in rows.defer("document__content")}
