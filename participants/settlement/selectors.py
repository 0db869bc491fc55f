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
from ltip.program.selectors import ReadingHistory
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from ltip.rules.readings import require_reading
from participants.awards.models import Award, Certificate, ControlDetermination
from participants.awards.selectors import (
    Standing,
    certificate_of,
    control_determination_of,
    standings,
)
from participants.people.heirs import Heirs
from participants.settlement.holding_back import HeldBack, held_back
from participants.settlement.models import (
    DeliveryCondition,
    Settlement,
    SettlementApproval,
    SettlementBatch,
)
from participants.settlement.recipients import heirs_in, recipients, recipients_in
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
        settles_on = entitled.settles_on
        if entitled.shares and settles_on and settles_from(standing, settles_on) <= on:
            due.append(standing)
    return due


def settles_from(standing: Standing, settles_on: date) -> date:
    """The first day on which an award that settles on a day can be settled.

    That day, or the business day before one that is none, where the Committee reads the Program
    so (rulebook 6.1).
    """
    readings = standing.readings.on(settles_on)
    return min(settles_on, program.delivery_of(settles_on=settles_on, readings=readings).value)


def first_settlement_day(
    period: PerformancePeriod, determined: Certificate | ControlDetermination
) -> date:
    """The first day on which an award of a determined period can settle.

    The Settlement Date, or before it the day of a change in control, where the Committee reads
    the Program so (P Change in Control).
    """
    days = [
        settles_from(standing, settles_on)
        for standing in standings(period)
        if standing.earned and (settles_on := standing.entitlement().value.settles_on)
    ]
    return min([determined.settlement_date, *days])


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
    """The holders who are no longer due what the batch says: settled, gone, on another day, or
    with other heirs."""
    by_award = {str(standing.award.public_id): standing for standing in due}
    heirs = heirs_in(by_award.values())
    return [
        line["holder"]
        for line in statement_of(batch)["lines"]
        if _has_changed(line, by_award.get(line["award"]), heirs)
    ]


def _has_changed(line: dict[str, Any], standing: Standing | None, heirs: dict[int, Heirs]) -> bool:
    if standing is None:
        return True
    now = standing.entitlement().value
    if (now.shares, now.settles_on) != (line["shares"], date.fromisoformat(line["settles_on"])):
        return True
    try:
        delivered_to = recipients(standing, heirs, shares=line["delivered"]).value
    except Refused:
        return True
    return delivered_to != recipients_in(line)


def unticked_conditions(period: PerformancePeriod) -> list[DeliveryCondition.Condition]:
    """The conditions to delivery that nobody has ticked yet."""
    ticked = set(period.delivery_conditions.values_list("condition", flat=True))
    return [c for c in DeliveryCondition.Condition if c.value not in ticked]


def ticked_conditions(period: PerformancePeriod) -> list[DeliveryCondition]:
    """The conditions to delivery that someone ticked, with who and when."""
    return list(period.delivery_conditions.select_related("ticked_by").order_by("pk"))


def fair_market_value_on(day: date, *, reading: str = "close") -> tuple[Decimal, str]:
    """The close on a day or the last trading day before it, and that in words (rulebook 6.4).

    Refuses when that trading day's close is not on record: an older one would be another value.
    *Reading:* `fair_market_value` = close (alternative: close_before, never that of the day).
    """
    require_reading(key="fair_market_value", value=reading)
    own = program.own_security()
    latest = day - timedelta(days=1) if reading == "close_before" else day
    start = latest - LOOKED_BACK
    trading_days = program.trading_days(start=start, end=latest)
    closes = program.closes_of([own], start=start, end=latest).get(own.pk, {})
    last = trading_days[-1] if trading_days else latest
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
    """An award that is owed shares: who holds it, how many, from when, and what holds it back."""

    standing: Standing
    shares: int
    settles_on: date
    held_back: HeldBack | None

    @property
    def settles_from(self) -> date:
        return settles_from(self.standing, self.settles_on)

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
    determined: Certificate | ControlDetermination | None
    conditions: list[Condition]
    owed: list[DueAward]
    nothing_due: list[NothingDue]
    batch: SettlementBatch | None
    settled: list[Line]
    market_values: list[MarketValue]
    approvals: list[SettlementApproval]
    readings: ReadingHistory

    @property
    def due(self) -> list[DueAward]:
        return [award for award in self.owed if award.settles_from <= self.day]

    @property
    def ready(self) -> list[DueAward]:
        """Those due that nothing holds back."""
        return [award for award in self.due if not award.held_back]

    @property
    def blocked(self) -> list[DueAward]:
        return [award for award in self.due if award.held_back]

    @property
    def later(self) -> list[DueAward]:
        return [award for award in self.owed if award.settles_from > self.day]

    @property
    def next_date(self) -> date | None:
        return min((award.settles_on for award in self.later), default=None)

    @property
    def unticked(self) -> list[Condition]:
        return [condition for condition in self.conditions if condition.tick is None]

    @property
    def delivers_on(self) -> date | None:
        """The day of delivery after the Settlement Date, where the period is determined."""
        if self.determined is None:
            return None
        settles_on = self.determined.settlement_date
        readings = self.readings.on(settles_on)
        return program.delivery_of(settles_on=settles_on, readings=readings).value

    @property
    def control(self) -> ControlDetermination | None:
        """The change in control that stands in the place of a certificate."""
        return self.determined if isinstance(self.determined, ControlDetermination) else None

    @property
    def settlement_steps(self) -> list[dict[str, str]]:
        """The steps to the Settlement Date; with a change in control, to the end of the period."""
        if self.determined is None:
            return []
        return json.loads(
            self.determined.steps
            if isinstance(self.determined, ControlDetermination)
            else self.determined.settlement_steps
        )


def desk(period: PerformancePeriod, *, on: date) -> Desk:
    """Everything the settlement desk shows, in a constant number of queries."""
    ticks = {row.condition: row for row in ticked_conditions(period)}
    unsettled = [s for s in standings(period) if s.earned and s.settlement is None]
    holding = held_back(unsettled, on=on)
    owed, nothing_due = [], []
    for standing in unsettled:
        entitled = standing.entitlement().value
        if entitled.shares and entitled.settles_on:
            obstacle = holding.get(standing.award.pk)
            owed.append(DueAward(standing, entitled.shares, entitled.settles_on, obstacle))
        else:
            steps = [*standing.steps, *standing.entitlement().steps]
            nothing_due.append(NothingDue(standing.person.employee.name, steps))
    days = {a.settles_on for a in owed if not a.held_back and a.settles_from <= on}
    history = program.reading_history()
    return Desk(
        period=period,
        day=on,
        determined=certificate_of(period) or control_determination_of(period),
        conditions=[
            Condition(condition.value, str(condition.label), ticks.get(condition.value))
            for condition in DeliveryCondition.Condition
        ],
        owed=owed,
        nothing_due=nothing_due,
        batch=open_batch(period),
        settled=[line_of(settlement) for settlement in settlements_of(period)],
        market_values=[_market_value(day, history) for day in sorted(days)],
        readings=history,
        approvals=list(
            SettlementApproval.objects.filter(batch__period=period)
            .select_related("approved_by", "batch__prepared_by")
            .order_by("pk")
        ),
    )


def _market_value(day: date, history: ReadingHistory) -> MarketValue:
    try:
        close, words = fair_market_value_on(day, reading=history.on(day)["fair_market_value"])
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
