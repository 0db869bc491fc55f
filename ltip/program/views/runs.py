"""Runs that measure a period: asked for, listed, and shown with every step."""

from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.jobs.selectors import made_by_job
from ltip.program import listings, selectors
from ltip.program.forms import RunForm
from ltip.program.models import Goal, PerformancePeriod, TsrRun
from ltip.program.run_drawing import goals_shown
from ltip.program.services import measuring
from ltip.program.views.market import READERS, WRITERS
from ltip.rules.outcome import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def runs(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """The runs of a period, and the button that asks for another."""
    form = RunForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            job = measuring.request_run(
                period=period,
                is_final=form.cleaned_data["kind"] == "final",
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            back = f"{reverse('program:runs', args=[period])}?{urlencode({'job': job.public_id})}"
            return redirect(
                f"{reverse('jobs:job', args=[job.public_id])}?{urlencode({'next': back})}"
            )
    if request.method != "POST" and "job" in request.GET:
        made = made_by_job(request.GET["job"], kind=measuring.RUN_JOB)
        if made:
            return redirect("program:run", period, made)
    today, goals = clock.today(), selectors.goals_of(period)
    return render(
        request,
        "program/runs.html",
        {
            "period": period,
            "form": form,
            "runs": listings.runs_of(period),
            "has_goal": bool(goals),
            "needs_prices": any(goal.kind == "relative_tsr" for goal in goals),
            "measures_awaited": selectors.measures_awaited().get(period.pk, []),
            "has_measures": any(goal.kind == "financial" for goal in goals),
            "is_over": today > period.end_date,
            "reach_to": selectors.own_prices_reach_to(),
            "missing_until": _missing_until(period, today, goals),
            "today": today,
            "may_write": Role.STOCK_ADMINISTRATOR in roles_of(request),
        },
    )


@require_GET
@open_to(*READERS, *WRITERS)
def run(request: HttpRequest, period: PerformancePeriod, public_id: UUID) -> HttpResponse:
    """What a run found, with the steps to each figure."""
    shown = listings.run_shown(run_or_404(period, public_id))
    return render(
        request,
        "program/run.html",
        {
            "period": period,
            "shown": shown,
            "goals": goals_shown(shown),
            "may_certify": Role.SECRETARY in roles_of(request),
        },
    )


@require_GET
@open_to(*READERS, *WRITERS)
def run_inputs(request: HttpRequest, period: PerformancePeriod, public_id: UUID) -> HttpResponse:
    """The kept inputs of a run, byte for byte."""
    document = run_or_404(period, public_id).inputs
    response = HttpResponse(bytes(document.content), content_type=document.media_type)
    name = f"inputs-{period.address}-{document.digest[:12]}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def run_or_404(period: PerformancePeriod, public_id: UUID) -> TsrRun:
    found = listings.run_of(period, public_id)
    if found is None:
        raise Http404
    return found


def _missing_until(period: PerformancePeriod, today: date, goals: list[Goal]) -> date | None:
    """The period's last trading day, when it is over and the company's closes end before it."""
    if today <= period.end_date or all(goal.kind == "financial" for goal in goals):
        return None
    days = selectors.trading_days(start=period.end_date - timedelta(days=10), end=period.end_date)
    reach_to = selectors.own_prices_reach_to()
    return days[-1] if days and (reach_to is None or reach_to < days[-1]) else None
