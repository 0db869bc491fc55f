"""Measuring a period: gathering what the run uses, and keeping what it found."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ltip import clock
from ltip.accounts.models import User
from ltip.jobs.models import Job
from ltip.jobs.services import Report, finish_job, request_job_once
from ltip.program import selectors
from ltip.program.models import PerformancePeriod, Security, SecurityEvent, TsrRun
from ltip.program.services.run_doubts import DoubtsKept, doubts_kept_of, keep_doubts
from ltip.records import services as records
from ltip.records.rules_source import keep_rules
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, decimal_text, digest_of
from ltip.rules.measurement import measure
from ltip.rules.outcome import Refused

RUN_JOB = "program.tsr_run"
RUN_SCHEMA = 2  # from 2 on it names the rules
MEASURED_UNDER = ("tsr.reinvestment", "percentile.ties", "percentile.rounding")
_NO_MARKET: dict[str, Any] = {"company": "", "trading_days": [], "securities": [], "events": []}


@transaction.atomic
def request_run(*, period: PerformancePeriod, is_final: bool, by: User, at: datetime) -> Job:
    """Ask for a final run over the period, or for an interim one up to the company's last close.

    The same run, if it waits or is being made already, is given back. A final run is refused
    before the period has ended (GA §4) and after a change in control determined it, any run
    before a goal is set, and, where a goal needs prices, an interim one when no close of the
    company since the period's beginning is on record.
    """
    today = clock.legal_date(at)
    if is_final:
        selectors.require_not_ended_by_control(period)
    if is_final and today <= period.end_date:
        raise Refused(
            f"The period ends on {day_text(period.end_date)}; a final run comes after it.",
            place="GA §4",
            remedy="An interim run can be made on any day.",
        )
    goals = selectors.goals_of(period)
    if not goals:
        raise Refused(
            f"No goal is set for the period {period.label}.",
            place="P Performance Goals",
            remedy="The Committee sets it by an act inside the window.",
        )
    until = min(today, period.end_date)
    if not is_final and any(goal.kind == "relative_tsr" for goal in goals):
        until = min(until, _own_prices_reach_to(period))
    return request_job_once(
        kind=RUN_JOB,
        arguments={
            "period": period.label,
            "until": until,
            "final": is_final,
        },
        by=by,
        at=at,
    )


def _own_prices_reach_to(period: PerformancePeriod) -> date:
    reach_to = selectors.own_prices_reach_to()
    if reach_to is None or reach_to < period.start_date:
        raise Refused(
            f"No close of the company since {day_text(period.start_date)} is on record, so there "
            "is nothing to measure.",
            place="GA §2",
            remedy="Import the closes of those days.",
        )
    return reach_to


def perform_run(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """Make the run that a job asks for and return its public identifier.

    Run and end of the job are recorded together: whoever performs a job that has ended, or that
    was given to another worker meanwhile, makes no second run.
    """
    period = selectors.period_by_label(arguments["period"])
    if period is None or job.requested_by is None:
        raise Refused(f"The period {arguments['period']} is not known.", place="P Effective Date")
    report(0, 3)
    inputs = gather_inputs(
        period=period,
        until=date.fromisoformat(arguments["until"]),
        on=clock.legal_date(job.requested_at),
    )
    report(1, 3)
    result = measure(inputs)
    report(2, 3)
    doubts = doubts_kept_of(inputs) if arguments["final"] else None
    with transaction.atomic():
        if arguments["final"]:
            selectors.require_not_ended_by_control(period)
        run = keep_run(
            period=period,
            inputs=inputs,
            result=result,
            is_final=arguments["final"],
            by=job.requested_by,
            at=clock.now(),
            doubts=doubts,
        )
        finish_job(job, result=str(run.public_id))
    return str(run.public_id)


@transaction.atomic
def keep_run(
    *,
    period: PerformancePeriod,
    inputs: dict[str, Any],
    result: dict[str, Any],
    is_final: bool,
    by: records.Actor,
    at: datetime,
    doubts: DoubtsKept | None = None,
) -> TsrRun:
    """Keep a run's inputs and result for ever, and with a final run what was in doubt about its
    prices."""
    text = canonical_text(inputs)
    document = records.store_document(
        content=text.encode(),
        name=f"inputs-{period.label}.json",
        media_type="application/json",
        at=at,
    )
    found, rules = canonical_text(result), keep_rules(at=at)
    seal = records.seal(
        kind="program.run.made",
        content={
            "period": period.label,
            "until": inputs["until"],
            "final": is_final,
            "inputs": document.digest,
            "result": digest_of(found),
            "payout": result["payout"],
            "rules": rules,
            **({"doubts": doubts.digest} if doubts else {}),
        },
        by=by,
        at=at,
        schema_version=RUN_SCHEMA,
    )
    run = TsrRun.objects.create(
        period=period,
        measured_until=date.fromisoformat(inputs["until"]),
        is_final=is_final,
        inputs=document,
        result=found,
        result_digest=digest_of(found),
        run_at=at,
        seal=seal,
    )
    if doubts:
        keep_doubts(run, doubts, seal=seal)
    return run


def gather_inputs(*, period: PerformancePeriod, until: date, on: date) -> dict[str, Any]:
    """Everything a run over the period up to `until` uses, as texts, lists and mappings.

    A period whose goals are all financial needs no prices. Refuses a period without a goal, and
    days on which the exchange had no trading at all. The readings are those in force on the day
    `on` of measuring.
    """
    goals = [selectors.terms_of(goal) for goal in selectors.goals_of(period)]
    if not goals:
        raise Refused(f"No goal is set for the period {period.label}.", place="P Performance Goals")
    relative = [goal for goal in goals if goal["kind"] == "relative_tsr"]
    readings = selectors.readings_on(on)
    return {
        "period": {
            "label": period.label,
            "start": period.start_date.isoformat(),
            "end": period.end_date.isoformat(),
        },
        "until": until.isoformat(),
        "goals": goals,
        **(_market(period, until, relative) if relative else _NO_MARKET),
        "results": [
            {
                "measure": result.measure,
                "gaap": result.gaap,
                "adjustments": selectors.adjustments_of(result),
                "reported_on": result.reported_on.isoformat(),
                "seal": result.seal_id,
            }
            for result in selectors.financial_results_of(period)
        ],
        "readings": {key: readings[key] for key in MEASURED_UNDER},
    }


def _market(
    period: PerformancePeriod, until: date, goals: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """What goals of total stockholder return are measured by: prices, actions and events."""
    averaging = max(int(goal["averaging_days"]) for goal in goals)
    earliest = period.start_date - timedelta(days=2 * averaging + 20)
    days = selectors.trading_days(start=earliest, end=until)
    own = selectors.own_security()
    peer_ids = {peer["security"] for goal in goals for peer in goal["peers"]}
    tickers = selectors.tickers_on(until)
    # By ticker, so that the run's digits do not depend on who was registered first.
    peers = Security.objects.filter(public_id__in=peer_ids).exclude(pk=own.pk)
    securities = [own, *sorted(peers, key=lambda peer: tickers[peer.pk])]
    closes = selectors.closes_of(securities, start=earliest, end=until)
    actions = selectors.actions_of(securities, start=earliest, end=until)
    events = SecurityEvent.objects.filter(
        security__in=securities,
        completed_on__range=(period.start_date, until),
        withdrawal__isnull=True,
    ).order_by("completed_on", "pk")
    first = _first_base_day(days, period, averaging)
    return {
        "company": tickers[own.pk],
        "trading_days": [day.isoformat() for day in days[first:]],
        "securities": [
            {
                "security": str(security.public_id),
                "ticker": tickers[security.pk],
                "name": security.name,
                "currency": security.currency,
                "closes": [
                    [day.isoformat(), decimal_text(close)]
                    for day, close in sorted(closes.get(security.pk, {}).items())
                ],
                "actions": [
                    [day.isoformat(), kind, decimal_text(amount)]
                    for day, kind, amount in sorted(actions.get(security.pk, []))
                ],
            }
            for security in securities
        ],
        "events": [
            {
                "on": event.completed_on.isoformat(),
                "ticker": tickers[event.security_id],
                "kind": event.kind,
                "other": _other_name(event, tickers),
                "seal": event.seal_id,
            }
            for event in events
        ],
    }


def _first_base_day(days: tuple[date, ...], period: PerformancePeriod, averaging: int) -> int:
    """The position of the first day of the window that ends before the period."""
    before = bisect_left(days, period.start_date)
    if before < averaging:
        raise Refused(
            f"Only {before} of the {averaging} trading days before "
            f"{day_text(period.start_date)} are on record.",
            place="GA §2",
            remedy="Import the closes of those days.",
        )
    return before - averaging


def _other_name(event: SecurityEvent, tickers: dict[int, str]) -> str | None:
    if event.kind == "renamed":
        return tickers[event.security_id]
    return tickers[event.other_id] if event.other_id else None
