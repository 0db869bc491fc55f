"""Parachute payments: everything or so much that no excise falls due, and what the firm says."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.records.downloads import as_download
from ltip.records.uploads import keep
from ltip.rules.outcome import Refused
from ltip.rules.parachute import KINDS
from participants.control import selectors, services
from participants.control.forms import DeterminationForm, ParachuteForm
from participants.control.words import KIND_WORDS
from participants.people.selectors import employees_found

READERS = (Role.SECRETARY, Role.COMMITTEE_MEMBER, Role.HUMAN_RESOURCES)
WRITERS = (Role.FINANCE, Role.STOCK_ADMINISTRATOR)


@require_GET
@open_to(*READERS, *WRITERS)
def parachutes(request: HttpRequest) -> HttpResponse:
    """Every comparison in force, the firm's figures due next first."""
    return render(
        request,
        "participants/control/parachutes.html",
        {"comparisons": selectors.comparisons(), "may_write": _may_write(request)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def compare_parachute(request: HttpRequest) -> HttpResponse:
    """Compare both outcomes for one person, and keep the comparison."""
    form = ParachuteForm(
        request.POST if request.method == "POST" else None, people=employees_found(on=clock.today())
    )
    if form.is_valid():
        try:
            comparison = services.compare_parachute(
                **form.asked, by=signed_in_user(request), at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The comparison is on record."))
            return redirect("participants:parachute", comparison.public_id)
    return render(request, "participants/control/compare_parachute.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def parachute(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Both outcomes side by side, the ordered reduction, and the firm's figures beside ours."""
    compared = selectors.comparison_of(public_id)
    if compared is None:
        raise Http404
    is_sent = request.method == "POST"
    form = DeterminationForm(request.POST, request.FILES) if is_sent else DeterminationForm()
    if form.is_valid():
        given, at = form.cleaned_data, clock.now()
        try:
            services.record_auditor_determination(
                comparison=compared.comparison,
                firm=given["firm"],
                received_on=given["received_on"],
                choice=given["choice"],
                paid_minor=given["paid"],
                excise_minor=given["excise"],
                document=keep(given["document"], at=at),
                by=signed_in_user(request),
                at=at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The firm's determination is on record. It is final."))
            return redirect("participants:parachute", public_id)
    return render(
        request,
        "participants/control/parachute.html",
        {
            "compared": compared,
            "lines": _lines(compared),
            "form": form,
            "may_write": _may_write(request),
        },
    )


@require_GET
@open_to(*READERS, *WRITERS)
def firm_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The paper in which the firm determined it, as it was uploaded."""
    compared = selectors.comparison_of(public_id)
    determination = compared.determination if compared else None
    if determination is None or determination.document is None:
        raise Http404
    return as_download(determination.document)


def _lines(compared: selectors.Compared) -> list[dict[str, Any]]:
    """Each kind of payment in the order of reduction: before, less, and what is left."""
    payments, result = compared.inputs["payments"], compared.result
    return [
        {
            "kind": KIND_WORDS[kind],
            "before": payments.get(kind, 0),
            "reduced": result["reduced_by_kind"][kind],
            "paid": result["paid_by_kind"][kind],
        }
        for kind in KINDS
    ]


def _may_write(request: HttpRequest) -> bool:
    return bool(roles_of(request) & set(WRITERS))
