"""What is taken away of a run: its workbook, its table, its chart."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ltip.accounts.access import open_to
from ltip.program import listings, pictures
from ltip.program.models import PerformancePeriod
from ltip.program.run_table import run_as_csv
from ltip.program.views.market import READERS, WRITERS
from ltip.program.views.runs import run_or_404
from ltip.program.workbook import workbook_of
from ltip.records.typesetting import drawn_as_png
from ltip.rules.outcome import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@open_to(*READERS, *WRITERS)
def run_workbook(request: HttpRequest, period: PerformancePeriod, public_id: UUID) -> HttpResponse:
    """The spreadsheet that reckons a run again."""
    shown = _shown(period, public_id)
    traces = {
        _("Measured until"): shown.inputs["until"],
        _("Made"): f"{shown.run.run_at:%Y-%m-%d %H:%M} UTC, {shown.made_by}",
        _("Record"): _("No. %(number)s of the chain") % {"number": shown.run.seal_id},
        _("Inputs, SHA-256"): shown.inputs_digest,
        _("Result, SHA-256"): shown.run.result_digest,
    }
    try:
        content = workbook_of(inputs=shown.inputs, result=shown.result, traces=traces)
    except Refused as refusal:
        context = {"period": period, "shown": shown, "refusal": str(refusal)}
        return render(request, "program/run_not_exported.html", context, status=409)
    return _file(shown, content, XLSX, "xlsx")


@require_GET
@open_to(*READERS, *WRITERS)
def run_csv(request: HttpRequest, period: PerformancePeriod, public_id: UUID) -> HttpResponse:
    """The ranking and every figure of a run, with all digits."""
    shown = _shown(period, public_id)
    table = run_as_csv(inputs=shown.inputs, result=shown.result)
    return _file(shown, table, "text/csv; charset=utf-8", "csv")


@require_GET
@open_to(*READERS, *WRITERS)
def run_chart_svg(request: HttpRequest, period: PerformancePeriod, public_id: UUID) -> HttpResponse:
    """The chart of returns as a drawing that stands alone."""
    shown = _shown(period, public_id)
    return _file(shown, _chart(shown), "image/svg+xml", "svg")


@require_GET
@open_to(*READERS, *WRITERS)
def run_chart_png(request: HttpRequest, period: PerformancePeriod, public_id: UUID) -> HttpResponse:
    """The chart of returns as a picture."""
    shown = _shown(period, public_id)
    return _file(shown, drawn_as_png(_chart(shown)), "image/png", "png")


def _shown(period: PerformancePeriod, public_id: UUID) -> listings.RunShown:
    return listings.run_shown(run_or_404(period, public_id))


def _chart(shown: listings.RunShown) -> str:
    drawn = pictures.returns(shown.result, shown.inputs["events"], skin="file")
    if not drawn:
        raise Http404
    return drawn


def _file(
    shown: listings.RunShown, content: bytes | str, media_type: str, ending: str
) -> HttpResponse:
    name = (
        f"run-{shown.run.period.address}-{shown.inputs['until']}"
        f"-{shown.run.result_digest[:12]}.{ending}"
    )
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )
