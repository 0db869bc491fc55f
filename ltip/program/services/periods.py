"""Opening performance periods and recording the dated facts they hang on."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from ltip import clock
from ltip.program import selectors
from ltip.program.models import (
    AnnualReport,
    FiscalQuarterEnd,
    FiscalQuarterWithdrawal,
    PerformancePeriod,
    StockholderApproval,
    TradingCalendar,
)
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.calendars import Period, cycle_periods, day_text
from ltip.rules.outcome import Refused

QUARTERS_LOCK = "fiscal quarters"


@transaction.atomic
def open_period(
    *, start_date: date, end_date: date, by: records.Actor, at: datetime
) -> PerformancePeriod:
    """Open a performance period; refuses one that is open already."""
    lock("periods")
    span = Period(start=start_date, end=end_date)
    if PerformancePeriod.objects.filter(label=span.label).exists():
        raise Refused(f"A period {span.label} is open already.", place="P Effective Date")
    seal = records.seal(
        kind="program.period.opened",
        content={"label": span.label, "start": start_date, "end": end_date},
        by=by,
        at=at,
    )
    return PerformancePeriod.objects.create(
        start_date=start_date, end_date=end_date, label=span.label, seal=seal
    )


@transaction.atomic
def open_periods_of_cycle(*, year: int, by: records.Actor, at: datetime) -> list[PerformancePeriod]:
    """Open the two-year and the three-year period that start on 1 January of `year`.

    Periods that are open already stay as they are; those opened now are returned.
    """
    lock("periods")
    opened = []
    for span in cycle_periods(year=year):
        if not PerformancePeriod.objects.filter(label=span.label).exists():
            opened.append(open_period(start_date=span.start, end_date=span.end, by=by, at=at))
    return opened


@transaction.atomic
def record_annual_report(
    *,
    fiscal_year_end: date,
    filed_on: date,
    accession_number: str,
    by: records.Actor,
    at: datetime,
) -> AnnualReport:
    """Record that the Form 10-K of a fiscal year was filed (GA §4); a later record corrects it.

    Refuses a filing dated in the future or before the year's end.
    """
    if filed_on > clock.legal_date(at):
        raise Refused(
            f"{day_text(filed_on)} has not come yet.",
            place="GA §4",
            remedy="Record the filing on the day it is made, or later.",
        )
    if filed_on <= fiscal_year_end:
        raise Refused(
            f"The report of the year that ends on {day_text(fiscal_year_end)} "
            f"can't have been filed on {day_text(filed_on)}.",
            place="GA §4",
        )
    lock("annual reports")
    earlier = AnnualReport.objects.filter(
        fiscal_year_end=fiscal_year_end, superseded_by__isnull=True
    ).first()
    if earlier and (earlier.filed_on, earlier.accession_number) == (filed_on, accession_number):
        raise Refused(
            f"This filing for {day_text(fiscal_year_end)} is on record already.", place="GA §4"
        )
    seal = records.seal(
        kind="program.annual_report.recorded",
        content={
            "fiscal_year_end": fiscal_year_end,
            "filed_on": filed_on,
            "accession_number": accession_number,
            "supersedes": earlier.seal_id if earlier else None,
        },
        by=by,
        at=at,
    )
    return AnnualReport.objects.create(
        fiscal_year_end=fiscal_year_end,
        filed_on=filed_on,
        accession_number=accession_number,
        supersedes=earlier,
        seal=seal,
    )


@transaction.atomic
def record_fiscal_quarter_ends(
    *, days: Sequence[date], by: records.Actor, at: datetime
) -> list[FiscalQuarterEnd]:
    """Record the last days of fiscal quarters (rulebook 1.5; P Change in Control).

    Those on record already are left alone; refuses when all of them are.
    """
    lock(QUARTERS_LOCK)
    new = sorted(set(days) - set(selectors.fiscal_quarter_ends()))
    if not new:
        raise Refused(
            "All these ends of fiscal quarters are on record already.", place="P Change in Control"
        )
    seal = records.seal(
        kind="program.fiscal_quarters.recorded", content={"ends_on": new}, by=by, at=at
    )
    return FiscalQuarterEnd.objects.bulk_create(
        FiscalQuarterEnd(ends_on=day, seal=seal) for day in new
    )


@transaction.atomic
def withdraw_fiscal_quarter_end(
    *, ends_on: date, reason: str, by: records.Actor, at: datetime
) -> FiscalQuarterWithdrawal:
    """Take back the end of a fiscal quarter that was recorded by mistake; it stays readable.

    What a change in control determined by it stays as it was sealed. Refuses a day that is not
    on record, and a withdrawal without a reason.
    """
    lock(QUARTERS_LOCK)
    quarter = FiscalQuarterEnd.objects.filter(ends_on=ends_on, withdrawal__isnull=True).first()
    if quarter is None:
        raise Refused(
            f"No fiscal quarter is on record as ending on {day_text(ends_on)}.",
            place="P Change in Control",
        )
    if not reason.strip():
        raise Refused("Taking back what was recorded needs a reason.", place="P Change in Control")
    seal = records.seal(
        kind="program.fiscal_quarter.withdrawn",
        content={"ends_on": ends_on, "recorded": quarter.seal_id, "reason": reason},
        by=by,
        at=at,
    )
    return FiscalQuarterWithdrawal.objects.create(
        quarter=quarter, reason=reason, withdrawn_at=at, seal=seal
    )


@transaction.atomic
def record_stockholder_approval(
    *, approved_on: date, by: records.Actor, at: datetime, document: Document | None = None
) -> StockholderApproval:
    """Record the Stockholder Approval Date (P Administration); it is the first, so there is one.

    `document` is the paper that shows the vote.
    """
    lock("stockholder approval")
    if approved_on > clock.legal_date(at):
        raise Refused(
            f"{day_text(approved_on)} has not come yet.",
            place="P Administration",
            remedy="Record the approval on its day, or later.",
        )
    if StockholderApproval.objects.exists():
        raise Refused("The Stockholder Approval Date is on record.", place="P Administration")
    if approved_on <= date(2012, 1, 1):
        raise Refused(
            "The Stockholder Approval Date lies after the Effective Date, 1 January 2012.",
            place="P Administration",
        )
    seal = records.seal(
        kind="program.stockholder_approval.recorded",
        content={
            "approved_on": approved_on,
            "document": document.digest if document else None,
        },
        by=by,
        at=at,
    )
    return StockholderApproval.objects.create(approved_on=approved_on, document=document, seal=seal)


@transaction.atomic
def choose_trading_calendar(
    *, exchange_code: str, by: records.Actor, at: datetime
) -> TradingCalendar:
    """Choose the exchange whose calendar says when there is trading; empty: days with closes.

    Refuses an exchange whose calendar is not known.
    """
    if exchange_code and exchange_code not in selectors.known_exchanges():
        raise Refused(
            f"The calendar of the exchange {exchange_code} is not known.",
            place="GA §2",
            remedy="Name it by its code, as XNYS or XNAS.",
        )
    seal = records.seal(
        kind="program.trading_calendar.chosen", content={"exchange": exchange_code}, by=by, at=at
    )
    return TradingCalendar.objects.create(exchange_code=exchange_code, seal=seal)
