"""The working list, designations and awards."""

import uuid

from django.db import models

from ltip.accounts.models import User
from ltip.program.models import PerformancePeriod
from ltip.records.models import AppendOnly, Seal
from participants.people.models import Employee


class ProposedAward(models.Model):
    """HR's working list for a period: who is to take part, with how many Performance Shares."""

    period = models.ForeignKey(PerformancePeriod, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    target_shares = models.PositiveIntegerField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "employee"], name="proposed_once"),
            models.CheckConstraint(
                condition=models.Q(target_shares__gt=0), name="proposed_shares_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.target_shares}"


class Designation(AppendOnly):
    """The Committee designated an employee in writing for a period (P Eligibility)."""

    period = models.ForeignKey(
        PerformancePeriod, on_delete=models.PROTECT, related_name="designations"
    )
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="designations")
    designated_on = models.DateField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "employee"], name="designated_once"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} for {self.period_id}"


class Award(AppendOnly):
    """Performance Shares granted to a holder for a period. Its state follows from dated records."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    designation = models.OneToOneField(Designation, on_delete=models.PROTECT, related_name="award")
    period = models.ForeignKey(PerformancePeriod, on_delete=models.PROTECT, related_name="awards")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="awards")
    target_shares = models.PositiveIntegerField()
    grant_date = models.DateField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "employee"], name="one_award_per_period"),
            models.CheckConstraint(
                condition=models.Q(target_shares__gt=0), name="target_shares_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_shares} for {self.employee_id}"
