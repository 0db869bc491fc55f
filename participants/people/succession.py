"""Recording whom a holder named as beneficiaries, and who takes the shares after a death."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from ltip import clock
from ltip.accounts.models import Authentication, User
from ltip.accounts.services import as_sealed, use_authentication
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused
from ltip.rules.quantities import HUNDRED, percent_text
from participants.people.heirs import designation_of
from participants.people.models import (
    Beneficiary,
    BeneficiaryDesignation,
    DesignationPaper,
    Employee,
    Succession,
)
from participants.people.selectors import person

PLACE = "GA §4"
CENT = Decimal("0.01")
NAMED = "participants.beneficiaries.named"
NAMED_SCHEMA = 2  # from 2 on with contingent ones, and what it takes the place of


@dataclass(frozen=True, slots=True)
class Named:
    """A beneficiary as the holder named him or her, with a part in percent."""

    name: str
    relationship: str
    percent: Decimal
    is_contingent: bool = False


@transaction.atomic
def name_beneficiaries(
    *,
    employee: Employee,
    designated_on: date,
    beneficiaries: Sequence[Named],
    by: records.Actor,
    at: datetime,
    document: Document | None = None,
) -> BeneficiaryDesignation:
    """Record whom a holder named on a day to take the shares (GA §4); the latest day holds.

    `document` is what the holder filed. Refuses nobody, a name twice or left out, parts that are
    not above nothing and 100 % together, a day that has not come, and one after the death.
    """
    if not beneficiaries:
        raise Refused("A beneficiary has no name.", place=PLACE, remedy="Name at least one.")
    return _designate(
        employee, designated_on, beneficiaries, document=document, by=by, at=at, proof=None
    )


@transaction.atomic
def name_own_beneficiaries(
    *,
    employee: Employee,
    beneficiaries: Sequence[Named],
    by: User,
    authentication: Authentication,
    at: datetime,
) -> BeneficiaryDesignation:
    """The holder names beneficiaries from today on, or with nobody revokes those named (GA §4).

    Refuses anyone else, what `name_beneficiaries` refuses, a revocation where nobody is named,
    and the very beneficiaries that are on record.
    """
    if employee.user_id != by.pk:
        raise Refused("Only the holder names the beneficiaries.", place=PLACE)
    return _designate(
        employee,
        clock.legal_date(at),
        beneficiaries,
        document=None,
        by=by,
        at=at,
        proof=authentication,
    )


def _designate(
    employee: Employee,
    designated_on: date,
    beneficiaries: Sequence[Named],
    *,
    document: Document | None,
    by: Any,
    at: datetime,
    proof: Authentication | None,
) -> BeneficiaryDesignation:
    names = _checked_names(beneficiaries)
    if designated_on > clock.legal_date(at):
        raise Refused(f"{day_text(designated_on)} has not come yet.", place=PLACE)
    lock(f"employee:{employee.pk}")
    died_on = person(employee).died_on
    if died_on and designated_on > died_on:
        raise Refused(
            f"{employee.name} died on {day_text(died_on)}, before {day_text(designated_on)}.",
            place=PLACE,
        )
    before = designation_of(employee)
    named_before = list(before.beneficiaries.all()) if before else []
    if not beneficiaries and not named_before:
        raise Refused("No beneficiary is named, so none can be taken back.", place=PLACE)
    use = None
    if proof is not None:
        if [_as_named(row) for row in named_before] == list(beneficiaries):
            raise Refused("These beneficiaries are on record already.", place=PLACE)
        use = use_authentication(authentication=proof, by=by, purpose="beneficiaries", at=at)
    told = [
        {
            "name": name,
            "relationship": named.relationship,
            "percent": named.percent,
            "contingent": named.is_contingent,
        }
        for name, named in zip(names, beneficiaries, strict=True)
    ]
    seal = records.seal(
        kind=NAMED,
        content={
            "employee": str(employee.public_id),
            "holder": employee.name,
            "designated_on": designated_on,
            "beneficiaries": told,
            "supersedes": before.seal_id if before else None,
            "document": document.digest if document else None,
            **(as_sealed(proof) if proof else {}),
        },
        by=by,
        at=at,
        schema_version=NAMED_SCHEMA,
    )
    designation = BeneficiaryDesignation.objects.create(
        employee=employee,
        designated_on=designated_on,
        supersedes=before,
        authentication_use=use,
        document=document,
        seal=seal,
    )
    Beneficiary.objects.bulk_create(
        Beneficiary(
            designation=designation,
            position=position,
            name=name,
            relationship=named.relationship,
            percent=named.percent,
            is_contingent=named.is_contingent,
        )
        for position, (name, named) in enumerate(zip(names, beneficiaries, strict=True), start=1)
    )
    return designation


def _as_named(row: Beneficiary) -> Named:
    return Named(row.name, row.relationship, row.percent, row.is_contingent)


def _checked_names(beneficiaries: Sequence[Named]) -> list[str]:
    names = [named.name.strip() for named in beneficiaries]
    if not all(names):
        raise Refused("A beneficiary has no name.", place=PLACE, remedy="Name at least one.")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise Refused(f"{twice} is named twice.", place=PLACE, remedy="Add the parts together.")
    for name, named in zip(names, beneficiaries, strict=True):
        if named.percent <= 0 or named.percent != named.percent.quantize(CENT):
            raise Refused(
                f"The part of {name} is above nothing and has at most two decimals.", place=PLACE
            )
    for is_contingent, which in ((False, "parts"), (True, "contingent parts")):
        parts = [each.percent for each in beneficiaries if each.is_contingent == is_contingent]
        together = sum(parts, Decimal(0))
        if together != HUNDRED and (parts or (beneficiaries and not is_contingent)):
            raise Refused(
                f"The {which} add up to {percent_text(together)}, not 100 %.", place=PLACE
            )
    return names


@transaction.atomic
def record_designation_paper(
    *,
    designation: BeneficiaryDesignation,
    received_on: date,
    document: Document,
    by: records.Actor,
    at: datetime,
) -> DesignationPaper:
    """Keep a signed paper with a designation: the printed form, or a spouse's consent (GA §4).

    Whether the law where the holder lives asks for one is counsel's to say; a designation holds
    without it here. Refuses a day that has not come.
    """
    if received_on > clock.legal_date(at):
        raise Refused(f"{day_text(received_on)} has not come yet.", place=PLACE)
    seal = records.seal(
        kind="participants.beneficiaries.paper_received",
        content={
            "designation": designation.seal_id,
            "received_on": received_on,
            "document": document.digest,
        },
        by=by,
        at=at,
    )
    return DesignationPaper.objects.create(
        designation=designation, received_on=received_on, document=document, seal=seal
    )


@transaction.atomic
def record_succession(
    *,
    employee: Employee,
    by: records.Actor,
    at: datetime,
    survivors: Sequence[int] = (),
    estate_representative: str = "",
    document: Document | None = None,
) -> Succession:
    """Record who takes a dead holder's shares (GA §4); the latest record holds.

    `survivors` are the positions of those beneficiaries who survived; where none is named or none
    survived, `estate_representative` is who stands for the estate. Refuses while nobody is dead,
    a position that nobody has, and neither or both of the two.
    """
    lock(f"employee:{employee.pk}")
    if person(employee).died_on is None:
        raise Refused(
            f"No death of {employee.name} is on record.",
            place=PLACE,
            remedy="Record it first: as the end of service, or as a death after it.",
        )
    designation = designation_of(employee)
    positions = {row.position for row in designation.beneficiaries.all()} if designation else set()
    unknown = sorted(set(survivors) - positions)
    if unknown:
        raise Refused(f"{employee.name} named no beneficiary number {unknown[0]}.", place=PLACE)
    representative = estate_representative.strip()
    if survivors and representative:
        raise Refused(
            "A beneficiary survived, so the estate takes nothing.",
            place=PLACE,
            remedy="Leave the estate's representative out.",
        )
    if not survivors and not representative:
        raise Refused(
            "No beneficiary survived, and nobody stands for the estate.",
            place=PLACE,
            remedy="Name the estate's representative, or whoever takes by will or descent.",
        )
    seal = records.seal(
        kind="participants.succession.recorded",
        content={
            "employee": str(employee.public_id),
            "designation": designation.seal_id if designation else None,
            "survivors": sorted(set(survivors)),
            "estate_representative": representative,
            "document": document.digest if document else None,
        },
        by=by,
        at=at,
    )
    return Succession.objects.create(
        employee=employee,
        survivors=canonical_text(sorted(set(survivors))),
        designation=designation,
        estate_representative=representative,
        recorded_on=seal.legal_date,
        document=document,
        seal=seal,
    )
