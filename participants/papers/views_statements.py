"""The statements of an award for its holder: of the grant, and of the certification."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from committee.models import Act, Adoption
from ltip import clock
from ltip.program import selectors as program
from participants.papers import selectors
from participants.papers.access import holders_only, own_standing
from participants.papers.company_signing import company_signature_of
from participants.papers.goals import goals_for
from participants.papers.wording import key_facts


@require_GET
@never_cache
@holders_only
def grant_statement(request: HttpRequest, award: UUID) -> HttpResponse:
    """What was granted, under which goal, and who signed for it when."""
    standing = own_standing(request, award)
    holding = selectors.Holding(standing, clock.today())
    notice = standing.award.notice
    acceptance = selectors.acceptance_of(notice)
    goals = goals_for(holding)
    return render(
        request,
        "participants/papers/grant_statement.html",
        {
            "holding": holding,
            "facts": key_facts(selectors.data_of(notice)),
            "goals": goals,
            "is_one": len(goals) == 1,
            "act": _act_sealed(standing.award.seal_id),
            "acceptance": acceptance,
            "company_signature": company_signature_of(notice),
            "notice": notice,
        },
    )


@require_GET
@never_cache
@holders_only
def certification_statement(request: HttpRequest, award: UUID) -> HttpResponse:
    """What was achieved, and every step to the shares earned; not found before it is certified."""
    standing = own_standing(request, award)
    holding = selectors.Holding(standing, clock.today())
    earned = standing.earned
    if earned is None or not holding.is_certified:
        raise Http404
    determined = standing.certificate or standing.control
    result = program.result_of(determined.run) if determined else {}
    goals = goals_for(holding)
    return render(
        request,
        "participants/papers/certification_statement.html",
        {
            "holding": holding,
            "earned": earned,
            "result": result,
            "goals": goals,
            "is_one": len(goals) == 1,
            "act": _act_sealed(earned.seal_id),
            "day": holding.day,
        },
    )


def _act_sealed(seal: int) -> Act | None:
    """The act whose adoption was sealed under a number."""
    adoption = Adoption.objects.filter(seal=seal).select_related("act").defer("act__exhibit")
    found = adoption.first()
    return found.act if found else None
