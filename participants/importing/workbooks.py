"""XLSX workbooks, read as streams with guarded parsers: no macro, no entity, no bomb."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from participants.importing.sheets import (
    MOST_COLUMNS,
    FileRefused,
    Formula,
    Line,
    Numeric,
    Sheet,
    Value,
    text_value,
)

ZIP = b"PK"
OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Unpacked: the sheets are streamed, everything else is held in memory.
MOST_SHEETS_MB, MOST_REST_MB, MOST_PARTS = 400, 60, 500
LAST_ROW = 1_048_576
MOST_DIGITS = 15
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z0-9:]+)"')
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)

if not openpyxl.DEFUSEDXML:
    raise RuntimeError("openpyxl reads workbooks safely only with defusedxml installed")


def old_or_encrypted(content: bytes) -> FileRefused:
    """Why a file in the old container of office programs is not taken."""
    if ENCRYPTED in content:
        return FileRefused(
            "The workbook is encrypted with a password.", "Save it as XLSX without a password."
        )
    return FileRefused("The file is an old .xls or a document.", "Save it as XLSX.")


def read_workbook(content: bytes) -> Sheet:
    """The first visible sheet. Refuses macros, merged cells, and what unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_harmless(archive)
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=False, keep_links=False
            )
            visible = [s for s in book.worksheets if s.sheet_state == "visible"]
            sheet: Any = visible[0]
            _require_unmerged(archive, sheet)
        sheet.reset_dimensions()
        heading = next(sheet.iter_rows(max_row=1, max_col=MOST_COLUMNS + 1, values_only=True), ())
    except UNREADABLE as error:
        raise _broken() from error
    named = [str(cell if cell is not None else "") for cell in heading]
    width = max((index + 1 for index, cell in enumerate(named) if cell.strip()), default=0)
    more = f", the first of {len(visible)}" if len(visible) > 1 else ""
    return Sheet(named, _lines(sheet, width), f"XLSX, sheet “{sheet.title[:100]}”{more}")


def _broken() -> FileRefused:
    return FileRefused(
        "The file is no XLSX workbook that can be read.",
        "Open it in a spreadsheet program and save it as XLSX again, or as CSV in UTF-8.",
    )


def _require_harmless(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise FileRefused("The workbook holds macros.", "Save it as XLSX, without macros.")
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused("The file is encrypted with a password.", "Save it without a password.")
    sheets = [p.file_size for p in parts if p.filename.startswith("xl/worksheets/")]
    rest = sum(part.file_size for part in parts) - sum(sheets)
    megabyte = 1024 * 1024
    if (
        sum(sheets) > MOST_SHEETS_MB * megabyte
        or rest > MOST_REST_MB * megabyte
        or len(parts) > MOST_PARTS
    ):
        raise FileRefused(
            f"Unpacked, the workbook has {(sum(sheets) + rest) / megabyte:,.0f} MB in "
            f"{len(parts)} parts, which is more than is taken.",
            "Export only the employees, one sheet, without pictures; or save it as CSV in UTF-8.",
        )


def _require_unmerged(archive: zipfile.ZipFile, sheet: Any) -> None:
    with archive.open(sheet._worksheet_path) as stream:  # openpyxl reads no merges in streams
        before = b""
        while block := stream.read(1 << 20):
            merged = MERGED.search(before + block)
            if merged:
                raise FileRefused(
                    f"The cells {merged[1].decode()} are merged, so it can't be told to which "
                    "line their value belongs.",
                    "Undo the merging and fill in each line.",
                )
            before = block[-200:]


def _lines(sheet: Any, width: int) -> Iterator[Line]:
    """Each row below the heading with the heading's columns and one more."""
    rows = sheet.iter_rows(min_row=2, max_row=LAST_ROW, max_col=width + 1)
    number = 1
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except UNREADABLE as error:
            raise _broken() from error
        number += 1
        yield number, [_value(cell) for cell in row]


def _value(cell: Any) -> Value:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        return Formula(value if isinstance(value, str) else getattr(value, "text", "") or "=…")
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return Numeric(value)
    if isinstance(value, float):
        return Numeric(int(value) if value.is_integer() and abs(value) < 10**MOST_DIGITS else value)
    return text_value(str(value))
