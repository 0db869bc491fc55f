"""What human resources enters when a service ends or a holder dies."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from ltip.records.days import DayField
from ltip.records.uploads import PaperField
from participants.people.heirs import Heirs
from participants.people.labels import REASONS
from participants.people.models import EndOfService
from participants.people.succession import Named

ROWS = 6  # beneficiaries that a form has room for
PAPER_HINT = _("A PDF or a picture, up to 20 MB. It is kept for ever.")


class LeavingForm(forms.Form):
    """The end of a service; the fields of deferred compensation stand folded away."""

    ended_on = DayField(label=_("Last day of service"))
    reason = forms.ChoiceField(
        label=_("Why it ended"), choices=[*REASONS.items()], widget=forms.RadioSelect
    )
    is_totally_disabled = forms.BooleanField(
        label=_("Total and permanent, in the sense of Internal Revenue Code §22(e)"),
        required=False,
        help_text=_("Before the Determination Date it keeps all that performance earns."),
    )
    is_disabled_under_plan = forms.BooleanField(
        label=_("A Disability in the sense of the Plan"),
        required=False,
        help_text=_("After the Determination Date it brings the shares on the 30th day."),
    )
    is_deferred = forms.BooleanField(
        label=_("The award is non-exempt deferred compensation (GA §5)"),
        required=False,
        help_text=_("Tick it only when counsel says so."),
    )
    separated_on = DayField(
        label=_("Separation from service"),
        required=False,
        help_text=_("Only where it came on a later day than the last day of service."),
    )

    def __init__(self, *args: Any, on_record: EndOfService | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if on_record:
            self.initial = {name: getattr(on_record, name) for name in self.fields}

    @property
    def shows_deferral(self) -> bool:
        """Whether the fields of deferred compensation stand open."""
        return any(self[name].value() or self[name].errors for name in DEFERRAL)

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What was filled in, to be sent again when it is confirmed."""
        return [(name, self.data[name]) for name in self.fields if self.data.get(name)]


DEFERRAL = ("is_deferred", "separated_on")


class PaperForm(forms.Form):
    """The paper that shows what is recorded."""

    document = PaperField(label=_("The paper that shows it"), required=False, help_text=PAPER_HINT)


class DeathForm(PaperForm):
    """A death after the service had ended, or taking back a record that was wrong."""

    died_on = DayField(label=_("Day of death"), required=False)
    is_taken_back = forms.BooleanField(
        label=_("The record was wrong: there was no death"), required=False
    )
    field_order = ("died_on", "is_taken_back", "document")

    def __init__(self, *args: Any, is_correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_correction:
            del self.fields["is_taken_back"]
            self.fields["died_on"].required = True

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if "died_on" in told and bool(told["died_on"]) == told.get("is_taken_back", False):
            self.add_error("died_on", _("Say the day, or that there was no death."))
        return told


class BeneficiariesForm(forms.Form):
    """Whom a holder named, as filed; rows left empty count for nothing."""

    designated_on = DayField(
        label=_("Day of the holder's paper"),
        help_text=_("The designation of the latest day holds."),
    )
    document = PaperField(label=_("What the holder filed"), help_text=PAPER_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, ROWS + 1):
            self.fields[f"name-{row}"] = forms.CharField(
                label=_("Name %(row)s") % {"row": row}, required=False, max_length=200
            )
            self.fields[f"relationship-{row}"] = forms.CharField(
                label=_("Relationship %(row)s") % {"row": row}, required=False, max_length=100
            )
            self.fields[f"percent-{row}"] = forms.DecimalField(
                label=_("Part %(row)s in percent") % {"row": row},
                required=False,
                max_digits=5,
                decimal_places=2,
                widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
            )

    def rows(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        for row in range(1, ROWS + 1):
            yield self[f"name-{row}"], self[f"relationship-{row}"], self[f"percent-{row}"]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for row in range(1, ROWS + 1):
            if f"percent-{row}" not in told:
                continue
            name, percent = told[f"name-{row}"], told[f"percent-{row}"]
            if name and percent is None:
                self.add_error(f"percent-{row}", _("Say the part in percent."))
            if not name and (percent is not None or told[f"relationship-{row}"]):
                self.add_error(f"name-{row}", _("Say who it is."))
        return told

    @property
    def beneficiaries(self) -> list[Named]:
        """The rows filled in, as `name_beneficiaries` is given them."""
        told = self.cleaned_data
        return [
            Named(told[f"name-{row}"], told[f"relationship-{row}"], told[f"percent-{row}"])
            for row in range(1, ROWS + 1)
            if told[f"name-{row}"]
        ]


class SuccessionForm(forms.Form):
    """Which beneficiaries survived the holder, or who stands for the estate."""

    estate_representative = forms.CharField(
        label=_("Who stands for the estate"),
        required=False,
        max_length=200,
        help_text=_(
            "The representative, or whoever takes by will or descent. Only where no beneficiary "
            "is named or none survived."
        ),
    )
    document = PaperField(label=_("The evidence"), help_text=PAPER_HINT)
    designation = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("survivors", "estate_representative", "document")

    def __init__(self, *args: Any, heirs: Heirs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["designation"] = str(heirs.designation.seal_id) if heirs.designation else ""
        if not heirs.beneficiaries:
            self.fields["estate_representative"].required = True
            return
        self.fields["survivors"] = forms.MultipleChoiceField(
            label=_("Who survived the holder"),
            required=False,
            choices=[
                (str(row.position), f"{row.name}, {row.percent.normalize():f} %")
                for row in heirs.beneficiaries
            ],
            widget=forms.CheckboxSelectMultiple,
        )
        self.order_fields(self.field_order)

    def clean_designation(self) -> str:
        shown = str(self.cleaned_data["designation"])
        if shown != self.initial["designation"]:
            raise forms.ValidationError(_("Other beneficiaries are on record now: look again."))
        return shown

    @property
    def positions(self) -> list[int]:
        """Of those who survived."""
        return [int(position) for position in self.cleaned_data.get("survivors", [])]
