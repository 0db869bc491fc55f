"""The act by which the Committee finds Cause, a term of the Plan (P Termination of Employment)."""

from collections.abc import Sequence
from datetime import date

from committee.protocol import Adopted, Check, Exhibit, Request
from committee.resolutions import drafted
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.kinds.designation import accounts_of, people_named
from participants.people import leaving
from participants.people.labels import REASONS
from participants.people.models import EmployeeStatus
from participants.people.selectors import Person

PLACE = "P Termination of Employment"
LONGEST_SUBJECT = 64


class CauseFindingKind:
    key = "cause_finding"
    schema_version = 1

    def subject(self, request: Request) -> str:
        employee = _person(request["employee"]).employee
        return f"{employee.number} {employee.name}"[:LONGEST_SUBJECT]

    def lock(self, request: Request) -> None:
        lock(f"employee:{_person(request['employee']).employee.pk}")

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        person = _person(request["employee"])
        employee, reason = person.employee, str(request["reason"]).strip()
        if not reason:
            raise Refused("A finding of Cause says why.", place=PLACE)
        return {
            "title": f"Find Cause against {employee.name}",
            "ask": (
                f"You are asked to find that there is Cause, in the Plan's sense, against "
                f"{employee.name}."
            ),
            "facts": [
                _fact("Employee number", employee.number),
                _fact("Salary grade", person.status_on(EmployeeStatus.Subject.GRADE, on)),
                _fact("In the company's service since", day_text(employee.hired_on)),
            ],
            "tables": [],
            "charts": [],
            "consequences": [
                "Human resources can then record that the service ended for Cause.",
                "Ended for Cause, every award that is not determined yet is forfeited that day; "
                "one that is determined and not settled follows the Committee's reading for it.",
            ],
            **drafted(
                [
                    "RESOLVED, that there is Cause, as the Plan has it, against {holder}, for this "
                    "reason:",
                    "{reason}",
                ],
                {"holder": employee.name, "reason": reason},
            ),
            "data": {"employee": str(employee.public_id), "reason": reason},
        }

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        person = _person(exhibit["data"]["employee"])
        name, end = person.employee.name, person.service_end
        checks = [
            Check(
                passed=True,
                sentence="Cause is the Committee's to find, and is recorded with its reason.",
                place=PLACE,
            )
        ]
        earlier = leaving.finding_of(person.employee)
        if earlier:
            checks.append(
                _note(f"Cause against {name} was found on {day_text(earlier.found_on)} already.")
            )
        if end and end.reason != end.Reason.CAUSE:
            checks.append(
                _note(
                    f"The service of {name} is on record as ended on {day_text(end.ended_on)} for "
                    f"another reason ({str(REASONS[end.reason]).lower()}); human resources can "
                    "correct it afterwards."
                )
            )
        return checks

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        return accounts_of([[exhibit["data"]["employee"]] for exhibit in exhibits])

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        data = exhibit["data"]
        leaving.find_cause(
            employee=_person(data["employee"]).employee,
            found_on=adopted.act_date,
            reason=data["reason"],
            seal=adopted.seal,
        )


KIND = CauseFindingKind()


def _person(public_id: object) -> Person:
    (person,) = people_named([str(public_id)])
    return person


def _fact(label: str, value: str) -> dict[str, object]:
    return {"label": label, "value": value, "steps": []}


def _note(sentence: str) -> Check:
    return Check(passed=True, sentence=sentence, place=PLACE, information=True)
