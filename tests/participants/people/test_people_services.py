"""Personal data moves to a new key, and the old one can then be thrown away."""

from datetime import date

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command

from ltip.records.encryption import decrypt
from ltip.records.models import Seal
from participants.people import services
from tests import cast


@pytest.mark.django_db
def test_after_the_rotation_the_new_key_alone_reads_everything(settings) -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    employee = services.record_employee(
        number="88",
        name="Nora",
        email="nora@story.example",
        hired_on=date(2010, 5, 3),
        statuses={"grade": "Executive 1", "kind": "regular", "country": "US"},
        by=telling.secretary,
        at=telling.told_at,
        personal_data=services.PersonalData(address="1 Long Lane", tax_number="123-45-6789"),
    )
    sealed = " ".join(Seal.objects.values_list("canonical_text", flat=True))
    assert "Nora" in sealed
    assert "123-45-6789" not in sealed
    assert "Long Lane" not in sealed
    new = Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [new, *settings.FIELD_ENCRYPTION_KEYS]
    call_command("rotate_personal_data")
    settings.FIELD_ENCRYPTION_KEYS = [new]
    employee.refresh_from_db()
    assert decrypt(employee.address_encrypted) == "1 Long Lane"
    assert decrypt(employee.tax_number_encrypted) == "123-45-6789"
    assert employee.birth_date_encrypted == ""


@pytest.mark.django_db
def test_linking_an_account_is_recorded_also_where_the_role_is_held_already() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    holder = telling.holders["signed"]
    before = Seal.objects.count()
    services.link_account(
        employee=holder, user=holder.user, by=telling.secretary, at=telling.told_at
    )
    assert Seal.objects.count() == before + 1
    assert Seal.objects.latest("number").kind == "participants.account.linked"
