"""The one reader of the clock.

Moments are UTC. A legal date is the day in the company's own time zone. A demonstration has its
own day; its moments are that day with the real time of day. Sessions, lock-outs and the
bookkeeping of jobs use the machine's time.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from ltip.records.models import Company, DemonstrationDay


def machine_now() -> datetime:
    """The machine's own time, in UTC, also in a demonstration."""
    return datetime.now(UTC)


def now() -> datetime:
    """The present moment, in UTC, moved to the demonstration's day where there is one."""
    real = machine_now()
    day = demonstration_day()
    if day is None:
        return real
    zone = company_zone()
    return datetime.combine(day, real.astimezone(zone).time(), tzinfo=zone).astimezone(UTC)


def today() -> date:
    """The company's legal day."""
    return legal_date(now())


def legal_date(at: datetime) -> date:
    """The day on which the moment `at` falls for the company."""
    return at.astimezone(company_zone()).date()


def company_zone() -> ZoneInfo:
    """The company's time zone; UTC until the company is set up."""
    name = Company.objects.values_list("time_zone", flat=True).first()
    return ZoneInfo(name or "UTC")


def demonstration_day() -> date | None:
    """The demonstration's day, or None in a database that is not one."""
    if not Company.objects.filter(is_demonstration=True).exists():
        return None
    return DemonstrationDay.objects.order_by("-day").values_list("day", flat=True).first()
