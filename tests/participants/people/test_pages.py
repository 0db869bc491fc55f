"""The employees' pages, as human resources uses them."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ltip.accounts.models import Role, User
from ltip.accounts.selectors import roles_of
from ltip.desk.scenarios.telling import Telling
from ltip.records.models import PersonalDataLook
from participants.people import services
from participants.people.addresses import record_received_address
from participants.people.models import Employee
from participants.people.selectors import person
from participants.people.services import PersonalData
from tests import cast
from tests.participants.pages import auditor, human_resources, words

DAY = date(2013, 2, 1)
NOBODY = UUID("00000000-0000-4000-8000-000000000000")


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def record(telling: Telling, name: str, number: str, **changes: Any) -> Employee:
    told: dict[str, Any] = {
        "hired_on": date(2009, 4, 6),
        "statuses": {"grade": "Executive 1", "kind": "regular", "country": "US"},
    }
    return services.record_employee(
        name=name,
        number=number,
        email=f"{number}@people.example",
        by=telling.secretary,
        at=noon(DAY),
        **(told | changes),
    )


def filled_in(**changes: str) -> dict[str, Any]:
    return {
        "name": "Iris Quint",
        "number": "3001",
        "email": "iris@people.example",
        "hired_on": "2012-12-31",
        "grade": "Executive 2",
        "kind": "regular",
        "country": "GB",
        "flags": ["officer"],
        "address": "12 Harbour Row",
        "birth_date": "1971-04-09",
        "tax_number": "912-55-0148",
    } | changes


def test_the_list_shows_what_holds_today(before_designation: Telling, visit: Any) -> None:
    nadia = record(before_designation, "Nadia Castellano", "7", hired_on=date(2010, 3, 1))
    for day, grade in ((date(2012, 1, 1), "Executive 4"), (date(2013, 2, 2), "Executive 5")):
        services.change_status(
            employee=nadia,
            subject="grade",
            value=grade,
            starts_on=day,
            by=before_designation.secretary,
            at=noon(DAY),
        )
    services.end_service(
        employee=nadia,
        ended_on=date(2013, 1, 31),
        reason="retirement",
        by=before_designation.secretary,
        at=noon(DAY),
    )
    with visit(human_resources(before_designation), DAY) as browser:
        text = words(browser.get(reverse("participants:employees")))
    assert "3 employees are on record" in text
    assert "Nadia Castellano 7 Executive 4 Regular US 1 Mar 2010 31 Jan 2013" in text


def test_a_search_finds_a_part_of_the_name(before_designation: Telling, visit: Any) -> None:
    record(before_designation, "Nadia Castellano", "7")
    with visit(human_resources(before_designation), DAY) as browser:
        found = words(browser.get(reverse("participants:employees"), {"name": "castel"}))
        none = words(browser.get(reverse("participants:employees"), {"name": "Zorro"}))
        broken = browser.get(reverse("participants:employees"), {"name": "a\x00b"})
    assert "One employee is as you asked" in found
    assert "Nadia Castellano" in found
    assert "unsigned" not in found
    assert "Nobody is so" in none
    assert broken.status_code == 200


def test_fifty_stand_on_a_page_and_more_ask_no_more_of_the_database(
    before_designation: Telling, visit: Any
) -> None:
    helen = human_resources(before_designation)
    with visit(helen, DAY) as browser:
        few = _queries(browser)
    for number in range(1, 50):
        record(before_designation, f"Employee {number:02}", str(number))
    with visit(helen, DAY) as browser:
        many = _queries(browser)
        first = browser.get(reverse("participants:employees"))
        second = words(browser.get(reverse("participants:employees"), {"page": 2}))
    assert len(first.context["lines"]) == 50
    assert "Page 1 of 2" in words(first)
    assert "Page 2 of 2" in second
    assert many == few


def _queries(browser: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        browser.get(reverse("participants:employees"))
    return len(queries)


def test_an_employee_is_taken_on_record(before_designation: Telling, visit: Any) -> None:
    with visit(human_resources(before_designation), DAY) as browser:
        answer = browser.post(
            reverse("participants:add_employee"),
            filled_in(grade="executive 2", country="gb"),
            follow=True,
        )
    iris = Employee.objects.get(number="3001")
    assert answer.redirect_chain == [(reverse("participants:employee", args=[iris.public_id]), 302)]
    recorded = person(iris)
    statuses = ("grade", "kind", "country", "officer", "covered")
    assert [recorded.status_on(subject, date(2012, 12, 31)) for subject in statuses] == [
        "Executive 2",
        "regular",
        "GB",
        "yes",
        "",
    ]
    assert "Iris Quint is on record" in words(answer)


def test_a_number_that_is_taken_is_said_and_the_form_comes_back_filled_in(
    before_designation: Telling, visit: Any
) -> None:
    record(before_designation, "Nadia Castellano", "3001")
    with visit(human_resources(before_designation), DAY) as browser:
        answer = browser.post(reverse("participants:add_employee"), filled_in())
    assert "The employee number 3001 is taken." in words(answer)
    assert 'value="Iris Quint"' in answer.content.decode()
    assert not Employee.objects.filter(name="Iris Quint").exists()


def test_a_mistake_is_said_beside_its_field(before_designation: Telling, visit: Any) -> None:
    with visit(human_resources(before_designation), DAY) as browser:
        answer = browser.post(
            reverse("participants:add_employee"), filled_in(country="United Kingdom")
        )
    assert answer.context["form"].errors == {"country": ["Two letters, please: US, GB."]}
    assert 'value="United Kingdom"' in answer.content.decode()


def test_a_status_changes_from_a_day_on_and_the_history_stays(
    before_designation: Telling, visit: Any
) -> None:
    nadia = record(before_designation, "Nadia Castellano", "7")
    address = reverse("participants:change_status", args=[nadia.public_id, "grade"])
    told = {"value": "Executive 3", "starts_on": "2013-01-15"}
    with visit(human_resources(before_designation), DAY) as browser:
        answer = browser.post(address, told, follow=True)
        again = browser.post(address, told)
    assert (
        "Salary grade Executive 3 15 Jan 2013 Correct Salary grade, Executive 3 "
        "Executive 1, 6 Apr 2009 – 14 Jan 2013"
    ) in words(answer)
    assert "is “Executive 3” on 15 January 2013 already" in words(again)
    assert nadia.statuses.filter(subject="grade").count() == 2


def test_a_change_before_the_hire_is_refused(before_designation: Telling, visit: Any) -> None:
    nadia = record(before_designation, "Nadia Castellano", "7")
    address = reverse("participants:change_status", args=[nadia.public_id, "covered"])
    with visit(human_resources(before_designation), DAY) as browser:
        answer = browser.post(address, {"value": "yes", "starts_on": "2009-04-05"})
    assert "P Eligibility: Nadia Castellano was hired on 6 April 2009, after 5 April 2009." in (
        words(answer)
    )
    assert 'value="2009-04-05"' in answer.content.decode()


PRIVATE = PersonalData(address="12 Harbour Row", birth_date="1971-04-09", tax_number="912-55-0148")


def test_personal_data_is_shown_only_when_asked_for_and_the_look_is_logged(
    before_designation: Telling, visit: Any
) -> None:
    nadia = record(before_designation, "Nadia Castellano", "7", personal_data=PRIVATE)
    address = reverse("participants:personal_data", args=[nadia.public_id])
    helen = human_resources(before_designation)
    with visit(helen, DAY) as browser:
        page = words(browser.get(reverse("participants:employee", args=[nadia.public_id])))
        assert not any(text in page for text in ("Harbour", "1971", "912-55"))
        assert browser.get(address).status_code == 405
        assert not PersonalDataLook.objects.exists()
        shown = browser.post(address, REMOTE_ADDR="192.0.2.44")
    assert all(text in words(shown) for text in ("12 Harbour Row", "1971-04-09", "912-55-0148"))
    assert "no-store" in shown["Cache-Control"]
    look = PersonalDataLook.objects.get()
    assert (look.viewer, look.subject, look.address) == (helen, str(nadia.public_id), "192.0.2.44")
    assert look.fields == "addresses, birth date, tax number"


def test_the_address_of_a_later_notice_stands_before_the_one_first_recorded(
    before_designation: Telling, visit: Any
) -> None:
    nadia = record(before_designation, "Nadia Castellano", "7", personal_data=PRIVATE)
    record_received_address(
        employee=nadia,
        email="nadia@elsewhere.example",
        postal="9 Mill Lane",
        given_on=DAY,
        document=None,
        by=before_designation.secretary,
        at=cast.noon(DAY),
    )
    with visit(human_resources(before_designation), DAY) as browser:
        shown = words(browser.post(reverse("participants:personal_data", args=[nadia.public_id])))
    assert "Address for notices 9 Mill Lane nadia@elsewhere.example by the notice of" in shown
    assert "Address first recorded 12 Harbour Row" in shown


@pytest.mark.parametrize("role", ["secretary", "auditor"])
def test_nobody_else_sees_personal_data(before_designation: Telling, visit: Any, role: str) -> None:
    nadia = record(before_designation, "Nadia Castellano", "7", personal_data=PRIVATE)
    user = before_designation.secretary if role == "secretary" else auditor(before_designation)
    with visit(user, DAY) as browser:
        page = browser.get(reverse("participants:employee", args=[nadia.public_id]))
        refused = browser.post(reverse("participants:personal_data", args=[nadia.public_id]))
    assert page.status_code == 200
    assert "Show" not in words(page)
    assert refused.status_code == 403
    assert not PersonalDataLook.objects.exists()


def test_an_account_is_opened_once(before_designation: Telling, visit: Any) -> None:
    nadia = record(before_designation, "Nadia Castellano", "7")
    address = reverse("participants:give_account", args=[nadia.public_id])
    with visit(human_resources(before_designation), DAY) as browser:
        first = words(browser.post(address, follow=True))
        second = words(browser.post(address, follow=True))
    user = User.objects.get(email="7@people.example")
    nadia.refresh_from_db()
    assert nadia.user == user
    assert roles_of(user, DAY) == {Role.PARTICIPANT}
    assert not user.has_usable_password()
    assert "Nadia Castellano has an account." in first
    assert "7@people.example already has an account." in second


def test_who_is_not_on_record_is_not_found(before_designation: Telling, visit: Any) -> None:
    with visit(human_resources(before_designation), DAY) as browser:
        for name in ("employee", "end_service"):
            address = reverse(f"participants:{name}", args=[NOBODY])
            assert browser.get(address).status_code == 404
        nadia = record(before_designation, "Nadia Castellano", "7")
        subject = reverse("participants:change_status", args=[nadia.public_id, "salary"])
        assert browser.get(subject).status_code == 404


def test_a_holder_and_a_stranger_see_no_employees(before_designation: Telling, visit: Any) -> None:
    address = reverse("participants:employees")
    with visit(before_designation.holders["signed"].user, DAY) as browser:
        assert browser.get(address).status_code == 403
    assert Client().get(address)["Location"].startswith("/accounts/login/")


def test_who_may_only_read_is_not_told_to_change(before_designation: Telling, visit: Any) -> None:
    address = reverse("participants:employees")
    with visit(human_resources(before_designation), DAY) as browser:
        assert "Open one to change a status" in words(browser.get(address))
    with visit(before_designation.secretary, DAY) as browser:
        page = words(browser.get(address))
    assert "Open one to change" not in page
    assert "Open one to see what holds today" in page
