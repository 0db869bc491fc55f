"""Amounts of money as a person writes them on a form."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

AMOUNT = re.compile(r"\$?([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(\.[0-9]{1,2})?")


class MoneyField(forms.CharField):
    """Dollars and cents as a person writes them, "45,281.46"; its value is whole cents.

    An empty field is a mistake, never a 0, unless the field may stay empty.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "amount": _("Write it like 45,281.46, with at most two decimals."),
    }

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        if not text:
            return 0
        if not AMOUNT.fullmatch(text):
            raise forms.ValidationError(self.error_messages["amount"], code="amount")
        return int(Decimal(text.replace(",", "").replace("$", "")) * 100)
