"""What Exhibit B adds for holders in the United Kingdom."""

from dataclasses import dataclass
from datetime import date, timedelta

from ltip.rules.calendars import day_text, months_later
from ltip.rules.outcome import Outcome, Refused, Step

PLACE = "XB"
TAX_MONTH_ENDS_ON = 5
REMITTANCE_DAYS = 14
DAYS_TO_MAKE_GOOD = 90


@dataclass(frozen=True, slots=True)
class Uncollected:
    """What tax not made good becomes: a "loan" or a "benefit", unless paid until and including
    `made_good_until`, and the day `from_` which it then is one."""

    kind: str
    made_good_until: date
    from_: date


def uk_tax_month_end(day: date, *, ends_on: int = TAX_MONTH_ENDS_ON) -> date:
    """Give the last day, a fifth, of the U.K. tax month that holds a day (rule 10.4; XB).

    `ends_on` is that day of the month, up to the 28th, where a supplement says another.
    """
    last = day.replace(day=ends_on)
    return last if day <= last else months_later(last, months=1)


def employer_remits_by(
    *,
    taxable_event: date,
    month_ends_on: int = TAX_MONTH_ENDS_ON,
    days: int = REMITTANCE_DAYS,
) -> Outcome[date]:
    """Give the day by which the company remits the employer's national insurance: fourteen days
    after the end of the tax month of the taxable event (rule 10.4; XB)."""
    month_end = uk_tax_month_end(taxable_event, ends_on=month_ends_on)
    due = month_end + timedelta(days=days)
    sentence = (
        f"The tax month of the taxable event of {day_text(taxable_event)} ends on "
        f"{day_text(month_end)}; the company remits within {days} days after."
    )
    return Outcome(due, (Step(sentence=sentence, figure=day_text(due), place=PLACE),))


def uncollected_tax(
    *, taxable_event: date, officer_or_director: bool, period_days: int = DAYS_TO_MAKE_GOOD
) -> Outcome[Uncollected]:
    """Say what tax on a taxable event becomes that is not made good in time (rule 10.4; XB).

    In time is until the ninetieth day after the event, or that of the other period that ITEPA
    2003 s.222(1)(c) sets. Then it is a loan at the official rate, with effect from that ninetieth
    day; of an officer or executive director in the sense of Exchange Act §13(k) it is a benefit
    instead, from the day after. Refuses a period that is not at least a day.
    """
    if period_days < 1:
        raise Refused(f"a period of {period_days} days to make tax good.", place=PLACE)
    until = taxable_event + timedelta(days=period_days)
    in_time = (
        f"Tax on the event of {day_text(taxable_event)} not made good within {period_days} days"
    )
    if officer_or_director:
        value = Uncollected("benefit", until, until + timedelta(days=1))
        sentence = f"{in_time} is a benefit to an officer or executive director, and no loan."
    else:
        value = Uncollected("loan", until, until)
        sentence = f"{in_time} is a loan at the official rate."
    return Outcome(value, (Step(sentence=sentence, figure=day_text(until), place=PLACE),))


def election_in_force(*, signed_on: date | None, ended_on: date | None, on: date) -> bool:
    """Tell whether the joint election is in force on a day (rule 10.4; XB).

    From its signature on, until the day it ends by agreement, by the company's notice or by the
    revenue's withdrawal: on that day it no longer is.
    """
    return signed_on is not None and signed_on <= on and (ended_on is None or on < ended_on)


def require_joint_election(
    *, holder: str, signed_on: date | None, ended_on: date | None, vests_on: date
) -> None:
    """Refuse that anything vests of a holder without a joint election signed on a day before,
    and still in force (rule 10.4; XB)."""
    if signed_on is None:
        raise Refused(
            f"{holder} has signed no joint election, and nothing vests before.",
            place=PLACE,
            remedy="Have the joint election signed first.",
        )
    if signed_on >= vests_on:
        raise Refused(
            f"{holder} signed the joint election on {day_text(signed_on)}, not before the "
            f"Performance Shares vest on {day_text(vests_on)}.",
            place=PLACE,
            remedy="Deliver on a day after the signature.",
        )
    if not election_in_force(signed_on=signed_on, ended_on=ended_on, on=vests_on):
        raise Refused(
            f"the joint election of {holder} is no longer in force on {day_text(vests_on)}.",
            place=PLACE,
            remedy="Have a new joint election signed first.",
        )
