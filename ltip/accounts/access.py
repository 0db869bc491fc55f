"""Deny by default: which roles may open a page, and which may act on it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from ltip import clock
from ltip.accounts import selectors, services
from ltip.accounts.codes import GivenCode
from ltip.accounts.models import Authentication, Role, User
from ltip.rules.outcome import Refused

View = Callable[..., HttpResponseBase]
SAFE_METHODS = {"GET", "HEAD"}
# Whose binding steps ask for a code where the company wants it so.
DECIDING = frozenset(
    {Role.COMMITTEE_MEMBER, Role.SECRETARY, Role.STOCK_ADMINISTRATOR, Role.FINANCE}
)


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


def has_second_factor(request: HttpRequest) -> bool:
    """Whether the user who asks has a second factor, read once per request."""
    cached: bool | None = getattr(request, "_has_second_factor", None)
    if cached is None:
        user = getattr(request, "user", None)
        cached = isinstance(user, User) and selectors.second_factor_of(user) is not None
        request._has_second_factor = cached  # type: ignore[attr-defined]
    return cached


def is_asked_for_code(request: HttpRequest) -> bool:
    """Whether the company asks the user who asks for a code with every binding step."""
    return settings.SECOND_FACTOR_REQUIRED and bool(roles_of(request) & DECIDING)


def proof_from(request: HttpRequest, password: str) -> Authentication:
    """The proof of identity for a binding step, from the password, a code, or both.

    Where the company asks for it, whoever decides or approves gives a code. That is looked at
    first: a code is good once, and a step that is refused anyway should not cost one.
    """
    if is_asked_for_code(request):
        _require_code(request)
    return identity_proved(request, password)


def identity_proved(request: HttpRequest, password: str) -> Authentication:
    """Check the password and the code given again, whichever there are.

    Failures of the password count towards the same lock as at sign-in, those of codes towards
    a lock of their own.
    """
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
    code = _code_in(request)
    try:
        return services.reauthenticate(
            user=user,
            password=password,
            at=clock.now(),
            address=address_of(request),
            device=request.headers.get("User-Agent", ""),
            code=GivenCode(code, clock.machine_now()) if code else None,
        )
    except services.WrongPassword:
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        raise


def _require_code(request: HttpRequest) -> None:
    if not has_second_factor(request):
        raise Refused(
            "The company asks whoever decides or approves for a second factor.",
            place="Signing",
            remedy="Set one up under “Second factor” at the top of the page, then come back.",
        )
    if not _code_in(request):
        raise Refused(
            "The company asks for a code here, the password alone is not enough.",
            place="Signing",
            remedy="Give the code that your app shows now.",
        )


def _code_in(request: HttpRequest) -> str:
    """The code that came with a form; without a second factor there is no field for it."""
    return request.POST.get("one_time_code", "").strip() if has_second_factor(request) else ""


def address_of(request: HttpRequest) -> str:
    """The network address that the request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))
