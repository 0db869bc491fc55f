"""Until when the Committee may designate, set goals and grant."""

from datetime import date, timedelta

from ltip.rules.calendars import Period, day_text
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.readings import require_reading

WINDOW_DAYS = 90
_WINDOW_PLACE = "P Eligibility/Participation, P Performance Goals, P Grants"
_LIMIT_PLACE = "P Administration"


def window_closes(*, period: Period, counting: str = "inclusive") -> Outcome[date]:
    """Give the last day of the first ninety, on which designations, goals and grants must stand.

    Day 1 is the period's first day (rule 1.2). A period of fewer than ninety days ends first,
    and its window with it. Places: P Eligibility/Participation, P Performance Goals, P Grants.
    *Reading:* `window.counting` = inclusive (alternative: exclusive, day 1 is the next day).
    """
    require_reading(key="window.counting", value=counting)
    day_one = period.start + timedelta(days=1 if counting == "exclusive" else 0)
    closes = min(day_one + timedelta(days=WINDOW_DAYS - 1), period.end)
    step = Step(
        sentence=(
            f"The first {WINDOW_DAYS} days of the period, counted from and including "
            f"{day_text(day_one)}, end on {day_text(closes)}."
        ),
        figure=day_text(closes),
        place=_WINDOW_PLACE,
    )
    return Outcome(closes, (step,))


def goal_window_closes(
    *,
    period: Period,
    stockholder_approval_date: date | None,
    counting: str = "inclusive",
    quarter_days: str = "floor",
) -> Outcome[date]:
    """Give the last day for goals of and awards to Covered Employees (rule 1.3).

    With a Stockholder Approval Date it is the earlier of the ninetieth day and the last day of
    the first quarter of the period, whole days only; without one, the ninetieth day. The limit
    binds acts after that date: `closes_for` tells which window an act has. Place:
    P Administration. *Readings:* `window.counting` = inclusive (alternative: exclusive);
    `limit25.days` = floor, ⌊N/4⌋ (alternative: ceiling, ⌈N/4⌉).
    """
    require_reading(key="limit25.days", value=quarter_days)
    ninety = window_closes(period=period, counting=counting)
    if stockholder_approval_date is None:
        step = Step(
            sentence=(
                "The stockholders have approved no material amendment, so the limit of a quarter "
                "of the period does not apply."
            ),
            figure="",
            place=_LIMIT_PLACE,
        )
        return Outcome(ninety.value, (*ninety.steps, step))
    allowed_days = -(-period.days // 4) if quarter_days == "ceiling" else period.days // 4
    quarter_ends = period.start + timedelta(days=allowed_days - 1)
    step = Step(
        sentence=(
            f"A quarter of the {period.days} days of the period is {allowed_days} whole days"
            f"{', a part of one counted whole' if quarter_days == 'ceiling' else ''}, "
            f"the last of them {day_text(quarter_ends)}; the earlier of the two dates binds."
        ),
        figure=f"{allowed_days} days",
        place=_LIMIT_PLACE,
    )
    return Outcome(min(ninety.value, quarter_ends), (*ninety.steps, step))


def closes_for(
    *,
    period: Period,
    on: date,
    covered: bool,
    stockholder_approval_date: date | None,
    counting: str = "inclusive",
    quarter_days: str = "floor",
    quarter_scope: str = "acts_after_approval",
) -> Outcome[date]:
    """Give the last day for an act of a given day, for a Covered Employee or another.

    The shorter window of `goal_window_closes` binds only an act that concerns a Covered Employee
    and is dated after the Stockholder Approval Date (rule 1.3). Place: P Administration.
    *Readings:* `limit25.scope` = acts_after_approval (alternative: periods_after_approval, acts
    for periods that begin after that date); `limit25.days`, `window.counting` as in
    `goal_window_closes`.
    """
    require_reading(key="limit25.scope", value=quarter_scope)
    bound_from = period.start if quarter_scope == "periods_after_approval" else on
    if covered and stockholder_approval_date is not None and bound_from > stockholder_approval_date:
        return goal_window_closes(
            period=period,
            stockholder_approval_date=stockholder_approval_date,
            counting=counting,
            quarter_days=quarter_days,
        )
    return window_closes(period=period, counting=counting)


def require_open(
    *,
    period: Period,
    on: date,
    closes: date,
    what: str,
    place: str,
    opening: str = "first_day",
) -> None:
    """Refuse an act dated outside its window, naming `place` and both dates in words.

    `what` names the acts in the plural ("designations"), `closes` is the window's last day and
    `on` the date of the written act, not of its recording (rules 1.2, 1.4).
    *Reading:* `window.opening` = first_day of the period (alternative: any_day up to the last).
    """
    require_reading(key="window.opening", value=opening)
    if on < period.start and opening == "first_day":
        raise Refused(
            f"the window for {what} opens on {day_text(period.start)}, the first day of the "
            f"period; this act is dated {day_text(on)}.",
            place=place,
            remedy="Date the act on or after that day.",
        )
    if on > closes:
        raise Refused(
            f"the window for {what} closed on {day_text(closes)}; this act is dated "
            f"{day_text(on)}.",
            place=place,
            remedy=(
                "An act the Committee adopted inside the window can still be recorded, under its "
                "own date and with its document attached; otherwise the next period is open to it."
            ),
        )
