"""How far the Committee may set what an award earns, down or up."""

from datetime import date

from ltip.rules.calendars import day_text
from ltip.rules.earning import MOST_SHARES_EACH
from ltip.rules.outcome import Refused
from ltip.rules.quantities import shares_text
from ltip.rules.readings import require_reading

PLACE = "P Award Determination"


def require_reduction(
    *,
    current: int | None,
    to: int,
    settled: bool,
    certified: bool,
    after_certification: str = "allowed",
) -> None:
    """Refuse a reduction of an award that is settled, or that reduces nothing (rule 5.3).

    `current` is the shares the award stands at, None while nothing is earned: `to` is then the
    most that it can earn. Refuses a negative number of shares and an unknown reading. Place:
    P Award Determination.
    *Reading:* `reduction.after_certification` = allowed (alternative: refused).
    """
    require_reading(key="reduction.after_certification", value=after_certification)
    _require_open(to=to, settled=settled)
    if certified and after_certification == "refused":
        raise Refused(
            "the award is certified, and by the Committee's reading is not reduced any more.",
            place=PLACE,
        )
    if current is not None and to >= current:
        raise Refused(
            f"{shares_text(to)} shares are not fewer than the {shares_text(current)} the award "
            "stands at: that is no reduction.",
            place=PLACE,
        )


def require_increase(
    *,
    certified: int | None,
    to: int,
    target: int,
    covered: bool,
    period_start: date,
    stockholder_approval_date: date | None,
    settled: bool,
    others: str = "allowed",
) -> None:
    """Refuse an increase above the certified level where the Committee may make none (rule 5.4).

    Of a Covered Employee, in a period that begins after the Stockholder Approval Date, never
    above `certified`, the shares certified; of anyone, not above two shares for each Performance
    Share of the target (GA recitals), nor before there is a certificate (`certified` is None).
    The Plan's limits are `limits`' to check. Refuses a settled award, a negative number of shares
    and an unknown reading. Place: P Award Determination.
    *Reading:* `increase.others` = allowed (alternative: refused).
    """
    require_reading(key="increase.others", value=others)
    _require_open(to=to, settled=settled)
    is_above = certified is not None and to > certified
    if (
        is_above
        and covered
        and stockholder_approval_date is not None
        and period_start > stockholder_approval_date
    ):
        raise Refused(
            f"{shares_text(to)} shares are above the certified level, which is closed for a "
            "Covered Employee in a period that begins after the Stockholder Approval Date, "
            f"{day_text(stockholder_approval_date)}.",
            place=PLACE,
        )
    most = MOST_SHARES_EACH * target
    if to > most:
        raise Refused(
            f"{shares_text(to)} shares are more than the {shares_text(most)} that "
            f"{shares_text(target)} Performance Shares can earn.",
            place="GA recitals",
        )
    if certified is None:
        raise Refused(
            "there is no certified level yet to increase.",
            place=PLACE,
            remedy="Certify first.",
        )
    if is_above and others == "refused":
        raise Refused(
            f"{shares_text(to)} shares are above the certified {shares_text(certified)}, which is "
            "closed by the Committee's reading.",
            place=PLACE,
        )


def _require_open(*, to: int, settled: bool) -> None:
    if to < 0:
        raise Refused(f"{to} is no number of shares.", place=PLACE)
    if settled:
        raise Refused("the award is settled, and its shares are fixed.", place=PLACE)
