from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from ltip.accounts.forms import PasswordForm
from participants.awards.money import MoneyField
from participants.people.models import EmployeeStatus
from participants.settlement.forms_payroll import (
    UNITED_STATES,
    is_written,
    payroll_fields,
    payroll_from,
)
from participants.settlement.selectors import DueAward
from participants.settlement.taxing import Payroll

SMALLEST_PRICE = Decimal("0.000001")
BY_HAND = ("fair_market_value", "fair_market_value_source")
WRITTEN = {"inputmode": "decimal", "autocomplete": "off"}


@dataclass(frozen=True, slots=True)
class Row:
    """A holder on the form: the tax as a sum, or the figures it is computed from."""

    award: DueAward
    tax: forms.BoundField
    figures: list[forms.BoundField]

    @property
    def is_open(self) -> bool:
        """Whether the figures stand open: something is entered or wrong there."""
        return any(field.value() or field.errors for field in self.figures)


class PreparationForm(forms.Form):
    """What preparing a settlement needs: each holder's tax, and the Fair Market Value."""

    fair_market_value = forms.DecimalField(
        label=_("Fair Market Value of one share, in dollars"),
        required=False,
        max_digits=15,
        decimal_places=6,
        validators=[MinValueValidator(SMALLEST_PRICE)],
        error_messages={"required": _("The market's close is not on record: enter it.")},
        widget=forms.TextInput(attrs=WRITTEN),
    )
    fair_market_value_source = forms.CharField(
        label=_("Where it comes from"),
        required=False,
        max_length=200,
        error_messages={"required": _("Say where the value comes from.")},
    )

    def __init__(
        self, *args: Any, ready: Sequence[DueAward], market_knows: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ready = ready
        self.market_knows = market_knows
        for name in BY_HAND:
            self.fields[name].required = not market_knows
        for award in ready:
            self.fields[_tax(award)] = MoneyField(label=award.holder, required=False)
            if _is_in_united_states(award):
                self.fields.update(payroll_fields(award.public_id))
        self.order_fields([_tax(award) for award in ready])

    @property
    def rows(self) -> list[Row]:
        return [
            Row(award, self[_tax(award)], [self[name] for name in self._figures(award)])
            for award in self.ready
        ]

    @property
    def asks_for_value(self) -> bool:
        """Whether the fields for a Fair Market Value by hand stand open."""
        return not self.market_knows or any(
            self[name].errors or self[name].value() for name in BY_HAND
        )

    @property
    def tax_minor(self) -> dict[str, int]:
        """The taxes that were entered as sums."""
        return {
            award.public_id: self.cleaned_data[_tax(award)]
            for award in self.ready
            if is_written(self, _tax(award))
        }

    @property
    def payroll(self) -> dict[str, Payroll]:
        """What the other taxes are computed from."""
        return {
            award.public_id: payroll_from(self, award.public_id)
            for award in self.ready
            if not is_written(self, _tax(award))
        }

    def _figures(self, award: DueAward) -> list[str]:
        return [name for name in payroll_fields(award.public_id) if name in self.fields]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for award in self.ready:
            self._require_one(award)
        value, source = given.get("fair_market_value"), given.get("fair_market_value_source")
        if value is not None and not (source or self.has_error("fair_market_value_source")):
            self.add_error("fair_market_value_source", _("Say where the value comes from."))
        if source and value is None and not self.has_error("fair_market_value"):
            self.add_error("fair_market_value", _("Enter the value that this is the source of."))
        if value is not None and len({award.settles_on for award in self.ready}) > 1:
            self.add_error(
                "fair_market_value",
                _("The awards settle on different days, each with its value: import the closes."),
            )
        return given

    def _require_one(self, award: DueAward) -> None:
        """A tax is entered, or what to compute it from: one of the two."""
        is_entered = is_written(self, _tax(award))
        has_figures = any(is_written(self, name) for name in self._figures(award))
        if not is_entered and not has_figures:
            self.add_error(_tax(award), _("Enter the tax; 0 where there is none."))
        elif is_entered and has_figures:
            self.add_error(_tax(award), _("Enter the tax or payroll's figures, not both."))


class ApprovalForm(PasswordForm):
    """Approving a batch: which one was shown, and the password again."""

    batch = forms.UUIDField(widget=forms.HiddenInput)
    shown_digest = forms.CharField(widget=forms.HiddenInput)


def _tax(award: DueAward) -> str:
    return f"tax_{award.public_id}"


def _is_in_united_states(award: DueAward) -> bool:
    country = award.standing.person.status_on(EmployeeStatus.Subject.COUNTRY, award.settles_on)
    return country == UNITED_STATES
