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
# Unpacked: sheets are streamed row by row, texts and styles are held in memory, pictures ignored.
MEGABYTE = 1024 * 1024
MOST_SHEETS_MB, MOST_TEXTS_MB, MOST_REST_MB, MOST_PARTS = 400, 30, 60, 500
LARGEST_PART_MB, LONGEST_ROW_MB, MOST_TEXTS = 5, 4, 2_000_000
LAST_ROW = 1_048_576
MOST_DIGITS = 15
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z0-9:]+)"')
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
TEXT = re.compile(rb"<(?:\w+:)?si[\s/>]")
SMALLER = "Export only the employees, one sheet, without pictures; or save it as CSV in UTF-8."
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
    size = {"sheets": 0, "texts": 0, "rest": 0}
    for part in parts:
        size[_kind_of(part.filename)] += part.file_size
    largest = max((p.file_size for p in parts if _is_held_in_memory(p.filename)), default=0)
    if (
        size["sheets"] > MOST_SHEETS_MB * MEGABYTE
        or size["texts"] > MOST_TEXTS_MB * MEGABYTE
        or size["rest"] > MOST_REST_MB * MEGABYTE
        or largest > LARGEST_PART_MB * MEGABYTE
        or len(parts) > MOST_PARTS
        or _texts(archive, parts) > MOST_TEXTS
    ):
        raise FileRefused(
            f"Unpacked, the workbook has {sum(size.values()) / MEGABYTE:,.0f} MB in {len(parts)} "
            "parts, which is more than is taken.",
            SMALLER,
        )
    for part in parts:
        if _kind_of(part.filename) == "sheets" and part.filename.endswith(".xml"):
            _require_short_rows(archive, part.filename)


def _kind_of(name: str) -> str:
    if name.startswith("xl/worksheets/"):
        return "sheets"
    return "texts" if name.endswith("sharedStrings.xml") else "rest"


def _is_held_in_memory(name: str) -> bool:
    return _kind_of(name) == "rest" and name.endswith((".xml", ".rels"))


def _texts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> int:
    """How many texts the sheets share; short ones take more memory than they have letters."""
    return sum(
        len(TEXT.findall(block))
        for part in parts
        if _kind_of(part.filename) == "texts"
        for block in _blocks(archive, part.filename)
    )


def _require_short_rows(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a row without an end, which would be held in memory as a whole."""
    before, since_row = b"", 0
    for block in _blocks(archive, name):
        since_row = 0 if ROW.search(before + block) else since_row + 1
        if since_row > LONGEST_ROW_MB:
            raise FileRefused(
                f"A row of the workbook has more than {LONGEST_ROW_MB} MB, which is more than is "
                "taken.",
                SMALLER,
            )
        before = block[-200:]


def _require_unmerged(archive: zipfile.ZipFile, sheet: Any) -> None:
    """Refuse merged cells, of which openpyxl tells nothing where it reads streams."""
    before = b""
    for block in _blocks(archive, sheet._worksheet_path):
        merged = MERGED.search(before + block)
        if merged:
            raise FileRefused(
                f"The cells {merged[1].decode()} are merged, so it can't be told to which line "
                "their value belongs.",
                "Undo the merging and fill in each line.",
            )
        before = block[-200:]


def _blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as stream:
        while block := stream.read(MEGABYTE):
            yield block


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
