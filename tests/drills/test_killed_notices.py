"""A worker killed amid the notices of a grant: those it kept stand, and the next makes the rest."""

import json
from datetime import date

import pytest

from ltip.jobs.models import Job
from participants.papers.models import Notice, NoticeRendering
from participants.papers.services import RENDER_JOB
from participants.papers.typesetting import render_notice
from participants.people import services as people
from tests import cast
from tests.drills.test_killed_papers import resumed, until, working_on

pytestmark = pytest.mark.drill

DAY = date(2013, 1, 10)
HOLDERS = 40


def test_a_worker_killed_amid_a_batch_leaves_what_it_kept_and_nothing_is_made_twice(
    fresh_database: str, worker_environment: dict[str, str]
) -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    employees = [
        str(
            people.record_employee(
                number=f"b{number}",
                name=f"Holder {number}",
                email=f"b{number}@story.example",
                hired_on=date(2010, 5, 3),
                statuses={"grade": "Executive 1", "kind": "regular", "country": "US"},
                by=telling.secretary,
                at=telling.told_at,
            ).public_id
        )
        for number in range(HOLDERS)
    ]
    period = telling.period.label
    cast.adopt(telling, "designation", {"period": period, "employees": employees}, DAY)
    awards = [{"employee": one, "shares": 10} for one in employees]
    cast.adopt(telling, "grant", {"period": period, "awards": awards}, DAY)
    job = Job.objects.get(kind=RENDER_JOB)
    with working_on(job, worker_environment) as worker:
        until(worker, lambda: NoticeRendering.objects.count() >= 2)
    kept = {one.notice_id: one.document_id for one in NoticeRendering.objects.all()}
    assert 2 <= len(kept) < HOLDERS
    resumed(job)
    made = {one.notice_id: one.document_id for one in NoticeRendering.objects.all()}
    assert made.items() >= kept.items()
    assert made.keys() == set(Notice.objects.values_list("pk", flat=True))
    assert len(made) == len(set(made.values())) == HOLDERS
    first = Notice.objects.earliest("pk")
    assert bytes(first.rendering.document.content) == render_notice(json.loads(first.data))
