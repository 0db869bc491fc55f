"""Reading periods, goals, securities, closes and trading days."""

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from types import ModuleType
from typing import Any

from ltip.program.models import (
    AnnualReport,
    CorporateAction,
    DailyClose,
    FinancialResult,
    FiscalQuarterEnd,
    Goal,
    PerformancePeriod,
    PlanLimit,
    ReadingDecision,
    Security,
    SecuritySymbol,
    StockholderApproval,
    TradingCalendar,
    TsrRun,
)
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Outcome, Refused
from ltip.rules.readings import complete
from ltip.rules.settling import delivery_date, is_last_fiscal_year_of
from ltip.rules.windows import WINDOW_DAYS, closes_for, goal_window_closes, window_closes


@dataclass(frozen=True, slots=True)
class SymbolSpan:
    """A security bears a ticker from `starts_on` until the day before `ends_before`."""

    security_id: int
    ticker: str
    starts_on: date
    ends_before: date | None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_before is None or day < self.ends_before)


def symbol_spans() -> list[SymbolSpan]:
    """Every symbol with the days on which it holds."""
    by_security: dict[int, list[SecuritySymbol]] = defaultdict(list)
    for symbol in SecuritySymbol.objects.order_by("security_id", "starts_on"):
        by_security[symbol.security_id].append(symbol)
    return [
        SymbolSpan(security_id, symbol.ticker, symbol.starts_on, following)
        for security_id, symbols in by_security.items()
        for symbol, following in zip(
            symbols, [*[s.starts_on for s in symbols[1:]], None], strict=True
        )
    ]


def security_by_ticker(ticker: str, *, on: date) -> Security | None:
    """The security that bears a ticker on a day."""
    for span in symbol_spans():
        if span.ticker == ticker and span.holds_on(on):
            return Security.objects.get(pk=span.security_id)
    return None


def tickers_on(day: date) -> dict[int, str]:
    """The ticker of each security on a day (of its first symbol, where it had none yet)."""
    tickers: dict[int, str] = {}
    for span in symbol_spans():
        if span.starts_on <= day or span.security_id not in tickers:
            tickers[span.security_id] = span.ticker
    return tickers


def security_named(ticker: str, *, on: date) -> Security:
    """The security that bears a ticker on a day; refused by name where there is none."""
    security = security_by_ticker(ticker, on=on)
    if security is None:
        raise Refused(
            f"No security bears the ticker {ticker} on {day_text(on)}.",
            place="GA §2",
            remedy="Import its prices, or register it.",
        )
    return security


def own_security() -> Security:
    """The company's own stock."""
    security = Security.objects.filter(is_company=True).first()
    if security is None:
        raise Refused(
            "The company's own stock is not registered.",
            place="GA §2",
            remedy="Register it with its ticker first.",
        )
    return security


def closes_of(
    securities: Iterable[Security], *, start: date, end: date
) -> dict[int, dict[date, Decimal]]:
    """The closes on record, by security and day, corrections in place of what they correct."""
    rows = (
        DailyClose.objects.filter(security__in=securities, date__range=(start, end))
        .order_by("security_id", "date", "revision")
        .values_list("security_id", "date", "close")
    )
    closes: dict[int, dict[date, Decimal]] = defaultdict(dict)
    for security_id, day, close in rows.iterator(chunk_size=10_000):
        closes[security_id][day] = close
    return closes


def actions_of(
    securities: Iterable[Security], *, start: date, end: date
) -> dict[int, list[tuple[date, str, Decimal]]]:
    """The corporate actions on record, by security, corrections in place of what they correct."""
    rows = CorporateAction.objects.filter(
        security__in=securities, ex_date__range=(start, end)
    ).order_by("security_id", "ex_date", "kind", "revision")
    latest: dict[int, dict[tuple[date, str], Decimal]] = defaultdict(dict)
    for row in rows:
        latest[row.security_id][row.ex_date, row.kind] = Decimal(row.amount)
    return {
        security_id: [(day, kind, amount) for (day, kind), amount in actions.items()]
        for security_id, actions in latest.items()
    }


def own_prices_reach_to() -> date | None:
    """The last day for which the company's own close is on record."""
    closes = DailyClose.objects.filter(security__is_company=True).order_by("-date")
    return closes.values_list("date", flat=True).first()


def exchange_code() -> str:
    """The exchange whose calendar says when there is trading; empty: the days with closes."""
    calendar = TradingCalendar.objects.order_by("-pk").first()
    if calendar is None:
        raise Refused(
            "No trading calendar is chosen.",
            place="GA §2",
            remedy="The operator chooses it first: manage.py choose_trading_calendar XNYS.",
        )
    return calendar.exchange_code


def known_exchanges() -> frozenset[str]:
    """The codes of the exchanges whose calendars are known."""
    return frozenset(load_calendars().get_calendar_names())


def trading_days(*, start: date, end: date) -> tuple[date, ...]:
    """The days between two dates (both included) on which there is trading."""
    code = exchange_code()
    if code:
        decades = range(start.year // 10, end.year // 10 + 1)
        sessions = tuple(day for decade in decades for day in _sessions(code, decade))
        return sessions[bisect_left(sessions, start) : bisect_right(sessions, end)]
    days = DailyClose.objects.filter(date__range=(start, end)).values_list("date", flat=True)
    return tuple(days.distinct().order_by("date"))


def load_calendars() -> ModuleType:
    """The exchanges' calendars; their import takes most of a second, and few pages need them."""
    import exchange_calendars

    return exchange_calendars


@lru_cache(maxsize=32)
def _sessions(code: str, decade: int) -> tuple[date, ...]:
    """The trading days of ten years: a calendar costs as much to build for one as for ten."""
    calendar = load_calendars().get_calendar(
        code, start=date(10 * decade, 1, 1), end=date(10 * decade + 9, 12, 31)
    )
    return tuple(session.date() for session in calendar.sessions)


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


def goals_of(period: PerformancePeriod) -> list[Goal]:
    """The goals in force for a period: those of the latest act that set any."""
    goals = list(Goal.objects.filter(period=period).order_by("-seal_id", "position"))
    return [goal for goal in goals if goal.seal_id == goals[0].seal_id]


def terms_of(goal: Goal) -> dict[str, Any]:
    """What the goal states."""
    terms: dict[str, Any] = json.loads(goal.terms)
    return terms


def financial_results_of(period: PerformancePeriod) -> list[FinancialResult]:
    """The results that count for a period, by measure, corrected ones left out."""
    results = FinancialResult.objects.filter(period=period, superseded_by__isnull=True)
    return list(results.order_by("measure", "pk"))


def adjustments_of(result: FinancialResult) -> dict[str, str]:
    """The amounts by which a result was adjusted, as text, by name."""
    adjustments: dict[str, str] = json.loads(result.adjustments)
    return adjustments


def measures_awaited() -> dict[int, list[str]]:
    """The measures of goals in force without a result on record, by period, in two queries."""
    latest: dict[int, list[Goal]] = {}
    for goal in Goal.objects.order_by("period_id", "seal_id", "position"):
        set_together = latest.setdefault(goal.period_id, [])
        if set_together and set_together[0].seal_id != goal.seal_id:
            set_together.clear()
        set_together.append(goal)
    reported = set(FinancialResult.objects.values_list("period_id", "measure"))
    awaited = {
        period_id: [
            measure
            for goal in goals
            if goal.kind == "financial"
            and (period_id, measure := str(terms_of(goal)["measure"])) not in reported
        ]
        for period_id, goals in latest.items()
    }
    return {period_id: measures for period_id, measures in awaited.items() if measures}


def window_closing_date(
    period: PerformancePeriod, *, history: "ReadingHistory | None" = None
) -> Outcome[date]:
    """The last day for designations, goals and grants (P Eligibility, P Grants).

    Counted as the readings in force on the ninetieth day have it: a window that is over stays as
    it was. Whoever asks for many periods gives the `history` of readings.
    """
    readings = _window_readings(period, history)
    return window_closes(period=period.span, counting=readings["window.counting"])


def covered_window_closing_date(
    period: PerformancePeriod, *, history: "ReadingHistory | None" = None
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


def _window_readings(period: PerformancePeriod, history: "ReadingHistory | None") -> dict[str, str]:
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


def latest_final_run(period: PerformancePeriod) -> TsrRun | None:
    return TsrRun.objects.filter(period=period, is_final=True).order_by("-pk").first()


def inputs_of(run: TsrRun) -> dict[str, Any]:
    """Everything the run used, as it was kept."""
    inputs: dict[str, Any] = json.loads(bytes(run.inputs.content))
    return inputs


def result_of(run: TsrRun) -> dict[str, Any]:
    """What the run found, with its steps."""
    result: dict[str, Any] = json.loads(run.result)
    return result


@dataclass(frozen=True, slots=True)
class ReadingHistory:
    """Every reading the Committee decided, in the order of its acts: (key, value, effective on)."""

    decided: tuple[tuple[str, str, date], ...] = ()

    def on(self, day: date) -> dict[str, str]:
        """All readings of the register as they hold on a day."""
        return complete({key: value for key, value, starts_on in self.decided if starts_on <= day})


def reading_history() -> ReadingHistory:
    """The readings decided, to be asked for many days; in one query."""
    rows = ReadingDecision.objects.order_by("effective_on", "seal_id", "pk")
    return ReadingHistory(tuple(rows.values_list("key", "value", "effective_on")))


def readings_on(day: date) -> dict[str, str]:
    """All readings of the register as they hold on a day, in one query."""
    return reading_history().on(day)
