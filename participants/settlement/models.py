"""Settling awards: a batch that one person prepares and another approves; the rates of its tax."""

import uuid

from django.db import models

from ltip.accounts.models import AuthenticationUse, User
from ltip.program.models import PerformancePeriod
from ltip.records.models import AppendOnly, Seal
from participants.awards.models import Award


class DeliveryCondition(AppendOnly):
    """A named person ticked one of the conditions to delivery for a period (GA §§8, 9)."""

    class Condition(models.TextChoices):
        LISTING = "listing", "The shares are admitted to listing"
        REGISTRATION = "registration", "Registration and qualification are complete"
        APPROVALS = "approvals", "Approvals and clearances are obtained"
        WITHHOLDING = "withholding", "Payment of the withholding tax is provided for"
        ADMINISTRATIVE_PERIOD = "administrative_period", "The administrative period has passed"

    period = models.ForeignKey(
        PerformancePeriod, on_delete=models.PROTECT, related_name="delivery_conditions"
    )
    condition = models.CharField(max_length=32, choices=Condition.choices)
    ticked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ticked_on = models.DateField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "condition"], name="condition_ticked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.condition} of {self.period_id}"


class SettlementBatch(AppendOnly):
    """What a settlement would do, prepared and frozen, waiting for another person's approval."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(
        PerformancePeriod, on_delete=models.PROTECT, related_name="settlement_batches"
    )
    settles_on = models.DateField()
    statement = models.TextField(help_text="Canonical text of everything that the batch does.")
    digest = models.CharField(max_length=64)
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"batch of {self.period_id}"


class SettlementApproval(AppendOnly):
    """Another person approved the batch; its settlements exist from that moment."""

    batch = models.OneToOneField(SettlementBatch, on_delete=models.PROTECT, related_name="approval")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, related_name="+"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"approval of {self.batch_id}"


class Settlement(AppendOnly):
    """An award was settled: shares withheld and delivered, money in minor units."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="settlement")
    batch = models.ForeignKey(SettlementBatch, on_delete=models.PROTECT, related_name="settlements")
    settles_on = models.DateField()
    delivered_on = models.DateField()
    shares = models.PositiveIntegerField()
    fair_market_value = models.DecimalField(max_digits=15, decimal_places=6)
    currency = models.CharField(max_length=3)
    tax_minor = models.PositiveBigIntegerField()
    cash_minor = models.PositiveBigIntegerField(default=0, help_text="Of the tax, from wages.")
    sale_minor = models.PositiveBigIntegerField(default=0, help_text="Of the tax, from a sale.")
    to_sell = models.PositiveIntegerField(default=0, help_text="Of the shares delivered.")
    withheld = models.PositiveIntegerField()
    delivered = models.PositiveIntegerField()
    returned_minor = models.PositiveBigIntegerField()
    owed_minor = models.PositiveBigIntegerField()
    steps = models.TextField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shares=models.F("withheld") + models.F("delivered")),
                name="shares_are_withheld_or_delivered",
            ),
        ]

    def __str__(self) -> str:
        return f"settlement of {self.award_id}"


class TaxRate(AppendOnly):
    """A rate of tax as somebody entered it; it holds once another person approved it.

    `rate` is in per cent of the wages of a year between two amounts in minor units of `currency`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    jurisdiction = models.CharField(max_length=16)
    kind = models.CharField(max_length=32)
    rate = models.DecimalField(max_digits=9, decimal_places=6)
    above_minor = models.PositiveBigIntegerField()
    up_to_minor = models.PositiveBigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    source = models.CharField(max_length=300)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} in {self.jurisdiction} from {self.starts_on}"


class ExchangeRate(AppendOnly):
    """What one unit of a currency is in another on a day, as somebody entered it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    base = models.CharField(max_length=3)
    quote = models.CharField(max_length=3)
    day = models.DateField()
    rate = models.DecimalField(max_digits=15, decimal_places=6)
    source = models.CharField(max_length=300)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.base} in {self.quote} on {self.day}"


class RateApproval(AppendOnly):
    """Another person than those who entered them approved rates, with one proof of identity."""

    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, related_name="+"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"approval of rates by {self.approved_by_id}"


class ApprovedRate(AppendOnly):
    """One rate that an approval covers."""

    approval = models.ForeignKey(RateApproval, on_delete=models.PROTECT, related_name="rates")
    tax_rate = models.OneToOneField(
        TaxRate, on_delete=models.PROTECT, null=True, related_name="approved"
    )
    exchange_rate = models.OneToOneField(
        ExchangeRate, on_delete=models.PROTECT, null=True, related_name="approved"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tax_rate__isnull=True) ^ models.Q(exchange_rate__isnull=True),
                name="one_rate_is_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tax_rate_id or self.exchange_rate_id} by {self.approval_id}"


class WithholdingElection(AppendOnly):
    """How a holder chose to pay the tax of an award, in whole per cent; the latest one holds."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="withholding_elections")
    shares_percent = models.PositiveSmallIntegerField()
    cash_percent = models.PositiveSmallIntegerField()
    sale_percent = models.PositiveSmallIntegerField(default=0)
    is_standing_instruction = models.BooleanField(
        default=False, help_text="To sell whether or not a trading window is open."
    )
    elected_on = models.DateField()
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, related_name="+"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    shares_percent=100 - models.F("cash_percent") - models.F("sale_percent")
                ),
                name="the_whole_tax_is_paid",
            ),
        ]

    def __str__(self) -> str:
        return f"election for {self.award_id} on {self.elected_on}"


class TaxRemittance(AppendOnly):
    """The company remitted what a settlement abroad made due there, as somebody recorded it."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="remittances")
    remitted_on = models.DateField()
    reference = models.CharField(max_length=100)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"remittance for {self.settlement_id}"


class TradingWindow(AppendOnly):
    """Days on which holders may sell shares, the first and the last among them (rulebook 12.6)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opens_on = models.DateField()
    closes_on = models.DateField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="window_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opens_on} to {self.closes_on}"


class SaleOfShares(AppendOnly):
    """What the sale of a settlement's shares for tax brought, and what that left over or owed."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="sales")
    sold_on = models.DateField()
    shares = models.PositiveIntegerField()
    proceeds_minor = models.PositiveBigIntegerField()
    reference = models.CharField(max_length=100)
    returned_minor = models.PositiveBigIntegerField()
    owed_minor = models.PositiveBigIntegerField()
    steps = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settlement"],
                condition=models.Q(supersedes__isnull=True),
                name="sold_once_or_corrected",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shares} shares of {self.settlement_id} sold on {self.sold_on}"
