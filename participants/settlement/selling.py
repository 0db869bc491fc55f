"""Shares sold to pay a tax: the trading windows, what is to be sold, and what each sale brought."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from ltip import clock
from ltip.accounts.models import User
from ltip.program.models import PerformancePeriod
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Outcome, Refused
from ltip.rules.paying import PLACE, SaleResult, require_sale, sale_settled
from ltip.rules.quantities import shares_text
from participants.settlement.electing import withholding_elections_of
from participants.settlement.models import (
    SaleOfShares,
    Settlement,
    TradingWindow,
    WithholdingElection,
)

WINDOWS = "trading windows"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be sold of a settlement's shares, and what was."""

    settlement: Settlement
    election: WithholdingElection
    sale: SaleOfShares | None

    @property
    def holder(self) -> str:
        name: str = self.settlement.award.employee.name
        return name

    @property
    def instructed_on(self) -> date | None:
        """The day of the standing instruction, where the holder gave one."""
        given: date = self.election.elected_on
        return given if self.election.is_standing_instruction else None


@dataclass(frozen=True, slots=True)
class Sold:
    """What a broker reports of one sale; money in minor units of the settlement's currency."""

    award: str
    sold_on: date
    shares: int
    proceeds_minor: int
    reference: str


# Trading windows


@transaction.atomic
def record_window(
    *,
    opens_on: date,
    closes_on: date,
    by: User,
    at: datetime,
    supersedes: TradingWindow | None = None,
) -> TradingWindow:
    """Record the days on which holders may sell, or correct them (P Tax Withholding).

    Refuses a window that closes before it opens, one that overlaps another, and a correction of
    one that was corrected.
    """
    lock(WINDOWS)
    if closes_on < opens_on:
        raise Refused("A trading window closes on or after the day it opens.", place=PLACE)
    if supersedes is not None and hasattr(supersedes, "superseded_by"):
        raise Refused("This trading window was corrected before.", place=PLACE)
    for other in trading_windows():
        if other != supersedes and other.opens_on <= closes_on and opens_on <= other.closes_on:
            raise Refused(
                f"It overlaps the window from {day_text(other.opens_on)} to "
                f"{day_text(other.closes_on)}.",
                place=PLACE,
                remedy="Correct that one.",
            )
    seal = records.seal(
        kind="participants.trading_window.recorded",
        content={
            "opens_on": opens_on,
            "closes_on": closes_on,
            "supersedes": supersedes.seal_id if supersedes else None,
        },
        by=by,
        at=at,
    )
    return TradingWindow.objects.create(
        opens_on=opens_on, closes_on=closes_on, entered_by=by, supersedes=supersedes, seal=seal
    )


def trading_windows() -> list[TradingWindow]:
    """The windows that hold, the latest first."""
    rows = TradingWindow.objects.filter(superseded_by__isnull=True)
    return list(rows.select_related("entered_by").order_by("-opens_on"))


# Orders and what they brought


def orders_of(period: PerformancePeriod) -> list[Order]:
    """What is to be sold for the tax of a period's settlements, by holder's name."""
    settlements = list(
        Settlement.objects.filter(award__period=period, to_sell__gt=0)
        .select_related("award__employee", "award__period")
        .order_by("award__employee__name", "pk")
    )
    return _orders(settlements)


def order_of(settlement: Settlement | None) -> Order | None:
    """What is to be sold of one settlement's shares, if anything is."""
    if settlement is None or not settlement.to_sell:
        return None
    return _orders([settlement])[0]


def still_unpaid_from_sales(settlements: Iterable[Settlement]) -> dict[int, int]:
    """What of each settlement's tax a sale was to pay and has not, by the settlement's key."""
    listed = list(settlements)
    sold = _latest_sales(listed)
    return {row.pk: sold[row.pk].owed_minor if row.pk in sold else row.sale_minor for row in listed}


@transaction.atomic
def record_sales(
    *, period: PerformancePeriod, sold: Sequence[Sold], by: User, at: datetime
) -> list[SaleOfShares]:
    """Record what sales for tax brought, all of them or none (rulebook 10.2).

    A sale recorded before is superseded. Refuses an award with nothing to sell, one named twice,
    more or fewer shares than were to be sold, a day before the delivery or to come, a sale outside
    an open trading window without a standing instruction given before, one without reference, and
    the same figures once more.
    """
    lock(f"period:{period.label}")
    orders = {str(order.settlement.award.public_id): order for order in orders_of(period)}
    windows, today = trading_windows(), clock.legal_date(at)
    if not sold:
        raise Refused("No sale is given.", place=PLACE)
    if len({one.award for one in sold}) < len(sold):
        raise Refused("An award is named twice.", place=PLACE, remedy="Name each once.")
    results = []
    for one in sold:
        order = orders.get(one.award)
        if order is None:
            raise Refused(
                f"No shares of award {one.award} are to be sold for {period.label}.", place=PLACE
            )
        _require_sold(order, one, windows, today=today)
        results.append((order, one, _settled(order, one)))
    seal = records.seal(
        kind="participants.sales.recorded",
        content={
            "period": period.label,
            "sales": [
                {
                    **asdict(one),
                    "returned_minor": outcome.value.returned_minor,
                    "owed_minor": outcome.value.owed_minor,
                    "steps": [asdict(step) for step in outcome.steps],
                    "supersedes": order.sale.seal_id if order.sale else None,
                }
                for order, one, outcome in results
            ],
        },
        by=by,
        at=at,
    )
    return SaleOfShares.objects.bulk_create(
        SaleOfShares(
            settlement=order.settlement,
            sold_on=one.sold_on,
            shares=one.shares,
            proceeds_minor=one.proceeds_minor,
            reference=one.reference.strip(),
            returned_minor=outcome.value.returned_minor,
            owed_minor=outcome.value.owed_minor,
            steps=canonical_text([asdict(step) for step in outcome.steps]),
            recorded_by=by,
            supersedes=order.sale,
            seal=seal,
        )
        for order, one, outcome in results
    )


def _orders(settlements: list[Settlement]) -> list[Order]:
    elections = withholding_elections_of(row.award for row in settlements)
    sales = _latest_sales(settlements)
    return [Order(row, elections[row.award_id], sales.get(row.pk)) for row in settlements]


def _latest_sales(settlements: Iterable[Settlement]) -> Mapping[int, SaleOfShares]:
    keys = [row.pk for row in settlements]
    rows = SaleOfShares.objects.filter(settlement__in=keys, superseded_by__isnull=True)
    return {row.settlement_id: row for row in rows.select_related("recorded_by")}


def _require_sold(order: Order, one: Sold, windows: list[TradingWindow], *, today: date) -> None:
    settlement, name = order.settlement, order.holder
    if one.shares != settlement.to_sell:
        raise Refused(
            f"{shares_text(one.shares)} shares of {name} were sold, and "
            f"{shares_text(settlement.to_sell)} were to be sold.",
            place=PLACE,
            remedy="Ask the broker.",
        )
    if not settlement.delivered_on <= one.sold_on <= today:
        raise Refused(
            f"The shares of {name} were delivered on {day_text(settlement.delivered_on)}; they "
            f"can't have been sold on {day_text(one.sold_on)}.",
            place=PLACE,
        )
    if not one.reference.strip():
        raise Refused(f"The sale for {name} has no reference.", place=PLACE)
    window = next((w for w in windows if w.opens_on <= one.sold_on <= w.closes_on), None)
    try:
        require_sale(
            sold_on=one.sold_on,
            window_opens=window.opens_on if window else None,
            window_closes=window.closes_on if window else None,
            instructed_on=order.instructed_on,
        )
    except Refused as refusal:
        raise Refused(
            f"{name}: {refusal.reason}",
            place=refusal.place,
            remedy="Record the trading window, or take it up with counsel.",
        ) from refusal
    told = (one.sold_on, one.proceeds_minor, one.reference.strip())
    before = order.sale
    if before and (before.sold_on, before.proceeds_minor, before.reference) == told:
        raise Refused(f"This sale for {name} is on record already.", place=PLACE)


def _settled(order: Order, one: Sold) -> Outcome[SaleResult]:
    return sale_settled(
        sale_minor=order.settlement.sale_minor,
        proceeds_minor=one.proceeds_minor,
        currency=order.settlement.currency,
    )
