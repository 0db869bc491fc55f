"""What an end of service does to each award, told before it is recorded and after."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from committee.models import Act
from committee.selectors import open_acts
from ltip.rules.awards import capped
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.deferral import short_term_deferral_deadline, short_term_deferral_warning
from ltip.rules.earning import WITHOUT_CAUSE, EndOfService, shares_earned
from ltip.rules.heirs import HeirShare
from ltip.rules.outcome import Outcome, Step
from participants.awards.models import Award, EarnedAward
from participants.awards.selectors import Standing, standings_of
from participants.people import models as people
from participants.people.heirs import Heirs
from participants.people.models import Employee

TARGET = Decimal(100)


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one award.

    `what` is settled, void, lapsed, forfeited, prorated, kept or due. Before the determination
    `shares` is what would be earned if performance paid the target, afterwards what is issued on
    `settles_on`.
    `certified_otherwise` holds the shares that the certificate would have shown, had it known of
    this end of service: only the Committee can mend that. `for_counsel` is what §409A asks.
    """

    award: Award
    what: str
    shares: int
    settles_on: date | None
    steps: tuple[Step, ...]
    certified_otherwise: int | None = None
    for_counsel: Step | None = None


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


def preview_of_leaving(employee: Employee, *, end: people.EndOfService) -> Preview:
    """What would follow for each award, and for acts before the Committee, if `end`, which is not
    saved, were on record (rulebook 7)."""
    standings = [
        replace(standing, person=replace(standing.person, service_end=end))
        for standing in standings_of(employee)
    ]
    named = [str(employee.public_id), *(str(s.award.public_id) for s in standings)]
    return Preview(
        effects=effects_of_leaving(standings),
        acts=tuple(act for act in open_acts() if any(name in act.exhibit for name in named)),
    )


def effects_of_leaving(standings: Sequence[Standing]) -> tuple[Effect, ...]:
    """What the end of service on record does to each award; nothing for those who serve."""
    return tuple(
        _effect(standing, standing.person.leaving)
        for standing in standings
        if standing.person.leaving
    )


def deferral_note(standing: Standing) -> Step | None:
    """What §409A asks counsel to look at, where a holder's service condition has fallen away.

    The last day of a short-term deferral while the Settlement Date is not known, a warning once it
    lies after that day, and nothing otherwise (rulebook 12.3). It changes no result.
    """
    left = standing.person.leaving
    if left is None or standing.settlement is not None:
        return None
    deadline = short_term_deferral_deadline(
        period_end=standing.award.period.end_date, condition_fell_on=left.counts_on
    )
    if standing.earned is None:
        if standing.state_on(left.counts_on) != "granted":
            return None
        sentence = (
            f"The service condition fell away on {day_text(left.counts_on)}: under §409A this is "
            f"a short-term deferral if it settles by {day_text(deadline.value)}."
        )
        return Step(sentence, day_text(deadline.value), deadline.steps[0].place)
    settles_on = standing.entitlement().value.settles_on
    if settles_on is None:
        return None
    return short_term_deferral_warning(deadline=deadline.value, settles_on=settles_on)


@dataclass(frozen=True, slots=True)
class Inheritance:
    """Who takes how many shares of one award of a holder who died, and why.

    `basis` is settled, due, or target: at 100 % of it, while nothing is determined.
    """

    award: Award
    basis: str
    division: Outcome[tuple[HeirShare, ...]]


def inheritances(standings: Sequence[Standing], heirs: Heirs) -> list[Inheritance]:
    """The whole shares of each heir, award by award (GA §4); nothing while none is recorded.

    Shares that are not settled yet are divided as they are before tax.
    """
    if not heirs.is_settled:
        return []
    found = []
    for standing, effect in zip(standings, effects_of_leaving(standings), strict=True):
        shares, basis = effect.shares, "due" if standing.earned else "target"
        if standing.settlement:
            shares, basis = standing.settlement.delivered, "settled"
        if shares:
            found.append(Inheritance(standing.award, basis, heirs.shares(shares)))
    return found


def leaving_steps(standing: Standing) -> tuple[Step, ...]:
    """What is on record beside the end of service: a later death, and what counsel looks at."""
    person, note = standing.person, deferral_note(standing)
    died_on = person.death.died_on if person.death else None
    died = [Step("The holder died after that.", day_text(died_on), "GA §4")] if died_on else []
    return (*died, *([note] if note else []))


def _effect(standing: Standing, leaving: EndOfService) -> Effect:
    award = standing.award
    if standing.settlement is not None:
        return Effect(award, "settled", standing.settlement.shares, None, ())
    if standing.transfer_finding and standing.transfer_finding.voids_award:
        return Effect(award, "void", 0, None, ())
    if standing.state_on(leaving.counts_on) == "void":
        return Effect(award, "lapsed", 0, None, standing.void_steps(leaving.counts_on))
    if standing.earned is not None:
        return _after_determination(standing, standing.earned, leaving)
    return _before_determination(standing, leaving)


def _before_determination(standing: Standing, leaving: EndOfService) -> Effect:
    # The Determination Date is yet to come: any day after the last day of service stands for it.
    day = leaving.counts_on + timedelta(days=1)
    at_target = _earned(standing, TARGET, day, leaving)
    if standing.state_on(day) == "forfeited":
        what = "forfeited"
    else:
        what = "prorated" if leaving.reason == WITHOUT_CAUSE else "kept"
    return Effect(
        standing.award,
        what,
        at_target.value,
        None,
        at_target.steps[1:],
        for_counsel=deferral_note(standing),
    )


def _after_determination(standing: Standing, earned: EarnedAward, leaving: EndOfService) -> Effect:
    due = standing.entitlement()
    effect = Effect(
        standing.award,
        "forfeited" if due.value.forfeited else "due",
        due.value.shares,
        due.value.settles_on,
        due.steps,
        for_counsel=deferral_note(standing),
    )
    if earned.certificate is None or leaving.counts_on >= earned.determination_date:
        return effect
    payout = Decimal(earned.certificate.payout)
    known_then = _earned(standing, payout, earned.determination_date, leaving).value
    if known_then == earned.shares or known_then == due.value.shares:
        return effect
    return replace(effect, certified_otherwise=known_then)


def _earned(
    standing: Standing, payout: Decimal, determined_on: date, leaving: EndOfService
) -> Outcome[int]:
    readings = standing.readings.on(determined_on)
    earned = shares_earned(
        target=standing.target,
        payout=payout,
        period=standing.award.period.span,
        determination_date=determined_on,
        end_of_service=leaving,
        on_determination_date=readings["termination.on_determination_date"],
        month_full=readings["month.full"],
        proration_cap=readings["proration.cap"],
        proration_rounding=readings["proration.rounding"],
        shares_rounding=readings["shares.rounding"],
    )
    return capped(shares=earned, most=standing.cap())
