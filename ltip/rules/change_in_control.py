"""What a change in control makes of a performance period and of its awards."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, localcontext

from ltip.rules.calendars import (
    Period,
    day_text,
    last_business_day_on_or_before,
    months_later,
)
from ltip.rules.earning import PLACE as LEAVING_PLACE
from ltip.rules.earning import EndOfService, left_to_leaver, require_award, rounding_text
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import CONTEXT, HUNDRED, percent_text, shares_text, whole_shares
from ltip.rules.readings import require_reading

PLACE = "P Change in Control"
# Fiscal quarters have thirteen or fourteen weeks: four months without an end on record are a gap
# in the record, and measuring an older quarter instead would pay the wrong shares.
_MONTHS_WITH_A_QUARTER_END = 4


def shortened_period(
    *,
    period: Period,
    event: date,
    fiscal_quarter_ends: Sequence[date],
    business_day: str = "federal",
) -> Outcome[Period]:
    """Give the period that a change in control during it leaves (rule 8.1; P Change in Control).

    It ends on the last business day of the last fiscal quarter completed before the day of the
    event; a quarter that ends on that day is not yet completed. Refuses an event outside the
    period, an event before which no quarter was completed since the period began (rule 8.3), and
    a record of fiscal quarters that shows no end in the last four months.
    *Readings:* `cic.no_completed_quarter` = refuse; `business_day` = federal, weekdays that are
    not U.S. federal holidays (alternative: weekdays).
    """
    if not period.start <= event <= period.end:
        raise Refused(
            f"the change in control of {day_text(event)} does not fall into the period from "
            f"{day_text(period.start)} to {day_text(period.end)}, so it does not shorten it.",
            place=PLACE,
        )
    completed = [end for end in fiscal_quarter_ends if period.start <= end < event]
    last_known = max(completed, default=period.start)
    if months_later(last_known, months=_MONTHS_WITH_A_QUARTER_END) < event:
        raise Refused(
            f"no fiscal quarter is on record as ended between {day_text(last_known)} and the "
            f"change in control of {day_text(event)}, though one must have.",
            place=PLACE,
            remedy="Record the ends of the fiscal quarters first.",
        )
    ends_on = last_business_day_on_or_before(last_known, business_day=business_day)
    if not completed or ends_on < period.start:
        raise Refused(
            f"no fiscal quarter was completed between the first day of the period, "
            f"{day_text(period.start)}, and the change in control of {day_text(event)}: there is "
            "nothing to measure.",
            place=PLACE,
            remedy="What these awards earn is the Committee's to decide, in writing.",
        )
    quarter = Step(
        sentence=(
            f"The last fiscal quarter completed before the change in control of {day_text(event)} "
            f"ended on {day_text(last_known)}."
        ),
        figure=day_text(last_known),
        place=PLACE,
    )
    end = Step(
        sentence="The period ends on the last business day of that quarter.",
        figure=day_text(ends_on),
        place=PLACE,
    )
    return Outcome(Period(period.start, ends_on), (quarter, end))


def timing(*, period: Period, event: date, determination_date: date | None) -> str:
    """Tell where a change in control falls: "before_period", "during" it (rule 8.1),
    "after_period" and before the Determination Date (rule 8.2), or "determined", from that date
    on, when it changes nothing. `determination_date` is None while there is none.

    Place: P Change in Control. *Reading:* `cic.after_determination` = stands.
    """
    if determination_date is not None and event >= determination_date:
        return "determined"
    if event < period.start:
        return "before_period"
    return "during" if event <= period.end else "after_period"


def lump_sum_shares(
    *,
    target: int,
    payout: Decimal,
    period: Period,
    measured_until: date,
    event: date,
    end_of_service: EndOfService | None,
    proration_months: str = "shortened",
    proration_rounding: str = "once",
    month_full: str = "last_day_inclusive",
    shares_rounding: str = "down",
) -> Outcome[int]:
    """Compute the whole shares of an award that a change in control pays in one lump sum.

    Target × payout (per cent of target) for everyone employed immediately before the event, that
    is whose last day of service is the event's or later: the whole award, no proration (rules
    8.1, 8.2). Of those who left earlier, death and total and permanent disability take nothing
    away, a dismissal other than for Cause leaves the full months served over those of the period,
    never more than all, and any other end of service forfeits everything (rule 8.4). `period` is
    the period as set, `measured_until` its last day or the day that shortened it. Refuses a
    negative target, a payout outside 0 to 200 % (GA recitals), a last day outside the period, no
    full month to take a fraction of, and unknown readings. Places: P Change in Control,
    P Termination of Employment.
    *Readings:* `cic.proration_months` = shortened (alternative: full), `proration.rounding` =
    once (twice), `month.full` = last_day_inclusive (day_after), `shares.rounding` = down
    (nearest, a half up); `cic.leavers_paid` = with the lump sum.
    """
    require_reading(key="cic.proration_months", value=proration_months)
    require_reading(key="proration.rounding", value=proration_rounding)
    require_award(target=target, payout=payout)
    if not period.start <= measured_until <= period.end:
        raise Refused(
            f"performance measured until {day_text(measured_until)} is not that of the period "
            f"from {day_text(period.start)} to {day_text(period.end)}.",
            place=PLACE,
        )
    with localcontext(CONTEXT):
        whole = target * payout / HUNDRED
    shares = whole_shares(whole, rounding=shares_rounding)
    performance = Step(
        sentence=(
            f"{shares_text(target)} Performance Shares × {percent_text(payout)}, measured until "
            f"{day_text(measured_until)}, {rounding_text(shares_rounding)}."
        ),
        figure=shares_text(shares),
        place=PLACE,
    )
    if end_of_service is None or end_of_service.counts_on >= event:
        sentence = (
            f"Employed immediately before the change in control of {day_text(event)}: the whole "
            "award, no proration."
        )
        step = Step(sentence=sentence, figure=shares_text(shares), place=PLACE)
        return Outcome(shares, (performance, step))

    left = left_to_leaver(
        target=target,
        payout=payout,
        counted=period if proration_months == "full" else Period(period.start, measured_until),
        end_of_service=end_of_service,
        before="the change in control",
        place=f"{PLACE}, {LEAVING_PLACE}",
        month_full=month_full,
        proration_cap="one",
        proration_rounding=proration_rounding,
        shares_rounding=shares_rounding,
    )
    return Outcome(left.value, (performance, *left.steps))
