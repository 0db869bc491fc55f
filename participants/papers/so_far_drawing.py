"""How a period stands so far, made ready to be drawn on its holder's page."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext

from django.utils.safestring import SafeString, mark_safe

from ltip.program import pictures
from ltip.program import selectors as program
from ltip.rules.quantities import CONTEXT, minor_units_in, whole_minor_units
from participants.papers.so_far import SoFar

LOOKED_BACK = timedelta(days=14)
CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Worth:
    """What shares are worth at a close, in minor units, before tax."""

    minor: int
    currency: str
    on: date


def returns_so_far(so_far: SoFar) -> SafeString:
    """The returns of the company and its peers, drawn from the kept result of the run alone."""
    if so_far.first_ranked is None:
        return SafeString("")
    return mark_safe(pictures.returns(so_far.result, []))  # noqa: S308 - our own SVG


def worth_now(so_far: SoFar, *, on: date) -> Worth | None:
    """What the shares would be worth at the company's latest close, where there is a recent one."""
    own = program.own_security()
    closes = program.closes_of([own], start=on - LOOKED_BACK, end=on).get(own.pk, {})
    day = max(closes, default=None)
    if day is None:
        return None
    with localcontext(CONTEXT):
        minor = Decimal(so_far.shares.value) * closes[day] * minor_units_in(CURRENCY)
    return Worth(whole_minor_units(minor), CURRENCY, day)
