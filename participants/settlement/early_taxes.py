"""A tax that falls due before the Settlement Date, met by forfeiting shares (GA §6)."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from ltip import clock
from ltip.accounts.models import Authentication, User
from ltip.accounts.services import use_authentication
from ltip.program.models import PerformancePeriod
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, decimal_text
from ltip.rules.outcome import Outcome, Refused
from ltip.rules.paying import early_tax
from ltip.rules.settling import Withholding
from participants.awards.models import Award, EarlyTax, EarlyTaxApproval
from participants.awards.selectors import Standing, standing_of, standings
from participants.settlement.selectors import fair_market_value_on
from participants.settlement.statements import CURRENCY

PLACE = "GA §6"


@transaction.atomic
def draw_up_early_tax(
    *, award: Award, taxed_on: date, tax_minor: int, by: User, at: datetime
) -> EarlyTax:
    """Say how many shares a tax of an earlier day takes, for another person to approve.

    The Fair Market Value is the close of that day or of the last trading day before it (rulebook
    6.4, 10.3). Refuses a day to come, an award that is not determined, or has nothing due, or is
    settled, one whose earlier tax still waits for approval, and a day that is not before the
    Settlement Date.
    """
    lock(f"period:{award.period.label}")
    if taxed_on > clock.legal_date(at):
        raise Refused(f"{day_text(taxed_on)} has not come yet.", place=PLACE)
    if not tax_minor:
        raise Refused("There is no tax to meet.", place=PLACE)
    if EarlyTax.objects.filter(award=award, approval__isnull=True).exists():
        raise Refused(
            "An earlier tax on this award waits for approval.",
            place=PLACE,
            remedy="Have it approved first.",
        )
    standing = standing_of(award)
    met, due, value, source = _met(standing, taxed_on, tax_minor)
    seal = records.seal(
        kind="participants.early_tax.drawn_up",
        content={
            "award": str(award.public_id),
            "taxed_on": taxed_on,
            "tax_minor": tax_minor,
            "currency": CURRENCY,
            "fair_market_value": value,
            "fair_market_value_source": source,
            "due_before": due,
            "forfeited": met.value.withheld,
            "returned_minor": met.value.returned_minor,
            "owed_minor": met.value.owed_minor,
            "steps": [asdict(step) for step in met.steps],
        },
        by=by,
        at=at,
    )
    return EarlyTax.objects.create(
        award=award,
        taxed_on=taxed_on,
        tax_minor=tax_minor,
        currency=CURRENCY,
        fair_market_value=value,
        fair_market_value_source=source,
        due_before=due,
        forfeited=met.value.withheld,
        returned_minor=met.value.returned_minor,
        owed_minor=met.value.owed_minor,
        steps=canonical_text([asdict(step) for step in met.steps]),
        drawn_up_by=by,
        seal=seal,
    )


@transaction.atomic
def approve_early_tax(
    *, early: EarlyTax, by: User, authentication: Authentication, at: datetime
) -> EarlyTaxApproval:
    """Another person approves an earlier tax, and its shares are forfeited, once (rulebook 10.3).

    Refuses whoever drew it up, one that was approved, and one that comes out otherwise today.
    """
    lock(f"period:{early.award.period.label}")
    if early.drawn_up_by_id == by.pk:
        raise Refused(
            "Whoever drew up an earlier tax does not approve it.",
            place=PLACE,
            remedy="Ask a colleague in finance.",
        )
    if EarlyTaxApproval.objects.filter(early_tax=early).exists():
        raise Refused("This earlier tax was approved already.", place=PLACE)
    standing = standing_of(early.award)
    met, due, value, _source = _met(standing, early.taxed_on, early.tax_minor)
    if (due, value, met.value.withheld) != (
        early.due_before,
        early.fair_market_value,
        early.forfeited,
    ):
        raise Refused(
            f"What {standing.person.employee.name} is due, or the value of a share, is another "
            "than when this was drawn up.",
            place=PLACE,
            remedy="Draw it up again.",
        )
    use = use_authentication(
        authentication=authentication, by=by, purpose=f"early tax {early.public_id}", at=at
    )
    seal = records.seal(
        kind="participants.early_tax.approved",
        content={
            "early_tax": early.seal_id,
            "award": str(early.award.public_id),
            "forfeited": early.forfeited,
            "method": authentication.method,
            "address": authentication.address,
        },
        by=by,
        at=at,
    )
    return EarlyTaxApproval.objects.create(
        early_tax=early,
        approved_by=by,
        approved_on=seal.legal_date,
        authentication_use=use,
        seal=seal,
    )


def early_taxes_of(period: PerformancePeriod) -> list[EarlyTax]:
    """The earlier taxes of a period in the order drawn up, with who approved them."""
    rows = EarlyTax.objects.filter(award__period=period)
    beside = ("award__employee", "award__period", "drawn_up_by", "approval__approved_by")
    return list(rows.select_related(*beside).order_by("pk"))


def early_tax_named(period: PerformancePeriod, public_id: UUID) -> EarlyTax | None:
    """An earlier tax of the period by its public identifier."""
    return next((row for row in early_taxes_of(period) if row.public_id == public_id), None)


def may_be_taxed_early(period: PerformancePeriod) -> list[Standing]:
    """The awards that are determined, owed shares and not settled, by holder's name."""
    return [standing for standing in standings(period) if _shares_due(standing)]


def _shares_due(standing: Standing) -> int:
    if standing.earned is None or standing.settlement is not None:
        return 0
    return standing.entitlement().value.shares


def _met(
    standing: Standing, taxed_on: date, tax_minor: int
) -> tuple[Outcome[Withholding], int, Decimal, str]:
    """What the tax takes, of how many shares due, at which value and from where."""
    name = standing.person.employee.name
    if standing.settlement is not None:
        raise Refused(f"The award of {name} is settled.", place=PLACE)
    if standing.earned is None:
        raise Refused(
            f"What the award of {name} earns is not determined: there are no shares to forfeit.",
            place=PLACE,
            remedy="Arrange with the holder to pay in another way.",
        )
    due = standing.entitlement().value
    if not due.shares or due.settles_on is None:
        raise Refused(f"The award of {name} has no shares due.", place=PLACE)
    reading = standing.readings.on(taxed_on)["fair_market_value"]
    close, source = fair_market_value_on(taxed_on, reading=reading)
    value = Decimal(decimal_text(close))
    met = early_tax(
        tax_minor=tax_minor,
        taxed_on=taxed_on,
        settles_on=due.settles_on,
        fair_market_value=value,
        shares=due.shares,
        currency=CURRENCY,
    )
    return met, due.shares, value, source


def waiting_for_approval(rows: Iterable[EarlyTax]) -> list[EarlyTax]:
    """Those that nobody has approved yet."""
    return [row for row in rows if not hasattr(row, "approval")]
