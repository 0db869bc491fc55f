"""The demonstration keeps out of databases and installations that are not meant for it."""

from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from ltip import clock
from ltip.accounts.services import SYSTEM
from ltip.desk import demonstration
from ltip.program.models import PriceImport
from ltip.records import services as records
from ltip.records.models import Seal
from ltip.settings import base

AT = datetime(2026, 3, 24, 12, tzinfo=UTC)


def found(**more: Any) -> None:
    records.found_company(
        name="Another company",
        state_of_incorporation="Delaware",
        principal_office="1 Other Lane",
        time_zone="UTC",
        by=SYSTEM,
        at=AT,
        **more,
    )


@pytest.mark.django_db
def test_an_installation_in_earnest_refuses_the_demonstration(settings: Any) -> None:
    assert base.DEMONSTRATION_ALLOWED is False
    settings.DEMONSTRATION_ALLOWED = False
    with pytest.raises(CommandError, match="not one for demonstrations"):
        call_command("load_demonstration")
    assert not Seal.objects.exists()


@pytest.mark.django_db
def test_no_sign_in_is_shown_for_a_company_in_earnest() -> None:
    found()
    output = StringIO()
    call_command("demonstration_sign_ins", stdout=output)
    assert demonstration.sign_ins() == []
    assert output.getvalue() == ""


@pytest.mark.django_db
def test_the_day_of_a_company_in_earnest_does_not_move() -> None:
    found()
    with pytest.raises(records.Refused, match="Only a demonstration"):
        demonstration.advance(to=date(2026, 3, 25), by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_another_demonstration_moves_its_day_and_gets_no_prices_of_ours() -> None:
    found(demonstration_day=date(2026, 3, 24))
    demonstration.advance(to=date(2026, 3, 25), by=SYSTEM, at=AT)
    assert clock.today() == date(2026, 3, 25)
    assert not PriceImport.objects.exists()
