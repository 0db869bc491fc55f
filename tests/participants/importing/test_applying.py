"""A file of employees: compared, looked at, applied once, and never half."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError

from ltip.jobs.models import Job
from ltip.jobs.services import perform, perform_waiting
from ltip.records.encryption import decrypt
from ltip.records.models import Seal
from ltip.records.selectors import content_of, first_fault
from ltip.rules.outcome import Refused
from participants.importing import applying, services
from participants.importing.models import (
    AppliedImport,
    ColumnMapping,
    EmployeeImport,
    ImportLine,
    KeptFile,
)
from participants.importing.selectors import Counts
from participants.people import facts
from participants.people.models import Employee, EmployeeStatus, EndOfService
from participants.people.selectors import person
from tests import cast
from tests.participants.importing.files import (
    ANN,
    DAY,
    HEADING,
    ZOE,
    again,
    applied,
    csv_file,
    line,
    reasons,
    results,
    taken,
)
from tests.participants.leavers import leave
from tests.participants.pages import human_resources

PERSONAL = {"Home_address": "1 Elm St\nDublin", "Birth_date": "1970-02-03", "Tax_number": "0078"}


@pytest.fixture
def telling(db: None) -> Any:
    with time_machine.travel(cast.noon(DAY)):
        yield cast.told(acts=cast.BEFORE_REPORT)


@pytest.fixture
def helen(telling: Any) -> Any:
    return human_resources(telling)


def on_record(number: str) -> Any:
    return person(Employee.objects.get(number=number))


def holders_line(telling: Any, name: str, **said: str) -> list[str]:
    """A line that says of a holder of the story what is on record."""
    holder = telling.holders[name]
    held = [person(holder).status_on(what, DAY) for what in ("grade", "kind", "country")]
    plain = (holder.number, holder.name, holder.email, holder.hired_on.isoformat())
    return line((*plain, *held), **said)


def test_a_file_takes_employees_on_record_and_the_same_again_changes_nothing(helen: Any) -> None:
    content = csv_file(line(ANN, Covered_Employee="yes", **PERSONAL), line(ZOE))
    file = taken(content, helen)
    assert results(file) == {"new": 2, "missing": 2}
    assert b"Elm" not in bytes(KeptFile.objects.get().content_encrypted)
    assert "Elm" not in "".join(ImportLine.objects.values_list("says", flat=True))
    seals = Seal.objects.count()
    job = applied(file, helen)
    assert (job.state, job.message) == ("done", "")
    assert Seal.objects.count() == seals + 1
    seal = AppliedImport.objects.get().seal
    assert content_of(seal)["lines"] == file.lines_digest
    assert content_of(seal)["counts"] == {"new": 2, "missing": 2}
    ann = on_record("00042")
    assert (ann.employee.name, ann.employee.hired_on) == ("Ann Example", date(2010, 5, 3))
    held = [ann.status_on(what, ann.employee.hired_on) for what in ("grade", "kind", "country")]
    assert held == ["Executive 2", "regular", "US"]
    assert ann.is_covered(DAY)
    kept = f"{vars(ann.employee)}{seal.canonical_text}"
    assert "Elm" not in kept
    assert "1970" not in kept
    assert decrypt(ann.employee.address_encrypted) == "1 Elm St\nDublin"
    assert decrypt(ann.employee.birth_date_encrypted) == "1970-02-03"
    assert not KeptFile.objects.exists()
    rows = EmployeeStatus.objects.count()
    second = taken(content, helen)
    assert results(second) == {"unchanged": 2, "missing": 2}
    with pytest.raises(Refused, match="The file changes nothing"):
        applied(second, helen)
    assert EmployeeStatus.objects.count() == rows
    assert first_fault()[1] is None


def test_what_differs_is_recorded_from_its_day_on_and_what_was_stays_readable(
    helen: Any,
) -> None:
    applied(taken(csv_file(line(ANN, **PERSONAL), line(ZOE)), helen), helen)
    grown = line(
        (ANN[0], "Ann Married", "ann@married.example", *ANN[3:]),
        Salary_grade="Executive 3",
        Holds_from="2013-05-01",
        Tax_number="0079",
    )
    file = taken(csv_file(grown, line(ZOE, Country="US")), helen)
    assert results(file) == {"changed": 2, "missing": 2}
    assert applied(file, helen).state == "done"
    ann, zoe = on_record("00042"), on_record("00043")
    assert (ann.employee.name, ann.employee.email) == ("Ann Married", "ann@married.example")
    assert [
        (ann.status_on("name", day), ann.status_on("grade", day))
        for day in (date(2013, 4, 30), date(2013, 5, 1))
    ] == [("Ann Example", "Executive 2"), ("Ann Married", "Executive 3")]
    days = (date(2013, 5, 5), DAY)
    assert [zoe.status_on("country", day) for day in days] == ["GB", "US"]
    assert decrypt(ann.employee.tax_number_encrypted) == "0079"
    assert decrypt(ann.employee.address_encrypted) == "1 Elm St\nDublin"


def test_an_empty_cell_says_nothing(helen: Any) -> None:
    applied(taken(csv_file(line(ANN, Covered_Employee="yes", **PERSONAL)), helen), helen)
    assert results(taken(csv_file(line(ANN)), helen)) == {"unchanged": 1, "missing": 2}


def test_whoever_holds_an_award_leaves_by_hand_and_others_by_the_file(
    telling: Any, helen: Any
) -> None:
    applied(taken(csv_file(line(ANN), line(ZOE)), helen), helen)
    end = {"Last_day_of_service": "2013-05-03", "Why_it_ended": "Resignation"}
    file = taken(
        csv_file(
            line(ANN, **end),
            line(ZOE, Last_day_of_service="2013-05-07", Why_it_ended="retirement"),
            holders_line(telling, "signed", **end),
            line(("00044", "Bo", "bo@x.example", *ANN[3:]), **end),
        ),
        helen,
    )
    assert results(file) == {"ending": 1, "unchanged": 1, "by_hand": 1, "wrong": 1, "missing": 1}
    told = {number: text for number, _, text in reasons(file)}
    assert "7 May 2013 has not come yet" in told[3]
    assert "the page shows what it does to each award, by which rule" in told[4]
    assert "nobody is taken on record to leave" in told[5]
    with pytest.raises(Refused, match="2 lines would be left out"):
        applied(file, helen, leaves_out=False)
    assert applied(file, helen).state == "done"
    end_of_ann = EndOfService.objects.get()
    assert end_of_ann.employee.number == "00042"
    assert (end_of_ann.ended_on, end_of_ann.reason) == (date(2013, 5, 3), "resignation")
    assert end_of_ann.seal == AppliedImport.objects.latest("pk").seal


def test_an_end_on_record_is_neither_corrected_nor_undone_by_a_file(
    telling: Any, helen: Any
) -> None:
    leave(telling, "signed", date(2013, 4, 30), "resignation")
    same = {"Last_day_of_service": "2013-04-30", "Why_it_ended": "resignation"}
    other = same | {"Why_it_ended": "retirement"}
    for said, result in ((same, "unchanged"), (other, "wrong"), ({}, "wrong")):
        file = taken(csv_file(holders_line(telling, "signed", **said)), helen)
        assert results(file)[result] == 1
    assert "On record: the service ended on 30 April 2013 (resignation)." in reasons(file)[0][2]
    assert EndOfService.objects.count() == 1


@pytest.mark.parametrize(
    ("reason", "result"),
    [("cause", "wrong"), ("disability", "by_hand"), ("death", "ending")],
)
def test_cause_and_disability_are_not_taken_from_a_file(
    helen: Any, reason: str, result: str
) -> None:
    applied(taken(csv_file(line(ANN)), helen), helen)
    end = {"Last_day_of_service": "2013-05-03", "Why_it_ended": reason}
    assert results(taken(csv_file(line(ANN, **end)), helen))[result] == 1


@pytest.mark.parametrize(
    ("endings", "employed", "asked"),
    [(5, 10, False), (6, 10, True), (6, 299, True), (6, 300, False), (7, 300, True)],
)
def test_so_many_ends_are_asked_again(endings: int, employed: int, asked: bool) -> None:
    assert Counts({"ending": endings}, employed).ends_many is asked


def test_a_file_that_ends_many_is_applied_only_with_their_number(helen: Any) -> None:
    people = [(f"9{n}", f"Leaver {n}", f"l{n}@x.example", *ANN[3:]) for n in range(6)]
    applied(taken(csv_file(*(line(one) for one in people)), helen), helen)
    end = {"Last_day_of_service": "2013-05-03", "Why_it_ended": "without cause"}
    file = taken(csv_file(*(line(one, **end) for one in people)), helen)
    assert file.employed == 8
    for said in (None, 5):
        with pytest.raises(Refused, match="ends the service of 6 of 8 employed") as refusal:
            applied(file, helen, endings=said)
        assert refusal.value.place == "P Termination of Employment"
    assert applied(file, helen, endings=6).state == "done"
    assert EndOfService.objects.filter(reason="without_cause").count() == 6


def test_numbers_that_lost_their_zeros_and_lines_that_come_twice_are_named(helen: Any) -> None:
    applied(taken(csv_file(line(ANN)), helen), helen)
    file = taken(csv_file(line(("42", *ANN[1:])), line(ZOE), line(ZOE)), helen)
    assert results(file) == {"wrong": 3, "missing": 3}
    told = reasons(file)
    assert told[0][:2] == (2, "Employee number")
    assert told[0][2] == "“42” is not on record, but “00042” is. Write it that way."
    assert [number for number, _, text in told if "2 times" in text] == [3, 4]
    assert "first in line 3" in told[2][2]


def test_another_day_of_hire_is_corrected_by_hand(helen: Any) -> None:
    applied(taken(csv_file(line(ANN)), helen), helen)
    file = taken(csv_file(line(ANN, Hired_on="2011-05-03")), helen)
    assert "On record: hired on 3 May 2010." in reasons(file)[0][2]
    facts.correct_hire(
        employee=Employee.objects.get(number="00042"),
        hired_on=date(2011, 5, 3),
        by=helen,
        at=cast.noon(DAY),
    )
    assert on_record("00042").status_on("grade", date(2011, 5, 3)) == "Executive 2"
    assert on_record("00042").status_on("grade", date(2011, 5, 2)) == ""
    services.compare_file(file=again(file), by=helen, at=cast.noon(DAY))
    perform_waiting()
    assert results(file) == {"unchanged": 1, "missing": 2}


def test_nothing_is_applied_when_the_record_has_moved_since_it_was_shown(helen: Any) -> None:
    applied(taken(csv_file(line(ANN)), helen), helen)
    file = taken(csv_file(line(ANN, Salary_grade="Executive 3")), helen)
    with pytest.raises(Refused, match="no longer what the file was compared with"):
        applied(file, helen, shown_digest="0" * 64)
    facts.change_status(
        employee=Employee.objects.get(number="00042"),
        subject="grade",
        value="Executive 4",
        starts_on=DAY,
        by=helen,
        at=cast.noon(DAY),
    )
    job = applied(file, helen)
    assert job.state == "failed"
    assert "Compare the file again" in job.message
    assert on_record("00042").status_on("grade", DAY) == "Executive 4"
    services.compare_file(file=again(file), by=helen, at=cast.noon(DAY))
    perform_waiting()
    assert applied(file, helen).state == "done"
    assert on_record("00042").status_on("grade", DAY) == "Executive 3"


def test_a_job_that_stops_half_way_has_written_nothing_and_is_done_once_when_tried_again(
    helen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = taken(csv_file(line(ANN), line(ZOE)), helen)

    def stop(*_: Any, **__: Any) -> Any:
        raise IntegrityError("the plug was pulled")

    with monkeypatch.context() as broken:
        broken.setattr(applying.AppliedImport.objects, "create", stop)
        job = applied(file, helen)
    assert job.state == "failed"
    assert not Employee.objects.filter(number="00042").exists()
    assert KeptFile.objects.count() == 1
    Job.objects.filter(pk=job.pk).update(state="requested")
    assert perform(job.pk).state == "done"
    Job.objects.filter(pk=job.pk).update(state="requested")
    assert perform(job.pk).state == "failed"
    assert Employee.objects.filter(number="00042").count() == 1
    assert AppliedImport.objects.count() == 1
    with pytest.raises(Refused, match="The file is applied"):
        applied(file, helen)


def test_a_comparison_that_another_worker_took_over_writes_no_more_lines(
    helen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = taken(csv_file(line(ANN)), helen)
    job = services.compare_file(file=again(file), by=helen, at=cast.noon(DAY))
    claimed = services.hold_job

    def taken_over(held: Job) -> None:
        claimed(held)
        Job.objects.filter(pk=held.pk).update(attempts=7)

    with monkeypatch.context() as slow:
        slow.setattr(services, "hold_job", taken_over)
        perform(job.pk)
    assert not file.lines.exists()
    assert again(file).compared_at is None


def test_columns_are_mapped_once_and_a_renamed_one_is_asked_for(helen: Any) -> None:
    taken(csv_file(line(ANN)), helen)
    taken(csv_file(line(ZOE)), helen)
    mapping = ColumnMapping.objects.get()
    renamed = [cell.replace("Salary grade", "Pay band") for cell in HEADING]
    file = services.take_file(
        name="staff.csv",
        content=csv_file(line(ANN), heading=renamed),
        holds_from=DAY,
        by=helen,
        at=cast.noon(DAY),
    )
    assert (file.mapping, file.comparison) == (None, None)
    chosen = services.columns.columns_of(mapping)
    how: dict[str, Any] = {"file": file, "day_order": "iso", "by": helen, "at": cast.noon(DAY)}
    for columns, said in (
        (chosen, "The file has no column “Salary grade”"),
        (chosen | {"grade": ""}, "Say which column holds: Salary grade"),
        (chosen | {"grade": "Name"}, "The column “Name” is chosen twice: Name, Salary grade"),
        (chosen | {"grade": "Pay band", "end_reason": ""}, "go together"),
    ):
        with pytest.raises(Refused, match=said):
            services.use_columns(chosen=columns, **how)
    services.use_columns(chosen=chosen | {"grade": "Pay band"}, **how)
    perform_waiting()
    assert results(file)["new"] == 1


def test_a_file_that_is_thrown_away_leaves_only_that_it_was_given(helen: Any) -> None:
    file = taken(csv_file(line(ANN)), helen)
    services.discard_file(file=file, by=helen, at=cast.noon(DAY))
    assert not KeptFile.objects.exists()
    assert not ImportLine.objects.exists()
    assert EmployeeImport.objects.get().discarded_at is not None
    with pytest.raises(Refused, match="The file was discarded"):
        services.compare_file(file=again(file), by=helen, at=cast.noon(DAY))
