"""The notices of a grant, made one by one in the background."""

import json
from datetime import date

import pytest

from ltip.desk.scenarios.telling import Telling
from ltip.records.models import Document
from participants.papers.models import Notice, NoticeRendering
from participants.papers.services import render_notices
from participants.papers.typesetting import render_notice
from tests import cast

DAY = date(2013, 2, 4)


class Killed(BaseException):
    """The worker ended in the middle."""


@pytest.mark.django_db
def test_a_batch_that_was_cut_off_goes_on_behind_the_last_notice_it_kept() -> None:
    telling: Telling = cast.told(acts=cast.BEFORE_GRANTS)
    people = [telling.holders[name] for name in ("signed", "unsigned")]
    awards = [{"employee": str(one.public_id), "shares": 10} for one in people]
    act = cast.adopt(telling, "grant", {"period": telling.period.label, "awards": awards}, DAY)
    number, told = act.adoption.seal_id, []

    def cut_off(done: int, total: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        render_notices(number, cut_off)
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
