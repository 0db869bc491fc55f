"""What a change in control on a day would make of every period, without writing anything."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal, localcontext
from typing import Any

from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod
from ltip.program.services.measuring import gather_inputs
from ltip.rules.awards import capped
from ltip.rules.calendars import Period, day_text
from ltip.rules.canonical import canonical_text, decimal_text, digest_of
from ltip.rules.change_in_control import lump_sum_shares, shortened_period, timing
from ltip.rules.measurement import measure
from ltip.rules.outcome import Refused, Step
from ltip.rules.quantities import CONTEXT, minor_units_in, shares_text, whole_minor_units
from participants.awards.selectors import Standing, all_standings
from participants.settlement.statements import CURRENCY

LOOKED_BACK = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class HolderTrial:
    """What one award would be paid in the lump sum, with every step; money in minor units."""

    standing: Standing
    shares: int
    steps: tuple[Step, ...]
    value_minor: int | None

    @property
    def public_id(self) -> str:
        return str(self.standing.award.public_id)

    @property
    def holder(self) -> str:
        return self.standing.person.employee.name

    @property
    def target(self) -> int:
        return self.standing.target

    def left_before(self, event_date: date) -> bool:
        leaving = self.standing.person.leaving
        return leaving is not None and leaving.counts_on < event_date


@dataclass(frozen=True, slots=True)
class PeriodTrial:
    """What would become of a period.

    `timing` says where the event falls: before_period, during, after_period or determined.
    `refusal` is why nothing can be computed; without one, a period of awards that the event
    determines has the end it is measured until, its run's inputs and result, and its holders.
    """

    period: PerformancePeriod
    timing: str
    determined_on: date | None = None
    measured_until: date | None = None
    end_steps: tuple[Step, ...] = ()
    inputs: dict[str, Any] = field(default_factory=dict)
    result: dict[str, Any] = field(default_factory=dict)
    holders: tuple[HolderTrial, ...] = ()
    refusal: Refused | None = None

    @property
    def is_determined(self) -> bool:
        """Whether the event would determine the period."""
        return bool(self.result)

    @property
    def has_awards(self) -> bool:
        return self.is_determined or self.refusal is not None

    @property
    def payout(self) -> Decimal | None:
        return Decimal(self.result["payout"]) if self.result else None

    @property
    def shares(self) -> int:
        return sum(holder.shares for holder in self.holders)

    @property
    def value_minor(self) -> int | None:
        values = [holder.value_minor for holder in self.holders]
        return None if None in values else sum(value or 0 for value in values)


@dataclass(frozen=True, slots=True)
class Trial:
    """A change in control on a day, tried: every period, and the price that shows the value."""

    event_date: date
    readings: Mapping[str, str]
    periods: tuple[PeriodTrial, ...]
    price: Decimal | None
    price_on: date | None

    @property
    def currency(self) -> str:
        return CURRENCY

    @property
    def stands(self) -> bool:
        """Whether the dates of what was determined before the event stand."""
        return self.readings["cic.after_determination"] == "stands"

    @property
    def computed(self) -> tuple[PeriodTrial, ...]:
        return tuple(each for each in self.periods if each.is_determined)

    @property
    def refused(self) -> tuple[PeriodTrial, ...]:
        return tuple(each for each in self.periods if each.refusal is not None)

    @property
    def untouched(self) -> tuple[PeriodTrial, ...]:
        return tuple(each for each in self.periods if not each.has_awards)

    @property
    def shares(self) -> int:
        return sum(each.shares for each in self.computed)

    @property
    def value_minor(self) -> int | None:
        if self.price is None:
            return None
        return sum(each.value_minor or 0 for each in self.computed)

    def refusal_for(self, period: PerformancePeriod) -> Refused | None:
        """Why the event can't determine a period, where it can't."""
        return next((each.refusal for each in self.periods if each.period.pk == period.pk), None)

    @property
    def digest(self) -> str:
        """Says whether what is recorded is what was shown."""
        return digest_of(canonical_text(self.content))

    @property
    def content(self) -> dict[str, Any]:
        """All that the trial says, in canonical values."""
        return {
            "event_date": self.event_date,
            "readings": dict(self.readings),
            "price": decimal_text(self.price) if self.price is not None else None,
            "price_on": self.price_on,
            "periods": [_content_of(each) for each in self.periods],
        }


def trial(event_date: date) -> Trial:
    """Try a change in control on a day (rulebook 8.1 to 8.4; P Change in Control).

    Nothing is written. A period that can't be computed says why in its `refusal`: no fiscal
    quarter completed, a price that is missing, a certificate that came after the event.
    """
    readings = program.readings_on(event_date)
    price_on, price = _last_close(event_date)
    standings: dict[int, list[Standing]] = defaultdict(list)
    for standing in all_standings():
        standings[standing.award.period_id].append(standing)
    ends = program.fiscal_quarter_ends()
    periods = PerformancePeriod.objects.select_related(
        "certificate", "control_determination__change_in_control"
    ).order_by("start_date", "end_date")
    return Trial(
        event_date=event_date,
        readings=readings,
        periods=tuple(
            _try_period(period, event_date, standings[period.pk], ends, readings, price)
            for period in periods
        ),
        price=price,
        price_on=price_on,
    )


def _try_period(
    period: PerformancePeriod,
    event_date: date,
    standings: Sequence[Standing],
    quarter_ends: Sequence[date],
    readings: Mapping[str, str],
    price: Decimal | None,
) -> PeriodTrial:
    determined_on = _determined_on(period)
    when = timing(period=period.span, event=event_date, determination_date=determined_on)
    if when in ("before_period", "determined") or not standings:
        return PeriodTrial(period, when, determined_on)
    try:
        if determined_on is not None:
            _refuse_determined(period, determined_on)
        end_steps: tuple[Step, ...] = ()
        span = period.span
        if when == "during":
            shortened = shortened_period(
                period=span,
                event=event_date,
                fiscal_quarter_ends=quarter_ends,
                business_day=readings["business_day"],
            )
            span, end_steps = shortened.value, shortened.steps
        inputs = gather_inputs(period=period, until=span.end, on=event_date)
        result = measure(inputs)
        holders = tuple(
            _try_holder(standing, span, event_date, Decimal(result["payout"]), readings, price)
            for standing in standings
        )
    except Refused as refusal:
        return PeriodTrial(period, when, determined_on, refusal=refusal)
    return PeriodTrial(period, when, determined_on, span.end, end_steps, inputs, result, holders)


def _determined_on(period: PerformancePeriod) -> date | None:
    certificate = getattr(period, "certificate", None)
    control = getattr(period, "control_determination", None)
    if certificate is not None:
        return certificate.determination_date
    return control.change_in_control.event_date if control is not None else None


def _refuse_determined(period: PerformancePeriod, determined_on: date) -> None:
    raise Refused(
        f"The period {period.label} was determined on {day_text(determined_on)}, after the event, "
        "and what is sealed is not undone.",
        place="P Administration",
        remedy="The Committee corrects it by a later act that names it.",
    )


def _try_holder(
    standing: Standing,
    measured: Period,
    event_date: date,
    payout: Decimal,
    readings: Mapping[str, str],
    price: Decimal | None,
) -> HolderTrial:
    award = standing.award
    earned = capped(
        shares=lump_sum_shares(
            target=standing.target,
            payout=payout,
            period=award.period.span,
            measured_until=measured.end,
            event=event_date,
            end_of_service=standing.person.leaving,
            proration_months=readings["cic.proration_months"],
            proration_rounding=readings["proration.rounding"],
            month_full=readings["month.full"],
            shares_rounding=readings["shares.rounding"],
        ),
        most=standing.cap(),
    )
    shares = earned.value
    void = standing.void_steps(event_date)
    if void:
        shares = 0
    granted = Step(
        f"Target granted on {day_text(award.grant_date)}",
        shares_text(award.target_shares),
        "P Grants",
    )
    return HolderTrial(
        standing=standing,
        shares=shares,
        steps=(granted, *standing.target_steps, *earned.steps, *void),
        value_minor=_value_minor(shares, price),
    )


def _value_minor(shares: int, price: Decimal | None) -> int | None:
    if price is None:
        return None
    with localcontext(CONTEXT):
        return whole_minor_units(shares * price * minor_units_in(CURRENCY))


def _last_close(day: date) -> tuple[date, Decimal] | tuple[None, None]:
    """The company's last close on record on a day or not long before it, to show a value by."""
    own = program.own_security()
    closes = program.closes_of([own], start=day - LOOKED_BACK, end=day).get(own.pk, {})
    return max(closes.items()) if closes else (None, None)


def _content_of(tried: PeriodTrial) -> dict[str, Any]:
    return {
        "period": tried.period.label,
        "timing": tried.timing,
        "refused": str(tried.refusal) if tried.refusal else None,
        "measured_until": tried.measured_until,
        "steps": [asdict(step) for step in tried.end_steps],
        "payout": tried.result.get("payout"),
        "inputs": digest_of(canonical_text(tried.inputs)) if tried.inputs else None,
        "result": digest_of(canonical_text(tried.result)) if tried.result else None,
        "awards": [[each.public_id, each.shares] for each in tried.holders],
    }
