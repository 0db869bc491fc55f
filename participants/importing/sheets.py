"""A file as a sheet: the heading and the lines below it, whether CSV or XLSX.

Nothing in a file is ever carried out: formulas, links and macros are not followed.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ltip.rules.outcome import Refused

PLACE = "P Eligibility"
MOST_MB = 25
MOST_LINES = 100_000
MOST_COLUMNS = 200
DELIMITERS = (",", ";", "\t")


class Numeric(str):
    """A number as a workbook holds it, in digits: what it lost of leading zeros it has lost."""


class Formula(str):
    """A formula, or what a workbook says instead of its value (#N/A)."""


Value = str | date
Line = tuple[int, list[Value]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The heading (line 1), the lines below it as they come, and how the file was read."""

    heading: list[str]
    lines: Iterator[Line]
    read_as: str


class FileRefused(Refused):
    """The file can't be taken at all; nothing of it is kept."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason, place=PLACE, remedy=remedy)


def read_sheet(content: bytes) -> Sheet:
    """Read a file by what its first bytes say it is.

    Refuses an empty or too large file, an encrypted or old workbook, macros, merged cells, what
    is neither text nor a workbook, and a heading that is none.
    """
    from participants.importing import workbooks  # it takes long to load, and is seldom needed

    if not content.strip():
        raise FileRefused("The file is empty.", "Export it again, with its heading and lines.")
    if len(content) > MOST_MB * 1024 * 1024:
        raise FileRefused(
            f"The file has {len(content) / 1024 / 1024:.0f} MB; at most {MOST_MB} MB are taken.",
            "Export only the columns that are mapped, or part the file.",
        )
    if content.startswith(workbooks.OLD_OR_ENCRYPTED):
        raise workbooks.old_or_encrypted(content)
    sheet = (
        workbooks.read_workbook(content)
        if content.startswith(workbooks.ZIP)
        else _read_csv(content)
    )
    return Sheet(_heading(sheet.heading), _counted(sheet.lines), sheet.read_as)


def column_letter(index: int) -> str:
    """How a spreadsheet calls its column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def text_value(cell: str) -> str:
    """A cell of text, which is a formula also where it was written as text."""
    return Formula(cell) if cell.startswith("=") else cell


def _heading(cells: list[str]) -> list[str]:
    heading = [" ".join(cell.split()) for cell in cells]
    while heading and not heading[-1]:
        heading.pop()
    if len([cell for cell in heading if cell]) < 2:
        raise FileRefused(
            "Line 1 is not the heading: it has fewer than two cells.",
            "Take out titles and empty lines above the heading, so that it is line 1.",
        )
    if len(heading) > MOST_COLUMNS:
        raise FileRefused(
            f"The heading has {len(heading)} columns; at most {MOST_COLUMNS} are taken.",
            "Export only the columns that are needed.",
        )
    first: dict[str, int] = {}
    for index, cell in enumerate(heading):
        earlier = first.setdefault(cell.casefold(), index)
        if cell and earlier != index:
            raise FileRefused(
                f"The heading “{cell}” stands twice, in the columns {column_letter(earlier)} and "
                f"{column_letter(index)}.",
                "Give each column a heading of its own.",
            )
    return heading


def _counted(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines that say something; refuses more than the most."""
    count = 0
    for number, cells in lines:
        if not any(cells):
            continue
        count += 1
        if count > MOST_LINES:
            raise FileRefused(
                f"The file has more than {MOST_LINES:,} lines (line {number} is one more).",
                "Part it into several files, each with the heading.",
            )
        yield number, cells
    if not count:
        raise FileRefused(
            "The file has no lines below its heading.", "Export it again, with the employees."
        )


def _read_csv(content: bytes) -> Sheet:
    text, read_as = _decoded(content)
    delimiter = _delimiter(text)
    lines = _csv_lines(text, delimiter)
    _, heading = next(lines, (1, []))
    return Sheet([str(cell) for cell in heading], lines, read_as)


def _decoded(content: bytes) -> tuple[str, str]:
    """The text, and which characters it was read as; the last of them is a guess, said aloud."""
    for start, encoding, name in (
        (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
        (b"\xff\xfe", "utf-16", "UTF-16"),
        (b"\xfe\xff", "utf-16", "UTF-16"),
        (b"", "utf-8", "UTF-8"),
        (b"", "cp1252", "Windows-1252"),
    ):
        if content.startswith(start):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return text, name
    raise FileRefused(
        "The file is neither an XLSX workbook nor text in UTF-8, UTF-16 or Windows-1252.",
        "Save it as XLSX or as CSV in UTF-8.",
    )


def _delimiter(text: str) -> str:
    """The one of comma, semicolon and tab that parts the first line into the most cells."""
    first = text[: text.find("\n") + 1 or None]
    return max(DELIMITERS, key=first.count)


def _csv_lines(text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused(
                f"Line {number} is no line of a CSV file ({error}).",
                "Look for a quotation mark that is not closed.",
            ) from error
        yield number, [text_value(cell) for cell in cells]
