"""What is taken away of a run on its pages: workbook, table, chart."""

import csv
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from ltip.desk.scenarios.telling import Telling
from ltip.program import pictures
from ltip.program.models import TsrRun
from ltip.program.run_table import run_as_csv
from ltip.program.workbook import book
from ltip.rules.measurement import measure
from tests.participants.pages import words
from tests.program.conftest import AFTER_PERIOD, Visit
from tests.program.test_run_pages import RUNS, run_of
from tests.program.test_workbook import generated


def test_a_run_is_taken_away_in_four_files_named_after_it(
    measured: Telling, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(measured)
    address = f"{RUNS}{run.public_id}/"
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        page = browser.get(address).content.decode()
        files = {}
        for name in ("run.xlsx", "run.csv", "chart.svg", "chart.png"):
            assert f"{address}{name}" in page
            files[name] = browser.get(f"{address}{name}")
        monkeypatch.setattr(book, "MOST_COMPANIES", 4)
        refused = browser.get(f"{address}run.xlsx")
    assert refused.status_code == 409
    assert "the run measured 5 companies" in words(refused)
    named = f"run-2013-2014-2014-12-31-{run.result_digest[:12]}"
    for name, answer in files.items():
        ending = name.split(".")[1]
        assert answer["Content-Disposition"] == f'attachment; filename="{named}.{ending}"'
    sheets = openpyxl.load_workbook(BytesIO(files["run.xlsx"].content))
    assert sheets.sheetnames == ["Payout", "Goal 1", "Closes", "Actions", "Shares held", "Index"]
    assert any(row[1] == run.result_digest for row in sheets["Payout"].values)
    _is_the_table_of(run, files["run.csv"].content.decode())
    drawn = ElementTree.fromstring(files["chart.svg"].content)  # noqa: S314 - our own drawing
    assert not [each for each in drawn.iter() if "class" in each.attrib]
    assert any("OURS +40.0" in (each.text or "") for each in drawn.iter())
    assert files["chart.png"].content.startswith(b"\x89PNG\r\n")
    assert files["chart.png"]["Content-Type"] == "image/png"


def _is_the_table_of(run: TsrRun, table: str) -> None:
    rows = list(csv.DictReader(StringIO(table)))
    found = [(row["rank"], row["what"], row["return"], row["payout"]) for row in rows]
    assert found == [
        ("1", "HIGH", "0.65", ""),
        ("2", "OURS", "0.4", "200"),
        ("3", "SPLT", "0.3", ""),
        ("4", "GAPS", "-0.25", ""),
        ("5", "LOW", "-0.5", ""),
        ("", "whole period", "", "200"),
    ]
    assert {(row["from"], row["until"]) for row in rows} == {("2013-01-01", "2014-12-31")}
    assert run.period.address == "2013-2014"


def test_names_in_the_table_never_become_formulas_and_no_digit_is_lost() -> None:
    inputs: dict[str, Any] = generated(7)
    inputs["securities"][3]["name"] = '=HYPERLINK("x")'
    result = measure(inputs)
    rows = list(csv.DictReader(StringIO(run_as_csv(inputs=inputs, result=result))))
    by_ticker = {row["what"]: row for row in rows}
    assert by_ticker["C3"]["name"] == '\'=HYPERLINK("x")'
    assert by_ticker["C4"]["standing"] == "frozen"
    for row in result["goals"][0]["table"]:
        assert by_ticker[row["ticker"]]["return"] == row["return"]
    assert by_ticker["C0"]["percentile"] == result["goals"][0]["percentile"]


def test_a_run_without_lines_has_no_chart(
    measured: Telling, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(measured)
    monkeypatch.setattr(pictures, "returns", lambda *_run, **_skin: "")
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        assert browser.get(f"{RUNS}{run.public_id}/chart.svg").status_code == 404
        assert browser.get(f"{RUNS}{run.public_id}/chart.png").status_code == 404
