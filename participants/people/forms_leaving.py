"""What human resources enters when a service ends or a holder dies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ltip.records.days import DayField
from ltip.records.uploads import PaperField
from participants.people.heirs import Heirs
from participants.people.labels import REASONS
from participants.people.models import Beneficiary, EndOfService

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


def _choice_words(row: Beneficiary) -> str:
    words = f"{row.name}, {row.percent.normalize():f} %"
    return _("%(who)s, contingent") % {"who": words} if row.is_contingent else words


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
            choices=[(str(row.position), _choice_words(row)) for row in heirs.beneficiaries],
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
