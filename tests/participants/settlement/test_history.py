"""Everything that was sent to a holder and all that they signed, on one page, each to be opened."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee.models import Act
from ltip.desk.scenarios.telling import PASSWORD, Telling
from ltip.notices.services import Recipient, record_certified_mail
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.control.desk import paper
from tests.participants.holders import award_of, holder
from tests.participants.pages import words
from tests.participants.papers.test_elections import elect, move, record

SETTLED = date(2015, 4, 1)
HISTORY = "/my/history/"


def letter(telling: Telling, name: str, **more: Any) -> Any:
    return record_certified_mail(
        to=Recipient(str(telling.holders[name].public_id), name, "12 Harbour Row"),
        number="7014",
        posted_on=date(2014, 2, 7),
        subject="Your terms abroad",
        text="They changed.",
        by=telling.secretary,
        at=telling.told_at,
        **{"document": paper(telling), **more},
    )


@pytest.mark.django_db
def test_the_page_lists_what_was_sent_and_signed_and_every_line_opens(visit: Visit) -> None:
    telling = cast.told(acts=99)
    record(telling)
    move(telling, "unsigned")
    elect(telling, "unsigned", on=date(2014, 2, 3))
    letter(telling, "unsigned")
    letter(telling, "signed", document=None)
    with visit(holder(telling, "unsigned"), SETTLED) as browser:
        told = {"name-1": "Ida", "percent-1": "100", "password": PASSWORD}
        browser.post("/my/beneficiaries/", told)
        address = {"email": "new@holder.example", "postal": "1 Row", "password": PASSWORD}
        browser.post("/my-address/", address)
        page = browser.get(HISTORY)
        links = re.findall(r'<th scope="row">\s*<a href="([^"]+)"', page.content.decode())
        opened = {link: browser.get(link) for link in links}
    said = words(page)
    for line in (
        "1 Apr 2015 Another address for notices given signed",
        "1 Apr 2015 Beneficiaries named signed Ida",
        "27 Mar 2015 Settlement statement: 38 shares delivered statement 2013–2014",
        "27 Mar 2015 Notice of grant signed signed 2013–2014",
        "24 Feb 2015 Statement of certification statement 2013–2014",
        "7 Feb 2014 Sent by certified mail sent Your terms abroad",
        "3 Feb 2014 Joint election signed signed 2013–2014",
        "5 Feb 2013 Statement of grant statement 2013–2014",
        "5 Feb 2013 Notice of grant sent 2013–2014",
    ):
        assert line in said, line
    assert len(links) == 9
    assert {answer.status_code for answer in opened.values()} == {200}
    notice = next(link for link in links if "/my/notices/" in link)
    assert "They changed." in words(opened[notice])
    with visit(holder(telling, "signed"), SETTLED) as browser:
        assert browser.get(notice).status_code == 404
        assert browser.get(f"{notice}paper/").status_code == 404
    with visit(holder(telling, "unsigned"), SETTLED) as browser:
        assert browser.get(f"{notice}paper/").status_code == 200


@pytest.mark.django_db
def test_before_its_day_nothing_is_told(visit: Visit) -> None:
    telling = cast.told(acts=99)
    with visit(holder(telling, "signed"), date(2013, 2, 4)) as browser:
        said = words(browser.get(HISTORY))
        unknown = browser.get(
            reverse(
                "participants:certification_statement",
                args=[award_of(telling, "signed").public_id],
            )
        )
    assert "4 Feb 2013 Notice of grant sent" in said
    assert "Settlement statement" not in said
    assert "signed 2013" not in said
    assert unknown.status_code == 404


@pytest.mark.django_db
def test_more_lines_take_no_more_queries(visit: Visit) -> None:
    telling = cast.told(acts=cast.BEFORE_REPORT)
    counted = []
    for more in (1, 4):
        for _ in range(more):
            letter(telling, "signed")
        with visit(holder(telling, "signed"), SETTLED) as browser:
            counting = CaptureQueriesContext(connection)
            with counting as queries:
                assert browser.get(HISTORY).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


@pytest.mark.django_db
def test_the_statements_say_who_signed_and_every_step(visit: Visit) -> None:
    """300 Performance Shares, place 2 of 3, 100 % of target: 300 shares, settled on 26 March."""
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    award = [award_of(telling, "signed").public_id]
    with visit(holder(telling, "signed"), date(2015, 3, 1)) as browser:
        granted = words(browser.get(reverse("participants:grant_statement", args=award)))
        certified = words(browser.get(reverse("participants:certification_statement", args=award)))
    assert "On 4 February 2013 the Committee granted you 300 Performance Shares." in granted
    act = Act.objects.get(kind="grant", adoption__seal=award_of(telling, "signed").seal_id)
    assert f"Granted by Act {act.number}, " in granted
    assert "Signed by you 6 February 2013 Receipt as PDF" in granted
    assert "Signed for the company By the act of the Committee" in granted
    assert "the period pays 100 % of target: you earned 300 shares." in certified
    assert "Settlement Date 26 March 2015" in certified
    assert "Achieved: place 2 of 3" in certified
    assert "OURS ranked with its peers: (3 − 2) / (3 − 1) × 100." in certified
    assert "300 Performance Shares × 100 %, rounded down. 300 GA recitals" in certified
