"""Reading periods, the facts they hang on, and their windows."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from ltip.program.models import (
    AnnualReport,
    FiscalQuarterEnd,
    PerformancePeriod,
    PlanLimit,
    StockholderApproval,
)
from ltip.program.selectors.readings import ReadingHistory, reading_history
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Outcome, Refused
from ltip.rules.settling import delivery_date, is_last_fiscal_year_of
from ltip.rules.windows import WINDOW_DAYS, closes_for, goal_window_closes, window_closes


def period_by_label(label: str) -> PerformancePeriod | None:
    return PerformancePeriod.objects.filter(label=label).first()


def period_by_address(address: str) -> PerformancePeriod | None:
    """The period whose label is written so in an address."""
    return period_by_label(address.replace("-", "–"))


def period_named(label: str) -> PerformancePeriod:
    """The period of that label; refused by name when it is not open."""
    period = period_by_label(label)
    if period is None:
        raise Refused(f"The period {label} is not open.", place="P Effective Date")
    return period


def window_closing_date(
    period: PerformancePeriod, *, history: ReadingHistory | None = None
) -> Outcome[date]:
    """The last day for designations, goals and grants (P Eligibility, P Grants).

    Counted as the readings in force on the ninetieth day have it: a window that is over stays as
    it was. Whoever asks for many periods gives the `history` of readings.
    """
    readings = _window_readings(period, history)
    return window_closes(period=period.span, counting=readings["window.counting"])


def covered_window_closing_date(
    period: PerformancePeriod, *, history: ReadingHistory | None = None
) -> Outcome[date]:
    """The same for goals and awards of Covered Employees (P Administration)."""
    readings, approved_on = _window_readings(period, history), stockholder_approval_date()
    by_period = readings["limit25.scope"] == "periods_after_approval"
    if approved_on is not None and by_period and period.start_date <= approved_on:
        return window_closes(period=period.span, counting=readings["window.counting"])
    return goal_window_closes(
        period=period.span,
        stockholder_approval_date=approved_on,
        counting=readings["window.counting"],
        quarter_days=readings["limit25.days"],
    )


def closing_date_of_act(
    period: PerformancePeriod,
    *,
    on: date,
    covered: bool,
    readings: Mapping[str, str],
    approved_on: date | None,
) -> Outcome[date]:
    """The last day for an act of a given day, for a Covered Employee or another.

    `readings` are those of that day, `approved_on` is the Stockholder Approval Date.
    """
    return closes_for(
        period=period.span,
        on=on,
        covered=covered,
        stockholder_approval_date=approved_on,
        counting=readings["window.counting"],
        quarter_days=readings["limit25.days"],
        quarter_scope=readings["limit25.scope"],
    )


def delivery_of(*, settles_on: date, readings: Mapping[str, str]) -> Outcome[date]:
    """The day on which shares that settle on a day are delivered (GA §4)."""
    return delivery_date(
        settles_on=settles_on,
        non_business_day=readings["settlement.non_business_day"],
        business_day=readings["business_day"],
    )


def _window_readings(period: PerformancePeriod, history: ReadingHistory | None) -> dict[str, str]:
    ninetieth_day = period.start_date + timedelta(days=WINDOW_DAYS - 1)
    return (history or reading_history()).on(ninetieth_day)


def stockholder_approval_date() -> date | None:
    return StockholderApproval.objects.values_list("approved_on", flat=True).first()


def plan_limits_on(day: date) -> dict[str, PlanLimit]:
    """The Plan's limits that hold on a day, by kind ("reserve", "person_year"), in one query.

    The latest that has begun holds; one that has ended is left out (P Maximum Shares).
    """
    begun = PlanLimit.objects.filter(starts_on__lte=day).order_by("starts_on", "seal_id")
    latest = {limit.kind: limit for limit in begun}
    return {kind: limit for kind, limit in latest.items() if limit.shares is not None}


def plan_limits() -> list[PlanLimit]:
    """Every limit on record, the latest first."""
    rows = PlanLimit.objects.select_related("seal", "document")
    return list(rows.order_by("-starts_on", "-seal_id"))


def annual_report_for(period: PerformancePeriod) -> AnnualReport | None:
    """The filing for the last fiscal year that ends in the period (GA §4)."""
    return report_of(period, AnnualReport.objects.filter(superseded_by__isnull=True))


def report_of(period: PerformancePeriod, reports: Iterable[AnnualReport]) -> AnnualReport | None:
    """The one of the filings on record that is for the last fiscal year of a period."""
    fitting = [
        report
        for report in reports
        if is_last_fiscal_year_of(fiscal_year_end=report.fiscal_year_end, period=period.span)
    ]
    return max(fitting, key=lambda report: report.fiscal_year_end, default=None)


def fiscal_quarter_ends() -> list[date]:
    """The last days of the company's fiscal quarters on record, those taken back left out."""
    ends = FiscalQuarterEnd.objects.filter(withdrawal__isnull=True).order_by("ends_on")
    return list(ends.values_list("ends_on", flat=True))


def ended_by_control_on(period: PerformancePeriod) -> date | None:
    """The day of the change in control that determined a period, where one did.

    Nothing more is decided for such a period (P Change in Control).
    """
    event_date = "control_determination__change_in_control__event_date"
    found: date | None = (
        PerformancePeriod.objects.filter(pk=period.pk).values_list(event_date, flat=True).first()
    )
    return found


def require_not_ended_by_control(period: PerformancePeriod) -> None:
    """Refuse any further step towards a certificate of a period that a change in control ended."""
    event = ended_by_control_on(period)
    if event is not None:
        raise Refused(
            f"The change in control of {day_text(event)} ended the period {period.label} and "
            "determined what its awards earn.",
            place="P Change in Control",
        )
