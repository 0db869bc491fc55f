"""What the sign-in libraries ask of us: no self sign-up, then a code, whom a failure counts for."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from django.http import HttpRequest

from ltip.site_address import link_to


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people get their account from those who keep the people."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The page where a password is set, at the address of this installation."""
        return link_to(urlsplit(super().get_reset_password_from_key_url(key)).path)

    def get_login_stages(self) -> list[str]:
        """After the password, a code of who has a second factor."""
        return [*super().get_login_stages(), "ltip.accounts.stages.CodeStage"]


def attempted_email(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The e-mail a sign-in was attempted for, in lower case.

    Without it five tries would be had again for each way of writing the same address.
    """
    given = credentials or {}
    email = given.get("email") or given.get("username") or request.POST.get("login", "")
    return str(email).strip().lower()


def client_address(request: HttpRequest) -> str:
    """The network address of the person, behind as many proxies as the settings trust."""
    return get_adapter().get_client_ip(request)
