"""The chain of seals, documents by digest, the company, and the log of looks at personal data."""

from django.conf import settings
from django.db import models


class AppendOnly(models.Model):
    """Base of every decided row: triggers refuse UPDATE, DELETE, REPLACE and TRUNCATE.

    A correction is a new row that names the one it supersedes.
    """

    class Meta:
        abstract = True


class Company(models.Model):
    """The one company that this installation serves."""

    singleton = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(max_length=200)
    state_of_incorporation = models.CharField(max_length=100)
    principal_office = models.TextField()
    time_zone = models.CharField(max_length=64)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(singleton=True), name="one_company_only")
        ]

    def __str__(self) -> str:
        return self.name


class DemonstrationDay(AppendOnly):
    """A day to which a demonstration's clock was moved; the latest one is its today."""

    day = models.DateField(unique=True)
    moved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.day.isoformat()


class Seal(AppendOnly):
    """One link of the chain: what was done, by whom, when, and the digest of the link before.

    `canonical_text` is the original; the other columns repeat parts of it for searching.
    The two unique digests make a fork of the chain impossible.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=100, db_index=True)
    schema_version = models.PositiveSmallIntegerField()
    legal_date = models.DateField(db_index=True)
    sealed_at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200)
    is_demonstration = models.BooleanField()
    canonical_text = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    previous_digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class Document(AppendOnly):
    """A file kept for ever under the SHA-256 of its bytes."""

    digest = models.CharField(max_length=64, primary_key=True)
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PersonalDataLook(AppendOnly):
    """Someone looked at personal data: who, whose, which fields, when, from where. Not chained."""

    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=64, db_index=True)
    fields = models.CharField(max_length=200)
    looked_at = models.DateTimeField()
    address = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.viewer_id} looked at {self.fields} of {self.subject}"
