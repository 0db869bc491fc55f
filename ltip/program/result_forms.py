"""The form by which finance records what a financial measure came to."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ltip.records.days import DayField
from ltip.records.uploads import PaperField


class FinancialResultForm(forms.Form):
    """What GAAP says, and an amount for each adjustment that the goal names."""

    gaap = forms.DecimalField(
        label=gettext_lazy("By GAAP"),
        max_digits=20,
        decimal_places=6,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    reported_on = DayField(label=gettext_lazy("Reported on"))
    source = forms.CharField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Where this can be looked up: the annual report, a press release."),
        max_length=500,
    )
    document = PaperField(
        label=gettext_lazy("The reconciliation, as PDF or picture"), required=False
    )

    def __init__(self, *args: Any, adjustments: Sequence[str], unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._adjustments = {f"adjustment_{n}": name for n, name in enumerate(adjustments, start=1)}
        self.fields["gaap"].help_text = unit
        for field, name in self._adjustments.items():
            self.fields[field] = forms.DecimalField(
                label=name,
                help_text=_("A charge is added, a gain is taken off as a negative; 0 if none."),
                max_digits=20,
                decimal_places=6,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )
        self.order_fields(["gaap", *self._adjustments, "reported_on", "source", "document"])

    @property
    def adjustments(self) -> dict[str, Decimal]:
        """The amounts by the names that the goal gives the adjustments."""
        return {name: self.cleaned_data[field] for field, name in self._adjustments.items()}
