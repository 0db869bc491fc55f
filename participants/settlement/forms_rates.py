"""Entering a rate of tax or of exchange, and approving those of others."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ltip.accounts.forms import PasswordForm
from ltip.records.days import DayField
from ltip.rules import taxes
from ltip.rules.quantities import MINOR_DIGITS, minor_units_in
from participants.awards.money import MoneyField
from participants.settlement.forms_payroll import is_written
from participants.settlement.models import ExchangeRate, TaxRate
from participants.settlement.rates import DECIMALS, name_of

CURRENCIES = [(code, code) for code in MINOR_DIGITS]
KINDS = [(kind.key, kind.label) for kind in taxes.KINDS.values()]
AMOUNTS = ("above", "up_to")
WRITTEN = {"inputmode": "decimal", "autocomplete": "off"}


def _replaces(rows: Sequence[TaxRate] | Sequence[ExchangeRate]) -> forms.TypedChoiceField:
    by_id = {str(row.public_id): row for row in rows}
    return forms.TypedChoiceField(
        label=_("Takes the place of"),
        required=False,
        choices=[("", _("none: it is a new rate")), *((k, name_of(r)) for k, r in by_id.items())],
        coerce=lambda key: by_id[key],
        empty_value=None,
    )


class TaxRateForm(forms.Form):
    """A rate of tax: where, of which kind, how much, on which wages and days, and its source."""

    jurisdiction = forms.CharField(
        label=_("Jurisdiction"),
        help_text=_("A country by its two letters, or a state of one: US, US-CA, GB."),
        validators=[
            RegexValidator(r"^[A-Z]{2}(-[A-Z0-9]{1,3})?\Z", _("Write it like US or US-CA."))
        ],
    )
    kind = forms.ChoiceField(label=_("Tax"), choices=KINDS)
    rate = forms.DecimalField(
        label=_("Rate in per cent"),
        max_digits=9,
        decimal_places=DECIMALS,
        widget=forms.TextInput(attrs=WRITTEN),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, initial="USD")
    above = MoneyField(
        label=_("On the wages of the year above"), required=False, help_text=_("Empty: from 0.")
    )
    up_to = MoneyField(
        label=_("and up to"),
        required=False,
        help_text=_("Empty: without an upper end. For Social Security the wage base of the year."),
    )
    starts_on = DayField(label=_("Holds from"))
    ends_on = DayField(label=_("to"), required=False, help_text=_("The last day."))
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("The paper that says so, and its year.")
    )

    def __init__(self, *args: Any, replaceable: Sequence[TaxRate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supersedes"] = _replaces(replaceable)

    @property
    def told(self) -> dict[str, Any]:
        """What `enter_tax_rate` is given."""
        told = {key: value for key, value in self.cleaned_data.items() if key not in AMOUNTS}
        up_to = self._minor("up_to") if is_written(self, "up_to") else None
        return {**told, "above_minor": self._minor("above"), "up_to_minor": up_to}

    def _minor(self, name: str) -> int:
        """Hundredths, as a person writes them, in the currency's own minor units."""
        hundredths: int = self.cleaned_data[name]
        return hundredths * minor_units_in(self.cleaned_data["currency"]) // 100


class ExchangeRateForm(forms.Form):
    """What one unit of a currency is in another on a day."""

    base = forms.ChoiceField(label=_("One unit of"), choices=CURRENCIES, initial="GBP")
    rate = forms.DecimalField(
        label=_("is so many"),
        max_digits=15,
        decimal_places=DECIMALS,
        widget=forms.TextInput(attrs=WRITTEN),
    )
    quote = forms.ChoiceField(label=_("of"), choices=CURRENCIES, initial="USD")
    day = DayField(label=_("on"))
    source = forms.CharField(label=_("Source"), max_length=300)

    def __init__(self, *args: Any, replaceable: Sequence[ExchangeRate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supersedes"] = _replaces(replaceable)

    @property
    def told(self) -> dict[str, Any]:
        """What `enter_exchange_rate` is given."""
        return self.cleaned_data


class RateApprovalForm(PasswordForm):
    """Which of the rates that others entered are approved, and the password again."""

    field_order = ("rates", "password")

    def __init__(
        self, *args: Any, waiting: Sequence[TaxRate | ExchangeRate], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {str(row.public_id): row for row in waiting}
        self.fields["rates"] = forms.MultipleChoiceField(
            label=_("Rates that you approve"),
            choices=[(key, name_of(row)) for key, row in self.by_id.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("Tick those that you approve."),
                "invalid_choice": _("A rate that you ticked no longer waits: look again."),
            },
        )
        self.order_fields(self.field_order)

    @property
    def chosen(self) -> list[TaxRate | ExchangeRate]:
        return [self.by_id[key] for key in self.cleaned_data["rates"]]
