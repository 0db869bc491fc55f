"""Amendments of the Program: drafting them, who has answered, and the holder's own answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from committee.dating import adopted_on
from committee.goal_choices import possible_peers
from committee.goal_set import goals_rearranged, goals_sent, goals_to_start_from
from committee.selectors import open_acts
from committee.services import propose_act
from ltip import clock
from ltip.accounts.access import open_to, proof_from, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.accounts.services import WrongPassword
from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused
from participants.awards import amendments as reading
from participants.awards.models import AmendmentDraft
from participants.papers import amending
from participants.papers.access import holders_only
from participants.papers.forms_amendments import KINDS, AnswerForm, DraftForm, TextForm
from participants.people.models import Employee

READERS = (Role.SECRETARY, Role.COMMITTEE_MEMBER, Role.HUMAN_RESOURCES)
WRITERS = (Role.SECRETARY,)


@require_GET
@open_to(*READERS)
def amendments(request: HttpRequest) -> HttpResponse:
    """Every draft with what became of it."""
    return render(
        request,
        "participants/papers/amendments.html",
        {
            "drafts": [(draft, KINDS[draft.kind]) for draft in reading.drafts()],
            "may_write": Role.SECRETARY in roles_of(request),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def draft_amendment(request: HttpRequest) -> HttpResponse:
    """Draft an amendment and say whom it hurts."""
    standings = reading.outstanding(on=clock.today())
    form = DraftForm(request.POST if request.method == "POST" else None, standings=standings)
    if form.is_valid():
        draft = _drafted(request, form, form.cleaned_data)
        if draft is not None:
            return redirect("participants:amendment", draft.public_id)
    labels = sorted({standing.award.period.label for standing in standings})
    periods = [program.period_named(label) for label in labels]
    return render(
        request, "participants/papers/draft_amendment.html", {"form": form, "periods": periods}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def draft_goals(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Draft an amendment that gives a period new goals, beginning with those in force."""
    about: dict[str, Any] = {"period": period, "peers": possible_peers(period)}
    measurement = program.readings_on(clock.today())["goal.measurement"]
    is_sent, change = request.method == "POST", request.POST.get("change", "")
    form = TextForm(
        request.POST if is_sent and not change else None,
        initial={key: request.POST.get(key, "") for key in ("title", "text")}
        | {"adverse_to": request.POST.getlist("adverse_to")},
        standings=reading.outstanding(on=clock.today(), period=period.label),
    )
    if is_sent and not change:
        goals = goals_sent(request.POST, **about)
        if form.is_valid() and goals.is_valid():
            asked = {"period": period.label, "goals": goals.terms()}
            told = {**form.cleaned_data, "kind": "goals", "goals": canonical_text(asked)}
            draft = _drafted(request, form, told)
            if draft is not None:
                return redirect("participants:amendment", draft.public_id)
    elif change:
        goals = goals_rearranged(request.POST, change, **about, measurement=measurement)
    else:
        in_force = [program.terms_of(goal) for goal in program.goals_of(period)]
        goals = goals_to_start_from(in_force, **about, measurement=measurement)
    return render(
        request,
        "participants/papers/draft_goals.html",
        {"form": form, "stated": goals, "period": period},
    )


def _drafted(request: HttpRequest, form: TextForm, told: dict[str, Any]) -> AmendmentDraft | None:
    """The draft, or nothing, with the refusal said on the form."""
    try:
        draft = amending.draft_amendment(**told, by=signed_in_user(request), at=clock.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("The amendment is drafted."))
    return draft


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def amendment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A draft with who has answered; the secretary puts it before the Committee."""
    draft = _draft_or_404(public_id)
    if request.method == "POST":
        try:
            act = propose_act(
                kind="amendment",
                request={"draft": str(draft.public_id)},
                by=signed_in_user(request),
                at=clock.now(),
                dated_on=adopted_on(request),
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("participants:amendment", public_id)
        messages.success(
            request, _("Act %(number)s is before the Committee.") % {"number": act.number}
        )
        return redirect("committee:act", act.public_id)
    acts = open_acts().filter(kind="amendment", request__contains=str(draft.public_id))
    concerned = reading.concerned_by(draft, on=clock.today())
    return render(
        request,
        "participants/papers/amendment.html",
        {
            "draft": draft,
            "kind": KINDS[draft.kind],
            "goals": amending.new_goals(draft, on=clock.today()),
            "hurt": [one for one in concerned if one.row.is_adverse],
            "others": [one for one in concerned if not one.row.is_adverse],
            "act": acts.first(),
            "adopted": getattr(draft, "adopted", None),
            "may_write": Role.SECRETARY in roles_of(request),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@holders_only
def consent(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The holder reads an amendment that hurts awards of the holder's, and agrees or refuses."""
    draft = _draft_or_404(public_id)
    holder = Employee.objects.filter(user=signed_in_user(request)).first()
    mine = [
        one
        for one in reading.concerned_by(draft, on=clock.today())
        if holder is not None and one.standing.award.employee_id == holder.pk
    ]
    if not mine:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if holder is not None and form.is_valid():
        try:
            amending.answer_draft(
                draft=draft,
                employee=holder,
                is_given=form.cleaned_data["answer"] == "agree",
                by=signed_in_user(request),
                authentication=proof_from(request, form.cleaned_data["password"]),
                at=clock.now(),
            )
        except WrongPassword as refusal:
            form.add_error("password", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your answer is on record."))
            return redirect("participants:consent", public_id)
    hurt = [one for one in mine if one.row.is_adverse]
    answers = [one.answer for one in hurt if one.answer]
    return render(
        request,
        "participants/papers/consent.html",
        {
            "draft": draft,
            "goals": amending.new_goals(draft, on=clock.today()),
            "hurt": hurt,
            "others": [one for one in mine if not one.row.is_adverse],
            "answer": answers[0] if answers else None,
            "adopted": getattr(draft, "adopted", None),
            "form": form,
            "may_answer": holder is not None
            and draft in amending.drafts_to_answer(holder)
            and not answers,
        },
    )


def _draft_or_404(public_id: UUID) -> AmendmentDraft:
    draft = reading.draft_named(public_id)
    if draft is None:
        raise Http404
    return draft
