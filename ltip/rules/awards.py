"""What becomes of one award: every rule after the grant, from plain dated facts.

The facts come in the order in which they were decided; nothing here asks for a day's state.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ltip.rules.adjusting import adjusted_shares
from ltip.rules.calendars import day_text
from ltip.rules.deferral import deduction_deferral
from ltip.rules.earning import EndOfService, Entitlement, entitlement
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import shares_text

AWARD_PLACE = "P Award Determination"
_KINDS = ("adjusted", "reduced", "increased", "recovered", "taxed")


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed an award on a day: what the Committee decided, or an earlier tax.

    `adjusted` by so many new Performance Shares for one old (GA §11), `reduced` or `increased` to
    a number of shares (P Award Determination), `recovered` by a number of shares (P Compensation
    Subject to Recovery), `taxed` by a number of shares (GA §6). Refuses another kind.
    """

    on: date
    kind: str
    amount: Decimal

    def __post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise Refused(
                f"{self.kind!r} is no change of an award; it is one of {', '.join(_KINDS)}.",
                place="P Administration",
            )


@dataclass(frozen=True, slots=True)
class Determined:
    """What an award was determined to earn, and when: on the Determination Date by the
    Committee's certificate, or on the day of a change in control in one lump sum."""

    shares: int
    on: date
    settles_on: date
    lump_sum: bool = False


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """An award after its determination: what was decided about it since, in its order.

    `void_on` is the day an attempted transfer was found, `lapsed` the day on which it lapsed for
    want of a signature with the steps that say so, `first_deductible_year` the year until
    which the Committee delayed the settlement, `control_on` the day of a change in control after
    the determination.
    """

    determined: Determined
    changes: tuple[Change, ...] = ()
    end_of_service: EndOfService | None = None
    void_on: date | None = None
    lapsed: Outcome[date | None] = Outcome(None, ())
    first_deductible_year: int | None = None
    control_on: date | None = None


def adjusted_target(*, target: int, changes: tuple[Change, ...]) -> Outcome[int]:
    """Give an award's target after the adjustments for corporate transactions (GA §11).

    Each rounds down to whole Performance Shares (rule 6.6).
    """
    steps: list[Step] = []
    for change in changes:
        if change.kind == "adjusted":
            adjusted = adjusted_shares(shares=target, ratio=change.amount)
            target = adjusted.value
            steps += adjusted.steps
    return Outcome(target, tuple(steps))


def most_after_reduction(*, changes: tuple[Change, ...]) -> Outcome[int | None]:
    """Give the most shares that an award can still earn after reductions before its determination.

    None while it was never reduced. An adjustment after a reduction adjusts what it left (rules
    5.3, 6.6; P Award Determination).
    """
    most: int | None = None
    steps: list[Step] = []
    for change in changes:
        if change.kind == "reduced":
            most = int(change.amount) if most is None else min(most, int(change.amount))
            steps.append(_reduced(change, most))
        elif change.kind == "adjusted" and most is not None:
            adjusted = adjusted_shares(shares=most, ratio=change.amount)
            most = adjusted.value
            steps += adjusted.steps
    return Outcome(most, tuple(steps))


def capped(*, shares: Outcome[int], most: Outcome[int | None]) -> Outcome[int]:
    """Let an award earn no more than the Committee's reductions left (rule 5.3)."""
    if most.value is None or shares.value <= most.value:
        return Outcome(shares.value, (*shares.steps, *most.steps))
    return Outcome(most.value, (*shares.steps, *most.steps))


def due(*, facts: AwardFacts, readings: Mapping[str, str]) -> Outcome[Entitlement]:
    """Say what an award's holder is to be issued, and when, once it is determined.

    The shares determined, changed by the Committee's later adjustments, reductions, increases and
    recoveries and by earlier taxes in their order (rules 5.3, 5.4, 6.6, 9.4, 10.3); nothing where
    an attempted transfer made the award void (rule 9.5; GA §10) or its notice let it lapse unsigned
    (rule 11.1; GN); then section 7 and rule 6.2 for an end of service, the six months of rule 7.6,
    and the delay for the deduction (rule 9.6). A lump sum before a change in control is dated the
    day of the event (rules 8.1, 8.2; P Change in Control). `readings` are those in force when the
    award's last event happened, all of the register.
    *Readings:* `resignation.between_dates`, `termination.on_determination_date`,
    `cic.after_determination` = stands (alternative: lump_sum).
    """
    determined = facts.determined
    changed = _changed(determined.shares, facts.changes)
    if facts.void_on is not None:
        sentence = (
            f"An attempt to transfer the award was found on {day_text(facts.void_on)}: it is void."
        )
        void = Entitlement(0, None, forfeited=True)
        return Outcome(void, (*changed.steps, Step(sentence, "0", "GA §10")))
    if facts.lapsed.value is not None:
        lapsed = Entitlement(0, None, forfeited=True)
        return Outcome(lapsed, (*changed.steps, *facts.lapsed.steps))
    if determined.lump_sum:
        value = Entitlement(changed.value, determined.settles_on, forfeited=False)
        sentence = (
            "Paid in one lump sum immediately before the change in control, dated "
            f"{day_text(determined.settles_on)}."
        )
        step = Step(sentence, shares_text(changed.value), "P Change in Control")
        return Outcome(value, (*changed.steps, step))
    entitled = entitlement(
        earned=changed.value,
        determination_date=determined.on,
        settlement_date=determined.settles_on,
        end_of_service=facts.end_of_service,
        resignation_between_dates=readings["resignation.between_dates"],
        on_determination_date=readings["termination.on_determination_date"],
    )
    dated = _delayed_for_deduction(_at_control(entitled, facts, readings), facts)
    return Outcome(dated.value, (*changed.steps, *dated.steps))


def _changed(shares: int, changes: tuple[Change, ...]) -> Outcome[int]:
    steps: list[Step] = []
    for change in changes:
        if change.kind == "adjusted":
            adjusted = adjusted_shares(shares=shares, ratio=change.amount)
            shares = adjusted.value
            steps += adjusted.steps
        elif change.kind == "recovered":
            shares = max(0, shares - int(change.amount))
            sentence = (
                f"The Committee determined on {day_text(change.on)} that "
                f"{shares_text(int(change.amount))} shares are recovered."
            )
            place = "P Compensation Subject to Recovery"
            steps.append(Step(sentence, shares_text(shares), place))
        elif change.kind == "taxed":
            shares = max(0, shares - int(change.amount))
            sentence = (
                f"{shares_text(int(change.amount))} shares were forfeited for the tax that fell "
                f"due on {day_text(change.on)}."
            )
            steps.append(Step(sentence, shares_text(shares), "GA §6"))
        elif change.kind == "reduced":
            shares = int(change.amount)
            steps.append(_reduced(change, shares))
        else:
            shares = int(change.amount)
            sentence = f"The Committee increased it on {day_text(change.on)}."
            steps.append(Step(sentence, shares_text(shares), AWARD_PLACE))
    return Outcome(shares, tuple(steps))


def _reduced(change: Change, left: int) -> Step:
    sentence = (
        f"The Committee reduced it on {day_text(change.on)} to at most "
        f"{shares_text(int(change.amount))} shares."
    )
    return Step(sentence, shares_text(left), AWARD_PLACE)


def _at_control(
    entitled: Outcome[Entitlement], facts: AwardFacts, readings: Mapping[str, str]
) -> Outcome[Entitlement]:
    settles_on = entitled.value.settles_on
    if facts.control_on is None or settles_on is None or facts.control_on >= settles_on:
        return entitled
    event = day_text(facts.control_on)
    if readings["cic.after_determination"] == "stands":
        sentence = (
            f"The change in control of {event} came after the determination: the date stands."
        )
        step = Step(sentence, day_text(settles_on), "P Change in Control")
        return Outcome(entitled.value, (*entitled.steps, step))
    sentence = f"By the Committee's reading, paid before the change in control of {event}."
    step = Step(sentence, event, "P Change in Control")
    return Outcome(
        replace(entitled.value, settles_on=facts.control_on, delayed=False),
        (*entitled.steps, step),
    )


def _delayed_for_deduction(
    entitled: Outcome[Entitlement], facts: AwardFacts
) -> Outcome[Entitlement]:
    settles_on = entitled.value.settles_on
    if facts.first_deductible_year is None or settles_on is None:
        return entitled
    left = facts.end_of_service
    delayed = deduction_deferral(
        settles_on=settles_on,
        first_deductible_year=facts.first_deductible_year,
        end_of_service_on=left.counts_on if left else None,
    )
    if delayed.value == settles_on:
        return entitled
    value = replace(entitled.value, settles_on=delayed.value, delayed=True)
    return Outcome(value, (*entitled.steps, *delayed.steps))
