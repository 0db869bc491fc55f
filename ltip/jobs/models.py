"""A job is a row: requested, claimed, done or failed, with its progress."""

import uuid

from django.db import models


class JobState(models.TextChoices):
    REQUESTED = "requested", "Waiting"
    CLAIMED = "claimed", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class Job(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=100)
    arguments = models.TextField()
    occasion = models.CharField(
        max_length=200,
        null=True,
        unique=True,
        help_text=(
            "What makes a timetabled job the same job; empty for those asked for by a person."
        ),
    )
    state = models.CharField(
        max_length=16, choices=JobState.choices, default=JobState.REQUESTED, db_index=True
    )
    requested_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    heard_from_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "requested_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)
