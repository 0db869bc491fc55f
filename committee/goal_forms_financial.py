"""Stating a goal of a financial measure."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.goal_forms import AnyGoalForm
from ltip.rules.schedule import Over

MEASURES = {
    "revenue": _("Revenue"),
    "gross margin": _("Gross margin"),
    "operating income": _("Operating income"),
    "net income": _("Net income"),
    "earnings per share": _("Earnings per share"),
}


class FinancialGoalForm(AnyGoalForm):
    """A goal of a financial measure, its adjustments named beforehand (P Performance Goals)."""

    KIND = "financial"
    OVER: Over = "amount"

    measure = forms.ChoiceField(label=_("Measure"), choices=[("", ""), *MEASURES.items()])
    unit = forms.CharField(
        label=_("In which unit"),
        max_length=40,
        help_text=_("As million dollars, per cent, or dollars a share."),
    )
    adjustments = forms.CharField(
        label=_("Adjustments, one on each line"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Empty: the measure counts as GAAP gives it. What is not named here adjusts nothing "
            "later; such as stock-based compensation, amortization of intangibles, change in fair "
            "value of preferred-stock warrants, preferred dividends, acquisition costs."
        ),
    )

    def clean_adjustments(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["adjustments"].splitlines()]
        named = [line for line in lines if line]
        if len(set(named)) != len(named):
            raise forms.ValidationError(_("Name each adjustment once."))
        return named

    def terms(self) -> dict[str, Any]:
        given = self.cleaned_data
        return super().terms() | {key: given[key] for key in ("measure", "unit", "adjustments")}
