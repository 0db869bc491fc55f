"""Recording employees and what changes about them; `leaving` records the end of their service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ltip import clock
from ltip.accounts.models import Role, User
from ltip.accounts.second_factor import rotate_secrets
from ltip.accounts.selectors import roles_of
from ltip.accounts.services import assign_role, open_account
from ltip.notices.services import rotate_addresses
from ltip.records import services as records
from ltip.records.encryption import decrypt, encrypt, fingerprint, rotate
from ltip.records.locks import lock
from ltip.rules.outcome import Refused
from participants.people.facts import KINDS as KINDS
from participants.people.facts import change_status as change_status
from participants.people.facts import require_value
from participants.people.leaving import end_service as end_service
from participants.people.models import Employee, EmployeeStatus, KeptAddress
from participants.people.selectors import ENCRYPTED

Subject = EmployeeStatus.Subject


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
        require_value(Subject(subject), value)
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
def look_at_personal_data(
    *, employee: Employee, by: User, at: datetime, address: str
) -> PersonalData:
    """Decrypt an employee's personal data for one look, which is logged with it."""
    records.log_look(
        viewer=by,
        subject=employee.public_id,
        fields="addresses, birth date, tax number",
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
    kept = list(KeptAddress.objects.select_for_update().order_by("pk"))
    for address in kept:
        address.email_encrypted = rotate(address.email_encrypted)
        address.postal_encrypted = rotate(address.postal_encrypted)
    KeptAddress.objects.bulk_update(kept, ["email_encrypted", "postal_encrypted"], batch_size=500)
    rotate_addresses()
    rotate_secrets()
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
