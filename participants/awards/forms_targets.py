"""Target shares for many at once, and those that stand in a file."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from ltip.records.days import DayField
from ltip.rules.returns import MOST_AVERAGING_DAYS
from participants.awards import target_setting
from participants.awards.money import MoneyField
from participants.awards.services import LARGEST_TARGET
from participants.awards.target_file import LARGEST_FILE_MB


class TargetsForm(forms.Form):
    """An amount for everyone, or one for each salary grade, as shares or as money."""

    who = forms.ChoiceField(
        label=_("For whom"),
        choices=[
            (target_setting.EVERYONE, _("everyone who may be chosen")),
            (target_setting.UNLISTED, _("those who are not on the list yet")),
            (target_setting.LISTED, _("those on the list")),
        ],
        initial=target_setting.EVERYONE,
        widget=forms.RadioSelect,
    )
    unit = forms.ChoiceField(
        label=_("The amounts are"),
        choices=[
            (target_setting.SHARES, _("Performance Shares")),
            (target_setting.MONEY, _("money, divided by the average price of a share")),
        ],
        initial=target_setting.SHARES,
        widget=forms.RadioSelect,
    )
    averaging_days = forms.IntegerField(
        label=_("Trading days of the average"),
        help_text=_("For money only: 1 to 90 trading days, 1 for the closing price."),
        min_value=1,
        max_value=MOST_AVERAGING_DAYS,
        required=False,
        initial=20,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    until = DayField(
        label=_("The last of them, on or before"),
        help_text=_("For money only. Shares are rounded once, as the Program rounds them."),
        required=False,
    )
    same = MoneyField(
        label=_("The same for every grade"),
        help_text=_("Where a grade has no amount of its own."),
        required=False,
    )
    shown = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, grades: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grades = grades
        for number, grade in enumerate(grades):
            self.fields[f"grade-{number}"] = MoneyField(label=grade, required=False)

    @property
    def of_grades(self) -> list[BoundField]:
        return [self[f"grade-{number}"] for number in range(len(self.grades))]

    @property
    def is_money(self) -> bool:
        return bool(self.cleaned_data["unit"] == target_setting.MONEY)

    @property
    def amounts(self) -> dict[str, int]:
        """By grade: cents of money, or whole shares; grades that are left out are not there."""
        same, part = self.cleaned_data["same"], 1 if self.is_money else 100
        given = {
            grade: self.cleaned_data[f"grade-{number}"] or same
            for number, grade in enumerate(self.grades)
        }
        return {grade: amount // part for grade, amount in given.items() if amount}

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if self.errors:
            return told
        if not self.amounts:
            raise forms.ValidationError(_("Give an amount for every grade, or for some of them."))
        if self.is_money:
            for name in ("averaging_days", "until"):
                if not told[name]:
                    self.add_error(name, _("An average needs it."))
            return told
        for name in ("same", *(f"grade-{number}" for number in range(len(self.grades)))):
            if told[name] % 100 or told[name] > LARGEST_TARGET * 100:
                self.add_error(name, _("Whole shares, at most 100,000,000."))
        return told


class TargetsFileForm(forms.Form):
    """A file of employees' numbers and their target shares."""

    file = forms.FileField(
        label=_("CSV or XLSX file"),
        widget=forms.FileInput({"accept": ".csv,.xlsx,text/csv"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > LARGEST_FILE_MB * 1024 * 1024:
            raise forms.ValidationError(
                _("At most %(most)s MB, please.") % {"most": LARGEST_FILE_MB}
            )
        return file
