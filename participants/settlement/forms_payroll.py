"""What payroll knows of a holder, as it is entered with a settlement."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.awards.money import MoneyField
from participants.settlement.taxing import Payroll

STAY = re.compile(r"([A-Z]{2}(?:-[A-Z0-9]{1,3})?)(?: until ([0-9]{4}-[0-9]{2}-[0-9]{2}))?")
UNITED_STATES = "US"
WAGES = {
    "supplemental": ("US supplemental wages", _("Supplemental wages of the year before this")),
    "social_security": ("US Social Security wages", _("Social Security wages before this")),
    "medicare": ("US Medicare wages", _("Medicare wages before this")),
}
ABROAD, WORKED = "pay_abroad", "worked"


class StaysField(forms.CharField):
    """Where somebody worked, a stay to a line: “US-CA until 2013-06-30”, and the last “US-NY”."""

    widget = forms.Textarea({"rows": 2, "autocomplete": "off"})
    default_error_messages = {
        "stay": _("Write a stay to a line: US-CA until 2013-06-30, and the last one US-NY."),
    }

    def clean(self, value: Any) -> tuple[tuple[str, date | None], ...]:
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        return tuple(self._stay(line, is_last=line is lines[-1]) for line in lines)

    def _stay(self, line: str, *, is_last: bool) -> tuple[str, date | None]:
        found = STAY.fullmatch(line)
        try:
            until = date.fromisoformat(found[2]) if found and found[2] else None
        except ValueError:
            found, until = None, None
        if found is None or (until is None) != is_last:
            raise forms.ValidationError(self.error_messages["stay"], code="stay")
        return found[1], until


def payroll_fields(award: str) -> dict[str, forms.Field]:
    """The fields of one holder, by name: the wages of the year, and where the holder worked."""
    fields: dict[str, forms.Field] = {
        f"{key}_{award}": MoneyField(label=label, required=False)
        for key, (_name, label) in WAGES.items()
    }
    fields[f"{WORKED}_{award}"] = StaysField(
        label=_("Where the holder worked from the grant to the delivery"),
        required=False,
        help_text=_("The state, US-CA. After a move a stay to a line: US-CA until 2013-06-30."),
    )
    fields[f"{ABROAD}_{award}"] = MoneyField(
        label=_("Pay of the year abroad, in that country's currency"),
        required=False,
        help_text=_("Only where the holder also worked in another country."),
    )
    return fields


def is_written(form: forms.Form, name: str) -> bool:
    """Whether something was written into a field; spaces are nothing, and nothing is no 0."""
    return bool(str(form[name].data or "").strip())


def payroll_from(form: forms.Form, award: str) -> Payroll:
    """What was entered for one holder; a figure that stayed empty is not given, and no 0."""
    stays = form.cleaned_data[f"{WORKED}_{award}"]
    names = {key: name for key, (name, _label) in WAGES.items()}
    abroad = dict.fromkeys(where[:2] for where, _until in stays if where[:2] != UNITED_STATES)
    given = {
        name: form.cleaned_data[f"{key}_{award}"]
        for key, name in names.items()
        if is_written(form, f"{key}_{award}")
    }
    if is_written(form, f"{ABROAD}_{award}"):
        given |= {f"{country} pay": form.cleaned_data[f"{ABROAD}_{award}"] for country in abroad}
    return Payroll(given, stays)


def initial_of(award: str, kept: Mapping[str, Any]) -> dict[str, str]:
    """The fields of one holder filled in with what an earlier batch was computed from."""
    given = kept["year_to_date"]
    filled = {f"{key}_{award}": given[name] for key, (name, _l) in WAGES.items() if name in given}
    filled |= {f"{ABROAD}_{award}": given[name] for name in given if name.endswith(" pay")}
    stays = [
        f"{stay['jurisdiction']} until {stay['until']}" if stay["until"] else stay["jurisdiction"]
        for stay in kept["stays"]
    ]
    amounts = {
        name: f"{hundredths // 100}.{hundredths % 100:02d}" for name, hundredths in filled.items()
    }
    return {**amounts, f"{WORKED}_{award}": "\n".join(stays)}
