"""Every date that the Program makes, from what is on record: one list, read by page, calendar
feed and reminders alike."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from committee.agenda import open_meetings
from ltip.accounts.models import Role, User
from ltip.desk.deadline import STAFF, Deadline
from ltip.desk.deadlines_of_awards import dates_of_awards
from ltip.desk.deadlines_of_periods import dates_of_period, dates_of_settlement, dates_of_window
from ltip.desk.selectors import Situation
from ltip.program.selectors import stockholder_approval_date
from participants.awards.selectors import standings_of
from participants.control.selectors import awaiting_the_firm


def deadlines(today: date, situations: list[Situation]) -> list[Deadline]:
    """All dates that are open on a day, the nearest first, in a constant number of queries."""
    found: list[Deadline] = []
    approved_on = stockholder_approval_date()
    for situation in situations:
        found += dates_of_window(situation, approved_on)
        found += dates_of_period(situation)
        found += dates_of_settlement(situation)
    found += dates_of_awards([s for each in situations for s in each.standings], today)
    found += _of_parachutes()
    found += _of_meetings()
    return _in_order(found)


def deadlines_for(
    user: User, roles: frozenset[Role], today: date, situations: list[Situation]
) -> list[Deadline]:
    """The dates of one person: by the roles held, or those of their own awards alone."""
    if roles & STAFF:
        return [one for one in deadlines(today, situations) if one.concerns(user, roles)]
    employee = getattr(user, "employee", None)
    own = dates_of_awards(standings_of(employee), today) if employee else []
    return _in_order([one for one in own if one.holder == user.pk])


def _of_meetings() -> list[Deadline]:
    return [
        Deadline(
            f"meeting:{meeting.number}",
            meeting.held_on,
            _("Meeting of the Committee"),
            "P Administration",
            _("The secretary records what it decided, and certifies it."),
            reverse("committee:meeting", args=[meeting.public_id]),
            acts=frozenset({Role.COMMITTEE_MEMBER, Role.SECRETARY}),
            knows=frozenset(),
            opens_to=frozenset({Role.COMMITTEE_MEMBER, Role.SECRETARY}),
        )
        for meeting in open_meetings()
    ]


def _of_parachutes() -> list[Deadline]:
    return [
        Deadline(
            f"parachute:{each.comparison.public_id}",
            each.due_on,
            _("The auditing firm's parachute calculations are due"),
            "P Limitation on Payments",
            _("Ask the firm for its calculations."),
            reverse("participants:parachute", args=[each.comparison.public_id]),
            acts=frozenset({Role.FINANCE, Role.STOCK_ADMINISTRATOR}),
            subject=each.comparison.employee.name,
        )
        for each in awaiting_the_firm()
    ]


def _in_order(found: list[Deadline]) -> list[Deadline]:
    return sorted(found, key=lambda one: (one.day, one.title, one.subject, one.key))
