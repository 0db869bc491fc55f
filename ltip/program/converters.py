"""Periods and days in addresses: a period by its label, written with a plain hyphen."""

from datetime import date

from ltip.program import selectors
from ltip.program.models import PerformancePeriod


class PeriodConverter:
    regex = r"\d{4}(?:-\d{4})?"

    def to_python(self, value: str) -> PerformancePeriod:
        period = selectors.period_by_address(value)
        if period is None:
            raise ValueError(value)
        return period

    def to_url(self, period: PerformancePeriod) -> str:
        return period.address


class DayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, day: date) -> str:
        return day.isoformat()
