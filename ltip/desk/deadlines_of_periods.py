"""The dates of a period: its window, its end, the annual report, certification, settlement."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from committee.models import Act
from ltip.accounts.models import Role
from ltip.desk.deadline import STAFF, Deadline
from ltip.desk.selectors import Phase, Situation
from ltip.program import selectors as program
from ltip.rules.reporting import annual_report_expected

CM, SEC, HR = Role.COMMITTEE_MEMBER, Role.SECRETARY, Role.HUMAN_RESOURCES
SA, FIN = Role.STOCK_ADMINISTRATOR, Role.FINANCE


def dates_of_window(situation: Situation, approved_on: date | None) -> list[Deadline]:
    """What the window asks for until it is done, and the 25 % limit where it closes earlier."""
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
                _page_of(situation.open_acts["goal"])
                if "goal" in open_kinds
                else reverse("committee:set_goal", args=[period]),
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
        readings=situation.history.on(min(situation.today, situation.window_closes)),
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
                acts=frozenset[Role]().union(*(one.acts for one in found)),
            )
        )
    return found


def dates_of_period(situation: Situation) -> list[Deadline]:
    """The end of a period, the annual report after it, and the certification that follows."""
    period, label = situation.period, {"period": situation.period.label}
    url = reverse("desk:period", args=[period])
    if situation.certificate or situation.control:
        return []
    if situation.report:
        return [_certification(situation, situation.report.filed_on)]
    expected = annual_report_expected(
        fiscal_year_end=period.end_date,
        business_day=situation.history.on(period.end_date)["business_day"],
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


def _certification(situation: Situation, filed_on: date) -> Deadline:
    period = situation.period
    if "certification" in situation.open_acts:
        asked, opens_to = CM, {CM, SEC}
        url = _page_of(situation.open_acts["certification"])
    elif situation.has_final_run:
        asked, opens_to = SEC, {SEC}
        url = reverse("participants:propose_certification", args=[period])
    else:
        asked, opens_to, url = SA, {SA, FIN, SEC, CM}, reverse("program:runs", args=[period])
    return Deadline(
        f"certify:{period.label}",
        filed_on,
        _("Certify %(period)s: the annual report is filed") % {"period": period.label},
        "GA §4",
        _("The Committee certifies as soon as that is possible after the filing."),
        url,
        acts=frozenset({asked}),
        opens_to=frozenset(opens_to),
    )


def dates_of_settlement(situation: Situation) -> list[Deadline]:
    """The Settlement Dates of what is due and not delivered."""
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


def _page_of(act: Act) -> str:
    return reverse("committee:act", args=[act.public_id])
