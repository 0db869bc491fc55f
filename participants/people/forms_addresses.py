"""A holder's address for notices, and letters by certified mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ltip.accounts.forms import PasswordForm
from ltip.records.days import DayField
from ltip.records.uploads import PaperField


class AddressForm(forms.Form):
    """Where notices go from now on."""

    email = forms.EmailField(label=_("E-mail"))
    postal = forms.CharField(
        label=_("Postal address"), max_length=500, widget=forms.Textarea({"rows": 4})
    )


class OwnAddressForm(PasswordForm, AddressForm):
    """The holder's own notice of another address, with the password again."""

    field_order = ("email", "postal", "password")


class ReceivedAddressForm(AddressForm):
    """A notice of another address that came by mail."""

    given_on = DayField(label=_("Posted on"), help_text=_("Certified mail is given when posted."))
    document = PaperField(label=_("The letter"), required=False)


class LetterForm(forms.Form):
    """A letter that the company sent by certified mail."""

    number = forms.CharField(label=_("Number of the certified mail"), max_length=64)
    posted_on = DayField(label=_("Posted on"))
    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(
        label=_("What it says"), required=False, widget=forms.Textarea({"rows": 6})
    )
    document = PaperField(label=_("The letter or its receipt"), required=False)
