"""Whose consent an amendment of the Program needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.readings import require_reading

PLACE = "P Amendment and Termination"
_GRANT_PLACE = f"{PLACE}, GA §15"
_KINDS = ("general", "409A", "goals")


@dataclass(frozen=True, slots=True)
class Affected:
    """An award that an amendment concerns: whose it is, whether the amendment hurts it, whether
    it is earned and unpaid for a completed period, whether the grant is outstanding, and whether
    its holder has consented."""

    holder: str
    adverse: bool
    earned_unpaid_completed: bool
    outstanding: bool
    consented: bool


def require_amendment(
    *,
    kind: str,
    affected: Sequence[Affected],
    covered_with_goals_frozen: Sequence[str],
    consent: str = "both",
) -> Outcome[tuple[str, ...]]:
    """Refuse an amendment that lacks a consent, and name the holders whose consent it needed.

    One that hurts an award earned and unpaid for a completed period needs its holder's (P
    Amendment and Termination), one that hurts an outstanding grant too (GA §15). `kind` is
    "general", "409A", which needs no consent, or "goals", which is refused while Covered
    Employees hold awards of a period that began on or after the Stockholder Approval Date: they
    are named in `covered_with_goals_frozen` (rule 9.3). Refuses an unknown kind and reading.
    *Reading:* `amendment.consent` = both (alternative: program, which leaves GA §15 out).
    """
    require_reading(key="amendment.consent", value=consent)
    if kind not in _KINDS:
        raise Refused(
            f"{kind!r} is no kind of amendment; it is one of {', '.join(_KINDS)}.", place=PLACE
        )
    if kind == "goals" and covered_with_goals_frozen:
        raise Refused(
            "the goals of Covered Employees cannot be changed for a period that began on or "
            f"after the Stockholder Approval Date: {', '.join(covered_with_goals_frozen)}.",
            place=PLACE,
            remedy="Leave the goals of that period as they are.",
        )
    if kind == "409A":
        return Outcome((), (Step("An amendment for §409A needs no holder's consent.", "", PLACE),))

    hurt = [award for award in affected if award.adverse]
    earned = [award for award in hurt if award.earned_unpaid_completed]
    _require_consents(earned, "an award earned and unpaid for a completed period", PLACE)
    if consent == "program":
        sentence = (
            "Holders of awards earned and unpaid for a completed period, who are hurt, agreed."
        )
        return _needed(_holders(earned), sentence, PLACE)
    granted = [award for award in hurt if award.outstanding and not award.earned_unpaid_completed]
    _require_consents(granted, "an outstanding grant", _GRANT_PLACE)
    both = [award for award in hurt if award.earned_unpaid_completed or award.outstanding]
    sentence = (
        "Holders of outstanding grants and of awards earned and unpaid for a completed period, "
        "who are hurt, agreed."
    )
    return _needed(_holders(both), sentence, _GRANT_PLACE)


def _require_consents(awards: Sequence[Affected], what: str, place: str) -> None:
    missing = _holders([award for award in awards if not award.consented])
    if missing:
        raise Refused(
            f"the amendment hurts {what} without the consent of {', '.join(missing)}.",
            place=place,
            remedy="Obtain the consent first, or leave the award out of the amendment.",
        )


def _holders(awards: Sequence[Affected]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(award.holder for award in awards))


def _needed(holders: tuple[str, ...], agreed: str, place: str) -> Outcome[tuple[str, ...]]:
    step = Step(
        sentence=agreed if holders else "No holder's consent is needed.",
        figure=", ".join(holders),
        place=place,
    )
    return Outcome(holders, (step,))
