"""The address for notices on record (GA §18), and the holder's notices that change it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ltip import clock
from ltip.accounts.models import Authentication, AuthenticationUse, User
from ltip.accounts.services import as_sealed, use_authentication
from ltip.notices.services import PLACE, Recipient
from ltip.records import services as records
from ltip.records.encryption import decrypt, encrypt, fingerprint
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.people.models import AddressChange, Employee, KeptAddress


@dataclass(frozen=True, slots=True)
class AddressOnRecord:
    """Where notices to a holder go; `since` is empty for what was recorded with the employee."""

    email: str
    postal: str
    since: date | None


def address_on_record(employee: Employee) -> AddressOnRecord:
    """The address of the latest change, else the one recorded with the employee.

    Whoever shows it to a person logs the look.
    """
    return addresses_on_record([employee])[employee.pk]


def addresses_on_record(employees: Iterable[Employee]) -> dict[int, AddressOnRecord]:
    """The same for many, by key, in one query."""
    listed = list(employees)
    rows = KeptAddress.objects.filter(change__employee__in=[e.pk for e in listed])
    latest = {
        row.change.employee_id: row
        for row in rows.select_related("change").order_by("change__given_on", "change__seal_id")
    }
    return {
        e.pk: AddressOnRecord(
            decrypt(row.email_encrypted), decrypt(row.postal_encrypted), row.change.given_on
        )
        if (row := latest.get(e.pk))
        else AddressOnRecord(e.email, decrypt(e.address_encrypted), None)
        for e in listed
    }


def recipients_of(user_ids: Iterable[int]) -> dict[int, Recipient]:
    """How e-mail reaches the employees that are these users, by the user's key."""
    employees = list(Employee.objects.filter(user__in=list(user_ids)))
    addresses = addresses_on_record(employees)
    return {
        e.user_id: Recipient(str(e.public_id), e.name, addresses[e.pk].email)
        for e in employees
        if e.user_id is not None
    }


def change_history(employee: Employee) -> list[AddressChange]:
    """The changes of an address, the latest first; they say nothing of the address itself."""
    rows = AddressChange.objects.filter(employee=employee).select_related("seal")
    return list(rows.order_by("-given_on", "-seal_id"))


@transaction.atomic
def change_own_address(
    *,
    employee: Employee,
    email: str,
    postal: str,
    authentication: Authentication,
    by: User,
    at: datetime,
) -> AddressChange:
    """The holder gives notice of another address (GA §18), with a fresh proof of identity."""
    if employee.user_id != by.pk:
        raise Refused("Only the holder gives this notice.", place=PLACE)
    use = use_authentication(
        authentication=authentication, by=by, purpose="address for notices", at=at
    )
    return _change(employee, email, postal, clock.legal_date(at), None, by=by, at=at, use=use)


@transaction.atomic
def record_received_address(
    *,
    employee: Employee,
    email: str,
    postal: str,
    given_on: date,
    document: Document | None,
    by: User,
    at: datetime,
) -> AddressChange:
    """Record a holder's notice of another address that came by mail, given when it was posted."""
    if given_on > clock.legal_date(at):
        raise Refused(f"{day_text(given_on)} has not come yet.", place=PLACE)
    return _change(employee, email, postal, given_on, document, by=by, at=at)


def _change(
    employee: Employee,
    email: str,
    postal: str,
    given_on: date,
    document: Document | None,
    *,
    by: User,
    at: datetime,
    use: AuthenticationUse | None = None,
) -> AddressChange:
    lock(f"employee:{employee.pk}")
    if not email:
        raise Refused("Notices need an e-mail address.", place=PLACE)
    digest = fingerprint(f"{email}\n{postal}")
    seal = records.seal(
        kind="participants.address.changed",
        content={
            "employee": str(employee.public_id),
            "given_on": given_on,
            "fingerprint": digest,
            "document": document.digest if document else "",
            **(as_sealed(use.authentication) if use else {}),
        },
        by=by,
        at=at,
    )
    change = AddressChange.objects.create(
        employee=employee,
        given_on=given_on,
        fingerprint=digest,
        document=document,
        recorded_by=by,
        authentication_use=use,
        seal=seal,
    )
    KeptAddress.objects.create(
        change=change, email_encrypted=encrypt(email), postal_encrypted=encrypt(postal)
    )
    return change
