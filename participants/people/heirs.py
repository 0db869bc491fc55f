"""Reading whom holders named, and who takes the shares of those who died (GA §4)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from ltip.rules import heirs as rule
from ltip.rules.outcome import Outcome, Refused
from participants.people.models import (
    Beneficiary,
    BeneficiaryDesignation,
    Employee,
    Succession,
)

PLACE = "GA §4"


@dataclass(frozen=True, slots=True)
class Heirs:
    """What is on record about who takes a holder's shares: whom the holder named, who survived."""

    designation: BeneficiaryDesignation | None = None
    succession: Succession | None = None

    @property
    def beneficiaries(self) -> list[Beneficiary]:
        return list(self.designation.beneficiaries.all()) if self.designation else []

    @property
    def surviving(self) -> set[int]:
        """Positions of the beneficiaries who survived, as recorded."""
        return set(json.loads(self.succession.survivors)) if self.succession else set()

    @property
    def is_settled(self) -> bool:
        """Whether it is recorded who takes the shares, of those whom the holder named last."""
        return self.succession is not None and self.succession.designation == self.designation

    @property
    def names(self) -> list[str]:
        """Those who take the shares, as recorded; nobody while that is not settled."""
        if self.succession is None or not self.is_settled:
            return []
        survivors = [row.name for row in self.beneficiaries if row.position in self.surviving]
        return survivors or [self.succession.estate_representative]

    def shares(self, shares: int) -> Outcome[tuple[rule.HeirShare, ...]]:
        """Divide whole shares among the heirs, with why; refuses while none is recorded."""
        if self.succession is None or not self.is_settled:
            raise Refused(
                "It is not recorded who takes the shares of a holder who died.",
                place=PLACE,
                remedy="Record the succession.",
            )
        return rule.heirs(
            beneficiaries=[
                rule.Beneficiary(
                    name=row.name, percent=row.percent, survived=row.position in self.surviving
                )
                for row in self.beneficiaries
            ],
            estate_representative=self.succession.estate_representative or None,
            shares=shares,
        )


def heirs_of(employees: Iterable[Employee]) -> dict[int, Heirs]:
    """What is on record about the heirs of each employee, in three queries however many."""
    keys = {employee.pk for employee in employees}
    designations = {
        row.employee_id: row
        for row in BeneficiaryDesignation.objects.filter(employee__in=keys)
        .select_related("document")
        .prefetch_related(Prefetch("beneficiaries", Beneficiary.objects.order_by("position")))
        .order_by("designated_on", "pk")
    }
    successions = {
        row.employee_id: row
        for row in Succession.objects.filter(employee__in=keys)
        .select_related("designation", "document")
        .order_by("pk")
    }
    return {key: Heirs(designations.get(key), successions.get(key)) for key in keys}


def designation_of(employee: Employee) -> BeneficiaryDesignation | None:
    """The designation that holds: the one of the latest day."""
    return heirs_of([employee])[employee.pk].designation
