"""Dated facts that the Program asks about the company."""

from django.db import models

from ltip.program.models.periods import PerformancePeriod
from ltip.records.models import AppendOnly, Document, Seal


class AnnualReport(AppendOnly):
    """The Form 10-K of a fiscal year was filed (GA §4). A correction names what it supersedes."""

    fiscal_year_end = models.DateField()
    filed_on = models.DateField()
    accession_number = models.CharField(max_length=32, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year_end"],
                condition=models.Q(supersedes__isnull=True),
                name="one_first_filing_per_year",
            ),
        ]

    def __str__(self) -> str:
        return f"10-K for {self.fiscal_year_end}"


class FiscalQuarterEnd(AppendOnly):
    """The last day of one of the company's fiscal quarters (rulebook 1.5).

    A day stands once among those not taken back; one taken back can be recorded again.
    """

    ends_on = models.DateField(db_index=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.ends_on.isoformat()


class FiscalQuarterWithdrawal(AppendOnly):
    """A quarter's end that was recorded by mistake counts no longer, from this record on."""

    quarter = models.OneToOneField(
        FiscalQuarterEnd, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.TextField()
    withdrawn_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"withdrawal of {self.quarter_id}"


class StockholderApproval(AppendOnly):
    """The Stockholder Approval Date (P Administration); there is at most one."""

    singleton = models.BooleanField(default=True, unique=True, editable=False)
    approved_on = models.DateField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.approved_on.isoformat()


class TradingCalendar(AppendOnly):
    """Which exchange's calendar says on which days there is trading, from a day of choosing on.

    An empty code means: the days for which closes are on record.
    """

    exchange_code = models.CharField(max_length=16, blank=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.exchange_code or "days with closes"


class TradingDayException(AppendOnly):
    """A day on which there is trading, or none, otherwise than the exchange's calendar says.

    A later record of the day names the one that it takes the place of; one that says "calendar"
    leaves the day to the exchange's calendar again.
    """

    class Trading(models.TextChoices):
        CLOSED = "closed", "no trading"
        OPEN = "open", "trading"
        CALENDAR = "calendar", "as the exchange's calendar says"

    day = models.DateField()
    trading = models.CharField(max_length=16, choices=Trading.choices)
    reason = models.TextField()
    recorded_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=models.Q(supersedes__isnull=True),
                name="one_first_exception_per_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.trading}"


class ReadingDecision(AppendOnly):
    """How the Committee construes a place of the Program from a day on (P Administration)."""

    key = models.CharField(max_length=64)
    value = models.CharField(max_length=64)
    effective_on = models.DateField()
    reason = models.TextField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "seal"], name="one_reading_per_key_and_act"),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} from {self.effective_on}"


class PlanLimit(AppendOnly):
    """A limit that the Plan sets on awards, in shares, from a day on (P Maximum Shares).

    The latest of a kind that has begun holds; without shares the limit has ended.
    """

    class Kind(models.TextChoices):
        RESERVE = "reserve", "Shares reserved under the Plan"
        PERSON_YEAR = "person_year", "Shares to one person in a year"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    shares = models.PositiveBigIntegerField(null=True)
    starts_on = models.DateField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} of {self.shares} from {self.starts_on}"


class FinancialResult(AppendOnly):
    """What a financial measure came to in a period, by GAAP and with the adjustments made.

    A correction names what it supersedes.
    """

    period = models.ForeignKey(
        PerformancePeriod, on_delete=models.PROTECT, related_name="financial_results"
    )
    measure = models.CharField(max_length=64)
    reported_on = models.DateField()
    gaap = models.CharField(max_length=32, help_text="Canonical decimal text.")
    adjustments = models.TextField(help_text="Canonical text: name to amount.")
    source = models.TextField(blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.measure} of {self.period_id}"
