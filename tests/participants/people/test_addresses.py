"""The address for notices: the holder changes it, human resources records what came by mail."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from ltip.desk.scenarios.telling import PASSWORD
from ltip.notices.models import GivenNotice
from ltip.records.models import PersonalDataLook
from ltip.records.selectors import content_of, first_fault
from ltip.rules.outcome import Refused
from participants.people import addresses
from participants.people.models import AddressChange, KeptAddress
from tests import cast
from tests.participants.holders import holder as holder_who_may_sign_in
from tests.participants.pages import words

DAY = date(2013, 5, 6)
NEW = {"email": "new@holder.example", "postal": "9 Mill Lane"}


@pytest.fixture
def telling(db: None) -> Any:
    told_of = cast.told(acts=cast.BEFORE_REPORT)
    for name in told_of.holders:
        holder_who_may_sign_in(told_of, name)
    return told_of


@pytest.mark.django_db
def test_a_holder_changes_the_address_with_the_password_and_it_is_kept_encrypted(
    telling: Any,
) -> None:
    holder = telling.holders["signed"]
    assert addresses.address_on_record(holder).email == holder.email
    with cast.visit(holder.user, DAY) as browser:
        page = browser.get("/my-address/").content.decode()
        assert holder.email in page
        assert "The Secretary" in page
        told = browser.post("/my-address/", {**NEW, "password": "wrong"})
        assert "This is not your password." in told.content.decode()
        assert not AddressChange.objects.exists()
        assert browser.post("/my-address/", {**NEW, "password": PASSWORD}).status_code == 302
        assert (
            "You gave notice of it on 6 May 2013." in browser.get("/my-address/").content.decode()
        )
    assert addresses.address_on_record(holder) == addresses.AddressOnRecord(
        "new@holder.example", "9 Mill Lane", DAY
    )
    change = AddressChange.objects.get()
    assert change.authentication_use is not None
    kept = f"{vars(change)}{vars(change.kept)}{change.seal.canonical_text}"
    assert "new@holder" not in kept
    assert "Mill Lane" not in kept
    assert content_of(change.seal)["fingerprint"] == change.fingerprint
    looks = PersonalDataLook.objects.filter(viewer=holder.user, subject=str(holder.public_id))
    assert looks.count() == 3  # the first visit, the wrong password, and the visit afterwards
    assert first_fault()[1] is None


@pytest.mark.django_db
def test_another_person_changes_nobodys_address(telling: Any) -> None:
    other, at = telling.holders["unsigned"].user, cast.noon(DAY)
    with pytest.raises(Refused, match="Only the holder"):
        addresses.change_own_address(
            employee=telling.holders["signed"],
            **NEW,
            authentication=cast.proof(other, at),
            by=other,
            at=at,
        )


@pytest.mark.django_db
def test_the_address_given_last_holds_whenever_it_was_recorded(telling: Any) -> None:
    holder, at = telling.holders["signed"], cast.noon(DAY)
    for on, email in ((DAY, "late@holder.example"), (DAY - timedelta(2), "early@holder.example")):
        addresses.record_received_address(
            employee=holder,
            email=email,
            postal="",
            given_on=on,
            document=None,
            by=telling.secretary,
            at=at,
        )
    assert addresses.address_on_record(holder).email == "late@holder.example"
    with pytest.raises(Refused, match="7 May 2013 has not come yet"):
        addresses.record_received_address(
            employee=holder,
            email="x@holder.example",
            postal="",
            given_on=DAY + timedelta(1),
            document=None,
            by=telling.secretary,
            at=at,
        )


@pytest.mark.django_db
def test_human_resources_records_an_address_and_a_letter(telling: Any) -> None:
    helen = cast.staff("human_resources", name="Helen", telling=telling)
    holder = telling.holders["signed"]
    with cast.visit(helen, DAY) as browser:
        path = f"/people/{holder.public_id}/"
        assert browser.post(path + "address/", {**NEW, "given_on": "2013-05-03"}).status_code == 302
        letter = {"number": "7014", "posted_on": "2013-05-06", "subject": "Amendment"}
        assert browser.post(path + "letter/", letter).status_code == 302
        notice = GivenNotice.objects.get()
        log = browser.get("/notices/").content.decode()
        page = browser.get(f"/notices/{notice.message.public_id}/").content.decode()
    assert "Amendment" in log
    assert "9 Mill Lane" not in log
    assert "9 Mill Lane" in page
    assert "This is not what was recorded" not in page
    assert PersonalDataLook.objects.filter(
        viewer=helen, subject=str(holder.public_id), fields="address and text of a notice"
    ).exists()
    with cast.visit(holder.user, DAY) as browser:
        own = words(browser.get("/my-address/"))
    assert "6 May 2013: Amendment" in own


@pytest.mark.django_db
def test_addresses_are_encrypted_again_with_the_other_personal_data(telling: Any) -> None:
    holder, at = telling.holders["signed"], cast.noon(DAY)
    addresses.record_received_address(
        employee=holder, **NEW, given_on=DAY, document=None, by=telling.secretary, at=at
    )
    before = KeptAddress.objects.get().email_encrypted
    call_command("rotate_personal_data")
    assert KeptAddress.objects.get().email_encrypted != before
    assert addresses.address_on_record(holder).email == "new@holder.example"
