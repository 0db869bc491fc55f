"""Reading on which days there is trading."""

from bisect import bisect_left, bisect_right
from datetime import date
from functools import lru_cache
from types import ModuleType

from ltip.program.models import DailyClose, TradingCalendar, TradingDayException
from ltip.rules.outcome import Refused


def exchange_code() -> str:
    """The exchange whose calendar says when there is trading; empty: the days with closes."""
    calendar = TradingCalendar.objects.order_by("-pk").first()
    if calendar is None:
        raise Refused(
            "No trading calendar is chosen.",
            place="GA §2",
            remedy="The operator chooses it first: manage.py choose_trading_calendar XNYS.",
        )
    return calendar.exchange_code


def known_exchanges() -> frozenset[str]:
    """The codes of the exchanges whose calendars are known."""
    return frozenset(load_calendars().get_calendar_names())


def trading_days(*, start: date, end: date) -> tuple[date, ...]:
    """The days between two dates (both included) on which there is trading.

    Those of the exchange's calendar, with the exceptions on record (rule 1.5; GA §2).
    """
    code = exchange_code()
    if code:
        sessions = sessions_of(code, start=start, end=end)
        exceptions = trading_day_exceptions(start=start, end=end)
        opened = {day for day, is_open in exceptions.items() if is_open}
        if not exceptions:
            return sessions
        return tuple(sorted(opened | {day for day in sessions if exceptions.get(day, True)}))
    days = DailyClose.objects.filter(date__range=(start, end)).values_list("date", flat=True)
    return tuple(days.distinct().order_by("date"))


def trading_day_exceptions(*, start: date, end: date) -> dict[date, bool]:
    """Whether there is trading on the days that don't follow the exchange's calendar."""
    rows = TradingDayException.objects.filter(day__range=(start, end), superseded_by__isnull=True)
    return {
        row.day: row.trading == TradingDayException.Trading.OPEN
        for row in rows.exclude(trading=TradingDayException.Trading.CALENDAR)
    }


def sessions_of(code: str, *, start: date, end: date) -> tuple[date, ...]:
    """The trading days of an exchange by its calendar alone."""
    decades = range(start.year // 10, end.year // 10 + 1)
    sessions = tuple(day for decade in decades for day in _sessions(code, decade))
    return sessions[bisect_left(sessions, start) : bisect_right(sessions, end)]


def load_calendars() -> ModuleType:
    """The exchanges' calendars; their import takes most of a second, and few pages need them."""
    import exchange_calendars

    return exchange_calendars


@lru_cache(maxsize=32)
def _sessions(code: str, decade: int) -> tuple[date, ...]:
    """The trading days of ten years: a calendar costs as much to build for one as for ten."""
    calendar = load_calendars().get_calendar(
        code, start=date(10 * decade, 1, 1), end=date(10 * decade + 9, 12, 31)
    )
    return tuple(session.date() for session in calendar.sessions)
