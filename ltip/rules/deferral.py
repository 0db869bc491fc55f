"""Settlements that wait, and the deadlines that tax law sets beside the Program."""

from datetime import date, timedelta

from ltip.rules.calendars import day_text, months_later, next_business_day_on_or_after
from ltip.rules.outcome import Outcome, Refused, Step

PLACE = "GA §5"
_DEDUCTION_PLACE = "P Qualified Performance-Based Compensation"
_MONTHS_OF_WAITING = 6
# Who was a Covered Employee in a year after this one stays one, by §162(m) as it now stands.
_LAST_YEAR_STATUS_COULD_END = 2016


def six_month_wait(
    *,
    payable_on: date,
    separated_on: date,
    specified: bool,
    deferred: bool,
    died_on: date | None,
) -> Outcome[date]:
    """Give the day on which what a separation from service made payable is paid (rule 7.6).

    Only non-exempt deferred compensation (`deferred`) of a holder who was a specified employee at
    the separation (`specified`) waits: until the first business day after the earlier of six
    months from the separation and death. What is payable later than that does not wait. Place:
    GA §5. Refuses a death before the separation.
    """
    if died_on is not None and died_on < separated_on:
        raise Refused(
            f"a death on {day_text(died_on)} cannot precede the separation from service on "
            f"{day_text(separated_on)}.",
            place=PLACE,
        )
    if not (specified and deferred):
        sentence = (
            "Nothing waits for six months: that takes a specified employee and non-exempt "
            "deferred compensation."
        )
        return _day(payable_on, sentence, PLACE)
    ends_on = months_later(separated_on, months=_MONTHS_OF_WAITING)
    why = f"six months after the separation from service on {day_text(separated_on)}"
    if died_on is not None and died_on < ends_on:
        ends_on, why = died_on, "the holder's death, before six months had passed"
    if payable_on > ends_on:
        sentence = f"The wait ended on {day_text(ends_on)}, {why}, before this became payable."
        return _day(payable_on, sentence, PLACE)
    sentence = (
        f"A specified employee's deferred compensation waits until {day_text(ends_on)}, {why}, and "
        "is paid on the first business day after."
    )
    return _day(next_business_day_on_or_after(ends_on + timedelta(days=1)), sentence, PLACE)


def deduction_deferral(
    *, settles_on: date, first_deductible_year: int, end_of_service_on: date | None
) -> Outcome[date]:
    """Give the day until which the Committee may delay a settlement for its deduction (rule 9.6).

    1 January of the first year in which the deduction is not lost, or the end of service if
    sooner, and never before `settles_on`, the day it would settle otherwise. Place: P Qualified
    Performance-Based Compensation. A specified employee's wait (`six_month_wait`) comes on top.
    """
    year_opens = date(first_deductible_year, 1, 1)
    if end_of_service_on is not None and end_of_service_on < year_opens:
        until = end_of_service_on
        why = f"service ended on {day_text(until)}, before the deduction is allowed"
    else:
        until = year_opens
        why = f"{first_deductible_year} is the first year in which the deduction is not lost"
    if until <= settles_on:
        sentence = f"Nothing delays the settlement on {day_text(settles_on)}: {why}."
        return _day(settles_on, sentence, _DEDUCTION_PLACE)
    return _day(until, f"Settlement is delayed: {why}.", _DEDUCTION_PLACE)


def require_deduction_deferral(*, is_nonqualified_deferred: bool, deduction_lost: bool) -> None:
    """Refuse to delay a settlement unless the award is nonqualified deferred compensation and
    its deduction would be lost in the year it would settle (rule 9.6). Place: P Qualified
    Performance-Based Compensation."""
    if not is_nonqualified_deferred:
        raise Refused(
            "the award is not nonqualified deferred compensation, so its settlement cannot be "
            "delayed.",
            place=_DEDUCTION_PLACE,
        )
    if not deduction_lost:
        raise Refused(
            "the deduction would not be lost in the year the award would settle, so its "
            "settlement cannot be delayed.",
            place=_DEDUCTION_PLACE,
        )


def short_term_deferral_deadline(*, period_end: date, condition_fell_on: date) -> Outcome[date]:
    """Give 15 March after the later of two years: that in which the period ended and that in
    which the holder's service condition fell away (rule 12.3; Internal Revenue Code §409A, which
    GA §5 keeps the award out of)."""
    deadline = date(max(period_end.year, condition_fell_on.year) + 1, 3, 15)
    sentence = (
        f"The period ended on {day_text(period_end)} and the service condition fell away on "
        f"{day_text(condition_fell_on)}: a short-term deferral is paid by 15 March of the year "
        "after the later of the two."
    )
    return _day(deadline, sentence, PLACE)


def short_term_deferral_warning(*, deadline: date, settles_on: date) -> Step | None:
    """Warn, for counsel, where a settlement falls after the short-term deferral's last day, and
    say nothing otherwise (rule 12.3; GA §5). It changes no result."""
    if settles_on <= deadline:
        return None
    return Step(
        sentence=(
            f"Settlement on {day_text(settles_on)} falls after {day_text(deadline)}, the last day "
            "of a short-term deferral under §409A: for counsel."
        ),
        figure=day_text(deadline),
        place=PLACE,
    )


def covered_status_warning(*, first_covered_on: date, ended_on: date | None) -> Step | None:
    """Warn where the status of Covered Employee was ended that the law keeps for good.

    Once held after 2016 it stays, under §162(m) as it now is; the Program's own words keep their
    force (rule 12.4; P Qualified Performance-Based Compensation). `ended_on` is the last day on
    which it was held, None while it is. It changes no result.
    """
    if ended_on is None or ended_on.year <= _LAST_YEAR_STATUS_COULD_END:
        return None
    return Step(
        sentence=(
            f"A Covered Employee since {day_text(first_covered_on)} and until "
            f"{day_text(ended_on)}: held after {_LAST_YEAR_STATUS_COULD_END}, the status stays "
            "for good under §162(m)."
        ),
        figure=day_text(ended_on),
        place=_DEDUCTION_PLACE,
    )


def _day(day: date, sentence: str, place: str) -> Outcome[date]:
    return Outcome(day, (Step(sentence=sentence, figure=day_text(day), place=place),))
