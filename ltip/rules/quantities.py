"""Exact numbers: the one decimal context, the named roundings, and figures as text."""

from decimal import (
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

from ltip.rules.outcome import Refused
from ltip.rules.readings import require_reading

CONTEXT = Context(
    prec=34, rounding=ROUND_HALF_EVEN, traps=[DivisionByZero, InvalidOperation, Overflow]
)
HUNDRED = Decimal(100)

# A payout such as 133.33... % cannot be written out. Of 3,000 shares it is 4,000, not the 3,999
# that cutting off 3,999.99... would give, so what the context's last digit lost is restored first.
_LOST_DIGITS = Decimal("1E-18")
_SHARES_ROUNDINGS = {"down": ROUND_FLOOR, "nearest": ROUND_HALF_UP}
_WIDE = Context(
    prec=80, rounding=ROUND_HALF_EVEN, traps=[DivisionByZero, InvalidOperation, Overflow]
)

MINOR_DIGITS = {
    "AUD": 2,
    "CAD": 2,
    "CHF": 2,
    "CNY": 2,
    "EUR": 2,
    "GBP": 2,
    "INR": 2,
    "JPY": 0,
    "SEK": 2,
    "SGD": 2,
    "USD": 2,
}


def whole_shares(value: Decimal, *, rounding: str = "down") -> int:
    """Round a number of shares down to whole shares (rule 4.4).

    Refuses a negative number and an unknown reading.
    *Reading:* `shares.rounding` = down (alternative: nearest, a half up).
    """
    require_reading(key="shares.rounding", value=rounding)
    if value < 0:
        raise Refused(f"{value} is no number of shares.", place="GA recitals")
    restored = value.quantize(_LOST_DIGITS, context=_WIDE)
    return int(restored.to_integral_value(rounding=_SHARES_ROUNDINGS[rounding]))


def whole_minor_units(value: Decimal) -> int:
    """Round an amount in minor units (cents) to whole ones, a half away from zero."""
    return int(value.to_integral_value(rounding=ROUND_HALF_UP))


def minor_units_in(currency: str) -> int:
    """Tell how many minor units one unit of a currency has: 100 cents to the dollar.

    Refuses a currency it does not know.
    """
    if currency not in MINOR_DIGITS:
        raise Refused(
            f"the minor unit of the currency {currency!r} is not known.",
            place="P Tax Withholding",
            remedy="State the amount in a currency the company has registered.",
        )
    return int(10 ** MINOR_DIGITS[currency])


def number_text(value: Decimal, *, places: int = 2) -> str:
    """Write a number for reading: thousands grouped, at most `places` decimals, no idle zeros."""
    text = f"{value:,.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def percent_text(value: Decimal, *, places: int = 2) -> str:
    """Write a number that already is in per cent: 140 as "140 %", 122.2222 as "122.22 %"."""
    return f"{number_text(value, places=places)} %"


def return_text(value: Decimal) -> str:
    """Write a return given as a fraction with its sign: 0.489954 as "+49.00 %"."""
    text = f"{CONTEXT.multiply(value, HUNDRED):+,.2f}"
    if text in {"+0.00", "-0.00"}:
        return "0.00 %"
    return f"{text.replace('-', '−')} %"


def shares_text(shares: int) -> str:
    """Write a number of shares with its thousands grouped: "14,000"."""
    return f"{shares:,}"


def money_text(minor: int, currency: str) -> str:
    """Write an amount of minor units: 4356100 in USD as "$43,561.00", in GBP as
    "GBP 43,561.00". Refuses an unknown currency."""
    units, rest = divmod(abs(minor), minor_units_in(currency))
    digits = MINOR_DIGITS[currency]
    amount = f"{units:,}.{rest:0{digits}d}" if digits else f"{units:,}"
    sign = "−" if minor < 0 else ""
    return f"{sign}${amount}" if currency == "USD" else f"{sign}{currency} {amount}"
