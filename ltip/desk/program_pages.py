"""The pages about the Program itself, which are opened rarely and decide much."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ltip.accounts.models import Role

STAFF = frozenset(Role) - {Role.PARTICIPANT}
PAPERS = STAFF - {Role.COMMITTEE_MEMBER}
PAGES: tuple[tuple[str, str, str, frozenset[Role]], ...] = (
    (
        "committee:readings",
        gettext_noop("Readings"),
        gettext_noop("How the Committee reads the Program where its text is silent."),
        STAFF,
    ),
    (
        "desk:traceability",
        gettext_noop("Traceability"),
        gettext_noop("Every place of the Program, and what in this software stands for it."),
        STAFF,
    ),
    (
        "participants:plan_limits",
        gettext_noop("The Plan's limits"),
        gettext_noop("The share reserve and the limit of one person, and what is left of them."),
        STAFF,
    ),
    (
        "program:stockholder_approval",
        gettext_noop("Stockholder approval"),
        gettext_noop("The day from which stricter rules hold for Covered Employees."),
        STAFF,
    ),
    (
        "participants:amendments",
        gettext_noop("Amendments"),
        gettext_noop("Changes of the Program, and the consents that they need."),
        frozenset({Role.COMMITTEE_MEMBER, Role.SECRETARY, Role.HUMAN_RESOURCES, Role.AUDITOR}),
    ),
    (
        "participants:supplements",
        gettext_noop("Countries"),
        gettext_noop("Special terms outside the United States, and the joint elections."),
        frozenset(
            {
                Role.SECRETARY,
                Role.HUMAN_RESOURCES,
                Role.STOCK_ADMINISTRATOR,
                Role.FINANCE,
                Role.AUDITOR,
            }
        ),
    ),
    (
        "participants:incorporated_documents",
        gettext_noop("Documents of the notice"),
        gettext_noop("What holders open before they sign: Program, Plan, policy, prospectus."),
        PAPERS,
    ),
    (
        "participants:holder_pages",
        gettext_noop("Holders' pages"),
        gettext_noop("Whether holders see how their period stands, and whether an officer signs."),
        PAPERS,
    ),
    (
        "participants:signing_officers",
        gettext_noop("Signing officers"),
        gettext_noop("Who may sign notices of grant for the company."),
        PAPERS,
    ),
    (
        "participants:tax_rates",
        gettext_noop("Rates of tax"),
        gettext_noop("What is approved for a day, by jurisdiction, and exchange rates."),
        frozenset({Role.STOCK_ADMINISTRATOR, Role.FINANCE, Role.AUDITOR}),
    ),
    (
        "program:fiscal_quarters",
        gettext_noop("Fiscal quarters"),
        gettext_noop("The days on which they end; a change in control hangs on them."),
        STAFF - {Role.HUMAN_RESOURCES},
    ),
    (
        "participants:change_in_control",
        gettext_noop("Change in control"),
        gettext_noop("What it would do on any day, tried without a trace, and recording it."),
        STAFF,
    ),
    (
        "participants:parachutes",
        gettext_noop("Parachute payments"),
        gettext_noop("Everything, or just so much that no excise falls due."),
        STAFF,
    ),
)


@dataclass(frozen=True, slots=True)
class ProgramPage:
    """A page with the sentence that says what it is for."""

    label: str
    sentence: str
    url: str


def program_pages(roles: Iterable[Role]) -> list[ProgramPage]:
    """The pages that a person with these roles may open."""
    held = frozenset(roles)
    return [
        ProgramPage(_(label), _(sentence), reverse(name))
        for name, label, sentence, readers in PAGES
        if held & readers
    ]
