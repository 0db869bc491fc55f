"""Forms of the market: files of prices, events of companies, filings, runs."""

from datetime import date
from typing import Any, TypeAlias, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ltip.program.listings import SecurityListed
from ltip.program.models import TradingDayException
from ltip.program.services.market import EVENT_KINDS
from ltip.program.words import EVENTS
from ltip.records.days import DayField
from ltip.records.uploads import PaperField

Choices: TypeAlias = list[tuple[str, str]]

LARGEST_FILE_MB = 20


class PricesForm(forms.Form):
    """One file of closes, one of corporate actions, or both."""

    closes = forms.FileField(
        label=gettext_lazy("Daily closes"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,.xlsx"}),
    )
    actions = forms.FileField(
        label=gettext_lazy("Dividends, splits and spin-offs"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,.xlsx"}),
    )
    new_securities = forms.BooleanField(
        label=gettext_lazy("Register tickers that are not on record"), required=False
    )

    def clean_closes(self) -> UploadedFile | None:
        return _of_bearable_size(self.cleaned_data["closes"])

    def clean_actions(self) -> UploadedFile | None:
        return _of_bearable_size(self.cleaned_data["actions"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("closes") and not cleaned.get("actions"):
            raise forms.ValidationError(
                _("Choose a file of closes, of corporate actions, or both.")
            )
        return cleaned


def _of_bearable_size(file: UploadedFile | None) -> UploadedFile | None:
    if file and file.size and file.size > LARGEST_FILE_MB * 1024 * 1024:
        raise forms.ValidationError(
            _("This file has %(size)s MB; at most %(most)s MB are taken. Split it by years.")
            % {"size": -(-file.size // (1024 * 1024)), "most": LARGEST_FILE_MB}
        )
    return file


class SecurityEventForm(forms.Form):
    """What happened to a listed company."""

    security = forms.ChoiceField(label=gettext_lazy("Company"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=[("", ""), *[(kind, EVENTS[kind]) for kind in EVENT_KINDS]],
    )
    completed_on = DayField(
        label=gettext_lazy("Completed on"),
        help_text=gettext_lazy("The day it was completed, not the day it was announced."),
    )
    other = forms.ChoiceField(
        label=gettext_lazy("Buyer, or company that survives"),
        help_text=gettext_lazy("Needed for a merger; for a purchase, if the buyer is listed here."),
        required=False,
    )
    new_ticker = forms.CharField(
        label=gettext_lazy("New symbol"),
        help_text=gettext_lazy("Needed for a change of name, and only for that."),
        max_length=16,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Where this can be looked up: a filing, a press release."),
        max_length=500,
        required=False,
    )
    document = PaperField(label=gettext_lazy("The evidence, as PDF or picture"), required=False)

    def __init__(self, *args: Any, securities: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Choices = [("", ""), *securities.items()]
        for name in ("security", "other"):
            cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean_new_ticker(self) -> str:
        return str(self.cleaned_data["new_ticker"]).strip().upper()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind = cleaned.get("kind")
        if kind == "merged" and not cleaned.get("other"):
            self.add_error("other", _("Name the company that survives the merger."))
        if kind == "renamed" and not cleaned.get("new_ticker"):
            self.add_error("new_ticker", _("Give the symbol that it trades under from that day."))
        if kind and kind != "renamed" and cleaned.get("new_ticker"):
            self.add_error("new_ticker", _("A new symbol goes with a change of name only."))
        return cleaned


class AnnualReportForm(forms.Form):
    """The filing of a Form 10-K."""

    fiscal_year_end = DayField(label=gettext_lazy("Fiscal year ended on"))
    filed_on = DayField(label=gettext_lazy("Form 10-K filed on"))
    accession_number = forms.RegexField(
        r"^\d{10}-\d{2}-\d{6}$",
        label=gettext_lazy("Accession number"),
        help_text=gettext_lazy("As the SEC gave it: 0001234567-14-000123."),
        error_messages={
            "invalid": gettext_lazy("An accession number is written like 0001234567-14-000123.")
        },
    )


class RunForm(forms.Form):
    """Which run is asked for."""

    kind = forms.ChoiceField(choices=[("interim", ""), ("final", "")], widget=forms.HiddenInput)


def security_choices(listed: list[SecurityListed]) -> dict[str, str]:
    """Each security's identifier with what a person knows it by."""
    return {
        str(security.public_id): security.ticker
        if security.name == security.ticker
        else f"{security.ticker}, {security.name}"
        for security in listed
    }


class QuartersForm(forms.Form):
    """The last days of up to four fiscal quarters."""

    first = DayField(label=gettext_lazy("A quarter ends on"))
    second = DayField(label=gettext_lazy("Another ends on"), required=False)
    third = DayField(label=gettext_lazy("A third ends on"), required=False)
    fourth = DayField(label=gettext_lazy("A fourth ends on"), required=False)

    @property
    def days(self) -> list[date]:
        return [day for day in self.cleaned_data.values() if day]


class TradingDayForm(forms.Form):
    """A day that doesn't follow the exchange's calendar."""

    day = DayField(label=gettext_lazy("Day"))
    trading = forms.ChoiceField(
        label=gettext_lazy("That day"), choices=TradingDayException.Trading.choices
    )
    reason = forms.CharField(
        label=gettext_lazy("Why, and where it can be looked up"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WithdrawalForm(forms.Form):
    """Why something that is on record is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why it was wrong"), max_length=500, widget=forms.Textarea
    )
