"""Recording special terms of a country, signing a joint election, and ending one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ltip.accounts.forms import PasswordForm
from ltip.records.days import DayField
from ltip.records.uploads import PaperField
from participants.papers.models import JointElectionEnd
from participants.papers.supplements import LATEST_MONTH_END, MOST_DAYS
from participants.people.forms import CountryField

REASONS = {
    JointElectionEnd.Reason.AGREEMENT.value: _("The holder and the company agreed in writing"),
    JointElectionEnd.Reason.COMPANY_NOTICE.value: _("The company gave notice"),
    JointElectionEnd.Reason.APPROVAL_WITHDRAWN.value: _("The revenue withdrew its approval"),
}
TERMS = ("joint_election", "uncollected_days", "remittance_days", "tax_month_day")


class SupplementForm(forms.Form):
    """A version of the special terms of a country."""

    country = CountryField()
    version = forms.CharField(label=_("Version"), max_length=32)
    effective_on = DayField(label=_("In force from"), help_text=_("The first day."))
    title = forms.CharField(label=_("Title"), max_length=200)
    joint_election = forms.BooleanField(
        label=_("Nothing vests before the holder has signed a joint election"), required=False
    )
    uncollected_days = forms.IntegerField(
        label=_("Days to make tax good after the taxable event"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("0 where the terms set no such days."),
    )
    remittance_days = forms.IntegerField(
        label=_("Days to remit after the end of the tax month"), min_value=0, max_value=MOST_DAYS
    )
    tax_month_day = forms.IntegerField(
        label=_("Day of the month on which a tax month ends"),
        min_value=0,
        max_value=LATEST_MONTH_END,
    )
    text = forms.CharField(
        label=_("What the holder reads"),
        help_text=_("“# ” begins a heading, an empty line a paragraph."),
        widget=forms.Textarea({"rows": 14}),
    )
    paper = PaperField(label=_("The paper it comes from"), required=False)

    @property
    def supplement(self) -> dict[str, Any]:
        """What `record_supplement` is given, but for the paper."""
        told = self.cleaned_data
        return {
            **{key: told[key] for key in ("country", "version", "effective_on", "title", "text")},
            "terms": {key: told[key] for key in TERMS},
        }


class ElectionForm(PasswordForm):
    """Signing a joint election: agreeing, and the password again."""

    shown_version = forms.CharField(widget=forms.HiddenInput)
    agree = forms.BooleanField(
        label=_("I make this election together with the company."),
        error_messages={"required": _("Tick the box, or leave the page without signing.")},
    )
    field_order = ("shown_version", "agree", "password")


class ElectionEndForm(forms.Form):
    """How a joint election ceased."""

    ended_on = DayField(label=_("Ended on"), help_text=_("From this day on it no longer holds."))
    reason = forms.ChoiceField(label=_("Why"), choices=[*REASONS.items()], widget=forms.RadioSelect)
    paper = PaperField(label=_("The paper that shows it"), required=False)
