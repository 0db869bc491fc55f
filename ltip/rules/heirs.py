"""To whom a dead holder's shares go."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import HUNDRED, percent_text, shares_text

PLACE = "GA §4"


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """A person the holder named, the part in per cent, and whether they survived the holder.

    A contingent one takes only where no primary one survived.
    """

    name: str
    percent: Decimal
    survived: bool
    contingent: bool = False


@dataclass(frozen=True, slots=True)
class HeirShare:
    """The whole shares that one heir takes."""

    name: str
    shares: int


def heirs(
    *, beneficiaries: Sequence[Beneficiary], estate_representative: str | None, shares: int
) -> Outcome[tuple[HeirShare, ...]]:
    """Divide a dead holder's shares among the beneficiaries who survived, in the order named.

    If none was named or none survived, all go to the estate's representative (rule 7.7; GA §4).
    *Our reading,* the source being silent: contingent beneficiaries take only where no primary
    one survived; the part of one who did not survive goes to the others of the same rank in
    proportion to theirs; whole shares are given by the largest remainder, so that none is lost,
    and of equal remainders the one named first comes first. Refuses a negative number of shares,
    what `require_parts` refuses, and shares that nobody on record takes.
    """
    if shares < 0:
        raise Refused(f"{shares} shares cannot be divided.", place=PLACE)
    require_parts(beneficiaries=beneficiaries)
    survivors = takers(beneficiaries=beneficiaries)
    if not survivors:
        return _to_the_estate(estate_representative, shares, named=bool(beneficiaries))

    contingent = survivors[0].contingent
    steps = []
    if contingent:
        sentence = "No primary beneficiary survived the holder: the contingent ones take."
        steps.append(Step(sentence=sentence, figure="", place=PLACE))
    steps += [
        Step(
            sentence=(
                f"{beneficiary.name} did not survive the holder: that part goes to the others in "
                "proportion to theirs."
            ),
            figure=percent_text(beneficiary.percent),
            place=PLACE,
        )
        for beneficiary in beneficiaries
        if not beneficiary.survived and beneficiary.contingent == contingent
    ]
    whole = _largest_remainders([Fraction(heir.percent) for heir in survivors], shares)
    together = percent_text(sum((heir.percent for heir in survivors), Decimal(0)))
    taken = []
    for heir, whole_shares in zip(survivors, whole, strict=True):
        sentence = (
            f"{heir.name} takes {percent_text(heir.percent)} of {together} of "
            f"{shares_text(shares)} shares, in whole shares by the largest remainder."
        )
        steps.append(Step(sentence=sentence, figure=shares_text(whole_shares), place=PLACE))
        taken.append(HeirShare(heir.name, whole_shares))
    return Outcome(tuple(taken), tuple(steps))


def require_parts(*, beneficiaries: Sequence[Beneficiary]) -> None:
    """Refuse parts that are not above zero each and 100 % together (rule 7.7; GA §4).

    The parts of the primary beneficiaries add up among themselves, and so do those of the
    contingent ones, who are named only beside primary ones.
    """
    primary = [each.percent for each in beneficiaries if not each.contingent]
    contingent = [each.percent for each in beneficiaries if each.contingent]
    if contingent and not primary:
        raise Refused(
            "contingent beneficiaries are named, and no primary one before them.",
            place=PLACE,
            remedy="Name them as primary beneficiaries.",
        )
    for parts, which in ((primary, "beneficiaries"), (contingent, "contingent beneficiaries")):
        if parts and (sum(parts) != HUNDRED or not all(part > 0 for part in parts)):
            raise Refused(
                f"the parts of the {which} ({', '.join(str(part) for part in parts)}) are not "
                "above zero each and 100 % together.",
                place=PLACE,
                remedy="Correct the parts as the holder named them.",
            )


def takers(*, beneficiaries: Sequence[Beneficiary]) -> list[Beneficiary]:
    """Give those who take, in the order named: the primary beneficiaries who survived, or where
    none did the contingent ones who survived (rule 7.7; GA §4)."""
    survivors = [each for each in beneficiaries if each.survived]
    primary = [each for each in survivors if not each.contingent]
    return primary or survivors


def _to_the_estate(
    representative: str | None, shares: int, *, named: bool
) -> Outcome[tuple[HeirShare, ...]]:
    why = "no beneficiary survived the holder" if named else "no beneficiary was named"
    if not representative:
        raise Refused(
            f"{why}, and nobody is on record for the estate.",
            place=PLACE,
            remedy="Record the estate's representative, or who takes by will or descent.",
        )
    sentence = f"All goes to {representative}, for the estate: {why}."
    step = Step(sentence=sentence, figure=shares_text(shares), place=PLACE)
    return Outcome((HeirShare(representative, shares),), (step,))


def _largest_remainders(parts: Sequence[Fraction], shares: int) -> list[int]:
    exact = [shares * part / sum(parts) for part in parts]
    whole = [int(share) for share in exact]
    # A stable sort: of equal remainders the one named first stays first.
    by_remainder = sorted(range(len(parts)), key=lambda n: whole[n] - exact[n])
    for n in by_remainder[: shares - sum(whole)]:
        whole[n] += 1
    return whole
