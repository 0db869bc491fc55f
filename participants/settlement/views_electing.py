"""A holder's choice of how the tax of an award is paid."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ltip import clock
from ltip.accounts.access import proof_from, signed_in_user
from ltip.accounts.forms import PasswordForm
from ltip.accounts.services import WrongPassword
from ltip.rules.outcome import Refused
from participants.papers.access import holders_only, own_standing
from participants.settlement import electing

WAYS = [
    ("shares", gettext_lazy("In shares: the company keeps as many as the tax is worth")),
    ("cash", gettext_lazy("From my wages or in cash: I get every share")),
    ("split", gettext_lazy("Part of it in shares, the rest from my wages or in cash")),
]


class ChoiceForm(PasswordForm):
    """How the tax is paid, and the password again."""

    way = forms.ChoiceField(
        label=gettext_lazy("How the tax is paid"), choices=WAYS, widget=forms.RadioSelect
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Per cent of the tax in shares"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=gettext_lazy("Only where you pay in both ways: a whole number from 1 to 99."),
    )
    field_order = ("way", "percent", "password")

    def clean_percent(self) -> int:
        percent: int | None = self.cleaned_data["percent"]
        way = self.cleaned_data.get("way", "")
        if way == "split" and percent is None:
            raise forms.ValidationError(_("Say how much of the tax is paid in shares."))
        return {"shares": 100, "cash": 0}.get(way, percent or 0)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@holders_only
def pay_tax(request: HttpRequest, award: UUID) -> HttpResponse:
    """What holds for the tax of one award, what each choice means, and the form to choose."""
    standing = own_standing(request, award)
    form = ChoiceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        percent = form.cleaned_data["percent"]
        try:
            electing.elect_withholding(
                award=standing.award,
                shares_percent=percent,
                cash_percent=100 - percent,
                by=signed_in_user(request),
                authentication=proof_from(request, form.cleaned_data["password"]),
                at=clock.now(),
            )
        except WrongPassword as refusal:
            form.add_error("password", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your choice is on record."))
            return redirect("participants:pay_tax", award)
    day = clock.today()
    return render(
        request,
        "participants/settlement/pay_tax.html",
        {
            "standing": standing,
            "choice": electing.choice_of(standing, on=day),
            "form": form,
            "day": day,
        },
    )
