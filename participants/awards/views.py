"""Enrolling a period's participants, and asking for the certification."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committee.dating import day_of
from committee.models import Act
from committee.proposing import proposed_or_shown
from ltip.accounts.access import open_to, roles_of
from ltip.accounts.models import Role
from ltip.accounts.selectors import holders_of
from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod
from ltip.program.run_drawing import measure_fact
from ltip.rules.calendars import day_text
from ltip.rules.quantities import number_text, percent_text
from participants.awards import selectors
from participants.awards.forms import (
    CertificationForm,
    ReductionFormSet,
)


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def propose_certification(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Whether the Committee can be asked to certify a period, and the act that asks it."""
    ready = selectors.readiness(period, on=day_of(request))
    form = CertificationForm(_posted(request), initial={"run": ready.run and ready.run.public_id})
    preview, more = None, request.POST.get("change") == "another"
    rows = ReductionFormSet(
        _posted(request),
        more=more,
        form_kwargs={"holders": partial(selectors.holders_by_award, period)},
    )
    if request.method == "POST" and not more and form.is_valid() and rows.stands():
        found = proposed_or_shown(
            request,
            kind="certification",
            form=form,
            asked=lambda: {
                "period": period.label,
                "run": str(form.cleaned_data["run"]),
                **({"reductions": rows.asked} if rows.asked else {}),
            },
            at_once=True,
        )
        if isinstance(found, Act):
            number = {"number": found.number}
            messages.success(request, _("Act %(number)s is before the Committee.") % number)
            return redirect("committee:act", found.public_id)
        preview = found
    return render(
        request,
        "participants/awards/propose_certification.html",
        {
            "ready": ready,
            "facts": _result_facts(ready),
            "form": form,
            "preview": preview,
            "rows": rows,
            "may_propose": Role.SECRETARY in roles_of(request),
            "administrators": holders_of(Role.STOCK_ADMINISTRATOR, ready.today),
        },
    )


def _result_facts(ready: selectors.Readiness) -> list[dict[str, Any]]:
    if ready.run is None:
        return []
    result = program.result_of(ready.run)
    facts = [fact for goal in result["goals"] for fact in _facts_of_goal(goal)]
    return [
        *facts,
        {
            "label": _("Earned, of target"),
            "figure": percent_text(Decimal(result["payout"])),
            "steps": [
                *(step for goal in result["goals"] for step in goal["payout_steps"]),
                *result["payout_steps"],
            ],
        },
    ]


def _facts_of_goal(goal: dict[str, Any]) -> list[dict[str, Any]]:
    if goal["kind"] == "financial":
        return [measure_fact(goal)]
    facts: list[dict[str, Any]] = []
    for part in goal.get("segments", [goal]):
        until = date.fromisoformat(part["end"]) if "end" in part else None
        facts += [
            {
                "label": _("Rank"),
                "figure": _("%(rank)s of %(ranked)s") % part,
                "note": _("until %(day)s") % {"day": day_text(until)} if until else "",
                "steps": part["rank_steps"] + part["peer_steps"],
            },
            {
                "label": _("Percentile"),
                "figure": number_text(Decimal(part["percentile"])),
                "steps": part["percentile_steps"],
            },
        ]
    return facts


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
