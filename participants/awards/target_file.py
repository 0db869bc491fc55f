"""Target shares from a file: a line for each employee, by number; every line that is none."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ltip.rules.outcome import Refused
from participants.awards.candidates import Candidates
from participants.awards.enrolment import Candidate, candidates
from participants.awards.services import LARGEST_TARGET
from participants.people.models import Employee

NUMBER, TARGET = "number", "target shares"
LARGEST_FILE_MB = 5
LARGEST_UNPACKED_MB = 50
MOST_LINES = 20_000
PLACE = "P Grants"


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line as it stands in the file."""

    line: int
    number: str
    target: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that can't be taken, and why."""

    line: int
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A line that can be taken: an employee with the target now and the one in the file."""

    candidate: Candidate
    before: int | None
    target: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What the lines say: those that change the list, and every fault among them."""

    taken: tuple[Taken, ...]
    faults: tuple[Fault, ...]

    @property
    def changed(self) -> list[Taken]:
        return [one for one in self.taken if one.target != one.before]

    @property
    def changes(self) -> dict[str, int]:
        return {one.candidate.public_id: one.target for one in self.changed}


def lines_of(content: bytes) -> list[FileLine]:
    """The lines of a CSV or XLSX file with the columns `number` and `target shares`.

    Formulas are not worked out, and macros not taken. Refuses what is no such file.
    """
    rows = _cells_of_workbook(content) if content[:2] == b"PK" else _cells_of_text(content)
    heading = [cell.strip().casefold() for cell in next(rows, [])]
    missing = [name for name in (NUMBER, TARGET) if heading.count(name) != 1]
    if missing:
        raise Refused(
            f"the first line has no column “{missing[0]}”, or more than one.",
            place=PLACE,
            remedy="Download the list as it is now: it has the columns that are read.",
        )
    of_number, of_target = heading.index(NUMBER), heading.index(TARGET)
    found: list[FileLine] = []
    for line, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(found) == MOST_LINES:
            raise Refused(f"The file has more than {MOST_LINES:,} lines.", place=PLACE)
        number, target = (
            cells[column].strip() if column < len(cells) else ""
            for column in (of_number, of_target)
        )
        found.append(FileLine(line, number, target))
    return found


def read(seen: Candidates, lines: Sequence[FileLine]) -> Reading:
    """What the lines change, in a constant number of queries. A line without a target is left."""
    named = [line for line in lines if line.target]
    employees = {e.number: e for e in Employee.objects.filter(number__in=[n.number for n in named])}
    known = {c.person.employee.number: c for c in candidates(seen.window, employees.values())}
    first: dict[str, int] = {}
    taken, faults = [], []
    for line in named:
        reason = _fault_of(line, known, first)
        first.setdefault(line.number, line.line)
        if reason:
            faults.append(Fault(line.line, line.number, reason))
        else:
            candidate = known[line.number]
            taken.append(Taken(candidate, candidate.listed_shares, int(_plain(line.target))))
    return Reading(tuple(taken), tuple(faults))


def _fault_of(line: FileLine, known: Mapping[str, Candidate], first: Mapping[str, int]) -> str:
    candidate = known.get(line.number)
    if candidate is None:
        return f"No employee has the number “{line.number}”."
    if line.number in first:
        return f"{candidate.name} stands in line {first[line.number]} already."
    if candidate.is_decided:
        return f"{candidate.name}: the award is granted, or before the Committee."
    if not candidate.may_be_chosen:
        return f"{candidate.name}: {candidate.eligibility.because}"
    target = _plain(line.target)
    digits = target.isascii() and target.isdecimal() and len(target) <= len(str(LARGEST_TARGET))
    if not (digits and 0 < int(target) <= LARGEST_TARGET):
        return (
            f"{candidate.name}: “{line.target[:40]}” is not a whole number of shares above 0 and "
            f"up to {LARGEST_TARGET:,}."
        )
    return ""


def _plain(target: str) -> str:
    """A number without its thousands' commas: “1,500” is 1500, “1,5” stays what it is."""
    first, *groups = target.split(",")
    grouped = first and len(first) <= 3 and all(len(g) == 3 for g in groups)
    return "".join([first, *groups]) if grouped else target


def _cells_of_text(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("The file is neither XLSX nor text in UTF-8.", place=PLACE) from None
    try:
        heading = text.partition("\n")[0]
        delimiter = ";" if ";" in heading and "," not in heading else ","
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise Refused(f"The file is not CSV ({error}).", place=PLACE) from None


def _cells_of_workbook(content: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # it costs a tenth of a second, and few pages need it

    _require_harmless(content)
    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True)
        rows = workbook.worksheets[0].iter_rows(values_only=True)
        for row in rows:
            yield ["" if cell is None else _text(cell) for cell in row]
    except (KeyError, ValueError, IndexError, TypeError, zipfile.BadZipFile) as error:
        raise Refused("The file can't be read as XLSX.", place=PLACE) from error


def _text(cell: object) -> str:
    """A whole number that the sheet keeps as 300.0 is 300."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _require_harmless(content: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise Refused("The file can't be read as XLSX.", place=PLACE) from None
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED_MB * 1024 * 1024:
        raise Refused(
            f"The file unpacks to more than {LARGEST_UNPACKED_MB} MB.",
            place=PLACE,
            remedy="Save the sheet alone, or as CSV.",
        )
    if any(part.filename.endswith("vbaProject.bin") for part in parts):
        raise Refused(
            "The file carries macros.", place=PLACE, remedy="Save it as XLSX without them, or CSV."
        )
