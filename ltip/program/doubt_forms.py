"""Forms of the doubts about prices: which to see, confirming some, putting a price right."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from ltip.program.words import CORRECTED, DOUBTS
from ltip.records.days import DayField


class WantedDoubtsForm(forms.Form):
    """Which doubts to see; what is not given or not known filters nothing."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            ("open", gettext_lazy("Open")),
            ("confirmed", gettext_lazy("Confirmed")),
            ("all", gettext_lazy("All")),
        ],
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[("", gettext_lazy("Anything")), *DOUBTS.items()],
        required=False,
    )
    company = forms.ChoiceField(label=gettext_lazy("Company"), required=False)

    def __init__(self, *args: Any, companies: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["company"])
        field.choices = [
            ("", gettext_lazy("Any")),
            *((ticker, ticker) for ticker in sorted(set(companies))),
        ]

    @property
    def wanted(self) -> dict[str, str]:
        self.is_valid()
        wanted = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return wanted | {"state": wanted["state"] or "open"}


class ConfirmDoubtsForm(forms.Form):
    """Why what was chosen is right."""

    reason = forms.CharField(
        label=gettext_lazy("Why they are right"),
        help_text=gettext_lazy("Where you looked, so that it can be looked up again."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectPriceForm(forms.Form):
    """A close or an action of a day as it should be."""

    what = forms.ChoiceField(
        label=gettext_lazy("What is put right"), choices=list(CORRECTED.items())
    )
    on = DayField(label=gettext_lazy("Day"))
    value = forms.DecimalField(
        label=gettext_lazy("The right value"),
        help_text=gettext_lazy(
            "A close, or money a share; of a split, how many new shares one old one becomes."
        ),
        max_digits=21,
        decimal_places=12,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why, and where it can be looked up"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
