"""Enrolling a period's participants, and asking for the certification."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from committee.dating import adopted_on, day_of
from committee.models import Act
from committee.proposing import proposed_or_shown
from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.accounts.selectors import holders_of
from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod
from ltip.program.run_drawing import measure_fact
from ltip.rules.calendars import day_text
from ltip.rules.earning import MOST_SHARES_EACH
from ltip.rules.outcome import Refused, Step
from ltip.rules.quantities import number_text, percent_text, shares_text
from participants.awards import selectors, services
from participants.awards.enrolment import Enrolment, enrolment
from participants.awards.forms import (
    CertificationForm,
    EnrolmentForm,
    ProposalForm,
    ReductionFormSet,
)
from participants.awards.limits import Limits, limits_on, verdicts
from participants.awards.views_limits import limit_facts
from participants.people.views import READERS, WRITERS


@require_http_methods(["GET", "POST"])
@open_to(*READERS, writers=WRITERS)
def enrol(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Who may take part in a period and why, and the working list of those who are to."""
    seen = enrolment(period, on=day_of(request))
    form = EnrolmentForm(_posted(request), enrolment=seen)
    if request.method == "POST" and form.is_valid():
        try:
            listed = services.propose_awards(
                period=period,
                shares=form.shares,
                by=signed_in_user(request),
                at=clock.now(),
                on=seen.today,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                ngettext(
                    "The list is saved: %(number)s employee.",
                    "The list is saved: %(number)s employees.",
                    len(listed),
                )
                % {"number": len(listed)},
            )
            return redirect(request.get_full_path())
    return _enrolment_page(
        request, seen, form=form, proposal=ProposalForm(initial={"shown": seen.digest})
    )


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
        return _enrolment_page(request, seen, form=EnrolmentForm(enrolment=seen), proposal=proposal)
    numbers = ", ".join(act.number for act in acts)
    messages.success(request, _("Before the Committee now: %(numbers)s.") % {"numbers": numbers})
    return redirect("committee:docket")


def _enrolment_page(
    request: HttpRequest, seen: Enrolment, *, form: EnrolmentForm, proposal: ProposalForm
) -> HttpResponse:
    roles, limits = roles_of(request), limits_on(seen.today)
    return render(
        request,
        "participants/awards/enrolment.html",
        {
            "enrolment": seen,
            "facts": [*_facts(seen), *limit_facts(limits)],
            "beyond_limits": _beyond(limits, seen),
            "form": form,
            "proposal": proposal,
            "may_choose": Role.HUMAN_RESOURCES in roles,
            "may_submit": Role.SECRETARY in roles,
            "secretaries": holders_of(Role.SECRETARY, seen.today),
        },
    )


def _beyond(limits: Limits, seen: Enrolment) -> list[Refused]:
    """What on the list the Plan's limits would not let the Committee grant."""
    grants = [(c.person.employee, c.listed_shares or 0) for c in seen.to_grant]
    return [verdict.refusal for verdict in verdicts(limits, grants) if verdict.refusal]


def _facts(seen: Enrolment) -> list[dict[str, Any]]:
    listed, target, most = seen.to_grant, shares_text(seen.listed_target), seen.listed_most
    sentence = _("%(target)s Performance Shares, each earning at most %(most)s shares") % {
        "target": target,
        "most": MOST_SHARES_EACH,
    }
    return [
        {
            "label": _("On the list"),
            "figure": len(listed),
            "note": _("of %(number)s who may be chosen") % {"number": len(seen.choosable)},
        },
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
