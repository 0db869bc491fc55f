"""Copies that are taken away: board books, and exports of the minute book."""

import uuid

from django.db import models

from ltip.accounts.models import User
from ltip.jobs.models import Job
from ltip.records.models import AppendOnly, Document


class BoardBook(AppendOnly):
    """Acts before the Committee as one PDF, and the state that it was drawn on.

    `acts` is canonical text: of each act its identifier, number and title, and the digest of the
    exhibit that was drawn. `record` is the last record of the chain then.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+")
    acts = models.TextField()
    record = models.PositiveBigIntegerField()
    drawn_on = models.DateField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Board book of {self.drawn_on}"


class MinuteBookExport(AppendOnly):
    """Somebody asked for the minute book as a folder: what was chosen, up to which record."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+")
    chosen = models.TextField()
    record = models.PositiveBigIntegerField()
    drawn_on = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Minute book as of record {self.record}"


class ExportLine(AppendOnly):
    """An act in an export: what the index says of it, with the digests of its files.

    Written one by one, so that a job that was killed goes on where it stopped.
    """

    export = models.ForeignKey(MinuteBookExport, on_delete=models.PROTECT, related_name="lines")
    act = models.ForeignKey("committee.Act", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    told = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["export", "act"], name="one_line_per_act_and_export"),
        ]

    def __str__(self) -> str:
        return f"{self.act} in {self.export}"
