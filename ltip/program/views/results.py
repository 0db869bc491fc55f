"""What the financial measures of a period came to: on record, and recorded or corrected."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.program import listings
from ltip.program.listings import MeasureListed
from ltip.program.models import FinancialResult, PerformancePeriod
from ltip.program.result_forms import FinancialResultForm
from ltip.program.services.results import record_financial_result
from ltip.records.downloads import paper_of
from ltip.records.uploads import keep
from ltip.rules.outcome import Refused

READERS = (Role.COMMITTEE_MEMBER, Role.SECRETARY)
WRITERS = (Role.FINANCE, Role.STOCK_ADMINISTRATOR)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def financial_results(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """The financial goals of a period with their results, and a form for each."""
    measures = listings.financial_measures(period)
    may_write = bool(roles_of(request) & set(WRITERS))
    shown = []
    for number, measure in enumerate(measures, start=1):
        is_sent = request.method == "POST" and request.POST.get("measure") == measure.name
        form = FinancialResultForm(
            request.POST if is_sent else None,
            request.FILES if is_sent else None,
            prefix=f"measure-{number}",
            adjustments=measure.adjustments,
            unit=measure.unit,
        )
        if form.is_valid():
            try:
                _record(request, period, measure, form)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                said = _("The result of %(measure)s is on record.") % {"measure": measure.name}
                messages.success(request, said)
                return redirect("program:financial_results", period)
        shown.append({"measure": measure, "form": form})
    return render(
        request,
        "program/financial_results.html",
        {"period": period, "shown": shown, "may_write": may_write},
    )


def _record(
    request: HttpRequest,
    period: PerformancePeriod,
    measure: MeasureListed,
    form: FinancialResultForm,
) -> None:
    given, at = form.cleaned_data, clock.now()
    record_financial_result(
        period=period,
        measure=measure.name,
        gaap=given["gaap"],
        adjustments=form.adjustments,
        reported_on=given["reported_on"],
        source=given["source"],
        document=keep(given["document"], at=at),
        by=signed_in_user(request),
        at=at,
    )


@require_GET
@open_to(*READERS, *WRITERS)
def financial_result_paper(request: HttpRequest, number: int) -> HttpResponse:
    """The paper that shows a financial result, as it was uploaded."""
    return paper_of(FinancialResult.objects.all(), number=number)
