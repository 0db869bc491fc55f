"""The sales that pay a tax: what is to be sold, the broker's files, the trading windows."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.program.models import PerformancePeriod
from ltip.records.days import DayField
from ltip.rules.outcome import Refused
from participants.settlement import broker, selling
from participants.settlement.models import TradingWindow

PAGE = "participants:sales"
LARGEST_FILE_MB = 5


class SalesFileForm(forms.Form):
    """The broker's file of what was sold."""

    file = forms.FileField(
        label=gettext_lazy("The broker's file (CSV)"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE_MB * 1024 * 1024:
            raise forms.ValidationError(_("At most 5 MB, please."))
        content: bytes = file.read()
        return content


class WindowForm(forms.Form):
    """The first and the last day of a trading window, and which one it corrects."""

    opens_on = DayField(label=gettext_lazy("First day"))
    closes_on = DayField(label=gettext_lazy("Last day"))
    supersedes = forms.ModelChoiceField(
        label=gettext_lazy("It corrects"),
        queryset=TradingWindow.objects.filter(superseded_by__isnull=True),
        to_field_name="public_id",
        required=False,
        empty_label=gettext_lazy("None: it is another window"),
    )


@require_GET
@open_to(Role.STOCK_ADMINISTRATOR, Role.FINANCE)
def sales(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """What is to be sold for a period, and what each sale brought."""
    return _page(request, period)


@require_GET
@open_to(Role.STOCK_ADMINISTRATOR, Role.FINANCE)
def sale_orders(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """What is still to be sold, as the file that the broker works from."""
    orders = [order for order in selling.orders_of(period) if order.sale is None]
    if not orders:
        messages.warning(request, _("Nothing is left to sell, so there is no file."))
        return redirect(PAGE, period)
    answer = HttpResponse(broker.orders_csv(orders), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="sales-{period.address}.csv"'
    return answer


@require_POST
@open_to(writers=(Role.STOCK_ADMINISTRATOR,))
def record_sales(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Take in what the broker sold, all of the file or nothing of it."""
    form = SalesFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            recorded = selling.record_sales(
                period=period,
                sold=broker.sales_in(form.cleaned_data["file"]),
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sales put on record: %d.") % len(recorded))
            return redirect(PAGE, period)
    return _page(request, period, form=form)


@require_POST
@open_to(writers=(Role.STOCK_ADMINISTRATOR,))
def record_window(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Put a trading window on record, or correct one."""
    form = WindowForm(request.POST)
    if form.is_valid():
        try:
            selling.record_window(**form.cleaned_data, by=signed_in_user(request), at=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The trading window is on record."))
            return redirect(PAGE, period)
    return _page(request, period, window=form)


def _page(
    request: HttpRequest,
    period: PerformancePeriod,
    *,
    form: SalesFileForm | None = None,
    window: WindowForm | None = None,
) -> HttpResponse:
    orders, today = selling.orders_of(period), clock.today()
    windows = selling.trading_windows()
    context: dict[str, Any] = {
        "period": period,
        "orders": orders,
        "unsold": [order for order in orders if order.sale is None],
        "windows": windows,
        "open_window": next((w for w in windows if w.opens_on <= today <= w.closes_on), None),
        "form": form or SalesFileForm(),
        "window": window or WindowForm(),
        "columns": ", ".join(broker.RESULT_COLUMNS),
        "may_record": Role.STOCK_ADMINISTRATOR in roles_of(request),
        "day": today,
    }
    return render(request, "participants/settlement/sales.html", context)
