"""Recording that the company remitted a holder's tax abroad."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, signed_in_user
from ltip.accounts.models import Role
from ltip.program.models import PerformancePeriod
from ltip.records.days import DayField
from ltip.rules.outcome import Refused
from participants.settlement import abroad


class RemittanceForm(forms.Form):
    """When the company remitted, and under which reference."""

    remitted_on = DayField(label=gettext_lazy("Remitted on"))
    reference = forms.CharField(label=gettext_lazy("Reference of the payment"), max_length=100)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=(Role.STOCK_ADMINISTRATOR, Role.FINANCE))
def record_remittance(request: HttpRequest, period: PerformancePeriod, award: UUID) -> HttpResponse:
    """The company has remitted what one settlement abroad made due, says whoever records it."""
    settlement = abroad.settlement_abroad(period, award)
    if settlement is None:
        raise Http404
    form = RemittanceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            abroad.record_remittance(
                settlement=settlement,
                **form.cleaned_data,
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The remittance is on record, in your name."))
            return redirect("participants:settlement", period)
    (dates,) = abroad.tax_abroad([settlement])
    return render(
        request,
        "participants/settlement/record_remittance.html",
        {"period": period, "one": dates, "form": form, "day": clock.today()},
    )
