"""A line of a file as facts about one employee, or why it is none."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ltip.records.days import FIRST, LAST
from ltip.rules.calendars import day_text
from participants.importing.columns import LABELS, NEEDED, PERSONAL, Columns
from participants.importing.sheets import Formula, Line, Numeric, Value, column_letter
from participants.people.grades import grade_named
from participants.people.models import EmployeeStatus, EndOfService
from participants.people.selectors import FLAGS
from participants.people.services import KINDS

Subject = EmployeeStatus.Subject
LONGEST = {"number": 32, "name": 200, "email": 254, "grade": 64, "address": 500, "tax_number": 64}
DAYS = ("hired_on", "holds_from", "ended_on", "birth_date")
YES, NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}
REASONS = {value.replace("_", " "): value for value in EndOfService.Reason.values}
COUNTED_FROM = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}
EXCEL_DAYS = range(1, 80_000)
# Characters that write text the other way round: an honest name has none, whatever its script.
TURNING = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
WRITTEN = {
    "iso": re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", re.ASCII),
    "day_first": re.compile(r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})", re.ASCII),
    "month_first": re.compile(r"(?P<m>\d{1,2})[./-](?P<d>\d{1,2})[./-](?P<y>\d{4})", re.ASCII),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a line is not taken: in which column, what is wrong, and what to do."""

    column: str
    text: str


@dataclass(slots=True)
class Read:
    """A line as it was read; `said` holds the facts it states, empty cells state nothing."""

    line: int
    said: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    was_numeric: bool = False

    @property
    def number(self) -> str:
        return self.said.get("number", "")

    @property
    def statuses(self) -> dict[str, str]:
        return {key: self.said[key] for key in STATUSES if key in self.said}

    @property
    def personal(self) -> dict[str, str]:
        return {key: self.said[key] for key in PERSONAL if key in self.said}


STATUSES = tuple(
    subject.value for subject in (Subject.GRADE, Subject.KIND, Subject.COUNTRY, *FLAGS)
)


def read_lines(lines: Iterable[Line], columns: Columns) -> Iterator[Read]:
    """Each line with the facts it states, or with every reason why it states none."""
    for number, cells in lines:
        yield read_line(number, cells, columns)


def read_line(number: int, cells: list[Value], columns: Columns) -> Read:
    """One line. Refuses nothing: what is wrong stands in its reasons, column by column."""
    read = Read(line=number)
    if _repeats_heading(cells, columns):
        read.reasons.append(Reason("", "This line repeats the heading: take it out."))
        return read
    if any(cells[len(columns.heading) :]):
        letter = column_letter(len(columns.heading))
        text = "A value stands to the right of the last heading: is a separator unquoted?"
        read.reasons.append(Reason(letter, text))
    for fact, index in columns.index.items():
        value = cells[index] if index < len(cells) else ""
        try:
            _take(read, fact, value, columns.day_order)
        except ValueError as error:
            letter = column_letter(index)
            read.reasons.append(Reason(f"{letter}, {columns.heading[index]}", str(error)))
    _require_pairs(read, columns)
    return read


def _repeats_heading(cells: list[Value], columns: Columns) -> bool:
    same = sum(
        bool(heading) and isinstance(cell, str) and cell.strip().casefold() == heading.casefold()
        for cell, heading in zip(cells, columns.heading, strict=False)
    )
    return same >= 2


def _take(read: Read, fact: str, value: Value, day_order: str) -> None:
    if isinstance(value, Formula):
        raise ValueError(
            f"“{value[:40]}” is a formula, and formulas are not carried out. Put the value there."
        )
    if fact in DAYS:
        day = _day(value, day_order)
        if day:
            read.days[fact] = day
            read.said[fact] = day.isoformat()
    else:
        text = _text(value, fact)
        if text:
            read.said[fact] = _TAKEN.get(fact, str)(text)
            if fact == "number":
                read.was_numeric = isinstance(value, Numeric)
    if fact in NEEDED and fact not in read.said:
        raise ValueError("This cell is empty, and everyone on record has one.")


def _text(value: Value, fact: str) -> str:
    """The text in NFC without space around it; in every script, but nothing that is no text."""
    text = value.isoformat() if isinstance(value, date) else unicodedata.normalize("NFC", value)
    if fact == "address":
        text = "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
    text = text.strip()
    wrong = "" if text.isprintable() else _no_text(text, may_break=fact == "address")
    if wrong:
        raise ValueError(
            f"The character U+{ord(wrong):04X} can't stand here. Take it out; a line break counts "
            "as one."
        )
    longest = LONGEST.get(fact, 64)
    if len(text) > longest:
        raise ValueError(f"{len(text)} characters are too many; at most {longest} are kept.")
    if isinstance(value, Numeric) and fact in ("number", "tax_number") and not text.isdecimal():
        raise ValueError(
            f"“{text}” is a number that the spreadsheet has rounded. Format the column as text "
            "and fill it in again."
        )
    return text


def _no_text(text: str, *, may_break: bool) -> str:
    """The first character that writes nothing; those that join letters are part of some scripts."""
    for character in text:
        if character == "\n" and may_break:
            continue
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in TURNING:
            return character
    return ""


def _day(value: Value, day_order: str) -> date | None:
    if isinstance(value, date):
        return _within(value)
    text = value.strip()
    if not text:
        return None
    if isinstance(value, Numeric) or text.isdecimal():
        raise ValueError(_said_of_number(text))
    match = WRITTEN["iso"].fullmatch(text) or WRITTEN[day_order].fullmatch(text)
    try:
        if match is None:
            raise ValueError
        day = date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        raise ValueError(
            f"“{text[:40]}” is no day. Write 2013-01-31, or say on the page of the columns how "
            "days are written."
        ) from None
    return _within(day)


def _within(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise ValueError(f"{day.isoformat()}: a day lies between 1900 and 2199.")
    return day


def _said_of_number(text: str) -> str:
    """A number instead of a day: what it would be in both ways of counting, for a person to say."""
    if text.isdecimal() and int(text) in EXCEL_DAYS:
        read = " or ".join(
            f"{day_text(start + timedelta(days=int(text)))} counted from {year}"
            for year, start in COUNTED_FROM.items()
        )
        return (
            f"“{text}” is a number, not a day: as a spreadsheet's it would be {read}. Format the "
            "column as a date, or write 2013-01-31."
        )
    return f"“{text[:40]}” is a number, not a day. Format the column as a date."


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError(f"“{text}” is no e-mail address.") from None
    return text


def _kind(text: str) -> str:
    if text.casefold() not in KINDS:
        raise ValueError(f"“{text}” is not one of {', '.join(KINDS)}.")
    return text.casefold()


def _country(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", text):
        raise ValueError(f"“{text}” is no country in two letters, as US or GB.")
    return text.upper()


def _flag(text: str) -> str:
    if text.casefold() in YES | NO:
        return "yes" if text.casefold() in YES else "no"
    raise ValueError(f"“{text}” is neither yes nor no.")


def _end_reason(text: str) -> str:
    reason = REASONS.get(text.casefold().replace("_", " "))
    if reason is None:
        raise ValueError(f"“{text}” is not one of {', '.join(REASONS)}.")
    return reason


_TAKEN = {
    "email": _email,
    "grade": grade_named,
    "kind": _kind,
    "country": _country,
    "end_reason": _end_reason,
    **dict.fromkeys((flag.value for flag in FLAGS), _flag),
}


def _require_pairs(read: Read, columns: Columns) -> None:
    for one, other in (("ended_on", "end_reason"), ("end_reason", "ended_on")):
        if one in read.said and other not in read.said:
            text = (
                f"{LABELS[one]} is given, but not: {LABELS[other]}. What becomes of awards hangs "
                "on both (P Termination of Employment)."
            )
            if not any(
                reason.column.endswith(columns.heading_of(other)) for reason in read.reasons
            ):
                read.reasons.append(Reason(columns.heading_of(other), text))
    hired_on, holds_from = read.days.get("hired_on"), read.days.get("holds_from")
    if hired_on and holds_from and holds_from < hired_on:
        text = f"{day_text(holds_from)} lies before the hire on {day_text(hired_on)}."
        read.reasons.append(Reason(columns.heading_of("holds_from"), text))
