"""Asking for jobs, claiming them once, performing them, and finding the lost ones."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

from ltip import clock
from ltip.accounts.models import User
from ltip.jobs.models import Job, JobState
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused

log = structlog.get_logger()

SILENT_FOR = timedelta(minutes=10)
ATTEMPTS = 3

Report = Callable[[int, int], None]
Performer = Callable[[Job, dict[str, Any], Report], str]

PERFORMERS: dict[str, Performer] = {}


def performer(kind: str) -> Callable[[Performer], Performer]:
    """Register the function that performs jobs of a kind.

    It gets the job, its arguments and a function to report progress with (done, total), may be
    called again after a crash, and returns the address or identifier of what it made.
    """

    def register(function: Performer) -> Performer:
        PERFORMERS[kind] = function
        return function

    return register


def request_job(
    *,
    kind: str,
    arguments: Mapping[str, Any],
    by: User | None,
    at: datetime,
    occasion: str | None = None,
) -> Job:
    """Write the row that is the job; workers hear of it when the transaction commits."""
    if kind not in PERFORMERS:
        raise Refused(f"No one performs jobs of the kind {kind}.", place="Jobs")
    job = Job.objects.create(
        kind=kind,
        arguments=canonical_text(arguments),
        requested_by=by,
        requested_at=at,
        occasion=occasion,
    )
    transaction.on_commit(partial(_dispatch, job.pk))
    return job


def _dispatch(job_id: int) -> None:
    if settings.CELERY_BROKER_URL:
        from ltip.jobs.tasks import perform_job

        perform_job.delay(job_id=job_id)


def claim(job_id: int) -> Job | None:
    """Take a waiting job, or return None when another worker was first."""
    at = clock.machine_now()
    taken = Job.objects.filter(pk=job_id, state=JobState.REQUESTED).update(
        state=JobState.CLAIMED, claimed_at=at, heard_from_at=at, attempts=F("attempts") + 1
    )
    return Job.objects.get(pk=job_id) if taken else None


def perform(job_id: int) -> Job | None:
    """Claim a job and perform it; its end is recorded either way."""
    job = claim(job_id)
    if job is None:
        return None
    try:
        result = PERFORMERS[job.kind](job, json.loads(job.arguments), partial(_report, job.pk))
    except Refused as refusal:
        _finish(job, JobState.FAILED, message=str(refusal))
    except Exception as error:
        log.exception("job failed", job=str(job.public_id), kind=job.kind)
        _finish(job, JobState.FAILED, message=f"It stopped on an error ({type(error).__name__}).")
        raise
    else:
        _finish(job, JobState.DONE, result=result)
    job.refresh_from_db()
    return job


def _report(job_id: int, done: int, total: int) -> None:
    Job.objects.filter(pk=job_id).update(
        progress=done, total=total, heard_from_at=clock.machine_now()
    )


def _finish(job: Job, state: JobState, *, message: str = "", result: str = "") -> None:
    mine = Job.objects.filter(pk=job.pk, state=JobState.CLAIMED, attempts=job.attempts)
    mine.update(
        state=state, message=message, result=result, finished_at=clock.machine_now()
    )


def perform_waiting() -> int:
    """Perform every waiting job, oldest first, and return how many there were."""
    waiting = Job.objects.filter(state=JobState.REQUESTED).order_by("requested_at", "pk")
    performed = 0
    for job_id in list(waiting.values_list("pk", flat=True)):
        try:
            performed += perform(job_id) is not None
        except Exception:  # noqa: BLE001 - recorded on the row and logged; the next job still runs
            performed += 1
    return performed


def sweep() -> int:
    """Put jobs whose worker fell silent back in the queue; give up after the last attempt."""
    at = clock.machine_now()
    lost = Job.objects.filter(state=JobState.CLAIMED, heard_from_at__lt=at - SILENT_FOR)
    given_up = lost.filter(attempts__gte=ATTEMPTS).update(
        state=JobState.FAILED,
        finished_at=at,
        message=f"Its worker fell silent {ATTEMPTS} times.",
    )
    returned = list(lost.filter(attempts__lt=ATTEMPTS).values_list("pk", flat=True))
    for job_id in returned:
        if Job.objects.filter(pk=job_id, state=JobState.CLAIMED).update(state=JobState.REQUESTED):
            _dispatch(job_id)
    return given_up + len(returned)
