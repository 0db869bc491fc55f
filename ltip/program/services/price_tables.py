"""Files as tables: the heading and the numbered lines of a CSV file or an XLSX workbook."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

WORKBOOK, OLD_WORKBOOK = b"PK", b"\xd0\xcf\x11\xe0"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Unpacked: a sheet is read line by line, all else is held in memory.
MEGABYTE = 1024 * 1024
LARGEST_SHEETS_MB, LARGEST_REST_MB, MOST_COLUMNS = 100, 20, 5_000
MOST_DIGITS = 15
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)

Row = tuple[int, list[str]]


class TableUnreadable(Exception):
    """A file, or a line of it, is no table; `line` is where."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns, and the lines below with their numbers in the file."""

    heading: list[str]
    rows: Iterator[Row]


def media_type_of(content: bytes) -> str:
    return XLSX if content.startswith(WORKBOOK) else CSV


def table_of(content: bytes) -> Table:
    """The table in a file; what is none is told with its line, also while the lines are read."""
    if content.startswith(OLD_WORKBOOK):
        raise TableUnreadable(1, "the file is an old .xls or is encrypted; save it as XLSX or CSV")
    rows = _workbook_rows(content) if content.startswith(WORKBOOK) else _csv_rows(content)
    _number, heading = next(rows, (1, []))
    return Table([name.strip() for name in heading], (row for row in rows if row[1]))


def _csv_rows(content: bytes) -> Iterator[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableUnreadable(1, "the file is not text in UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        reason = f"not a line of a CSV file ({error})"
        raise TableUnreadable(reader.line_num, reason) from None


def _workbook_rows(content: bytes) -> Iterator[Row]:
    """The lines of the first sheet. A formula stays its text, and so is no number."""
    import openpyxl  # it costs a tenth of a second, and few pages need it

    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("openpyxl reads workbooks safely only with defusedxml installed")
    number = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_harmless(archive.infolist())
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
            number += 1
            row = [_text(cell) for cell in cells]
            while row and not row[-1]:
                row.pop()
            yield number, row
    except UNREADABLE as error:
        raise TableUnreadable(
            number + 1, "the workbook can't be read; save it as XLSX again, or as CSV"
        ) from error


def _require_harmless(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise TableUnreadable(1, "the workbook holds macros; save it as XLSX without them")
    sheets = sum(p.file_size for p in parts if p.filename.startswith("xl/worksheets/"))
    rest = sum(p.file_size for p in parts) - sheets
    if sheets > LARGEST_SHEETS_MB * MEGABYTE or rest > LARGEST_REST_MB * MEGABYTE:
        raise TableUnreadable(
            1, "unpacked, the workbook is larger than is taken; split it by years, or save as CSV"
        )


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**MOST_DIGITS:
        return str(int(cell))
    return str(cell)
