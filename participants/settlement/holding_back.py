"""Why an award that is due is not delivered yet: by name, with the place that asks for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ltip.rules.abroad import PLACE, require_joint_election
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.awards.selectors import Standing
from participants.papers.company_signing import without_officer
from participants.papers.elections import Election, elections_of, ended_on
from participants.papers.heirs_signing import ELECTION_PLACE as HEIRS_ELECT
from participants.papers.heirs_signing import PLACE as HEIRS_SIGN
from participants.papers.selectors import is_signed
from participants.papers.supplements import SupplementHistory, supplement_history, terms_of
from participants.papers.wording import UNITED_KINGDOM
from participants.people.heirs import Heirs
from participants.people.models import EmployeeStatus
from participants.settlement.recipients import heirs_in


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What is missing before an award can be delivered.

    `reason` goes on from the holder's name: "has not signed the notice of grant".
    """

    holder: str
    reason: str
    place: str
    remedy: str

    @property
    def sentence(self) -> str:
        return f"{self.holder} {self.reason}"


def held_back(standings: Iterable[Standing], *, on: date) -> dict[int, HeldBack]:
    """What holds determined awards back on a day, by the award's key; in a constant number of
    queries.

    An unsigned notice comes first (rulebook 11.1), by the holder, then by the company where the
    company decided that an officer signs; then a joint election that is missing (10.4)
    and heirs of a dead holder who are not recorded (7.7).
    Awards that nothing holds back are left out.
    """
    listed = list(standings)
    elections, history = elections_of([s.award for s in listed]), supplement_history()
    heirs = heirs_in(listed)
    without = without_officer([s.award for s in listed])
    found: dict[int, HeldBack] = {}
    for standing in listed:
        obstacle = (
            _unsigned(standing)
            or _unsigned_by_company(standing, without)
            or _unelected(standing, elections, history, on=on)
            or _without_heirs(standing, heirs)
        )
        if obstacle is not None:
            found[standing.award.pk] = obstacle
    return found


def _unsigned(standing: Standing) -> HeldBack | None:
    if is_signed(standing.award):
        return None
    name = standing.person.employee.name
    if standing.person.died_on:
        return HeldBack(
            name,
            _("died without signing the notice of grant"),
            HEIRS_SIGN,
            _("Human resources records the paper that the heirs signed, under Signatures."),
        )
    return HeldBack(name, _("has not signed the notice of grant"), "GN", _("Remind the holder."))


def _unsigned_by_company(standing: Standing, without: set[int]) -> HeldBack | None:
    """Both sides bind themselves (GN): where the company decided so, an officer signs for it."""
    if standing.award.pk not in without:
        return None
    name = standing.person.employee.name
    reason = _("holds a notice that no officer has signed for the company")
    return HeldBack(name, reason, "GN", _("An authorised officer signs the notices of the period."))


def _unelected(
    standing: Standing,
    elections: dict[int, Election],
    history: SupplementHistory,
    *,
    on: date,
) -> HeldBack | None:
    """Nothing vests in a country whose terms ask for a joint election before there is one (XB).

    It vests on the Settlement Date or, where that has passed, on the day of delivery.
    """
    name = standing.person.employee.name
    vests_on = max(standing.entitlement().value.settles_on or on, on)
    country = standing.person.status_on(EmployeeStatus.Subject.COUNTRY, vests_on)
    supplement = history.on(country, vests_on)
    if supplement is None:
        if country != UNITED_KINGDOM:
            return None
        return HeldBack(
            name,
            _("is in the United Kingdom, for which no special terms are on record"),
            PLACE,
            _("The secretary records them; the holder then signs the joint election."),
        )
    if not terms_of(supplement).joint_election:
        return None
    election = elections.get(standing.award.pk)
    try:
        require_joint_election(
            holder=name,
            signed_on=election.signed_on if election else None,
            ended_on=ended_on(election),
            vests_on=vests_on,
        )
    except Refused as refusal:
        if standing.person.died_on and election is None:
            return HeldBack(
                name,
                _("died without signing the joint election"),
                HEIRS_ELECT,
                _("Human resources records the paper that the heirs signed, among the heirs."),
            )
        return HeldBack(name, _why(election, vests_on), refusal.place, refusal.remedy)
    return None


def _without_heirs(standing: Standing, heirs: dict[int, Heirs]) -> HeldBack | None:
    employee = standing.person.employee
    if employee.pk not in heirs or heirs[employee.pk].is_settled:
        return None
    return HeldBack(
        employee.name,
        _("has died, and it is not recorded who takes the shares"),
        "GA §4",
        _("Human resources records the heirs."),
    )


def _why(election: Election | None, vests_on: date) -> str:
    if election is None:
        return _("has not signed the joint election")
    if election.signed_on >= vests_on:
        return _("signed the joint election on %(day)s, and nothing vests before the day after") % {
            "day": day_text(election.signed_on)
        }
    return _("has no joint election that is still in force on %(day)s") % {
        "day": day_text(vests_on)
    }
