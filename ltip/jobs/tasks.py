"""Celery's way in: a task carries a job's number and nothing else."""

from typing import Any

from celery import shared_task
from celery.signals import worker_init

from ltip.jobs import services, timetable


@worker_init.connect
def prepare(**_: Any) -> None:
    services.prepare_worker()


@shared_task(name="jobs.perform")
def perform_job(*, job_id: int, **_later: Any) -> None:
    services.perform(job_id)


@shared_task(name="jobs.timetable")
def keep_timetable(**_later: Any) -> None:
    timetable.keep()
