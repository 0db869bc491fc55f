"""The Plan's limits on what may be granted."""

from ltip.rules.earning import MOST_SHARES_EACH
from ltip.rules.outcome import Refused, Step
from ltip.rules.quantities import shares_text
from ltip.rules.readings import require_reading

PLACE = "P Maximum Shares, P Coordination with Plan"


def counted(*, target: int, counting: str = "maximum") -> int:
    """Count a target of Performance Shares as the shares it takes from a limit (rule 9.1).

    At their maximum, two shares each (GA recitals). Places: P Maximum Shares, P Coordination with
    Plan. Refuses a negative target and an unknown reading.
    *Reading:* `limits.count` = maximum (alternative: target).
    """
    require_reading(key="limits.count", value=counting)
    if target < 0:
        raise Refused(f"{target} Performance Shares cannot be counted.", place=PLACE)
    return target * MOST_SHARES_EACH if counting == "maximum" else target


def require_within_limits(
    *,
    granting: int,
    counted_before: int,
    reserve: int | None,
    granted_this_year: int,
    yearly_limit: int | None,
    holder: str,
    counting: str = "maximum",
) -> tuple[Step, ...]:
    """Refuse a grant that would exceed the share reserve or the holder's yearly limit (rule 9.1).

    `granting` is the target of this award, `granted_this_year` the targets granted to the holder
    before in the year of the grant date; `counted_before` is what the reserve has given already,
    in shares as counted. A limit of None is not set. Gives a step for each limit. Places:
    P Maximum Shares, P Coordination with Plan. *Reading:* `limits.count` = maximum.
    """
    shares = counted(target=granting, counting=counting)
    of_reserve = counted_before + shares
    of_year = counted(target=granted_this_year, counting=counting) + shares
    return (
        _within(of_reserve, reserve, "the share reserve of the Plan", shares, holder),
        _within(of_year, yearly_limit, f"the yearly limit of {holder}", shares, holder),
    )


def _within(total: int, limit: int | None, what: str, shares: int, holder: str) -> Step:
    if limit is None:
        return Step(sentence=f"No number is set for {what}.", figure="", place=PLACE)
    if total > limit:
        raise Refused(
            f"the award to {holder} counts as {shares_text(shares)} shares and would bring the "
            f"total to {shares_text(total)}, beyond {what}, {shares_text(limit)}.",
            place=PLACE,
            remedy="Grant fewer, or record the limit that the stockholders have approved.",
        )
    return Step(
        sentence=(
            f"Counting {shares_text(shares)} shares for this award, {shares_text(total)} of "
            f"{shares_text(limit)} are taken from {what}."
        ),
        figure=shares_text(limit - total),
        place=PLACE,
    )
