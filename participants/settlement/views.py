"""The settlement desk of a period, and the statement each holder gets."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ltip import clock
from ltip.accounts.access import open_to, proof_from, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.accounts.services import WrongPassword
from ltip.program.models import PerformancePeriod
from ltip.rules.outcome import Refused
from ltip.rules.quantities import money_text
from participants.papers.access import holders_only, own_standing
from participants.settlement import selectors, services, statements
from participants.settlement.abroad import tax_abroad
from participants.settlement.forms import ApprovalForm, PreparationForm
from participants.settlement.forms_payroll import initial_of
from participants.settlement.selling import order_of
from participants.settlement.transfer_agent import transfer_agent_csv

READERS = (Role.STOCK_ADMINISTRATOR, Role.FINANCE)


@require_GET
@holders_only
def statement(request: HttpRequest, award: UUID) -> HttpResponse:
    """The settlement statement of one award, every step of it, for its holder."""
    standing = own_standing(request, award)
    settlement = selectors.settlement_of(standing.award)
    return render(
        request,
        "participants/settlement/statement.html",
        {
            "standing": standing,
            "settlement": settlement,
            "line": statements.line_of(settlement) if settlement else None,
            "abroad": tax_abroad([settlement]) if settlement else [],
            "order": order_of(settlement),
            "day": clock.today(),
        },
    )


@require_GET
@open_to(*READERS)
def settlement(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Where the settlement of a period stands, and its next step."""
    return _desk_page(request, period)


@require_POST
@open_to(writers=(Role.STOCK_ADMINISTRATOR,))
def tick_condition(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """A condition to delivery is met, says whoever ticks it."""
    try:
        services.tick_condition(
            period=period,
            condition=request.POST.get("condition", ""),
            by=signed_in_user(request),
            at=clock.now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The condition is ticked, in your name."))
    return redirect("participants:settlement", period)


@require_POST
@open_to(writers=(Role.STOCK_ADMINISTRATOR,))
def prepare_settlement(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Freeze what settling the awards that are due would do, for finance to approve."""
    desk = selectors.desk(period, on=clock.today())
    form = _preparation_form(desk, request)
    if form.is_valid():
        try:
            services.prepare_settlement(
                period=period,
                tax_minor=form.tax_minor,
                payroll=form.payroll,
                fair_market_value=form.cleaned_data["fair_market_value"],
                fair_market_value_source=form.cleaned_data["fair_market_value_source"],
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The settlement is prepared and waits for finance."))
            return redirect("participants:settlement", period)
    return _desk_page(request, period, preparation=form)


@require_POST
@open_to(writers=(Role.FINANCE,))
def approve_settlement(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Another person approves the batch that was shown; its awards are settled."""
    form = ApprovalForm(request.POST)
    if form.is_valid():
        batch = selectors.batch_of(period, form.cleaned_data["batch"])
        if batch is None:
            raise Http404
        try:
            services.approve_settlement(
                batch=batch,
                shown_digest=form.cleaned_data["shown_digest"],
                by=signed_in_user(request),
                authentication=proof_from(request, form.cleaned_data["password"]),
                at=clock.now(),
            )
        except WrongPassword as refusal:
            form.add_error("password", str(refusal))
        except Refused as refusal:
            if selectors.open_batch(period) != batch:
                messages.error(request, str(refusal))
                return redirect("participants:settlement", period)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The settlement is approved."))
            return redirect("participants:settlement", period)
    return _desk_page(request, period, approval=form)


@require_GET
@open_to(*READERS)
def transfer_agent_file(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """What was settled, as the file that the transfer agent works from."""
    lines = [statements.line_of(row) for row in selectors.settlements_of(period)]
    if not lines:
        messages.warning(request, _("Nothing is settled yet, so there is no file."))
        return redirect("participants:settlement", period)
    answer = HttpResponse(transfer_agent_csv(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="transfer-agent-{period.address}.csv"'
    return answer


def _desk_page(
    request: HttpRequest,
    period: PerformancePeriod,
    *,
    preparation: PreparationForm | None = None,
    approval: ApprovalForm | None = None,
) -> HttpResponse:
    desk = selectors.desk(period, on=clock.today())
    roles, user = roles_of(request), signed_in_user(request)
    context: dict[str, Any] = {
        "desk": desk,
        "market_values": [] if desk.batch else desk.market_values,
        "has_sales": any(line.to_sell for line in desk.settled),
        "settled_totals": statements.totals_of(desk.settled),
        "abroad": tax_abroad(selectors.settlements_of(period)) if desk.settled else [],
        "may_prepare": Role.STOCK_ADMINISTRATOR in roles,
        "may_remit": bool(roles & set(READERS)),
        "preparation": preparation or _preparation_form(desk),
        "approval": approval or ApprovalForm(),
    }
    if desk.batch:
        lines = statements.lines_of(desk.batch)
        context |= {
            "lines": lines,
            "totals": statements.totals_of(lines),
            "sources": list(dict.fromkeys(line.source for line in lines)),
            "computed": [line.holder for line in lines if line.payroll],
            "left_out": statements.left_out_of(desk.batch),
            "differences": statements.differences_of(desk.batch),
            "checks": selectors.checks_before_approval(desk),
            "prepared_by_user": desk.batch.prepared_by_id == user.pk,
            "may_approve": Role.FINANCE in roles and desk.batch.prepared_by_id != user.pk,
        }
    return render(request, "participants/settlement/settlement.html", context)


def _preparation_form(desk: selectors.Desk, request: HttpRequest | None = None) -> PreparationForm:
    """The form for the awards that are ready, filled in with what an open batch took."""
    initial: dict[str, Any] = {}
    from_market = {value.words for value in desk.market_values}
    for line in statements.lines_of(desk.batch) if desk.batch else []:
        if line.payroll:
            initial |= initial_of(line.award, line.payroll)
        else:
            initial[f"tax_{line.award}"] = money_text(line.tax_minor, line.currency).lstrip("$")
        if line.source not in from_market:
            initial["fair_market_value"] = line.fair_market_value
            initial["fair_market_value_source"] = line.source
    return PreparationForm(
        request.POST if request else None,
        ready=desk.ready,
        market_knows=all(value.close is not None for value in desk.market_values),
        initial=initial,
    )
