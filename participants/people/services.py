"""Recording employees, what changes about them, and the end of their service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ltip import clock
from ltip.accounts.models import Role, User
from ltip.accounts.selectors import roles_of
from ltip.accounts.services import assign_role, open_account
from ltip.records import services as records
from ltip.records.encryption import decrypt, encrypt, fingerprint, rotate
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.people.models import Employee, EmployeeStatus, EndOfService
from participants.people.selectors import FLAGS, person

Subject = EmployeeStatus.Subject
ENCRYPTED = ("address_encrypted", "birth_date_encrypted", "tax_number_encrypted")
KINDS = ("regular", "temporary", "contract")


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What is encrypted at rest and never stands in an exhibit, an entry, a log or a job."""

    address: str = ""
    birth_date: str = ""
    tax_number: str = ""


@transaction.atomic
def record_employee(
    *,
    number: str,
    name: str,
    email: str,
    hired_on: date,
    statuses: Mapping[str, str],
    by: records.Actor,
    at: datetime,
    personal_data: PersonalData | None = None,
) -> Employee:
    """Take an employee on record, with the statuses held from the day of hire.

    `statuses` says at least the grade and the kind of employment.
    """
    for needed in (Subject.GRADE, Subject.KIND, Subject.COUNTRY):
        if needed not in statuses:
            raise Refused(f"{name} has no {needed.label.lower()}.", place="P Eligibility")
    lock(f"employee number:{number}")
    if Employee.objects.filter(number=number).exists():
        raise Refused(f"The employee number {number} is taken.", place="P Eligibility")
    for subject, value in statuses.items():
        _require_value(Subject(subject), value)
    data = personal_data or PersonalData()
    seal = records.seal(
        kind="participants.employee.recorded",
        content={"number": number, "name": name, "hired_on": hired_on, "statuses": statuses},
        by=by,
        at=at,
    )
    employee = Employee.objects.create(
        number=number,
        name=name,
        email=email,
        hired_on=hired_on,
        address_encrypted=encrypt(data.address),
        birth_date_encrypted=encrypt(data.birth_date),
        tax_number_encrypted=encrypt(data.tax_number),
        tax_number_fingerprint=fingerprint(data.tax_number),
        seal=seal,
    )
    EmployeeStatus.objects.bulk_create(
        EmployeeStatus(
            employee=employee, subject=subject, value=value, starts_on=hired_on, seal=seal
        )
        for subject, value in statuses.items()
    )
    return employee


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
    """Record that a status changed on a day: a promotion, a move, a new Covered Employee.

    Refuses a value that holds on that day already.
    """
    subject = Subject(subject)
    _require_value(subject, value)
    if starts_on < employee.hired_on:
        raise Refused(
            f"{employee.name} was hired on {day_text(employee.hired_on)}, after "
            f"{day_text(starts_on)}.",
            place="P Eligibility",
        )
    lock(f"employee:{employee.pk}")
    held = person(employee).status_on(subject, starts_on) or ("no" if subject in FLAGS else "")
    if held == value:
        raise Refused(
            f"{subject.label} of {employee.name} is “{value}” on {day_text(starts_on)} already.",
            place="P Eligibility",
        )
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
    return EmployeeStatus.objects.create(
        employee=employee, subject=subject, value=value, starts_on=starts_on, seal=seal
    )


@transaction.atomic
def end_service(
    *,
    employee: Employee,
    ended_on: date,
    reason: str,
    by: records.Actor,
    at: datetime,
    is_deferred: bool = False,
) -> EndOfService:
    """Record the last day of service and why it ended; a later record corrects an earlier one.

    What it does to each award follows from the record (P Termination of Employment).
    """
    lock(f"employee:{employee.pk}")
    require_end_of_service(
        employee=employee, ended_on=ended_on, reason=reason, is_deferred=is_deferred, at=at
    )
    earlier = _end_on_record(employee)
    seal = records.seal(
        kind="participants.service.ended",
        content={
            "employee": str(employee.public_id),
            "ended_on": ended_on,
            "reason": reason,
            "deferred": is_deferred,
            "supersedes": earlier.seal_id if earlier else None,
        },
        by=by,
        at=at,
    )
    return EndOfService.objects.create(
        employee=employee,
        ended_on=ended_on,
        reason=reason,
        is_deferred=is_deferred,
        supersedes=earlier,
        seal=seal,
    )


def require_end_of_service(
    *, employee: Employee, ended_on: date, reason: str, is_deferred: bool, at: datetime
) -> None:
    """Refuse an end of service that can't be recorded: unknown reason, a day that has not come,
    one before the hire, or the very record there is (P Termination of Employment)."""
    if reason not in EndOfService.Reason.values:
        raise Refused(f"“{reason}” is no reason for leaving.", place="P Termination of Employment")
    if ended_on > clock.legal_date(at):
        raise Refused(
            f"{day_text(ended_on)} has not come yet.",
            place="P Termination of Employment",
            remedy="Record the end of service on its day, or later.",
        )
    if ended_on < employee.hired_on:
        raise Refused(
            f"{employee.name} was hired on {day_text(employee.hired_on)}, after "
            f"{day_text(ended_on)}.",
            place="P Termination of Employment",
        )
    earlier = _end_on_record(employee)
    if earlier and (earlier.ended_on, earlier.reason, earlier.is_deferred) == (
        ended_on,
        reason,
        is_deferred,
    ):
        raise Refused(
            f"The end of {employee.name}'s service is on record just so.",
            place="P Termination of Employment",
        )


@transaction.atomic
def look_at_personal_data(
    *, employee: Employee, by: User, at: datetime, address: str
) -> PersonalData:
    """Decrypt an employee's personal data for one look, which is logged with it."""
    records.log_look(
        viewer=by,
        subject=employee.public_id,
        fields="address, birth date, tax number",
        at=at,
        address=address,
    )
    return PersonalData(
        address=decrypt(employee.address_encrypted),
        birth_date=decrypt(employee.birth_date_encrypted),
        tax_number=decrypt(employee.tax_number_encrypted),
    )


@transaction.atomic
def rotate_personal_data(*, by: records.Actor, at: datetime) -> int:
    """Encrypt everyone's personal data again with the first of the keys; how many people it was."""
    lock("personal data")
    employees = list(Employee.objects.select_for_update().order_by("pk"))
    for employee in employees:
        for field in ENCRYPTED:
            setattr(employee, field, rotate(getattr(employee, field)))
    Employee.objects.bulk_update(employees, ENCRYPTED, batch_size=500)
    records.seal(
        kind="participants.personal_data.rotated",
        content={"employees": len(employees)},
        by=by,
        at=at,
    )
    return len(employees)


@transaction.atomic
def link_account(*, employee: Employee, user: User, by: records.Actor, at: datetime) -> Employee:
    """Let a user see the papers of an employee: the two are one person."""
    if employee.user_id not in (None, user.pk):
        raise Refused(f"{employee.name} has another account.", place="Accounts")
    employee.user = user
    employee.save(update_fields=["user"])
    today = clock.legal_date(at)
    if Role.PARTICIPANT not in roles_of(user, today):
        assign_role(user=user, role=Role.PARTICIPANT, starts_on=today, by=by, at=at)
    records.seal(
        kind="participants.account.linked",
        content={"employee": str(employee.public_id), "user": str(user.public_id)},
        by=by,
        at=at,
    )
    return employee


@transaction.atomic
def give_account(*, employee: Employee, by: records.Actor, at: datetime) -> Employee:
    """Open an account for an employee, who sets the password by the link for a new one."""
    user = open_account(
        email=employee.email,
        name=employee.name,
        time_zone=clock.company_zone().key,
        by=by,
        at=at,
    )
    return link_account(employee=employee, user=user, by=by, at=at)


def _require_value(subject: EmployeeStatus.Subject, value: str) -> None:
    if subject == Subject.KIND and value not in KINDS:
        raise Refused(f"“{value}” is not one of {', '.join(KINDS)}.", place="P Eligibility")
    if subject in FLAGS and value not in ("yes", "no"):
        raise Refused(f"“{subject.label}” is yes or no, not “{value}”.", place="P Eligibility")
    if not value.strip():
        raise Refused(f"{subject.label} is empty.", place="P Eligibility")


def _end_on_record(employee: Employee) -> EndOfService | None:
    return EndOfService.objects.filter(employee=employee, superseded_by__isnull=True).first()
