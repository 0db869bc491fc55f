"""Reading what is due, what is prepared and what was settled."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.awards.selectors import Standing, standings
from participants.settlement.models import DeliveryCondition, Settlement, SettlementBatch

LOOKED_BACK = timedelta(days=14)


def awaiting_settlement(period: PerformancePeriod, *, on: date) -> list[Standing]:
    """Certified awards whose Settlement Date has come and that are not settled."""
    due = []
    for standing in standings(period):
        if standing.earned is None or standing.settlement is not None:
            continue
        entitled = standing.entitlement().value
        if entitled.shares and entitled.settles_on and entitled.settles_on <= on:
            due.append(standing)
    return due


def open_batch(period: PerformancePeriod) -> SettlementBatch | None:
    """The batch that waits for approval."""
    return (
        SettlementBatch.objects.filter(
            period=period, superseded_by__isnull=True, approval__isnull=True
        )
        .select_related("prepared_by", "period")
        .order_by("-pk")
        .first()
    )


def statement_of(batch: SettlementBatch) -> dict[str, Any]:
    """Everything the batch does, as it was frozen."""
    statement: dict[str, Any] = json.loads(batch.statement)
    return statement


def unticked_conditions(period: PerformancePeriod) -> list[DeliveryCondition.Condition]:
    """The conditions to delivery that nobody has ticked yet."""
    ticked = set(period.delivery_conditions.values_list("condition", flat=True))
    return [c for c in DeliveryCondition.Condition if c.value not in ticked]


def ticked_conditions(period: PerformancePeriod) -> list[DeliveryCondition]:
    """The conditions to delivery that someone ticked, with who and when."""
    return list(period.delivery_conditions.select_related("ticked_by").order_by("pk"))


def fair_market_value_on(day: date) -> tuple[Decimal, str]:
    """The close on a day or the last trading day before it, and that in words (rulebook 6.4)."""
    own = program.own_security()
    closes = program.closes_of([own], start=day - LOOKED_BACK, end=day).get(own.pk, {})
    if not closes:
        raise Refused(
            f"There is no close of the company's stock up to {day_text(day)}.",
            place="GA §6",
            remedy="Import its prices.",
        )
    last = max(closes)
    return closes[last], f"the close on {day_text(last)}"


def settlements_of(period: PerformancePeriod) -> Iterable[Settlement]:
    """What was settled for a period, by holder's name."""
    return (
        Settlement.objects.filter(award__period=period)
        .select_related("award__employee", "batch")
        .order_by("award__employee__name", "pk")
    )
