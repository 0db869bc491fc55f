"""Who sits on the Committee on a day, and the secretary's records of terms and independence."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from committee import members as services
from committee import offices, selectors
from committee.forms_members import (
    CorrectEndForm,
    CorrectTermForm,
    DayForm,
    EndForm,
    IndependenceForm,
    SeatForm,
)
from committee.models import EndOfTerm
from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role, User
from ltip.rules.outcome import Refused

Record = Callable[[dict[str, Any], User, datetime], object]


@require_GET
@open_to(Role.COMMITTEE_MEMBER, Role.SECRETARY)
def members(request: HttpRequest) -> HttpResponse:
    """Who is in office on a chosen day, and every term and finding on record."""
    today = clock.today()
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": today})
    on = form.cleaned_data["on"] if form.is_valid() else today
    in_office = offices.officeholders(on)
    return render(
        request,
        "committee/members.html",
        {
            "form": form,
            "on": on,
            "is_today": on == today,
            "in_office": in_office,
            "has_chair": any(one.membership.position == "chair" for one in in_office),
            "majority": len(in_office) // 2 + 1,
            "terms": offices.every_term(),
            "findings": offices.findings(),
            "may_record": Role.SECRETARY in roles_of(request),
        },
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def seat(request: HttpRequest) -> HttpResponse:
    """Begin a term of office."""

    def record(given: dict[str, Any], by: User, at: datetime) -> object:
        email = given.pop("email")
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise Refused(f"Nobody signs in as {email}.", place=services.PLACE)
        return services.seat_member(user=user, **given, by=by, at=at)

    return _recording(
        request,
        SeatForm(_posted(request)),
        record,
        title=_("Seat a member"),
        ask=_("From its first day on the member counts toward every act of the Committee."),
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def end_term(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End the term that a member holds."""
    user = _user_or_404(public_id)
    return _recording(
        request,
        EndForm(_posted(request)),
        lambda given, by, at: services.end_term(user=user, **given, by=by, at=at),
        title=_("End the term of %(name)s") % {"name": user.name},
        ask=_("Acts of later days neither ask nor count this member."),
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def correct_term(request: HttpRequest, record: int) -> HttpResponse:
    """Put the right beginning or position in the place of a wrong one."""
    term = selectors.terms().filter(seal_id=record).first()
    if term is None:
        raise Http404
    begun = {"position": term.position, "starts_on": term.starts_on}
    return _recording(
        request,
        CorrectTermForm(_posted(request), initial=begun),
        lambda given, by, at: services.correct_term(membership=term, **given, by=by, at=at),
        title=_("Correct the term of %(name)s") % {"name": term.user.name},
        ask=_("The wrong record stays, marked as corrected. What was decided under it stands."),
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def correct_end(request: HttpRequest, record: int) -> HttpResponse:
    """Put the right last day in the place of a wrong one."""
    end = (
        EndOfTerm.objects.select_related("membership__user")
        .filter(seal_id=record, superseded_by__isnull=True, membership__superseded_by__isnull=True)
        .first()
    )
    if end is None:
        raise Http404
    return _recording(
        request,
        CorrectEndForm(_posted(request), initial={"ends_on": end.ends_on}),
        lambda given, by, at: services.correct_end_of_term(end=end, **given, by=by, at=at),
        title=_("Correct the last day of %(name)s") % {"name": end.membership.user.name},
        ask=_("The wrong record stays, marked as corrected. What was decided under it stands."),
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def independence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record whether a member was found independent."""
    user = _user_or_404(public_id)
    return _recording(
        request,
        IndependenceForm(_posted(request)),
        lambda given, by, at: services.record_independence(user=user, **given, by=by, at=at),
        title=_("Independence of %(name)s") % {"name": user.name},
        ask=_("Record what was found, on which day and by which source. It changes no vote."),
    )


def _recording(
    request: HttpRequest, form: forms.Form, record: Record, *, title: str, ask: str
) -> HttpResponse:
    """A form for one record about a member; refused, it keeps what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            record(dict(form.cleaned_data), signed_in_user(request), clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is on record."))
            return redirect("committee:members")
    return render(
        request,
        "committee/member_form.html",
        {
            "form": form,
            "title": title,
            "ask": ask,
            "may_record": Role.SECRETARY in roles_of(request),
        },
    )


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _user_or_404(public_id: UUID) -> User:
    user = User.objects.filter(public_id=public_id, memberships__isnull=False).first()
    if user is None:
        raise Http404
    return user
