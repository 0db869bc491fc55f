"""When shares are certified, settled and delivered, and how many of them pay the tax."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from ltip.rules.calendars import (
    Period,
    day_text,
    last_business_day_on_or_before,
    months_later,
    next_business_day_on_or_after,
    thirtieth_day_after,
)
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import (
    CONTEXT,
    minor_units_in,
    money_text,
    shares_text,
    whole_minor_units,
)
from ltip.rules.readings import require_reading

PLACE = "GA §4"
_TAX_PLACE = "GA §6, P Tax Withholding"


@dataclass(frozen=True, slots=True)
class Withholding:
    """What withholding in shares comes to: shares withheld and delivered, and in minor units of
    money what the rounding took too much and goes back in cash, and what shares did not cover."""

    withheld: int
    delivered: int
    returned_minor: int
    owed_minor: int


def determination_date(
    *, certified_on: date, filed_on: date, reading: str = "certification"
) -> date:
    """Give the Determination Date: the day of the Committee's certificate (rule 5.1; GA §4).

    *Reading:* `determination.date` = certification (alternative: filing, the day on which the
    annual report was filed).
    """
    require_reading(key="determination.date", value=reading)
    return filed_on if reading == "filing" else certified_on


def settlement_date(*, determination_date: date) -> Outcome[date]:
    """Give the thirtieth day after the Determination Date, whatever day that is (rule 6.1; GA §4).

    A day that is no business day stands: only the delivery moves, by `delivery_date`.
    """
    day = thirtieth_day_after(determination_date)
    sentence = (
        f"The thirtieth day after the Determination Date, {day_text(determination_date)}, is the "
        "Settlement Date."
    )
    return Outcome(day, (Step(sentence=sentence, figure=day_text(day), place=PLACE),))


def delivery_date(
    *,
    settles_on: date,
    non_business_day: str = "next_business_day",
    business_day: str = "federal",
) -> Outcome[date]:
    """Give the day shares are delivered: the day they settle, or the next business day (6.1).

    Place: GA §4. *Readings:* `settlement.non_business_day` = next_business_day, the date stands
    (alternative: business_day_before, the date stands too); `business_day` = federal (weekdays).
    """
    require_reading(key="settlement.non_business_day", value=non_business_day)
    if non_business_day == "business_day_before":
        day = last_business_day_on_or_before(settles_on, business_day=business_day)
        which = "the last one before it"
    else:
        day = next_business_day_on_or_after(settles_on, business_day=business_day)
        which = "the next one"
    if day == settles_on:
        sentence = f"{day_text(settles_on)} is a business day: shares are delivered on it."
    else:
        sentence = (
            f"{day_text(settles_on)} is no business day: the date stands, and shares are delivered "
            f"on {which}."
        )
    return Outcome(day, (Step(sentence=sentence, figure=day_text(day), place=PLACE),))


def withholding(
    *,
    tax_minor: int,
    fair_market_value: Decimal,
    earned: int,
    currency: str = "USD",
    rounding: str = "up",
) -> Outcome[Withholding]:
    """Compute the shares withheld for the minimum required tax.

    The tax (in minor units) over the Fair Market Value (money a share, on the Settlement Date),
    up to the next whole share and never more than were earned; what that takes too much goes
    back in cash, what it does not cover the participant owes (rule 10.3). Amounts of less than a
    minor unit are rounded half up. Refuses a negative tax or number of shares, and a Fair Market
    Value that is not above zero. Places: GA §6, P Tax Withholding.
    *Reading:* `withholding.rounding` = up, excess in cash (alternative: down, the rest owed).
    """
    require_reading(key="withholding.rounding", value=rounding)
    if tax_minor < 0 or earned < 0:
        raise Refused(
            f"a tax of {tax_minor} or {earned} earned shares: neither can be negative.",
            place=_TAX_PLACE,
        )
    if not fair_market_value > 0:
        raise Refused(
            f"a Fair Market Value of {fair_market_value}; it is above zero.",
            place=_TAX_PLACE,
            remedy="Record the closing price of the Settlement Date.",
        )
    with localcontext(CONTEXT):
        share_minor = fair_market_value * minor_units_in(currency)
        needed = _shares_covering(tax_minor, share_minor, rounding)
        withheld = min(needed, earned)
        uncovered = tax_minor - withheld * share_minor
    result = Withholding(
        withheld=withheld,
        delivered=earned - withheld,
        returned_minor=whole_minor_units(max(-uncovered, Decimal(0))),
        owed_minor=whole_minor_units(max(uncovered, Decimal(0))),
    )
    steps = _withholding_steps(result, tax_minor, fair_market_value, currency, rounding)
    return Outcome(result, steps)


def is_last_fiscal_year_of(*, fiscal_year_end: date, period: Period) -> bool:
    """Say whether a fiscal year is the last one that ends in a period (rule 5.1; GA §4).

    It ends in the period, and the year after it does not: of a period that ends on 31 December
    2014 that is the year to 31 December 2014, and not the one to 31 December 2013.
    """
    follows = months_later(fiscal_year_end, months=12)
    return period.start <= fiscal_year_end <= period.end < follows


def require_certifiable(*, period_end: date, filed_on: date | None, on: date) -> None:
    """Refuse a certification before the period has ended or its annual report is filed (rule 5.1).

    `filed_on` is the day the 10-K for the last fiscal year that ends in the period was filed,
    None while it is not; on that day itself the Committee may certify. Place: GA §4.
    """
    if on <= period_end:
        raise Refused(
            f"the period runs to {day_text(period_end)}; it cannot be certified on {day_text(on)}.",
            place=PLACE,
            remedy="Certify once the period has ended and the annual report is filed.",
        )
    if filed_on is None:
        raise Refused(
            "the annual report for the last fiscal year of the period is not recorded as filed.",
            place=PLACE,
            remedy="Record its filing date first.",
        )
    if on < filed_on:
        raise Refused(
            f"the annual report was filed on {day_text(filed_on)}; the period cannot be certified "
            f"on {day_text(on)}.",
            place=PLACE,
            remedy="Certify on or after the filing date.",
        )


def require_settleable(
    *, determination_date: date | None, settles_on: date | None, on: date
) -> None:
    """Refuse a settlement before certification, before its day, or of a forfeited award.

    Places: P Award Determination without a certificate (rule 5.2), GA §4 before the day the
    award settles (rule 6.1), P Termination of Employment where no day is left (rule 7.3).
    """
    if determination_date is None or on < determination_date:
        raise Refused(
            "the Committee has not certified what this award earned.",
            place="P Award Determination",
            remedy="Settle once the certificate is sealed.",
        )
    if settles_on is None:
        raise Refused("the award was forfeited.", place="P Termination of Employment")
    if on < settles_on:
        raise Refused(
            f"the award settles on {day_text(settles_on)}; it cannot be settled on {day_text(on)}.",
            place=PLACE,
            remedy="Settle on or after that day.",
        )


def _shares_covering(tax_minor: int, share_minor: Decimal, rounding: str) -> int:
    # With a remainder, not a quotient: a tax of exactly so many shares takes not one more.
    shares, rest = divmod(Decimal(tax_minor), share_minor)
    return int(shares) + (1 if rest and rounding == "up" else 0)


def _withholding_steps(
    result: Withholding,
    tax_minor: int,
    fair_market_value: Decimal,
    currency: str,
    rounding: str,
) -> tuple[Step, ...]:
    tax = money_text(tax_minor, currency)
    made_whole = "up to the next whole share" if rounding == "up" else "down to whole shares"
    steps = [
        Step(
            sentence=(
                f"Tax of {tax} ÷ Fair Market Value of {fair_market_value}, {made_whole} and no "
                "more than were earned."
            ),
            figure=shares_text(result.withheld),
            place=_TAX_PLACE,
        ),
        Step(
            sentence="Shares earned less shares withheld are delivered.",
            figure=shares_text(result.delivered),
            place=PLACE,
        ),
    ]
    if result.returned_minor:
        steps.append(
            Step(
                sentence="What the last share withheld is worth beyond the tax goes back in cash.",
                figure=money_text(result.returned_minor, currency),
                place="P Tax Withholding",
            )
        )
    if result.owed_minor:
        steps.append(
            Step(
                sentence="The shares withheld do not cover the tax; the participant owes the rest.",
                figure=money_text(result.owed_minor, currency),
                place="P Tax Withholding",
            )
        )
    return tuple(steps)
