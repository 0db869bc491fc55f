"""The first page of each role, the calendar of periods, and the demonstration's day."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.desk import selectors
from ltip.desk.demonstration import advance, next_day
from ltip.desk.program_pages import program_pages
from ltip.desk.traceability import Treatment, listing
from ltip.desk.waiting import waiting_for
from ltip.program.models import PerformancePeriod
from ltip.rules.outcome import Refused

STAFF = tuple(set(Role) - {Role.PARTICIPANT})


@require_GET
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the application answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_GET
@open_to(*Role)
def home(request: HttpRequest) -> HttpResponse:
    """What waits for whoever signed in, with the date by which."""
    user, roles, today = signed_in_user(request), roles_of(request), clock.today()
    is_staff = bool(roles & set(STAFF))
    situations = selectors.situations(today) if is_staff else []
    return render(
        request,
        "desk/home.html",
        {
            "waiting": waiting_for(user, roles, situations, today),
            "situations": situations,
            "is_participant": Role.PARTICIPANT in roles,
            "is_auditor": Role.AUDITOR in roles,
            "is_staff": is_staff,
        },
    )


@require_GET
@open_to(*STAFF)
def period(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """One period: where it stands, and the way to each of its steps."""
    return render(
        request,
        "desk/period.html",
        {
            "situation": selectors.situation_of(period, clock.today()),
            "phases": selectors.PHASES_IN_ORDER,
            "roles": {role.value: True for role in roles_of(request)},
        },
    )


@require_GET
@open_to(*STAFF)
def program(request: HttpRequest) -> HttpResponse:
    """The way to the pages about the Program itself."""
    pages = program_pages(roles_of(request))
    return render(request, "desk/program.html", {"pages": pages})


@require_GET
@open_to(*STAFF)
def traceability(request: HttpRequest) -> HttpResponse:
    """Each place of the source: what it asks, and what computes, checks, records or prints it."""
    asked = request.GET.get("treated", "")
    if asked and asked not in Treatment.values:
        raise Http404
    treated = Treatment(asked) if asked else None
    return render(
        request,
        "desk/traceability.html",
        {"sources": listing.sources(treated), "counts": listing.counts(), "treated": treated},
    )


@require_POST
@open_to(writers=tuple(Role))
def move_day(request: HttpRequest) -> HttpResponse:
    """Move the demonstration's day forward; there is no such page anywhere else."""
    today = clock.demonstration_day()
    if today is None:
        raise Http404
    deadline = selectors.next_deadline(today)
    to = deadline if request.POST.get("until") == "next_deadline" and deadline else next_day(today)
    try:
        advance(to=to, by=signed_in_user(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The demonstration's day moved forward."))
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if safe and target.startswith("/") else "desk:home")
