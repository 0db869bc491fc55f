"""The workbook of a run, reckoned again by a spreadsheet engine and compared with the run.

The engine knows nothing of this project: it reads the file, evaluates every formula, and what it
says is held against the run's digits.
"""

from copy import deepcopy
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import ironcalc
import openpyxl
import pytest

from ltip.program.workbook import MOST_COMPANIES, workbook_of
from ltip.rules.measurement import measure
from ltip.rules.outcome import Refused
from tests.program.test_separate_calculation import kept_inputs, market


def generated(seed: int, **terms: Any) -> dict[str, Any]:
    """A generated market with days without a close, one of them an ex-date, and two peer events."""
    days, closes, dividends, splits = market(seed)
    inputs = kept_inputs(days, closes, dividends, splits, terms.pop("averaging_days", 20))
    inputs["readings"] = terms.pop("readings", {})
    for security in inputs["securities"][1:4]:
        kept = {day: close for day, close in security["closes"]}
        ex_dates = [on for on, _, _ in security["actions"] if on > "2013-02"]
        gone = {*ex_dates[:2], *[day for day in kept if "2013-05-06" <= day <= "2013-05-10"]}
        security["closes"] = [[day, close] for day, close in kept.items() if day not in gone]
    inputs["events"] = [
        {"on": "2013-11-15", "ticker": "C4", "kind": "acquired", "other": None, "seal": 1},
        {"on": "2013-12-02", "ticker": "C5", "kind": "bankrupt", "other": None, "seal": 2},
    ]
    inputs["securities"][4]["closes"] = [
        each for each in inputs["securities"][4]["closes"] if each[0] <= "2013-11-14"
    ]
    inputs["goals"][0]["peer_events"]["acquired"] = "freeze"
    inputs["goals"][0] |= terms
    return inputs


def book(inputs: dict[str, Any]) -> bytes:
    return workbook_of(inputs=inputs, result=measure(inputs), traces={"Record": "No. 1"})


class Reckoned:
    """The workbook as a spreadsheet engine sees it."""

    def __init__(self, content: bytes, path: Path) -> None:
        path.write_bytes(content)
        self._model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        self._model.evaluate()
        self._sheets = [each["name"] for each in self._model.get_worksheets_properties()]

    def value(self, sheet: str, row: int, column: int) -> Any:
        return self._model.get_cell_value(self._sheets.index(sheet), row, column)

    def change(self, sheet: str, row: int, column: int, value: str) -> None:
        self._model.set_user_input(self._sheets.index(sheet), row, column, value)
        self._model.evaluate()

    def row_of(self, sheet: str, label: str) -> int:
        return next(row for row in range(1, 1500) if self.value(sheet, row, 1) == label)

    def returns(self, sheet: str) -> dict[str, tuple[float, int]]:
        row = self.row_of(sheet, "Company") + 1
        found = {}
        while self.value(sheet, row, 1):
            place = (self.value(sheet, row, 6), self.value(sheet, row, 7))
            found[self.value(sheet, row, 1)] = place
            row += 1
        return found

    def figure(self, sheet: str, label: str) -> float:
        return float(self.value(sheet, self.row_of(sheet, label), 2))


def agrees(reckoned: Reckoned, sheet: str, found: dict[str, Any]) -> None:
    by_workbook = reckoned.returns(sheet)
    assert by_workbook.keys() == {row["ticker"] for row in found["table"]}
    for row in found["table"]:
        value, place = by_workbook[row["ticker"]]
        assert value == pytest.approx(float(row["return"]), abs=1e-9, rel=0), row["ticker"]
        assert place == row["rank"], row["ticker"]
    for label, key in (("Percentile", "percentile"), ("Payout, of target", "payout")):
        assert reckoned.figure(sheet, label) == pytest.approx(float(found[key]), abs=1e-7)


@pytest.mark.parametrize(
    "terms",
    [
        {"averaging_days": 1},
        {"percentile": "continuous", "averaging_days": 30},
        {"percentile": "count_below", "between_points": "step", "averaging_days": 60},
        {
            "percentile": "continuous",
            "readings": {
                "tsr.reinvestment": "close_before",
                "percentile.ties": "worse_place",
                "percentile.rounding": "two_decimals",
            },
        },
    ],
)
@pytest.mark.parametrize("seed", [7, 90210])
def test_the_workbook_reckons_what_the_run_found(
    terms: dict[str, Any], seed: int, tmp_path: Path
) -> None:
    inputs = generated(seed, **deepcopy(terms))
    result = measure(inputs)
    standings = {row["standing"] for row in result["goals"][0]["table"]}
    assert standings == {"measured", "frozen", "bottom"}
    assert any(row["stand_ins"] for row in result["goals"][0]["table"])
    reckoned = Reckoned(book(inputs), tmp_path / "run.xlsx")
    agrees(reckoned, "Goal 1", result["goals"][0])
    paid = reckoned.figure("Payout", "Payout, of target")
    assert paid == pytest.approx(float(result["payout"]), abs=1e-7)


def test_a_price_changed_in_the_workbook_moves_return_rank_and_payout(tmp_path: Path) -> None:
    inputs = generated(7, averaging_days=1)
    reckoned = Reckoned(book(inputs), tmp_path / "run.xlsx")
    last = inputs["trading_days"][-1]
    row = next(r for r in range(3, 1500) if reckoned.value("Closes", r, 1) == _serial(last))
    before = measure(inputs)
    raised = str(round(float(inputs["securities"][0]["closes"][-1][1]) * 4, 2))
    reckoned.change("Closes", row, 2, raised)
    inputs["securities"][0]["closes"][-1][1] = raised
    after = measure(inputs)
    assert after["goals"][0]["rank"] != before["goals"][0]["rank"]
    agrees(reckoned, "Goal 1", after["goals"][0])


def test_segments_a_cap_and_a_financial_goal_are_weighed_as_the_run_weighed_them(
    tmp_path: Path,
) -> None:
    inputs = generated(
        2012,
        measurement="annual",
        weight="60",
        negative_tsr_cap="40",
        segments=[
            {"end": "2013-12-31", "weight": "40"},
            {"end": "2014-07-31", "weight": "60"},
        ],
        schedule=[["0", "90"], ["100", "190"]],
    )
    inputs["period"]["end"] = "2014-07-31"
    inputs["goals"].append(
        {
            "kind": "financial",
            "measure": "=revenue",
            "basis": "non_gaap",
            "unit": "millions of dollars",
            "adjustments": ["+acquired", "sold"],
            "weight": "40",
            "schedule": [["-10", "50"], ["400", "100"], ["500", "200"]],
            "between_points": "line",
        }
    )
    inputs["results"] = [
        {
            "measure": "=revenue",
            "gaap": "455.5",
            "adjustments": {"+acquired": "-12.25", "sold": "3"},
            "reported_on": "2014-09-01",
            "seal": 3,
        }
    ]
    result = measure(inputs)
    content = book(inputs)
    reckoned = Reckoned(content, tmp_path / "run.xlsx")
    for number, segment in enumerate(result["goals"][0]["segments"], start=1):
        agrees(reckoned, f"Goal 1 segment {number}", segment)
    # Between 400 (100 %) and 500 (200 %): 455.5 − 12.25 + 3 = 446.25 pays 146.25 %.
    assert reckoned.figure("Goal 2", "Payout, of target") == pytest.approx(146.25, abs=1e-9)
    for sheet, paid in (("Goal 1", result["goals"][0]["payout"]), ("Payout", result["payout"])):
        assert reckoned.figure(sheet, "Payout, of target") == pytest.approx(float(paid), abs=1e-7)
    texts = [
        cell
        for sheet in openpyxl.load_workbook(BytesIO(content))
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str) and "cquired" in cell
    ]
    assert "'+acquired" in texts


def test_thirty_companies_fit_and_names_never_become_formulas(tmp_path: Path) -> None:
    inputs = generated(7)
    model = inputs["securities"][6]
    for number in range(12, 30):
        inputs["securities"].append(
            {**model, "security": f"id-{number}", "ticker": f"C{number}", "name": "=1+1"}
        )
        inputs["goals"][0]["peers"].append({"security": f"id-{number}"})
    result = measure(inputs)
    assert result["goals"][0]["ranked"] == 30
    reckoned = Reckoned(book(inputs), tmp_path / "run.xlsx")
    # Nineteen peers with the very same return share one place in both.
    agrees(reckoned, "Goal 1", result["goals"][0])
    named = {reckoned.value("Goal 1", row, 2) for row in range(4, 34)}
    assert "'=1+1" in named


def test_a_workbook_of_too_many_companies_is_refused_and_says_what_to_take() -> None:
    inputs = generated(7)
    result = measure(inputs)
    inputs["securities"] = inputs["securities"][:1] * (MOST_COMPANIES + 1)
    with pytest.raises(Refused) as refusal:
        workbook_of(inputs=inputs, result=result, traces={})
    assert str(refusal.value) == (
        "GA §2: the run measured 51 companies; a workbook with formulas is made for up to 50. "
        "Take the result as CSV and the inputs as JSON."
    )


def _serial(day: str) -> int:
    """A day as spreadsheets number it."""
    return (date.fromisoformat(day) - date(1899, 12, 30)).days
