"""Whoever reads what is on record can open the paper that was kept with it, byte for byte."""

from datetime import date
from typing import Any

import pytest

from ltip.program.services.limits import record_plan_limit
from ltip.records.models import Document
from ltip.records.services import store_document
from participants.papers.elections import end_joint_election
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.pages import auditor
from tests.participants.papers.test_elections import elect, move
from tests.participants.papers.test_elections import record as record_terms
from tests.program.test_financial_results import record as record_result
from tests.program.test_financial_results import told, weighed

DAY = date(2015, 3, 2)


def paper(name: str) -> Document:
    return store_document(
        content=f"%PDF-1.7 {name}".encode(),
        name=f"{name}.pdf",
        media_type="application/pdf",
        at=cast.noon(DAY),
    )


def opened(telling: Any, visit: Visit, page: str, paper_at: str, kept: Document) -> None:
    with visit(auditor(telling), DAY) as browser:
        link = f'<a href="{paper_at}">{kept.name}</a>'
        assert link in browser.get(page).content.decode()
        answer = browser.get(paper_at)
        assert answer.content == bytes(kept.content)
        assert answer["Content-Disposition"] == f'attachment; filename="{kept.name}"'
        assert browser.get(paper_at.replace("/paper/", "9/paper/")).status_code == 404


def test_the_paper_of_a_limit(granted: Any, visit: Visit) -> None:
    kept = paper("plan")
    limit = record_plan_limit(
        kind="reserve",
        shares=1_000_000,
        starts_on=DAY,
        document=kept,
        by=granted.secretary,
        at=cast.noon(DAY),
    )
    opened(granted, visit, "/limits/", f"/limits/{limit.seal_id}/paper/", kept)


def test_the_paper_of_a_countrys_terms(granted: Any, visit: Visit) -> None:
    kept = paper("exhibit-b")
    terms = record_terms(granted, document=kept)
    opened(granted, visit, "/supplements/", f"/supplements/{terms.seal_id}/paper/", kept)


def test_the_paper_that_ends_a_joint_election(granted: Any, visit: Visit) -> None:
    record_terms(granted)
    move(granted, "signed")
    kept = paper("agreement")
    ended = end_joint_election(
        election=elect(granted, "signed"),
        ended_on=DAY,
        reason="agreement",
        document=kept,
        by=granted.secretary,
        at=cast.noon(DAY),
    )
    address = f"/supplements/elections/ends/{ended.seal_id}/paper/"
    opened(granted, visit, "/supplements/", address, kept)


@pytest.mark.django_db
def test_the_paper_of_a_financial_result(visit: Visit) -> None:
    telling = told(weighed())
    kept = paper("earnings")
    result = record_result(telling, document=kept)
    address = f"/market/results/{result.seal_id}/paper/"
    opened(telling, visit, "/market/results/2013-2014/", address, kept)
