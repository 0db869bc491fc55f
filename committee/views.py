"""What awaits the Committee, the page of an act, and the minute book."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from committee import adopting, matters, meeting_book, minute_book, selectors, services
from committee.comparing import compared_with_the_last
from committee.drawing import draw
from committee.exhibits import drawn_as_it_stands, pages_of, rows_of
from committee.forms import DecliningForm, MinutesForm, SigningForm, WithdrawalForm
from committee.goal_choices import periods_in_window
from committee.models import Act
from committee.paper_jobs import job_for
from committee.revising import changes_of
from committee.words import ANY_BUTTON, BUTTON_WORDS, KIND_WORDS
from ltip import clock
from ltip.accounts.access import open_to, proof_from, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.accounts.services import WrongPassword
from ltip.program import selectors as program
from ltip.rules.outcome import Refused

READERS = (Role.COMMITTEE_MEMBER, Role.SECRETARY)
ACTS_ON_A_PAGE = 50


@require_GET
@open_to(*READERS)
def docket(request: HttpRequest) -> HttpResponse:
    """What awaits the reader's signature, what waits for others, and what was decided last."""
    today = clock.today()
    meetings = meeting_book.open_meetings_with_agendas()
    at_meetings = {item.act_id for meeting in meetings for item in meeting.standing}
    entries = [
        entry
        for entry in matters.docket(signed_in_user(request), on=today)
        if entry.act.pk not in at_meetings
    ]
    is_secretary = Role.SECRETARY in roles_of(request)
    return render(
        request,
        "committee/docket.html",
        {
            "awaiting": [entry for entry in entries if entry.awaits_user],
            "others": [entry for entry in entries if not entry.awaits_user],
            "meetings": meetings,
            "zone": str(clock.company_zone()),
            "is_secretary": is_secretary,
            "over": matters.recently_over(),
            "today": today,
            "is_member": Role.COMMITTEE_MEMBER in roles_of(request),
            "periods_in_window": periods_in_window(today) if is_secretary else [],
        },
    )


@require_GET
@open_to(*READERS)
def act(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """An act: its exhibit, how it stands, and the one thing the reader can do about it."""
    return _act_page(request, public_id)


@require_POST
@open_to(writers=(Role.COMMITTEE_MEMBER,))
def sign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the member's written consent."""
    act, form = _act_or_404(public_id), SigningForm(request.POST)
    if not form.is_valid():
        return _act_page(request, public_id, signing=form)
    try:
        signing = services.sign_act(
            act=act,
            shown_digest=form.cleaned_data["shown_digest"],
            by=signed_in_user(request),
            authentication=proof_from(request, form.cleaned_data["password"]),
            at=clock.now(),
        )
    except WrongPassword as refusal:
        form.add_error("password", f"{refusal.reason} {refusal.remedy}")
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        _say_what_signing_did(request, signing)
        return redirect("committee:act", public_id)
    return _act_page(request, public_id, signing=form)


@require_POST
@open_to(writers=(Role.COMMITTEE_MEMBER,))
def decline(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decline to sign, with the reason."""
    act, form = _act_or_404(public_id), DecliningForm(request.POST, auto_id="id_decline_%s")
    if not form.is_valid():
        return _act_page(request, public_id, declining=form)
    try:
        services.decline_act(
            act=act,
            shown_digest=form.cleaned_data["shown_digest"],
            reason=form.cleaned_data["reason"],
            by=signed_in_user(request),
            authentication=proof_from(request, form.cleaned_data["password"]),
            at=clock.now(),
        )
    except WrongPassword as refusal:
        form.add_error("password", f"{refusal.reason} {refusal.remedy}")
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        said = _("You declined act %(number)s; the secretary and the other members read why.")
        messages.success(request, said % {"number": act.number})
        return redirect("committee:act", public_id)
    return _act_page(request, public_id, declining=form)


@require_POST
@open_to(writers=(Role.SECRETARY,))
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an act back from the Committee, with the reason."""
    act, form = _act_or_404(public_id), WithdrawalForm(request.POST)
    if form.is_valid():
        try:
            services.withdraw_act(
                act=act,
                explanation=form.cleaned_data["explanation"],
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Act %(number)s is withdrawn.") % {"number": act.number})
            return redirect("committee:act", public_id)
    return _act_page(request, public_id, withdrawal=form)


@require_GET
@open_to(*READERS)
def minutes(request: HttpRequest) -> HttpResponse:
    """The minute book: every adopted act by its date."""
    form = MinutesForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    acts = minute_book.entries(**chosen) if form.is_valid() else Act.objects.none()
    found = meeting_book.with_votes(acts)
    page = Paginator(found, ACTS_ON_A_PAGE).get_page(request.GET.get("page"))
    as_of = chosen.get("as_of")
    successions = minute_book.successions(page.object_list, as_of=as_of)
    lines = [
        {
            "act": act,
            "kind": KIND_WORDS.get(act.kind, act.kind),
            "succession": successions[act.pk],
        }
        for act in page.object_list
    ]
    return render(
        request,
        "committee/minutes.html",
        {
            "form": form,
            "page": page,
            "lines": lines,
            "as_of": as_of,
            "is_filtered": any(
                value not in ("", None, minute_book.ADOPTED) for value in chosen.values()
            ),
        },
    )


def _act_or_404(public_id: UUID) -> Act:
    act = selectors.act_by_public_id(public_id)
    if act is None:
        raise Http404
    return act


def _act_page(
    request: HttpRequest,
    public_id: UUID,
    *,
    signing: SigningForm | None = None,
    declining: DecliningForm | None = None,
    withdrawal: WithdrawalForm | None = None,
) -> HttpResponse:
    """The page of an act, also when a signature or a withdrawal was refused on it."""
    act, today, user = _act_or_404(public_id), clock.today(), signed_in_user(request)
    is_over = hasattr(act, "adoption") or hasattr(act, "ending")
    exhibit, agenda_items = _shown_of(act, request.GET.get("page", "")), meeting_book.items_of(act)
    context: dict[str, Any] = {
        "act": act,
        "today": today,
        "period": program.period_by_label(act.subject),
        "drawing": draw(exhibit),
        "comparison": compared_with_the_last(act, exhibit),
        "signing": signing or SigningForm(initial={"shown_digest": act.exhibit_digest}),
        "refused": signing is not None,
        "declining": declining
        or DecliningForm(initial={"shown_digest": act.exhibit_digest}, auto_id="id_decline_%s"),
        "withdrawal": withdrawal or WithdrawalForm(),
        "words_of_consent": services.WORDS_OF_CONSENT,
        "button": BUTTON_WORDS.get(act.kind, ANY_BUTTON),
        "is_secretary": Role.SECRETARY in roles_of(request),
        "signatures": selectors.signatures_of(act),
        "void_signatures": selectors.void_signatures_of(act),
        "revisions": [
            {"revision": one, "changes": changes_of(one)} for one in selectors.revisions_of(act)
        ],
        "signing_record": adopting.signing_record_of(act),
        "agenda_items": agenda_items,
        "is_on_agenda": not is_over and any(map(meeting_book.is_waiting, agenda_items)),
    }
    if is_over:
        context["procedure"] = selectors.procedure_of(act)
        context["votes"] = meeting_book.votes_on(act)
        context["succession"] = minute_book.successions([act])[act.pk]
        if hasattr(act, "adoption") and not hasattr(act.adoption, "paper"):
            context["paper_job"] = job_for(act.adoption)
    else:
        if context["is_secretary"] and act.dated_on is None and not context["is_on_agenda"]:
            context["meetings"] = meeting_book.meetings_to_come(today)
        context["matter"] = matters.matter(act, user, on=today)
        context["deadline"] = matters.deadlines_of([act]).get(act.pk)
        context["place"] = matters.PLACE_OF_WINDOW.get(act.kind, "")
    return render(request, "committee/act.html", context)


def _shown_of(act: Act, page: str) -> dict[str, Any]:
    """What the page draws: of each long table the stretch asked for, or all of it for paper."""
    exhibit = drawn_as_it_stands(act)
    tables = []
    for number, table in enumerate(exhibit["tables"]):
        if "count" in table:
            pages = pages_of(table["count"])
            asked = int(page) if page.isdecimal() else 1
            at = None if page == "all" else min(max(asked, 1), pages)
            rows = rows_of(act, number, page=at)
            tables.append({**table, "rows": rows, "page": at, "pages": pages})
        else:
            tables.append(table)
    return {**exhibit, "tables": tables}


def _say_what_signing_did(request: HttpRequest, signing: services.Signing) -> None:
    number = {"number": signing.act.number}
    if signing.voided:
        messages.error(
            request,
            _("Act %(number)s was not adopted: what it rests on has changed since.") % number,
        )
    elif signing.adopted:
        messages.success(request, _("Act %(number)s is adopted and sealed.") % number)
    else:
        messages.success(request, _("Your signature on act %(number)s is kept.") % number)
