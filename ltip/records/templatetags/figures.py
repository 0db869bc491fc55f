"""Figures and days as a person reads them, in the language of the page. What is missing stays
empty; a float is refused."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format, get_format

from ltip.rules.quantities import money_text, percent_text, shares_text

register = template.Library()

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)


@register.filter
def day(value: date | None) -> str:
    """A legal day: 30 March 2012. Refuses a moment, whose day hangs on a time zone."""
    return _written_day(value, "DATE_FORMAT")


@register.filter
def short_day(value: date | None) -> str:
    """A legal day where room is short: 30 Mar 2012."""
    return _written_day(value, "SHORT_DATE_FORMAT")


@register.filter
def moment(value: datetime | None, zone: str = "UTC") -> str:
    """A moment in a time zone, said with the zone: 20 February 2014, 10:02 UTC."""
    if value is None or value == "":
        return ""
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise TypeError(f"A moment knows its time zone; {value!r} does not.")
    local = value.astimezone(UTC if zone == "UTC" else ZoneInfo(zone))
    return f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}"


@register.filter
def days_left(value: date, today: date) -> int:
    """Days from today to a day: 0 on the day itself, negative once it has passed."""
    return (value - today).days


@register.filter
def shares(value: int | str | None) -> str:
    """Whole shares, grouped: 14,000."""
    if value is None or value == "":
        return ""
    if not isinstance(value, int):
        raise TypeError(f"Shares are whole numbers, not {value!r}.")
    return _as_read(shares_text(value).replace("-", MINUS))


@register.filter
def percent(value: Decimal | str | int | None, places: int | None = None) -> str:
    """A number already in percent, with exactly `places` decimals; without, at most two: 140 %."""
    if value is None or value == "":
        return ""
    number = _exact(value)
    if places is None:
        return _as_read(percent_text(number)).replace(" %", f"{NO_BREAK}%")
    return f"{_as_read(_rounded(number, places))}{NO_BREAK}%"


@register.filter
def signed_percent(value: Decimal | str | int | None, places: int = 2) -> str:
    """A number already in percent, said with its sign: +49.00 %, −31.10 %."""
    if value is None or value == "":
        return ""
    text = _rounded(_exact(value), places)
    unsigned = text.startswith(MINUS) or not text.strip("0.,")
    return f"{_as_read(text if unsigned else '+' + text)}{NO_BREAK}%"


@register.filter
def return_percent(value: Decimal | str | None, places: int = 2) -> str:
    """A return kept as a fraction, said in percent with its sign: 0.49 is +49.00 %."""
    if value is None or value == "":
        return ""
    return signed_percent(_exact(value).scaleb(2, WIDE), places)


@register.filter
def money(value: int | str | None, currency: str) -> str:
    """Minor units of a currency: 4356100 in USD is $43,561.00."""
    if value is None or value == "":
        return ""
    if not isinstance(value, int):
        raise TypeError(f"Money is whole minor units, not {value!r}.")
    return _as_read(money_text(value, currency))


@register.inclusion_tag("components/why.html")
def why(steps: Sequence[Any], about: str = "", label: str = "") -> dict[str, Any]:
    """The stored steps behind a figure, opened in place; `about` names the figure to a listener."""
    return {"steps": steps, "about": about, "label": label}


def _written_day(value: date | None, written: str) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise TypeError(f"A legal day is a date, not {value!r}.")
    return date_format(value, written)


def _as_read(text: str) -> str:
    """A number written with a comma between thousands, with the separators of the language."""
    thousands, decimal = get_format("THOUSAND_SEPARATOR"), get_format("DECIMAL_SEPARATOR")
    return text.translate(str.maketrans({",": thousands, ".": decimal}))


def _exact(value: Decimal | str | int) -> Decimal:
    if not isinstance(value, Decimal | str | int) or isinstance(value, bool):
        raise TypeError(f"An exact number is a Decimal or its text, not {value!r}.")
    return Decimal(value)


def _rounded(number: Decimal, places: int) -> str:
    rounded = number.quantize(Decimal(1).scaleb(-places), context=WIDE)
    text = f"{abs(rounded):,f}"
    return f"{MINUS}{text}" if rounded < 0 else text
