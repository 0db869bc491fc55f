"""The page of an act draws the stored exhibit and nothing else."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from committee.drawing import Gap, draw
from committee.members import seat_member
from committee.models import Act, Adoption
from ltip.accounts import services as accounts
from ltip.desk.scenarios.telling import PASSWORD, Telling
from ltip.records import services as records
from ltip.rules.canonical import canonical_text, digest_of
from participants.people import services as people
from tests import cast
from tests.committee.conftest import (
    CERTIFYING,
    IN_WINDOW,
    address,
    exhibit_of,
    members,
    page_of,
    propose,
)

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert('x')</script>"


def test_the_page_asks_with_the_figures_and_shows_facts_checks_and_resolution(
    certification: Act, on: Any, browser: Any
) -> None:
    with on(CERTIFYING):
        page = page_of(browser(members()[0]).get(address(certification)))
    # 100 → 130 against +10 % and +50 %: place 2 of 3, percentile 50, 100 % of 300 + 41 shares.
    assert "certify in writing that the company ranked <b>2 of 3</b>" in page
    assert "<b>341</b> shares" in page
    assert "The annual report was filed on 24 February 2015." in page
    assert "RESOLVED FURTHER, that the holders named in the exhibit have earned 341" in page
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg"') == 2
    assert "Nobody has signed yet." in page


def test_the_page_says_what_another_place_or_method_would_have_paid_for_information(
    certification: Act, on: Any, browser: Any
) -> None:
    with on(CERTIFYING):
        page = page_of(browser(members()[0]).get(address(certification)))
    assert "For information: what another place or method would have paid" in page
    # 30 % between LOW at 10 % and HIGH at 50 %. First of three is percentile 100 and the last
    # point of the schedule; last of three is percentile 0 and below its first.
    for case in ("One place better, with the +50.00 % of HIGH", "One place worse, with the +10.00"):
        assert case in page
    table = next(
        table
        for table in exhibit_of(certification)["tables"]
        if table["caption"].startswith("For information")
    )
    assert [row["cells"][1:] for row in table["rows"]] == [
        ["100", "200 %"],
        ["0", "0 %"],
        ["50", "100 %"],
        ["50", "100 %"],
    ]


def test_a_certification_says_how_an_award_is_reduced_before_it_is_adopted_and_after(
    certification: Act, on: Any, browser: Any
) -> None:
    secretary = certification.opened_by
    with on(CERTIFYING):
        for_secretary = page_of(browser(secretary).get(address(certification)))
        for_member = page_of(browser(members()[0]).get(address(certification)))
        assert "Withdraw it first" in for_secretary
        assert "/discretion/" not in for_secretary
        assert "Withdraw it first" not in for_member
        cast.sign_all(certification, CERTIFYING)
        for_secretary = page_of(browser(secretary).get(address(certification)))
        for_member = page_of(browser(members()[0]).get(address(certification)))
    assert "/discretion/" in for_secretary
    assert "/discretion/" not in for_member
    assert "The secretary proposes it." in for_member


def test_why_draws_the_steps_that_are_stored(certification: Act, on: Any, browser: Any) -> None:
    altered = exhibit_of(certification)
    step = next(fact for fact in altered["facts"] if fact["label"] == "Earned")["steps"][0]
    original, step["sentence"] = step["sentence"], "A sentence that no rule has ever written."
    copy = _stored_with(certification, altered)
    with on(CERTIFYING):
        client = browser(members()[0])
        shown, as_proposed = (page_of(client.get(address(act))) for act in (copy, certification))
    assert "A sentence that no rule has ever written." in shown
    assert original not in shown
    assert original in as_proposed
    assert "A sentence that no rule has ever written." not in as_proposed


def test_the_copy_with_the_altered_step_can_not_be_adopted(
    certification: Act, on: Any, browser: Any
) -> None:
    altered = exhibit_of(certification)
    altered["facts"][0]["steps"][0]["sentence"] = "A sentence that no rule has ever written."
    copy = _stored_with(certification, altered)
    with on(CERTIFYING):
        page = page_of(browser(members()[0]).get(address(copy)))
    assert "Rank: the steps behind it are others." in page
    assert 'type="password"' not in page


def test_hostile_names_are_shown_as_text(story: Telling, on: Any, browser: Any) -> None:
    employee = people.record_employee(
        number="hostile",
        name=HOSTILE,
        email="hostile@story.example",
        hired_on=date(2010, 1, 4),
        statuses={"grade": "Executive 1", "kind": "regular", "country": "US"},
        by=story.secretary,
        at=cast.noon(IN_WINDOW),
    )
    act = propose(story, "designation", employees=[str(employee.public_id)])
    _seat(story, "<b>Mallory</b>")
    people.end_service(
        employee=employee,
        ended_on=IN_WINDOW,
        reason="resignation",
        by=story.secretary,
        at=cast.noon(IN_WINDOW),
    )
    with on(IN_WINDOW):
        client = browser(members()[0])
        page = page_of(client.get(address(act)))
        docket = page_of(client.get("/committee/"))
    assert f"Who is named, {_escaped(HOSTILE)}: it now says" in page
    for shown in (page, docket):
        assert HOSTILE not in shown
        assert "<b>Mallory</b>" not in shown
        assert "&lt;b&gt;Mallory&lt;/b&gt;" in shown


def test_hostile_texts_in_an_exhibit_stay_texts(certification: Act) -> None:
    exhibit = exhibit_of(certification)
    exhibit["ask"] = f"You are asked {HOSTILE} for 3 of 4."
    for path in exhibit["charts"][0]["data"]["paths"]:
        path["ticker"] = HOSTILE
    exhibit["charts"][0]["title"] = HOSTILE
    drawing = draw(exhibit)
    assert HOSTILE not in drawing.ask
    assert "<b>3 of 4</b>" in drawing.ask
    assert "<script" not in drawing.bands[0].pieces[0].svg


def test_a_long_ranking_shows_the_top_our_neighbourhood_and_the_bottom() -> None:
    drawing = draw(_exhibit_with_ranking(count=21, own=9))
    (table,) = drawing.bands[0].pieces
    assert [
        (row.first, row.last) if isinstance(row, Gap) else int(row.cells[0].text)
        for row in table.part
    ] == [1, 2, 3, (4, 6), 7, 8, 9, 10, 11, (12, 19), 20, 21]
    assert [int(row.cells[0].text) for row in table.rows] == list(range(1, 22))


def test_a_single_row_is_never_left_out_alone() -> None:
    drawing = draw(_exhibit_with_ranking(count=13, own=7))
    (table,) = drawing.bands[0].pieces
    assert not any(isinstance(row, Gap) for row in table.part[:9])
    assert [int(row.cells[0].text) for row in table.part[:9]] == list(range(1, 10))


def test_a_table_of_twelve_rows_is_shown_whole() -> None:
    drawing = draw(_exhibit_with_ranking(count=12, own=6))
    (table,) = drawing.bands[0].pieces
    assert not table.is_long


def test_the_page_opens_a_long_table_to_the_whole(
    certification: Act, on: Any, browser: Any
) -> None:
    ranking = _exhibit_with_ranking(count=21, own=9)["tables"]
    stored = _stored_with(certification, exhibit_of(certification) | {"tables": ranking})
    with on(CERTIFYING):
        page = page_of(browser(members()[0]).get(address(stored)))
    assert "All 21" in page
    assert "12 to 19" in page
    assert page.count("+12.00 %") == 2  # the ninth: once in the part, once in the whole
    assert page.count("+6.00 %") == 1  # the fifteenth


def test_an_adopted_act_shows_its_seal_its_date_and_who_signed(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    cast.sign_all(designation, IN_WINDOW)
    adoption = Adoption.objects.get(act=designation)
    with on(date(2014, 7, 1)):
        page = page_of(browser(story.secretary).get(address(designation)))
    assert "Adopted in writing on <b>4 March 2013</b>" in page
    assert adoption.seal.digest in page
    for member in members():
        assert member.name in page
    assert "Stands in the way" not in page
    assert 'type="password"' not in page


def test_an_unknown_act_is_not_found_and_anonymous_visitors_sign_in_first(
    designation: Act, story: Telling, on: Any, browser: Any
) -> None:
    unknown = "/committee/acts/00000000-0000-4000-8000-000000000000/"
    with on(IN_WINDOW):
        assert browser(story.secretary).get(unknown).status_code == 404
        answer = Client().get(address(designation))
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")


def _stored_with(act: Act, exhibit: dict[str, Any]) -> Act:
    """A second row beside an act, whose exhibit says something else."""
    text = canonical_text(exhibit)
    seal = records.seal(
        kind="committee.act.proposed",
        content={"exhibit": digest_of(text)},
        by=act.opened_by,
        at=act.opened_at,
    )
    return Act.objects.create(
        number=f"{act.number}x",
        kind=act.kind,
        schema_version=act.schema_version,
        subject=act.subject,
        title=act.title,
        request=act.request,
        exhibit=text,
        drafted_digest=digest_of(text),
        opened_by=act.opened_by,
        opened_at=act.opened_at,
        seal=seal,
    )


def _exhibit_with_ranking(*, count: int, own: int) -> dict[str, Any]:
    return {
        "title": "A ranking",
        "ask": "You are asked nothing.",
        "facts": [],
        "charts": [],
        "consequences": [],
        "resolution": [],
        "data": {},
        "tables": [
            {
                "caption": "Ranking",
                "columns": [
                    {"label": "Place", "numeric": True},
                    {"label": "Company", "numeric": False},
                    {"label": "Return", "numeric": True},
                ],
                "rows": [
                    {
                        "cells": [str(place), f"PEER{place}", f"+{count - place}.00 %"],
                        "own": place == own,
                        "note": "",
                        "steps": [],
                    }
                    for place in range(1, count + 1)
                ],
            }
        ],
    }


def _seat(story: Telling, name: str) -> None:
    user = accounts.open_account(
        email="mallory@story.example",
        name=name,
        time_zone="UTC",
        by=story.secretary,
        at=cast.noon(IN_WINDOW),
        password=PASSWORD,
    )
    seat_member(
        user=user,
        position="member",
        starts_on=IN_WINDOW,
        by=story.secretary,
        at=cast.noon(IN_WINDOW),
    )


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;")
