"""What a holder reads about the awards, and the notice of grant that is read and signed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ltip import clock
from ltip.accounts.access import (
    address_of,
    open_to,
    proof_from,
    roles_of,
    signed_in_user,
)
from ltip.accounts.models import Role
from ltip.accounts.services import WrongPassword
from ltip.program.charts import schedule_chart
from ltip.records.services import log_look
from ltip.rules.outcome import Refused
from participants.awards.amendments import drafts_about
from participants.awards.selectors import Standing
from participants.papers import selectors, services
from participants.papers.access import (
    holders_only,
    notice_for_staff,
    own_heirs,
    own_standing,
    own_standings,
)
from participants.papers.company_signing import company_signature_of
from participants.papers.declining import decline_of
from participants.papers.elections import election_standing
from participants.papers.forms import SigningForm
from participants.papers.goals import GoalRead, goals_for
from participants.papers.models import Notice
from participants.papers.opening import NOTICE, documents_of, record_opening
from participants.papers.receipts import request_receipt
from participants.papers.so_far import GoalSoFar, standings_so_far
from participants.papers.so_far_drawing import returns_so_far, worth_now
from participants.papers.wording import acknowledgements_for, key_facts

READING_STAFF = (Role.HUMAN_RESOURCES, Role.SECRETARY)


@require_GET
@holders_only
def my_awards(request: HttpRequest) -> HttpResponse:
    """Every award of whoever asks: what it is, what it may become, and what to do now."""
    day = clock.today()
    holdings = [selectors.Holding(standing, day) for standing in own_standings(request)]
    dated = [holding for holding in holdings if holding.next_date]
    so_far = standings_so_far(holdings, on=day)
    overdue = (h for h in holdings if h.state == "earned" and not h.next_date)
    return render(
        request,
        "participants/papers/my_awards.html",
        {
            "holdings": [(holding, so_far.get(holding.award.pk)) for holding in holdings],
            "to_sign": [holding for holding in holdings if holding.must_sign],
            "on_the_way": next(overdue, None),
            "heirs": own_heirs(request),
            "next": min(dated, key=lambda holding: holding.next_date or day, default=None),
            "day": day,
        },
    )


@require_GET
@holders_only
def my_award(request: HttpRequest, award: UUID) -> HttpResponse:
    """One award: its life from grant to delivery, what decides it, and its papers."""
    standing = own_standing(request, award)
    holding = selectors.Holding(standing, clock.today())
    read = goals_for(holding)
    notice = standing.award.notice
    so_far = standings_so_far([holding], on=holding.day).get(standing.award.pk)
    return render(
        request,
        "participants/papers/my_award.html",
        {
            "holding": holding,
            "decisions": holding.decisions,
            "goals": [
                (goal, _chart(goal, so_far.goals[number] if so_far else None))
                for number, goal in enumerate(read)
            ],
            "is_one": len(read) == 1,
            "measured_otherwise": any(goal.is_financial for goal in read),
            "acceptance": selectors.acceptance_of(notice),
            "rendering": selectors.rendering_of(notice),
            "election": election_standing(standing, on=holding.day),
            "amendments": drafts_about(standing.award),
            "so_far": so_far,
            "returns": returns_so_far(so_far) if so_far else "",
            "worth": worth_now(so_far, on=holding.day) if so_far else None,
            "decline": None if standing.award.notice.signed else decline_of(notice),
            "company_signature": company_signature_of(notice),
            "day": holding.day,
        },
    )


@require_GET
@never_cache
@holders_only
def notice(request: HttpRequest, award: UUID) -> HttpResponse:
    """The notice of grant, to be read, and to be signed while it is not; that its holder opened
    it is recorded."""
    standing = own_standing(request, award)
    paper = standing.award.notice
    record_opening(
        notice=paper, kind=NOTICE, digest=paper.digest, by=signed_in_user(request), at=clock.now()
    )
    return _notice_page(request, standing, _signing_form(standing.award.notice))


@require_POST
@holders_only
def sign_notice(request: HttpRequest, award: UUID) -> HttpResponse:
    """The holder signs, with every box ticked and the password given again."""
    standing = own_standing(request, award)
    paper = standing.award.notice
    form = _signing_form(paper, request)
    if form.is_valid():
        try:
            signed = services.sign_notice(
                notice=paper,
                shown_digest=form.cleaned_data["shown_digest"],
                agreed_to=form.agreed_to,
                by=signed_in_user(request),
                authentication=proof_from(request, form.cleaned_data["password"]),
                at=clock.now(),
            )
        except WrongPassword as refusal:
            form.add_error("password", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            request_receipt(signed.seal, by=signed_in_user(request), at=clock.now())
            messages.success(request, _("You signed your notice of grant."))
            return redirect("participants:notice", award)
    if selectors.acceptance_of(paper):
        messages.warning(request, _("You have signed this notice already; once is enough."))
        return redirect("participants:notice", award)
    return _notice_page(request, standing, form)


@require_GET
@never_cache
@open_to(Role.PARTICIPANT, *READING_STAFF)
def notice_pdf(request: HttpRequest, award: UUID) -> HttpResponse:
    """The notice as PDF, for its holder and who keeps the papers; a page while it is made."""
    if roles_of(request) & {*READING_STAFF, Role.AUDITOR}:
        paper = notice_for_staff(award)
        _log_look_of_staff(request, paper)
    else:
        paper = own_standing(request, award).award.notice
    rendering = selectors.rendering_of(paper)
    if rendering is None:
        return render(
            request,
            "participants/papers/notice_pdf.html",
            {
                "notice": paper,
                "is_own": paper.award.employee.user_id == request.user.pk,
                "failed": selectors.rendering_failed(paper),
            },
        )
    document = rendering.document
    answer = HttpResponse(bytes(document.content), content_type=document.media_type)
    answer["Content-Disposition"] = f'inline; filename="{document.name}"'
    return answer


def _notice_page(request: HttpRequest, standing: Standing, form: SigningForm) -> HttpResponse:
    paper = standing.award.notice
    acceptance = selectors.acceptance_of(paper)
    documents = documents_of(paper, on=clock.today())
    try:
        sections, unreadable = selectors.sections_of(paper), ""
    except Refused as refusal:
        sections, unreadable = [], str(refusal)
    return render(
        request,
        "participants/papers/notice.html",
        {
            "holding": selectors.Holding(standing, clock.today()),
            "notice": paper,
            "facts": key_facts(selectors.data_of(paper)),
            "sections": sections,
            "unreadable": unreadable,
            "rendering": selectors.rendering_of(paper),
            "acceptance": acceptance,
            "agreed_to": selectors.words_agreed_to(acceptance) if acceptance else [],
            "documents": documents,
            "company_signature": company_signature_of(paper),
            "unopened": [each for each in documents if not each.opened_at],
            "decline": None if acceptance else decline_of(paper),
            "form": form,
        },
    )


def _signing_form(paper: Notice, request: HttpRequest | None = None) -> SigningForm:
    return SigningForm(
        request.POST if request else None,
        acknowledgements=acknowledgements_for(selectors.data_of(paper)["country"]),
        initial={"shown_digest": paper.digest},
    )


def _log_look_of_staff(request: HttpRequest, paper: Notice) -> None:
    log_look(
        viewer=signed_in_user(request),
        subject=paper.award.employee.public_id,
        fields="notice of grant",
        at=clock.now(),
        address=address_of(request),
    )


def _chart(goal: GoalRead, so_far: GoalSoFar | None) -> str:
    """The schedule as a chart, with the result on it or where the goal stands so far. Its text is
    escaped where it is drawn."""
    reached = (goal.result.at, goal.result.payout) if goal.result else None
    if so_far and not goal.segments:
        reached = (so_far.reached, so_far.payout)
    return mark_safe(  # noqa: S308
        schedule_chart(
            points=[(point.at, point.payout) for point in goal.prospects],
            between_points=goal.between_points,
            result=reached,
            skin="page",
            title=_("From amount to % of target")
            if goal.is_financial
            else _("From percentile to % of target"),
            description=_("The table beside the chart gives its points."),
            axis=goal.unit or goal.measure or _("percentile among the peers"),
            over_amounts=goal.is_financial,
        )
    )
