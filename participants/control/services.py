"""Recording a change in control, and what is compared and determined about parachute payments."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from ltip import clock
from ltip.accounts.models import Authentication, User
from ltip.accounts.services import use_authentication
from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod, TsrRun
from ltip.program.services.measuring import keep_run
from ltip.program.services.periods import QUARTERS_LOCK
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, decimal_text
from ltip.rules.outcome import Refused
from ltip.rules.parachute import TaxRates, parachute
from participants.awards.models import (
    Award,
    ChangeInControl,
    ControlDetermination,
    EarnedAward,
)
from participants.control.models import AuditorDetermination, ParachuteComparison
from participants.control.trials import PeriodTrial, trial
from participants.people.models import Employee
from participants.settlement.statements import CURRENCY

PLACE = "P Change in Control"
PARACHUTE_PLACE = "P Limitation on Payments"


@transaction.atomic
def record_change_in_control(
    *,
    event_date: date,
    description: str,
    document: Document,
    shown_digest: str,
    by: User,
    authentication: Authentication,
    at: datetime,
) -> ChangeInControl:
    """Record a change in control with what it makes of every period (rulebook 8.1 to 8.4).

    Each period that it determines gets a final run until its end, a determination and what each
    of its awards earns; one that can't be computed is named in the seal with the reason, and the
    Committee decides. Refuses an event that has not come, a second one on the same day, no
    description, and anything that differs from what was shown (P Change in Control).
    """
    lock(
        "change in control",
        QUARTERS_LOCK,
        *[f"period:{label}" for label in PerformancePeriod.objects.values_list("label", flat=True)],
        *[f"employee:{pk}" for pk in Award.objects.values_list("employee_id", flat=True)],
    )
    _require_event(event_date=event_date, description=description, at=at)
    tried = trial(event_date)
    if shown_digest != tried.digest:
        raise Refused(
            "What the change in control makes of the periods differs from what was shown.",
            place=PLACE,
            remedy="Look at the trial again.",
        )
    use_authentication(
        authentication=authentication, by=by, purpose=f"change in control {event_date}", at=at
    )
    runs = {
        each.period.pk: keep_run(
            period=each.period, inputs=each.inputs, result=each.result, is_final=True, by=by, at=at
        )
        for each in tried.computed
    }
    seal = records.seal(
        kind="participants.control.changed",
        content={
            "event_date": event_date,
            "description": description,
            "document": document.digest,
            "shown": tried.digest,
            "trial": tried.content,
            "runs": [str(run.public_id) for run in runs.values()],
            "not_determined": [
                {"period": each.period.label, "reason": str(each.refusal)} for each in tried.refused
            ],
            "method": authentication.method,
            "address": authentication.address,
        },
        by=by,
        at=at,
        legal_date=event_date,
    )
    event = ChangeInControl.objects.create(
        event_date=event_date,
        description=description,
        document=document,
        readings=canonical_text(dict(tried.readings)),
        recorded_at=at,
        seal=seal,
    )
    for each in tried.computed:
        _determine(event, each, runs[each.period.pk])
    return event


def _require_event(*, event_date: date, description: str, at: datetime) -> None:
    if event_date > clock.legal_date(at):
        raise Refused(
            f"{day_text(event_date)} has not come yet.",
            place=PLACE,
            remedy="Record the change in control on its day, or later; a trial can be made now.",
        )
    if ChangeInControl.objects.filter(event_date=event_date).exists():
        raise Refused(
            f"The change in control of {day_text(event_date)} is on record already.", place=PLACE
        )
    if not description.strip():
        raise Refused("The event needs a description.", place=PLACE)


def _determine(event: ChangeInControl, tried: PeriodTrial, run: TsrRun) -> None:
    determination = ControlDetermination.objects.create(
        change_in_control=event,
        period=tried.period,
        run=run,
        measured_until=run.measured_until,
        payout=tried.result["payout"],
        steps=canonical_text(tried.end_steps),
        seal=event.seal,
    )
    EarnedAward.objects.bulk_create(
        EarnedAward(
            award=each.standing.award,
            control=determination,
            shares=each.shares,
            steps=canonical_text(each.steps),
            seal=event.seal,
        )
        for each in tried.holders
    )


@transaction.atomic
def compare_parachute(
    *,
    employee: Employee,
    triggered_on: date,
    base_amount_minor: int,
    payments: Mapping[str, int],
    federal: Decimal,
    state: Decimal,
    local: Decimal,
    by: User,
    at: datetime,
) -> ParachuteComparison:
    """Keep the comparison of payment in full with payment of so much that no excise falls due.

    Amounts are minor units by kind ("cash", "equity", "options", "other"), rates fractions of 1.
    A later comparison for the same person and day takes the place of the earlier one; it is an
    estimate, and the auditing firm's determination is final (rulebook 9.2; P Limitation on
    Payments). Refuses what the rule refuses, and a trigger that has not come.
    """
    lock(f"parachute:{employee.pk}")
    if triggered_on > clock.legal_date(at):
        raise Refused(
            f"{day_text(triggered_on)} has not come yet.",
            place=PARACHUTE_PLACE,
            remedy="Record the payments once the right to them is triggered.",
        )
    readings = program.readings_on(triggered_on)
    taken = {key: readings[key] for key in ("parachute.safe_harbour", "parachute.equality")}
    compared = parachute(
        base_amount_minor=base_amount_minor,
        payments=payments,
        rates=TaxRates(federal=federal, state=state, local=local),
        safe_harbour=taken["parachute.safe_harbour"],
        equality=taken["parachute.equality"],
        currency=CURRENCY,
    )
    inputs: dict[str, Any] = {
        "currency": CURRENCY,
        "base_amount_minor": base_amount_minor,
        "payments": dict(payments),
        "federal": decimal_text(federal),
        "state": decimal_text(state),
        "local": decimal_text(local),
        "readings": taken,
    }
    result: dict[str, Any] = {
        **asdict(compared.value),
        "steps": [asdict(step) for step in compared.steps],
    }
    earlier = ParachuteComparison.objects.filter(
        employee=employee, triggered_on=triggered_on, superseded_by__isnull=True
    ).first()
    seal = records.seal(
        kind="participants.parachute.compared",
        content={
            "employee": str(employee.public_id),
            "triggered_on": triggered_on,
            "inputs": inputs,
            "result": result,
            "supersedes": earlier.seal_id if earlier else None,
        },
        by=by,
        at=at,
    )
    return ParachuteComparison.objects.create(
        employee=employee,
        triggered_on=triggered_on,
        inputs=canonical_text(inputs),
        result=canonical_text(result),
        compared_at=at,
        supersedes=earlier,
        seal=seal,
    )


@transaction.atomic
def record_auditor_determination(
    *,
    comparison: ParachuteComparison,
    firm: str,
    received_on: date,
    choice: str,
    paid_minor: int,
    excise_minor: int,
    by: User,
    at: datetime,
    document: Document | None = None,
) -> AuditorDetermination:
    """Record what the firm that audits the company determined, which is final (rulebook 9.2).

    A later record corrects an earlier one. Refuses a choice that is not "full" or "cut", amounts
    below zero, a firm without a name, a day before the trigger or one that has not come, and a
    comparison that another has replaced (P Limitation on Payments).
    """
    lock(f"parachute:{comparison.employee_id}")
    if ParachuteComparison.objects.filter(supersedes=comparison).exists():
        raise Refused(
            "A later comparison has taken the place of this one.",
            place=PARACHUTE_PLACE,
            remedy="Record the firm's figures beside the later one.",
        )
    _require_determination(
        comparison=comparison,
        firm=firm,
        received_on=received_on,
        choice=choice,
        amounts=(paid_minor, excise_minor),
        at=at,
    )
    earlier = AuditorDetermination.objects.filter(
        comparison=comparison, superseded_by__isnull=True
    ).first()
    figures = {"choice": choice, "paid_minor": paid_minor, "excise_minor": excise_minor}
    seal = records.seal(
        kind="participants.parachute.determined",
        content={
            "comparison": str(comparison.public_id),
            "firm": firm,
            "received_on": received_on,
            "figures": figures,
            "document": document.digest if document else None,
            "supersedes": earlier.seal_id if earlier else None,
        },
        by=by,
        at=at,
    )
    return AuditorDetermination.objects.create(
        comparison=comparison,
        firm=firm,
        received_on=received_on,
        figures=canonical_text(figures),
        document=document,
        supersedes=earlier,
        seal=seal,
    )


def _require_determination(
    *,
    comparison: ParachuteComparison,
    firm: str,
    received_on: date,
    choice: str,
    amounts: tuple[int, ...],
    at: datetime,
) -> None:
    if choice not in ("full", "cut"):
        raise Refused(f"“{choice}” is no outcome; it is full or cut.", place=PARACHUTE_PLACE)
    if min(amounts) < 0:
        raise Refused("An amount is below zero.", place=PARACHUTE_PLACE)
    if not firm.strip():
        raise Refused("The firm is not named.", place=PARACHUTE_PLACE)
    if received_on < comparison.triggered_on:
        raise Refused(
            f"The right to the payment was triggered on {day_text(comparison.triggered_on)}, after "
            f"{day_text(received_on)}.",
            place=PARACHUTE_PLACE,
        )
    if received_on > clock.legal_date(at):
        raise Refused(f"{day_text(received_on)} has not come yet.", place=PARACHUTE_PLACE)
