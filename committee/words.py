"""What the pages call the kinds of acts, and the button that consents to one."""

from django.utils.translation import gettext_lazy as _

KIND_WORDS = {
    "goal": _("Goals"),
    "reading": _("Readings"),
    "designation": _("Designations"),
    "grant": _("Grants"),
    "certification": _("Certifications"),
    "cause_finding": _("Findings of Cause"),
    "discretion": _("Reductions and increases"),
    "adjustment": _("Adjustments"),
    "transfer_finding": _("Findings of a transfer"),
    "recovery": _("Recoveries"),
    "settlement_deferral": _("Delays of settlement"),
    "amendment": _("Amendments of the Program"),
    "paper_template": _("Texts of papers"),
}
BUTTON_WORDS = {
    "goal": _("Set it in writing"),
    "reading": _("Construe it in writing"),
    "designation": _("Designate in writing"),
    "grant": _("Grant in writing"),
    "certification": _("Certify in writing"),
    "cause_finding": _("Find Cause in writing"),
    "discretion": _("Decide in writing"),
    "adjustment": _("Adjust in writing"),
    "transfer_finding": _("Find in writing"),
    "recovery": _("Determine in writing"),
    "settlement_deferral": _("Delay in writing"),
    "paper_template": _("Approve in writing"),
}
ANY_BUTTON = _("Consent in writing")
