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


def price_words(price: Decimal) -> str:
    """A price with its thousands grouped, two decimals at least and six at most: 9.64, 0.0125."""
    whole, _point, part = f"{price:,.6f}".partition(".")
    return f"{whole}.{part.rstrip('0'):0<2}"
