"""One award with its life, a period's awards, and asking the Committee to change them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from committee.models import Act
from committee.proposing import proposed_or_shown
from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.program.models import PerformancePeriod
from ltip.records.templatetags.figures import short_day
from ltip.rules.outcome import Refused
from ltip.rules.quantities import shares_text
from participants.awards import selectors
from participants.awards.changing import record_receipt
from participants.awards.forms_changing import (
    AdjustmentForm,
    DiscretionForm,
    ReceiptForm,
    RecoveryForm,
    SettlementDeferralForm,
    TransferFindingForm,
)
from participants.awards.life import Life, life_of, most_shares
from participants.awards.recovering import recovery_named, recovery_states

READERS = (
    Role.COMMITTEE_MEMBER,
    Role.SECRETARY,
    Role.HUMAN_RESOURCES,
    Role.STOCK_ADMINISTRATOR,
    Role.FINANCE,
)
RECORDERS = (Role.STOCK_ADMINISTRATOR, Role.FINANCE)
OF_ACTS = {Role.COMMITTEE_MEMBER, Role.SECRETARY, Role.AUDITOR}


@require_GET
@open_to(*READERS)
def award(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One award: what it is worth in shares today, and every dated record that made it so."""
    life, roles = _life_or_404(public_id), roles_of(request)
    return render(
        request,
        "participants/awards/award.html",
        {
            "life": life,
            "facts": _facts(life),
            "may_propose": Role.SECRETARY in roles,
            "may_record": bool(roles & set(RECORDERS)),
            "reads_acts": bool(roles & OF_ACTS),
        },
    )


@require_GET
@open_to(*READERS)
def awards(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """The awards of a period: target, what is due or can be earned, and the state today."""
    today, standings = clock.today(), selectors.standings(period)
    lines = [
        {
            "standing": standing,
            "state": standing.state_on(today),
            "due": standing.entitlement().value if standing.earned else None,
            "most": most_shares(standing),
        }
        for standing in standings
    ]
    return render(
        request,
        "participants/awards/awards.html",
        {
            "period": period,
            "lines": lines,
            "target": sum(standing.target for standing in standings),
            "may_propose": Role.SECRETARY in roles_of(request),
        },
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def propose_discretion(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Ask the Committee to set what awards of a period earn, down or up."""
    standings = _open_standings(period)
    form = DiscretionForm(_posted(request), standings=standings)
    return _proposing(
        request,
        kind="discretion",
        form=form,
        asked=lambda: {"period": period.label, "lines": form.lines},
        page={
            "title": _("Reduce or increase awards for %(label)s") % {"label": period.label},
            "ask": _("Say how many shares each award is set to; leave the others empty."),
            "crumbs": _period_crumbs(period),
            "rows": list(form.rows()),
        },
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def propose_settlement_deferral(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Ask the Committee to delay settlements whose deduction would be lost."""
    chosen = {"awards": request.GET.getlist("award")}
    standings = _open_standings(period)
    form = SettlementDeferralForm(_posted(request), standings=standings, initial=chosen)
    return _proposing(
        request,
        kind="settlement_deferral",
        form=form,
        asked=lambda: form.cleaned_data,
        page={
            "title": _("Delay settlements for %(label)s") % {"label": period.label},
            "ask": _(
                "Say whose settlement waits for the year in which the company can deduct it. The "
                "end of service ends the wait."
            ),
            "crumbs": _period_crumbs(period),
        },
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def propose_adjustment(request: HttpRequest) -> HttpResponse:
    """Ask the Committee to adjust all outstanding awards for a corporate transaction."""
    form = AdjustmentForm(_posted(request))
    return _proposing(
        request,
        kind="adjustment",
        form=form,
        asked=lambda: form.cleaned_data,
        page={
            "title": _("Adjust the outstanding Performance Shares"),
            "ask": _(
                "Say what the company did and how many new Performance Shares stand for one old. "
                "You see every award before and after; nothing is proposed before that."
            ),
            "crumbs": [(reverse("desk:calendar"), _("Calendar"))],
        },
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def propose_transfer_finding(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask the Committee to find that a holder tried to transfer an award."""
    life, form = _life_or_404(public_id), TransferFindingForm(_posted(request))
    return _proposing(
        request,
        kind="transfer_finding",
        form=form,
        asked=lambda: {"award": str(public_id), **form.cleaned_data},
        page={
            "title": _("Find an attempted transfer"),
            "ask": _("Say when %(name)s tried to sell, pledge or give away the award, and how.")
            % {"name": life.standing.person.employee.name},
            "crumbs": _award_crumbs(life),
        },
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def propose_recovery(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask the Committee to determine that shares of an award, or money, are recovered."""
    life, form = _life_or_404(public_id), RecoveryForm(_posted(request))
    return _proposing(
        request,
        kind="recovery",
        form=form,
        asked=lambda: {"award": str(public_id), **form.cleaned_data},
        page={
            "title": _("Recover an award"),
            "ask": _("Say how much of the award of %(name)s is recovered, and why.")
            % {"name": life.standing.person.employee.name},
            "crumbs": _award_crumbs(life),
        },
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=RECORDERS)
def record_recovery_receipt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record what came back of a recovery."""
    recovery = recovery_named(public_id)
    if recovery is None:
        raise Http404
    form = ReceiptForm(_posted(request), initial={"received_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            record_receipt(
                recovery=recovery,
                received_on=told["received_on"],
                shares=told["shares"] or 0,
                amount_minor=told["amount_minor"],
                note=told["note"],
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("What came back is on record."))
            return redirect("participants:award", recovery.award.public_id)
    return render(
        request,
        "participants/awards/receipt.html",
        {
            "recovery": recovery,
            "state": recovery_states([recovery])[recovery.pk],
            "form": form,
            "may_record": bool(roles_of(request) & set(RECORDERS)),
        },
    )


def _proposing(
    request: HttpRequest,
    *,
    kind: str,
    form: forms.Form,
    asked: Callable[[], dict[str, Any]],
    page: dict[str, Any],
) -> HttpResponse:
    """The form of an act; then the exhibit that the members would read; then the act itself."""
    preview = None
    if request.method == "POST" and form.is_valid():
        found = proposed_or_shown(request, kind=kind, form=form, asked=asked)
        if isinstance(found, Act):
            number = {"number": found.number}
            messages.success(request, _("Act %(number)s is before the Committee.") % number)
            return redirect("committee:act", found.public_id)
        preview = found
    may_propose = Role.SECRETARY in roles_of(request)
    context = page | {"form": form, "preview": preview, "may_propose": may_propose}
    return render(request, "participants/awards/propose.html", context)


def _facts(life: Life) -> list[dict[str, Any]]:
    standing = life.standing
    target = {
        "label": _("Target"),
        "figure": shares_text(standing.target),
        "note": _("Performance Shares"),
        "steps": standing.target_steps,
    }
    if life.due is None:
        second = {
            "label": _("Can earn"),
            "figure": shares_text(life.most),
            "note": _("shares at most"),
            "steps": life.most_steps,
        }
        return [target, second]
    second = {
        "label": _("Settled") if standing.settlement else _("Due"),
        "figure": shares_text(life.due),
        "note": _("shares, before tax"),
        "steps": life.due_steps,
    }
    if life.settles_on is None:
        return [target, second]
    third = {
        "label": _("Settlement Date"),
        "figure": short_day(life.settles_on),
        "note": _("put off") if life.state == "delayed" else "",
    }
    return [target, second, third]


def _open_standings(period: PerformancePeriod) -> list[selectors.Standing]:
    today, over = clock.today(), {"forfeited", "void"}
    return [
        standing
        for standing in selectors.standings(period)
        if standing.settlement is None and standing.state_on(today) not in over
    ]


def _life_or_404(public_id: UUID) -> Life:
    life = life_of(public_id, today=clock.today())
    if life is None:
        raise Http404
    return life


def _period_crumbs(period: PerformancePeriod) -> list[tuple[str, str]]:
    return [
        (reverse("desk:period", args=[period]), period.label),
        (reverse("participants:awards", args=[period]), _("Awards")),
    ]


def _award_crumbs(life: Life) -> list[tuple[str, str]]:
    award = life.standing.award
    address = reverse("participants:award", args=[award.public_id])
    return [*_period_crumbs(award.period), (address, award.employee.name)]


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
