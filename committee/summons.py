"""What the members are told of a meeting by e-mail: the call, each change, the end, the results.

A message names acts by number and kind, and nobody: what is asked stands on the acts' pages.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from committee.models import Act, AgendaItem, Meeting, Membership
from committee.words import KIND_WORDS
from ltip import clock
from ltip.accounts.models import User
from ltip.notices.services import Recipient, write_message
from ltip.records.templatetags.figures import moment
from ltip.rules.calendars import day_text

WHY = "notice of a meeting"


def tell_of_call(
    meeting: Meeting,
    items: Iterable[AgendaItem],
    members: Iterable[Membership],
    *,
    by: User,
    at: datetime,
) -> None:
    """Give each member notice of the meeting with its agenda."""
    text = _("The Committee meets on %(moment)s.\n\nPlace: %(place)s\n\n%(notice)s%(agenda)s") % {
        "moment": when(meeting),
        "place": meeting.place,
        "notice": f"{meeting.notice.strip()}\n\n" if meeting.notice.strip() else "",
        "agenda": _agenda(items),
    }
    _tell(meeting, _("Meeting of the Committee on %(day)s"), text, "called", members, by=by, at=at)


def tell_of_items(
    meeting: Meeting,
    items: list[AgendaItem],
    members: Iterable[Membership],
    *,
    by: User,
    at: datetime,
) -> None:
    """Tell each member what was put on the agenda since."""
    text = _("This is now also on the agenda of the meeting on %(moment)s.\n\n%(agenda)s") % {
        "moment": when(meeting),
        "agenda": _agenda(items),
    }
    subject = _("Agenda of the meeting of the Committee on %(day)s")
    occasion = f"agenda {items[0].position}"
    _tell(meeting, subject, text, occasion, members, by=by, at=at)


def tell_of_cancellation(
    meeting: Meeting, reason: str, members: Iterable[Membership], *, by: User, at: datetime
) -> None:
    """Tell each member that the meeting does not take place, and why."""
    text = _("The meeting of the Committee on %(moment)s does not take place.\n\n%(reason)s") % {
        "moment": when(meeting),
        "reason": reason,
    }
    subject = _("Cancelled: the meeting of the Committee on %(day)s")
    _tell(meeting, subject, text, "cancelled", members, by=by, at=at)


def tell_of_results(
    meeting: Meeting,
    results: Iterable[tuple[Act, str]],
    members: Iterable[Membership],
    *,
    by: User,
    at: datetime,
) -> None:
    """Tell each member, also who was not there, what became of the acts."""
    lines = [f"{_named(act)}: {outcome}" for act, outcome in results]
    text = _("The record of the meeting on %(moment)s is certified.\n\n%(results)s") % {
        "moment": when(meeting),
        "results": "\n".join(lines) or _("No act was on the agenda."),
    }
    subject = _("What the Committee decided on %(day)s")
    _tell(meeting, subject, text, "certified", members, by=by, at=at)


def when(meeting: Meeting) -> str:
    """The moment at which it begins, in the company's own time zone."""
    return moment(meeting.begins_at, str(clock.company_zone()))


def occasion_of_call(meeting: Meeting, member: Membership) -> str:
    """What makes the notice of a meeting to a member the same message."""
    return f"meeting {meeting.number} called {member.user.public_id}"


def _agenda(items: Iterable[AgendaItem]) -> str:
    lines = [f"{item.position}. {_named(item.act)}" for item in items]
    where = _("Each act stands under “To decide” in the Long Term Incentive Program.")
    return "\n".join([_("Agenda:"), *lines, "", where]) if lines else _("No act is on the agenda.")


def _named(act: Act) -> str:
    kind = KIND_WORDS.get(act.kind, act.kind)
    return _("Act %(number)s, %(kind)s") % {"number": act.number, "kind": kind}


def _tell(
    meeting: Meeting,
    subject: str,
    text: str,
    occasion: str,
    members: Iterable[Membership],
    *,
    by: User,
    at: datetime,
) -> None:
    for member in members:
        user = member.user
        write_message(
            to=Recipient(str(user.public_id), user.name, user.email),
            subject=subject % {"day": day_text(meeting.held_on)},
            text=text,
            why=WHY,
            occasion=f"meeting {meeting.number} {occasion} {user.public_id}",
            by=by,
            at=at,
        )
