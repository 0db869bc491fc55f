"""Days, months and periods of the Program."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ltip.rules.outcome import Refused
from ltip.rules.readings import require_reading

FIRST_CYCLE_YEAR = 2012
_MONDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 3, 5, 6
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_JUNETEENTH_SINCE = 2021
_MARTIN_LUTHER_KING_DAY_SINCE = 1986
_MONDAY_HOLIDAYS_SINCE = 1978


@dataclass(frozen=True, slots=True)
class Period:
    """A performance period, from its first day to its last, both counted (P Effective Date).

    Refuses a period that ends before it starts.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise Refused(
                f"a performance period from {day_text(self.start)} cannot end on "
                f"{day_text(self.end)}, before it starts.",
                place="P Effective Date",
            )

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def label(self) -> str:
        if self.start.year == self.end.year:
            return str(self.start.year)
        return f"{self.start.year}–{self.end.year}"


def day_text(day: date) -> str:
    """Write a day for reading, in English wherever the program runs: "30 March 2012"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def federal_holidays(year: int) -> frozenset[date]:
    """Give the days of a year on which a U.S. federal holiday is observed (rule 1.5).

    A holiday on a Saturday is observed the Friday before, one on a Sunday the Monday after; so
    a New Year's Day that falls on a Saturday is observed on 31 December of the year before, and
    is in that year's set. Days closed by order for one year only are not in it. Refuses years
    before 1978, when other days were kept.
    """
    if year < _MONDAY_HOLIDAYS_SINCE:
        raise Refused(
            f"the federal holidays of {year} are not known here; they are from "
            f"{_MONDAY_HOLIDAYS_SINCE} on.",
            place="P Change in Control",
        )
    holidays = {
        date(year, 1, 1),
        _nth_weekday(year, 2, _MONDAY, 3),
        _last_monday_of_may(year),
        date(year, 7, 4),
        _nth_weekday(year, 9, _MONDAY, 1),
        _nth_weekday(year, 10, _MONDAY, 2),
        date(year, 11, 11),
        _nth_weekday(year, 11, _THURSDAY, 4),
        date(year, 12, 25),
        date(year + 1, 1, 1),
    }
    if year >= _MARTIN_LUTHER_KING_DAY_SINCE:
        holidays.add(_nth_weekday(year, 1, _MONDAY, 3))
    if year >= _JUNETEENTH_SINCE:
        holidays.add(date(year, 6, 19))
    observed = {_observed(holiday) for holiday in holidays}
    return frozenset(day for day in observed if day.year == year)


_known_holidays = lru_cache(maxsize=None)(federal_holidays)


def is_business_day(day: date, *, business_day: str = "federal") -> bool:
    """Tell whether a day is a weekday and no federal holiday (rule 1.5; P Change in Control).

    It may still be no trading day: the exchange keeps its own calendar.
    *Reading:* `business_day` = federal, weekdays that are not U.S. federal holidays (alternative:
    weekdays, holidays or not).
    """
    require_reading(key="business_day", value=business_day)
    if day.weekday() >= _SATURDAY:
        return False
    return business_day == "weekdays" or day not in _known_holidays(day.year)


def next_business_day_on_or_after(day: date, *, business_day: str = "federal") -> date:
    """Give the day itself when it is a business day, else the next one.

    *Reading:* `business_day`, as in `is_business_day`.
    """
    while not is_business_day(day, business_day=business_day):
        day += timedelta(days=1)
    return day


def last_business_day_on_or_before(day: date, *, business_day: str = "federal") -> date:
    """Give the day itself when it is a business day, else the last one before it.

    A change in control ends a period on the last business day of a fiscal quarter, and fiscal
    quarters may end on a Saturday (P Change in Control).
    *Reading:* `business_day`, as in `is_business_day`.
    """
    while not is_business_day(day, business_day=business_day):
        day -= timedelta(days=1)
    return day


def full_months(*, start: date, until: date, month_full: str = "last_day_inclusive") -> int:
    """Count the full months served from a first day to a last one (rule 7.2).

    From 1 January 2012, 30 June 2013 makes 18 and 29 June 2013 makes 17. Nothing served before
    the start counts: the answer is then 0. Place: P Termination of Employment.
    *Reading:* `month.full` = last day inclusive (alternative: day after, when the same day of the
    next month must have been served too).
    """
    require_reading(key="month.full", value=month_full)
    last_day = timedelta(days=1 if month_full == "last_day_inclusive" else 0)
    months = 0
    while months_later(start, months=months + 1) - last_day <= until:
        months += 1
    return months


def months_in(period: Period) -> int:
    """Count the full months of a period, also of a shortened one (rules 7.2, 8.4).

    *Reading:* `cic.proration_months` = shortened period.
    """
    return full_months(start=period.start, until=period.end)


def months_later(day: date, *, months: int) -> date:
    """Give the same day so many months later, or the last of a month that has no such day."""
    year, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    month = month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def thirtieth_day_after(day: date) -> date:
    """Give the thirtieth day after a day, which itself is not counted (GA §4)."""
    return day + timedelta(days=30)


def cycle_periods(*, year: int) -> tuple[Period, Period]:
    """Give the two-year and the three-year period that start on 1 January of a year (rule 1.1).

    Place: P Effective Date. Refuses years before the Program took effect, on 1 January 2012.
    """
    if year < FIRST_CYCLE_YEAR:
        raise Refused(
            f"no performance period starts in {year}: the Program took effect on 1 January "
            f"{FIRST_CYCLE_YEAR}.",
            place="P Effective Date",
        )
    start = date(year, 1, 1)
    return Period(start, date(year + 1, 12, 31)), Period(start, date(year + 2, 12, 31))


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def _observed(holiday: date) -> date:
    if holiday.weekday() == _SATURDAY:
        return holiday - timedelta(days=1)
    if holiday.weekday() == _SUNDAY:
        return holiday + timedelta(days=1)
    return holiday
