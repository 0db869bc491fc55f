"""A change in control, tried before it is recorded."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, proof_from, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.accounts.services import WrongPassword
from ltip.program.goal_words import goal_name
from ltip.records.downloads import as_download
from ltip.records.services import store_document
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from ltip.rules.quantities import money_text, number_text, percent_text, shares_text
from participants.control import selectors, services
from participants.control.forms import EventForm, TrialForm
from participants.control.trials import PeriodTrial, Trial

READERS = (
    Role.COMMITTEE_MEMBER,
    Role.HUMAN_RESOURCES,
    Role.STOCK_ADMINISTRATOR,
    Role.FINANCE,
)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=(Role.SECRETARY,))
def change_in_control(request: HttpRequest) -> HttpResponse:
    """Try a change in control on a day, which writes nothing; then record it as a fact."""
    is_sent = request.method == "POST"
    asked = TrialForm(request.GET if "on" in request.GET else None)
    form = EventForm(request.POST, request.FILES) if is_sent else EventForm()
    if form.is_valid():
        try:
            event = _recorded(request, form)
        except WrongPassword as refusal:
            form.add_error("password", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("The change in control of %(day)s is on record.")
                % {"day": day_text(event.event_date)},
            )
            return redirect("participants:change_in_control")
    tried = _tried(asked, form.data.get("event_date") if is_sent else None)
    return render(
        request,
        "participants/control/change_in_control.html",
        {
            "asked": asked,
            "trial": tried,
            "sections": [_section(tried, each) for each in tried.computed] if tried else [],
            "form": form,
            "events": selectors.events(),
            "is_future": tried is not None and tried.event_date > clock.today(),
            "may_record": Role.SECRETARY in roles_of(request),
            "may_see_quarters": roles_of(request) != {Role.HUMAN_RESOURCES},
        },
    )


@require_GET
@open_to(*READERS, Role.SECRETARY)
def control_document(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The document that shows a change in control, as it was uploaded."""
    event = selectors.event_of(public_id)
    if event is None:
        raise Http404
    return as_download(event.document)


def _recorded(request: HttpRequest, form: EventForm) -> Any:
    given, paper = form.cleaned_data, form.cleaned_data["document"]
    proof = proof_from(request, given["password"])
    at = clock.now()
    return services.record_change_in_control(
        event_date=given["event_date"],
        description=given["description"],
        document=store_document(
            content=paper.content, name=paper.name, media_type=paper.media_type, at=at
        ),
        shown_digest=given["shown_digest"],
        by=signed_in_user(request),
        authentication=proof,
        at=at,
    )


def _tried(asked: TrialForm, event_date: str | None) -> Trial | None:
    if event_date is not None:
        asked = TrialForm({"on": event_date})
    if not asked.is_valid():
        return None
    on: date = asked.cleaned_data["on"]
    try:
        return selectors.trial(on)
    except Refused as refusal:
        asked.add_error(None, str(refusal))
        return None


def _section(tried: Trial, each: PeriodTrial) -> dict[str, Any]:
    """One period of the trial: its key figures, and its holders by name."""
    value = each.value_minor
    return {
        "tried": each,
        "facts": [
            {
                "label": _("Measured until"),
                "figure": day_text(each.measured_until) if each.measured_until else "",
                "note": _("shortened") if each.timing == "during" else _("the whole period"),
                "steps": each.end_steps,
            },
            *_goal_facts(each.result["goals"]),
            {
                "label": _("Earned, of target"),
                "figure": percent_text(Decimal(each.result["payout"])),
                "steps": [
                    *(step for goal in each.result["goals"] for step in goal["payout_steps"]),
                    *each.result["payout_steps"],
                ],
            },
            {
                "label": _("Lump sum"),
                "figure": shares_text(each.shares),
                "note": money_text(value, tried.currency) if value is not None else "",
            },
        ],
        "holders": [(holder, holder.left_before(tried.event_date)) for holder in each.holders],
    }


def _goal_facts(goals: list[dict[str, Any]]) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = []
    for goal in goals:
        if "rank" in goal:
            facts.append(
                {
                    "label": _("Rank"),
                    "figure": _("%(rank)s of %(ranked)s") % goal,
                    "note": _("percentile %(percentile)s")
                    % {"percentile": number_text(Decimal(goal["percentile"]))},
                    "steps": [
                        *goal.get("rank_steps", ()),
                        *goal.get("peer_steps", ()),
                        *goal.get("percentile_steps", ()),
                    ],
                }
            )
        else:
            facts.append(
                {
                    "label": goal_name(goal),
                    "figure": percent_text(Decimal(goal["payout"])),
                    "steps": goal.get("steps", ()),
                }
            )
    return facts
