"""A row altered by SQL behind the application, from a connection of its own: verifying names it."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from committee.models import Adoption
from tests import cast
from tests.records.test_verifying import as_owner

pytestmark = pytest.mark.drill

WINDOW_DAY = date(2013, 1, 10)
PROJECT = Path(__file__).parents[2]


def verified(database: str) -> subprocess.CompletedProcess[str]:
    """What the operator's command says of the database, in a process of its own."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ltip.settings.test",
        "TEST_DATABASE_URL": database,
    }
    words = [sys.executable, "manage.py", "verify_records"]
    return subprocess.run(words, cwd=PROJECT, env=environment, capture_output=True, text=True)


def test_an_adopted_act_whose_record_was_altered_is_named(fresh_database: str) -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    employees = [str(telling.holders["signed"].public_id)]
    request = {"period": telling.period.label, "employees": employees}
    act = cast.adopt(telling, "designation", request, WINDOW_DAY)
    number = Adoption.objects.get(act=act).seal_id
    connection.close()
    assert verified(fresh_database).returncode == 0
    as_owner(
        "UPDATE records_seal SET canonical_text = replace(canonical_text, 'chair', 'other') "
        f"WHERE number = {number}"
    )
    connection.close()
    found = verified(fresh_database)
    assert found.returncode == 1
    assert (
        f"Record {number} does not fit: its text does not have the digest that was sealed."
        in found.stderr
    )
