"""What waits for whom, with the date by which: the content of each role's first page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committee.selectors import acts_awaiting
from ltip.accounts.models import Role, User
from ltip.desk.selectors import Phase, Situation
from participants.papers.selectors import notices_to_sign

PLACE_OF_WINDOW = "P Grants"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do: what it is, why, where it is done, and by when."""

    title: str
    sentence: str
    url: str
    by: date | None = None
    place: str = ""


def waiting_for(
    user: User, roles: frozenset[Role], situations: list[Situation], today: date
) -> list[Waiting]:
    """Everything that waits for a user in any of the roles, the nearest date first."""
    found: list[Waiting] = []
    if Role.COMMITTEE_MEMBER in roles:
        found += _for_member(user, situations, today)
    for situation in situations:
        if Role.SECRETARY in roles:
            found += _for_secretary(situation)
        if Role.HUMAN_RESOURCES in roles:
            found += _for_human_resources(situation)
        if Role.STOCK_ADMINISTRATOR in roles:
            found += _for_stock_administrator(situation)
        if Role.FINANCE in roles:
            found += _for_finance(situation)
    if Role.PARTICIPANT in roles:
        found += _for_participant(user)
    return sorted(found, key=lambda item: (item.by is None, item.by or today, item.title))


def _for_member(user: User, situations: list[Situation], today: date) -> list[Waiting]:
    closes = {s.period.label: s.window_closes for s in situations if s.phase is Phase.WINDOW_OPEN}
    return [
        Waiting(
            title=act.title,
            sentence=_("Act %(number)s waits for your signature.") % {"number": act.number},
            url=reverse("committee:act", args=[act.public_id]),
            by=closes.get(act.subject),
            place=PLACE_OF_WINDOW,
        )
        for act in acts_awaiting(user, on=today)
    ]


def _for_secretary(situation: Situation) -> list[Waiting]:
    period = situation.period
    label = {"period": period.label}
    found = []
    if situation.phase is Phase.WINDOW_OPEN:
        if not situation.has_goal and "goal" not in situation.open_acts:
            found.append(
                Waiting(
                    title=_("Set the goal of %(period)s") % label,
                    sentence=_("The Committee sets it in writing inside the window."),
                    url=reverse("committee:set_goal", args=[period]),
                    by=situation.window_closes,
                    place="P Performance Goals",
                )
            )
        designating = "designation" in situation.open_acts
        if situation.proposed - situation.designated and not designating:
            found.append(
                Waiting(
                    title=_("Put the participants of %(period)s before the Committee") % label,
                    sentence=_("Human resources has chosen them and their target shares."),
                    url=reverse("participants:enrolment", args=[period]),
                    by=situation.window_closes,
                    place="P Eligibility",
                )
            )
    if (
        situation.phase is Phase.AWAITING_CERTIFICATION
        and situation.has_final_run
        and "certification" not in situation.open_acts
    ):
        found.append(
            Waiting(
                title=_("Prepare the certification of %(period)s") % label,
                sentence=_("The annual report is filed and the period is measured."),
                url=reverse("participants:propose_certification", args=[period]),
                place="GA §4",
            )
        )
    return found


def _for_human_resources(situation: Situation) -> list[Waiting]:
    period = situation.period
    label = {"period": period.label}
    found = []
    if situation.phase is Phase.WINDOW_OPEN and not (situation.proposed or situation.designated):
        found.append(
            Waiting(
                title=_("Choose who takes part in %(period)s") % label,
                sentence=_("Select eligible employees and set their target shares."),
                url=reverse("participants:enrolment", args=[period]),
                by=situation.window_closes,
                place="P Eligibility",
            )
        )
    unsigned = len(situation.unsigned)
    if unsigned:
        found.append(
            Waiting(
                title=ngettext(
                    "%(count)d holder of %(period)s has not signed",
                    "%(count)d holders of %(period)s have not signed",
                    unsigned,
                )
                % {"count": unsigned, **label},
                sentence=_("Nothing is delivered to a holder who has not signed the notice."),
                url=reverse("participants:signatures", args=[period]),
                place="GN",
            )
        )
    return found


def _for_stock_administrator(situation: Situation) -> list[Waiting]:
    period = situation.period
    label = {"period": period.label}
    found = []
    over = situation.phase in (Phase.AWAITING_REPORT, Phase.AWAITING_CERTIFICATION)
    if situation.phase is Phase.AWAITING_REPORT:
        found.append(
            Waiting(
                title=_("Record the annual report for %(period)s") % label,
                sentence=_("Nothing is certified before the Form 10-K is filed."),
                url=reverse("program:annual_report"),
                place="GA §4",
            )
        )
    if over and situation.has_goal and situation.standings and not situation.has_final_run:
        found.append(
            Waiting(
                title=_("Measure %(period)s") % label,
                sentence=_("The period is over; a final run says what it achieved."),
                url=reverse("program:runs", args=[period]),
                place="GA §2",
            )
        )
    if situation.phase is Phase.SETTLING and not situation.open_batch:
        found.append(
            Waiting(
                title=_("Settle %(period)s") % label,
                sentence=_("Tick the conditions, enter the tax, and prepare the batch.")
                if situation.due
                else _("Nothing can be delivered before the Settlement Date."),
                url=reverse("participants:settlement", args=[period]),
                by=situation.next_date,
                place="GA §4",
            )
        )
    return found


def _for_finance(situation: Situation) -> list[Waiting]:
    if not situation.open_batch:
        return []
    return [
        Waiting(
            title=_("Approve the settlement of %(period)s") % {"period": situation.period.label},
            sentence=_("Prepared by %(name)s.") % {"name": situation.open_batch.prepared_by.name},
            url=reverse("participants:settlement", args=[situation.period]),
            by=situation.next_date,
            place="GA §4",
        )
    ]


def _for_participant(user: User) -> list[Waiting]:
    employee = getattr(user, "employee", None)
    if employee is None:
        return []
    return [
        Waiting(
            title=_("Sign your notice of grant for %(period)s")
            % {"period": notice.award.period.label},
            sentence=_("The award stands, but nothing is delivered until you have signed."),
            url=reverse("participants:notice", args=[notice.award.public_id]),
            place="GN",
        )
        for notice in notices_to_sign(employee)
    ]
