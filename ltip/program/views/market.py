"""Prices, securities, what happened to their companies, and the filing of annual reports."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.program import listings, selectors
from ltip.program.forms import (
    LARGEST_FILE_MB,
    AnnualReportForm,
    PricesForm,
    SecurityEventForm,
    WithdrawalForm,
    security_choices,
)
from ltip.program.models import PriceImport, Security, SecurityEvent
from ltip.program.services import imports, market, periods
from ltip.program.services.price_files import Fault, FileRefused
from ltip.program.words import EVENTS
from ltip.records.downloads import as_download
from ltip.records.uploads import keep
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused

READERS = (Role.FINANCE, Role.SECRETARY, Role.COMMITTEE_MEMBER)
WRITERS = (Role.STOCK_ADMINISTRATOR,)
FAULTS_SHOWN = 200
IMPORTS_ON_A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def prices(request: HttpRequest) -> HttpResponse:
    """The files taken in, and the form that takes another."""
    is_sent = request.method == "POST"
    form = PricesForm(request.POST, request.FILES) if is_sent else PricesForm()
    faults: list[Fault] = []
    if form.is_valid():
        closes, actions = form.cleaned_data["closes"], form.cleaned_data["actions"]
        try:
            taken = imports.import_prices(
                closes=_content(closes),
                actions=_content(actions),
                closes_name=(closes.name if closes else None) or "prices.csv",
                actions_name=(actions.name if actions else None) or "actions.csv",
                new_securities=form.cleaned_data["new_securities"],
                by=signed_in_user(request),
                at=clock.now(),
            )
        except FileRefused as refusal:
            faults = refusal.faults
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            for source in taken:
                messages.success(request, _said_of(source))
            return redirect("program:prices")
    return render(
        request,
        "program/prices.html",
        {
            "form": form,
            "faults": faults[:FAULTS_SHOWN],
            "fault_count": len(faults),
            "page": Paginator(listings.imports(), IMPORTS_ON_A_PAGE).get_page(
                request.GET.get("page")
            ),
            "reach_to": selectors.own_prices_reach_to(),
            "exchange": listings.chosen_exchange(),
            "largest_file_mb": LARGEST_FILE_MB,
            "may_write": _may_write(request),
        },
    )


def _content(file: UploadedFile | None) -> bytes | None:
    return file.read() if file else None


def _said_of(source: PriceImport) -> str:
    words = _("Closes") if source.what == "closes" else _("Corporate actions")
    return _(
        "%(what)s: %(lines)s lines taken, of them %(new)s new, %(corrected)s corrections and "
        "%(unchanged)s on record already."
    ) % {
        "what": words,
        "lines": f"{source.lines:,}",
        "new": f"{source.new:,}",
        "corrected": f"{source.corrected:,}",
        "unchanged": f"{source.unchanged:,}",
    }


@require_GET
@open_to(*READERS, *WRITERS)
def securities(request: HttpRequest) -> HttpResponse:
    """Every security with its tickers over time, its last close and what happened to it."""
    return render(
        request,
        "program/securities.html",
        {
            "securities": listings.securities(),
            "may_write": _may_write(request),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def security_event(request: HttpRequest) -> HttpResponse:
    """Record what happened to a listed company."""
    form = SecurityEventForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        securities=security_choices(listings.securities()),
    )
    if form.is_valid():
        given, at = form.cleaned_data, clock.now()
        security = Security.objects.get(public_id=given["security"])
        other = (
            Security.objects.filter(public_id=given["other"]).first() if given["other"] else None
        )
        try:
            event = market.record_security_event(
                security=security,
                kind=given["kind"],
                completed_on=given["completed_on"],
                other=other,
                new_ticker=given["new_ticker"],
                note=given["note"],
                document=keep(given["document"], at=at),
                by=signed_in_user(request),
                at=at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = {
                "name": security.name,
                "event": EVENTS[event.kind],
                "day": day_text(event.completed_on),
            }
            messages.success(request, _("On record: %(name)s %(event)s on %(day)s.") % said)
            return redirect("program:securities")
    return render(request, "program/security_event.html", {"form": form})


@require_GET
@open_to(*READERS, *WRITERS)
def security_event_evidence(request: HttpRequest, number: int) -> HttpResponse:
    """The paper that shows what happened to a company, as it was uploaded."""
    document = _event_or_404(number).document
    if document is None:
        raise Http404
    return as_download(document)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def withdraw_security_event(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what was recorded of a company by mistake, with the reason."""
    event = _event_or_404(number)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    said = {
        "name": event.security.name,
        "event": EVENTS[event.kind],
        "day": day_text(event.completed_on),
    }
    if form.is_valid():
        try:
            market.withdraw_security_event(
                event=event,
                reason=form.cleaned_data["reason"],
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("That %(name)s %(event)s on %(day)s counts no longer.") % said
            )
            return redirect("program:securities")
    return render(request, "program/withdraw_security_event.html", {"form": form, **said})


def _event_or_404(number: int) -> SecurityEvent:
    found = listings.security_event_of(number)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def annual_report(request: HttpRequest) -> HttpResponse:
    """The filings on record, and the form that records another or corrects one."""
    form = AnnualReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            report = periods.record_annual_report(
                **form.cleaned_data, by=signed_in_user(request), at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("On record: the Form 10-K for %(year_end)s was filed on %(filed)s.")
                % {
                    "year_end": day_text(report.fiscal_year_end),
                    "filed": day_text(report.filed_on),
                },
            )
            return redirect("program:annual_report")
    return render(
        request,
        "program/annual_report.html",
        {
            "form": form,
            "reports": listings.annual_reports(),
            "may_write": _may_write(request),
        },
    )


def _may_write(request: HttpRequest) -> bool:
    return Role.STOCK_ADMINISTRATOR in roles_of(request)
