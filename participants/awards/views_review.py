"""The working list as a whole before it is put: totals, limits, and the year before."""

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from committee.dating import day_of
from ltip.accounts.access import open_to, roles_of
from ltip.accounts.models import Role
from ltip.accounts.selectors import holders_of
from ltip.program.models import PerformancePeriod
from ltip.rules.earning import MOST_SHARES_EACH
from ltip.rules.outcome import Step
from ltip.rules.quantities import shares_text
from participants.awards import comparing
from participants.awards.enrolment import Enrolment, enrolment
from participants.awards.forms_enrolment import ProposalForm
from participants.awards.limits import Limits, Verdict, limits_on, verdicts
from participants.awards.views_limits import limit_facts
from participants.people.views import READERS

ON_A_PAGE = 100
CHANGES = {
    comparing.NEW: gettext_lazy("new"),
    comparing.GONE: gettext_lazy("gone"),
    comparing.MORE: gettext_lazy("more"),
    comparing.LESS: gettext_lazy("less"),
    comparing.SAME: gettext_lazy("as before"),
}


@require_GET
@open_to(*READERS)
def review_enrolment(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """The list against the Plan's limits and the year before, and putting it before them."""
    seen = enrolment(period, on=day_of(request))
    return enrolment_review(request, seen, proposal=ProposalForm(initial={"shown": seen.digest}))


def enrolment_review(
    request: HttpRequest, seen: Enrolment, *, proposal: ProposalForm
) -> HttpResponse:
    """The page, with what stands in the way of the proposal."""
    roles, limits = roles_of(request), limits_on(seen.today)
    grants = [(c.person.employee, c.listed_shares or 0) for c in seen.to_grant]
    decided = {verdict.employee.pk: verdict for verdict in verdicts(limits, grants)}
    before = comparing.period_a_year_before(seen.period)
    compared = comparing.compare(seen.candidates, before)
    change = request.GET.get("change", "")
    shown = [one for one in compared if change in ("", one.change)]
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "participants/awards/enrolment_review.html",
        {
            "enrolment": seen,
            "window": seen.window,
            "period": seen.period,
            "facts": [*_facts(seen), *limit_facts(limits)],
            "yearly": limits.yearly,
            "reserve": _reserve_lines(seen, limits),
            "beyond_limits": [one.refusal for one in decided.values() if one.refusal],
            "before": before,
            "changes": _changes(compared),
            "change": change,
            "page": page,
            "lines": [_line(one, decided.get(one.employee.pk)) for one in page],
            "proposal": proposal,
            "may_choose": Role.HUMAN_RESOURCES in roles,
            "may_submit": Role.SECRETARY in roles,
            "secretaries": holders_of(Role.SECRETARY, seen.today),
        },
    )


def _line(one: comparing.Compared, verdict: Verdict | None) -> dict[str, Any]:
    return {
        "compared": one,
        "word": CHANGES[one.change],
        "most": None if one.now is None else one.now * MOST_SHARES_EACH,
        "verdict": verdict,
    }


def _changes(compared: list[comparing.Compared]) -> list[dict[str, Any]]:
    """How many of each kind of change there are, with the shares that they move."""
    counted = Counter(one.change for one in compared)
    return [
        {
            "key": key,
            "word": word,
            "number": counted[key],
            "difference": sum(one.difference for one in compared if one.change == key),
        }
        for key, word in CHANGES.items()
        if counted[key]
    ]


def _reserve_lines(seen: Enrolment, limits: Limits) -> list[dict[str, Any]]:
    """What the list takes from the reserve at target and at its maximum; the reading decides
    which of the two binds."""
    if limits.left_in_reserve is None:
        return []
    return [
        {
            "label": label,
            "takes": shares,
            "leaves": limits.left_in_reserve - shares,
            "binds": limits.counting == counting,
        }
        for label, counting, shares in (
            (_("At target"), "target", seen.listed_target),
            (_("At the maximum"), "maximum", seen.listed_most),
        )
    ]


def _facts(seen: Enrolment) -> list[dict[str, Any]]:
    listed, target, most = seen.to_grant, shares_text(seen.listed_target), seen.listed_most
    sentence = _("%(target)s Performance Shares, each earning at most %(most)s shares") % {
        "target": target,
        "most": MOST_SHARES_EACH,
    }
    return [
        {"label": _("On the list"), "figure": len(listed)},
        {
            "label": _("At target"),
            "figure": target,
            "steps": [
                Step(candidate.name, shares_text(candidate.listed_shares or 0), "P Grants")
                for candidate in listed
            ],
        },
        {
            "label": _("At most"),
            "figure": shares_text(most),
            "steps": [Step(sentence, shares_text(most), "GA recitals")] if listed else [],
        },
        {
            "label": _("Granted or before the Committee"),
            "figure": shares_text(seen.decided_target),
            "note": ngettext("to %(number)s employee", "to %(number)s employees", len(seen.decided))
            % {"number": len(seen.decided)},
        },
    ]
