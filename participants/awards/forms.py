"""What the secretary confirms before a certification or a finding of Cause is proposed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CertificationForm(forms.Form):
    """The run that the certification is prepared from."""

    run = forms.UUIDField(widget=forms.HiddenInput)


class CauseForm(forms.Form):
    """Why the Committee should find Cause."""

    reason = forms.CharField(
        label=_("What happened, and why it is Cause in the Plan's sense"),
        max_length=4000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("The members read it, and it stands in the minutes for ever."),
    )
