"""Parachute payments: what the software estimates and what the auditing firm determined."""

import uuid

from django.db import models

from ltip.records.models import AppendOnly, Document, Seal
from participants.people.models import Employee


class ParachuteComparison(AppendOnly):
    """Everything, or so much that no excise falls due: both outcomes (P Limitation on Payments)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="parachute_comparisons"
    )
    triggered_on = models.DateField()
    inputs = models.TextField(help_text="Canonical text: base amount, payments, tax rates.")
    result = models.TextField(help_text="Canonical text of both outcomes, the choice and steps.")
    compared_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"parachute of {self.employee_id} on {self.triggered_on}"


class AuditorDetermination(AppendOnly):
    """What the firm that audits the company determined in good faith, which is final."""

    comparison = models.ForeignKey(
        ParachuteComparison, on_delete=models.PROTECT, related_name="determinations"
    )
    firm = models.CharField(max_length=200)
    received_on = models.DateField()
    figures = models.TextField(help_text="Canonical text: choice, paid, excise.")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.firm} on {self.comparison_id}"
