"""The act by which the Committee designates participants for a period (P Eligibility)."""

import json
from collections.abc import Sequence
from datetime import date

from committee.kinds.goal import period_steps, window_check
from committee.protocol import Adopted, Check, Exhibit, Request
from committee.resolutions import drafted
from ltip.program.selectors import period_named
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.awards import services
from participants.awards.models import Designation
from participants.people.models import Employee, EmployeeStatus
from participants.people.selectors import Person, employees_by_public_id, persons

PLACE = "P Eligibility"
NAMED_BELOW = [
    {"sentence": "Those named in the table below, counted.", "figure": "", "place": PLACE}
]


class DesignationKind:
    key = "designation"
    schema_version = 1

    def subject(self, request: Request) -> str:
        return str(request["period"])

    def lock(self, request: Request) -> None:
        lock(f"period:{request['period']}")

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        period = period_named(str(request["period"]))
        people = people_named(request["employees"])
        if not people:
            raise Refused("Nobody is named.", place=PLACE)
        return {
            "title": f"Designate participants for the {period.label} performance period",
            "ask": (
                f"You are asked to designate in writing {len(people)} "
                f"{'employee' if len(people) == 1 else 'employees'} as participants in the "
                f"{period.label} performance period."
            ),
            "facts": [
                {"label": "Participants", "value": str(len(people)), "steps": NAMED_BELOW},
                {
                    "label": "Period begins",
                    "value": day_text(period.start_date),
                    "steps": period_steps(period),
                },
                {
                    "label": "Period ends",
                    "value": day_text(period.end_date),
                    "steps": period_steps(period),
                },
            ],
            "tables": [
                {
                    "caption": "Who is named",
                    "columns": [
                        {"label": "Employee", "numeric": False},
                        {"label": "Salary grade", "numeric": False},
                        {"label": "Hired", "numeric": False},
                    ],
                    "rows": [
                        {
                            "cells": [
                                person.employee.name,
                                person.status_on(EmployeeStatus.Subject.GRADE, on),
                                day_text(person.employee.hired_on),
                            ],
                            "own": False,
                            "note": _note(person),
                            "steps": [],
                        }
                        for person in people
                    ],
                }
            ],
            "charts": [],
            "consequences": [
                "Those named take part in this period and in no other; being named gives no "
                "right to an award.",
            ],
            **drafted(
                [
                    "RESOLVED, that the {participants} employees named in the exhibit are "
                    "designated as participants for the performance period from {period_start} to "
                    "{period_end}."
                ],
                {
                    "participants": str(len(people)),
                    "period_start": day_text(period.start_date),
                    "period_end": day_text(period.end_date),
                },
            ),
            "data": {
                "period": period.label,
                "employees": [str(person.employee.public_id) for person in people],
            },
        }

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        data = exhibit["data"]
        period = period_named(data["period"])
        people = people_named(data["employees"])
        already = set(
            Designation.objects.filter(
                period=period, employee__public_id__in=data["employees"]
            ).values_list("employee_id", flat=True)
        )
        checks = [window_check(period, on=on, what="designations", place=PLACE)]
        failing = []
        for person in people:
            decided = person.eligibility_for(period_start=period.start_date, on=on).value
            if not decided.eligible:
                failing.append(f"{person.employee.name}: {decided.because}")
            if person.employee.pk in already:
                failing.append(f"{person.employee.name} is designated for this period already.")
        checks += [Check(passed=False, sentence=sentence, place=PLACE) for sentence in failing]
        if not failing:
            checks.append(
                Check(
                    passed=True,
                    sentence=f"All {len(people)} are regular employees in grade Executive 1 or "
                    f"above since before {day_text(period.start_date)}.",
                    place=PLACE,
                )
            )
        return checks

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        return accounts_of([exhibit["data"]["employees"] for exhibit in exhibits])

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        data = exhibit["data"]
        services.designate(
            period=period_named(data["period"]),
            employees=data["employees"],
            designated_on=adopted.act_date,
            seal=adopted.seal,
        )


KIND = DesignationKind()


def people_named(public_ids: list[str]) -> list[Person]:
    """The people of a request; refused when one is not on record or named twice."""
    employees = employees_by_public_id(public_ids)
    if len(employees) != len(public_ids):
        raise Refused("Somebody named is not on record, or is named twice.", place=PLACE)
    return persons(employees.values())


def accounts_of(groups: list[list[str]]) -> list[frozenset[str]]:
    """For each group of employees, the accounts of those who ever sat on the Committee."""
    members = Employee.objects.filter(user__memberships__isnull=False).distinct()
    accounts = {
        str(employee): str(account)
        for employee, account in members.values_list("public_id", "user__public_id")
    }
    return [
        frozenset(accounts[public_id] for public_id in group if public_id in accounts)
        for group in groups
    ]


def designations_before_the_committee(period_label: str) -> set[str]:
    """Public identifiers of employees whom an act still open would designate."""
    from committee.selectors import open_acts

    return {
        public_id
        for act in open_acts().filter(kind=KIND.key, subject=period_label)
        for public_id in json.loads(act.request)["employees"]
    }


def _note(person: Person) -> str:
    end = person.service_end
    return f"service ended {day_text(end.ended_on)}" if end else ""
