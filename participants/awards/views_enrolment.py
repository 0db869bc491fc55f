"""Enrolling a period's participants: who may be chosen, the working list, putting it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from committee.dating import adopted_on, day_of
from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.program.models import PerformancePeriod
from ltip.rules.outcome import Refused
from ltip.rules.quantities import shares_text
from ltip.rules.windows import WINDOW_DAYS
from participants.awards import services
from participants.awards.candidates import Candidates, candidates_seen_from
from participants.awards.comparing import period_a_year_before, targets_before
from participants.awards.enrolment import (
    Candidate,
    EnrolmentWindow,
    candidates,
    enrolment,
    window_of,
)
from participants.awards.forms_enrolment import EnrolmentForm, ProposalForm, WantedForm
from participants.awards.models import ProposedAward
from participants.awards.views_review import enrolment_review
from participants.people.selectors import employees_by_public_id
from participants.people.views import READERS, WRITERS

ON_A_PAGE = 50


@require_http_methods(["GET", "POST"])
@open_to(*READERS, writers=WRITERS)
def enrol(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Who may take part in a period, who not and why, and the working list of those who are to."""
    window = window_of(period, on=day_of(request))
    if request.method != "POST":
        return _page(request, window)
    sent = employees_by_public_id(EnrolmentForm.named_in(request.POST))
    form = EnrolmentForm(request.POST, candidates=candidates(window, sent.values()))
    if not form.is_valid():
        return _page(request, window, form=form)
    try:
        if form.changes:
            services.propose_awards(
                period=period,
                shares=form.changes,
                by=signed_in_user(request),
                at=clock.now(),
                on=window.today,
            )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, window, form=form)
    messages.success(request, _saved(len(form.changes)))
    return redirect(request.get_full_path())


@require_POST
@open_to(writers=(Role.SECRETARY,))
def submit_enrolment(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Put the designation and the grants of the working list before the Committee."""
    try:
        acts = services.put_before_the_committee(
            period=period,
            shown_digest=request.POST.get("shown", ""),
            by=signed_in_user(request),
            at=clock.now(),
            dated_on=adopted_on(request),
        )
    except Refused as refusal:
        seen = enrolment(period, on=day_of(request))
        proposal = ProposalForm({"shown": seen.digest})
        proposal.add_error(None, str(refusal))
        return enrolment_review(request, seen, proposal=proposal)
    numbers = ", ".join(act.number for act in acts)
    messages.success(request, _("Before the Committee now: %(numbers)s.") % {"numbers": numbers})
    return redirect("committee:docket")


def _page(
    request: HttpRequest, window: EnrolmentWindow, *, form: EnrolmentForm | None = None
) -> HttpResponse:
    seen = candidates_seen_from(window)
    counts = seen.counts()
    wanted_form = WantedForm(request.GET, candidates=seen, counts=counts)
    wanted = wanted_form.wanted
    paginator = Paginator(seen.matching(wanted), ON_A_PAGE)
    if not wanted.is_search:
        paginator.count = counts[wanted.status]  # counted already
    page = paginator.get_page(request.GET.get("page"))
    if form is None:
        form = EnrolmentForm(candidates=candidates(window, page.object_list))
    roles = roles_of(request)
    before = period_a_year_before(window.period)
    return render(
        request,
        "participants/awards/enrolment.html",
        {
            "window": window,
            "period": window.period,
            "facts": _facts(seen, counts),
            "wanted": wanted,
            "wanted_form": wanted_form,
            "page": page,
            "form": form,
            "before": before,
            "rows": _rows(form, before),
            "may_choose": Role.HUMAN_RESOURCES in roles and not window.is_over,
            **(_afterwards(window, seen) if window.is_over else {}),
        },
    )


def _afterwards(window: EnrolmentWindow, seen: Candidates) -> dict[str, Any]:
    """What is left to say and do once the window has closed."""
    window_may_be_open = window.today - timedelta(days=WINDOW_DAYS)
    left = ProposedAward.objects.filter(period=window.period).exclude(
        employee__in=seen.decided().values("pk")
    )
    return {
        "next_cycle": date(window.today.year + 1, 1, 1),
        "next_periods": PerformancePeriod.objects.filter(
            start_date__gt=max(window.period.start_date, window_may_be_open)
        ),
        "left_on_list": left.select_related("employee").order_by("employee__name", "pk"),
    }


def _rows(
    form: EnrolmentForm, before: PerformancePeriod | None
) -> list[tuple[Any, Candidate, int | None]]:
    """The rows of the page with what each of them was granted a year before."""
    rows = list(form.rows())
    earlier = targets_before(before, [row.candidate.person.employee for row in rows])
    return [(row, row.candidate, earlier.get(row.candidate.person.employee.pk)) for row in rows]


def _facts(seen: Candidates, counts: dict[str, int]) -> list[dict[str, Any]]:
    totals = seen.totals()
    return [
        {
            "label": _("On the list"),
            "figure": totals.employees,
            "note": _("of %(number)s who may be chosen") % {"number": f"{counts['eligible']:,}"},
        },
        {"label": _("At target"), "figure": shares_text(totals.target)},
        {"label": _("At most"), "figure": shares_text(totals.most)},
        {
            "label": _("Granted or before the Committee"),
            "figure": f"{counts['decided']:,}",
        },
    ]


def _saved(changed: int) -> str:
    if not changed:
        return _("Nothing was changed.")
    return ngettext(
        "The list is saved: %(number)s change.", "The list is saved: %(number)s changes.", changed
    ) % {"number": changed}
