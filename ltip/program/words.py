"""What things of the market are called on pages."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "acquired": _("was acquired or taken private"),
    "bankrupt": _("went bankrupt"),
    "delisted": _("was delisted for cause"),
    "merged": _("merged into another company"),
    "renamed": _("took another name and symbol"),
}

DOUBTS = {
    "gap": _("no close"),
    "repeated": _("repeated closes"),
    "no_volume": _("no volume"),
    "move": _("large move"),
    "split_like": _("like a split"),
    "large_dividend": _("large dividend"),
    "closed_day": _("no trading that day"),
    "disagreement": _("sources disagree"),
}

CORRECTED = {
    "close": _("Close"),
    "dividend": _("Dividend"),
    "split": _("Split"),
    "spin_off": _("Spin-off"),
}


def price_words(price: Decimal) -> str:
    """A price with its thousands grouped, two decimals at least and six at most: 9.64, 0.0125."""
    whole, _point, part = f"{price:,.6f}".partition(".")
    return f"{whole}.{part.rstrip('0'):0<2}"
