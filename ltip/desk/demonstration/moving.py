"""The demonstration's day moves forward, and what happened on the way becomes known."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from ltip import clock
from ltip.accounts.services import SYSTEM
from ltip.desk.demonstration import company, listings, prices
from ltip.program import selectors as program
from ltip.program.services import imports, market, periods
from ltip.records import services as records
from ltip.records.locks import lock


def next_day(today: date) -> date:
    """The day after today."""
    return today + timedelta(days=1)


@transaction.atomic
def advance(*, to: date, by: records.Actor, at: datetime) -> date:
    """Move the demonstration's day forward to `to`, with all that becomes known on the way.

    The periods of each cycle open on their 1 January; the closes, actions and events of the days
    passed, `to` included, are taken on that day. Refuses a day that is not later, and a database
    that is no demonstration.
    """
    lock("demonstration")
    before = clock.demonstration_day()
    records.move_demonstration_day(to=to, by=by, at=at)
    if before is not None and company.is_served():
        for year in range(before.year + 1, to.year + 1):
            new_year = moment(date(year, 1, 1), time())
            periods.open_periods_of_cycle(year=year, by=SYSTEM, at=new_year)
        then = moment(to, at.astimezone(clock.company_zone()).time())
        take_market(after=before, until=to, by=SYSTEM, at=then)
    return to


def moment(day: date, at: time) -> datetime:
    """A time of day at the invented company."""
    return datetime.combine(day, at, tzinfo=ZoneInfo(company.TIME_ZONE))


def take_market(*, after: date, until: date, by: records.Actor, at: datetime) -> None:
    """Record the generated events, and import the closes and actions, of some days.

    They are the days after `after` up to and with `until`.
    """
    for happening in listings.HAPPENINGS:
        if after < happening.on <= until:
            day_before = happening.on - timedelta(days=1)
            other = happening.other
            market.record_security_event(
                security=program.security_named(happening.ticker, on=day_before),
                kind=happening.kind,
                completed_on=happening.on,
                other=program.security_named(other, on=day_before) if other else None,
                note="Invented, like the company.",
                by=by,
                at=at,
            )
    days = program.trading_days(start=next_day(after), end=until)
    closes = prices.closes_csv(days)
    actions = prices.actions_csv(after=after, until=until)
    if closes or actions:
        imports.import_prices(
            closes=closes or None,
            actions=actions or None,
            closes_name=f"invented-closes-until-{until}.csv",
            actions_name=f"invented-actions-until-{until}.csv",
            by=by,
            at=at,
        )
