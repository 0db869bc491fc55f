"""Dated facts that the Program asks about the company."""

from django.db import models

from ltip.records.models import AppendOnly, Seal


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
    """The last day of one of the company's fiscal quarters (rulebook 1.5)."""

    ends_on = models.DateField(unique=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.ends_on.isoformat()


class StockholderApproval(AppendOnly):
    """The Stockholder Approval Date (P Administration); there is at most one."""

    singleton = models.BooleanField(default=True, unique=True, editable=False)
    approved_on = models.DateField()
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
