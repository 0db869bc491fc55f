"""What each way to pay the tax would mean for one holder, in numbers at the latest close."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from ltip.rules.paying import IN_SHARES, Ways, allocated
from ltip.rules.quantities import CONTEXT, HUNDRED, minor_units_in, whole_minor_units
from ltip.rules.settling import withholding
from participants.people.models import Employee
from participants.settlement.models import Settlement
from participants.settlement.statements import CURRENCY

EXAMPLE_PERCENT = Decimal(40)
HALF = Ways(shares=50, cash=50)
IN_CASH = Ways(cash=100)
FROM_A_SALE = Ways(sale=100)
WAYS = (("shares", IN_SHARES), ("half", HALF), ("cash", IN_CASH), ("sale", FROM_A_SALE))


@dataclass(frozen=True, slots=True)
class Meaning:
    """One way to pay: shares kept back, sold and left, money from the holder and money back."""

    way: str
    withheld: int
    sold: int
    left: int
    cash_minor: int
    returned_minor: int
    owed_minor: int


@dataclass(frozen=True, slots=True)
class Illustration:
    """A tax of so many per cent of what the shares are worth, and what each way then means.

    `settled_on` is the day of the holder's last settlement whose tax gives the per cent; without
    one it is an example.
    """

    percent: Decimal
    settled_on: date | None
    worth_minor: int
    tax_minor: int
    currency: str
    meanings: tuple[Meaning, ...]


def illustrated(*, employee: Employee, earned: int, close: Decimal, rounding: str) -> Illustration:
    """Set the ways beside one another for a holder's own shares at a close (rulebook 10.2, 10.3).

    The tax itself is known only at the settlement: it is taken as at the last one of the holder,
    or as 40 % of the worth.
    """
    percent, settled_on = _last_percent(employee)
    with localcontext(CONTEXT):
        worth = earned * close * minor_units_in(CURRENCY)
        tax = whole_minor_units(worth * percent / HUNDRED)
    return Illustration(
        percent=percent,
        settled_on=settled_on,
        worth_minor=whole_minor_units(worth),
        tax_minor=tax,
        currency=CURRENCY,
        meanings=tuple(
            _meaning(way, ways, tax=tax, earned=earned, close=close, rounding=rounding)
            for way, ways in WAYS
        ),
    )


def _meaning(
    way: str, ways: Ways, *, tax: int, earned: int, close: Decimal, rounding: str
) -> Meaning:
    parts = allocated(tax_minor=tax, ways=ways, currency=CURRENCY).value
    kept = withholding(
        tax_minor=parts.shares_minor, fair_market_value=close, earned=earned, rounding=rounding
    ).value
    # As many are sold as bring the tax at that close; nothing stands for what the sale brings.
    sold = withholding(
        tax_minor=parts.sale_minor, fair_market_value=close, earned=kept.delivered, rounding="up"
    ).value
    return Meaning(
        way=way,
        withheld=kept.withheld,
        sold=sold.withheld,
        left=sold.delivered,
        cash_minor=parts.cash_minor,
        returned_minor=kept.returned_minor + sold.returned_minor,
        owed_minor=kept.owed_minor + sold.owed_minor,
    )


def _last_percent(employee: Employee) -> tuple[Decimal, date | None]:
    rows = Settlement.objects.filter(award__employee=employee, shares__gt=0, currency=CURRENCY)
    last = rows.order_by("delivered_on", "pk").last()
    if last is None or not last.tax_minor:
        return EXAMPLE_PERCENT, None
    with localcontext(CONTEXT):
        worth = last.shares * last.fair_market_value * minor_units_in(CURRENCY)
        return (last.tax_minor * HUNDRED / worth).quantize(Decimal("0.01")), last.delivered_on
