"""What the Committee's side does by the timetable."""

from datetime import timedelta
from typing import Any

from committee import selectors, services
from ltip import clock
from ltip.jobs.models import Job
from ltip.jobs.services import Report
from ltip.jobs.timetable import entry


@entry("committee.lapse_acts", every=timedelta(days=1))
def lapse_acts(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """End the acts whose written consent was not completed in time."""
    at = clock.now()
    late = list(selectors.lapsed_acts(on=clock.legal_date(at)))
    ended = [act.number for act in late if services.lapse_act(act=act, at=at)]
    return ", ".join(ended)
