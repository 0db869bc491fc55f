"""Writing another text for a paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ltip.records.days import DayField
from participants.papers.placeholders import faults_of


class TemplateForm(forms.Form):
    """The text of a paper and the day from which it is to hold."""

    text = forms.CharField(
        label=_("The text"),
        help_text=_(
            "A line that begins with “# ” is a heading; an empty line ends a paragraph. Nothing "
            "else is markup."
        ),
        strip=False,
        widget=forms.Textarea({"rows": 24, "spellcheck": "true"}),
    )
    effective_on = DayField(
        label=_("In force from"),
        help_text=_("Grants made on this day or later; on the adoption, if that comes later."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_text(self) -> Any:
        text = self.cleaned_data["text"]
        if faults := faults_of(self.kind, text):
            raise forms.ValidationError(faults)
        return text
