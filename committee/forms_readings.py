"""Proposing to the Committee how a place of the Program is to be read."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.construing import Entry
from ltip.records.days import DayField


class ConstruingForm(forms.Form):
    """Another reading of one place, from when on, and why (P Administration)."""

    value = forms.ChoiceField(label=_("How it is to be read"), widget=forms.RadioSelect)
    effective_on = DayField(
        label=_("From when on"),
        help_text=_(
            "Not before the day of the last signature: a day on which the act is adopted too late "
            "means that it has to be put again."
        ),
    )
    reason = forms.CharField(
        label=_("The reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The members read it, it stands in the resolution and in the register."),
    )

    def __init__(self, *args: Any, entry: Entry, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        cast(forms.ChoiceField, self.fields["value"]).choices = [
            (choice.value, choice.meaning) for choice in entry.choices
        ]

    def clean_effective_on(self) -> date:
        effective_on: date = self.cleaned_data["effective_on"]
        if effective_on < self.today:
            raise forms.ValidationError(_("A reading does not reach back: choose a day to come."))
        return effective_on
