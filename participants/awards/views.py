"""An employee with the awards, the end of service, and enrolling a period's participants."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committee.services import propose_act
from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.accounts.selectors import holders_of
from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod
from ltip.rules.earning import MOST_SHARES_EACH, EndOfService
from ltip.rules.outcome import Refused, Step
from ltip.rules.quantities import number_text, percent_text, shares_text
from participants.awards import selectors, services
from participants.awards.enrolment import Enrolment, enrolment
from participants.awards.forms import CertificationForm, EnrolmentForm, ProposalForm
from participants.awards.leaving import preview_of_leaving
from participants.people import services as people
from participants.people.forms import LeavingForm
from participants.people.labels import REASONS
from participants.people.selectors import has_personal_data, histories, person
from participants.people.views import READERS, WRITERS, employee_or_404


@require_GET
@open_to(*READERS)
def employee(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One employee: what holds today, the histories, the awards, and the way to each change."""
    someone, today = person(employee_or_404(public_id)), clock.today()
    standings = selectors.standings_of(someone.employee)
    return render(
        request,
        "participants/awards/employee.html",
        {
            "person": someone,
            "employee": someone.employee,
            "reason": REASONS[someone.service_end.reason] if someone.service_end else "",
            "histories": histories(someone, on=today),
            "has_personal_data": has_personal_data(someone.employee),
            "awards": [(standing, standing.state_on(today)) for standing in standings],
            "may_write": Role.HUMAN_RESOURCES in roles_of(request),
        },
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=WRITERS)
def end_service(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for the end of service, show what it does to each award, and record it once confirmed."""
    leaver = employee_or_404(public_id)
    on_record = person(leaver).service_end
    form = LeavingForm(_posted(request), initial=_as_initial(on_record))
    context: dict[str, Any] = {"employee": leaver, "on_record": on_record, "form": form}
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "change":
        told, at = form.cleaned_data, clock.now()
        try:
            people.require_end_of_service(employee=leaver, at=at, **told)
            preview = preview_of_leaving(leaver, leaving=_as_fact(told))
            if request.POST.get("shown") == preview.digest:
                people.end_service(employee=leaver, by=signed_in_user(request), at=at, **told)
                messages.success(request, _("The end of service is on record."))
                return redirect("participants:employee", leaver.public_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            context |= {"preview": preview, "told": told, "reason": REASONS[told["reason"]]}
            context["has_changed"] = "shown" in request.POST
            return render(request, "participants/awards/end_service_preview.html", context)
    return render(request, "participants/awards/end_service.html", context)


def _as_initial(on_record: Any) -> dict[str, Any]:
    names = ("ended_on", "reason", "is_deferred")
    return {name: getattr(on_record, name) for name in names} if on_record else {}


def _as_fact(told: dict[str, Any]) -> EndOfService:
    return EndOfService(on=told["ended_on"], reason=told["reason"], deferred=told["is_deferred"])


@require_http_methods(["GET", "POST"])
@open_to(*READERS, writers=WRITERS)
def enrol(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Who may take part in a period and why, and the working list of those who are to."""
    seen = enrolment(period, on=clock.today())
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
            return redirect("participants:enrolment", period)
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
        )
    except Refused as refusal:
        seen = enrolment(period, on=clock.today())
        proposal = ProposalForm({"shown": seen.digest})
        proposal.add_error(None, str(refusal))
        return _enrolment_page(request, seen, form=EnrolmentForm(enrolment=seen), proposal=proposal)
    numbers = ", ".join(act.number for act in acts)
    messages.success(request, _("Before the Committee now: %(numbers)s.") % {"numbers": numbers})
    return redirect("committee:docket")


def _enrolment_page(
    request: HttpRequest, seen: Enrolment, *, form: EnrolmentForm, proposal: ProposalForm
) -> HttpResponse:
    roles = roles_of(request)
    return render(
        request,
        "participants/awards/enrolment.html",
        {
            "enrolment": seen,
            "facts": _facts(seen),
            "form": form,
            "proposal": proposal,
            "may_choose": Role.HUMAN_RESOURCES in roles,
            "may_submit": Role.SECRETARY in roles,
            "secretaries": holders_of(Role.SECRETARY, seen.today),
        },
    )


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
    ready = selectors.readiness(period, on=clock.today())
    form = CertificationForm(_posted(request), initial={"run": ready.run and ready.run.public_id})
    if request.method == "POST" and form.is_valid():
        try:
            act = propose_act(
                kind="certification",
                request={"period": period.label, "run": str(form.cleaned_data["run"])},
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Act %(number)s is before the Committee.") % {"number": act.number}
            )
            return redirect("committee:act", act.public_id)
    return render(
        request,
        "participants/awards/propose_certification.html",
        {
            "ready": ready,
            "facts": _result_facts(ready),
            "form": form,
            "may_propose": Role.SECRETARY in roles_of(request),
            "administrators": holders_of(Role.STOCK_ADMINISTRATOR, ready.today),
        },
    )


def _result_facts(ready: selectors.Readiness) -> list[dict[str, Any]]:
    if ready.run is None:
        return []
    result = program.result_of(ready.run)
    facts: list[dict[str, Any]] = []
    for goal in result["goals"]:
        facts += [
            {
                "label": _("Rank"),
                "figure": _("%(rank)s of %(ranked)s") % goal,
                "steps": goal["rank_steps"] + goal["peer_steps"],
            },
            {
                "label": _("Percentile"),
                "figure": number_text(Decimal(goal["percentile"])),
                "steps": goal["percentile_steps"],
            },
        ]
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


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
