"""Makes runs in one worker, prepared as workers are, and prints how long each took as JSON."""

import json
import time

import django

django.setup()

from ltip import clock  # noqa: E402
from ltip.accounts.models import User  # noqa: E402
from ltip.jobs import services as jobs  # noqa: E402
from ltip.program.models import PerformancePeriod  # noqa: E402
from ltip.program.services import measuring  # noqa: E402

LATER = 3


def seconds_of_a_run() -> float:
    """From the request's row to the stored result: claimed, gathered, measured, kept."""
    administrator = User.objects.get(email="stock_administrator@story.example")
    period = PerformancePeriod.objects.get()
    job = measuring.request_run(
        period=period, is_final=True, by=administrator, at=clock.machine_now()
    )
    started = time.perf_counter()
    done = jobs.perform(job.pk)
    took = time.perf_counter() - started
    assert done is not None, "another worker was first"
    assert done.state == "done", done.message
    return took


jobs.prepare_worker()
first, *later = [seconds_of_a_run() for _ in range(1 + LATER)]
print(json.dumps({"first": first, "later": later}))
