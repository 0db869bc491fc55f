"""The holder names who takes the shares: by rank, with parts that add up, revocable, printed."""

import io
from datetime import date
from typing import Any

import pypdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ltip.desk.scenarios.telling import PASSWORD, Telling
from participants.papers.receipts import make_receipt
from participants.people.heirs import heirs_of
from participants.people.leaving import record_death
from participants.people.models import BeneficiaryDesignation, Employee
from participants.people.succession import record_succession
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import holder
from tests.participants.leavers import leave
from tests.participants.pages import human_resources, words

DAY, LATER = date(2013, 3, 1), date(2013, 4, 2)
MINE = "/my/beneficiaries/"
TOLD = {
    "name-1": "Ida",
    "relationship-1": "wife",
    "percent-1": "60",
    "name-2": "Jon",
    "percent-2": "40",
    "contingent-name-1": "Kay",
    "contingent-percent-1": "100",
    "password": PASSWORD,
}


def heirs(telling: Telling, name: str = "signed") -> Any:
    employee = telling.holders[name]
    return heirs_of([employee])[employee.pk]


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_what_the_holder_names_holds_from_that_day_and_says_whose_place_it_takes(
    granted: Telling, visit: Visit
) -> None:
    user = holder(granted, "signed")
    with visit(user, DAY) as browser:
        empty = words(browser.get(MINE))
        done = words(browser.post(MINE, TOLD, follow=True))
        same = words(browser.post(MINE, TOLD))
    assert "No beneficiary is named" in empty
    assert "Your beneficiaries are on record from today on." in done
    assert "Ida wife 60 % Jon 40 % Kay contingent 100 % Named on 1 March 2013." in done
    assert "These beneficiaries are on record already." in same
    with visit(user, LATER) as browser:
        browser.post(MINE, {"name-1": "Lea", "percent-1": "100", "password": PASSWORD})
        said = words(browser.get(MINE))
    first, second = BeneficiaryDesignation.objects.order_by("pk")
    assert (first.supersedes, second.supersedes) == (None, first)
    assert f"2 April 2013: Lea 100 % record {second.seal_id}" in said
    assert f"in the place of record {first.seal_id}" in said
    assert "1 March 2013: Ida 60 %, Jon 40 %, Kay 100 % (contingent)" in said


def test_parts_that_do_not_add_up_for_each_rank_and_a_wrong_password_name_nobody(
    granted: Telling, visit: Visit
) -> None:
    faults = {
        "The parts add up to 99.99 %, not 100 %.": {"percent-2": "39.99"},
        "The contingent parts add up to 100.01 %": {"contingent-percent-1": "100.01"},
        "The parts add up to 0 %, not 100 %.": {
            "name-1": "",
            "relationship-1": "",
            "percent-1": "",
            "name-2": "",
            "percent-2": "",
        },
        "Ida is named twice.": {"contingent-name-1": "Ida"},
        "This is not your password.": {"password": "wrong"},
    }
    with visit(holder(granted, "signed"), DAY) as browser:
        for words_refused, change in faults.items():
            assert words_refused in words(browser.post(MINE, TOLD | change)), words_refused
        nobody = words(browser.post(MINE, {"password": PASSWORD}))
    assert "Name at least one, or revoke below what you named." in nobody
    assert not BeneficiaryDesignation.objects.exists()


def test_the_holder_revokes_and_the_estate_would_take(granted: Telling, visit: Visit) -> None:
    with visit(holder(granted, "signed"), DAY) as browser:
        nothing = words(browser.post(f"{MINE}revoke/", {"password": PASSWORD}))
        browser.post(MINE, TOLD)
        done = words(browser.post(f"{MINE}revoke/", {"password": PASSWORD}, follow=True))
    assert "No beneficiary is named, so none can be taken back." in nothing
    assert "What had been named was revoked on 1 March 2013." in done
    assert heirs(granted).is_revoked
    assert heirs(granted).designation.supersedes.beneficiaries.count() == 3


def test_what_was_named_on_the_page_decides_who_takes_after_a_death(
    granted: Telling, visit: Visit
) -> None:
    """Neither Ida nor Jon survived, so Kay, the contingent one, takes all 300 shares."""
    with visit(holder(granted, "signed"), DAY) as browser:
        browser.post(MINE, TOLD)
    leave(granted, "signed", date(2013, 9, 16), "death")
    told = {"by": granted.secretary, "at": cast.noon(date(2013, 9, 20))}
    record_succession(employee=granted.holders["signed"], survivors=[3], **told)
    assert heirs(granted).names == ["Kay"]
    division = heirs(granted).shares(300)
    assert [(heir.name, heir.shares) for heir in division.value] == [("Kay", 300)]
    record_succession(employee=granted.holders["signed"], survivors=[2, 3], **told)
    assert heirs(granted).names == ["Jon"]


def test_the_form_has_lines_to_sign_and_the_signed_paper_is_kept_with_it(
    granted: Telling, visit: Visit
) -> None:
    with visit(holder(granted, "signed"), DAY) as browser:
        browser.post(MINE, TOLD)
        number = BeneficiaryDesignation.objects.get().seal_id
        form = browser.get(f"{MINE}{number}/form.pdf")
    said = text_of(form.content)
    for expected in ("Ida (wife) 60 %", "Kay 100 %", "Spouse or partner", "Witness or notary"):
        assert expected in said
    with visit(holder(granted, "unsigned"), DAY) as browser:
        assert browser.get(f"{MINE}{number}/form.pdf").status_code == 404
    employee: Employee = granted.holders["signed"]
    path = reverse("participants:designation_paper", args=[employee.public_id])
    with visit(human_resources(granted), DAY) as browser:
        paper = SimpleUploadedFile("consent.pdf", b"%PDF-consent", "application/pdf")
        late = {"received_on": "2013-03-02", "paper": paper}
        assert "2 March 2013 has not come yet." in words(browser.post(path, late))
        paper.seek(0)
        sent = {"received_on": "2013-03-01", "paper": paper}
        page = browser.post(path, sent, follow=True)
        kept = heirs(granted).designation.papers.get()
        evidence = reverse("participants:evidence", args=[employee.public_id, kept.document_id])
        assert evidence in page.content.decode()
        assert browser.get(evidence).content == b"%PDF-consent"


def test_the_receipt_of_a_designation_names_each_rank(granted: Telling, visit: Visit) -> None:
    with visit(holder(granted, "signed"), DAY) as browser:
        browser.post(MINE, TOLD)
    number = BeneficiaryDesignation.objects.get().seal_id
    made = make_receipt(number, lambda done, of: None)
    said = text_of(bytes(made.document.content))
    assert "Beneficiaries: named" in said
    assert (
        "Primary beneficiaries Ida (wife) 60 % Jon 40 % Contingent beneficiaries Kay 100 %" in said
    )


def test_nobody_designates_after_a_death_is_on_record(granted: Telling, visit: Visit) -> None:
    employee = granted.holders["signed"]
    leave(granted, "signed", date(2013, 2, 20), "resignation")
    at = cast.noon(date(2013, 2, 27))
    record_death(employee=employee, died_on=date(2013, 2, 26), by=granted.secretary, at=at)
    with visit(holder(granted, "signed"), DAY) as browser:
        assert "died on 26 February 2013, before 1 March 2013" in words(browser.post(MINE, TOLD))
