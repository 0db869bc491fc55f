"""Reminders by e-mail, 30, 14, 7 and 1 days before a date, to whoever must act by it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ltip import clock
from ltip.accounts.models import Role, User
from ltip.accounts.selectors import holders_of
from ltip.desk.deadlines import Deadline, deadlines
from ltip.jobs.models import Job
from ltip.jobs.services import Report
from ltip.jobs.timetable import entry
from ltip.notices.services import Recipient, write_message
from ltip.rules.calendars import day_text
from participants.people.addresses import recipients_of

DAYS_BEFORE = (1, 7, 14, 30)


@entry("desk.reminders", every=timedelta(days=1))
def write_reminders(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """Write what is due today, each reminder once; the next job of the timetable sends it."""
    today, at, written = clock.today(), clock.now(), 0
    users: dict[Role, list[User]] = {role: list(holders_of(role, today)) for role in Role}
    participants = recipients_of(user.pk for user in users[Role.PARTICIPANT])
    for one in deadlines(today):
        step = step_due(one.day, today)
        for to in _asked(one, users, participants) if step else ():
            message = write_message(
                to=to,
                subject=f"{one.title}: {_left(one.day, today)}",
                text=_text(one, today),
                why=f"reminder, {step} days before",
                occasion=f"reminder {one.key} {one.day} {step} {to.public_id}",
                by=None,
                at=at,
            )
            written += message is not None
    return f"{written} written"


def step_due(day: date, today: date) -> int | None:
    """Which of the reminders a date has come to; a day missed is made up for, a passed date not."""
    left = (day - today).days
    return next((step for step in DAYS_BEFORE if 0 <= left <= step), None)


def _asked(
    one: Deadline, users: dict[Role, list[User]], participants: dict[int, Recipient]
) -> Iterator[Recipient]:
    asked = {user.pk: user for role in one.acts for user in users[role]}
    for user in asked.values():
        yield participants.get(user.pk) or Recipient(str(user.public_id), user.name, user.email)
    if one.holder_acts and one.holder in participants and one.holder not in asked:
        yield participants[one.holder]


def _text(one: Deadline, today: date) -> str:
    return _(
        "%(title)s.\n\nDate: %(day)s, %(left)s.%(place)s\n\n"
        "It stands on your calendar in the Long Term Incentive Program, with the way to it."
    ) % {
        "title": one.title,
        "day": day_text(one.day),
        "left": _left(one.day, today),
        "place": f" ({one.place})" if one.place else "",
    }


def _left(day: date, today: date) -> str:
    left = (day - today).days
    if left == 0:
        return _("today is the last day")
    return ngettext("%(left)d day left", "%(left)d days left", left) % {"left": left}
