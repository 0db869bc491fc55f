"""The pages of a death, of beneficiaries, and of who takes the shares."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ltip.desk.scenarios.telling import Telling
from ltip.records.models import PersonalDataLook
from participants.people.models import BeneficiaryDesignation, Death, Succession
from participants.people.selectors import person
from participants.people.services import change_status
from tests.participants.holders import holder
from tests.participants.leavers import leave, name_beneficiary
from tests.participants.pages import human_resources, words

DIED, DAY = date(2014, 6, 29), date(2014, 7, 15)
PDF = b"%PDF-1.7 what the holder filed"


def address(telling: Telling, name: str, *more: str) -> str:
    return reverse(f"participants:{name}", args=[telling.holders["signed"].public_id, *more])


def paper(content: bytes = PDF, name: str = "filed.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def designation(**changes: Any) -> dict[str, Any]:
    return {
        "designated_on": "2014-05-02",
        "document": paper(),
        "name-1": "Ida Signed",
        "relationship-1": "spouse",
        "percent-1": "60",
        "name-3": "Otto Signed",
        "percent-3": "40",
    } | changes


def test_the_beneficiaries_are_entered_with_the_paper_that_the_holder_filed(
    granted: Telling, visit: Any
) -> None:
    with visit(human_resources(granted), DAY) as browser:
        form = words(browser.get(address(granted, "beneficiaries")))
        said = words(browser.post(address(granted, "beneficiaries"), designation(), follow=True))
        again = words(browser.get(address(granted, "beneficiaries")))
    assert "The parts make 100 %." in form
    assert "Ida Signed spouse 60 % Otto Signed 40 %" in said
    assert "Named on 2 May 2014." in said
    assert "filed.pdf" in said
    assert "What holds now" in again


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"percent-1": "60.01"}, "GA §4: The parts add up to 100.01 %, not 100 %."),
        ({"percent-1": ""}, "Say the part in percent."),
        ({"name-1": ""}, "Say who it is."),
        ({"document": ""}, "What the holder filed"),
        ({"document": paper(b"MZ a program", "filed.pdf")}, "A PDF, PNG or JPEG file, please."),
        ({"designated_on": "2014-07-16"}, "16 July 2014 has not come yet."),
    ],
)
def test_a_form_that_is_not_right_comes_back_filled_in_and_saves_nothing(
    granted: Telling, visit: Any, changes: dict[str, Any], said: str
) -> None:
    with visit(human_resources(granted), DAY) as browser:
        answer = browser.post(address(granted, "beneficiaries"), designation(**changes))
    assert said in words(answer)
    assert 'value="Otto Signed"' in answer.content.decode()
    assert not BeneficiaryDesignation.objects.exists()


def test_the_paper_can_be_had_again_and_each_look_is_logged(granted: Telling, visit: Any) -> None:
    with visit(human_resources(granted), DAY) as browser:
        browser.post(address(granted, "beneficiaries"), designation())
        kept = BeneficiaryDesignation.objects.get().document
        answer = browser.get(address(granted, "evidence", kept.digest))
        other = reverse(
            "participants:evidence", args=[granted.holders["unsigned"].public_id, kept.digest]
        )
        assert browser.get(other).status_code == 404
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="filed.pdf"'
    look = PersonalDataLook.objects.get()
    assert look.subject == str(granted.holders["signed"].public_id)


def test_a_death_in_service_is_held_back_until_the_heirs_are_recorded(
    granted: Telling, visit: Any
) -> None:
    name_beneficiary(granted, "signed", paper=PDF)
    leave(granted, "signed", DIED, "death")
    with visit(human_resources(granted), DAY) as browser:
        waiting = words(browser.get(address(granted, "employee")))
        form = browser.get(address(granted, "succession"))
        seal = form.context["form"].initial["designation"]
        told = {"survivors": ["1"], "designation": seal, "document": paper()}
        done = words(browser.post(address(granted, "succession"), told, follow=True))
    assert "It is not recorded who takes the shares. Nothing is delivered before." in waiting
    assert "Ida, 100 %" in words(form)
    assert "2013–2014 at 100 % of target, before tax Ida 300" in done
    assert "Ida takes 100 % of 100 % of 300 shares" in done


def test_the_heirs_of_another_designation_than_the_one_shown_are_not_recorded(
    granted: Telling, visit: Any
) -> None:
    name_beneficiary(granted, "signed", paper=PDF)
    leave(granted, "signed", DIED, "death")
    with visit(human_resources(granted), DAY) as browser:
        told = {"survivors": ["1"], "designation": "0", "document": paper()}
        said = words(browser.post(address(granted, "succession"), told))
    assert "Other beneficiaries are on record now: look again." in said
    assert not Succession.objects.exists()


def test_without_beneficiaries_the_estate_is_asked_for(granted: Telling, visit: Any) -> None:
    leave(granted, "signed", DIED, "death")
    with visit(human_resources(granted), DAY) as browser:
        form = words(browser.get(address(granted, "succession")))
        empty = words(browser.post(address(granted, "succession"), {"document": paper()}))
        told = {"estate_representative": "Nora Will, executor", "document": paper()}
        done = words(browser.post(address(granted, "succession"), told, follow=True))
    assert "No beneficiary is named. Who stands for the estate?" in form
    assert "Nothing was saved yet" in empty
    assert "Nora Will, executor 300" in done


def test_while_nobody_died_the_page_of_the_heirs_says_so(granted: Telling, visit: Any) -> None:
    with visit(human_resources(granted), DAY) as browser:
        said = words(browser.get(address(granted, "succession")))
        told = {"estate_representative": "Nora", "document": paper()}
        browser.post(address(granted, "succession"), told)
    assert "No death is on record, so nobody else takes the shares." in said
    assert not Succession.objects.exists()


def test_a_death_after_leaving_is_recorded_corrected_and_taken_back(
    granted: Telling, visit: Any
) -> None:
    leave(granted, "signed", DIED, "without_cause")
    with visit(human_resources(granted), DAY) as browser:
        early = words(browser.post(address(granted, "record_death"), {"died_on": "2014-06-29"}))
        recorded = browser.post(
            address(granted, "record_death"),
            {"died_on": "2014-07-01", "document": paper()},
            follow=True,
        )
        both = {"died_on": "2014-07-01", "is_taken_back": "on"}
        unclear = words(browser.post(address(granted, "record_death"), both))
        browser.post(address(granted, "record_death"), {"is_taken_back": "on"})
    assert "Record a death in service as the end of service" in early
    assert "The holder died on 1 July 2014." in words(recorded)
    assert "Say the day, or that there was no death." in unclear
    assert person(granted.holders["signed"]).died_on is None
    assert Death.objects.count() == 2


def test_the_holder_sees_whom_the_paper_names_and_nobody_elses(
    granted: Telling, visit: Any
) -> None:
    name_beneficiary(granted, "signed", paper=PDF)
    with visit(holder(granted, "signed"), DAY) as browser:
        mine = browser.get(reverse("participants:my_awards"))
    with visit(holder(granted, "unsigned"), DAY) as browser:
        theirs = words(browser.get(reverse("participants:my_awards")))
    assert "Your beneficiaries Beneficiary Part Ida spouse 100" in words(mine)
    assert "Ida" not in theirs
    assert "No beneficiary is named" in theirs


def test_the_status_of_a_covered_employee_is_not_ended_without_a_word_of_the_law(
    granted: Telling, visit: Any
) -> None:
    def change(value: str, starts_on: date) -> None:
        change_status(
            employee=granted.holders["signed"],
            subject="covered",
            value=value,
            starts_on=starts_on,
            by=granted.secretary,
            at=granted.told_at,
        )

    change("yes", date(2014, 1, 1))
    with visit(human_resources(granted), DAY) as browser:
        form = words(browser.get(address(granted, "change_status", "covered")))
        for day, warned in (("2016-12-31", False), ("2017-01-02", True)):
            told = {"value": "no", "starts_on": day}
            said = words(
                browser.post(address(granted, "change_status", "covered"), told, follow=True)
            )
            assert ("stays for good under §162(m)" in said) is warned
            change("yes", date.fromisoformat(day))
    assert "Held after 2016, the status stays for good" in form


def test_more_records_about_a_leaver_take_no_more_queries(granted: Telling, visit: Any) -> None:
    user, counted = human_resources(granted), []
    for day in (28, 29):
        name_beneficiary(granted, "signed", paper=PDF + str(day).encode())
        leave(granted, "signed", date(2014, 6, day), "death")
        with visit(user, DAY) as browser, CaptureQueriesContext(connection) as queries:
            assert browser.get(address(granted, "employee")).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_heirs_wait_on_the_first_page_of_human_resources(granted: Telling, visit: Any) -> None:
    leave(granted, "signed", DIED, "death")
    with visit(human_resources(granted), DAY) as browser:
        waiting = words(browser.get(reverse("desk:home")))
        told = {"estate_representative": "Nora", "document": paper()}
        browser.post(address(granted, "succession"), told)
        done = words(browser.get(reverse("desk:home")))
    assert "Record the heirs of signed" in waiting
    assert "Record the heirs" not in done
