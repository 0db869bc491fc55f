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
        survivors = [heir.name for heir in rule.takers(beneficiaries=self._as_the_rule_reads())]
        return survivors or [self.succession.estate_representative]

    @property
    def primary(self) -> list[Beneficiary]:
        return [row for row in self.beneficiaries if not row.is_contingent]

    @property
    def contingent(self) -> list[Beneficiary]:
        return [row for row in self.beneficiaries if row.is_contingent]

    @property
    def is_revoked(self) -> bool:
        """Whether the holder took back what was named, and named nobody."""
        return self.designation is not None and not self.beneficiaries

    def shares(self, shares: int) -> Outcome[tuple[rule.HeirShare, ...]]:
        """Divide whole shares among the heirs, with why; refuses while none is recorded."""
        if self.succession is None or not self.is_settled:
            raise Refused(
                "It is not recorded who takes the shares of a holder who died.",
                place=PLACE,
                remedy="Record the succession.",
            )
        return rule.heirs(
            beneficiaries=self._as_the_rule_reads(),
            estate_representative=self.succession.estate_representative or None,
            shares=shares,
        )

    def _as_the_rule_reads(self) -> list[rule.Beneficiary]:
        return [
            rule.Beneficiary(
                name=row.name,
                percent=row.percent,
                survived=row.position in self.surviving,
                contingent=row.is_contingent,
            )
            for row in self.beneficiaries
        ]


def heirs_of(employees: Iterable[Employee]) -> dict[int, Heirs]:
    """What is on record about the heirs of each employee, in a constant number of queries."""
    keys = {employee.pk for employee in employees}
    designations = {
        row.employee_id: row
        for row in BeneficiaryDesignation.objects.filter(employee__in=keys)
        .select_related("document")
        .prefetch_related(
            Prefetch("beneficiaries", Beneficiary.objects.order_by("position")), "papers__document"
        )
        .order_by("designated_on", "pk")
    }
    successions = {
        row.employee_id: row
        for row in Succession.objects.filter(employee__in=keys)
        .select_related("designation", "document")
        .order_by("pk")
    }
    return {key: Heirs(designations.get(key), successions.get(key)) for key in keys}


def designations_of(employee: Employee) -> list[BeneficiaryDesignation]:
    """Every designation of a holder with its papers, the one that holds first."""
    rows = BeneficiaryDesignation.objects.filter(employee=employee).select_related(
        "seal", "supersedes"
    )
    return list(
        rows.prefetch_related(
            Prefetch("beneficiaries", Beneficiary.objects.order_by("position")), "papers__document"
        ).order_by("-designated_on", "-pk")
    )


def designation_of(employee: Employee) -> BeneficiaryDesignation | None:
    """The designation that holds: the one of the latest day."""
    return heirs_of([employee])[employee.pk].designation
