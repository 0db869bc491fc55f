"""Runs that measure total stockholder return."""

import uuid

from django.db import models

from ltip.program.models.periods import PerformancePeriod
from ltip.records.models import AppendOnly, Document, Seal


class TsrRun(AppendOnly):
    """One measurement of a period: the inputs it used, what came out, and every step between."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(PerformancePeriod, on_delete=models.PROTECT, related_name="runs")
    measured_until = models.DateField()
    is_final = models.BooleanField()
    inputs = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    result = models.TextField(help_text="Canonical text of the result with its steps.")
    result_digest = models.CharField(max_length=64)
    run_at = models.DateTimeField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"run of {self.period} until {self.measured_until}"
