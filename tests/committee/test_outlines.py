"""A long exhibit is drawn a stretch at a time from its outline, and signed as a whole."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee.models import Act, Adoption
from committee.outlines import is_long, outlined, rows_counted, stretches
from ltip.desk.scenarios.telling import Telling
from ltip.rules.canonical import canonical_text, digest_of
from participants.people import services as people
from participants.people.models import Employee
from tests import cast
from tests.committee.conftest import IN_WINDOW, address, members, page_of, propose

STEP = {"sentence": "One of them", "figure": "1", "place": "P Grants"}


def exhibit(rows: int, steps: int = 0) -> dict[str, Any]:
    return {
        "title": "An act",
        "facts": [{"label": "In all", "value": "9", "steps": [STEP] * steps}],
        "tables": [
            {"caption": "Short", "columns": [], "rows": [{"cells": ["a"]}]},
            {"caption": "Long", "columns": [], "rows": [{"cells": [str(n)]} for n in range(rows)]},
        ],
        "data": {"period": "2013", "earned": [{"award": "x", "steps": [STEP]}], "steps": 1},
    }


@pytest.mark.parametrize(("rows", "long"), [(99, False), (100, False), (101, True)])
def test_a_table_is_long_from_a_hundred_and_one_rows(rows: int, long: bool) -> None:
    assert is_long(exhibit(rows)) is long


def test_the_outline_counts_the_long_table_and_keeps_the_short_one() -> None:
    short, long = outlined(exhibit(120))["tables"]
    assert short == exhibit(120)["tables"][0]
    assert (long["rows"], long["count"], long["caption"]) == ([], 120, "Long")
    assert (rows_counted(short), rows_counted(long)) == (1, 120)


def test_the_data_of_an_outline_has_no_steps() -> None:
    assert outlined(exhibit(120))["data"] == {"period": "2013", "earned": [{"award": "x"}]}


@pytest.mark.parametrize(("steps", "kept"), [(11, 11), (12, 12), (13, 13), (1012, 13)])
def test_the_first_twelve_steps_of_a_figure_are_told_and_the_others_counted(
    steps: int, kept: int
) -> None:
    told = outlined(exhibit(120, steps))["facts"][0]["steps"]
    assert len(told) == kept
    more = {"sentence": f"And {steps - 12:,} more, each in a line of the table below."}
    assert told[12:] == ([more | {"figure": "", "place": "P Grants"}] if steps > 12 else [])


def test_the_stretches_are_all_rows_of_the_long_table_in_order() -> None:
    found = list(stretches(exhibit(120)))
    assert [(table, part, len(rows)) for table, part, rows in found] == [
        (1, 0, 50),
        (1, 1, 50),
        (1, 2, 20),
    ]
    assert [row for *_, rows in found for row in rows] == exhibit(120)["tables"][1]["rows"]


@pytest.fixture
def long_act(story: Telling) -> Act:
    """A hundred and twenty employees are proposed as participants."""
    numbers = [f"{number:03}" for number in range(120)]
    for number in numbers:
        people.record_employee(
            number=number,
            name=f"Holder {number}",
            email=f"{number}@story.example",
            hired_on=date(2010, 1, 4),
            statuses={"grade": "Executive 1", "kind": "regular", "country": "US"},
            by=story.secretary,
            at=cast.noon(IN_WINDOW),
        )
    found = Employee.objects.filter(number__in=numbers)
    return propose(story, "designation", employees=[str(one.public_id) for one in found])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "first", "last", "absent"),
    [
        ("", "Holder 000", "Holder 049", "Holder 050"),
        ("?page=3", "Holder 100", "Holder 119", "Holder 099"),
        ("?page=99", "Holder 100", "Holder 119", "Holder 099"),
        ("?page=0", "Holder 000", "Holder 049", "Holder 050"),
        ("?page=x", "Holder 000", "Holder 049", "Holder 050"),
    ],
)
def test_a_page_draws_one_stretch_of_a_long_table(
    long_act: Act, on: Any, browser: Any, asked: str, first: str, last: str, absent: str
) -> None:
    with on(IN_WINDOW):
        page = page_of(browser(members()[0]).get(address(long_act) + asked))
    assert first in page
    assert last in page
    assert absent not in page
    assert "120 rows in all" in page


@pytest.mark.django_db
def test_printing_shows_every_row(long_act: Act, on: Any, browser: Any) -> None:
    with on(IN_WINDOW):
        page = page_of(browser(members()[0]).get(address(long_act) + "?page=all"))
    assert all(f"Holder {number:03}" in page for number in range(120))


@pytest.mark.django_db
def test_the_docket_and_the_page_do_not_read_the_whole_exhibit(
    long_act: Act, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        client = browser(members()[0])
        for path in ("/committee/", address(long_act)):
            with CaptureQueriesContext(connection) as asked:
                page_of(client.get(path))
            assert not any('"exhibit" FROM' in query["sql"] for query in asked)


@pytest.mark.django_db
def test_a_fact_recorded_since_is_still_shown_on_the_page_of_a_long_act(
    story: Telling, long_act: Act, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        client = browser(members()[0])
        assert "can no longer be adopted" not in page_of(client.get(address(long_act)))
        people.end_service(
            employee=Employee.objects.get(number="007"),
            ended_on=IN_WINDOW,
            reason="resignation",
            by=story.secretary,
            at=cast.noon(IN_WINDOW),
        )
        for _ in range(2):
            page = page_of(client.get(address(long_act)))
            assert "can no longer be adopted" in page
            assert "Who is named, Holder 007: it now says" in page


@pytest.mark.django_db
def test_a_long_act_is_signed_and_sealed_as_a_whole(long_act: Act) -> None:
    assert cast.sign_all(long_act, IN_WINDOW).adopted
    content = json.loads(Adoption.objects.get(act=long_act).seal.canonical_text)["content"]
    assert len(content["exhibit"]["tables"][0]["rows"]) == 120
    assert digest_of(canonical_text(content["exhibit"])) == long_act.drafted_digest
