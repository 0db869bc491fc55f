"""The secretary states the goals of a period."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committee.dating import day_of
from committee.goal_choices import latest_goals_terms, possible_peers
from committee.goal_set import goals_rearranged, goals_sent, goals_to_start_from
from committee.models import Act
from committee.proposing import proposed_or_shown
from committee.selectors import open_acts
from ltip.accounts.access import open_to, roles_of
from ltip.accounts.models import Role
from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def set_goal(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """The secretary states the goals of a period and puts them before the Committee."""
    about: dict[str, Any] = {"period": period, "peers": possible_peers(period)}
    day = day_of(request)
    readings = program.readings_on(day)
    change, preview = request.POST.get("change", ""), None
    if request.method == "POST" and not change:
        goals = goals_sent(request.POST, **about)
        found = (
            proposed_or_shown(
                request,
                kind="goal",
                form=goals.goals[0].form,
                asked=lambda: {"period": period.label, "goals": goals.terms()},
                at_once=True,
            )
            if goals.is_valid()
            else None
        )
        if isinstance(found, Act):
            said = _("The goal is before the Committee as act %(number)s.")
            messages.success(request, said % {"number": found.number})
            return redirect("committee:act", found.public_id)
        preview = found
    else:
        measurement = readings["goal.measurement"]
        goals = (
            goals_rearranged(request.POST, change, **about, measurement=measurement)
            if change
            else goals_to_start_from(latest_goals_terms(), **about, measurement=measurement)
        )
    return render(
        request,
        "committee/set_goal.html",
        {
            "stated": goals,
            "form": goals.goals[0].form,
            "preview": preview,
            "period": period,
            "today": day,
            "closes": program.window_closing_date(period).value,
            "closes_for_covered": program.covered_window_closing_date(period).value,
            "opens_any_day": readings["window.opening"] == "any_day",
            "goals": program.goals_of(period),
            "open_act": open_acts().filter(kind="goal", subject=period.label).first(),
            "is_secretary": Role.SECRETARY in roles_of(request),
        },
    )
