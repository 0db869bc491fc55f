"""What waits for whom, with the date by which: the content of each role's first page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committee.agenda import open_meetings
from committee.selectors import acts_awaiting
from ltip import clock
from ltip.accounts.models import Role, User
from ltip.desk.selectors import Phase, Situation
from ltip.notices.selectors import in_doubt
from ltip.records.templatetags.figures import moment
from ltip.rules.calendars import day_text
from participants.control.selectors import awaiting_the_firm
from participants.papers.amending import drafts_to_answer
from participants.papers.company_signing import periods_to_sign_for
from participants.papers.elections import awards_to_elect_for
from participants.papers.models import Notice
from participants.papers.selectors import notices_to_sign
from participants.people.heirs import heirs_of
from participants.settlement.rates import rates_on_record

PLACE_OF_WINDOW = "P Grants"
OFFICERS = frozenset(Role) - {Role.PARTICIPANT, Role.COMMITTEE_MEMBER, Role.AUDITOR}
KEEPERS_OF_NOTICES = frozenset({Role.SECRETARY, Role.HUMAN_RESOURCES})


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
    if roles & {Role.COMMITTEE_MEMBER, Role.SECRETARY}:
        found += _for_meetings(is_secretary=Role.SECRETARY in roles)
    for situation in situations:
        if Role.SECRETARY in roles:
            found += _for_secretary(situation)
        if Role.HUMAN_RESOURCES in roles:
            found += _for_human_resources(situation)
        if Role.STOCK_ADMINISTRATOR in roles:
            found += _for_stock_administrator(situation)
        if Role.FINANCE in roles:
            found += _for_finance(situation)
    if Role.HUMAN_RESOURCES in roles:
        found += _for_heirs(situations)
    if roles & KEEPERS_OF_NOTICES:
        found += _for_notices()
    if roles & {Role.FINANCE, Role.STOCK_ADMINISTRATOR}:
        found += _for_parachutes()
        found += _for_rates(user)
    if roles & OFFICERS:
        found += _for_officer(user, today)
    if Role.PARTICIPANT in roles:
        found += _for_participant(user, today)
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


def _for_meetings(*, is_secretary: bool) -> list[Waiting]:
    """The meetings to come, and for the secretary those whose outcome is not on record yet."""
    now, zone = clock.now(), str(clock.company_zone())
    found = []
    for meeting in open_meetings():
        begun = meeting.begins_at <= now
        if begun and not is_secretary:
            continue
        found.append(
            Waiting(
                title=_("Record the meeting of %(day)s") % {"day": day_text(meeting.held_on)}
                if begun
                else _("Meeting of the Committee"),
                sentence=_("Say what it decided, attach the minutes, and certify it.")
                if begun
                else f"{moment(meeting.begins_at, zone)}, {meeting.place}",
                url=reverse("committee:meeting", args=[meeting.public_id]),
                by=meeting.held_on,
                place="P Administration",
            )
        )
    return found


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


def _for_heirs(situations: list[Situation]) -> list[Waiting]:
    dead = {
        standing.person.employee.pk: standing.person.employee
        for situation in situations
        for standing in situation.standings
        if standing.person.died_on and standing.settlement is None
    }
    heirs = heirs_of(dead.values())
    return [
        Waiting(
            title=_("Record the heirs of %(name)s") % {"name": employee.name},
            sentence=_("Nothing is delivered before it is recorded who takes the shares."),
            url=reverse("participants:succession", args=[employee.public_id]),
            place="GA §4",
        )
        for key, employee in dead.items()
        if not heirs[key].is_settled
    ]


def _for_notices() -> list[Waiting]:
    doubtful = in_doubt().count()
    if not doubtful:
        return []
    title = ngettext(
        "Decide about %(count)d message of which nobody knows whether it arrived",
        "Decide about %(count)d messages of which nobody knows whether they arrived",
        doubtful,
    )
    return [
        Waiting(
            title=title % {"count": doubtful},
            sentence=_("Ask the person; then say that it arrived, or that it is sent again."),
            url=reverse("notices:log"),
            place="GA §18",
        )
    ]


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
    measurable = situation.has_goal and not situation.measures_awaited
    if over and measurable and situation.standings and not situation.has_final_run:
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
    period = situation.period
    label = {"period": period.label}
    found = []
    over = situation.phase in (Phase.AWAITING_REPORT, Phase.AWAITING_CERTIFICATION)
    if over and situation.measures_awaited:
        found.append(
            Waiting(
                title=_("Record the financial results of %(period)s") % label,
                sentence=_("The goals measure %(measures)s.")
                % {"measures": ", ".join(situation.measures_awaited)},
                url=reverse("program:financial_results", args=[period]),
                place="P Performance Goals",
            )
        )
    if situation.open_batch:
        found.append(
            Waiting(
                title=_("Approve the settlement of %(period)s") % label,
                sentence=_("Prepared by %(name)s.")
                % {"name": situation.open_batch.prepared_by.name},
                url=reverse("participants:settlement", args=[period]),
                by=situation.next_date,
                place="GA §4",
            )
        )
    return found


def _for_parachutes() -> list[Waiting]:
    return [
        Waiting(
            title=_("Get the firm's calculations for %(name)s")
            % {"name": compared.comparison.employee.name},
            sentence=_("The firm that audits the company determines the parachute payments."),
            url=reverse("participants:parachute", args=[compared.comparison.public_id]),
            by=compared.due_on,
            place="P Limitation on Payments",
        )
        for compared in awaiting_the_firm()
    ]


def _for_officer(user: User, today: date) -> list[Waiting]:
    return [
        Waiting(
            title=_("Sign for the company: notices of %(period)s") % {"period": period.label},
            sentence=ngettext(
                "%(count)d notice of grant waits for an officer's signature.",
                "%(count)d notices of grant wait for an officer's signature.",
                count,
            )
            % {"count": count},
            url=reverse("participants:company_signature", args=[period]),
            place="GN",
        )
        for period, count in periods_to_sign_for(user, on=today)
    ]


def _for_rates(user: User) -> list[Waiting]:
    to_approve = len(rates_on_record().to_approve_by(user))
    if not to_approve:
        return []
    title = ngettext(
        "Approve %(count)d rate of tax or exchange",
        "Approve %(count)d rates of tax or exchange",
        to_approve,
    )
    return [
        Waiting(
            title=title % {"count": to_approve},
            sentence=_("Somebody else entered it; no settlement uses it before."),
            url=reverse("participants:tax_rates"),
            place="P Tax Withholding",
        )
    ]


def _for_participant(user: User, today: date) -> list[Waiting]:
    employee = getattr(user, "employee", None)
    if employee is None:
        return []
    notices = [
        Waiting(
            title=_("Sign your notice of grant for %(period)s")
            % {"period": notice.award.period.label},
            sentence=_before_signing(notice),
            url=reverse("participants:notice", args=[notice.award.public_id]),
            by=notice.sign_by,
            place="GN",
        )
        for notice in notices_to_sign(employee, on=today)
    ]
    elections = [
        Waiting(
            title=_("Sign the joint election for %(period)s") % {"period": award.period.label},
            sentence=_("The terms for your country ask for it; nothing vests before."),
            url=reverse("participants:joint_election", args=[award.public_id]),
            place="XB",
        )
        for award in awards_to_elect_for(employee, on=today)
    ]
    drafts = [
        Waiting(
            title=_("Answer: %(title)s") % {"title": draft.title},
            sentence=_("An amendment would hurt your award. It binds you only if you agree."),
            url=reverse("participants:consent", args=[draft.public_id]),
            place="GA §15",
        )
        for draft in drafts_to_answer(employee)
    ]
    return [*notices, *elections, *drafts]


def _before_signing(notice: Notice) -> str:
    if notice.sign_by:
        return _("If you don't sign by then, the award lapses, as the notice says.")
    if hasattr(notice, "decline"):
        return _("You declined it. Nothing is delivered until you sign, and you still may.")
    return _("The award stands, but nothing is delivered until you have signed.")
