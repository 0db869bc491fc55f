"""The second page of signing in, for who has a second factor."""

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ltip import clock
from ltip.accounts import codes
from ltip.accounts.forms import CodeForm
from ltip.accounts.stages import CodeStage
from ltip.rules.outcome import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@login_stage_required(stage=CodeStage.key, redirect_urlname="account_login")
def login_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code after the password; the right one signs in."""
    stage: Any = request._login_stage  # type: ignore[attr-defined]
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = codes.GivenCode(form.cleaned_data["one_time_code"], clock.machine_now())
        try:
            codes.spend(user=stage.login.user, code=given)
        except Refused as refusal:
            form.add_error("one_time_code", f"{refusal.reason} {refusal.remedy}")
        else:
            answer: HttpResponse = stage.exit()
            return answer
    return render(request, "account/login_code.html", {"form": form})
