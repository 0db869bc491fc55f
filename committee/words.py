"""What the pages call the kinds of acts, and the button that consents to one."""

from django.utils.translation import gettext_lazy as _

KIND_WORDS = {
    "goal": _("Goals"),
    "designation": _("Designations"),
    "grant": _("Grants"),
    "certification": _("Certifications"),
}
BUTTON_WORDS = {
    "goal": _("Set it in writing"),
    "designation": _("Designate in writing"),
    "grant": _("Grant in writing"),
    "certification": _("Certify in writing"),
}
ANY_BUTTON = _("Consent in writing")
