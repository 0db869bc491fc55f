"""The minimum required tax of a delivery: as payroll gives it, or computed from approved rates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from ltip.rules.abroad import election_in_force
from ltip.rules.outcome import Outcome, Step
from ltip.rules.quantities import CONTEXT, minor_units_in, money_text
from ltip.rules.tax_due import Stay, days_in, rate_day, tax_due
from ltip.rules.taxes import PLACE
from participants.awards.models import Award
from participants.awards.selectors import Standing
from participants.papers.elections import Election, elections_of, ended_on
from participants.settlement.rates import RatesOnRecord, rates_on_record


@dataclass(frozen=True, slots=True)
class Payroll:
    """What payroll knows of a holder: the wages of the year before this payment, by the names the
    rules give them, in minor units; and where the holder worked, until which day each time.

    The last stay has no day: it goes on to the delivery.
    """

    year_to_date: Mapping[str, int]
    stays: tuple[tuple[str, date | None], ...]

    def as_kept(self) -> dict[str, Any]:
        """The figures as they are kept with the line of the batch."""
        return {
            "year_to_date": dict(self.year_to_date),
            "stays": [{"jurisdiction": where, "until": until} for where, until in self.stays],
        }

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "Payroll":
        stays = [
            (stay["jurisdiction"], date.fromisoformat(stay["until"]) if stay["until"] else None)
            for stay in kept["stays"]
        ]
        return cls(kept["year_to_date"], tuple(stays))


@dataclass(frozen=True, slots=True)
class TaxGrounds:
    """What is on record that a tax is computed from: the rates, and the joint elections."""

    rates: RatesOnRecord
    elections: Mapping[int, Election]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery of shares that is taxed: what they are worth, and its days."""

    standing: Standing
    shares: int
    fair_market_value: Decimal
    settles_on: date
    delivered_on: date
    currency: str
    exchange_reading: str


def tax_grounds(awards: Iterable[Award]) -> TaxGrounds:
    """What the tax of awards is computed from, in a constant number of queries."""
    return TaxGrounds(rates_on_record(), elections_of(awards))


def typed_tax(*, tax_minor: int, currency: str, given_by: str) -> Outcome[int]:
    """A tax that somebody entered as payroll gave it, with who it was."""
    sentence = (
        f"The minimum required tax as payroll gives it, entered by {given_by}; it was not "
        "computed here."
    )
    return Outcome(tax_minor, (Step(sentence, money_text(tax_minor, currency), PLACE),))


def computed_tax(*, delivery: Delivery, payroll: Payroll, grounds: TaxGrounds) -> Outcome[int]:
    """Compute the minimum required tax of a delivery from the rates approved for its day.

    Refuses by name a rate, an exchange rate or a figure that is missing, and stays that leave out
    days (rulebook 10.5; P Tax Withholding).
    """
    award, holder = delivery.standing.award, delivery.standing.person.employee.name
    counted = days_in(
        holder=holder,
        stays=_stays(payroll, award.grant_date, delivery.delivered_on),
        granted_on=award.grant_date,
        delivered_on=delivery.delivered_on,
    )
    election = grounds.elections.get(award.pk)
    with localcontext(CONTEXT):
        worth = delivery.shares * delivery.fair_market_value * minor_units_in(delivery.currency)
    due = tax_due(
        holder=holder,
        value_minor=worth,
        currency=delivery.currency,
        paid_on=delivery.delivered_on,
        days=counted.value,
        rates=grounds.rates.approved_tax,
        year_to_date=payroll.year_to_date,
        exchange_rates=grounds.rates.approved_exchange,
        converted_on=rate_day(
            settles_on=delivery.settles_on,
            delivered_on=delivery.delivered_on,
            reading=delivery.exchange_reading,
        ),
        employer_insurance_borne=election_in_force(
            signed_on=election.signed_on if election else None,
            ended_on=ended_on(election),
            on=delivery.delivered_on,
        ),
    )
    return Outcome(due.value.total_minor, (*counted.steps, *due.steps))


def _stays(payroll: Payroll, granted_on: date, delivered_on: date) -> list[Stay]:
    """The stays from the grant on, each beginning on the day after the one before."""
    stays, begins = [], granted_on
    for where, until in payroll.stays:
        stays.append(Stay(where, begins, until or delivered_on))
        begins = date.fromordinal((until or delivered_on).toordinal() + 1)
    return stays
