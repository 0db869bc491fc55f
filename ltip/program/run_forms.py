"""Which runs are laid beside each other."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class RunsComparedForm(forms.Form):
    """Two different runs of one period."""

    first = forms.ChoiceField(label=gettext_lazy("First run"))
    second = forms.ChoiceField(label=gettext_lazy("Second run"))

    def __init__(self, data: Any, *, runs: list[tuple[str, str]]) -> None:
        super().__init__(data)
        for name in ("first", "second"):
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, choices=runs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and cleaned["first"] == cleaned["second"]:
            raise forms.ValidationError(_("Choose two different runs."))
        return cleaned
