"""Files of the HR system: which column holds what, what was compared, and what was applied."""

import uuid

from django.db import models

from ltip.accounts.models import User
from ltip.jobs.models import Job
from ltip.records.models import AppendOnly, Seal
from participants.people.models import Employee


class ColumnMapping(AppendOnly):
    """Under which heading the HR system's file holds each fact; the latest holds."""

    class DayOrder(models.TextChoices):
        ISO = "iso", "2013-01-31"
        DAY_FIRST = "day_first", "31.01.2013 or 31/01/2013"
        MONTH_FIRST = "month_first", "01/31/2013"

    columns = models.TextField(help_text="Canonical text: the heading of each fact.")
    day_order = models.CharField(max_length=16, choices=DayOrder.choices)
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"columns of {self.seal_id}"


class EmployeeImport(models.Model):
    """A file that was given, and how far it has come; what it says is compared, then applied."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    file_size = models.PositiveIntegerField()
    read_as = models.CharField(max_length=200)
    heading = models.TextField(help_text="Canonical text: the cells of the first line.")
    holds_from = models.DateField(help_text="From when on what differs from the record holds.")
    mapping = models.ForeignKey(
        ColumnMapping, on_delete=models.PROTECT, null=True, related_name="+"
    )
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    comparison = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+")
    compared_at = models.DateTimeField(null=True)
    lines_digest = models.CharField(max_length=64, blank=True)
    employed = models.PositiveIntegerField(default=0)
    application = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+")
    discarded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.file_name


class KeptFile(models.Model):
    """The bytes of a file, encrypted, for as long as it may still be compared or applied."""

    file = models.OneToOneField(EmployeeImport, on_delete=models.CASCADE, related_name="kept")
    content_encrypted = models.BinaryField()

    def __str__(self) -> str:
        return f"bytes of {self.file_id}"


class ImportLine(models.Model):
    """What a line of the file would do, or an employee whom the file does not name.

    `says` holds the differences and the reasons as canonical text; of personal data only that it
    differs.
    """

    class Result(models.TextChoices):
        WRONG = "wrong", "Wrong"
        BY_HAND = "by_hand", "By hand"
        ENDING = "ending", "Ends the service"
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        UNCHANGED = "unchanged", "Unchanged"
        MISSING = "missing", "Not in the file"

    file = models.ForeignKey(EmployeeImport, on_delete=models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField(null=True)
    result = models.CharField(max_length=16, choices=Result.choices)
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="import_lines"
    )
    number = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200, blank=True)
    says = models.TextField()

    class Meta:
        # Lines are written in the file's order, so that their keys are in it too.
        indexes = [
            models.Index(fields=["file", "id"]),
            models.Index(fields=["file", "result", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.result}"


class AppliedImport(AppendOnly):
    """A file's lines were applied, once; the seal holds their digest and their counts."""

    file = models.OneToOneField(EmployeeImport, on_delete=models.PROTECT, related_name="applied")
    lines_digest = models.CharField(max_length=64)
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.file_id} applied"
