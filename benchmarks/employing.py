"""Takes as many employees on record as asked for, some of them with an award of the year before.

Written as rows, since what is measured is the reading; the story around them goes through the
services. Every eighth is in an eligible grade, every fifth was promoted, one in twenty left.
"""

import sys
from datetime import date, timedelta
from pathlib import Path

import django

django.setup()

from django.db import transaction  # noqa: E402

from benchmarks.markets import MARKETS  # noqa: E402
from ltip.accounts import services as accounts  # noqa: E402
from ltip.desk.scenarios.reading import Story  # noqa: E402
from ltip.desk.scenarios.telling import LONG_AGO, PASSWORD, Telling, noon  # noqa: E402
from ltip.program.services import periods  # noqa: E402
from ltip.records import services as records  # noqa: E402
from participants.awards.models import Award, Designation, ProposedAward  # noqa: E402
from participants.people.models import Employee, EmployeeStatus, EndOfService  # noqa: E402

folder, count = Path(sys.argv[1]), int(sys.argv[2])
market = MARKETS["generated"]
sections = {
    "company": {"ticker": market.company},
    "market": {"prices": "prices.csv", "actions": "actions.csv", "event": []},
    "period": {"start": date(2012, 1, 1), "end": date(2013, 12, 31)},
    "act": [],
}
telling = Telling(Story(path=folder / "story", sentence="", cites=(), sections=sections))
telling.tell()
BEGAN = date(2013, 1, 1)
COUNTRIES = ("US", "US", "US", "GB", "DE", "IN", "CN", "JP")


def statuses_of(number: int, employee: Employee) -> list[tuple[str, str, date]]:
    grade = f"Executive {1 + number // 8 % 4}" if number % 8 == 0 else f"Grade {number % 17}"
    kind = "contract" if number % 29 == 0 else "regular"
    found = [
        ("grade", grade, employee.hired_on),
        ("kind", kind, employee.hired_on),
        ("country", COUNTRIES[number // 7 % 8], employee.hired_on),
        ("officer", "no", employee.hired_on),
    ]
    if number % 5 == 0:
        promoted = f"Executive {1 + number // 40 % 3}"
        grade = promoted if number % 40 == 0 else f"Grade {number % 16}"
        found.append(("grade", grade, employee.hired_on + timedelta(days=500)))
    if number % 4000 == 0:
        found.append(("covered", "yes", employee.hired_on))
    return found


with transaction.atomic():
    helen = accounts.open_account(
        email="helen@story.example",
        name="Helen Hart",
        time_zone="UTC",
        by=accounts.SYSTEM,
        at=telling.told_at,
        password=PASSWORD,
    )
    accounts.assign_role(
        user=helen, role="human_resources", starts_on=LONG_AGO, by=helen, at=telling.told_at
    )
    period = periods.open_period(
        start_date=BEGAN, end_date=date(2014, 12, 31), by=telling.secretary, at=noon(BEGAN)
    )
    seal = records.seal(
        kind="benchmarks.employees", content={"count": count}, by=helen, at=noon(BEGAN)
    )
    employees = Employee.objects.bulk_create(
        [
            Employee(
                number=f"{number:06}",
                name=f"Person {number * 7919 % count:06}",
                email=f"{number}@people.example",
                hired_on=date(2004, 1, 1) + timedelta(days=number * 31 % 3380),
                seal=seal,
            )
            for number in range(count)
        ],
        batch_size=5000,
    )
    EmployeeStatus.objects.bulk_create(
        (
            EmployeeStatus(
                employee=employee, subject=subject, value=value, starts_on=day, seal=seal
            )
            for number, employee in enumerate(employees)
            for subject, value, day in statuses_of(number, employee)
        ),
        batch_size=5000,
    )
    EndOfService.objects.bulk_create(
        EndOfService(employee=employee, ended_on=date(2013, 1, 15), reason="resignation", seal=seal)
        for employee in employees[7::20]
    )
    holders = employees[: 8 * 2000 : 8]
    designations = Designation.objects.bulk_create(
        Designation(period=telling.period, employee=one, designated_on=BEGAN, seal=seal)
        for one in holders
    )
    Award.objects.bulk_create(
        Award(
            designation=designation,
            period=telling.period,
            employee=designation.employee,
            target_shares=100,
            grant_date=date(2012, 3, 1),
            seal=seal,
        )
        for designation in designations
    )
    ProposedAward.objects.bulk_create(
        ProposedAward(
            period=period,
            employee=employee,
            target_shares=120,
            proposed_by=helen,
            proposed_at=noon(BEGAN),
        )
        for employee in holders
        if employee.hired_on < BEGAN
    )
