"""The step between the password and being signed in: a code, for who has a second factor."""

from typing import Any

from allauth.account.stages import LoginStage
from django.http import HttpResponse
from django.shortcuts import redirect

from ltip.accounts.selectors import second_factor_of


class CodeStage(LoginStage):
    """Asks for a code; whoever has no second factor passes."""

    key = "second_factor"
    urlname = "account_login_code"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """The page to go to first, if any, and whether the sign-in may go on."""
        user: Any = self.login.user
        if user is None or second_factor_of(user) is None:
            return None, True
        return redirect(self.urlname), True
