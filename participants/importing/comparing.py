"""What each line of a file would do, against what is on record."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from itertools import islice

from ltip import clock
from ltip.records.encryption import decrypt, fingerprint
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.awards.models import Award
from participants.importing.columns import Columns
from participants.importing.models import ImportLine
from participants.importing.reading import STATUSES, Read, Reason
from participants.people import leaving
from participants.people.models import Employee, EmployeeStatus, EndOfService
from participants.people.selectors import FLAGS

Result = ImportLine.Result
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Change:
    """A fact with what is on record and what the file says; of personal data neither."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Finding:
    """What a line would do, from which day on; without a line, someone the file does not name."""

    line: int | None
    result: str
    number: str
    name: str
    employee: Employee | None = None
    changes: tuple[Change, ...] = ()
    reasons: tuple[Reason, ...] = ()
    holds_from: date = date.min
    read: Read = field(default_factory=lambda: Read(line=0))

    def says_of(self, *facts: str) -> bool:
        """Whether one of these facts is new or changed."""
        return any(change.what in facts for change in self.changes)

    @cached_property
    def says(self) -> str:
        """The differences and the reasons, as they are kept."""
        return json.dumps(
            {
                "changes": [[c.what, c.before, c.after] for c in self.changes],
                "holds_from": self.holds_from.isoformat() if self.changes else None,
                "reasons": [[r.column, r.text] for r in self.reasons],
            },
            ensure_ascii=False,
        )


class Digest:
    """Stands for all findings in order; personal data enters by its keyed digest."""

    def __init__(self) -> None:
        self._hash = sha256()

    def add(self, finding: Finding) -> None:
        personal = finding.read.personal if finding.changes else {}
        said = (str(finding.line), finding.result, finding.number, finding.name, finding.says)
        keyed = fingerprint(json.dumps(personal)) if personal else ""
        self._hash.update(json.dumps([*said, keyed]).encode() + b"\n")

    @property
    def text(self) -> str:
        return self._hash.hexdigest()


@dataclass(frozen=True)
class Comparison:
    """What the lines are compared by: the columns, the day from which they hold, and today."""

    columns: Columns
    holds_from: date
    at: datetime

    @cached_property
    def today(self) -> date:
        return clock.legal_date(self.at)

    def findings(self, lines: Sequence[Read]) -> Iterator[Finding]:
        """A finding for each line in the file's order, then one for each employee not named."""
        first, twice = _first_of(lines)
        on_record = _numbers_on_record()
        rest = iter(lines)
        while batch := list(islice(rest, BATCH)):
            records = _records([read.number for read in batch if read.number])
            for read in batch:
                self._add_twice(read, first, twice)
                yield self._finding(read, records, on_record)
        yield from _missing({read.number for read in lines})

    def _add_twice(self, read: Read, first: dict[str, int], twice: Counter[str]) -> None:
        key = _bare(read.number)
        if read.number and twice[key] > 1:
            others = "" if read.line == first[key] else f", first in line {first[key]}"
            text = (
                f"The file names the employee number “{read.number}” {twice[key]} times{others}"
                " (numbers that differ by leading zeros count as one). Keep one line."
            )
            read.reasons.append(Reason(self.columns.heading_of("number"), text))

    def _finding(
        self, read: Read, records: dict[str, "Record"], on_record: dict[str, str]
    ) -> Finding:
        record = records.get(read.number)
        alike = on_record.get(_bare(read.number))
        if record is None and alike and read.number:
            lost = " The spreadsheet has taken leading zeros for nothing:" * read.was_numeric
            text = f"“{read.number}” is not on record, but “{alike}” is.{lost} Write it that way."
            read.reasons.append(Reason(self.columns.heading_of("number"), text))
        finding = Finding(
            line=read.line,
            result=Result.WRONG.value,
            number=read.number,
            name=read.said.get("name", ""),
            employee=record.employee if record else None,
            reasons=tuple(read.reasons),
            read=read,
        )
        if read.reasons:
            return finding
        return self._new(finding, read) if record is None else self._known(finding, read, record)

    def _new(self, finding: Finding, read: Read) -> Finding:
        if "ended_on" in read.days:
            text = "Not on record, and the service has ended: nobody is taken on record to leave."
            reason = Reason(self.columns.heading_of("ended_on"), f"{text} Take the line out.")
            return replace(finding, reasons=(reason,))
        changes = [
            Change(what, "", "" if what in read.personal else read.said[what])
            for what in ("email", "hired_on", *STATUSES, *read.personal)
            if what in read.said and not (what in FLAGS and read.said[what] == "no")
        ]
        holds_from = read.days.get("holds_from", read.days["hired_on"])
        return replace(
            finding, result=Result.NEW.value, changes=tuple(changes), holds_from=holds_from
        )

    def _known(self, finding: Finding, read: Read, record: "Record") -> Finding:
        employee = record.employee
        if read.days["hired_on"] != employee.hired_on:
            text = (
                f"On record: hired on {day_text(employee.hired_on)}. Eligibility hangs on that "
                "day, so it is corrected by hand, on the employee's page."
            )
            reason = Reason(self.columns.heading_of("hired_on"), text)
            return replace(finding, reasons=(reason,))
        holds_from = max(read.days.get("holds_from", self.holds_from), employee.hired_on)
        changes = tuple(self._changes(read, record, holds_from))
        result = (Result.CHANGED if changes else Result.UNCHANGED).value
        compared = replace(finding, result=result, changes=changes, holds_from=holds_from)
        return self._with_end(compared, read, record) if "ended_on" in self._mapped else compared

    @property
    def _mapped(self) -> dict[str, int]:
        return self.columns.index

    def _changes(self, read: Read, record: "Record", holds_from: date) -> Iterator[Change]:
        name = record.status_on("name", min(holds_from, self.today)) or record.employee.name
        for what, before in (("name", name), ("email", record.employee.email)):
            if read.said[what] != before:
                yield Change(what, before, read.said[what])
        for subject, value in read.statuses.items():
            before = record.status_on(subject, holds_from)
            if value != (before or ("no" if subject in FLAGS else "")):
                yield Change(subject, before, value)
        for what, value in read.personal.items():
            if value != decrypt(getattr(record.employee, f"{what}_encrypted")):
                yield Change(what, "", "")

    def _with_end(self, finding: Finding, read: Read, record: "Record") -> Finding:
        """The finding with the end of service, which only those without awards get from a file."""
        said, ended_on = self.columns.heading_of("ended_on"), read.days.get("ended_on")
        end, employee = record.end, record.employee
        if end is not None:
            if ended_on == end.ended_on and read.said["end_reason"] == end.reason:
                return finding
            text = (
                f"On record: the service ended on {day_text(end.ended_on)} "
                f"({_words(end.reason)}). A file corrects no end of service: do it by hand, with "
                "its effect shown."
            )
            return replace(
                finding, result=Result.WRONG.value, changes=(), reasons=(Reason(said, text),)
            )
        if ended_on is None:
            return finding
        if ended_on > self.today:
            text = f"{day_text(ended_on)} has not come yet: give a file again on that day or later."
            return replace(finding, reasons=(Reason(said, text),))
        reason = read.said["end_reason"]
        try:
            leaving.end_to_record(employee=employee, ended_on=ended_on, reason=reason, at=self.at)
        except Refused as refusal:
            return replace(
                finding,
                result=Result.WRONG.value,
                changes=(),
                reasons=(Reason(said, str(refusal)),),
            )
        ending = Change("ended_on", "", f"{ended_on.isoformat()}, {_words(reason)}")
        if record.has_award or reason == EndOfService.Reason.DISABILITY:
            text = (
                "Record the end of service by hand: the page shows what it does to each award, "
                "by which rule, before anything is saved (P Termination of Employment)."
            )
            return replace(
                finding,
                result=Result.BY_HAND.value,
                changes=(ending,),
                reasons=(Reason(said, text),),
            )
        return replace(finding, result=Result.ENDING.value, changes=(*finding.changes, ending))


@dataclass(slots=True)
class Record:
    """An employee on record, with what holds from which day on."""

    employee: Employee
    statuses: dict[str, list[tuple[date, str]]]
    end: EndOfService | None
    has_award: bool

    def status_on(self, subject: str, day: date) -> str:
        values = [value for starts_on, value in self.statuses.get(subject, ()) if starts_on <= day]
        return values[-1] if values else ""


def _records(numbers: list[str]) -> dict[str, Record]:
    employees = {e.pk: e for e in Employee.objects.filter(number__in=numbers)}
    statuses: dict[int, dict[str, list[tuple[date, str]]]] = defaultdict(lambda: defaultdict(list))
    rows = EmployeeStatus.objects.filter(employee__in=employees, superseded_by__isnull=True)
    for employee, subject, starts_on, value in (
        rows.exclude(value="")
        .order_by("starts_on", "pk")
        .values_list("employee_id", "subject", "starts_on", "value")
    ):
        statuses[employee][subject].append((starts_on, value))
    ends = EndOfService.objects.filter(employee__in=employees, superseded_by__isnull=True)
    ended = {end.employee_id: end for end in ends}
    holders = set(
        Award.objects.filter(employee__in=employees).values_list("employee_id", flat=True)
    )
    return {
        e.number: Record(e, statuses[key], ended.get(key), key in holders)
        for key, e in employees.items()
    }


def _first_of(lines: Sequence[Read]) -> tuple[dict[str, int], Counter[str]]:
    first: dict[str, int] = {}
    twice: Counter[str] = Counter()
    for read in lines:
        if read.number:
            first.setdefault(_bare(read.number), read.line)
            twice[_bare(read.number)] += 1
    return first, twice


def _numbers_on_record() -> dict[str, str]:
    numbers = Employee.objects.order_by("number").values_list("number", flat=True)
    return {_bare(number): number for number in numbers.iterator()}


def _missing(named: set[str]) -> Iterator[Finding]:
    serving = Employee.objects.exclude(
        pk__in=EndOfService.objects.filter(superseded_by__isnull=True).values("employee")
    )
    for employee in serving.only("name", "number").order_by("name", "pk").iterator():
        if employee.number not in named:
            text = "The file does not name this employee. Nothing is ended for that."
            yield Finding(
                line=None,
                result=Result.MISSING.value,
                number=employee.number,
                name=employee.name,
                employee=employee,
                reasons=(Reason("", text),),
            )


def _bare(number: str) -> str:
    """The number without leading zeros, as spreadsheets tend to leave it."""
    return number.lstrip("0") or number[:1]


def _words(reason: str) -> str:
    return reason.replace("_", " ")
