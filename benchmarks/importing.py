"""Takes as many employees as asked for from one file, CSV or XLSX: given, compared, applied.

Prints the seconds of each as JSON, then those of the same file again, and of the list of
employees, whole and filtered.
"""

import csv
import io
import json
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import django
import openpyxl

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from ltip import clock  # noqa: E402
from ltip.accounts import services as accounts  # noqa: E402
from ltip.accounts.models import Role, User  # noqa: E402
from ltip.jobs.services import perform_waiting  # noqa: E402
from participants.importing import applying, columns, selectors, services  # noqa: E402
from participants.importing.models import EmployeeImport  # noqa: E402

PASSWORD = "a long password of one who measures"  # noqa: S105
GRADES = ("Executive 1", "Executive 2", "Director", "Manager", "Professional")
PAGES = 5
kind, count = sys.argv[1], int(sys.argv[2])


def seconds_of(perform: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    done = perform()
    return time.perf_counter() - started, done


def rows() -> list[list[str]]:
    heading = [fact.heading for fact in columns.FACTS]
    listed = [heading]
    for number in range(count):
        said = {
            "Employee number": f"{number:06}",
            "Name": f"Employee {number * 7919 % count:06}",
            "E-mail": f"e{number}@measured.example",
            "Hired on": (date(1995, 1, 1) + timedelta(days=number % 6000)).isoformat(),
            "Salary grade": GRADES[number % len(GRADES)],
            "Kind of employment": "temporary" if number % 20 == 7 else "regular",
            "Country": "GB" if number % 10 == 3 else "US",
            "Covered Employee": "yes" if number < 5 else "no",
            "Home address": f"{number} Long Street, Springfield",
            "Birth date": (date(1950, 1, 1) + timedelta(days=number % 15000)).isoformat(),
            "Tax number": f"{number:09}",
        }
        listed.append([said.get(name, "") for name in heading])
    return listed


def written() -> bytes:
    if kind == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(rows())
        return text.getvalue().encode()
    book, file = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("Employees")
    for row in rows():
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def give() -> EmployeeImport:
    at = clock.now()
    file = services.take_file(
        name=f"staff.{kind}", content=content, holds_from=clock.today(), by=helen, at=at
    )
    if file.mapping is None:
        chosen = columns.proposed(selectors.heading_of(file))
        services.use_columns(file=file, chosen=chosen, day_order="iso", by=helen, at=at)
    return file


def compare(file: EmployeeImport) -> EmployeeImport:
    assert perform_waiting() == 1
    found = selectors.import_by_public_id(file.public_id)
    assert found is not None
    assert found.comparison is not None
    assert found.comparison.state == "done", found.comparison.message
    return found


def apply(file: EmployeeImport) -> None:
    job = applying.apply_file(
        file=file,
        shown_digest=file.lines_digest,
        leaves_out=False,
        endings=None,
        by=helen,
        at=clock.now(),
    )
    assert perform_waiting() == 1
    job.refresh_from_db()
    assert job.state == "done", job.message


def page(path: str) -> list[float]:
    asked = [seconds_of(lambda: client.get(path)) for _ in range(1 + PAGES)]
    assert all(answer.status_code == 200 for _, answer in asked), asked
    return [seconds for seconds, _ in asked[1:]]


def human_resources() -> User:
    at = clock.now()
    user = accounts.open_account(
        email="helen@measured.example",
        name="Helen Hart",
        time_zone="UTC",
        by=accounts.SYSTEM,
        at=at,
        password=PASSWORD,
    )
    accounts.assign_role(
        user=user,
        role=Role.HUMAN_RESOURCES,
        starts_on=clock.today(),
        by=accounts.SYSTEM,
        at=at,
    )
    return user


content = written()
helen = human_resources()
took: dict[str, Any] = {"bytes": len(content)}
took["give"], given = seconds_of(give)
took["compare"], compared = seconds_of(lambda: compare(given))
assert selectors.counts_of(compared).by_result == {"new": count}
took["apply"], _ = seconds_of(lambda: apply(compared))
took["again"], same = seconds_of(lambda: compare(give()))
assert selectors.counts_of(same).by_result == {"unchanged": count}
if connection.vendor == "postgresql":
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself within a minute
client = Client()
client.post("/accounts/login/", {"login": helen.email, "password": PASSWORD})
took["list"] = page("/people/")
took["named"] = page("/people/?name=0042")
took["graded"] = page("/people/?grade=Executive+1&country=US&page=20")
took["lines"] = page(f"/people/import/{same.public_id}/?page=900")
print(json.dumps(took))
