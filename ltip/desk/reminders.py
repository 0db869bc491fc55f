"""Reminders by e-mail, 30, 14, 7 and 1 days before a date, to whoever must act by it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ltip import clock
from ltip.accounts.models import Role, User
from ltip.accounts.selectors import holders_of
from ltip.desk.deadline import Deadline
from ltip.desk.deadlines import deadlines
from ltip.desk.selectors import situations
from ltip.jobs.models import Job
from ltip.jobs.services import Report
from ltip.jobs.timetable import entry
from ltip.notices.services import Recipient, write_message
from ltip.rules.calendars import day_text
from ltip.site_address import link_to
from participants.people.addresses import recipients_of

DAYS_BEFORE = (1, 7, 14, 30)


@entry("desk.reminders", every=timedelta(days=1))
def write_reminders(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """Write what is due today, each reminder once; the next job of the timetable sends it."""
    today, at, written = clock.today(), clock.now(), 0
    roles_of: dict[User, set[Role]] = defaultdict(set)
    for role in Role:
        for user in holders_of(role, today):
            roles_of[user].add(role)
    addresses = recipients_of(user.pk for user in roles_of)
    for one in deadlines(today, situations(today)):
        step = step_due(one.day, today)
        for user, roles in _asked(one, roles_of) if step else ():
            to = addresses.get(user.pk) or Recipient(str(user.public_id), user.name, user.email)
            message = write_message(
                to=to,
                subject=f"{one.title}: {_left(one.day, today)}",
                text=_text(one, one.url_for(user, roles), today),
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
    one: Deadline, roles_of: dict[User, set[Role]]
) -> Iterator[tuple[User, frozenset[Role]]]:
    for user, held in roles_of.items():
        roles = frozenset(held)
        if one.is_asked_of(user, roles):
            yield user, roles


def _text(one: Deadline, path: str, today: date) -> str:
    place = f" ({one.place})" if one.place else ""
    about = _("%(title)s.\n\nDate: %(day)s, %(left)s.%(place)s") % {
        "title": one.title,
        "day": day_text(one.day),
        "left": _left(one.day, today),
        "place": place,
    }
    way = (
        _("Here it is done: %(link)s") % {"link": link_to(path)}
        if path
        else _("It stands on your calendar: %(link)s") % {"link": link_to(reverse("desk:calendar"))}
    )
    return f"{about}\n\n{way}"


def _left(day: date, today: date) -> str:
    left = (day - today).days
    if left == 0:
        return _("today is the last day")
    return ngettext("%(left)d day left", "%(left)d days left", left) % {"left": left}
