"""Rates of tax as data, and the tax of one kind on a payment of wages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from itertools import pairwise

from ltip.rules.calendars import day_text
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import (
    CONTEXT,
    HUNDRED,
    minor_units_in,
    money_text,
    percent_text,
    whole_minor_units,
)

PLACE = "P Tax Withholding"
FROM_PAYROLL = "Have it approved first, or enter the tax as payroll gives it."
HAS_A_BASE = "social_security"


@dataclass(frozen=True, slots=True)
class TaxKind:
    """A kind of tax: how it is called, and which wages of the year its thresholds count."""

    key: str
    label: str
    wages: str


KINDS: Mapping[str, TaxKind] = {
    kind.key: kind
    for kind in (
        TaxKind("supplemental", "Income tax on supplemental wages", "supplemental wages"),
        TaxKind("social_security", "Social Security", "Social Security wages"),
        TaxKind("medicare", "Medicare", "Medicare wages"),
        TaxKind("additional_medicare", "Additional Medicare tax", "Medicare wages"),
        TaxKind("state", "State income tax on supplemental wages", "supplemental wages"),
        TaxKind("income_tax", "Income tax", "pay"),
        TaxKind("employee_insurance", "The employee's national insurance", "pay"),
        TaxKind("employer_insurance", "The employer's national insurance", "pay"),
    )
}


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate that was approved: per cent of the wages of a year between two amounts, for the
    payments of some days.

    `jurisdiction` is a country ("US", "GB") or a state of one ("US-CA"). `above_minor` and
    `up_to_minor` are in minor units of `currency`; None is without an upper end. The days count
    from `starts_on` to `ends_on`, both of them; None is without an end.
    """

    jurisdiction: str
    kind: str
    rate: Decimal
    above_minor: int
    up_to_minor: int | None
    currency: str
    starts_on: date
    ends_on: date | None
    source: str
    approved_by: str

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def country_of(jurisdiction: str) -> str:
    """Give the country of a jurisdiction: "US" of "US-CA"."""
    return jurisdiction.partition("-")[0]


def tax_name(*, kind: str, jurisdiction: str) -> str:
    """Name a tax for reading: "Medicare (US)"."""
    return f"{KINDS[kind].label} ({jurisdiction})"


def wages_name(*, kind: str, jurisdiction: str) -> str:
    """Name the wages that a tax counts from the start of the year: "US supplemental wages"."""
    return f"{country_of(jurisdiction)} {KINDS[kind].wages}"


def kinds_in(*, jurisdiction: str, employer_insurance_borne: bool) -> tuple[str, ...]:
    """Give the kinds of tax that a payment in a jurisdiction is subject to (rule 10.5).

    The United States have four and each of their states one; any other country has income tax
    and the employee's insurance, and the employer's too where the holder took it over by a joint
    election (rule 10.4; XB). Place: P Tax Withholding.
    """
    if jurisdiction == "US":
        return ("supplemental", "social_security", "medicare", "additional_medicare")
    if "-" in jurisdiction:
        return ("state",)
    insurance = ("employer_insurance",) if employer_insurance_borne else ()
    return ("income_tax", "employee_insurance", *insurance)


def require_rate(rate: Rate, *, beside: Iterable[Rate]) -> None:
    """Refuse a rate that cannot be approved (rule 10.5; P Tax Withholding).

    It is one of the kinds of its jurisdiction, between nothing and all of the wages, with its
    thresholds and days in order and a source; Social Security has a wage base. And no wage has
    two rates of a kind on a day: `beside` are the others on record that it does not replace.
    """
    kinds = kinds_in(jurisdiction=rate.jurisdiction, employer_insurance_borne=True)
    if rate.kind not in kinds:
        raise Refused(f"{rate.kind!r} is no kind of tax in {rate.jurisdiction}.", place=PLACE)
    name = tax_name(kind=rate.kind, jurisdiction=rate.jurisdiction)
    minor_units_in(rate.currency)
    if not 0 <= rate.rate <= HUNDRED:
        raise Refused(f"{name}: {rate.rate} is no rate in per cent.", place=PLACE)
    if rate.above_minor < 0 or not _in_order(rate.above_minor, rate.up_to_minor):
        raise Refused(f"{name}: the thresholds are not in order.", place=PLACE)
    if rate.kind == HAS_A_BASE and rate.up_to_minor is None:
        raise Refused(
            f"{name}: the wage base of the year is missing.",
            place=PLACE,
            remedy="Give it as the amount up to which the rate holds.",
        )
    if rate.ends_on is not None and rate.ends_on < rate.starts_on:
        raise Refused(
            f"{name}: it ends on {day_text(rate.ends_on)}, before it starts on "
            f"{day_text(rate.starts_on)}.",
            place=PLACE,
        )
    if not rate.source.strip():
        raise Refused(f"{name}: the rate has no source.", place=PLACE)
    if any(_share_a_wage(rate, other) for other in beside):
        raise Refused(
            f"{name}: another rate holds for some of the same wages on some of the same days.",
            place=PLACE,
            remedy="Name the rate that this one replaces, or change its days or thresholds.",
        )


def rates_on(*, rates: Iterable[Rate], jurisdiction: str, kind: str, on: date) -> tuple[Rate, ...]:
    """Give the rates of a kind of tax that hold on a day, from the lowest wages up (rule 10.5).

    Refuses a day without one, and rates that leave out wages between them or are in several
    currencies: neither is estimated. Place: P Tax Withholding.
    """
    name = tax_name(kind=kind, jurisdiction=jurisdiction)
    found = sorted(
        (r for r in rates if (r.jurisdiction, r.kind) == (jurisdiction, kind) and r.holds_on(on)),
        key=lambda r: r.above_minor,
    )
    if not found:
        raise Refused(
            f"{name}: no rate is approved for {day_text(on)}.", place=PLACE, remedy=FROM_PAYROLL
        )
    for lower, upper in pairwise(found):
        if (lower.up_to_minor, lower.currency) != (upper.above_minor, upper.currency):
            raise Refused(
                f"{name}: the rates approved for {day_text(on)} do not adjoin.",
                place=PLACE,
                remedy="Have them corrected first, or enter the tax as payroll gives it.",
            )
    return tuple(found)


def tax_on_wages(
    *, holder: str, wages_minor: Decimal, before_minor: int | None, rates: Sequence[Rate]
) -> Outcome[int]:
    """Compute the tax of one kind on a payment, in minor units of its currency (rule 10.5).

    `wages_minor` is the payment, exact; `before_minor` the wages of the year that this tax counts
    and that were paid before it, from payroll; `rates` are those of `rates_on`. A payment that
    straddles a threshold is split. The sum is rounded to the minor unit once, a half up. Above
    the wage base of Social Security nothing is due; above the last rate of another tax nothing is
    known, and the payment is refused; so is a missing figure where a threshold needs it. Place:
    P Tax Withholding.
    """
    first, last = rates[0], rates[-1]
    name = tax_name(kind=first.kind, jurisdiction=first.jurisdiction)
    counted = wages_name(kind=first.kind, jurisdiction=first.jurisdiction)
    has_thresholds = bool(first.above_minor) or last.up_to_minor is not None or len(rates) > 1
    if before_minor is None and has_thresholds:
        raise Refused(
            f"{name}: the {counted} of the year that {holder} had before are not given.",
            place=PLACE,
            remedy="Enter them from payroll; 0 where there were none.",
        )
    before = Decimal(before_minor or 0)
    with localcontext(CONTEXT):
        after = before + wages_minor
        parts = [(rate, _part(rate, before, after)) for rate in rates]
        tax = whole_minor_units(sum((part * r.rate / HUNDRED for r, part in parts), Decimal(0)))
    if first.kind != HAS_A_BASE and last.up_to_minor is not None and after > last.up_to_minor:
        raise Refused(
            f"{name}: no rate is approved above {money_text(last.up_to_minor, last.currency)}, "
            f"which {holder} passes.",
            place=PLACE,
            remedy=FROM_PAYROLL,
        )
    since = (
        f", after {money_text(before_minor or 0, first.currency)} of {counted} in the year"
        if has_thresholds
        else ""
    )
    told = " and ".join(
        f"{percent_text(rate.rate, places=6)} of "
        f"{money_text(whole_minor_units(part), rate.currency)}"
        for rate, part in parts
        if part
    )
    approved = dict.fromkeys(f"{rate.source}, approved by {rate.approved_by}" for rate in rates)
    sentence = (
        f"{name}{since}: {told or 'no rate above nothing reaches this payment'} "
        f"({'; '.join(approved)})."
    )
    step = Step(sentence=sentence, figure=money_text(tax, first.currency), place=PLACE)
    return Outcome(tax, (step,))


def _part(rate: Rate, before: Decimal, after: Decimal) -> Decimal:
    """What of the wages from one sum of the year to another lies between the rate's thresholds."""
    above = Decimal(rate.above_minor)
    until = after if rate.up_to_minor is None else min(after, Decimal(rate.up_to_minor))
    return max(until - max(before, above), Decimal(0))


def _in_order(first: int, last: int | None) -> bool:
    return last is None or first < last


def _share_a_wage(one: Rate, other: Rate) -> bool:
    same_tax = (one.jurisdiction, one.kind) == (other.jurisdiction, other.kind)
    wages = _in_order(one.above_minor, other.up_to_minor) and _in_order(
        other.above_minor, one.up_to_minor
    )
    days = (other.ends_on is None or one.starts_on <= other.ends_on) and (
        one.ends_on is None or other.starts_on <= one.ends_on
    )
    return same_tax and wages and days
