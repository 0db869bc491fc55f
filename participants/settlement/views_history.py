"""What was sent to a holder and what the holder signed, and the notices to open."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ltip import clock
from ltip.accounts.access import signed_in_user
from ltip.notices.models import GivenNotice
from ltip.notices.selectors import notices_given_to
from ltip.records.downloads import as_download
from participants.papers.access import holders_only
from participants.people.models import Employee
from participants.settlement.history import history_of


@require_GET
@never_cache
@holders_only
def my_history(request: HttpRequest) -> HttpResponse:
    """Everything that was sent to whoever asks, and all that they signed, each to be opened."""
    employee = Employee.objects.filter(user=signed_in_user(request)).first()
    entries = history_of(employee, on=clock.today()) if employee else []
    return render(request, "participants/settlement/my_history.html", {"entries": entries})


@require_GET
@never_cache
@holders_only
def my_notice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One notice that was given to whoever asks, with its words."""
    notice = _own_notice(request, public_id)
    return render(request, "participants/settlement/my_notice.html", {"notice": notice})


@require_GET
@never_cache
@holders_only
def my_notice_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The paper of a notice, as it was kept."""
    notice = _own_notice(request, public_id)
    if notice.document is None:
        raise Http404
    return as_download(notice.document)


def _own_notice(request: HttpRequest, public_id: UUID) -> GivenNotice:
    employee = Employee.objects.filter(user=signed_in_user(request)).first()
    given = notices_given_to(employee.public_id) if employee else []
    for notice in given:
        if notice.message.public_id == public_id:
            return notice
    raise Http404
