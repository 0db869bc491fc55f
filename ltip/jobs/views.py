"""How far a job is."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ltip import clock
from ltip.accounts.access import roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.jobs import selectors
from ltip.jobs.models import Job
from ltip.jobs.services import TITLES

REFRESHED_EVERY_SECONDS = 5
USUALLY_TAKEN_WITHIN = timedelta(minutes=2)


@require_safe
def job(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far a job is, for whoever asked for it and for staff; it refreshes itself."""
    found = selectors.job_by_public_id(public_id)
    if found is None or not _may_see(request, found):
        raise Http404
    response = render(
        request,
        "jobs/job.html",
        {
            "job": found,
            "title": _(TITLES.get(found.kind, "")) or _("Your request"),
            "next": _own_path(request.GET.get("next", "")),
            "is_left_waiting": clock.now() - found.requested_at > USUALLY_TAKEN_WITHIN,
        },
    )
    if not found.is_over:
        response["Refresh"] = str(REFRESHED_EVERY_SECONDS)
    return response


def _may_see(request: HttpRequest, found: Job) -> bool:
    is_staff = bool(roles_of(request) - {Role.PARTICIPANT})
    return is_staff or found.requested_by_id == signed_in_user(request).pk


def _own_path(path: str) -> str:
    """The path when it stays on this site, else nothing."""
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe else ""
