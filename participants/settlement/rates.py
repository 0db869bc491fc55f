"""Rates of tax and of exchange: one person enters them, another approves, a later one supersedes.

A rate that takes another's place does so once it is approved; until then the other one holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar

from django.db import transaction

from ltip.accounts.models import Authentication, User
from ltip.accounts.services import use_authentication
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules import tax_due, taxes
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from ltip.rules.quantities import percent_text
from participants.settlement.models import ApprovedRate, ExchangeRate, RateApproval, TaxRate

PLACE = taxes.PLACE
LOCK = "rates of tax"
DECIMALS = 6
T = TypeVar("T", TaxRate, ExchangeRate)


def tax_value(row: TaxRate) -> taxes.Rate:
    """A rate of tax as the rules take it; nobody's name stands on one that is not approved."""
    return taxes.Rate(
        jurisdiction=row.jurisdiction,
        kind=row.kind,
        rate=row.rate,
        above_minor=row.above_minor,
        up_to_minor=row.up_to_minor,
        currency=row.currency,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        source=row.source,
        approved_by=approver_of(row),
    )


def exchange_value(row: ExchangeRate) -> tax_due.ExchangeRate:
    """An exchange rate as the rules take it."""
    return tax_due.ExchangeRate(
        base=row.base,
        quote=row.quote,
        day=row.day,
        rate=row.rate,
        source=row.source,
        approved_by=approver_of(row),
    )


def approver_of(row: TaxRate | ExchangeRate) -> str:
    """Who approved a rate, "" while nobody has."""
    return row.approved.approval.approved_by.name if hasattr(row, "approved") else ""


def name_of(row: TaxRate | ExchangeRate) -> str:
    """Name a rate so that two of them are told apart: what, how much, from when."""
    if isinstance(row, ExchangeRate):
        return f"{row.base} in {row.quote} on {day_text(row.day)}"
    tax = taxes.tax_name(kind=row.kind, jurisdiction=row.jurisdiction)
    return f"{tax}, {percent_text(row.rate, places=DECIMALS)} from {day_text(row.starts_on)}"


# Entering and approving


@transaction.atomic
def enter_tax_rate(
    *,
    jurisdiction: str,
    kind: str,
    rate: Decimal,
    starts_on: date,
    source: str,
    by: User,
    at: datetime,
    ends_on: date | None = None,
    above_minor: int = 0,
    up_to_minor: int | None = None,
    currency: str = "USD",
    supersedes: TaxRate | None = None,
) -> TaxRate:
    """Enter a rate of tax, for another person to approve (rulebook 10.5).

    Refuses what `require_rate` refuses, beside every other rate on record that nothing took the
    place of, and one to supersede that has been superseded.
    """
    lock(LOCK)
    told: dict[str, Any] = {
        "jurisdiction": jurisdiction,
        "kind": kind,
        "rate": rate,
        "above_minor": above_minor,
        "up_to_minor": up_to_minor,
        "currency": currency,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "source": source.strip(),
    }
    _require_exact(rate)
    _require_latest(supersedes)
    others = [tax_value(row) for row in _latest(_tax_rows()) if row != supersedes]
    taxes.require_rate(taxes.Rate(**told, approved_by=""), beside=others)
    superseded = str(supersedes.public_id) if supersedes else None
    seal = records.seal(
        kind="participants.tax_rate.entered",
        content={**told, "supersedes": superseded},
        by=by,
        at=at,
    )
    return TaxRate.objects.create(**told, supersedes=supersedes, entered_by=by, seal=seal)


@transaction.atomic
def enter_exchange_rate(
    *,
    base: str,
    quote: str,
    day: date,
    rate: Decimal,
    source: str,
    by: User,
    at: datetime,
    supersedes: ExchangeRate | None = None,
) -> ExchangeRate:
    """Enter an exchange rate, for another person to approve (rulebook 10.5).

    Refuses what `require_exchange_rate` refuses, and one to supersede that has been superseded.
    """
    lock(LOCK)
    told: dict[str, Any] = {
        "base": base,
        "quote": quote,
        "day": day,
        "rate": rate,
        "source": source.strip(),
    }
    _require_exact(rate)
    _require_latest(supersedes)
    others = [exchange_value(row) for row in _latest(_exchange_rows()) if row != supersedes]
    tax_due.require_exchange_rate(tax_due.ExchangeRate(**told, approved_by=""), beside=others)
    superseded = str(supersedes.public_id) if supersedes else None
    seal = records.seal(
        kind="participants.exchange_rate.entered",
        content={**told, "supersedes": superseded},
        by=by,
        at=at,
    )
    return ExchangeRate.objects.create(**told, supersedes=supersedes, entered_by=by, seal=seal)


@transaction.atomic
def approve_rates(
    *,
    tax_rates: Sequence[TaxRate],
    exchange_rates: Sequence[ExchangeRate],
    by: User,
    authentication: Authentication,
    at: datetime,
) -> RateApproval:
    """Approve rates that others entered; they hold from this moment (rulebook 10.5).

    Refuses none at all, a rate that the same person entered, one that is approved or superseded
    already, and one that would leave two rates for a wage on a day.
    """
    lock(LOCK)
    if not tax_rates and not exchange_rates:
        raise Refused("No rate is chosen.", place=PLACE, remedy="Tick those that you approve.")
    tax_rows, exchange_rows = _tax_rows(), _exchange_rows()
    chosen: list[TaxRate | ExchangeRate] = [*tax_rates, *exchange_rates]
    for row in chosen:
        _require_approvable(row, by)
    held = _in_force(tax_rows, also={row.pk for row in tax_rates})
    for one in tax_rates:
        others = [tax_value(row) for row in held if row.pk != one.pk]
        taxes.require_rate(tax_value(one), beside=others)
    exchanged = _in_force(exchange_rows, also={row.pk for row in exchange_rates})
    for exchange in exchange_rates:
        beside = [exchange_value(row) for row in exchanged if row.pk != exchange.pk]
        tax_due.require_exchange_rate(exchange_value(exchange), beside=beside)
    use = use_authentication(
        authentication=authentication, by=by, purpose="approval of rates", at=at
    )
    seal = records.seal(
        kind="participants.rates.approved",
        content={
            "tax_rates": [str(row.public_id) for row in tax_rates],
            "exchange_rates": [str(row.public_id) for row in exchange_rates],
            "method": authentication.method,
            "address": authentication.address,
        },
        by=by,
        at=at,
    )
    approval = RateApproval.objects.create(
        approved_by=by, approved_at=at, authentication_use=use, seal=seal
    )
    ApprovedRate.objects.bulk_create(
        [ApprovedRate(approval=approval, tax_rate=row) for row in tax_rates]
        + [ApprovedRate(approval=approval, exchange_rate=row) for row in exchange_rates]
    )
    return approval


def _require_exact(rate: Decimal) -> None:
    if not rate.is_finite() or rate != round(rate, DECIMALS):
        raise Refused(f"{rate} has more than {DECIMALS} decimals.", place=PLACE)


def _require_latest(row: TaxRate | ExchangeRate | None) -> None:
    if row is not None and hasattr(row, "superseded_by"):
        raise Refused(
            f"{name_of(row)}: a later entry has taken the place of this rate.",
            place=PLACE,
            remedy="Name that one.",
        )


def _require_approvable(row: TaxRate | ExchangeRate, by: User) -> None:
    if row.entered_by_id == by.pk:
        raise Refused(
            f"{name_of(row)}: whoever entered a rate does not approve it.",
            place=PLACE,
            remedy="Ask a colleague.",
        )
    if hasattr(row, "approved"):
        raise Refused(f"{name_of(row)}: this rate is approved already.", place=PLACE)
    _require_latest(row)


# What is on record


@dataclass(frozen=True, slots=True)
class TaxLine:
    """A tax in a jurisdiction on a day, and its rates from the lowest wages up; none is missing."""

    name: str
    rates: tuple[TaxRate, ...]


@dataclass(frozen=True, slots=True)
class RatesOnRecord:
    """Every rate of tax and of exchange, whatever became of it."""

    tax: tuple[TaxRate, ...]
    exchange: tuple[ExchangeRate, ...]

    @property
    def approved_tax(self) -> list[taxes.Rate]:
        """The rates of tax that are approved and that none approved since replaces."""
        return [tax_value(row) for row in _in_force(self.tax)]

    @property
    def approved_exchange(self) -> list[tax_due.ExchangeRate]:
        return [exchange_value(row) for row in _in_force(self.exchange)]

    @property
    def replaceable_tax(self) -> list[TaxRate]:
        """Those that another entry may name as superseded."""
        return _latest(self.tax)

    @property
    def replaceable_exchange(self) -> list[ExchangeRate]:
        return _latest(self.exchange)

    @property
    def waiting(self) -> list[TaxRate | ExchangeRate]:
        """What nobody has approved yet, the oldest first."""
        rows: list[TaxRate | ExchangeRate] = [*_latest(self.tax), *_latest(self.exchange)]
        return sorted((r for r in rows if not hasattr(r, "approved")), key=lambda r: r.seal_id)

    def to_approve_by(self, user: User) -> list[TaxRate | ExchangeRate]:
        """Of those, the ones that somebody else entered."""
        return [row for row in self.waiting if row.entered_by_id != user.pk]

    def in_force_on(self, day: date) -> list[tuple[str, list[TaxLine]]]:
        """By jurisdiction every tax it has, with the rates that hold on a day."""
        held = sorted(_in_force(self.tax), key=lambda row: (row.jurisdiction, row.above_minor))
        return [
            (jurisdiction, _lines(jurisdiction, list(rows), day))
            for jurisdiction, rows in groupby(held, key=lambda row: row.jurisdiction)
        ]

    def exchanged_on(self, day: date) -> list[ExchangeRate]:
        """The exchange rates approved for a day."""
        return [row for row in _in_force(self.exchange) if row.day == day]


def rates_on_record() -> RatesOnRecord:
    """Every rate, in two queries."""
    return RatesOnRecord(tuple(_tax_rows()), tuple(_exchange_rows()))


def _lines(jurisdiction: str, rows: list[TaxRate], day: date) -> list[TaxLine]:
    return [
        TaxLine(
            taxes.KINDS[kind].label,
            tuple(row for row in rows if row.kind == kind and tax_value(row).holds_on(day)),
        )
        for kind in taxes.kinds_in(jurisdiction=jurisdiction, employer_insurance_borne=True)
    ]


BESIDE = ("entered_by", "superseded_by", "approved__approval__approved_by")


def _tax_rows() -> list[TaxRate]:
    return list(TaxRate.objects.select_related(*BESIDE).order_by("pk"))


def _exchange_rows() -> list[ExchangeRate]:
    return list(ExchangeRate.objects.select_related(*BESIDE).order_by("pk"))


def _latest(rows: Iterable[T]) -> list[T]:
    return [row for row in rows if not hasattr(row, "superseded_by")]


def _in_force(rows: Iterable[T], *, also: Iterable[int] = ()) -> list[T]:
    """Approved, or about to be (`also`), and replaced by no approved one, whatever lies between."""
    by_key = {row.pk: row for row in rows}
    approved = {key for key, row in by_key.items() if hasattr(row, "approved")} | set(also)
    replaced = set()
    for key in approved:
        earlier = by_key[key].supersedes_id
        while earlier is not None:
            replaced.add(earlier)
            earlier = by_key[earlier].supersedes_id
    return [row for key, row in by_key.items() if key in approved - replaced]
