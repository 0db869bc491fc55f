"""Recording what the financial measures of a period came to."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from ltip import clock
from ltip.program import selectors
from ltip.program.models import FinancialResult, PerformancePeriod
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, decimal_text
from ltip.rules.financial import measure_named, require_named
from ltip.rules.outcome import Refused

PLACE = "P Performance Goals"


@transaction.atomic
def record_financial_result(
    *,
    period: PerformancePeriod,
    measure: str,
    gaap: Decimal,
    adjustments: Mapping[str, Decimal],
    reported_on: date,
    source: str,
    by: records.Actor,
    at: datetime,
    document: Document | None = None,
) -> FinancialResult:
    """Record what a measure came to by GAAP, and the amounts of the adjustments its goal names.

    Amounts are in the goal's unit. A later record of the same measure corrects the earlier one,
    which is kept. Refuses a measure that no goal of the period has, an adjustment its goal does
    not name (P Performance Goals), a report dated in the future, and the same once more.
    """
    lock(f"period:{period.label}")
    measure = measure_named(measure)
    goals = [selectors.terms_of(goal) for goal in selectors.goals_of(period)]
    goal = next((g for g in goals if g["kind"] == "financial" and g["measure"] == measure), None)
    if goal is None:
        raise Refused(
            f"No goal of the period {period.label} measures {measure}.",
            place=PLACE,
            remedy="Only what the Committee set as a goal is recorded.",
        )
    require_named(measure=measure, named=goal["adjustments"], made=list(adjustments))
    if reported_on > clock.legal_date(at):
        raise Refused(
            f"{day_text(reported_on)} has not come yet.",
            place=PLACE,
            remedy="Record the result on the day it is reported, or later.",
        )
    told: dict[str, Any] = {
        "gaap": decimal_text(gaap),
        "adjustments": {name: decimal_text(amount) for name, amount in adjustments.items()},
        "reported_on": reported_on,
        "source": source,
        "document": document.digest if document else None,
    }
    earlier = FinancialResult.objects.filter(
        period=period, measure=measure, superseded_by__isnull=True
    ).first()
    if earlier and canonical_text(told) == canonical_text(_told(earlier)):
        raise Refused(f"This result of {measure} is on record already.", place=PLACE)
    seal = records.seal(
        kind="program.financial_result.recorded",
        content={
            "period": period.label,
            "measure": measure,
            **told,
            "supersedes": earlier.seal_id if earlier else None,
        },
        by=by,
        at=at,
    )
    return FinancialResult.objects.create(
        period=period,
        measure=measure,
        reported_on=reported_on,
        gaap=told["gaap"],
        adjustments=canonical_text(told["adjustments"]),
        source=source,
        document=document,
        supersedes=earlier,
        seal=seal,
    )


def _told(result: FinancialResult) -> dict[str, Any]:
    return {
        "gaap": result.gaap,
        "adjustments": selectors.adjustments_of(result),
        "reported_on": result.reported_on,
        "source": result.source,
        "document": result.document_id,
    }
