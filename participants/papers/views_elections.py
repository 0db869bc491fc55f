"""Special terms of countries, and the joint elections that holders sign under them."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, proof_from, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.accounts.services import WrongPassword
from ltip.records.downloads import paper_of
from ltip.records.uploads import keep
from ltip.rules.outcome import Refused
from participants.papers import elections
from participants.papers import supplements as terms_of_countries
from participants.papers.access import holders_only, own_standing
from participants.papers.forms_elections import (
    REASONS,
    ElectionEndForm,
    ElectionForm,
    SupplementForm,
)
from participants.papers.models import CountrySupplement, JointElectionEnd
from participants.papers.wording import UNITED_KINGDOM, sections_of_text

READERS = (Role.SECRETARY, Role.HUMAN_RESOURCES, Role.STOCK_ADMINISTRATOR, Role.FINANCE)
WRITERS = (Role.SECRETARY,)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def supplements(request: HttpRequest) -> HttpResponse:
    """Every version of every country's special terms, the elections, and the form for another."""
    on_record = terms_of_countries.supplements()
    form = SupplementForm(request.POST, request.FILES) if request.method == "POST" else None
    if form is not None and form.is_valid():
        at = clock.now()
        try:
            recorded = terms_of_countries.record_supplement(
                **form.supplement,
                document=keep(form.cleaned_data["paper"], at=at),
                by=signed_in_user(request),
                at=at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("On record: %(title)s, version %(version)s.")
                % {"title": recorded.title, "version": recorded.version},
            )
            return redirect("participants:supplements")
    return render(
        request,
        "participants/papers/supplements.html",
        {
            "versions": [
                (version, terms_of_countries.terms_of(version), sections_of_text(version.text))
                for version in on_record
            ],
            "elections": [
                (election, REASONS[election.end.reason] if hasattr(election, "end") else "")
                for election in elections.all_elections()
            ],
            "form": form or SupplementForm(initial=_initial(on_record)),
            "may_write": Role.SECRETARY in roles_of(request),
        },
    )


@require_GET
@open_to(*READERS)
def supplement_paper(request: HttpRequest, number: int) -> HttpResponse:
    """The paper that a version of special terms comes from, as it was uploaded."""
    return paper_of(CountrySupplement.objects.all(), number=number)


@require_GET
@open_to(*READERS)
def election_end_paper(request: HttpRequest, number: int) -> HttpResponse:
    """The paper that shows the end of a joint election, as it was uploaded."""
    return paper_of(JointElectionEnd.objects.all(), number=number)


def _initial(on_record: list[Any]) -> dict[str, Any]:
    """Our words for the United Kingdom, as long as that country has no version."""
    if any(version.country == UNITED_KINGDOM for version in on_record):
        return asdict(terms_of_countries.Terms())
    ours = terms_of_countries.united_kingdom()
    return {**ours, **ours["terms"]}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@holders_only
def joint_election(request: HttpRequest, award: UUID) -> HttpResponse:
    """The terms of the holder's country, and the election that the holder signs under them."""
    standing = own_standing(request, award)
    election = elections.election_standing(standing, on=clock.today())
    form = ElectionForm(
        request.POST if request.method == "POST" else None,
        initial={"shown_version": election.supplement.version if election else ""},
    )
    if form.is_valid():
        try:
            elections.sign_joint_election(
                award=standing.award,
                shown_version=form.cleaned_data["shown_version"],
                by=signed_in_user(request),
                authentication=proof_from(request, form.cleaned_data["password"]),
                at=clock.now(),
            )
        except WrongPassword as refusal:
            form.add_error("password", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("You signed the joint election."))
            return redirect("participants:joint_election", award)
    return render(
        request,
        "participants/papers/joint_election.html",
        {
            "standing": standing,
            "election": election,
            "sections": sections_of_text(election.supplement.text) if election else [],
            "words": elections.WORDS_OF_ELECTION,
            "form": form,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def end_joint_election(request: HttpRequest, number: int) -> HttpResponse:
    """Record that a joint election ceased."""
    election = elections.election_by_number(number)
    if election is None:
        raise Http404
    form = ElectionEndForm(request.POST, request.FILES) if request.method == "POST" else None
    if form is not None and form.is_valid():
        told, at = form.cleaned_data, clock.now()
        try:
            elections.end_joint_election(
                election=election,
                ended_on=told["ended_on"],
                reason=told["reason"],
                document=keep(told["paper"], at=at),
                by=signed_in_user(request),
                at=at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The end of the joint election is on record."))
            return redirect("participants:supplements")
    return render(
        request,
        "participants/papers/end_joint_election.html",
        {"election": election, "form": form or ElectionEndForm()},
    )
