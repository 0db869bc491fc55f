"""The days that don't follow the exchange's calendar."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.program import listings
from ltip.program.forms import TradingDayForm
from ltip.program.services import trading
from ltip.program.views.market import READERS, WRITERS
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused

ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def trading_days(request: HttpRequest) -> HttpResponse:
    """The exceptions on record, and the form that records another."""
    form = TradingDayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            recorded = trading.record_trading_day_exception(
                **form.cleaned_data, by=signed_in_user(request), at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("On record for %(day)s: %(trading)s.")
            values = {"day": day_text(recorded.day), "trading": recorded.get_trading_display()}
            messages.success(request, said % values)
            return redirect("program:trading_days")
    return render(
        request,
        "program/trading_days.html",
        {
            "form": form,
            "exchange": listings.chosen_exchange(),
            "page": Paginator(listings.trading_day_exceptions(), ON_A_PAGE).get_page(
                request.GET.get("page")
            ),
            "may_write": Role.STOCK_ADMINISTRATOR in roles_of(request),
        },
    )
