"""Days as they are entered on a form."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
OUT_OF_REACH = _("Look at the year: a day lies between 1900 and 2199.")


class DayInput(forms.DateInput):
    """The browser's own field for a day, which is filled in the way it is sent."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"type": "date"})


class DayField(forms.DateField):
    """A day; a year mistyped, as 0026 for 2026, comes back."""

    widget = DayInput
    default_validators = [
        MinValueValidator(FIRST, OUT_OF_REACH),
        MaxValueValidator(LAST, OUT_OF_REACH),
    ]
