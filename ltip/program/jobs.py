"""Which jobs the Program performs, and what it does by the timetable."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_noop

from ltip import clock
from ltip.accounts.services import SYSTEM
from ltip.jobs.models import Job
from ltip.jobs.services import PREPARATIONS, Report, performer
from ltip.jobs.timetable import entry
from ltip.program import selectors
from ltip.program.services import measuring, periods

PREPARATIONS.append(selectors.load_calendars)
performer(measuring.RUN_JOB, gettext_noop("Run of total stockholder return"))(measuring.perform_run)


@entry("program.open_periods", every=timedelta(days=1))
def open_due_periods(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """Open the periods of this year's cycle (P Effective Date), if they are not open yet."""
    at = clock.now()
    opened = periods.open_periods_of_cycle(year=clock.today().year, by=SYSTEM, at=at)
    return ", ".join(period.label for period in opened)
