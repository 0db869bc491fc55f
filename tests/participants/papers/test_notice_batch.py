"""The notices of a grant, made one by one in the background."""

import json
from datetime import date

import pytest
from django.urls import reverse

from ltip.accounts.models import User
from ltip.desk.scenarios.telling import Telling
from ltip.jobs.models import Job
from ltip.records.models import Document
from participants.papers.models import Notice, NoticeRendering
from participants.papers.services import RENDER_JOB, render_missing_notices, render_notices
from participants.papers.typesetting import render_notice
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.pages import human_resources, words

DAY = date(2013, 2, 4)


def page(visit: Visit, telling: Telling, reader: User) -> str:
    with visit(reader, DAY) as browser:
        return words(browser.get(reverse("participants:signatures", args=[telling.period])))


class Killed(BaseException):
    """The worker ended in the middle."""


@pytest.mark.django_db
def test_a_batch_that_was_cut_off_goes_on_behind_the_last_notice_it_kept(
    visit: Visit,
) -> None:
    telling = cast.told(acts=cast.BEFORE_GRANTS)
    reader = human_resources(telling)
    people = [telling.holders[name] for name in ("signed", "unsigned")]
    awards = [{"employee": str(one.public_id), "shares": 10} for one in people]
    act = cast.adopt(telling, "grant", {"period": telling.period.label, "awards": awards}, DAY)
    number, told = act.adoption.seal_id, []

    def cut_off(done: int, total: int) -> None:
        raise Killed

    assert "The notices are being made 0 of 2." in page(visit, telling, reader)
    with pytest.raises(Killed):
        render_notices(number, cut_off)
    assert "The notices are being made 1 of 2." in page(visit, telling, reader)
    kept = NoticeRendering.objects.get()
    documents = Document.objects.count()
    assert render_notices(number, lambda *progress: told.append(progress)) == 1
    assert told == [(2, 2)]
    assert kept in NoticeRendering.objects.all()
    assert NoticeRendering.objects.count() == 2
    assert Document.objects.count() == documents + 1
    for notice in Notice.objects.all():
        again = render_notice(json.loads(notice.data))
        assert bytes(notice.rendering.document.content) == again
    assert render_notices(number, cut_off) == 0
    assert "The notices are" not in page(visit, telling, reader)


@pytest.mark.django_db
def test_notices_whose_job_failed_are_told_and_made_by_the_timetable(visit: Visit) -> None:
    telling = cast.told(acts=cast.BEFORE_GRANTS)
    reader = human_resources(telling)
    employee = str(telling.holders["signed"].public_id)
    awards = [{"employee": employee, "shares": 10}]
    cast.adopt(telling, "grant", {"period": telling.period.label, "awards": awards}, DAY)
    assert render_missing_notices(lambda done, total: None) == 0, "its own job is still to come"
    Job.objects.filter(kind=RENDER_JOB).update(state="failed", message="The disk is full.")
    text = page(visit, telling, reader)
    assert "The notices are not all made The disk is full. They are tried again" in text
    assert render_missing_notices(lambda done, total: None) == 1
    assert NoticeRendering.objects.count() == 1
    assert "The notices are" not in page(visit, telling, reader)
