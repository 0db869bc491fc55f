"""Who has signed the notice of grant, and who has not, for those who keep the papers."""

from dataclasses import dataclass
from datetime import date

from ltip.program.models import PerformancePeriod
from participants.awards.models import Award
from participants.awards.selectors import standings
from participants.people.models import Employee


@dataclass(frozen=True, slots=True)
class HolderSignature:
    """A holder's notice on a day: signed, still to sign, or forfeited with nothing to sign for."""

    award: Award
    employee: Employee
    signed_on: date | None
    is_forfeited: bool
    died_on: date | None

    @property
    def is_by_heirs(self) -> bool:
        return hasattr(self.award.notice, "heirs_acceptance")

    @property
    def is_missing(self) -> bool:
        return self.signed_on is None and not self.is_forfeited


def signatures_for(period: PerformancePeriod, *, on: date) -> list[HolderSignature]:
    """Every holder of a period by name, in a constant number of queries (rulebook 11.1)."""
    return [
        HolderSignature(
            award=standing.award,
            employee=standing.person.employee,
            signed_on=_signed_on(standing.award),
            is_forfeited=standing.state_on(on) in ("forfeited", "void"),
            died_on=standing.person.died_on,
        )
        for standing in standings(period)
    ]


def _signed_on(award: Award) -> date | None:
    signed = award.notice.signed
    return signed.signed_on if signed else None
