"""Two runs of a period beside each other, and one run by every method: to know, not to decide."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ltip.accounts.access import open_to, signed_in_user
from ltip.program import listings
from ltip.program.models import PerformancePeriod
from ltip.program.run_comparison import compare_runs
from ltip.program.run_forms import RunsComparedForm
from ltip.program.run_methods import Row, methods_beside, with_earlier_days
from ltip.program.views.market import READERS, WRITERS
from ltip.program.views.runs import run_or_404
from ltip.records.selectors import content_of
from ltip.records.templatetags import figures
from ltip.rules.alternatives import COUNTED
from ltip.rules.ranking import METHODS


@require_GET
@open_to(*READERS, *WRITERS)
def runs_compared(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """What two runs used and found differently; the last two, until others are chosen."""
    runs = listings.runs_of(period)
    zone = signed_in_user(request).time_zone
    choices = [(str(run.public_id), _run_words(run, zone)) for run in runs]
    chosen = {"first": choices[1][0], "second": choices[0][0]} if len(choices) > 1 else {}
    form = RunsComparedForm(request.GET if "first" in request.GET else chosen, runs=choices)
    context = {"period": period, "form": form, "has_two": len(runs) > 1}
    if len(runs) > 1 and form.is_valid():
        first, second = (
            listings.run_shown(run_or_404(period, UUID(form.cleaned_data[which])))
            for which in ("first", "second")
        )
        context |= {
            "comparison": compare_runs(
                first_inputs=first.inputs,
                second_inputs=second.inputs,
                first_result=first.result,
                second_result=second.result,
            ),
            "first": first,
            "second": second,
            "other_rules": content_of(first.run.seal).get("rules")
            != content_of(second.run.seal).get("rules"),
        }
    return render(request, "program/runs_compared.html", context)


@require_GET
@open_to(*READERS, *WRITERS)
def run_methods(request: HttpRequest, period: PerformancePeriod, public_id: UUID) -> HttpResponse:
    """A run's data by every method, window and reinvestment, with what each would pay."""
    shown = listings.run_shown(run_or_404(period, public_id))
    ranked = [
        (number, goal)
        for number, goal in enumerate(shown.inputs["goals"], start=1)
        if goal["kind"] == "relative_tsr"
    ]
    inputs = with_earlier_days(shown.inputs) if ranked else shown.inputs
    return render(
        request,
        "program/run_methods.html",
        {
            "period": period,
            "shown": shown,
            "goals": [
                {"number": number, "windows": _by_window(methods_beside(goal, inputs))}
                for number, goal in ranked
            ],
        },
    )


def _by_window(rows: list[Row]) -> list[dict[str, Any]]:
    """The rows of one window together: by method, one figure for each price of reinvestment."""
    windows = []
    for days, of_window in groupby(rows, key=lambda row: row.averaging_days):
        both = list(of_window)
        windows.append(
            {
                "days": days,
                "refusal": next((row.refusal for row in both if row.refusal), ""),
                "methods": [
                    (COUNTED[method], [row.reached[number] for row in both if row.reached])
                    for number, method in enumerate(METHODS)
                ],
            }
        )
    return windows


def _run_words(run: listings.RunListed, zone: str) -> str:
    # What tells runs apart comes first: on a narrow screen the rest is cut off.
    return _("%(moment)s: %(kind)s until %(day)s") % {
        "moment": figures.moment(run.run_at, zone),
        "kind": _("final") if run.is_final else _("interim"),
        "day": figures.day(run.measured_until),
    }
