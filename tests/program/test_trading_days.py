"""Days that don't follow the exchange's calendar: recorded, superseded by name, and counted."""

from datetime import date

import pytest

from ltip.accounts.services import SYSTEM
from ltip.desk.scenarios.telling import Telling
from ltip.program import selectors
from ltip.program.models import TradingDayException
from ltip.program.services import imports, periods, trading
from ltip.program.services.price_files import FileRefused
from ltip.records.models import Seal
from ltip.rules.outcome import Refused
from tests import cast
from tests.participants.pages import words
from tests.program.conftest import IMPORTED_ON, Visit

FRIDAY, SATURDAY, MONDAY = date(2014, 1, 3), date(2014, 1, 4), date(2014, 1, 6)


def record(day: date, what: str, reason: str = "By notice of the exchange.") -> TradingDayException:
    return trading.record_trading_day_exception(
        day=day, trading=what, reason=reason, by=SYSTEM, at=cast.noon(IMPORTED_ON)
    )


def days() -> tuple[date, ...]:
    return selectors.trading_days(start=FRIDAY, end=MONDAY)


def take(day: date) -> None:
    imports.import_prices(
        closes=f"date,ticker,close\n{day.isoformat()},OURS,5\n".encode(),
        actions=None,
        by=SYSTEM,
        at=cast.noon(IMPORTED_ON),
    )


@pytest.mark.usefixtures("exchange")
def test_a_day_is_closed_or_opened_against_the_calendar_and_follows_it_again() -> None:
    assert days() == (FRIDAY, MONDAY)
    first = record(FRIDAY, "closed")
    record(SATURDAY, "open")
    assert days() == (SATURDAY, MONDAY)
    assert selectors.trading_days(start=FRIDAY, end=FRIDAY) == ()
    assert selectors.trading_days(start=SATURDAY, end=SATURDAY) == (SATURDAY,)
    with pytest.raises(FileRefused, match="there was no trading on 3 January 2014"):
        take(FRIDAY)
    take(SATURDAY)
    second = record(FRIDAY, "calendar")
    record(SATURDAY, "closed")
    assert days() == (FRIDAY, MONDAY)
    assert second.supersedes == first
    assert f'"supersedes":{first.seal_id}' in second.seal.canonical_text
    record(FRIDAY, "closed")
    assert days() == (MONDAY,)


@pytest.mark.usefixtures("exchange")
@pytest.mark.parametrize(
    ("day", "what", "reason", "said"),
    [
        (FRIDAY, "open", "so", "That is what holds for 3 January 2014 already."),
        (SATURDAY, "closed", "so", "That is what holds for 4 January 2014 already."),
        (MONDAY, "open", "so", "That is what holds for 6 January 2014 already."),
        (FRIDAY, "calendar", "so", "That is what holds for 3 January 2014 already."),
        (FRIDAY, "closed", " ", "An exception needs a reason."),
        (FRIDAY, "half", "so", "“half” says nothing about trading."),
        (date(1969, 12, 31), "closed", "so", "31 December 1969 lies before 1970"),
    ],
)
def test_an_exception_that_makes_no_sense_is_refused(
    day: date, what: str, reason: str, said: str
) -> None:
    before = Seal.objects.count()
    with pytest.raises(Refused, match=said):
        record(day, what, reason)
    assert (TradingDayException.objects.count(), Seal.objects.count()) == (0, before)


@pytest.mark.usefixtures("exchange")
def test_where_the_days_with_closes_are_trading_days_there_is_nothing_to_except_from() -> None:
    periods.choose_trading_calendar(exchange_code="", by=SYSTEM, at=cast.noon(IMPORTED_ON))
    with pytest.raises(Refused, match="there is no calendar to except from"):
        record(FRIDAY, "closed")


def test_exceptions_are_recorded_and_read_on_their_page(measured: Telling, visit: Visit) -> None:
    periods.choose_trading_calendar(exchange_code="XNYS", by=SYSTEM, at=measured.told_at)
    address, given = "/market/trading-days/", {"day": "2014-12-30", "reason": "A storm."}
    with visit(measured.administrator, date(2015, 1, 5)) as browser:
        assert "None: every day follows the calendar." in words(browser.get(address))
        refused = words(browser.post(address, given | {"trading": "open"}))
        assert "That is what holds for 30 December 2014 already." in refused
        done = words(browser.post(address, given | {"trading": "closed"}, follow=True))
        assert "On record for 30 December 2014: no trading." in done
        again = browser.post(address, given | {"trading": "calendar"}, follow=True)
        assert "superseded" in words(again)
    with visit(measured.members[0], date(2015, 1, 5)) as browser:
        page = words(browser.get(address))
    assert f"A storm. recorded 5 January 2015, 12:00 UTC, {measured.administrator.name}" in page
    assert "Record an exception" not in page
