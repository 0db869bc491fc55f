"""Every date that the Program makes, from what is on record: one list, read by page, calendar
feed and reminders alike."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from ltip.accounts.models import Role, User
from ltip.desk.selectors import Phase, Situation, situations
from ltip.program import selectors as program
from ltip.rules.deferral import short_term_deferral_deadline
from ltip.rules.reporting import annual_report_expected, form_4_due
from participants.awards.leaving import deferral_note
from participants.awards.selectors import Standing, standings_of
from participants.control.selectors import awaiting_the_firm
from participants.people.models import EmployeeStatus
from participants.settlement.abroad import TaxAbroad, tax_abroad

CM, SEC, HR = Role.COMMITTEE_MEMBER, Role.SECRETARY, Role.HUMAN_RESOURCES
SA, FIN = Role.STOCK_ADMINISTRATOR, Role.FINANCE
STAFF = frozenset(Role) - {Role.PARTICIPANT}
# Of what is done outside of here nobody records the end: it is shown for so long after its day.
SHOWN_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which something is due or happens.

    `key` stays the same when the day moves. `acts` are the roles that must do something by it,
    `knows` those to whom it is information. `subject` names the person it is about, left out
    where no names may stand; `holder` is that person's user, with `holder_acts` where they must.
    `opens_to` are the roles that may open the page at `url`.
    """

    key: str
    day: date
    title: str
    place: str
    remedy: str
    url: str
    acts: frozenset[Role] = frozenset()
    knows: frozenset[Role] = STAFF
    subject: str = ""
    holder: int | None = None
    holder_acts: bool = False
    own_url: str = ""
    opens_to: frozenset[Role] = STAFF

    def url_for(self, user: User, roles: frozenset[Role]) -> str:
        """Where it is looked at: a holder's own date on the holder's own page; "" for nowhere."""
        if self.own_url and self.holder == user.pk:
            return self.own_url
        return self.url if roles & (self.opens_to | {Role.AUDITOR}) else ""

    def concerns(self, user: User, roles: frozenset[Role]) -> bool:
        """Whether a person finds it on their list: by a role, or because it is theirs."""
        everything = Role.AUDITOR in roles
        return everything or self.holder == user.pk or bool(roles & (self.acts | self.knows))

    def is_asked_of(self, user: User, roles: frozenset[Role]) -> bool:
        """Whether that person must do something by it."""
        return bool(roles & self.acts) or (self.holder_acts and self.holder == user.pk)


def deadlines(today: date) -> list[Deadline]:
    """All dates that are open on a day, the nearest first, in a constant number of queries."""
    found: list[Deadline] = []
    history, approved_on = program.reading_history(), program.stockholder_approval_date()
    all_situations = situations(today)
    for situation in all_situations:
        found += _of_windows(situation, history, approved_on)
        found += _of_period(situation, history)
        found += _of_settlement(situation)
    standings = [s for situation in all_situations for s in situation.standings]
    found += _of_awards(standings, today)
    found += _of_parachutes()
    return _in_order(found)


def deadlines_for(user: User, roles: frozenset[Role], today: date) -> list[Deadline]:
    """The dates of one person: by the roles held, or those of their own awards alone."""
    if roles & STAFF:
        return [one for one in deadlines(today) if one.concerns(user, roles)]
    employee = getattr(user, "employee", None)
    own = _of_awards(standings_of(employee), today) if employee else []
    return _in_order([one for one in own if one.holder == user.pk])


def _of_windows(
    situation: Situation, history: program.ReadingHistory, approved_on: date | None
) -> list[Deadline]:
    period, label = situation.period, {"period": situation.period.label}
    if situation.today > period.end_date:
        return []
    granted = frozenset(s.award.employee_id for s in situation.standings)
    open_kinds, docket = situation.open_acts.keys(), reverse("committee:docket")
    found = []
    if not situation.has_goal:
        found.append(
            Deadline(
                f"goal:{period.label}",
                situation.window_closes,
                _("Set the goal of %(period)s") % label,
                "P Performance Goals",
                _("A goal adopted in time elsewhere can still be recorded, with its document."),
                docket if "goal" in open_kinds else reverse("committee:set_goal", args=[period]),
                acts=frozenset({CM} if "goal" in open_kinds else {SEC}),
                opens_to=frozenset({CM, SEC} if "goal" in open_kinds else {SEC}),
            )
        )
    if not granted or situation.designated - granted:
        signing = open_kinds & {"designation", "grant"}
        found.append(
            Deadline(
                f"grants:{period.label}",
                situation.window_closes,
                _("Designate the participants of %(period)s and grant their awards") % label,
                "P Grants",
                _("Acts adopted in time elsewhere can still be recorded, with their document."),
                docket if signing else reverse("participants:enrolment", args=[period]),
                acts=frozenset({CM} if signing else {SEC, HR} if situation.proposed else {HR}),
                opens_to=frozenset({CM, SEC} if signing else {SEC, HR}),
            )
        )
    covered = program.closing_date_of_act(
        period,
        on=situation.today,
        covered=True,
        readings=history.on(min(situation.today, situation.window_closes)),
        approved_on=approved_on,
    ).value
    if found and covered < situation.window_closes:
        found.append(
            Deadline(
                f"quarter:{period.label}",
                covered,
                _("Last day for acts that concern Covered Employees in %(period)s") % label,
                "P Administration",
                _("No goal or award of a Covered Employee can be decided any more."),
                reverse("desk:period", args=[period]),
                acts=frozenset({SEC}),
            )
        )
    return found


def _of_period(situation: Situation, history: program.ReadingHistory) -> list[Deadline]:
    period, label = situation.period, {"period": situation.period.label}
    url = reverse("desk:period", args=[period])
    if situation.certificate or situation.control:
        return []
    if situation.report:
        remedy = _("The Committee certifies as soon as that is possible after the filing.")
        title = _("Certify %(period)s: the annual report is filed") % label
        acts = frozenset({CM} if "certification" in situation.open_acts else {SEC, SA})
        key, filed_on = f"certify:{period.label}", situation.report.filed_on
        return [Deadline(key, filed_on, title, "GA §4", remedy, url, acts=acts)]
    expected = annual_report_expected(
        fiscal_year_end=period.end_date,
        business_day=history.on(period.end_date)["business_day"],
    ).value
    report = Deadline(
        f"report:{period.label}",
        expected,
        _("The annual report for the last year of %(period)s is expected") % label,
        "GA §4",
        _("Record the filing: nothing is certified before."),
        reverse("program:annual_report"),
        acts=frozenset({SA}),
        opens_to=STAFF - {HR},
    )
    if situation.today > period.end_date:
        return [report]
    title = _("%(period)s ends") % label
    ends = Deadline(f"end:{period.label}", period.end_date, title, "P Effective Date", "", url)
    return [ends, report]


def _of_settlement(situation: Situation) -> list[Deadline]:
    period = situation.period
    if situation.phase is not Phase.SETTLING:
        return []
    days = {day for s in situation.unsettled if (day := s.entitlement().value.settles_on)}
    return [
        Deadline(
            f"settlement:{period.label}:{day.isoformat()}",
            day,
            _("Settlement Date of awards for %(period)s") % {"period": period.label},
            "GA §4",
            _("Prepare and approve the settlement: it delivers on the day of the approval."),
            reverse("participants:settlement", args=[period]),
            acts=frozenset({FIN} if situation.open_batch else {SA}),
            opens_to=frozenset({SA, FIN}),
        )
        for day in sorted(days)
    ]


def _of_awards(standings: list[Standing], today: date) -> list[Deadline]:
    found: list[Deadline] = []
    settlements = [s.settlement for s in standings if s.settlement is not None]
    taxes = {tax.award: tax for tax in tax_abroad(settlements)}
    for standing in standings:
        found += _own_dates(standing, today)
        found += _of_officer(standing, today)
        found += _short_term(standing)
        if tax := taxes.get(standing.award.pk):
            found += _abroad(standing, tax, today)
    return found


def _own_dates(standing: Standing, today: date) -> list[Deadline]:
    award, holder = standing.award, standing.person.employee.user_id
    own, label = reverse("participants:my_award", args=[award.public_id]), award.period.label
    knows: frozenset[Role] = frozenset()
    if standing.earned is None:
        if standing.state_on(today) != "granted" or today > award.period.end_date:
            return []
        title = _("%(period)s ends") % {"period": label}
        key = f"own-end:{award.public_id}"
        end = award.period.end_date
        ends = Deadline(key, end, title, "P Effective Date", "", own, knows=knows, holder=holder)
        return [*_last_day_to_sign(standing), ends]
    due = standing.entitlement().value
    if standing.settlement is not None or not due.shares or due.settles_on is None:
        return []
    unsigned = not hasattr(award.notice, "acceptance")
    title = (
        _("Sign your notice for %(period)s before its Settlement Date")
        if unsigned
        else _("Your shares for %(period)s settle")
    )
    remedy = (
        _("Nothing is delivered before you have signed.")
        if unsigned
        else _("Ask the stock administrator when they are delivered.")
    )
    own_date = Deadline(
        f"own-settlement:{award.public_id}",
        due.settles_on,
        title % {"period": label},
        "GA §4",
        remedy,
        own,
        knows=knows,
        holder=holder,
        holder_acts=unsigned,
    )
    if not due.delayed:
        return [own_date]
    wait = Deadline(
        f"wait:{award.public_id}",
        due.settles_on,
        _("A settlement that was put off falls due for %(period)s") % {"period": label},
        "GA §5",
        _("Prepare the settlement: all that waited is paid at once."),
        reverse("participants:award", args=[award.public_id]),
        acts=frozenset({SA}),
        subject=standing.person.employee.name,
    )
    return [own_date, wait]


def _last_day_to_sign(standing: Standing) -> list[Deadline]:
    """Where the notice sets one, and nobody has signed."""
    award = standing.award
    last_day = award.notice.sign_by
    if last_day is None or standing.lapse().value is None:
        return []
    return [
        Deadline(
            f"sign:{award.public_id}",
            last_day,
            _("Sign your notice of grant for %(period)s") % {"period": award.period.label},
            "GN",
            _("Without a signature the award lapses, as the notice says."),
            reverse("participants:notice", args=[award.public_id]),
            knows=frozenset(),
            holder=standing.person.employee.user_id,
            holder_acts=True,
        )
    ]


def _of_officer(standing: Standing, today: date) -> list[Deadline]:
    earned, settled = standing.earned, standing.settlement
    happened = []
    if earned is not None:
        happened.append(("certified", earned.determination_date, _("the certification")))
    if settled is not None and settled.withheld:
        happened.append(("withheld", settled.delivered_on, _("shares withheld")))
    found = []
    for what, on, words in happened:
        if standing.person.status_on(EmployeeStatus.Subject.OFFICER, on) != "yes":
            continue
        due = form_4_due(
            happened_on=on, business_day=standing.readings.on(on)["business_day"]
        ).value
        if today <= due + SHOWN_AFTER:
            found.append(
                Deadline(
                    f"form-4:{what}:{standing.award.public_id}",
                    due,
                    _("Form 4 of an officer for %(what)s, %(period)s")
                    % {"what": words, "period": standing.award.period.label},
                    "",
                    _("File it at once, late: Exchange Act Section 16."),
                    reverse("participants:award", args=[standing.award.public_id]),
                    acts=frozenset({SEC}),
                    subject=standing.person.employee.name,
                    holder=standing.person.employee.user_id,
                    holder_acts=True,
                    own_url=reverse("participants:my_award", args=[standing.award.public_id]),
                )
            )
    return found


def _short_term(standing: Standing) -> list[Deadline]:
    left = standing.person.leaving
    if left is None or deferral_note(standing) is None:
        return []
    day = short_term_deferral_deadline(
        period_end=standing.award.period.end_date, condition_fell_on=left.counts_on
    ).value
    return [
        Deadline(
            f"short-term:{standing.award.public_id}",
            day,
            _("Last day of a short-term deferral under §409A, %(period)s")
            % {"period": standing.award.period.label},
            "GA §5",
            _("Ask counsel what follows."),
            reverse("participants:award", args=[standing.award.public_id]),
            acts=frozenset({SEC, FIN}),
            subject=standing.person.employee.name,
        )
    ]


def _abroad(standing: Standing, tax: TaxAbroad, today: date) -> list[Deadline]:
    period = {"period": standing.award.period.label}
    url = reverse("participants:settlement", args=[standing.award.period])
    name, holder = standing.person.employee.name, standing.person.employee.user_id
    remit = Deadline(
        f"remit:{standing.award.public_id}",
        tax.remits_by,
        _("Remit the employer's insurance abroad for %(period)s") % period,
        "XB",
        _("Remit it at once."),
        url,
        acts=frozenset({FIN}),
        subject=name,
        opens_to=frozenset({SA, FIN}),
    )
    made_good = Deadline(
        f"made-good:{standing.award.public_id}",
        tax.made_good_until,
        _("Last day to make good the tax still owed for %(period)s") % period,
        "XB",
        _("What is still owed has become a loan or a benefit."),
        url,
        subject=name,
        holder=holder,
        holder_acts=True,
        own_url=reverse("participants:my_award", args=[standing.award.public_id]),
        opens_to=frozenset({SA, FIN}),
    )
    found = [] if tax.remittance else [remit]
    found += [made_good] if tax.owed_minor else []
    return [one for one in found if today <= one.day + SHOWN_AFTER]


def _of_parachutes() -> list[Deadline]:
    return [
        Deadline(
            f"parachute:{each.comparison.public_id}",
            each.due_on,
            _("The auditing firm's parachute calculations are due"),
            "P Limitation on Payments",
            _("Ask the firm for its calculations."),
            reverse("participants:parachute", args=[each.comparison.public_id]),
            acts=frozenset({FIN, SA}),
            subject=each.comparison.employee.name,
        )
        for each in awaiting_the_firm()
    ]


def _in_order(found: list[Deadline]) -> list[Deadline]:
    return sorted(found, key=lambda one: (one.day, one.title, one.subject, one.key))
