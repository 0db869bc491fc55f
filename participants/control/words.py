"""What kinds of payments are called on pages, in the order in which they are reduced."""

from django.utils.translation import gettext_lazy as _

KIND_WORDS = {
    "cash": _("Cash payments"),
    "equity": _("Acceleration of equity other than options"),
    "options": _("Acceleration of options"),
    "other": _("Other benefits"),
}
