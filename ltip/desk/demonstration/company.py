"""The invented company and those who administer its program; every role can be taken."""

from typing import NamedTuple

from ltip import clock
from ltip.records.selectors import company

NAME = "Larkfield Networks, Inc. (an invented company)"
STATE = "Delaware"
OFFICE = "1 Invented Way, Larkfield, California (an invented address)"
TIME_ZONE = "America/Los_Angeles"
EXCHANGE = "XNYS"
DOMAIN = "larkfield.example"
# Shown to whoever opens the demonstration: it keeps nobody out.
PASSWORD = "an invented company"  # noqa: S105


class SignIn(NamedTuple):
    """One role that can be taken in the demonstration."""

    role: str
    name: str
    email: str
    password: str


def email_of(name: str) -> str:
    """The invented address of a person."""
    return f"{name.lower().replace(' ', '.')}@{DOMAIN}"


COMMITTEE = (("Margaret Holloway", "chair"), ("Daniel Osei", "member"), ("Priya Raman", "member"))
SECRETARY = "Claire Whitcombe"
HUMAN_RESOURCES = "Tom Ashby"
STOCK_ADMINISTRATOR = "Nadia Farouk"
FINANCE = "Peter Lindqvist"
AUDITOR = "Ruth Abernathy"
STAFF = {
    "secretary": SECRETARY,
    "human_resources": HUMAN_RESOURCES,
    "stock_administrator": STOCK_ADMINISTRATOR,
    "finance": FINANCE,
    "auditor": AUDITOR,
}
PARTICIPANTS = {"US": "Alice Renner", "GB": "Oliver Pemberton"}
SIGN_INS = {
    "Committee, chair": COMMITTEE[0][0],
    "Committee, member": COMMITTEE[1][0],
    "Committee, other member": COMMITTEE[2][0],
    "Secretary of the Committee": SECRETARY,
    "Human resources": HUMAN_RESOURCES,
    "Stock administrator": STOCK_ADMINISTRATOR,
    "Finance": FINANCE,
    "Auditor": AUDITOR,
    "Participant, United States": PARTICIPANTS["US"],
    "Participant, United Kingdom": PARTICIPANTS["GB"],
}


def is_served() -> bool:
    """Whether this database is the demonstration of the invented company."""
    served = company()
    return served is not None and served.name == NAME and clock.demonstration_day() is not None


def sign_ins() -> list[SignIn]:
    """Who one can be in the demonstration, a role each; empty in any other database."""
    if not is_served():
        return []
    return [SignIn(role, name, email_of(name), PASSWORD) for role, name in SIGN_INS.items()]
