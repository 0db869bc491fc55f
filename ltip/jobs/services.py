"""Asking for jobs, claiming them once, performing them, and finding the lost ones."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from ltip import clock
from ltip.accounts.models import User
from ltip.jobs.models import Job, JobState
from ltip.records.locks import lock
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused

log = structlog.get_logger()

SILENT_FOR = timedelta(minutes=10)
ATTEMPTS = 3

Report = Callable[[int, int], None]
Performer = Callable[[Job, dict[str, Any], Report], str]

PERFORMERS: dict[str, Performer] = {}
TITLES: dict[str, str] = {}
PREPARATIONS: list[Callable[[], object]] = []


class TakenOver(Exception):
    """The job has ended, or was given to another worker, since this one claimed it."""


def performer(kind: str, title: str = "") -> Callable[[Performer], Performer]:
    """Register the function that performs jobs of a kind, and what such a job is called.

    It gets the job, its arguments and a function to report progress with (done, total), may be
    called again after a crash, and returns the address or identifier of what it made.
    """

    def register(function: Performer) -> Performer:
        PERFORMERS[kind] = function
        TITLES[kind] = title
        return function

    return register


def prepare_worker() -> None:
    """Do once, before waiting for jobs, what would make the first of them slow."""
    for prepare in PREPARATIONS:
        prepare()


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
        heard_from_at=clock.machine_now(),
        occasion=occasion,
    )
    transaction.on_commit(partial(_dispatch, job.pk))
    return job


@transaction.atomic
def request_job_once(*, kind: str, arguments: Mapping[str, Any], by: User, at: datetime) -> Job:
    """Ask for a job, or give back the one that is asked for and not over."""
    lock(f"jobs of the kind {kind}")
    open_job = Job.objects.filter(
        kind=kind,
        arguments=canonical_text(arguments),
        state__in=(JobState.REQUESTED, JobState.CLAIMED),
    ).first()
    return open_job or request_job(kind=kind, arguments=arguments, by=by, at=at)


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
        result = PERFORMERS[job.kind](job, json.loads(job.arguments), partial(_report, job))
    except TakenOver:
        log.warning("job was taken over", job=str(job.public_id), kind=job.kind)
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


def hold_job(job: Job) -> None:
    """Keep the job for this worker until the transaction ends, so that its part is written once.

    Raises `TakenOver` when the job is no longer this worker's.
    """
    if not _claimed(job).update(heard_from_at=clock.machine_now()):
        raise TakenOver(str(job.public_id))


def finish_job(job: Job, *, result: str) -> None:
    """Record the end of a job in the transaction that holds what it made, so that it is made once.

    Raises `TakenOver`, and so undoes that transaction, when the job is no longer this worker's.
    """
    if not _finish(job, JobState.DONE, result=result):
        raise TakenOver(str(job.public_id))


def _report(job: Job, done: int, total: int) -> None:
    _claimed(job).update(progress=done, total=total, heard_from_at=clock.machine_now())


def _finish(job: Job, state: JobState, *, message: str = "", result: str = "") -> int:
    return _claimed(job).update(
        state=state, message=message, result=result, finished_at=clock.machine_now()
    )


def _claimed(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=JobState.CLAIMED, attempts=job.attempts)


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
    """Put jobs whose worker fell silent back in the queue; give up after the last attempt.

    Workers are told again of jobs that nobody has claimed for long: their message may be lost.
    """
    at = clock.machine_now()
    unclaimed = Job.objects.filter(state=JobState.REQUESTED, heard_from_at__lt=at - SILENT_FOR)
    for job_id in list(unclaimed.values_list("pk", flat=True)):
        Job.objects.filter(pk=job_id).update(heard_from_at=at)
        _dispatch(job_id)
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
