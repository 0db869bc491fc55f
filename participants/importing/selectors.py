"""Reading files of the HR system that were given, and what their lines would do."""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from ltip.rules.calendars import day_text
from participants.importing.columns import LABELS
from participants.importing.models import EmployeeImport, ImportLine
from participants.people.labels import SUBJECTS, value_label
from participants.people.models import Employee, EndOfService

Result = ImportLine.Result
# More than so many, and more than this share of those employed: asked again, by their number.
MANY_ENDINGS, MANY_PERCENT = 5, 2


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines do what; counted by the database."""

    by_result: dict[str, int]
    employed: int

    def of(self, result: str) -> int:
        return self.by_result.get(result, 0)

    @property
    def to_apply(self) -> int:
        return self.of(Result.NEW) + self.of(Result.CHANGED) + self.of(Result.ENDING)

    @property
    def left_out(self) -> int:
        return self.of(Result.WRONG) + self.of(Result.BY_HAND)

    @property
    def ends_many(self) -> bool:
        """Whether so many services would end that the number must be said again."""
        endings = self.of(Result.ENDING)
        return endings > MANY_ENDINGS and endings * 100 > self.employed * MANY_PERCENT


@dataclass(frozen=True, slots=True)
class Said:
    """A change as a page says it; `is_hidden`: personal data, of which only that it differs."""

    label: str
    before: str
    after: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with what it would do and why, as a page says it."""

    row: ImportLine
    changes: tuple[Said, ...]
    reasons: tuple[tuple[str, str], ...]
    holds_from: date | None


def imports() -> QuerySet[EmployeeImport]:
    """The files that were given, the latest first."""
    rows = EmployeeImport.objects.select_related(
        "uploaded_by", "comparison", "application", "applied__seal"
    )
    return rows.order_by("-pk")


def import_by_public_id(public_id: UUID) -> EmployeeImport | None:
    """The file of that public identifier."""
    return (
        imports()
        .select_related("mapping", "comparison__requested_by", "application__requested_by")
        .filter(public_id=public_id)
        .first()
    )


def heading_of(file: EmployeeImport) -> list[str]:
    """The headings of a file's columns."""
    read: list[str] = json.loads(file.heading)
    return read


def employed_on(day: date) -> int:
    """How many are in the company's service on a day."""
    ended = EndOfService.objects.filter(superseded_by__isnull=True, ended_on__lt=day)
    return (
        Employee.objects.filter(hired_on__lte=day).exclude(pk__in=ended.values("employee")).count()
    )


def counts_of(file: EmployeeImport) -> Counts:
    """How many lines of a file do what."""
    rows = file.lines.order_by().values_list("result").annotate(Count("pk"))
    return Counts(dict(rows), file.employed)


def lines_of(file: EmployeeImport, *, result: str = "", text: str = "") -> QuerySet[ImportLine]:
    """The lines in the file's order: those of one result, or with a text in name or number."""
    rows = file.lines.select_related("employee")
    if result:
        rows = rows.filter(result=result)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(number__icontains=text))
    return rows.order_by("pk")


def _words(what: str, value: str) -> str:
    if what == "hired_on" and value:
        return day_text(date.fromisoformat(value))
    return value_label(value)


def shown(row: ImportLine) -> ShownLine:
    """A line as a page says it."""
    says = json.loads(row.says)
    labels = {**{key: str(label) for key, label in LABELS.items()}, **SUBJECTS}
    changes = tuple(
        Said(str(labels[what]), _words(what, before), _words(what, after), not (before or after))
        for what, before, after in says["changes"]
    )
    holds_from = says["holds_from"]
    return ShownLine(
        row=row,
        changes=changes,
        reasons=tuple((column, text) for column, text in says["reasons"]),
        holds_from=date.fromisoformat(holds_from) if holds_from else None,
    )
