"""Measuring a period: gathering what the run uses, and keeping what it found."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ltip import clock
from ltip.accounts.models import User
from ltip.jobs.models import Job
from ltip.jobs.services import Report, request_job
from ltip.program import selectors
from ltip.program.models import PerformancePeriod, Security, SecurityEvent, TsrRun
from ltip.records import services as records
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.measurement import measure
from ltip.rules.outcome import Refused

RUN_JOB = "program.tsr_run"


@transaction.atomic
def request_run(*, period: PerformancePeriod, is_final: bool, by: User, at: datetime) -> Job:
    """Ask for a run over the period, or over what has passed of it.

    A final run is refused before the period has ended (GA §4), any run before a goal is set.
    """
    today = clock.legal_date(at)
    if is_final and today <= period.end_date:
        raise Refused(
            f"The period ends on {day_text(period.end_date)}; a final run comes after it.",
            place="GA §4",
            remedy="An interim run can be made on any day.",
        )
    if not is_final and today <= period.start_date:
        raise Refused("The period has only begun: there is nothing to measure.", place="GA §2")
    if not selectors.goals_of(period):
        raise Refused(
            f"No goal is set for the period {period.label}.",
            place="P Performance Goals",
            remedy="The Committee sets it by an act inside the window.",
        )
    return request_job(
        kind=RUN_JOB,
        arguments={
            "period": period.label,
            "until": min(today, period.end_date),
            "final": is_final,
        },
        by=by,
        at=at,
    )


def perform_run(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """Make the run that a job asks for, once, and return its public identifier."""
    period = selectors.period_by_label(arguments["period"])
    if period is None or job.requested_by is None:
        raise Refused(f"The period {arguments['period']} is not known.", place="P Effective Date")
    report(1, 4)
    inputs = gather_inputs(period=period, until=date.fromisoformat(arguments["until"]))
    report(2, 4)
    result = measure(inputs)
    report(3, 4)
    run = keep_run(
        period=period,
        inputs=inputs,
        result=result,
        is_final=arguments["final"],
        by=job.requested_by,
        at=clock.now(),
    )
    report(4, 4)
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
) -> TsrRun:
    """Keep a run's inputs and result for ever."""
    text = canonical_text(inputs)
    document = records.store_document(
        content=text.encode(),
        name=f"inputs-{period.label}.json",
        media_type="application/json",
        at=at,
    )
    found = canonical_text(result)
    seal = records.seal(
        kind="program.run.made",
        content={
            "period": period.label,
            "until": inputs["until"],
            "final": is_final,
            "inputs": document.digest,
            "result": digest_of(found),
            "payout": result["payout"],
        },
        by=by,
        at=at,
    )
    return TsrRun.objects.create(
        period=period,
        measured_until=date.fromisoformat(inputs["until"]),
        is_final=is_final,
        inputs=document,
        result=found,
        result_digest=digest_of(found),
        run_at=at,
        seal=seal,
    )


def gather_inputs(*, period: PerformancePeriod, until: date) -> dict[str, Any]:
    """Everything a run over the period up to `until` uses, as canonical values.

    Refuses a period without a goal, and days on which the exchange had no trading at all.
    """
    goals = [selectors.terms_of(goal) for goal in selectors.goals_of(period)]
    if not goals:
        raise Refused(
            f"No goal is set for the period {period.label}.", place="P Performance Goals"
        )
    averaging = max(int(goal["averaging_days"]) for goal in goals)
    earliest = period.start_date - timedelta(days=2 * averaging + 20)
    days = selectors.trading_days(start=earliest, end=until)
    own = selectors.own_security()
    peer_ids = {peer["security"] for goal in goals for peer in goal["peers"]}
    peers = list(Security.objects.filter(public_id__in=peer_ids).order_by("pk"))
    securities = [own, *[peer for peer in peers if peer.pk != own.pk]]
    tickers = selectors.tickers_on(until)
    closes = selectors.closes_of(securities, start=earliest, end=until)
    actions = selectors.actions_of(securities, start=earliest, end=until)
    events = SecurityEvent.objects.filter(
        security__in=securities, completed_on__range=(period.start_date, until)
    ).order_by("completed_on", "pk")
    inputs = {
        "period": {"label": period.label, "start": period.start_date, "end": period.end_date},
        "until": until,
        "goals": goals,
        "company": tickers[own.pk],
        "trading_days": [day for day in days if day >= _first_base_day(days, period, averaging)],
        "securities": [
            {
                "security": str(security.public_id),
                "ticker": tickers[security.pk],
                "name": security.name,
                "currency": security.currency,
                "closes": [
                    [day, close] for day, close in sorted(closes.get(security.pk, {}).items())
                ],
                "actions": sorted(
                    [day, kind, amount] for day, kind, amount in actions.get(security.pk, [])
                ),
            }
            for security in securities
        ],
        "events": [
            {
                "on": event.completed_on,
                "ticker": tickers[event.security_id],
                "kind": event.kind,
                "other": _other_name(event, tickers),
            }
            for event in events
        ],
        "readings": {
            "tsr.reinvestment": "ex-date close",
            "percentile.ties": "better place",
            "percentile.rounding": "none",
        },
    }
    gathered: dict[str, Any] = json.loads(canonical_text(inputs))
    return gathered


def _first_base_day(days: tuple[date, ...], period: PerformancePeriod, averaging: int) -> date:
    before = [day for day in days if day < period.start_date]
    if len(before) < averaging:
        raise Refused(
            f"Only {len(before)} of the {averaging} trading days before "
            f"{day_text(period.start_date)} are on record.",
            place="GA §2",
            remedy="Import the closes of those days.",
        )
    return before[-averaging]


def _other_name(event: SecurityEvent, tickers: dict[int, str]) -> str | None:
    if event.kind == "renamed":
        return tickers[event.security_id]
    return tickers[event.other_id] if event.other_id else None
