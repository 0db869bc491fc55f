"""The page of the rates of tax: in force on a day, awaiting approval, and entering one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ltip import clock
from ltip.accounts.access import open_to, proof_from, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.accounts.services import WrongPassword
from ltip.rules.canonical import decimal_text
from ltip.rules.outcome import Refused
from ltip.rules.quantities import percent_text
from ltip.rules.taxes import tax_name
from participants.settlement import rates
from participants.settlement.forms_rates import ExchangeRateForm, RateApprovalForm, TaxRateForm
from participants.settlement.models import ExchangeRate, TaxRate

WRITERS = (Role.STOCK_ADMINISTRATOR, Role.FINANCE)
PAGE = "participants:tax_rates"


@require_GET
@open_to(writers=WRITERS)
def tax_rates(request: HttpRequest) -> HttpResponse:
    """The rates that hold on a day, those that wait for approval, and the forms for another."""
    return _page(request)


@require_POST
@open_to(writers=WRITERS)
def enter_tax_rate(request: HttpRequest) -> HttpResponse:
    """A rate of tax is entered; another person approves it."""
    form = TaxRateForm(request.POST, replaceable=rates.rates_on_record().replaceable_tax)
    return _entered(request, form, rates.enter_tax_rate) or _page(request, tax=form)


@require_POST
@open_to(writers=WRITERS)
def enter_exchange_rate(request: HttpRequest) -> HttpResponse:
    """An exchange rate is entered; another person approves it."""
    form = ExchangeRateForm(request.POST, replaceable=rates.rates_on_record().replaceable_exchange)
    return _entered(request, form, rates.enter_exchange_rate) or _page(request, exchange=form)


@require_POST
@open_to(writers=WRITERS)
def approve_rates(request: HttpRequest) -> HttpResponse:
    """Rates that others entered are approved, with the password again."""
    user = signed_in_user(request)
    form = RateApprovalForm(request.POST, waiting=rates.rates_on_record().to_approve_by(user))
    if form.is_valid():
        try:
            rates.approve_rates(
                tax_rates=[row for row in form.chosen if isinstance(row, TaxRate)],
                exchange_rates=[row for row in form.chosen if isinstance(row, ExchangeRate)],
                by=user,
                authentication=proof_from(request, form.cleaned_data["password"]),
                at=clock.now(),
            )
        except WrongPassword as refusal:
            form.add_error("password", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Approved, in your name: settlements may use them."))
            return redirect(PAGE)
    return _page(request, approval=form)


def _entered(
    request: HttpRequest, form: TaxRateForm | ExchangeRateForm, enter: Callable[..., Any]
) -> HttpResponse | None:
    """What a form says is entered, and the page is shown again; nothing where it is refused."""
    if not form.is_valid():
        return None
    try:
        enter(**form.told, by=signed_in_user(request), at=clock.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("Entered; it holds once another person has approved it."))
    return redirect(PAGE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A rate as the page writes it."""

    row: TaxRate | ExchangeRate
    name: str
    figure: str

    @property
    def is_tax(self) -> bool:
        return isinstance(self.row, TaxRate)


def _shown(row: TaxRate | ExchangeRate, name: str = "") -> Shown:
    if isinstance(row, TaxRate):
        tax = tax_name(kind=row.kind, jurisdiction=row.jurisdiction)
        return Shown(row, name or tax, percent_text(row.rate, places=rates.DECIMALS))
    return Shown(row, rates.name_of(row), decimal_text(row.rate))


def _page(
    request: HttpRequest,
    *,
    tax: forms.Form | None = None,
    exchange: forms.Form | None = None,
    approval: RateApprovalForm | None = None,
) -> HttpResponse:
    on_record, user = rates.rates_on_record(), signed_in_user(request)
    day = _day_asked(request) or clock.today()
    others = on_record.to_approve_by(user)
    return render(
        request,
        "participants/settlement/tax_rates.html",
        {
            "day": day,
            "in_force": [
                (where, [(line.name, [_shown(r, line.name) for r in line.rates]) for line in lines])
                for where, lines in on_record.in_force_on(day)
            ],
            "exchanged": [_shown(row) for row in on_record.exchanged_on(day)],
            "waiting": [_shown(row) for row in on_record.waiting],
            "to_approve": others,
            "may_write": bool(roles_of(request) & set(WRITERS)),
            "approval": approval or RateApprovalForm(waiting=others),
            "tax": tax or TaxRateForm(replaceable=on_record.replaceable_tax),
            "exchange": exchange or ExchangeRateForm(replaceable=on_record.replaceable_exchange),
        },
    )


def _day_asked(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("on", ""))
    except ValueError:
        return None
