"""What is dated about an employee: changed from a day on, corrected by name; and looks at data."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from ltip.desk.scenarios.telling import Telling
from ltip.records.selectors import content_of
from ltip.rules.outcome import Refused
from participants.people import facts
from participants.people.models import Employee, EmployeeStatus
from participants.people.selectors import employees_found, person
from tests import cast
from tests.participants.leavers import leave
from tests.participants.pages import auditor, human_resources, words

DAY = date(2013, 5, 6)


def change(telling: Telling, subject: str, value: str, starts_on: date) -> EmployeeStatus:
    return facts.change_status(
        employee=telling.holders["signed"],
        subject=subject,
        value=value,
        starts_on=starts_on,
        by=telling.secretary,
        at=cast.noon(DAY),
    )


def correct(telling: Telling, entry: EmployeeStatus, value: str, starts_on: date | None) -> Any:
    return facts.correct_status(
        entry=entry, value=value, starts_on=starts_on, by=telling.secretary, at=cast.noon(DAY)
    )


def held(telling: Telling, subject: str, *days: date) -> list[str]:
    who = person(Employee.objects.get(pk=telling.holders["signed"].pk))
    return [who.status_on(subject, day) for day in days]


def test_a_correction_takes_the_place_of_the_entry_that_it_names(granted: Telling) -> None:
    may, june = date(2013, 5, 1), date(2013, 6, 1)
    before = held(granted, "grade", may)[0]
    entry = change(granted, "grade", "Executive 7", may)
    corrected = correct(granted, entry, "Executive 6", june)
    assert held(granted, "grade", may, june) == [before, "Executive 6"]
    assert content_of(corrected.seal)["supersedes"] == entry.seal_id
    with pytest.raises(Refused, match="corrected before"):
        correct(granted, entry, "Executive 5", may)
    with pytest.raises(Refused, match="says just that"):
        correct(granted, corrected, "Executive 6", june)
    correct(granted, corrected, "", None)
    assert held(granted, "grade", june) == [before]
    assert EmployeeStatus.objects.filter(pk=entry.pk, value="Executive 7").exists()


def test_what_is_needed_from_the_hire_on_is_corrected_and_not_taken_back(
    granted: Telling,
) -> None:
    first = granted.holders["signed"].statuses.filter(subject="grade").earliest("pk")
    with pytest.raises(Refused, match="needs a salary grade from the hire on"):
        correct(granted, first, "", None)
    with pytest.raises(Refused, match="Say both"):
        correct(granted, first, "Executive 5", None)


def test_a_name_changes_on_its_day_and_the_earlier_one_stays_in_the_history(
    granted: Telling,
) -> None:
    holder, name = granted.holders["signed"], granted.holders["signed"].name
    with pytest.raises(Refused, match="7 May 2013 has not come yet"):
        change(granted, "name", "Nadia New", date(2013, 5, 7))
    change(granted, "name", "Nadia New", DAY)
    change(granted, "name", "Nadia Newer", date(2013, 5, 3))
    assert held(granted, "name", date(2013, 5, 2), date(2013, 5, 3), DAY) == [
        name,
        "Nadia Newer",
        "Nadia New",
    ]
    assert Employee.objects.get(pk=holder.pk).name == "Nadia New"


def test_a_leave_begins_and_ends_and_being_at_work_needs_no_entry(granted: Telling) -> None:
    with pytest.raises(Refused, match="is “none” on 6 May 2013 already"):
        change(granted, "leave", "none", DAY)
    change(granted, "leave", "leave", date(2013, 3, 1))
    change(granted, "leave", "none", DAY)
    days = (date(2013, 2, 28), date(2013, 3, 1), date(2013, 5, 5), DAY)
    assert held(granted, "leave", *days) == ["", "leave", "leave", "none"]


def test_the_day_of_hire_moves_what_began_on_it_and_nothing_else(granted: Telling) -> None:
    holder = granted.holders["signed"]
    earlier = holder.hired_on
    change(granted, "grade", "Executive 9", date(2013, 4, 1))
    by: dict[str, Any] = {"by": granted.secretary, "at": cast.noon(DAY)}
    with pytest.raises(Refused, match="Salary grade is on record for a day before 2 April 2013"):
        facts.correct_hire(employee=holder, hired_on=date(2013, 4, 2), **by)
    facts.correct_hire(employee=holder, hired_on=date(2009, 1, 5), **by)
    assert Employee.objects.get(pk=holder.pk).hired_on == date(2009, 1, 5)
    assert held(granted, "country", date(2009, 1, 4), date(2009, 1, 5), earlier)[0] == ""
    assert held(granted, "country", date(2009, 1, 5)) == held(granted, "country", earlier)
    assert held(granted, "grade", date(2013, 4, 1)) == ["Executive 9"]


@pytest.mark.parametrize(
    ("subject", "told", "said", "saved"),
    [
        ("country", "GB", "Tax is withheld as the country of the Settlement Date asks", "GB"),
        (
            "leave",
            "leave_without_right",
            "ask counsel before then, where an award is deferred compensation. 7 November 2013",
            "leave_without_right",
        ),
    ],
)
def test_what_a_transfer_or_a_leave_does_is_shown_before_it_is_saved(
    granted: Telling, visit: Any, subject: str, told: str, said: str, saved: str
) -> None:
    address = reverse(
        "participants:change_status", args=[granted.holders["signed"].public_id, subject]
    )
    told_form = {"value": told, "starts_on": "2013-05-06"}
    with visit(human_resources(granted), DAY) as browser:
        shown = words(browser.post(address, told_form))
        assert saved not in held(granted, subject, DAY)
        early = words(browser.post(address, told_form | {"starts_on": "1990-01-01"}))
        back = words(browser.post(address, told_form | {"shown": "yes", "step": "change"}))
        assert saved not in held(granted, subject, DAY)
        assert browser.post(address, told_form | {"shown": "yes"}).status_code == 302
    assert said in shown
    assert "P Termination of Employment" in shown
    assert "2013–2014 300" in shown
    assert "was hired on" in early
    assert "Record the change" in back
    assert held(granted, subject, DAY) == [saved]


def test_an_entry_is_corrected_on_its_page_and_the_employees_page_says_what_it_said(
    granted: Telling, visit: Any
) -> None:
    holder = granted.holders["signed"]
    entry = change(granted, "covered", "yes", date(2013, 5, 1))
    address = reverse(
        "participants:correct_status", args=[holder.public_id, "covered", entry.seal_id]
    )
    with visit(human_resources(granted), DAY) as browser:
        form = words(browser.get(address))
        told = {"value": "yes", "starts_on": "2013-05-02"}
        page = words(browser.post(address, told, follow=True))
        assert browser.get(address).status_code == 404
    assert "On record: Yes from 1 May 2013 on. What should it have said?" in form
    assert "2 May 2013 corrected; it said: Yes, 1 May 2013" in page


def test_employees_are_found_by_what_holds_on_the_day(granted: Telling) -> None:
    change(granted, "country", "GB", DAY)
    change(granted, "grade", "Executive 8", DAY)
    correct(granted, change(granted, "kind", "temporary", DAY), "", None)

    def found(on: date, **asked: str) -> list[str]:
        return [employee.name for employee in employees_found(on=on, **asked)]

    assert found(DAY, country="GB") == ["signed"]
    assert found(date(2013, 5, 5), country="GB") == []
    assert found(DAY, grade="Executive 8", kind="regular", name="SIGN") == ["signed"]
    assert found(DAY, kind="temporary") == []
    leave(granted, "unsigned", date(2013, 5, 5), "resignation")
    assert found(DAY, name="SIGN", service="serving") == ["signed"]
    assert found(DAY, name="SIGN", service="ended") == ["unsigned"]
    assert found(date(2013, 5, 5), service="ended") == []


def test_every_look_is_the_auditors_to_read_and_nobody_elses(granted: Telling, visit: Any) -> None:
    holder, helen = granted.holders["signed"], human_resources(granted)
    with visit(helen, DAY) as browser:
        browser.post(reverse("participants:personal_data", args=[holder.public_id]))
        assert browser.get(reverse("participants:looks")).status_code == 403
    with visit(auditor(granted), DAY) as browser:
        page = words(browser.get(reverse("participants:looks")))
        named = words(browser.get(reverse("participants:looks"), {"name": "signed"}))
        nobody = words(browser.get(reverse("participants:looks"), {"name": "Zorro"}))
        assert reverse("participants:looks") in browser.get("/people/").content.decode()
    assert "Helen Hart signed addresses, birth date, tax number 127.0.0.1" in page
    assert "One look is on record" in named
    assert "0 looks are on record" in nobody
