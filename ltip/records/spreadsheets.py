"""Tables that leave the house as CSV or XLSX; no cell of them comes alive in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

# Also the wide forms, which some programs take for the same signs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_FORMAT = "@"

Row = Sequence[str]


def harmless(cell: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def csv_text(rows: Iterable[Row]) -> str:
    """A CSV file with these rows; give it out in UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return file.getvalue()


def xlsx_bytes(rows: Iterable[Row], *, title: str, columns: int, empty_rows: int = 0) -> bytes:
    """A workbook with these rows as text; below them as many empty ones that keep what is typed
    as text, leading zeros and all."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    for cells in sheet.iter_rows(min_row=1, max_row=sheet.max_row + empty_rows, max_col=columns):
        for cell in cells:
            cell.number_format = TEXT_FORMAT
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
