"""What every page shows around its content: navigation, roles, the demonstration's banner."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ltip import clock
from ltip.accounts.access import roles_of
from ltip.accounts.models import Role
from ltip.records.selectors import company

STAFF = frozenset(Role) - {Role.PARTICIPANT}
ROLE_WORDS = {
    Role.COMMITTEE_MEMBER: gettext_noop("Committee member"),
    Role.SECRETARY: gettext_noop("Secretary of the Committee"),
    Role.HUMAN_RESOURCES: gettext_noop("Human resources"),
    Role.STOCK_ADMINISTRATOR: gettext_noop("Stock administrator"),
    Role.FINANCE: gettext_noop("Finance"),
    Role.AUDITOR: gettext_noop("Auditor"),
    Role.PARTICIPANT: gettext_noop("Participant"),
}
MENU: tuple[tuple[str, str, frozenset[Role]], ...] = (
    (gettext_noop("Home"), "desk:home", frozenset(Role)),
    (
        gettext_noop("To decide"),
        "committee:docket",
        frozenset({Role.COMMITTEE_MEMBER, Role.SECRETARY}),
    ),
    (gettext_noop("Calendar"), "desk:calendar", frozenset(Role)),
    (
        gettext_noop("Employees"),
        "participants:employees",
        frozenset({Role.HUMAN_RESOURCES, Role.SECRETARY}),
    ),
    (
        gettext_noop("Prices"),
        "program:prices",
        frozenset({Role.STOCK_ADMINISTRATOR, Role.FINANCE, Role.SECRETARY, Role.COMMITTEE_MEMBER}),
    ),
    (
        gettext_noop("Annual reports"),
        "program:annual_report",
        frozenset({Role.STOCK_ADMINISTRATOR}),
    ),
    (
        gettext_noop("Minute book"),
        "committee:minutes",
        frozenset({Role.COMMITTEE_MEMBER, Role.SECRETARY}),
    ),
    (
        gettext_noop("Notices"),
        "notices:log",
        frozenset({Role.SECRETARY, Role.HUMAN_RESOURCES}),
    ),
    (gettext_noop("The Program"), "desk:program", STAFF),
    (gettext_noop("My awards"), "participants:my_awards", frozenset({Role.PARTICIPANT})),
)


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    url: str
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Demonstration:
    company_name: str
    day: Any


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Navigation and banner; read only by templates that show them."""
    return {
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "role_words": SimpleLazyObject(lambda: _role_words(request)),
        "demonstration": SimpleLazyObject(_demonstration),
        "demonstration_sign_ins": SimpleLazyObject(lambda: _sign_ins(request)),
        "today": cache(clock.today),
    }


def _navigation(request: HttpRequest) -> list[Entry]:
    roles = roles_of(request)
    readers = roles | (STAFF if Role.AUDITOR in roles else frozenset())
    return [
        Entry(label=_(label), url=reverse(name), current=request.path == reverse(name))
        for label, name, allowed in MENU
        if readers & allowed
    ]


def _role_words(request: HttpRequest) -> str:
    return ", ".join(sorted(_(ROLE_WORDS[role]) for role in roles_of(request)))


def _demonstration() -> Demonstration | None:
    day = clock.demonstration_day()
    served = company()
    return Demonstration(served.name, day) if day and served else None


def _sign_ins(request: HttpRequest) -> list[Any]:
    from ltip.desk.demonstration import sign_ins

    if request.path != reverse("account_login") or clock.demonstration_day() is None:
        return []
    return sign_ins()
