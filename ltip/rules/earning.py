"""How many shares a holder earns, and what the end of service makes of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from ltip.rules.calendars import Period, day_text, full_months, months_in, thirtieth_day_after
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import CONTEXT, HUNDRED, percent_text, shares_text, whole_shares

MOST_SHARES_EACH = 2  # shares that one Performance Share can earn (GA recitals)
PLACE = "P Termination of Employment"
DEATH_OR_DISABILITY = frozenset({"death", "disability"})
WITHOUT_CAUSE = "without_cause"
_REASONS = {
    "death": "by death",
    "disability": "by disability",
    "without_cause": "by the company, other than for Cause",
    "cause": "for Cause",
    "resignation": "by resignation",
    "retirement": "by retirement",
}


@dataclass(frozen=True, slots=True)
class EndOfService:
    """The day a holder's employment ended and why; `deferred` marks non-exempt deferred
    compensation, for which GA §5 has its own rules. Refuses an unknown reason."""

    on: date
    reason: str
    deferred: bool

    def __post_init__(self) -> None:
        if self.reason not in _REASONS:
            raise Refused(
                f"{self.reason!r} is no reason for the end of employment; it is one of "
                f"{', '.join(_REASONS)}.",
                place=PLACE,
            )


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The shares a holder is to be issued and the day that happens, None when forfeited."""

    shares: int
    settles_on: date | None
    forfeited: bool


def shares_earned(
    *,
    target: int,
    payout: Decimal,
    period: Period,
    determination_date: date,
    end_of_service: EndOfService | None,
    shares_limit_per_share: int = MOST_SHARES_EACH,
) -> Outcome[int]:
    """Compute the whole shares that an award earns, as certified.

    Target × payout (per cent of target), rounded down once. Before the Determination Date, death
    and disability take nothing away, a dismissal other than for Cause leaves the full months
    served over the months of the period, and any other end of service forfeits everything
    (rules 4.4, 7.1 to 7.3; P Termination of Employment). From the Determination Date on, all is
    earned; `entitlement` settles what follows. Refuses a negative target, a payout outside 0 to
    200 % (GA recitals) and a period without a full month to divide by.
    *Readings:* `shares.rounding` = down; `proration.rounding` = once, at the end;
    `proration.cap` = 1; `month.full` = last day inclusive;
    `termination.on_determination_date` = after.
    """
    _check_award(target=target, payout=payout, shares_limit_per_share=shares_limit_per_share)
    with localcontext(CONTEXT):
        whole = target * payout / HUNDRED
    performance = Step(
        sentence=(
            f"{shares_text(target)} Performance Shares × {percent_text(payout)}, rounded down to "
            "whole shares."
        ),
        figure=shares_text(whole_shares(whole)),
        place="GA recitals",
    )
    if end_of_service is None or end_of_service.on >= determination_date:
        return Outcome(whole_shares(whole), (performance,))

    ended = f"Employment ended {_REASONS[end_of_service.reason]} on {day_text(end_of_service.on)}"
    if end_of_service.reason in DEATH_OR_DISABILITY:
        sentence = f"{ended}, before the Determination Date: all that performance earned stays."
        earned = whole_shares(whole)
    elif end_of_service.reason == WITHOUT_CAUSE:
        months = _months_of(period)
        served = min(full_months(start=period.start, until=end_of_service.on), months)
        with localcontext(CONTEXT):
            earned = whole_shares(target * payout * served / (HUNDRED * months))
        sentence = (
            f"{ended}, before the Determination Date: {served} full months of {months} served; "
            f"{shares_text(target)} × {percent_text(payout)} × {served}/{months}, rounded down "
            "once."
        )
    else:
        sentence = f"{ended}, before the Determination Date: forfeited that day."
        earned = 0
    step = Step(sentence=sentence, figure=shares_text(earned), place=PLACE)
    return Outcome(earned, (performance, step))


def entitlement(
    *,
    earned: int,
    determination_date: date,
    settlement_date: date,
    end_of_service: EndOfService | None,
    resignation_between_dates: str = "forfeit",
) -> Outcome[Entitlement]:
    """Say what a holder is issued of the shares earned, and when.

    On the Settlement Date, unless employment ended from the Determination Date on and before it:
    after a dismissal other than for Cause, death or disability on the thirtieth day after that
    end (rule 7.4); after resignation, retirement or Cause nothing, or under the other reading
    all on the Settlement Date (rules 6.2, 7.5). Places: GA §4, P Termination of Employment.
    Refuses an unknown reading.
    *Reading:* `resignation.between_dates` = forfeit (alternative: pay).
    """
    if resignation_between_dates not in ("forfeit", "pay"):
        raise Refused(
            f"{resignation_between_dates!r} is no reading of resignation.between_dates; it is "
            "forfeit or pay.",
            place="P Administration",
        )
    on_settlement_date = Entitlement(earned, settlement_date, forfeited=False)
    if end_of_service is None or end_of_service.on >= settlement_date:
        sentence = f"Employed until the Settlement Date, {day_text(settlement_date)}."
        return _entitled(on_settlement_date, sentence, "GA §4")

    ended = f"Employment ended {_REASONS[end_of_service.reason]} on {day_text(end_of_service.on)}"
    keeps = end_of_service.reason in DEATH_OR_DISABILITY | {WITHOUT_CAUSE}
    if end_of_service.on < determination_date:
        if keeps:
            sentence = f"{ended}: what was earned is settled with everyone's."
            return _entitled(on_settlement_date, sentence, PLACE)
        sentence = f"{ended}, before the Determination Date: forfeited."
        return _entitled(Entitlement(0, None, forfeited=True), sentence, PLACE)

    between = f"{ended}, after the Determination Date and before the Settlement Date"
    if keeps:
        settles_on = thirtieth_day_after(end_of_service.on)
        sentence = f"{between}: issued on the thirtieth day after, {day_text(settles_on)}."
        return _entitled(Entitlement(earned, settles_on, forfeited=False), sentence, PLACE)
    if resignation_between_dates == "pay":
        sentence = f"{between}: paid on the Settlement Date, by the Committee's reading."
        return _entitled(on_settlement_date, sentence, PLACE)
    sentence = f"{between}: forfeited."
    return _entitled(Entitlement(0, None, forfeited=True), sentence, "GA §§1(b), 2, 4")


def _check_award(*, target: int, payout: Decimal, shares_limit_per_share: int) -> None:
    if target < 0:
        raise Refused(f"an award of {target} Performance Shares.", place="P Grants")
    most = shares_limit_per_share * HUNDRED
    if not 0 <= payout <= most:
        raise Refused(
            f"a payout of {payout} % of target is not within 0 to {most} %: a Performance Share "
            f"earns at most {shares_limit_per_share} shares.",
            place="GA recitals",
        )


def _months_of(period: Period) -> int:
    months = months_in(period)
    if months == 0:
        raise Refused(
            f"the period from {day_text(period.start)} to {day_text(period.end)} has no full "
            "month to take a fraction of.",
            place=PLACE,
            remedy="What its leavers earn is the Committee's to decide, in writing.",
        )
    return months


def _entitled(value: Entitlement, sentence: str, place: str) -> Outcome[Entitlement]:
    return Outcome(value, (Step(sentence=sentence, figure=shares_text(value.shares), place=place),))
