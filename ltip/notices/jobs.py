"""What the notices do by the timetable."""

from datetime import timedelta
from typing import Any

from ltip.jobs.models import Job
from ltip.jobs.services import Report
from ltip.jobs.timetable import entry
from ltip.notices.sending import send_waiting


@entry("notices.send", every=timedelta(minutes=15))
def send_messages(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """Send what waits."""
    return f"{send_waiting(report)} given"
