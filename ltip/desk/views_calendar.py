"""The calendar: a person's dates on a page, and the secret address of the same dates as a feed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.accounts.selectors import roles_of as roles_of_user
from ltip.desk import selectors
from ltip.desk.deadline import STAFF
from ltip.desk.deadlines import deadlines_for
from ltip.desk.feed import calendar_text
from ltip.notices.feeds import (
    feed_address_of,
    make_feed_address,
    revoke_feed_address,
    user_of_feed,
)
from ltip.rules.outcome import Refused
from ltip.site_address import link_to


@require_GET
@open_to(*Role)
def calendar(request: HttpRequest) -> HttpResponse:
    """Every date that concerns whoever asks; for staff also where each period stands."""
    user, roles, today = signed_in_user(request), roles_of(request), clock.today()
    situations = selectors.situations(today) if roles & STAFF else []
    dates = deadlines_for(user, roles, today, situations)
    return render(
        request,
        "desk/calendar.html",
        {
            "dates": [
                (one, one.url_for(user, roles), one.is_asked_of(user, roles)) for one in dates
            ],
            "asked": sum(one.is_asked_of(user, roles) for one in dates),
            "is_staff": bool(roles & STAFF),
            "situations": situations,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to(*Role, writers=tuple(Role))
def calendar_address(request: HttpRequest) -> HttpResponse:
    """The secret address of one's own calendar: made and shown once, renewed, or revoked."""
    user, address = signed_in_user(request), ""
    if request.method == "POST" and request.POST.get("do") == "revoke":
        try:
            revoke_feed_address(user=user, at=clock.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The address is revoked: it opens nothing any more."))
        return redirect("desk:calendar_address")
    if request.method == "POST" and request.POST.get("do") == "make":
        secret = make_feed_address(user=user, at=clock.now())
        address = link_to(reverse("desk:feed", args=[secret]))
    return render(
        request,
        "desk/calendar_address.html",
        {"in_force": feed_address_of(user), "address": address},
    )


@require_safe
@never_cache
@login_not_required
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A person's dates for a calendar program that knows the secret; anything else is a 404."""
    user = user_of_feed(secret)
    if user is None:
        raise Http404
    today = clock.today()
    roles = roles_of_user(user, today)
    situations = selectors.situations(today) if roles & STAFF else []
    text = calendar_text(
        deadlines_for(user, roles, today, situations),
        user=user,
        roles=roles,
        at=clock.now(),
    )
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
