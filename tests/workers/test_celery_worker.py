"""The same jobs on a real Celery worker with a real Redis."""

import time
from datetime import date

from django.conf import LazySettings

from ltip.jobs.models import Job
from ltip.program.models import TsrRun
from ltip.program.services import measuring
from tests import cast

PATIENCE_SECONDS = 60


def test_a_run_asked_for_is_made_by_the_worker(
    celery_worker: object, redis_url: str, settings: LazySettings
) -> None:
    telling = cast.told(acts=cast.BEFORE_CERTIFICATION)
    settings.CELERY_BROKER_URL = redis_url
    job = measuring.request_run(
        period=telling.period,
        is_final=True,
        by=telling.administrator,
        at=cast.noon(date(2015, 2, 24)),
    )
    waited_until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < waited_until and not Job.objects.get(pk=job.pk).is_over:
        time.sleep(0.2)
    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.attempts, done.message) == ("done", 1, "")
    run = TsrRun.objects.get()
    assert (str(run.public_id), '"payout":"100"' in run.result) == (done.result, True)
