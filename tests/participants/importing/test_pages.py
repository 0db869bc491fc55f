"""The pages of a file: giving it, its columns, its lines, the second look, the files to take."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ltip.desk.scenarios.telling import Telling
from ltip.jobs.services import perform_waiting
from ltip.records.spreadsheets import csv_text, harmless, xlsx_bytes
from participants.importing.models import EmployeeImport
from participants.importing.sheets import read_sheet
from participants.people.models import Employee
from tests.participants.importing.files import ANN, DAY, HEADING, ZOE, csv_file, line, taken
from tests.participants.pages import auditor, human_resources, words


def at(name: str, *arguments: Any) -> str:
    return reverse(f"participants:{name}", args=arguments)


def given(content: bytes, name: str = "staff.csv") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content), "holds_from": DAY.isoformat()}


def test_a_file_goes_its_way_from_giving_to_applied(granted: Telling, visit: Any) -> None:
    renamed = [cell.replace("Salary grade", "Pay band") for cell in HEADING]
    content = csv_file(line(ANN), line(ZOE, E_mail="nowhere"), heading=renamed)
    with visit(human_resources(granted), DAY) as browser:
        assert at("import_employees") in browser.get("/people/").content.decode()
        sent = browser.post(at("import_employees"), given(content))
        file = EmployeeImport.objects.get()
        assert sent["Location"] == at("import_columns", file.public_id)
        form = browser.get(sent["Location"]).context["form"]
        chosen = {**form.initial, "grade": "Pay band"}
        sent = browser.post(at("import_columns", file.public_id), chosen)
        page = at("employee_import", file.public_id)
        assert sent["Location"] == page
        waiting = words(browser.get(page))
        perform_waiting()
        compared = words(browser.get(page))
        wrong = words(browser.get(page, {"result": "wrong"}))
        second = browser.get(at("apply_import", file.public_id))
        shown = second.context["form"].initial["shown"]
        refused = words(browser.post(at("apply_import", file.public_id), {"shown": shown}))
        told = {"shown": shown, "leaves_out": "on"}
        assert browser.post(at("apply_import", file.public_id), told)["Location"] == page
        perform_waiting()
        done = words(browser.get(page))
    assert "It is being compared with what is on record" in waiting
    assert "One line would change what is on record. Look, then apply." in compared
    assert "Ann Example 00042 New E-mail: ann@x.example Hired on: 3 May 2010" in compared
    assert "3 Zoë Müller 00043 Wrong C, E-mail: “nowhere” is no e-mail address." in wrong
    assert "00042" not in wrong
    assert "This field is required" in refused
    assert "by Helen Hart: record" in done
    assert [employee.name for employee in Employee.objects.filter(number__startswith="0004")] == [
        "Ann Example"
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "The file is empty."), (b"a,b\n" + b"x" * 26 * 1024 * 1024, "The file has 26 MB")],
)
def test_a_file_that_is_none_comes_back_with_the_reason(
    granted: Telling, visit: Any, content: bytes, said: str
) -> None:
    with visit(human_resources(granted), DAY) as browser:
        assert said in words(browser.post(at("import_employees"), given(content)))
    assert not EmployeeImport.objects.exists()


def test_the_auditor_reads_what_was_given_and_is_offered_nothing_to_do(
    granted: Telling, visit: Any
) -> None:
    file = taken(csv_file(line(ANN)), human_resources(granted), on=DAY)
    with visit(auditor(granted), DAY) as browser:
        pages = [
            browser.get(at(name, *arguments)).content.decode().split("<main", 1)[1]
            for name, arguments in (
                ("import_employees", ()),
                ("employee_import", (file.public_id,)),
                ("apply_import", (file.public_id,)),
                ("import_columns", (file.public_id,)),
            )
        ]
    assert all('method="post"' not in page or "<button" not in page for page in pages)
    assert "Ann Example" in pages[1]


def test_the_templates_are_read_as_they_come_and_keep_leading_zeros(
    granted: Telling, visit: Any
) -> None:
    with visit(human_resources(granted), DAY) as browser:
        files = [browser.get(at("import_template", kind)).content for kind in ("csv", "xlsx")]
        assert browser.get(at("import_template", "ods")).status_code == 404
    for content in files:
        lines = list(read_sheet(content).lines)
        assert [cells[0] for _, cells in lines] == ["00042", "00043"]
    sheet = openpyxl.load_workbook(io.BytesIO(files[1])).active
    assert sheet.cell(row=900, column=1).number_format == "@"


def test_what_is_left_out_is_given_as_a_file_without_a_live_cell(
    granted: Telling, visit: Any
) -> None:
    wrong = line(ANN, Name="@SUM(1)", E_mail="nowhere")
    file = taken(csv_file(wrong), human_resources(granted), on=DAY)
    with visit(auditor(granted), DAY) as browser:
        content = browser.get(at("import_faults", file.public_id)).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[1] == ["2", "00042", "'@SUM(1)", "C, E-mail", "“nowhere” is no e-mail address."]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_exported_cell_comes_alive(start: str) -> None:
    cell = f"{start}cmd|' /C calc'!A0"
    assert harmless(cell) == f"'{cell}"
    assert list(csv.reader(io.StringIO(csv_text([(cell, "a=b")]), newline=""))) == [
        [f"'{cell}", "a=b"]
    ]
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([(cell, "a=b")], title="T", columns=2)))
    assert book.active["A1"].data_type == "s"
