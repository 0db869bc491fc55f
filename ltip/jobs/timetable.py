"""What happens by itself and how often: one table, kept by Celery beat or by `run_jobs`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from ltip import clock
from ltip.jobs import services
from ltip.jobs.models import Job

KEPT_EVERY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """A job of `kind` is asked for once in each stretch of `every`."""

    kind: str
    every: timedelta


ENTRIES: list[Entry] = []


def entry(kind: str, every: timedelta) -> Callable[[services.Performer], services.Performer]:
    """Put a kind of job on the timetable and register who performs it."""
    ENTRIES.append(Entry(kind, every))
    return services.performer(kind)


def keep() -> None:
    """Sweep up lost jobs and ask for the timetabled ones that are due; safe to call at any time."""
    at = clock.now()
    services.sweep()
    for due in ENTRIES:
        occasion = f"{due.kind} {_stretch(at, due.every)}"
        if not Job.objects.filter(occasion=occasion).exists():
            try:
                with transaction.atomic():
                    services.request_job(
                        kind=due.kind, arguments={}, by=None, at=at, occasion=occasion
                    )
            except IntegrityError:
                continue  # another keeper of the timetable was first


def _stretch(at: datetime, every: timedelta) -> str:
    seconds = int(every.total_seconds())
    return datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=at.tzinfo).isoformat()
