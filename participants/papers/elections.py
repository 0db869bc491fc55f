"""Joint elections (XB): a holder takes over the employer's social insurance before anything vests,
and how such an election ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ltip import clock
from ltip.accounts.models import Authentication, User
from ltip.accounts.services import as_sealed, use_authentication
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.abroad import PLACE, election_in_force
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.awards.models import Award
from participants.awards.selectors import Standing, standing_of, standings_of
from participants.papers.models import (
    CountrySupplement,
    HeirsElection,
    JointElection,
    JointElectionEnd,
)
from participants.papers.supplements import SupplementHistory, supplement_history, terms_of
from participants.people.models import Employee, EmployeeStatus

WORDS_OF_ELECTION = (
    "I have read these terms. Together with the company I elect that the employer's social "
    "insurance on this award passes to me, and I let it be collected from me as the terms say."
)
OVER = ("settled", "forfeited", "void")
Election = JointElection | HeirsElection


@dataclass(frozen=True, slots=True)
class ElectionStanding:
    """An award's joint election on a day: the terms that ask for it, and the latest one signed."""

    supplement: CountrySupplement
    latest: Election | None
    is_in_force: bool


def ended_on(election: Election | None) -> date | None:
    """The day on which an election ended, if it did."""
    end = getattr(election, "end", None)
    return end.ended_on if end else None


def elections_of(awards: Iterable[Award]) -> dict[int, Election]:
    """The latest election of each award, the heirs' in place of a dead holder's, by the award's
    key, in two queries."""
    keys = [award.pk for award in awards]
    own = JointElection.objects.filter(award__in=keys).select_related("end", "supplement")
    heirs = HeirsElection.objects.filter(award__in=keys).select_related("supplement")
    latest: list[Election] = [*own.order_by("pk"), *heirs]
    return {election.award_id: election for election in latest}


def election_standing(standing: Standing, *, on: date) -> ElectionStanding | None:
    """Where an award stands with its election on a day; none where no terms ask for one."""
    latest = elections_of([standing.award])
    return _election_standing(standing, latest, supplement_history(), on=on)


def standings_to_elect(employee: Employee, *, on: date) -> list[Standing]:
    """The awards of a holder that wait for a joint election, the oldest period first."""
    standings = standings_of(employee)
    latest, history = elections_of([s.award for s in standings]), supplement_history()
    waiting = []
    for standing in reversed(standings):
        election = _election_standing(standing, latest, history, on=on)
        if election and not election.is_in_force and standing.state_on(on) not in OVER:
            waiting.append(standing)
    return waiting


def awards_to_elect_for(employee: Employee, *, on: date) -> list[Award]:
    """The same, as awards."""
    return [standing.award for standing in standings_to_elect(employee, on=on)]


def all_elections() -> list[JointElection]:
    """Every election, the latest first."""
    rows = JointElection.objects.select_related(
        "award__employee", "award__period", "supplement", "end", "end__document"
    )
    return list(rows.order_by("-pk"))


def election_by_number(number: int) -> JointElection | None:
    """The election sealed under a number."""
    rows = JointElection.objects.select_related("award__employee", "award__period", "end")
    return rows.filter(seal_id=number).first()


@transaction.atomic
def sign_joint_election(
    *,
    award: Award,
    by: User,
    authentication: Authentication,
    at: datetime,
    shown_version: str = "",
) -> JointElection:
    """The holder signs the joint election on an award, under the terms in force that day (XB).

    `shown_version` is the version that the page showed. Refuses anyone else, an award whose terms
    ask for none, a second election while one is in force, and a page that showed other terms.
    """
    lock(f"joint election:{award.pk}")
    if award.employee.user_id != by.pk:
        raise Refused("Only the holder signs the joint election.", place=PLACE)
    standing = election_standing(standing_of(award), on=clock.legal_date(at))
    if standing is None:
        raise Refused(
            "No terms that are in force for the holder's country ask for a joint election.",
            place=PLACE,
        )
    if standing.is_in_force:
        raise Refused("The joint election is signed already.", place=PLACE)
    if shown_version and shown_version != standing.supplement.version:
        raise Refused(
            "The page showed terms that are no longer in force.",
            place=PLACE,
            remedy="Open it again and read them.",
        )
    use = use_authentication(
        authentication=authentication,
        by=by,
        purpose=f"joint election {str(award.public_id)[:8]}",
        at=at,
    )
    seal = records.seal(
        kind="participants.joint_election.signed",
        content={
            "award": str(award.public_id),
            "country": standing.supplement.country,
            "version": standing.supplement.version,
            "supplement": standing.supplement.seal_id,
            "words": WORDS_OF_ELECTION,
            **as_sealed(authentication),
        },
        by=by,
        at=at,
    )
    return JointElection.objects.create(
        award=award,
        supplement=standing.supplement,
        authentication_use=use,
        words=WORDS_OF_ELECTION,
        signed_on=seal.legal_date,
        signed_at=at,
        seal=seal,
    )


@transaction.atomic
def end_joint_election(
    *,
    election: JointElection,
    ended_on: date,
    reason: str,
    by: records.Actor,
    at: datetime,
    document: Document | None = None,
) -> JointElectionEnd:
    """Record that an election ceased on a day: by agreement, by the company's notice, or because
    the revenue withdrew its approval (XB).

    Refuses another reason, a day before its signature, and an election that has ended.
    """
    lock(f"joint election:{election.award_id}")
    if reason not in JointElectionEnd.Reason.values:
        raise Refused(f"“{reason}” ends no joint election.", place=PLACE)
    if ended_on < election.signed_on:
        raise Refused(
            f"The election was signed on {day_text(election.signed_on)}, after "
            f"{day_text(ended_on)}.",
            place=PLACE,
        )
    if JointElectionEnd.objects.filter(election=election).exists():
        raise Refused("This joint election has ended already.", place=PLACE)
    seal = records.seal(
        kind="participants.joint_election.ended",
        content={
            "election": election.seal_id,
            "ended_on": ended_on,
            "reason": str(reason),
            "document": document.digest if document else None,
        },
        by=by,
        at=at,
    )
    return JointElectionEnd.objects.create(
        election=election, ended_on=ended_on, reason=reason, document=document, seal=seal
    )


def _election_standing(
    standing: Standing,
    latest: dict[int, Election],
    history: SupplementHistory,
    *,
    on: date,
) -> ElectionStanding | None:
    supplement = history.on(standing.person.status_on(EmployeeStatus.Subject.COUNTRY, on), on)
    if supplement is None or not terms_of(supplement).joint_election:
        return None
    election = latest.get(standing.award.pk)
    return ElectionStanding(
        supplement=supplement,
        latest=election,
        is_in_force=election_in_force(
            signed_on=election.signed_on if election else None,
            ended_on=ended_on(election),
            on=on,
        ),
    )
