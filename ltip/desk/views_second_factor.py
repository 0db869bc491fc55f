"""A person's own second factor: set up by an app's first code, replaced, removed."""

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from ltip import clock
from ltip.accounts.access import (
    has_second_factor,
    identity_proved,
    is_asked_for_code,
    open_to,
    signed_in_user,
)
from ltip.accounts.codes import GivenCode
from ltip.accounts.forms import BothForm, SetUpForm
from ltip.accounts.models import Role
from ltip.accounts.second_factor import (
    RECOVERY_CODES,
    WrongNewCode,
    address_for_app,
    new_secret,
    step_of_new_code,
)
from ltip.accounts.selectors import recovery_codes_left, second_factor_of
from ltip.accounts.services import WrongPassword
from ltip.desk import second_factor as services
from ltip.records.encryption import decrypt, encrypt
from ltip.rules.outcome import Refused

SECRET_TO_BE = "second_factor_to_be"  # noqa: S105 - the name under which the session keeps it
FEW = 3
everyone = open_to(*Role, writers=tuple(Role))


@require_GET
@never_cache
@everyone
def second_factor(request: HttpRequest) -> HttpResponse:
    """Whether there is one, and what can be done about it."""
    factor = second_factor_of(signed_in_user(request))
    left = recovery_codes_left(factor) if factor else 0
    return render(
        request,
        "desk/second_factor.html",
        {
            "factor": factor,
            "left": left,
            "all": RECOVERY_CODES,
            "are_few": left < FEW,
            "is_asked_for_code": is_asked_for_code(request),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@everyone
def set_up(request: HttpRequest) -> HttpResponse:
    """The secret for the app, as a picture and as text; a code of the app sets it up."""
    user, secret = signed_in_user(request), _secret_to_be(request)
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code = GivenCode(form.cleaned_data["new_code"], clock.machine_now())
        try:
            # Looked at first: a mistake here should not cost a code of the app used so far.
            step_of_new_code(secret, code)
            recovery = services.set_up(
                user=user,
                secret=secret,
                code=code,
                authentication=identity_proved(request, form.cleaned_data["password"]),
                at=clock.now(),
            )
        except Refused as refusal:
            _show(form, refusal)
        else:
            del request.session[SECRET_TO_BE]
            return _recovery_codes_page(request, recovery, is_new=True)
    # A short name keeps the picture coarse enough for every camera.
    address = address_for_app(secret=secret, user=user, issuer="LTIP")
    return render(
        request,
        "desk/second_factor_set_up.html",
        {
            "form": form,
            "picture": _picture(address),
            "address": address,
            "secret": [secret[start : start + 4] for start in range(0, len(secret), 4)],
            "replaces": has_second_factor(request),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@everyone
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes in the place of those that were left, shown once."""
    if not has_second_factor(request):
        return redirect("desk:second_factor")
    form = BothForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            renewed = services.renew_recovery_codes(
                user=signed_in_user(request),
                authentication=identity_proved(request, form.cleaned_data["password"]),
                at=clock.now(),
            )
        except Refused as refusal:
            _show(form, refusal)
        else:
            return _recovery_codes_page(request, renewed, is_new=False)
    return render(request, "desk/second_factor_renew.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@everyone
def remove(request: HttpRequest) -> HttpResponse:
    """Give the second factor up."""
    if not has_second_factor(request):
        return redirect("desk:second_factor")
    form = BothForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.remove(
                user=signed_in_user(request),
                authentication=identity_proved(request, form.cleaned_data["password"]),
                at=clock.now(),
            )
        except Refused as refusal:
            _show(form, refusal)
        else:
            messages.success(request, _("Your second factor is removed: the password alone opens."))
            return redirect("desk:second_factor")
    return render(request, "desk/second_factor_remove.html", {"form": form})


def _recovery_codes_page(
    request: HttpRequest, recovery: list[str], *, is_new: bool
) -> HttpResponse:
    page = {"recovery_codes": recovery, "is_new": is_new}
    return render(request, "desk/second_factor_codes.html", page)


def _show(form: BothForm, refusal: Refused) -> None:
    fields: dict[type[Refused], str] = {WrongPassword: "password", WrongNewCode: "new_code"}
    form.add_error(fields.get(type(refusal)), f"{refusal.reason} {refusal.remedy}")


def _secret_to_be(request: HttpRequest) -> str:
    """The secret that the page offers; the same until it is used, so that a slip costs no scan."""
    kept = request.session.get(SECRET_TO_BE)
    if kept:
        return decrypt(kept)
    secret = new_secret()
    request.session[SECRET_TO_BE] = encrypt(secret)
    return secret


def _picture(address: str) -> SafeString:
    code = segno.make(address, error="m", micro=False)
    # Attributes only, no style: the page's policy allows nothing else.
    drawn = code.svg_inline(omitsize=True, svgclass=None, lineclass=None, light="#fff")
    return mark_safe(drawn)  # noqa: S308 - segno's own SVG; the address is only its modules
