"""Changing what is dated about an employee: from a day on, or correcting an entry by name."""

from datetime import date, datetime

from django.db import transaction

from ltip import clock
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Seal
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.people.labels import LEAVES
from participants.people.models import Employee, EmployeeStatus
from participants.people.naming import earlier_names, take_latest_names
from participants.people.selectors import FLAGS, person

PLACE = "P Eligibility"
KINDS = ("regular", "temporary", "contract")
Subject = EmployeeStatus.Subject


@transaction.atomic
def change_status(
    *,
    employee: Employee,
    subject: str,
    value: str,
    starts_on: date,
    by: records.Actor,
    at: datetime,
) -> EmployeeStatus:
    """Record that a status changed on a day: a promotion, a move, a new Covered Employee, a leave.

    Refuses what `require_change` refuses.
    """
    subject = Subject(subject)
    lock(f"employee:{employee.pk}")
    require_change(employee=employee, subject=subject, value=value, starts_on=starts_on, at=at)
    seal = records.seal(
        kind="participants.status.changed",
        content={
            "employee": str(employee.public_id),
            "subject": subject.value,
            "value": value,
            "starts_on": starts_on,
        },
        by=by,
        at=at,
    )
    return _entered(employee, subject, value, starts_on, seal)


@transaction.atomic
def correct_status(
    *,
    entry: EmployeeStatus,
    value: str,
    starts_on: date | None,
    by: records.Actor,
    at: datetime,
) -> EmployeeStatus:
    """Record what an entry should have said; without a value and a day it is taken back.

    The entry stays readable. Refuses one that was corrected before, what it says already, and to
    take back the name, grade, kind or country of the hire, without which nobody is on record.
    """
    employee, subject = entry.employee, Subject(entry.subject)
    lock(f"employee:{employee.pk}")
    if EmployeeStatus.objects.filter(supersedes=entry).exists():
        raise Refused(
            "This entry was corrected before.", place=PLACE, remedy="Correct the later one."
        )
    if bool(value) != bool(starts_on):
        raise Refused("Say both, the value and its day, or neither.", place=PLACE)
    if starts_on:
        require_value(subject, value)
        _require_day(employee, subject, starts_on, at)
    elif subject not in (*FLAGS, Subject.LEAVE) and entry.starts_on == employee.hired_on:
        raise Refused(
            f"{employee.name} needs a {subject.label.lower()} from the hire on.",
            place=PLACE,
            remedy="Say what it should have been.",
        )
    day = starts_on or entry.starts_on
    if (entry.value, entry.starts_on) == (value, day):
        raise Refused("The entry says just that.", place=PLACE)
    seal = records.seal(
        kind="participants.status.corrected",
        content={
            "employee": str(employee.public_id),
            "subject": subject.value,
            "value": value,
            "starts_on": starts_on,
            "supersedes": entry.seal_id,
        },
        by=by,
        at=at,
    )
    return _entered(employee, subject, value, day, seal, supersedes=entry)


@transaction.atomic
def correct_hire(
    *, employee: Employee, hired_on: date, by: records.Actor, at: datetime
) -> Employee:
    """Record another day of hire, where the one on record is wrong; eligibility follows it.

    What began on the wrong day begins on the right one. Refuses the day on record, and one after
    which something else of the employee began.
    """
    lock(f"employee:{employee.pk}")
    employee.refresh_from_db()
    earlier = employee.hired_on
    if hired_on == earlier:
        raise Refused(f"{employee.name} was hired on {day_text(earlier)} already.", place=PLACE)
    rows = EmployeeStatus.objects.filter(employee=employee, superseded_by__isnull=True)
    between = rows.exclude(value="").filter(starts_on__gt=earlier, starts_on__lt=hired_on).first()
    ended = employee.service_ends.filter(superseded_by__isnull=True, ended_on__lt=hired_on).first()
    if between or ended:
        what = between.get_subject_display() if between else "The end of service"
        raise Refused(
            f"{what} is on record for a day before {day_text(hired_on)}.",
            place=PLACE,
            remedy="Correct that entry first.",
        )
    seal = records.seal(
        kind="participants.hire.corrected",
        content={"employee": str(employee.public_id), "from": earlier, "to": hired_on},
        by=by,
        at=at,
    )
    employee.hired_on = hired_on
    employee.save(update_fields=["hired_on"])
    EmployeeStatus.objects.bulk_create(
        EmployeeStatus(
            employee=employee,
            subject=row.subject,
            value=row.value,
            starts_on=hired_on,
            supersedes=row,
            seal=seal,
        )
        for row in rows.exclude(value="").filter(starts_on=earlier)
    )
    return employee


def require_change(
    *, employee: Employee, subject: str, value: str, starts_on: date, at: datetime
) -> None:
    """Refuse a change to a value that holds on its day already, from a day before the hire, and
    of a name before its day (P Eligibility); nothing is saved."""
    subject = Subject(subject)
    require_value(subject, value)
    _require_day(employee, subject, starts_on, at)
    if _held(employee, subject, starts_on) == value:
        raise Refused(
            f"{subject.label} of {employee.name} is “{value}” on {day_text(starts_on)} already.",
            place=PLACE,
        )


def require_value(subject: EmployeeStatus.Subject, value: str) -> None:
    """Refuse what can't be the value of a status (P Eligibility)."""
    if subject == Subject.KIND and value not in KINDS:
        raise Refused(f"“{value}” is not one of {', '.join(KINDS)}.", place=PLACE)
    if subject == Subject.LEAVE and value not in LEAVES:
        raise Refused(f"“{value}” is not one of {', '.join(LEAVES)}.", place=PLACE)
    if subject in FLAGS and value not in ("yes", "no"):
        raise Refused(f"“{subject.label}” is yes or no, not “{value}”.", place=PLACE)
    if not value.strip():
        raise Refused(f"{subject.label} is empty.", place=PLACE)


def _require_day(
    employee: Employee, subject: EmployeeStatus.Subject, starts_on: date, at: datetime
) -> None:
    if starts_on < employee.hired_on:
        raise Refused(
            f"{employee.name} was hired on {day_text(employee.hired_on)}, after "
            f"{day_text(starts_on)}.",
            place=PLACE,
        )
    if subject == Subject.NAME and starts_on > clock.legal_date(at):
        raise Refused(
            f"{day_text(starts_on)} has not come yet.",
            place=PLACE,
            remedy="Record the name on its day, or later.",
        )


def _held(employee: Employee, subject: EmployeeStatus.Subject, on: date) -> str:
    """The value of a day, also where nothing was recorded because nothing is special."""
    unsaid = {Subject.NAME: employee.name, Subject.LEAVE: "none", **dict.fromkeys(FLAGS, "no")}
    return person(employee).status_on(subject, on) or unsaid.get(subject, "")


def _entered(
    employee: Employee,
    subject: EmployeeStatus.Subject,
    value: str,
    starts_on: date,
    seal: Seal,
    *,
    supersedes: EmployeeStatus | None = None,
) -> EmployeeStatus:
    if subject == Subject.NAME:
        EmployeeStatus.objects.bulk_create(earlier_names([employee], seal=seal))
    entry = EmployeeStatus.objects.create(
        employee=employee,
        subject=subject,
        value=value,
        starts_on=starts_on,
        supersedes=supersedes,
        seal=seal,
    )
    if subject == Subject.NAME:
        take_latest_names([employee])
        employee.save(update_fields=["name"])
    return entry
