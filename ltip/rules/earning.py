"""How many shares a holder earns, and what the end of service makes of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from ltip.rules.calendars import Period, day_text, full_months, months_in, thirtieth_day_after
from ltip.rules.deferral import six_month_wait
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import CONTEXT, HUNDRED, percent_text, shares_text, whole_shares
from ltip.rules.readings import require_reading

MOST_SHARES_EACH = 2  # shares that one Performance Share can earn (GA recitals)
PLACE = "P Termination of Employment"
DETERMINATION = "the Determination Date"
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
    """The day a holder's employment ended and why.

    `deferred` marks non-exempt deferred compensation, for which only the separation from service
    counts (`separated_on`, the same day where none is given), and `specified` a specified
    employee on that day (GA §5). `died_on` is a later death. The two disabilities are the Code's,
    §22(e), and the Plan's (rule 7.5). Refuses an unknown reason, and a separation before the end.
    """

    on: date
    reason: str
    deferred: bool = False
    specified: bool = False
    separated_on: date | None = None
    died_on: date | None = None
    totally_disabled: bool = True
    disabled_under_plan: bool = True

    def __post_init__(self) -> None:
        if self.reason not in _REASONS:
            raise Refused(
                f"{self.reason!r} is no reason for the end of employment; it is one of "
                f"{', '.join(_REASONS)}.",
                place=PLACE,
            )
        if self.separated_on is not None and self.separated_on < self.on:
            raise Refused(
                f"the separation from service on {day_text(self.separated_on)} lies before the end "
                f"of employment on {day_text(self.on)}.",
                place="GA §5",
            )

    @property
    def counts_on(self) -> date:
        """The day that counts as the termination: for deferred compensation the separation."""
        return self.separated_on or self.on if self.deferred else self.on

    @property
    def text(self) -> str:
        ended = f"Employment ended {_REASONS[self.reason]} on {day_text(self.on)}"
        if self.counts_on == self.on:
            return ended
        return f"{ended}, with a separation from service on {day_text(self.counts_on)}"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The shares a holder is to be issued and the day that happens, None when forfeited.

    `delayed` says that the day was put off: by the six months of GA §5, or by the Committee for
    the deduction.
    """

    shares: int
    settles_on: date | None
    forfeited: bool
    delayed: bool = False


def shares_earned(
    *,
    target: int,
    payout: Decimal,
    period: Period,
    determination_date: date,
    end_of_service: EndOfService | None,
    decided_by: str = DETERMINATION,
    on_determination_date: str = "after",
    month_full: str = "last_day_inclusive",
    proration_cap: str = "one",
    proration_rounding: str = "once",
    shares_rounding: str = "down",
) -> Outcome[int]:
    """Compute the whole shares that an award earns, as determined.

    Target × payout (per cent of target), rounded down once. Before the Determination Date, death
    and total and permanent disability take nothing away, a dismissal other than for Cause leaves
    the full months served over the months of the period, and any other end of service forfeits
    everything (rules 4.4, 7.1 to 7.3; P Termination of Employment). From the Determination Date
    on, all is earned; `entitlement` settles what follows. `decided_by` names what determined, for
    the steps, where it is not the Determination Date. Refuses a negative target, a payout outside
    0 to 200 % (GA recitals), a period without a full month to divide by, and unknown readings.
    *Readings:* `shares.rounding` = down (alternative: nearest); `proration.rounding` = once, at
    the end (twice); `proration.cap` = one (none); `month.full` = last day inclusive (day after);
    `termination.on_determination_date` = after (before).
    """
    require_award(target=target, payout=payout)
    require_reading(key="proration.rounding", value=proration_rounding)
    require_reading(key="proration.cap", value=proration_cap)
    with localcontext(CONTEXT):
        whole = target * payout / HUNDRED
    earned = whole_shares(whole, rounding=shares_rounding)
    performance = Step(
        sentence=(
            f"{shares_text(target)} Performance Shares × {percent_text(payout)}, "
            f"{rounding_text(shares_rounding)}."
        ),
        figure=shares_text(earned),
        place="GA recitals",
    )
    if end_of_service is None or not _ended_before(
        end_of_service, determination_date, on_determination_date
    ):
        return Outcome(earned, (performance,))

    left = left_to_leaver(
        target=target,
        payout=payout,
        counted=period,
        end_of_service=end_of_service,
        before=decided_by,
        place=PLACE,
        month_full=month_full,
        proration_cap=proration_cap,
        proration_rounding=proration_rounding,
        shares_rounding=shares_rounding,
    )
    return Outcome(left.value, (performance, *left.steps))


def left_to_leaver(
    *,
    target: int,
    payout: Decimal,
    counted: Period,
    end_of_service: EndOfService,
    before: str,
    place: str,
    month_full: str,
    proration_cap: str,
    proration_rounding: str,
    shares_rounding: str,
) -> Outcome[int]:
    """Compute the whole shares left to a holder who went before the award was determined.

    Death and total and permanent disability take nothing away, a dismissal other than for Cause
    leaves the full months served over the months of `counted`, and any other end of service
    forfeits everything (rules 7.1 to 7.3, 8.4; P Termination of Employment). `payout` is in per
    cent of target; `before` and `place` name for the step what determined, and where. Refuses
    months without a full one to divide by, and an unknown reading.
    *Readings:* those of `shares_earned`.
    """
    with localcontext(CONTEXT):
        whole = target * payout / HUNDRED
    shares = whole_shares(whole, rounding=shares_rounding)
    ended = f"{end_of_service.text}, before {before}"
    if end_of_service.reason == WITHOUT_CAUSE:
        months = _months_of(counted, place)
        served = full_months(
            start=counted.start, until=end_of_service.counts_on, month_full=month_full
        )
        if proration_cap == "one":
            served = min(served, months)
        with localcontext(CONTEXT):
            base = Decimal(shares) if proration_rounding == "twice" else whole
            shares = whole_shares(base * served / months, rounding=shares_rounding)
        sentence = (
            f"{ended}: {served} full months of {months} served; {shares_text(target)} × "
            f"{percent_text(payout)} × {served}/{months}, "
            f"{rounding_text(shares_rounding)} {proration_rounding}."
        )
    elif _keeps_all(end_of_service):
        sentence = f"{ended}: all that performance earned stays."
    else:
        sentence = f"{ended}: forfeited that day."
        shares = 0
    return Outcome(shares, (Step(sentence, shares_text(shares), place),))


def entitlement(
    *,
    earned: int,
    determination_date: date,
    settlement_date: date,
    end_of_service: EndOfService | None,
    resignation_between_dates: str = "forfeit",
    on_determination_date: str = "after",
) -> Outcome[Entitlement]:
    """Say what a holder is issued of the shares earned, and when.

    On the Settlement Date, unless employment ended from the Determination Date on and before it:
    after a dismissal other than for Cause, death or disability in the Plan's sense on the
    thirtieth day after that end (rule 7.4), or later where the six months of a specified employee
    make what the separation made payable wait (rule 7.6; GA §5); after resignation, retirement or
    Cause nothing, or under the other reading all on the Settlement Date (rules 6.2, 7.5). Places:
    GA §4, P Termination of Employment. Refuses an unknown reading.
    *Readings:* `resignation.between_dates` = forfeit (alternative: pay);
    `termination.on_determination_date` = after (before).
    """
    require_reading(key="resignation.between_dates", value=resignation_between_dates)
    on_settlement_date = Entitlement(earned, settlement_date, forfeited=False)
    if end_of_service is None or end_of_service.counts_on >= settlement_date:
        sentence = f"Employed until the Settlement Date, {day_text(settlement_date)}."
        return _entitled(on_settlement_date, sentence, "GA §4")

    if _ended_before(end_of_service, determination_date, on_determination_date):
        if _keeps_all(end_of_service) or end_of_service.reason == WITHOUT_CAUSE:
            sentence = f"{end_of_service.text}: what was earned is settled with everyone's."
            return _entitled(on_settlement_date, sentence, PLACE)
        sentence = f"{end_of_service.text}, before the Determination Date: forfeited."
        return _entitled(Entitlement(0, None, forfeited=True), sentence, PLACE)

    between = f"{end_of_service.text}, after the Determination Date and before the Settlement Date"
    if _is_issued_after_the_end(end_of_service):
        return _issued_after_the_end(earned, end_of_service, between)
    if resignation_between_dates == "pay":
        sentence = f"{between}: paid on the Settlement Date, by the Committee's reading."
        return _entitled(on_settlement_date, sentence, PLACE)
    sentence = f"{between}: forfeited."
    return _entitled(Entitlement(0, None, forfeited=True), sentence, "GA §§1(b), 2, 4")


def _ended_before(
    end_of_service: EndOfService, determination_date: date, on_determination_date: str
) -> bool:
    require_reading(key="termination.on_determination_date", value=on_determination_date)
    if on_determination_date == "before":
        return end_of_service.counts_on <= determination_date
    return end_of_service.counts_on < determination_date


def _keeps_all(end_of_service: EndOfService) -> bool:
    if end_of_service.reason == "disability":
        return end_of_service.totally_disabled
    return end_of_service.reason == "death"


def _is_issued_after_the_end(end_of_service: EndOfService) -> bool:
    if end_of_service.reason == "disability":
        return end_of_service.disabled_under_plan
    return end_of_service.reason in ("death", WITHOUT_CAUSE)


def _issued_after_the_end(
    earned: int, end_of_service: EndOfService, between: str
) -> Outcome[Entitlement]:
    issued_on = thirtieth_day_after(end_of_service.counts_on)
    sentence = f"{between}: issued on the thirtieth day after, {day_text(issued_on)}."
    thirtieth = _entitled(Entitlement(earned, issued_on, forfeited=False), sentence, PLACE)
    if end_of_service.reason == "death":
        return thirtieth
    waits = six_month_wait(
        payable_on=issued_on,
        separated_on=end_of_service.counts_on,
        specified=end_of_service.specified,
        deferred=end_of_service.deferred,
        died_on=end_of_service.died_on,
    )
    if waits.value == issued_on:
        return thirtieth
    delayed = Entitlement(earned, waits.value, forfeited=False, delayed=True)
    return Outcome(delayed, (*thirtieth.steps, *waits.steps))


def require_award(*, target: int, payout: Decimal) -> None:
    """Refuse a negative target and a payout outside 0 to 200 % of it (P Grants; GA recitals)."""
    if target < 0:
        raise Refused(f"an award of {target} Performance Shares.", place="P Grants")
    most = MOST_SHARES_EACH * HUNDRED
    if not 0 <= payout <= most:
        raise Refused(
            f"a payout of {payout} % of target is not within 0 to {most} %: a Performance Share "
            f"earns at most {MOST_SHARES_EACH} shares.",
            place="GA recitals",
        )


def _months_of(period: Period, place: str) -> int:
    # The period itself is counted to its last day in either reading; only service is not.
    months = months_in(period)
    if months == 0:
        raise Refused(
            f"the period from {day_text(period.start)} to {day_text(period.end)} has no full "
            "month to take a fraction of.",
            place=place,
            remedy="What its leavers earn is the Committee's to decide, in writing.",
        )
    return months


def rounding_text(shares_rounding: str) -> str:
    """Say how a number of shares is made whole, in the words of a step (rule 4.4)."""
    return "rounded down" if shares_rounding == "down" else "rounded to the nearest whole share"


def _entitled(value: Entitlement, sentence: str, place: str) -> Outcome[Entitlement]:
    return Outcome(value, (Step(sentence=sentence, figure=shares_text(value.shares), place=place),))
