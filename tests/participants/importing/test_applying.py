"""A file of employees: compared, looked at, applied once, and never half."""

from datetime import date
from typing import Any

import pytest
import time_machine

from ltip.desk.scenarios.telling import Telling
from ltip.records.models import Seal
from ltip.records.selectors import first_fault
from participants.importing.models import AppliedImport, KeptFile
from participants.people.models import Employee
from participants.people.selectors import person
from tests import cast
from tests.participants.importing.files import (
    ANN,
    DAY,
    ZOE,
    again,
    applied,
    csv_file,
    line,
    reasons,
    results,
    taken,
)
from tests.participants.pages import human_resources


@pytest.fixture
def helen(db: None) -> Any:
    telling = cast.told(acts=cast.BEFORE_REPORT)
    with time_machine.travel(cast.noon(DAY)):
        yield human_resources(telling)


def test_a_file_takes_employees_on_record_and_the_same_again_changes_nothing(helen: Any) -> None:
    personal = {
        "Home_address": "1 Elm St\nDublin",
        "Birth_date": "1970-02-03",
        "Tax_number": "0078",
    }
    content = csv_file(line(ANN, Covered_Employee="yes", **personal), line(ZOE))
    file = taken(content, helen)
    assert results(file) == {"new": 2, "missing": 2}
    seals = Seal.objects.count()
    job = applied(file, helen)
    assert (job.state, job.message) == ("done", "")
    assert Seal.objects.count() == seals + 1
    ann = person(Employee.objects.get(number="00042"))
    assert (ann.employee.name, ann.employee.hired_on) == ("Ann Example", date(2010, 5, 3))
    held = [ann.status_on(what, DAY) for what in ("grade", "kind", "country", "covered")]
    assert held == ["Executive 2", "regular", "US", "yes"]
    kept = f"{vars(ann.employee)}{ann.employee.seal.canonical_text}"
    assert "Elm" not in kept
    assert "1970" not in kept
    assert not KeptFile.objects.exists()
    second = taken(content, helen)
    assert results(second) == {"unchanged": 2, "missing": 2}
    assert first_fault()[1] is None
