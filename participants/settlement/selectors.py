"""Reading what is due, what is prepared and what was settled."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committee.protocol import Check
from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from ltip.rules.settling import delivery_date
from participants.awards.models import Award, Certificate
from participants.awards.selectors import Standing, certificate_of, standings
from participants.papers.selectors import is_signed
from participants.settlement.models import (
    DeliveryCondition,
    Settlement,
    SettlementApproval,
    SettlementBatch,
)
from participants.settlement.statements import (
    CURRENCY,
    Line,
    line_of,
    price_text,
    statement_of,
)

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
        .select_related("prepared_by", "period", "supersedes")
        .order_by("-pk")
        .first()
    )


def batch_of(period: PerformancePeriod, public_id: UUID) -> SettlementBatch | None:
    """A batch of the period by its public identifier, whatever became of it."""
    batches = SettlementBatch.objects.filter(period=period, public_id=public_id)
    return batches.select_related("prepared_by", "period").first()


def changed_since_prepared(batch: SettlementBatch, due: Iterable[Standing]) -> list[str]:
    """The holders who are no longer due what the batch says: settled, gone, or on another day."""
    entitled = {str(s.award.public_id): s.entitlement().value for s in due}
    changed = []
    for line in statement_of(batch)["lines"]:
        now = entitled.get(line["award"])
        if (
            now is None
            or now.shares != line["shares"]
            or now.settles_on != date.fromisoformat(line["settles_on"])
        ):
            changed.append(line["holder"])
    return changed


def unticked_conditions(period: PerformancePeriod) -> list[DeliveryCondition.Condition]:
    """The conditions to delivery that nobody has ticked yet."""
    ticked = set(period.delivery_conditions.values_list("condition", flat=True))
    return [c for c in DeliveryCondition.Condition if c.value not in ticked]


def ticked_conditions(period: PerformancePeriod) -> list[DeliveryCondition]:
    """The conditions to delivery that someone ticked, with who and when."""
    return list(period.delivery_conditions.select_related("ticked_by").order_by("pk"))


def fair_market_value_on(day: date) -> tuple[Decimal, str]:
    """The close on a day or the last trading day before it, and that in words (rulebook 6.4).

    Refuses when that trading day's close is not on record: an older one would be another value.
    """
    own = program.own_security()
    start = day - LOOKED_BACK
    trading_days = program.trading_days(start=start, end=day)
    closes = program.closes_of([own], start=start, end=day).get(own.pk, {})
    last = trading_days[-1] if trading_days else day
    if last not in closes:
        raise Refused(
            f"There is no close of the company's stock for {day_text(last)}.",
            place="GA §6",
            remedy="Import its prices.",
        )
    return closes[last], f"the close on {day_text(last)}"


def settlements_of(period: PerformancePeriod) -> Iterable[Settlement]:
    """What was settled for a period, by holder's name."""
    return (
        Settlement.objects.filter(award__period=period)
        .select_related("award__employee", "batch")
        .order_by("award__employee__name", "pk")
    )


def settlement_of(award: Award) -> Settlement | None:
    """What the award was settled with, if it was."""
    return Settlement.objects.filter(award=award).select_related("batch", "seal").first()


# What the settlement desk shows


@dataclass(frozen=True, slots=True)
class DueAward:
    """An award that is owed shares: who holds it, how many, from when, and whether it is signed."""

    standing: Standing
    shares: int
    settles_on: date
    is_signed: bool

    @property
    def public_id(self) -> str:
        return str(self.standing.award.public_id)

    @property
    def holder(self) -> str:
        return self.standing.person.employee.name

    @property
    def steps(self) -> list[Any]:
        return [*self.standing.steps, *self.standing.entitlement().steps]


@dataclass(frozen=True, slots=True)
class NothingDue:
    """An award that is owed no shares, and why."""

    holder: str
    steps: list[Any]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition to delivery, and who ticked it when."""

    value: str
    label: str
    tick: DeliveryCondition | None


@dataclass(frozen=True, slots=True)
class MarketValue:
    """The market's Fair Market Value for a Settlement Date, or why there is none."""

    settles_on: date
    close: Decimal | None
    words: str

    @property
    def price(self) -> str:
        return price_text(self.close, CURRENCY) if self.close is not None else ""


@dataclass(frozen=True, slots=True)
class Desk:
    """A period's settlement on a day."""

    period: PerformancePeriod
    day: date
    certificate: Certificate | None
    conditions: list[Condition]
    owed: list[DueAward]
    nothing_due: list[NothingDue]
    batch: SettlementBatch | None
    settled: list[Line]
    market_values: list[MarketValue]
    approvals: list[SettlementApproval]

    @property
    def due(self) -> list[DueAward]:
        return [award for award in self.owed if award.settles_on <= self.day]

    @property
    def ready(self) -> list[DueAward]:
        """Those due that can be settled: their notice is signed."""
        return [award for award in self.due if award.is_signed]

    @property
    def blocked(self) -> list[DueAward]:
        return [award for award in self.due if not award.is_signed]

    @property
    def later(self) -> list[DueAward]:
        return [award for award in self.owed if award.settles_on > self.day]

    @property
    def next_date(self) -> date | None:
        return min((award.settles_on for award in self.later), default=None)

    @property
    def unticked(self) -> list[Condition]:
        return [condition for condition in self.conditions if condition.tick is None]

    @property
    def delivers_on(self) -> date | None:
        """The day of delivery after the Settlement Date, where there is a certificate."""
        if self.certificate is None:
            return None
        return delivery_date(settles_on=self.certificate.settlement_date).value

    @property
    def settlement_steps(self) -> list[dict[str, str]]:
        return json.loads(self.certificate.settlement_steps) if self.certificate else []


def desk(period: PerformancePeriod, *, on: date) -> Desk:
    """Everything the settlement desk shows, in a constant number of queries."""
    ticks = {row.condition: row for row in ticked_conditions(period)}
    owed, nothing_due = [], []
    for standing in standings(period):
        if standing.earned is None or standing.settlement is not None:
            continue
        entitled = standing.entitlement().value
        if entitled.shares and entitled.settles_on:
            signed = is_signed(standing.award)
            owed.append(DueAward(standing, entitled.shares, entitled.settles_on, signed))
        else:
            steps = [*standing.steps, *standing.entitlement().steps]
            nothing_due.append(NothingDue(standing.person.employee.name, steps))
    days = {award.settles_on for award in owed if award.is_signed and award.settles_on <= on}
    return Desk(
        period=period,
        day=on,
        certificate=certificate_of(period),
        conditions=[
            Condition(condition.value, str(condition.label), ticks.get(condition.value))
            for condition in DeliveryCondition.Condition
        ],
        owed=owed,
        nothing_due=nothing_due,
        batch=open_batch(period),
        settled=[line_of(settlement) for settlement in settlements_of(period)],
        market_values=[_market_value(day) for day in sorted(days)],
        approvals=list(
            SettlementApproval.objects.filter(batch__period=period)
            .select_related("approved_by", "batch__prepared_by")
            .order_by("pk")
        ),
    )


def _market_value(day: date) -> MarketValue:
    try:
        close, words = fair_market_value_on(day)
    except Refused as refusal:
        return MarketValue(day, None, str(refusal))
    return MarketValue(day, close, words)


def checks_before_approval(desk: Desk) -> list[Check]:
    """What stands in the way of approving the open batch (GA §8), or that nothing does."""
    if desk.batch is None:
        return []
    changed = changed_since_prepared(desk.batch, [award.standing for award in desk.due])
    unticked = len(desk.unticked)
    return [
        Check(
            passed=not unticked,
            sentence=ngettext(
                "%(count)d condition to delivery is not ticked yet.",
                "%(count)d conditions to delivery are not ticked yet.",
                unticked,
            )
            % {"count": unticked}
            if unticked
            else _("All conditions to delivery are ticked."),
            place="GA §8",
        ),
        Check(
            passed=not changed,
            sentence=_("What is due changed for %(holders)s: prepare the settlement again.")
            % {"holders": ", ".join(changed)}
            if changed
            else _("What each holder is due has not changed since this was prepared."),
            place="P Termination of Employment",
        ),
    ]
