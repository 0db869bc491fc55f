"""Who has signed the notice of grant, and who has not, for those who keep the papers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ltip.notices.models import GivenNotice, Message
from ltip.program.models import PerformancePeriod
from ltip.rules.outcome import Step
from participants.awards.models import Award
from participants.awards.selectors import Standing, standings
from participants.papers.models_signing import NoticeDecline
from participants.people.models import Employee

REMINDER = "reminder to sign the notice of grant"


@dataclass(frozen=True, slots=True)
class HolderSignature:
    """A holder's notice on a day: signed, still to sign, or with nothing left to sign for.

    `sign_by` is the last day to sign, where the notice sets one; `over` says why nothing is left.
    """

    award: Award
    employee: Employee
    signed_on: date | None
    is_over: bool
    over: tuple[Step, ...]
    sign_by: date | None
    died_on: date | None
    decline: NoticeDecline | None = None
    reminders: tuple[Message, ...] = ()
    letters: tuple[GivenNotice, ...] = ()

    @property
    def is_by_heirs(self) -> bool:
        return hasattr(self.award.notice, "heirs_acceptance")

    @property
    def is_missing(self) -> bool:
        return self.signed_on is None and not self.is_over

    @property
    def may_be_reminded(self) -> bool:
        """Who has no account, or has died, can't sign here."""
        return self.is_missing and self.died_on is None and self.employee.user_id is not None


def signatures_for(period: PerformancePeriod, *, on: date) -> list[HolderSignature]:
    """Every holder of a period by name, in a constant number of queries (rulebook 11.1)."""
    everyone = standings(period)
    recipients = {str(standing.person.employee.public_id) for standing in everyone}
    reminders, letters = _reminders(period, recipients), _letters(recipients)
    rows = NoticeDecline.objects.filter(notice__award__period=period)
    declines = {decline.notice_id: decline for decline in rows}
    return [
        HolderSignature(
            award=standing.award,
            employee=standing.person.employee,
            signed_on=_signed_on(standing.award),
            is_over=standing.state_on(on) in ("forfeited", "void"),
            over=standing.void_steps(on),
            sign_by=_sign_by(standing),
            died_on=standing.person.died_on,
            decline=declines.get(standing.award.notice.pk),
            reminders=tuple(reminders[str(standing.person.employee.public_id)]),
            letters=tuple(letters[str(standing.person.employee.public_id)]),
        )
        for standing in everyone
    ]


def reminder_of(award: Award, day: date) -> str:
    """What makes a reminder the same one: one for each award and day."""
    return f"sign {award.public_id} {day.isoformat()}"


def _signed_on(award: Award) -> date | None:
    signed = award.notice.signed
    return signed.signed_on if signed else None


def _sign_by(standing: Standing) -> date | None:
    last_day: date | None = standing.award.notice.sign_by
    return last_day if standing.lapse().value else None


def _reminders(period: PerformancePeriod, recipients: Iterable[str]) -> dict[str, list[Message]]:
    """The reminders about this period's notices, the latest first."""
    rows = Message.objects.filter(
        recipient__in=recipients, why=REMINDER, subject__contains=period.label
    ).select_related("given")
    found: dict[str, list[Message]] = defaultdict(list)
    for row in rows.order_by("-pk"):
        found[row.recipient].append(row)
    return found


def _letters(recipients: Iterable[str]) -> dict[str, list[GivenNotice]]:
    """What was given to them by certified mail, the latest first."""
    rows = GivenNotice.objects.filter(
        message__recipient__in=recipients, message__means=Message.Means.CERTIFIED_MAIL
    ).select_related("message")
    found: dict[str, list[GivenNotice]] = defaultdict(list)
    for row in rows.order_by("-given_on", "-pk"):
        found[row.message.recipient].append(row)
    return found
