"""Target shares for many at once: by an amount, by grade, by money, or from a file."""

import csv
import io
from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from committee.dating import day_of
from ltip import clock
from ltip.accounts.access import open_to, signed_in_user
from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod
from ltip.records.spreadsheets import CSV, csv_text
from ltip.rules.outcome import Refused, Step
from participants.awards import services, target_file, target_setting
from participants.awards.candidates import Candidates, candidates_seen_from
from participants.awards.enrolment import candidates, window_of
from participants.awards.forms_targets import TargetsFileForm, TargetsForm
from participants.people.views import READERS, WRITERS


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def set_targets(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Draw up target shares for many, show what they come to, and write them on the list."""
    seen = candidates_seen_from(window_of(period, on=day_of(request)))
    form = TargetsForm(
        request.POST if request.method == "POST" else None,
        grades=seen.eligible_grades(),
        initial={"until": program.own_prices_reach_to()},
    )
    setting, has_changed = None, False
    if form.is_valid():
        try:
            setting = _drawn_up(form, seen)
            has_changed = form.cleaned_data["shown"] not in ("", setting.digest)
            if "apply" in request.POST and not has_changed:
                return _written(request, seen, setting.changes, steps=setting.steps)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "participants/awards/set_targets.html",
        {
            "window": seen.window,
            "period": period,
            "form": form,
            "setting": setting,
            "has_changed": has_changed,
            "totals": seen.totals(),
        },
    )


def _drawn_up(form: TargetsForm, seen: Candidates) -> target_setting.Setting:
    told, price = form.cleaned_data, None
    if form.is_money:
        price = target_setting.average_of_own_stock(
            averaging_days=told["averaging_days"], until=told["until"]
        )
    return target_setting.drawn_up(seen, who=told["who"], amounts=form.amounts, price=price)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def targets_file(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Read a file of target shares, show line by line what it changes, and write it on the list."""
    seen = candidates_seen_from(window_of(period, on=day_of(request)))
    is_read = "lines" in request.POST
    form = TargetsFileForm(
        request.POST if request.method == "POST" and not is_read else None, request.FILES or None
    )
    reading = None
    try:
        if is_read:
            reading = target_file.read(seen, target_file.lines_of(request.POST["lines"].encode()))
            if not reading.faults:
                return _written(request, seen, reading.changes)
        elif form.is_valid():
            lines = target_file.lines_of(form.cleaned_data["file"].read())
            reading = target_file.read(seen, lines)
    except Refused as refusal:
        form = TargetsFileForm({}) if is_read else form
        form.is_valid()
        form.add_error(None, str(refusal))
    return render(
        request,
        "participants/awards/targets_file.html",
        {
            "window": seen.window,
            "period": period,
            "form": form,
            "reading": reading,
            "lines": _as_lines(reading) if reading else "",
            "columns": (target_file.NUMBER, target_file.TARGET),
        },
    )


@require_GET
@open_to(*READERS)
def enrolment_csv(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Everyone who may be chosen with the target on the list, as a file that can be read again."""
    seen = candidates_seen_from(window_of(period, on=day_of(request)))
    rows = [(target_file.NUMBER, "name", "salary grade", "country", target_file.TARGET)]
    for one in candidates(seen.window, seen.eligible()):
        employee, listed = one.person.employee, str(one.listed_shares or "")
        rows.append((employee.number, employee.name, one.grade, one.country, listed))
    name = f"enrolment-{period.start_date.year}-{period.end_date.year}.csv"
    return HttpResponse(
        csv_text(rows),
        content_type=CSV,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _as_lines(reading: target_file.Reading) -> str:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([target_file.NUMBER, target_file.TARGET])
    writer.writerows((one.candidate.person.employee.number, one.target) for one in reading.changed)
    return written.getvalue()


def _written(
    request: HttpRequest,
    seen: Candidates,
    changes: Mapping[str, int],
    steps: Sequence[Step] = (),
) -> HttpResponse:
    if changes:
        services.propose_awards(
            period=seen.window.period,
            shares=changes,
            by=signed_in_user(request),
            at=clock.now(),
            on=seen.window.today,
            steps=steps,
        )
    messages.success(
        request,
        ngettext(
            "The list is saved: %(number)s change.",
            "The list is saved: %(number)s changes.",
            len(changes),
        )
        % {"number": len(changes)},
    )
    return redirect("participants:review_enrolment", seen.window.period)
