"""A holder's choice of how the tax of an award is paid."""

from typing import Any
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
    ("sale", gettext_lazy("From a sale: a broker sells as many of my shares as the tax is worth")),
    ("split", gettext_lazy("In several of these ways")),
]
PARTS = ("shares_percent", "cash_percent", "sale_percent")
WHOLE: dict[str, tuple[int, ...]] = {
    "shares": (100, 0, 0),
    "cash": (0, 100, 0),
    "sale": (0, 0, 100),
}


def _part(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=100)


class ChoiceForm(PasswordForm):
    """How the tax is paid, and the password again."""

    way = forms.ChoiceField(
        label=gettext_lazy("How the tax is paid"), choices=WAYS, widget=forms.RadioSelect
    )
    shares_percent = _part(gettext_lazy("Per cent in shares, where you pay in several ways"))
    cash_percent = _part(gettext_lazy("Per cent from my wages or in cash"))
    sale_percent = _part(gettext_lazy("Per cent from a sale"))
    is_standing_instruction = forms.BooleanField(
        label=gettext_lazy("Sell on the day of delivery, whether or not I may trade that day"),
        required=False,
        help_text=gettext_lazy(
            "A standing instruction, given before the day. Without it a sale waits for the next "
            "open trading window. Give it only while you know nothing about the company that the "
            "market does not know."
        ),
    )
    field_order = ("way", *PARTS, "is_standing_instruction", "password")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        way = given.get("way", "")
        parts = WHOLE.get(way) or tuple(given.get(name) or 0 for name in PARTS)
        if way == "split" and sum(parts) != 100:
            self.add_error(
                "way", _("Say how much is paid in each way: the parts add up to 100 per cent.")
            )
        return {**given, **dict(zip(PARTS, parts, strict=True))}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@holders_only
def pay_tax(request: HttpRequest, award: UUID) -> HttpResponse:
    """What holds for the tax of one award, what each choice means, and the form to choose."""
    standing = own_standing(request, award)
    form = ChoiceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            electing.elect_withholding(
                award=standing.award,
                **{name: told[name] for name in PARTS},
                is_standing_instruction=told["is_standing_instruction"],
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
