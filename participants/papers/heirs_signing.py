"""The notice and the joint election of a holder who died without signing: whoever takes the shares
signs on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ltip import clock
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused
from participants.awards.models import Award
from participants.awards.selectors import standing_of
from participants.papers.elections import election_standing
from participants.papers.models import HeirsAcceptance, HeirsElection, Notice
from participants.people.heirs import heirs_of
from participants.people.models import Employee, Succession
from participants.people.selectors import person

PLACE = "GN; GA §4"
ELECTION_PLACE = "XB; GA §17"


@transaction.atomic
def record_heirs_signature(
    *,
    notice: Notice,
    signed_by: Sequence[str],
    signed_on: date,
    document: Document,
    by: records.Actor,
    at: datetime,
) -> HeirsAcceptance:
    """Record the paper on which the heirs of a dead holder signed the notice (GN; GA §4).

    What the holder had signed for passes to whoever takes the shares, so their signature binds in
    the holder's place. `signed_by` names those whose signatures the paper bears: everyone who takes
    shares, as the succession says. Refuses while the holder lives or the heirs are not recorded, a
    second signature, one that is missing, and a day before the death or still to come.
    """
    employee = notice.award.employee
    lock(f"employee:{employee.pk}")
    lock(f"notice:{notice.pk}")
    _require_death(employee, place=PLACE)
    if Notice.objects.get(pk=notice.pk).signed is not None:
        raise Refused("This notice is signed already.", place=PLACE)
    lapsed = standing_of(notice.award).lapse()
    if lapsed.value is not None and lapsed.value <= signed_on:
        raise Refused(lapsed.steps[-1].sentence, place=PLACE)
    heirs = _heirs_who_signed(employee, signed_by, signed_on, place=PLACE, at=at)
    seal = records.seal(
        kind="participants.notice.signed_by_heirs",
        content={
            "award": str(notice.award.public_id),
            "notice": notice.digest,
            "succession": heirs.succession.seal_id,
            "signed_by": heirs.names,
            "signed_on": signed_on,
            "document": document.digest,
        },
        by=by,
        at=at,
    )
    return HeirsAcceptance.objects.create(
        notice=notice,
        succession=heirs.succession,
        signed_by=canonical_text(heirs.names),
        signed_on=signed_on,
        document=document,
        seal=seal,
    )


@transaction.atomic
def record_heirs_election(
    *,
    award: Award,
    signed_by: Sequence[str],
    signed_on: date,
    document: Document,
    by: records.Actor,
    at: datetime,
) -> HeirsElection:
    """Record the paper on which the heirs signed the joint election of a dead holder (XB; GA §17).

    Nothing vests before it is signed (rulebook 10.4), and who takes the shares is bound as the
    holder was. Refuses what `record_heirs_signature` refuses, an award whose terms ask for no
    election, and one that has an election in force.
    """
    employee = award.employee
    lock(f"employee:{employee.pk}")
    lock(f"joint election:{award.pk}")
    _require_death(employee, place=ELECTION_PLACE)
    election = election_standing(standing_of(award), on=clock.legal_date(at))
    if election is None:
        raise Refused("The terms for this award ask for no joint election.", place=ELECTION_PLACE)
    if election.is_in_force or HeirsElection.objects.filter(award=award).exists():
        raise Refused("The joint election is signed already.", place=ELECTION_PLACE)
    heirs = _heirs_who_signed(employee, signed_by, signed_on, place=ELECTION_PLACE, at=at)
    seal = records.seal(
        kind="participants.joint_election.signed_by_heirs",
        content={
            "award": str(award.public_id),
            "country": election.supplement.country,
            "version": election.supplement.version,
            "supplement": election.supplement.seal_id,
            "succession": heirs.succession.seal_id,
            "signed_by": heirs.names,
            "signed_on": signed_on,
            "document": document.digest,
        },
        by=by,
        at=at,
    )
    return HeirsElection.objects.create(
        award=award,
        supplement=election.supplement,
        succession=heirs.succession,
        signed_by=canonical_text(heirs.names),
        signed_on=signed_on,
        document=document,
        seal=seal,
    )


@dataclass(frozen=True, slots=True)
class _Signers:
    """The succession, and the names of all who take shares by it."""

    succession: Succession
    names: list[str]


def _require_death(employee: Employee, *, place: str) -> date:
    died_on = person(employee).died_on
    if died_on is None:
        raise Refused(f"No death of {employee.name} is on record: the holder signs.", place=place)
    return died_on


def _heirs_who_signed(
    employee: Employee, signed_by: Sequence[str], signed_on: date, *, place: str, at: datetime
) -> _Signers:
    died_on = _require_death(employee, place=place)
    heirs = heirs_of([employee])[employee.pk]
    if heirs.succession is None or not heirs.is_settled:
        raise Refused(
            f"It is not recorded who takes the shares of {employee.name}.",
            place=place,
            remedy="Record the succession first.",
        )
    missing = [name for name in heirs.names if name not in signed_by]
    if missing:
        raise Refused(
            f"{missing[0]} takes shares and has not signed.",
            place=place,
            remedy="Record the paper once everyone who takes shares has signed it.",
        )
    if signed_on < died_on:
        raise Refused(
            f"{employee.name} died on {day_text(died_on)}; before that day nobody else signs.",
            place=place,
        )
    if signed_on > clock.legal_date(at):
        raise Refused(f"{day_text(signed_on)} has not come yet.", place=place)
    return _Signers(heirs.succession, heirs.names)
