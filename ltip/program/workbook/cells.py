"""Cells of a workbook: headings, figures, formulas, and words that can't become formulas."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from ltip.records.spreadsheets import harmless

RETURN, INDEX, PERCENT, GAP, DAY = "0.00%", "0.000000", "0.00", "0.0E+00", "yyyy-mm-dd"
_HEADING, _TITLE, _STAND_IN = Font(bold=True), Font(bold=True, size=14), Font(italic=True)
_SHADE = PatternFill("solid", fgColor="EEF3F6")


class Sheet:
    """A sheet that is written row by row, and knows in which row it stands."""

    def __init__(
        self,
        sheet: Any,
        name: str,
        *,
        widths: Sequence[int],
        stays: str | None = None,
    ) -> None:
        """`stays` is the cell above and left of which nothing scrolls away."""
        self._sheet = sheet
        sheet.freeze_panes = stays
        self.name = name
        self.row = 0
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width

    def write(self, cells: Iterable[Any] = ()) -> int:
        """Write a row of ready cells, formulas, figures and blanks, and give its number."""
        self._sheet.append(list(cells))
        self.row += 1
        return self.row

    def title(self, words: str) -> None:
        self.write([self._dressed(words, font=_TITLE)])

    def note(self, words: str) -> None:
        self.write([harmless(words)])

    def headings(self, words: Sequence[str]) -> int:
        wrapped = Alignment(wrap_text=True, vertical="top")
        return self.write(
            self._dressed(word, font=_HEADING, fill=_SHADE, alignment=wrapped) for word in words
        )

    def figure(self, value: Any, form: str) -> Any:
        return self._dressed(value, number_format=form)

    def stand_in(self, formula: str) -> Any:
        return self._dressed(formula, number_format=INDEX, font=_STAND_IN)

    def day(self, on: date) -> Any:
        return self._dressed(on, number_format=DAY)

    def _dressed(self, value: Any, **dress: Any) -> Any:
        cell = WriteOnlyCell(self._sheet, value=value)
        for name, what in dress.items():
            setattr(cell, name, what)
        return cell


def at(sheet: str, column: int, row: int, until: int | None = None) -> str:
    """A reference to a cell of a sheet, or to those of its column from one row until another."""
    letter = get_column_letter(column)
    first = f"'{sheet}'!${letter}${row}"
    return first if until is None else f"{first}:${letter}${until}"
