"""Deny by default: which roles may open a page, and which may act on it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from ltip import clock
from ltip.accounts import selectors, services
from ltip.accounts.models import Authentication, Role, User
from ltip.rules.outcome import Refused

View = Callable[..., HttpResponseBase]
SAFE_METHODS = {"GET", "HEAD"}


def open_to(*readers: Role, writers: tuple[Role, ...] = ()) -> Callable[[View], View]:
    """Let `readers`, `writers` and the auditor open the page, and only `writers` act on it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            allowed = set(writers)
            if request.method in SAFE_METHODS:
                allowed |= {*readers, Role.AUDITOR}
            if not roles_of(request) & allowed:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def signed_in_user(request: HttpRequest) -> User:
    """The user who asks; a view that needs one is never open to anonymous visitors."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def roles_of(request: HttpRequest) -> frozenset[Role]:
    """The roles that the user who asks holds today, read once per request."""
    cached: frozenset[Role] | None = getattr(request, "_roles_today", None)
    if cached is None:
        user = request.user
        cached = selectors.roles_of(user, clock.today()) if isinstance(user, User) else frozenset()
        request._roles_today = cached  # type: ignore[attr-defined]
    return cached


def proof_from(request: HttpRequest, password: str) -> Authentication:
    """Check the password given again; failures count towards the same lock as at sign-in."""
    from axes.handlers.proxy import AxesProxyHandler
    from django.contrib.auth.signals import user_login_failed

    user = signed_in_user(request)
    credentials = {"login": user.email}
    if not AxesProxyHandler.is_allowed(request, credentials):
        raise Refused(
            "Too many wrong passwords: signing is locked for a while.",
            place="Signing",
            remedy="Try again later, or ask the administrator.",
        )
    try:
        return services.reauthenticate(
            user=user,
            password=password,
            at=clock.now(),
            address=address_of(request),
            device=request.headers.get("User-Agent", ""),
        )
    except services.WrongPassword:
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        raise


def address_of(request: HttpRequest) -> str:
    """The network address that the request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))
