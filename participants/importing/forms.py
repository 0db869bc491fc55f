"""What human resources enters about a file: the file, its columns, and that it is to be applied."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ltip.records.days import DayField
from participants.importing.columns import FACTS
from participants.importing.models import ColumnMapping, ImportLine
from participants.importing.sheets import MOST_MB

Result = ImportLine.Result
RESULTS = {
    Result.WRONG.value: gettext_lazy("Wrong"),
    Result.BY_HAND.value: gettext_lazy("To be recorded by hand"),
    Result.ENDING.value: gettext_lazy("Service ends"),
    Result.NEW.value: gettext_lazy("New"),
    Result.CHANGED.value: gettext_lazy("Changed"),
    Result.UNCHANGED.value: gettext_lazy("Unchanged"),
    Result.MISSING.value: gettext_lazy("Not in the file"),
}


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File of the HR system"),
        max_length=200,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".csv,.txt,.xlsx"}),
        help_text=gettext_lazy(
            "CSV or XLSX, up to 25 MB and 100,000 lines; line 1 is the heading."
        ),
    )
    holds_from = DayField(
        label=gettext_lazy("What it says holds from"),
        help_text=gettext_lazy(
            "A new grade, country or name is recorded from this day on, where a line says no "
            "other day."
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_MB * 1024 * 1024:
            raise forms.ValidationError(
                _(
                    "The file has %(size)s MB; at most %(most)s MB are taken. Export only the "
                    "columns that are mapped, or part the file."
                )
                % {"size": f"{file.size / 1024 / 1024:.0f}", "most": MOST_MB}
            )
        return file


class ColumnsForm(forms.Form):
    """Under which heading each fact stands in a file with this heading."""

    def __init__(self, *args: Any, heading: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(cell, cell) for cell in heading if cell]
        for fact in FACTS:
            nothing = _("choose") if fact.is_needed else _("not in this file")
            self.fields[fact.key] = forms.ChoiceField(
                label=fact.label,
                required=fact.is_needed,
                choices=[("", f"({nothing})"), *choices],
                help_text=fact.hint,
            )
        self.fields["day_order"] = forms.ChoiceField(
            label=_("How days are written"),
            choices=ColumnMapping.DayOrder.choices,
            help_text=_("2013-01-31 and the dates of a workbook are understood anyway."),
        )


class ApplyForm(forms.Form):
    """That the file is applied as shown; what it asks besides depends on what was found."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, left_out: int, ends_many: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if left_out:
            self.fields["leaves_out"] = forms.BooleanField(
                label=_("The lines that are wrong or to be recorded by hand are left out."),
            )
        if ends_many:
            self.fields["endings"] = forms.IntegerField(
                label=_("How many services end?"),
                min_value=0,
                help_text=_("So many at once are asked again: type the number that stands above."),
            )


class LinesForm(forms.Form):
    """Which lines of a file are shown."""

    result = forms.ChoiceField(
        label=gettext_lazy("Lines"),
        required=False,
        choices=[("", gettext_lazy("All")), *RESULTS.items()],
    )
    text = forms.CharField(
        label=gettext_lazy("Name or number"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search"}),
    )

    def chosen(self) -> dict[str, str]:
        return dict(self.cleaned_data) if self.is_valid() else {}
