"""Taxes that fall due before the Settlement Date: one person draws them up, another approves."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from ltip import clock
from ltip.accounts.access import open_to, proof_from, roles_of, signed_in_user
from ltip.accounts.forms import PasswordForm
from ltip.accounts.models import Role
from ltip.accounts.services import WrongPassword
from ltip.program.models import PerformancePeriod
from ltip.records.days import DayField
from ltip.rules.outcome import Refused
from participants.awards.money import MoneyField
from participants.awards.selectors import Standing
from participants.settlement import early_taxes

PAGE = "participants:early_taxes"


class EarlyTaxForm(forms.Form):
    """Whose tax fell due, on which day, and how much it is at the least."""

    taxed_on = DayField(
        label=gettext_lazy("Day on which the tax fell due"),
        help_text=gettext_lazy("A day before the Settlement Date."),
    )
    tax = MoneyField(label=gettext_lazy("The minimum required tax, in dollars"))

    def __init__(self, *args: Any, awards: list[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {str(standing.award.public_id): standing for standing in awards}
        names = [(key, one.person.employee.name) for key, one in self.by_id.items()]
        self.fields["award"] = forms.ChoiceField(label=gettext_lazy("Holder"), choices=names)
        self.order_fields(("award",))


class EarlyTaxApprovalForm(PasswordForm):
    """Which earlier tax is approved, and the password again."""

    early_tax = forms.UUIDField(widget=forms.HiddenInput)


@require_GET
@open_to(Role.STOCK_ADMINISTRATOR, Role.FINANCE)
def early_taxes_page(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """The earlier taxes of a period, what waits for approval, and the form to draw one up."""
    return _page(request, period)


@require_POST
@open_to(writers=(Role.STOCK_ADMINISTRATOR,))
def draw_up_early_tax(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Draw up what a tax of an earlier day takes, for finance to approve."""
    form = EarlyTaxForm(request.POST, awards=early_taxes.may_be_taxed_early(period))
    if form.is_valid():
        try:
            early_taxes.draw_up_early_tax(
                award=form.by_id[form.cleaned_data["award"]].award,
                taxed_on=form.cleaned_data["taxed_on"],
                tax_minor=form.cleaned_data["tax"],
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is drawn up and waits for finance."))
            return redirect(PAGE, period)
    return _page(request, period, form=form)


@require_POST
@open_to(writers=(Role.FINANCE,))
def approve_early_tax(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Another person approves an earlier tax; its shares are forfeited."""
    form = EarlyTaxApprovalForm(request.POST)
    if form.is_valid():
        early = early_taxes.early_tax_named(period, form.cleaned_data["early_tax"])
        if early is None:
            raise Http404
        try:
            early_taxes.approve_early_tax(
                early=early,
                by=signed_in_user(request),
                authentication=proof_from(request, form.cleaned_data["password"]),
                at=clock.now(),
            )
        except WrongPassword as refusal:
            form.add_error("password", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is approved, and the shares are forfeited."))
            return redirect(PAGE, period)
    return _page(request, period, approval=form)


def _page(
    request: HttpRequest,
    period: PerformancePeriod,
    *,
    form: EarlyTaxForm | None = None,
    approval: EarlyTaxApprovalForm | None = None,
) -> HttpResponse:
    rows, roles = early_taxes.early_taxes_of(period), roles_of(request)
    awards = early_taxes.may_be_taxed_early(period)
    return render(
        request,
        "participants/settlement/early_taxes.html",
        {
            "period": period,
            "rows": [(row, json.loads(row.steps)) for row in rows],
            "waiting": early_taxes.waiting_for_approval(rows),
            "has_awards": bool(awards),
            "form": form or EarlyTaxForm(awards=awards),
            "approval": approval or EarlyTaxApprovalForm(),
            "may_draw_up": Role.STOCK_ADMINISTRATOR in roles,
            "may_approve": Role.FINANCE in roles,
            "user_key": signed_in_user(request).pk,
        },
    )
