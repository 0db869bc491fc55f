"""Every page of the table of addresses asks the database as often for many rows as for few."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ltip.desk.scenarios.reading import read_story
from ltip.notices.services import Recipient, record_certified_mail
from ltip.program.models import Security
from ltip.program.services import limits, market, periods
from participants.control.services import compare_parachute
from participants.papers.company_signing import record_authority
from participants.papers.deciding_pages import decide_pages
from participants.papers.opening import record_incorporated_document
from participants.people.services import look_at_personal_data
from participants.people.succession import Named, name_own_beneficiaries
from tests import cast
from tests.participants.control.desk import paper
from tests.participants.importing.files import ANN, ZOE, csv_file, line, taken
from tests.participants.papers.test_amendments import draft
from tests.test_access import COLUMNS, ROWS, arguments_of, everything_on_record, users_of

DAY = date(2015, 3, 27)
READERS = ("secretary", "human_resources", "stock_administrator", "auditor", "holder")


def told(more_holders: int) -> tuple[Any, dict[str, list[Any]]]:
    """Something of every kind, with as many more holders, who sign, as asked for."""
    story = read_story(cast.SCENARIOS / "unsigned-papers.toml")
    acts = story.sections["act"][: cast.BEFORE_SETTLEMENT]
    names = [f"holder {number}" for number in range(more_holders)]
    for name in names:
        story.sections["people"][name] = {"hired": date(2010, 5, 3), "grade": "Executive 1"}
        grant = {"on": date(2013, 2, 5), "do": "grant", "who": name, "shares": 10}
        sign = {"on": date(2013, 2, 6), "do": "sign", "who": name}
        acts = [*acts[:3], grant, *acts[3:4], sign, *acts[4:]]
    acts[0] = acts[0] | {"who": ["signed", "unsigned", *names]}
    story.sections["act"] = acts
    telling = cast.tell(story)
    assert not [refusal for _, refusal in telling.refusals if refusal]
    everything_on_record(telling)
    arguments = arguments_of(telling)
    for name in names:
        _add_to_every_list(telling, name)
    return telling, arguments


def _add_to_every_list(telling: Any, name: str) -> None:
    """One more of what the lists hold, whatever the holder's number is."""
    number, at = int(name.split()[1]), cast.noon(DAY)
    by = telling.administrator
    periods.open_period(
        start_date=date(2016 + number, 1, 1),
        end_date=date(2017 + number, 12, 31),
        by=telling.secretary,
        at=at,
    )
    periods.record_fiscal_quarter_ends(
        days=[date(2014, 9, 30) - timedelta(days=91 * number)], by=by, at=at
    )
    limits.record_plan_limit(
        kind="reserve",
        shares=1_000_000 + number,
        starts_on=DAY - timedelta(days=number),
        by=telling.secretary,
        at=at,
    )
    compare_parachute(
        employee=telling.holders[name],
        triggered_on=date(2015, 1, 2),
        base_amount_minor=40_000_000,
        payments={"cash": 130_000_000},
        federal=Decimal("0.45"),
        state=Decimal(0),
        local=Decimal(0),
        by=by,
        at=at,
    )
    _add_to_the_holders_pages(telling, number)
    draft(telling, name, on=date(2015, 2, 26))
    look_at_personal_data(
        employee=telling.holders[name], by=telling.secretary, at=at, address="192.0.2.1"
    )
    taken(
        csv_file(line(ANN), *(line(ZOE, Name=f"{name} {n}") for n in range(number))),
        telling.secretary,
    )
    market.record_security_event(
        security=Security.objects.filter(is_company=False).latest("pk"),
        kind="renamed",
        completed_on=date(2015, 3, 1) + timedelta(days=number),
        new_ticker=f"NEW{number}",
        by=by,
        at=at,
    )


def _add_to_the_holders_pages(telling: Any, number: int) -> None:
    """One more beneficiary, letter, document, officer and decision for those pages' lists."""
    holder, day = telling.holders["signed"], date(2015, 2, 27) + timedelta(days=number)
    at = cast.noon(day)
    name_own_beneficiaries(
        employee=holder,
        beneficiaries=[Named(f"Heir {number}", "", Decimal(100))],
        by=holder.user,
        authentication=cast.proof(holder.user, at),
        at=at,
    )
    told = {"by": telling.secretary, "at": at}
    record_certified_mail(
        to=Recipient(str(holder.public_id), holder.name, "1 Row"),
        number=str(number),
        posted_on=day,
        subject="Another letter",
        text="",
        document=None,
        **told,
    )
    record_incorporated_document(kind="plan", effective_on=day, document=paper(telling), **told)
    record_authority(
        user=telling.approver,
        title=f"Treasurer {number}",
        is_given=True,
        starts_on=day,
        **told,
    )
    decide_pages(subject="standing", is_on=number % 2 == 1, starts_on=day, **told)


def pages() -> Iterator[tuple[str, str]]:
    """Each address that is read, with each of those readers whom the table lets in."""
    for name, method, *expected in ROWS:
        allowed = dict(zip(COLUMNS, expected, strict=True))
        for reader in READERS:
            if method == "GET" and allowed[reader] == "ok":
                yield name, reader


def counted(more_holders: int) -> dict[tuple[str, str], int]:
    with transaction.atomic():
        telling, arguments = told(more_holders)
        users = users_of(telling)
        asked = {}
        with time_machine.travel(cast.noon(DAY)):
            browsers = {reader: cast.browser_of(users[reader]) for reader in READERS}
            for name, reader in pages():
                if name == "account_logout":
                    continue
                address = reverse(name, args=arguments.get(name, []))
                with transaction.atomic(), CaptureQueriesContext(connection) as queries:
                    answer = browsers[reader].get(address)
                assert answer.status_code in (200, 302), (name, reader)
                asked[name, reader] = len(queries)
        transaction.set_rollback(True)
    return asked


@pytest.mark.django_db
def test_no_page_asks_more_often_as_its_rows_grow() -> None:
    few, many = counted(1), counted(5)
    grown = {page: (few[page], many[page]) for page in few if many[page] > few[page]}
    assert grown == {}
    assert len(few) > 100
