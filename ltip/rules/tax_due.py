"""All the tax on shares delivered on a day: where it falls due, in which currency, how much."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from itertools import pairwise

from ltip.rules.calendars import day_text
from ltip.rules.canonical import decimal_text
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import (
    CONTEXT,
    minor_units_in,
    money_text,
    whole_minor_units,
)
from ltip.rules.readings import require_reading
from ltip.rules.taxes import PLACE, Rate, country_of, kinds_in, rates_on, tax_on_wages, wages_name

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stay:
    """Where a holder worked from one day to another, both of them: "GB", "US-CA"."""

    jurisdiction: str
    from_: date
    to: date

    @property
    def days(self) -> int:
        return (self.to - self.from_).days + 1


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """An exchange rate that was approved for a day: what one unit of `base` is in `quote`."""

    base: str
    quote: str
    day: date
    rate: Decimal
    source: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax that is due: in minor units of its own currency, and of that of the shares."""

    jurisdiction: str
    kind: str
    currency: str
    amount_minor: int
    converted_minor: int


@dataclass(frozen=True, slots=True)
class TaxDue:
    """Every tax on a delivery; `total_minor` is their sum in the currency of the shares."""

    taxes: tuple[Tax, ...]
    total_minor: int


def days_in(
    *, holder: str, stays: Sequence[Stay], granted_on: date, delivered_on: date
) -> Outcome[dict[str, int]]:
    """Count a holder's days in each jurisdiction from the grant to the delivery, both of them.

    A participant who moved between the grant and the taxable event may be taxed in more than one
    jurisdiction (rule 10.5; P Tax Withholding); we read it as by days. Refuses days that are left
    out or counted twice, and a stay in the United States that names no state: one without income
    tax has a rate of 0 %.
    """
    listed = sorted(stays, key=lambda stay: stay.from_)
    complete = (
        bool(listed)
        and (listed[0].from_, listed[-1].to) == (granted_on, delivered_on)
        and all(stay.days > 0 for stay in listed)
        and all(later.from_ == earlier.to + _ONE_DAY for earlier, later in pairwise(listed))
    )
    if not complete:
        raise Refused(
            f"where {holder} worked from {day_text(granted_on)} to {day_text(delivered_on)} does "
            "not count each day once.",
            place=PLACE,
            remedy="Enter each stay with its first and last day.",
        )
    days: dict[str, int] = {}
    for stay in listed:
        if stay.jurisdiction == "US":
            raise Refused(
                f"the state in which {holder} worked from {day_text(stay.from_)} is not given.",
                place=PLACE,
                remedy="Name it, also where it has no income tax.",
            )
        days[stay.jurisdiction] = days.get(stay.jurisdiction, 0) + stay.days
    whole = sum(days.values())
    steps = tuple(
        Step(
            sentence=f"{holder} worked {part:,} of {whole:,} days from the grant to the delivery "
            f"in {jurisdiction}.",
            figure=f"{part:,} ÷ {whole:,}",
            place=PLACE,
        )
        for jurisdiction, part in days.items()
    )
    return Outcome(days, steps)


def rate_day(*, settles_on: date, delivered_on: date, reading: str = "settlement_date") -> date:
    """Give the day whose exchange rate converts tax in another currency (rule 10.5).

    *Reading:* `tax.exchange_rate` = settlement_date (alternative: delivery_date). Place: P Tax
    Withholding.
    """
    require_reading(key="tax.exchange_rate", value=reading)
    return delivered_on if reading == "delivery_date" else settles_on


def exchange_rate_on(
    *, rates: Iterable[ExchangeRate], base: str, quote: str, day: date
) -> Outcome[Decimal]:
    """Give what one unit of a currency is in another, at the rate approved for a day (rule 10.5).

    No other day's rate stands in for it, and none is turned round: without it the payment is
    refused. A currency is itself at 1. Place: P Tax Withholding.
    """
    if base == quote:
        return Outcome(Decimal(1), ())
    for rate in rates:
        if (rate.base, rate.quote, rate.day) == (base, quote, day):
            sentence = (
                f"One {base} is {decimal_text(rate.rate)} {quote} on {day_text(day)} "
                f"({rate.source}, approved by {rate.approved_by})."
            )
            step = Step(sentence=sentence, figure=decimal_text(rate.rate), place=PLACE)
            return Outcome(rate.rate, (step,))
    raise Refused(
        f"no exchange rate of {base} in {quote} is approved for {day_text(day)}.",
        place=PLACE,
        remedy="Have it approved first, or enter the tax as payroll gives it.",
    )


def require_exchange_rate(rate: ExchangeRate, *, beside: Iterable[ExchangeRate]) -> None:
    """Refuse an exchange rate that cannot be approved (rule 10.5; P Tax Withholding): of unknown
    currencies or one with itself, not above zero, without a source, or a second one for a day
    (`beside` are the others on record that it does not replace)."""
    for currency in (rate.base, rate.quote):
        minor_units_in(currency)
    if rate.base == rate.quote:
        raise Refused(f"{rate.base} is always one {rate.quote}.", place=PLACE)
    if not rate.rate > 0:
        raise Refused(f"{rate.rate} is no exchange rate; it is above zero.", place=PLACE)
    if not rate.source.strip():
        raise Refused("the exchange rate has no source.", place=PLACE)
    if any((r.base, r.quote, r.day) == (rate.base, rate.quote, rate.day) for r in beside):
        raise Refused(
            f"{rate.base} in {rate.quote} has a rate for {day_text(rate.day)} already.",
            place=PLACE,
            remedy="Name the rate that this one replaces.",
        )


def tax_due(
    *,
    holder: str,
    value_minor: Decimal,
    currency: str,
    paid_on: date,
    days: Mapping[str, int],
    rates: Sequence[Rate],
    year_to_date: Mapping[str, int],
    exchange_rates: Sequence[ExchangeRate],
    converted_on: date,
    employer_insurance_borne: bool,
) -> Outcome[TaxDue]:
    """Compute every tax on a delivery of shares (rule 10.5; P Tax Withholding).

    `value_minor` is what the shares are worth, exact, in minor units of `currency`; `days` those
    of `days_in`, by which the value is divided between jurisdictions: a country taxes what falls
    to it and to all of its states. `year_to_date` holds the wages paid before, by the names of
    `wages_name`, in the tax's currency. Each tax is rounded to its minor unit once, a half up,
    and what it is in the currency of the shares once more. Rates are those of the day of the
    delivery, `paid_on`. Whatever is missing is refused by name (`rates_on`, `tax_on_wages`,
    `exchange_rate_on`). The employer's insurance is due where the holder took it over (XB); no
    relief for it is taken.
    """
    taxes: list[Tax] = []
    steps: list[Step] = []
    told: set[str] = set()
    for jurisdiction, part in _taxing(days).items():
        for kind in kinds_in(
            jurisdiction=jurisdiction, employer_insurance_borne=employer_insurance_borne
        ):
            held = rates_on(rates=rates, jurisdiction=jurisdiction, kind=kind, on=paid_on)
            own = held[0].currency
            exchange = exchange_rate_on(
                rates=exchange_rates, base=own, quote=currency, day=converted_on
            )
            steps += () if own in told else exchange.steps
            told.add(own)
            with localcontext(CONTEXT):
                minor_of_own = exchange.value * minor_units_in(currency) / minor_units_in(own)
                wages = value_minor * part / sum(days.values()) / minor_of_own
            tax = tax_on_wages(
                holder=holder,
                wages_minor=wages,
                before_minor=year_to_date.get(wages_name(kind=kind, jurisdiction=jurisdiction)),
                rates=held,
            )
            with localcontext(CONTEXT):
                converted = whole_minor_units(tax.value * minor_of_own)
            taxes.append(Tax(jurisdiction, kind, own, tax.value, converted))
            steps += tax.steps
    total = sum(tax.converted_minor for tax in taxes)
    step = Step(
        sentence=f"The minimum required tax of {holder} is the sum of these, each rounded once.",
        figure=money_text(total, currency),
        place=PLACE,
    )
    return Outcome(TaxDue(tuple(taxes), total), (*steps, step))


def _taxing(days: Mapping[str, int]) -> dict[str, int]:
    """The days that each jurisdiction taxes: a country those of its states too."""
    taxing: dict[str, int] = {}
    for jurisdiction, part in days.items():
        for one in dict.fromkeys((country_of(jurisdiction), jurisdiction)):
            taxing[one] = taxing.get(one, 0) + part
    return taxing
