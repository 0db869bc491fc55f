"""Forms of a change in control and of parachute payments."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from ltip.accounts.forms import PasswordForm
from ltip.records.days import DayField
from ltip.records.uploads import PaperField
from participants.people.models import Employee
from participants.settlement.forms import WRITTEN, MoneyField

HUNDRED = Decimal(100)
CHOICES = [("full", _("Everything")), ("cut", _("So much that no excise falls due"))]


class TrialForm(forms.Form):
    """The day on which a change in control happens, or might."""

    on = DayField(label=_("Day of the change in control"))


class EventForm(PasswordForm):
    """The record of a change in control: the trial that was read, what happened, the evidence."""

    event_date = DayField(widget=forms.HiddenInput)
    shown_digest = forms.CharField(widget=forms.HiddenInput)
    description = forms.CharField(
        label=_("What happened"),
        help_text=_("Who acquired control, and by what transaction."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    document = PaperField(
        label=_("The document that shows it"), help_text=_("A PDF, PNG or JPEG file.")
    )

    field_order = ("event_date", "shown_digest", "description", "document", "password")


def _money(label: Any, **kwargs: Any) -> MoneyField:
    return MoneyField(
        label=label,
        error_messages={"required": _("Enter the amount; 0 where there is none.")},
        **kwargs,
    )


def _rate(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=7,
        decimal_places=4,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(HUNDRED)],
        widget=forms.TextInput(attrs=WRITTEN),
    )


class ParachuteForm(forms.Form):
    """What one person would be paid because of the change in control, and how it is taxed."""

    employee = forms.ChoiceField(label=_("Person"))
    triggered_on = DayField(label=_("The right to the payment was triggered on"))
    base_amount = _money(
        _("Base amount, in dollars"),
        help_text=_("The average yearly taxable pay of the years before the change in control."),
    )
    cash = _money(_("Cash payments, in dollars"))
    equity = _money(_("Acceleration of equity other than options, in dollars"))
    options = _money(_("Acceleration of options, in dollars"))
    other = _money(_("Other benefits, in dollars"))
    federal = _rate(_("Federal income tax, in percent"))
    state = _rate(_("State income tax, in percent"))
    local = _rate(_("Local income tax, in percent"))

    def __init__(self, *args: Any, people: Iterable[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.public_id): person for person in people}
        cast(forms.ChoiceField, self.fields["employee"]).choices = [
            ("", ""),
            *((public_id, person.name) for public_id, person in self.people.items()),
        ]

    @property
    def asked(self) -> dict[str, Any]:
        """What the service is asked for: minor units by kind, and rates as fractions."""
        given = self.cleaned_data
        return {
            "employee": self.people[given["employee"]],
            "triggered_on": given["triggered_on"],
            "base_amount_minor": given["base_amount"],
            "payments": {kind: given[kind] for kind in ("cash", "equity", "options", "other")},
            **{rate: given[rate] / HUNDRED for rate in ("federal", "state", "local")},
        }


class DeterminationForm(forms.Form):
    """What the firm that audits the company determined."""

    firm = forms.CharField(label=_("Accounting firm"), max_length=200)
    received_on = DayField(label=_("Its calculations were received on"))
    choice = forms.ChoiceField(label=_("What is paid"), choices=CHOICES, widget=forms.RadioSelect)
    paid = _money(_("Paid, in dollars"))
    excise = _money(_("Excise tax due, in dollars"))
    document = PaperField(
        label=_("Its paper"), help_text=_("A PDF, PNG or JPEG file."), required=False
    )
