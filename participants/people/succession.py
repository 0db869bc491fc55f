"""Recording whom a holder named as beneficiaries, and who takes the shares after a death."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from ltip import clock
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused
from ltip.rules.quantities import HUNDRED, percent_text
from participants.people.heirs import designation_of
from participants.people.models import Beneficiary, BeneficiaryDesignation, Employee, Succession
from participants.people.selectors import person

PLACE = "GA §4"
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Named:
    """A beneficiary as the holder named him or her, with a part in percent."""

    name: str
    relationship: str
    percent: Decimal


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
    names = [named.name.strip() for named in beneficiaries]
    if not names or not all(names):
        raise Refused("A beneficiary has no name.", place=PLACE, remedy="Name at least one.")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise Refused(f"{twice} is named twice.", place=PLACE, remedy="Add the parts together.")
    percents = [named.percent for named in beneficiaries]
    for name, percent in zip(names, percents, strict=True):
        if percent <= 0 or percent != percent.quantize(CENT):
            raise Refused(
                f"The part of {name} is above nothing and has at most two decimals.", place=PLACE
            )
    if sum(percents) != HUNDRED:
        raise Refused(
            f"The parts add up to {percent_text(sum(percents, Decimal(0)))}, not 100 %.",
            place=PLACE,
        )
    if designated_on > clock.legal_date(at):
        raise Refused(f"{day_text(designated_on)} has not come yet.", place=PLACE)
    lock(f"employee:{employee.pk}")
    died_on = person(employee).died_on
    if died_on and designated_on > died_on:
        raise Refused(
            f"{employee.name} died on {day_text(died_on)}, before {day_text(designated_on)}.",
            place=PLACE,
        )
    seal = records.seal(
        kind="participants.beneficiaries.named",
        content={
            "employee": str(employee.public_id),
            "designated_on": designated_on,
            "beneficiaries": [
                {"name": name, "relationship": named.relationship, "percent": named.percent}
                for name, named in zip(names, beneficiaries, strict=True)
            ],
            "document": document.digest if document else None,
        },
        by=by,
        at=at,
    )
    designation = BeneficiaryDesignation.objects.create(
        employee=employee, designated_on=designated_on, document=document, seal=seal
    )
    Beneficiary.objects.bulk_create(
        Beneficiary(
            designation=designation,
            position=position,
            name=name,
            relationship=named.relationship,
            percent=named.percent,
        )
        for position, (name, named) in enumerate(zip(names, beneficiaries, strict=True), start=1)
    )
    return designation


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
