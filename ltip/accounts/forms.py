from django import forms
from django.utils.translation import gettext_lazy as _


class PasswordForm(forms.Form):
    """The password given again, before a binding step."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
