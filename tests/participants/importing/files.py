"""Files of an HR system for tests, and the way of one through the services."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl

from ltip.accounts.models import User
from ltip.jobs.models import Job
from ltip.jobs.services import perform_waiting
from participants.importing import applying, columns, selectors, services
from participants.importing.models import EmployeeImport, ImportLine
from tests import cast

DAY = date(2013, 5, 6)
HEADING = (
    "Employee number",
    "Name",
    "E-mail",
    "Hired on",
    "Salary grade",
    "Kind of employment",
    "Country",
    "Holds from",
    "Covered Employee",
    "Last day of service",
    "Why it ended",
    "Home address",
    "Birth date",
    "Tax number",
)
ANN = ("00042", "Ann Example", "ann@x.example", "2010-05-03", "executive 2", "Regular", "us")
ZOE = ("00043", "Zoë Müller", "zoe@x.example", "2012-01-09", "Director", "regular", "GB")


def csv_file(*rows: Sequence[str], heading: Sequence[str] = HEADING, **how: Any) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=how.get("delimiter", ","))
    writer.writerow(heading)
    writer.writerows(rows)
    return file.getvalue().encode(how.get("encoding", "utf-8"))


def xlsx_file(*rows: Sequence[Any], heading: Sequence[str] = HEADING, epoch: Any = None) -> bytes:
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    for row in (heading, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def line(row: Sequence[str], **facts: str) -> list[str]:
    """A row with some cells said otherwise, by the heading with underscores."""
    cells = dict(zip(HEADING, [*row, *[""] * len(HEADING)], strict=False))
    named = {re.sub(r"\W", "_", heading): heading for heading in HEADING}
    cells |= {named[key]: value for key, value in facts.items()}
    return [cells[heading] for heading in HEADING]


def taken(
    content: bytes, by: User, *, on: date = DAY, holds_from: date = DAY, day_order: str = "iso"
) -> EmployeeImport:
    """A file that was given and compared, its columns as they are named."""
    file = services.take_file(
        name="staff.csv", content=content, holds_from=holds_from, by=by, at=cast.noon(on)
    )
    if file.mapping is None:
        proposed = columns.proposed(selectors.heading_of(file))
        services.use_columns(
            file=file, chosen=proposed, day_order=day_order, by=by, at=cast.noon(on)
        )
    perform_waiting()
    return again(file)


def applied(file: EmployeeImport, by: User, *, on: date = DAY, **said: Any) -> Job:
    """The job of applying a file, performed."""
    job = applying.apply_file(
        file=again(file),
        shown_digest=said.get("shown_digest", again(file).lines_digest),
        leaves_out=said.get("leaves_out", True),
        endings=said.get("endings"),
        by=by,
        at=cast.noon(on),
    )
    perform_waiting()
    job.refresh_from_db()
    return job


def again(file: EmployeeImport) -> EmployeeImport:
    found = selectors.import_by_public_id(file.public_id)
    assert found is not None
    return found


def results(file: EmployeeImport) -> dict[str, int]:
    return selectors.counts_of(file).by_result


def reasons(file: EmployeeImport) -> list[tuple[int | None, str, str]]:
    """Line, column and text of everything that is wrong or told, in the file's order."""
    rows = selectors.lines_of(file).exclude(result=ImportLine.Result.MISSING)
    shown = [selectors.shown(row) for row in rows]
    return [(one.row.line, column, text) for one in shown for column, text in one.reasons]
