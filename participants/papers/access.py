"""Who may see whose papers: a holder his or her own, and nobody else's."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from ltip.accounts.access import View, roles_of, signed_in_user
from ltip.accounts.models import Role
from participants.awards.selectors import Standing, standings_of
from participants.papers.models import Notice
from participants.people.heirs import Heirs, heirs_of
from participants.people.models import Employee


def holders_only(view: View) -> View:
    """Let participants in and nobody else, not even the auditor: the pages are about who asks."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if Role.PARTICIPANT not in roles_of(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def own_employee(request: HttpRequest) -> Employee:
    """The employee that whoever asks is; a participant without one has nothing to see."""
    employee = Employee.objects.filter(user=signed_in_user(request)).first()
    if employee is None:
        raise Http404
    return employee


def own_standings(request: HttpRequest) -> list[Standing]:
    """The awards of whoever asks, latest period first."""
    employee = Employee.objects.filter(user=signed_in_user(request)).first()
    return standings_of(employee) if employee else []


def own_heirs(request: HttpRequest) -> Heirs:
    """Whom whoever asks named to take the shares at death."""
    employee = Employee.objects.filter(user=signed_in_user(request)).first()
    return heirs_of([employee])[employee.pk] if employee else Heirs()


def own_standing(request: HttpRequest, public_id: UUID) -> Standing:
    """One award of whoever asks; another's is answered like one that does not exist."""
    for standing in own_standings(request):
        if standing.award.public_id == public_id:
            return standing
    raise Http404


def notice_for_staff(public_id: UUID) -> Notice:
    """The notice of anyone's award, for those who keep the papers."""
    notice = (
        Notice.objects.filter(award__public_id=public_id).select_related("award__employee").first()
    )
    if notice is None:
        raise Http404
    return notice
