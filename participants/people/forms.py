"""What human resources enters about employees."""

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ltip.records.days import DayField
from participants.people.grades import grade_named
from participants.people.labels import KINDS, LEAVES, SUBJECTS, YES_OR_NO
from participants.people.models import EmployeeStatus
from participants.people.selectors import FLAGS
from participants.people.services import PersonalData

Subject = EmployeeStatus.Subject
GRADE_HINT = _(
    "As the company writes it: “Executive 2”, “Director”. Executive 1 and above take part."
)
COUNTRY_HINT = _("Two letters: US, GB.")
LEAVE_HINT = _("A leave of absence goes on until an entry says that the employee is at work again.")
FLAG_HINTS = {
    Subject.COVERED.value: _("The chief executive and the officers that section 162(m) counts."),
    Subject.SPECIFIED.value: _("Section 409A: payments for leaving wait six months."),
    Subject.OFFICER.value: _("Reports holdings under section 16."),
}


class GradeField(forms.CharField):
    """A salary grade; “executive 2” is the grade that the rules call “Executive 2”."""

    def __init__(self) -> None:
        super().__init__(label=_("Salary grade"), max_length=64, help_text=GRADE_HINT)

    def clean(self, value: Any) -> str:
        return grade_named(str(super().clean(value)))


class CountryField(forms.CharField):
    """A country by its two letters."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Country"),
            help_text=COUNTRY_HINT,
            validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Two letters, please: US, GB."))],
        )

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).upper()


class NameField(forms.CharField):
    """A name in any script, kept in one form of its characters (NFC)."""

    def __init__(self) -> None:
        super().__init__(label=_("Name"), max_length=200)

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", str(super().to_python(value)))


class SearchForm(forms.Form):
    """Which employees are listed: by a part of the name or number, and by what holds today."""

    name = forms.CharField(
        label=_("Name or number"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search"}),
    )
    grade = forms.CharField(label=_("Salary grade"), required=False, max_length=64)
    country = forms.CharField(label=_("Country"), required=False, max_length=2)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *KINDS.items()]
    )
    service = forms.ChoiceField(
        label=_("Service"),
        required=False,
        choices=[("", _("All")), ("serving", _("In service")), ("ended", _("Ended"))],
    )

    def clean_grade(self) -> str:
        return grade_named(self.cleaned_data["grade"])

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for, by field; empty when nothing was, or something can't be."""
        told = self.cleaned_data if self.is_valid() else {}
        return {key: value for key, value in told.items() if value}


class NewEmployeeForm(forms.Form):
    name = NameField()
    number = forms.CharField(label=_("Employee number"), max_length=32)
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Notices go here, and it is the address to sign in with.")
    )
    hired_on = DayField(
        label=_("Hired on"),
        help_text=_("Takes part from the first period that begins after this day."),
    )
    grade = GradeField()
    kind = forms.ChoiceField(
        label=_("Kind of employment"),
        choices=[*KINDS.items()],
        help_text=_("Temporary and contract employees never take part."),
    )
    country = CountryField()
    flags = forms.MultipleChoiceField(
        label=_("Status in law"),
        required=False,
        choices=[(flag.value, SUBJECTS[flag.value]) for flag in FLAGS],
        widget=forms.CheckboxSelectMultiple,
    )
    address = forms.CharField(
        label=_("Home address"), required=False, max_length=500, widget=forms.Textarea({"rows": 3})
    )
    birth_date = DayField(label=_("Birth date"), required=False)
    tax_number = forms.CharField(
        label=_("Tax number"),
        required=False,
        max_length=64,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def employee(self) -> dict[str, Any]:
        """What `record_employee` is given."""
        told = self.cleaned_data
        birth_date: date | None = told["birth_date"]
        return {
            **{key: told[key] for key in ("name", "number", "email", "hired_on")},
            "statuses": {
                **{key: told[key] for key in ("grade", "kind", "country")},
                **{flag: "yes" for flag in told["flags"]},
            },
            "personal_data": PersonalData(
                address=told["address"],
                birth_date=birth_date.isoformat() if birth_date else "",
                tax_number=told["tax_number"],
            ),
        }


class StatusForm(forms.Form):
    """A new value of one status, from a day on."""

    def __init__(self, *args: Any, subject: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = _value_field(subject)
        self.fields["starts_on"] = DayField(
            label=_("From"), help_text=_("The first day on which it holds.")
        )


class CorrectionForm(StatusForm):
    """What an entry should have said; or that it should not be there."""

    is_taken_back = forms.BooleanField(
        label=_("Nothing of it is true: the entry is taken back."), required=False
    )
    field_order = ("value", "starts_on", "is_taken_back")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)

    def corrected(self) -> dict[str, Any]:
        """What `correct_status` is given."""
        told = self.cleaned_data
        if told["is_taken_back"]:
            return {"value": "", "starts_on": None}
        return {"value": told["value"], "starts_on": told["starts_on"]}


class HireForm(forms.Form):
    """The day of hire as it should be on record."""

    hired_on = DayField(
        label=_("Hired on"),
        help_text=_("Takes part from the first period that begins after this day."),
    )


def _value_field(subject: str) -> forms.Field:
    if subject == Subject.GRADE:
        return GradeField()
    if subject == Subject.COUNTRY:
        return CountryField()
    if subject == Subject.NAME:
        return NameField()
    if subject == Subject.LEAVE:
        return forms.ChoiceField(
            label=SUBJECTS[subject], choices=[*LEAVES.items()], help_text=LEAVE_HINT
        )
    if subject == Subject.KIND:
        return forms.ChoiceField(label=SUBJECTS[subject], choices=[*KINDS.items()])
    return forms.ChoiceField(
        label=SUBJECTS[subject], choices=[*YES_OR_NO.items()], help_text=FLAG_HINTS[subject]
    )
