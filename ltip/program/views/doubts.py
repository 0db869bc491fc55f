"""What is in doubt about the prices of a period: seen, confirmed by name, put right."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.program import listings, selectors
from ltip.program.doubt_forms import ConfirmDoubtsForm, CorrectPriceForm, WantedDoubtsForm
from ltip.program.models import PerformancePeriod, Security
from ltip.program.services import doubts as service
from ltip.program.views.market import READERS, WRITERS
from ltip.program.words import DOUBTS
from ltip.records.downloads import as_download
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused

ON_A_PAGE = 50
ACTION_OF_DOUBT = {"split_like": "split", "large_dividend": "dividend"}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def doubts(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """What is in doubt, by company and day, and the form that confirms some of it."""
    form = ConfirmDoubtsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            confirmed = service.confirm_doubts(
                period=period,
                keys=request.POST.getlist("key"),
                reason=form.cleaned_data["reason"],
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = ngettext(
                "%(number)s doubt is confirmed in your name.",
                "%(number)s doubts are confirmed in your name.",
                len(confirmed),
            )
            messages.success(request, said % {"number": len(confirmed)})
            return redirect(request.get_full_path())
    found, refused = _found(period, clock.today())
    wanted_form = WantedDoubtsForm(request.GET, companies=[each.ticker for each in found])
    wanted = wanted_form.wanted
    shown = [each for each in found if _is_wanted(each, wanted)]
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "program/doubts.html",
        {
            "period": period,
            "form": form,
            "chosen": request.POST.getlist("key"),
            "refused": refused,
            "wanted_form": wanted_form,
            "wanted": wanted,
            "found": found,
            "open": sum(each.confirmation is None for each in found),
            "page": page,
            "lines": [(each, DOUBTS[each.doubt.kind]) for each in page],
            "may_write": Role.STOCK_ADMINISTRATOR in roles_of(request),
        },
    )


def _found(
    period: PerformancePeriod, today: date
) -> tuple[list[selectors.DoubtFound], Refused | None]:
    """The doubts of a period, or why none can be looked for yet."""
    try:
        return service.doubts_of(period, on=today), None
    except Refused as refusal:
        return [], refusal


def _is_wanted(found: selectors.DoubtFound, wanted: dict[str, str]) -> bool:
    state = "confirmed" if found.confirmation else "open"
    return (
        wanted["state"] in ("all", state)
        and wanted["kind"] in ("", found.doubt.kind)
        and wanted["company"] in ("", found.ticker)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def correct_price(request: HttpRequest, period: PerformancePeriod, key: str) -> HttpResponse:
    """Put right what a doubt is about; the value before stays on record."""
    found, _refused = _found(period, clock.today())
    about = next((each for each in found if each.key == key), None)
    if about is None:
        raise Http404
    form = CorrectPriceForm(
        request.POST if request.method == "POST" else None,
        initial={"what": _what_of(about), "on": about.doubt.on},
    )
    if form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            correction = service.correct_price(
                security=Security.objects.get(pk=about.security_id),
                **given,
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("%(ticker)s on %(day)s is put right: %(value)s.")
            values = {
                "ticker": about.ticker,
                "day": day_text(correction.date),
                "value": correction.value,
            }
            messages.success(request, said % values)
            return redirect("program:doubts", period)
    return render(
        request,
        "program/correct_price.html",
        {
            "period": period,
            "about": about,
            "word": DOUBTS[about.doubt.kind],
            "form": form,
        },
    )


def _what_of(about: selectors.DoubtFound) -> str:
    if about.doubt.kind == "disagreement":
        return about.doubt.facts[0]
    return ACTION_OF_DOUBT.get(about.doubt.kind, "close")


@require_GET
@open_to(*READERS, *WRITERS)
def run_doubts(request: HttpRequest, period: PerformancePeriod, public_id: UUID) -> HttpResponse:
    """What was in doubt when a final run was made, byte for byte as it is sealed."""
    run = listings.run_of(period, public_id)
    kept = listings.doubts_of_run(run) if run else None
    if kept is None:
        raise Http404
    return as_download(kept.document)
