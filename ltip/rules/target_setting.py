"""How many Performance Shares an amount of money comes to, at an average price."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, localcontext

from ltip.rules.calendars import day_text
from ltip.rules.earning import rounding_text
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import CONTEXT, minor_units_in, money_text, number_text, whole_shares
from ltip.rules.returns import MOST_AVERAGING_DAYS

PLACE = "P Grants"


def average_price(
    *,
    closes: Mapping[date, Decimal],
    splits: Mapping[date, Decimal],
    days: Sequence[date],
) -> Outcome[Decimal]:
    """Give the average close of some trading days, with each close that went into it.

    The number of Performance Shares is the Committee's to decide (P Grants), so the source names
    no price: this is the average with which rule 3.4 measures, of 1 to 90 trading days. The
    closes are unadjusted (rule 4.1); those before a split are divided by it, so that all speak of
    shares as traded on the last day. Where a day has no close the last one before it stands in
    (rule 4.2). Nothing is rounded. Refuses days without any close, days before the first close,
    and a number of days that is not 1 to 90.
    """
    if not 1 <= len(days) <= MOST_AVERAGING_DAYS:
        raise Refused(
            f"an average over {len(days)} trading days; it takes 1 to {MOST_AVERAGING_DAYS}.",
            place=PLACE,
        )
    first, last = day_text(days[0]), day_text(days[-1])
    known = sorted(day for day in closes if day <= days[-1])
    if not known or known[0] > days[0] or known[-1] < days[0]:
        raise Refused(
            f"the closes from {first} to {last} are not on record.",
            place=PLACE,
            remedy="Import the prices, or choose days that have them.",
        )
    steps, total = [], Decimal(0)
    with localcontext(CONTEXT):
        for day in days:
            closed_on = max(one for one in known if one <= day)
            price, sentence = closes[closed_on], f"The close of {day_text(closed_on)}"
            if closed_on != day:
                sentence += f", in place of {day_text(day)}, which has none"
            for ex_date in sorted(splits):
                if closed_on < ex_date <= days[-1]:
                    price /= splits[ex_date]
                    ratio = number_text(splits[ex_date], places=6)
                    sentence += f", divided by {ratio} for the split of {day_text(ex_date)}"
            total += price
            steps.append(Step(f"{sentence}.", number_text(price, places=6), PLACE))
        average = total / len(days)
    said = (
        f"The average of the closes of {len(days)} trading days from {first} to {last}, not "
        "rounded; six decimals are shown."
    )
    if len(days) == 1:
        said = f"One trading day, {last}: its close is the price."
    return Outcome(average, (*steps, Step(said, number_text(average, places=6), PLACE)))


def shares_for_amount(
    *, amount_minor: int, currency: str, price: Decimal, shares_rounding: str = "down"
) -> Outcome[int]:
    """Give the whole Performance Shares that an amount of money comes to at a price a share.

    Rounded once, as shares are (rule 4.4; P Grants). Refuses an amount that comes to no whole
    share, and a price that is not above zero.
    *Reading:* `shares.rounding` = down (alternative: nearest).
    """
    if price <= 0:
        raise Refused(f"a price of {number_text(price, places=6)} a share.", place=PLACE)
    with localcontext(CONTEXT):
        quotient = Decimal(amount_minor) / minor_units_in(currency) / price
    shares = whole_shares(quotient, rounding=shares_rounding)
    amount = money_text(amount_minor, currency)
    if shares < 1:
        raise Refused(
            f"{amount} come to no whole share at {number_text(price, places=6)} a share.",
            place=PLACE,
        )
    sentence = (
        f"{amount} ÷ {number_text(price, places=6)} a share, {rounding_text(shares_rounding)}."
    )
    return Outcome(shares, (Step(sentence, f"{shares:,}", PLACE),))
