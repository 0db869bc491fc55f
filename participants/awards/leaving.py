"""What an end of service would do to each award, told before it is recorded."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from committee.models import Act
from committee.selectors import open_acts
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.earning import (
    DEATH_OR_DISABILITY,
    WITHOUT_CAUSE,
    EndOfService,
    entitlement,
    shares_earned,
)
from ltip.rules.outcome import Step
from participants.awards.models import Award, EarnedAward
from participants.awards.selectors import Standing, standings_of
from participants.people.models import Employee

TARGET = Decimal(100)


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one award.

    `what` is settled, forfeited, prorated, kept or due. Before certification `shares` is what
    would be earned if performance paid the target, afterwards what is issued on `settles_on`.
    `certified_otherwise` holds the shares that the certificate would have shown, had it known of
    this end of service: only the Committee can mend that.
    """

    award: Award
    what: str
    shares: int
    settles_on: date | None
    steps: tuple[Step, ...]
    certified_otherwise: int | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """All that an end of service would do, and the open acts that could not be adopted after it."""

    effects: tuple[Effect, ...]
    acts: tuple[Act, ...]

    @property
    def digest(self) -> str:
        """Says whether what is confirmed is what was shown."""
        shown: list[dict[str, Any]] = [
            {
                "award": str(effect.award.public_id),
                "what": effect.what,
                "shares": effect.shares,
                "settles_on": effect.settles_on,
                "steps": [asdict(step) for step in effect.steps],
            }
            for effect in self.effects
        ]
        return digest_of(canonical_text([*shown, [act.number for act in self.acts]]))


def preview_of_leaving(employee: Employee, *, leaving: EndOfService) -> Preview:
    """What would follow for each award, and for acts before the Committee (rulebook 7)."""
    standings = standings_of(employee)
    named = [str(employee.public_id), *(str(s.award.public_id) for s in standings)]
    return Preview(
        effects=tuple(_effect(standing, leaving) for standing in standings),
        acts=tuple(act for act in open_acts() if any(name in act.exhibit for name in named)),
    )


def _effect(standing: Standing, leaving: EndOfService) -> Effect:
    if standing.settlement is not None:
        return Effect(standing.award, "settled", standing.settlement.shares, None, ())
    if standing.earned is not None:
        return _after_certification(standing.award, standing.earned, leaving)
    return _before_certification(standing.award, leaving)


def _before_certification(award: Award, leaving: EndOfService) -> Effect:
    # The Determination Date is yet to come: any day after the last day of service stands for it.
    at_target = shares_earned(
        target=award.target_shares,
        payout=TARGET,
        period=award.period.span,
        determination_date=leaving.on + timedelta(days=1),
        end_of_service=leaving,
    )
    if leaving.reason in DEATH_OR_DISABILITY:
        what = "kept"
    else:
        what = "prorated" if leaving.reason == WITHOUT_CAUSE else "forfeited"
    return Effect(award, what, at_target.value, None, at_target.steps[1:])


def _after_certification(award: Award, earned: EarnedAward, leaving: EndOfService) -> Effect:
    certificate = earned.certificate
    due = entitlement(
        earned=earned.shares,
        determination_date=certificate.determination_date,
        settlement_date=certificate.settlement_date,
        end_of_service=leaving,
    )
    known_then = shares_earned(
        target=award.target_shares,
        payout=Decimal(certificate.payout),
        period=award.period.span,
        determination_date=certificate.determination_date,
        end_of_service=leaving,
    ).value
    late = leaving.on < certificate.determination_date and known_then != due.value.shares
    return Effect(
        award,
        "forfeited" if due.value.forfeited else "due",
        due.value.shares,
        due.value.settles_on,
        due.steps,
        certified_otherwise=known_then if late else None,
    )
