"""Recording days that don't follow the exchange's calendar."""

from datetime import date, datetime

from django.db import transaction

from ltip.program import selectors
from ltip.program.models import TradingDayException
from ltip.program.services import market
from ltip.program.services.price_files import FIRST_YEAR
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused

Trading = TradingDayException.Trading


@transaction.atomic
def record_trading_day_exception(
    *, day: date, trading: str, reason: str, by: records.Actor, at: datetime
) -> TradingDayException:
    """Record that there was trading on a day, or none, otherwise than the calendar says; or that
    the calendar counts for it again (rule 1.5; GA §2).

    A record of the same day takes the place of the one before, which stays readable. Runs made
    before keep their trading days. Refuses without a reason, before 1970, where no exchange's
    calendar is chosen, and what holds already.
    """
    lock(market.LOCK)
    if trading not in Trading.values:
        raise Refused(f"“{trading}” says nothing about trading.", place="GA §2")
    if not reason.strip():
        raise Refused("An exception needs a reason.", place="GA §2")
    if day.year < FIRST_YEAR:
        raise Refused(
            f"{day_text(day)} lies before {FIRST_YEAR}, where the calendars begin.", place="GA §2"
        )
    code = selectors.exchange_code()
    if not code:
        raise Refused(
            "The days with closes are the trading days; there is no calendar to except from.",
            place="GA §2",
        )
    before = TradingDayException.objects.filter(day=day, superseded_by__isnull=True).first()
    if trading == Trading.CALENDAR:
        holds = before is None or before.trading == Trading.CALENDAR
    else:
        is_open = day in selectors.trading_days(start=day, end=day)
        holds = is_open == (trading == Trading.OPEN)
    if holds:
        raise Refused(f"That is what holds for {day_text(day)} already.", place="GA §2")
    seal = records.seal(
        kind="program.trading_day.excepted",
        content={
            "exchange": code,
            "day": day,
            "trading": trading,
            "reason": reason,
            "supersedes": before.seal_id if before else None,
        },
        by=by,
        at=at,
    )
    return TradingDayException.objects.create(
        day=day, trading=trading, reason=reason, recorded_at=at, supersedes=before, seal=seal
    )
