"""Securities, what they closed at, and what happened to them."""

import uuid

from django.db import models
from django.db.models import F, Q

from ltip.records.models import AppendOnly, Document, Seal


class Security(AppendOnly):
    """A listed stock. It is not its ticker: symbols are dated."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3, default="USD")
    is_company = models.BooleanField(default=False)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_company"], condition=Q(is_company=True), name="one_own_security"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SecuritySymbol(AppendOnly):
    """The ticker under which a security trades from a day on, until it takes another."""

    security = models.ForeignKey(Security, on_delete=models.PROTECT, related_name="symbols")
    ticker = models.CharField(max_length=16)
    starts_on = models.DateField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticker", "starts_on"], name="one_symbol_start"),
            models.UniqueConstraint(
                fields=["security", "starts_on"], name="one_symbol_per_security_and_day"
            ),
        ]

    def __str__(self) -> str:
        return self.ticker


class PriceImport(AppendOnly):
    """One file of closes or corporate actions that was taken in whole."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=16)
    lines = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    corrected = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.what} of {self.imported_at:%Y-%m-%d}"


class DailyClose(AppendOnly):
    """The unadjusted close of a security on a day. A correction is the next revision."""

    security = models.ForeignKey(Security, on_delete=models.PROTECT, related_name="closes")
    date = models.DateField()
    revision = models.PositiveSmallIntegerField(default=0)
    close = models.DecimalField(max_digits=15, decimal_places=6)
    volume = models.PositiveBigIntegerField(null=True)
    source = models.ForeignKey(PriceImport, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["security", "date", "revision"], name="one_close_per_revision"
            ),
            models.CheckConstraint(condition=Q(close__gt=0), name="close_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.security_id} {self.date} {self.close}"


class CorporateAction(AppendOnly):
    """A dividend, split or spin-off on its ex-date. A correction is the next revision."""

    security = models.ForeignKey(Security, on_delete=models.PROTECT, related_name="actions")
    ex_date = models.DateField()
    kind = models.CharField(max_length=16)
    revision = models.PositiveSmallIntegerField(default=0)
    amount = models.CharField(max_length=32, help_text="Canonical decimal text, exact.")
    source = models.ForeignKey(PriceImport, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["security", "ex_date", "kind", "revision"], name="one_action_per_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.security_id} {self.ex_date} {self.kind} {self.amount}"


class SecurityEvent(AppendOnly):
    """What happened to a listed company: acquired, bankrupt, delisted, merged or renamed."""

    security = models.ForeignKey(Security, on_delete=models.PROTECT, related_name="events")
    completed_on = models.DateField()
    kind = models.CharField(max_length=16)
    other = models.ForeignKey(Security, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(other=F("security")), name="event_names_another_security"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.security_id} {self.kind} {self.completed_on}"


class SecurityEventWithdrawal(AppendOnly):
    """An event that was recorded by mistake counts no longer, from this record on."""

    event = models.OneToOneField(SecurityEvent, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    withdrawn_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"withdrawal of {self.event_id}"
