"""Runs that measure a period: asked for, listed, and shown with every step."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.jobs.selectors import made_by_job
from ltip.program import listings, pictures, selectors
from ltip.program.forms import RunForm
from ltip.program.models import PerformancePeriod, TsrRun
from ltip.program.services import measuring
from ltip.program.views.market import READERS, WRITERS
from ltip.records.templatetags import figures
from ltip.rules.calendars import day_text
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
    today = clock.today()
    return render(
        request,
        "program/runs.html",
        {
            "period": period,
            "form": form,
            "runs": listings.runs_of(period),
            "has_goal": bool(selectors.goals_of(period)),
            "is_over": today > period.end_date,
            "reach_to": selectors.own_prices_reach_to(),
            "missing_until": _missing_until(period, today),
            "today": today,
            "may_write": Role.STOCK_ADMINISTRATOR in roles_of(request),
        },
    )


@require_GET
@open_to(*READERS, *WRITERS)
def run(request: HttpRequest, period: PerformancePeriod, public_id: UUID) -> HttpResponse:
    """What a run found, with the steps to each figure."""
    shown = listings.run_shown(_run_or_404(period, public_id))
    goals = [
        _goal_shown(found, terms)
        for found, terms in zip(shown.result["goals"], shown.goals, strict=True)
    ]
    return render(
        request,
        "program/run.html",
        {
            "period": period,
            "shown": shown,
            "goals": goals,
            "chart": mark_safe(pictures.returns(shown.result, shown.events)),  # noqa: S308 - our own SVG
            "may_certify": Role.SECRETARY in roles_of(request),
        },
    )


@require_GET
@open_to(*READERS, *WRITERS)
def run_inputs(request: HttpRequest, period: PerformancePeriod, public_id: UUID) -> HttpResponse:
    """The kept inputs of a run, byte for byte."""
    document = _run_or_404(period, public_id).inputs
    response = HttpResponse(bytes(document.content), content_type=document.media_type)
    name = f"inputs-{period.address}-{document.digest[:12]}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _run_or_404(period: PerformancePeriod, public_id: UUID) -> TsrRun:
    found = listings.run_of(period, public_id)
    if found is None:
        raise Http404
    return found


def _missing_until(period: PerformancePeriod, today: date) -> date | None:
    """The period's last trading day, when it is over and the company's closes end before it."""
    if today <= period.end_date:
        return None
    days = selectors.trading_days(start=period.end_date - timedelta(days=10), end=period.end_date)
    reach_to = selectors.own_prices_reach_to()
    return days[-1] if days and (reach_to is None or reach_to < days[-1]) else None


def _goal_shown(found: dict[str, Any], terms: dict[str, Any]) -> dict[str, Any]:
    """A goal's figures, table and schedule as its part of the page draws them."""
    returns = [Decimal(row["return"]) for row in found["table"]]
    return {
        "found": found,
        "facts": [
            {
                "label": _("Payout, of target"),
                "figure": figures.percent(found["payout"]),
                "steps": found["payout_steps"],
            },
            {
                "label": _("Rank"),
                "figure": _("%(rank)s of %(ranked)s")
                % {"rank": found["rank"], "ranked": found["ranked"]},
                "steps": found["rank_steps"],
            },
            {
                "label": _("Percentile"),
                "figure": figures.percent(found["percentile"]),
                "steps": found["percentile_steps"],
            },
            {
                "label": _("Our return"),
                "figure": figures.return_percent(found["own_return"]),
                "steps": next(row["steps"] for row in found["table"] if row["own"]),
            },
        ],
        "schedule": mark_safe(pictures.schedule(found, terms)),  # noqa: S308 - our own SVG
        "rows": [
            row | {"bar": mark_safe(pictures.bar(row["return"], returns))}  # noqa: S308 - our own SVG
            for row in found["table"]
        ],
        "stand_ins": [
            (
                row["ticker"],
                ", ".join(day_text(date.fromisoformat(day)) for day in row["stand_ins"]),
            )
            for row in found["table"]
            if row["stand_ins"]
        ],
        "peer_events": found["peer_steps"][:-1],
        "averaging_days": terms["averaging_days"],
    }
