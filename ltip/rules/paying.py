"""How a tax is paid: in shares, from wages or cash, from a sale of shares, or several together;
and a tax that falls due before the Settlement Date."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ltip.rules.calendars import day_text
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import (
    HUNDRED,
    money_text,
    shares_text,
    whole_minor_units,
)
from ltip.rules.readings import require_reading
from ltip.rules.settling import Withholding, withholding

PLACE = "P Tax Withholding"
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Ways:
    """Which part of a tax is paid in which way, in whole per cent that add up to a hundred."""

    shares: int = 0
    cash: int = 0
    sale: int = 0


IN_SHARES = Ways(shares=WHOLE)


@dataclass(frozen=True, slots=True)
class Allocation:
    """A tax divided over the ways to pay it, in minor units."""

    shares_minor: int
    cash_minor: int
    sale_minor: int


@dataclass(frozen=True, slots=True)
class SaleResult:
    """What a sale left over the tax it was for, or did not reach, in minor units."""

    returned_minor: int
    owed_minor: int


def require_election(
    *, ways: Ways, on: date, determined_on: date | None, settles_on: date, choice: str = "holder"
) -> None:
    """Refuse a holder's election of how to pay the tax that cannot be made (rule 10.2).

    One or several ways together make up the whole tax. It is made from the Determination Date on
    and before the Settlement Date: that is how we read *in time*. Places: P Tax Withholding,
    GA §6. *Reading:* `withholding.choice` = holder (alternative: shares, when nobody chooses).
    """
    require_reading(key="withholding.choice", value=choice)
    if choice == "shares":
        raise Refused(
            "the Committee reads the Program so that the company withholds shares from everyone.",
            place="P Tax Withholding, GA §6",
        )
    parts = (ways.shares, ways.cash, ways.sale)
    if min(parts) < 0 or sum(parts) != WHOLE:
        raise Refused(
            f"{ways.shares} % in shares, {ways.cash} % from wages or cash and {ways.sale} % from a "
            "sale do not make up the whole tax.",
            place=PLACE,
            remedy="Give whole per cent that add up to 100.",
        )
    if determined_on is None or on < determined_on:
        raise Refused("what this award earned is not determined yet.", place=PLACE)
    if on >= settles_on:
        raise Refused(
            f"the award settles on {day_text(settles_on)}; an election is made before that day, "
            f"and {day_text(on)} is not.",
            place=PLACE,
        )


def ways_to_pay(
    *, elected: Ways | None, elected_on: date | None, choice: str = "holder"
) -> Outcome[Ways]:
    """Say in which ways a holder's tax is paid (rule 10.2; P Tax Withholding, GA §6).

    As the holder elected in time, and without an election in shares. *Reading:*
    `withholding.choice` = holder (alternative: shares, whatever was elected).
    """
    require_reading(key="withholding.choice", value=choice)
    place = "P Tax Withholding, GA §6"
    if choice == "shares":
        sentence = "By decision of the Committee the company withholds shares from everyone."
        return Outcome(IN_SHARES, (Step(sentence=sentence, figure="", place=place),))
    if elected is None or elected_on is None:
        sentence = "The holder elected no other way to pay, so the company withholds shares."
        return Outcome(IN_SHARES, (Step(sentence=sentence, figure="", place=place),))
    parts = (
        (elected.shares, "shares"),
        (elected.cash, "wages or cash"),
        (elected.sale, "sale"),
    )
    step = Step(
        sentence=f"The holder elected on {day_text(elected_on)} how the tax is paid.",
        figure=", ".join(f"{percent} % {way}" for percent, way in parts if percent),
        place=place,
    )
    return Outcome(elected, (step,))


def allocated(*, tax_minor: int, ways: Ways, currency: str) -> Outcome[Allocation]:
    """Divide a tax over the ways to pay it (rule 10.2; P Tax Withholding).

    What is paid from wages or cash and what is from a sale is rounded to the minor unit, a half
    up, the sale taking no more than is left; shares pay the rest, so that nothing is lost or paid
    twice. Refuses a negative tax. Amounts are in minor units of `currency`.
    """
    if tax_minor < 0:
        raise Refused(f"a tax of {tax_minor} cannot be negative.", place=PLACE)
    cash = whole_minor_units(Decimal(tax_minor * ways.cash) / HUNDRED)
    sale = min(whole_minor_units(Decimal(tax_minor * ways.sale) / HUNDRED), tax_minor - cash)
    result = Allocation(tax_minor - cash - sale, cash, sale)
    if ways == IN_SHARES:
        return Outcome(result, ())
    parts = (
        (ways.cash, cash, "withheld from wages or paid in cash"),
        (ways.sale, sale, "paid from the sale of shares"),
        (ways.shares, result.shares_minor, "paid in shares withheld"),
    )
    steps = tuple(
        Step(
            sentence=f"{percent} % of the tax of {money_text(tax_minor, currency)} is {how}.",
            figure=money_text(minor, currency),
            place=PLACE,
        )
        for percent, minor, how in parts
        if percent
    )
    return Outcome(result, steps)


def shares_to_sell(
    *, sale_minor: int, fair_market_value: Decimal, delivered: int, currency: str
) -> Outcome[int]:
    """Say how many of the shares delivered are put up for sale to pay a part of the tax.

    As many as that part is worth at the Fair Market Value of the Settlement Date, up to the next
    whole share, and no more than are delivered (rule 10.2; P Tax Withholding). What the sale
    really brings is set against the tax afterwards (see `sale_settled`). `sale_minor` is in minor
    units of `currency`. Refuses a negative tax or number of shares, and a Fair Market Value that
    is not above zero.
    """
    if not sale_minor:
        return Outcome(0, ())
    covered = withholding(
        tax_minor=sale_minor,
        fair_market_value=fair_market_value,
        earned=delivered,
        currency=currency,
    ).value
    step = Step(
        sentence=f"Shares to sell for {money_text(sale_minor, currency)} of the tax at "
        f"{fair_market_value} each, up to the next whole share and no more than are delivered.",
        figure=shares_text(covered.withheld),
        place=PLACE,
    )
    return Outcome(covered.withheld, (step,))


def sale_settled(*, sale_minor: int, proceeds_minor: int, currency: str) -> Outcome[SaleResult]:
    """Set what a sale of shares brought against the tax it was to pay (rule 10.2).

    What it brought beyond that goes to the holder in cash; what it did not reach the holder owes.
    Place: P Tax Withholding. Amounts are in minor units of `currency`; refuses negative ones.
    """
    if sale_minor < 0 or proceeds_minor < 0:
        raise Refused(
            f"a tax of {sale_minor} or proceeds of {proceeds_minor}: neither can be negative.",
            place=PLACE,
        )
    over = proceeds_minor - sale_minor
    result = SaleResult(returned_minor=max(over, 0), owed_minor=max(-over, 0))
    if over < 0:
        sentence = "The sale brought less than the tax it was to pay; the participant owes the rest"
    else:
        sentence = "The sale brought the tax it was to pay; what is beyond it goes back in cash"
    step = Step(
        sentence=f"{sentence}: {money_text(proceeds_minor, currency)} for "
        f"{money_text(sale_minor, currency)}.",
        figure=money_text(abs(over), currency),
        place=PLACE,
    )
    return Outcome(result, (step,))


def require_sale(
    *,
    sold_on: date,
    window_opens: date | None,
    window_closes: date | None,
    instructed_on: date | None,
) -> None:
    """Refuse a sale of shares for tax outside an open trading window, unless the holder had given
    a standing instruction on a day before (rules 10.2 and 12.6; P Tax Withholding).

    The window is open on its first and last day. Withholding shares waits for neither.
    """
    in_window = (
        window_opens is not None
        and window_closes is not None
        and window_opens <= sold_on <= window_closes
    )
    if not in_window and (instructed_on is None or instructed_on >= sold_on):
        raise Refused(
            f"on {day_text(sold_on)} no trading window was open, and no standing instruction had "
            "been given before.",
            place=PLACE,
            remedy="Sell in an open window.",
        )


def early_tax(
    *,
    tax_minor: int,
    taxed_on: date,
    settles_on: date,
    fair_market_value: Decimal,
    shares: int,
    currency: str,
) -> Outcome[Withholding]:
    """Meet a tax that falls due before the Settlement Date by forfeiting shares (rule 10.3).

    As many of the `shares` due as the minimum required tax is worth at the Fair Market Value of
    that earlier day, up to the next whole share; what that takes too much goes back in cash, what
    they do not cover the participant owes. Place: GA §6. The tax is in minor units of `currency`.
    Refuses a day that is not before the Settlement Date, and what `withholding` refuses.
    """
    if taxed_on >= settles_on:
        raise Refused(
            f"the award settles on {day_text(settles_on)}, and a tax of {day_text(taxed_on)} is "
            "not earlier.",
            place="GA §6",
            remedy="Withhold it with the settlement.",
        )
    met = withholding(
        tax_minor=tax_minor,
        fair_market_value=fair_market_value,
        earned=shares,
        currency=currency,
    )
    step = Step(
        sentence=f"A tax of {money_text(tax_minor, currency)} fell due on {day_text(taxed_on)}, "
        f"before the Settlement Date: shares worth that much at {fair_market_value} each are "
        "forfeited, up to the next whole share.",
        figure=shares_text(met.value.withheld),
        place="GA §6",
    )
    in_cash = tuple(each for each in met.steps if each.place == PLACE)
    return Outcome(met.value, (step, *in_cash))
