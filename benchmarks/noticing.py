"""Makes the notices of a grant in one worker, prepared as workers are, and prints the seconds."""

import json
import time

import django

django.setup()

from ltip.jobs import services as jobs  # noqa: E402
from ltip.jobs.models import Job  # noqa: E402
from participants.papers.models import Notice, NoticeRendering  # noqa: E402
from participants.papers.services import RENDER_JOB  # noqa: E402
from participants.papers.typesetting import render_notice  # noqa: E402

jobs.prepare_worker()
job = Job.objects.get(kind=RENDER_JOB)
started = time.perf_counter()
done = jobs.perform(job.pk)
took = time.perf_counter() - started
assert done is not None, "another worker was first"
assert done.state == "done", done.message
notices = Notice.objects.count()
assert done.progress == done.total == notices == NoticeRendering.objects.count()
last = Notice.objects.select_related("rendering__document").latest("pk")
assert bytes(last.rendering.document.content) == render_notice(json.loads(last.data))
print(json.dumps({"notices": notices, "seconds": took}))
