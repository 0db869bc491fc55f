"""Mail on its way, the notices that were given, and the secret addresses of calendars."""

import uuid

from django.db import models

from ltip.accounts.models import User
from ltip.records.models import AppendOnly, Document, Seal


class Message(models.Model):
    """A message to one person: written, marked before it is handed over, then given.

    That it was given stands in a `GivenNotice`, which nothing changes. `recipient` is the public
    identifier of a person; the address is kept as it was, encrypted like other personal data.
    """

    class Means(models.TextChoices):
        EMAIL = "email", "E-mail"
        CERTIFIED_MAIL = "certified_mail", "Certified mail"

    class State(models.TextChoices):
        WRITTEN = "written", "Waiting to be sent"
        MARKED = "marked", "Being handed over"
        GIVEN = "given", "Given"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    means = models.CharField(max_length=16, choices=Means.choices)
    recipient = models.CharField(max_length=64, db_index=True)
    recipient_name = models.CharField(max_length=200)
    address_encrypted = models.TextField()
    address_fingerprint = models.CharField(max_length=64)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    why = models.CharField(max_length=200)
    occasion = models.CharField(
        max_length=250,
        null=True,
        unique=True,
        help_text="What makes a message the same message, so that it is never written twice.",
    )
    state = models.CharField(
        max_length=16, choices=State.choices, default=State.WRITTEN, db_index=True
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    marked_at = models.DateTimeField(null=True, help_text="By the machine's own clock.")
    handed_over_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.subject} to {self.recipient_name}"


class GivenNotice(AppendOnly):
    """A notice was given: an e-mail when sent, certified mail when posted (GA §18)."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="given")
    given_on = models.DateField(db_index=True)
    given_at = models.DateTimeField()
    certified_number = models.CharField(max_length=64, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    content = models.TextField(help_text="Canonical text of what was given, to whom, and when.")
    digest = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"notice {self.message_id} of {self.given_on}"


class DoubtDecision(AppendOnly):
    """A person decided about an attempt of which nobody knew whether it had arrived."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="doubt_decisions")
    attempt = models.PositiveSmallIntegerField()
    arrived = models.BooleanField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "attempt"], name="one_decision_about_an_attempt"
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.attempt} of {self.message_id}"


class FeedAddress(models.Model):
    """The secret address of a person's calendar, of which only the digest is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="feed_addresses")
    secret_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_calendar_address_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
