"""The limits that the Plan sets on awards, what counts against them, and recording them."""

from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.program import selectors as program
from ltip.program.models import PlanLimit
from ltip.program.services.limits import record_plan_limit
from ltip.records.days import DayField
from ltip.records.downloads import paper_of
from ltip.records.uploads import PaperField, keep
from ltip.rules.calendars import day_text
from ltip.rules.limits import PLACE, counted
from ltip.rules.outcome import Refused, Step
from ltip.rules.quantities import shares_text
from participants.awards.limits import Counted, Limits, limits_on
from participants.people.models import Employee

READERS = (Role.HUMAN_RESOURCES, Role.COMMITTEE_MEMBER, Role.STOCK_ADMINISTRATOR, Role.FINANCE)
WRITERS = (Role.SECRETARY,)
KINDS = {
    PlanLimit.Kind.RESERVE.value: gettext_lazy("Shares reserved for all awards"),
    PlanLimit.Kind.PERSON_YEAR.value: gettext_lazy("Shares to one person in a calendar year"),
}
HOW = {
    "outstanding": gettext_lazy("outstanding, as many as it may yet earn"),
    "determined": gettext_lazy("determined, what is due"),
    "settled": gettext_lazy("settled, what was issued"),
    "forfeited": gettext_lazy("forfeited, nothing"),
    "void": gettext_lazy("void, nothing"),
}


class PlanLimitForm(forms.Form):
    """A limit from a day on; without a number it ends."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Which limit"), choices=[*KINDS.items()], widget=forms.RadioSelect
    )
    shares = forms.IntegerField(
        label=gettext_lazy("Shares"),
        required=False,
        min_value=1,
        max_value=10**15,
        help_text=gettext_lazy("Left empty, the limit ends on that day."),
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    starts_on = DayField(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("The first day on which it holds."),
    )
    paper = PaperField(
        label=gettext_lazy("The paper that says so"),
        required=False,
        help_text=gettext_lazy("The Plan, or the stockholders' resolution, as PDF or picture."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def plan_limits(request: HttpRequest) -> HttpResponse:
    """Each limit with what counts against it today, the history, and the form for another."""
    form = PlanLimitForm(request.POST, request.FILES) if request.method == "POST" else None
    if form is not None and form.is_valid():
        given, at = form.cleaned_data, clock.now()
        try:
            limit = record_plan_limit(
                kind=given["kind"],
                shares=given["shares"],
                starts_on=given["starts_on"],
                document=keep(given["paper"], at=at),
                by=signed_in_user(request),
                at=at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("On record from %(day)s: %(kind)s.")
                % {"day": day_text(limit.starts_on), "kind": KINDS[limit.kind]},
            )
            return redirect("participants:plan_limits")
    limits = limits_on(clock.today())
    return render(
        request,
        "participants/awards/plan_limits.html",
        {
            "limits": limits,
            "facts": limit_facts(limits),
            "periods": _by_period(limits),
            "holders": _by_holder(limits),
            "history": [(row, KINDS[row.kind]) for row in program.plan_limits()],
            "form": form or PlanLimitForm(),
            "may_write": Role.SECRETARY in roles_of(request),
        },
    )


@require_GET
@open_to(*READERS, *WRITERS)
def plan_limit_paper(request: HttpRequest, number: int) -> HttpResponse:
    """The paper that shows a limit, as it was uploaded."""
    return paper_of(PlanLimit.objects.all(), number=number)


def limit_facts(limits: Limits) -> list[dict[str, Any]]:
    """The limits as figures: what is taken of the reserve and what is left, and the year's."""
    facts: list[dict[str, Any]] = []
    if limits.reserve is not None and limits.left_in_reserve is not None:
        facts.append(
            {
                "label": _("Left in the Plan's reserve"),
                "figure": shares_text(limits.left_in_reserve),
                "note": _("of %(reserve)s shares, %(taken)s are taken")
                % {
                    "reserve": shares_text(limits.reserve),
                    "taken": shares_text(limits.taken_from_reserve),
                },
                "steps": [_step(one) for one in limits.taken],
            }
        )
    if limits.yearly is not None:
        facts.append(
            {
                "label": _("To one person in %(year)s") % {"year": limits.day.year},
                "figure": shares_text(limits.yearly),
                "note": _("shares at most, by grant date"),
            }
        )
    return facts


def _step(one: Counted) -> Step:
    award = one.standing.award
    return Step(
        f"{one.standing.person.employee.name}, {award.period.label}: {HOW[one.how]}.",
        shares_text(one.shares),
        PLACE,
    )


def _by_period(limits: Limits) -> list[dict[str, Any]]:
    """What the awards of each period take from the reserve, the latest period first."""

    def period_of(one: Counted) -> tuple[Any, str]:
        period = one.standing.award.period
        return period.start_date, period.label

    ordered = sorted(limits.taken, key=period_of, reverse=True)
    found = []
    for (_start, label), group in groupby(ordered, key=period_of):
        taken = list(group)
        found.append(
            {
                "label": label,
                "awards": len(taken),
                "shares": sum(one.shares for one in taken),
                "steps": [_step(one) for one in taken],
            }
        )
    return found


def _by_holder(limits: Limits) -> list[dict[str, Any]]:
    """What each holder was granted in the year, as it counts, by name."""
    employees = Employee.objects.filter(pk__in=list(limits.granted)).order_by("name", "pk")
    return [
        {
            "name": employee.name,
            "target": limits.granted[employee.pk],
            "shares": counted(target=limits.granted[employee.pk], counting=limits.counting),
            "left": None
            if limits.yearly is None
            else limits.yearly - limits.taken_in_year(employee),
        }
        for employee in employees
    ]
