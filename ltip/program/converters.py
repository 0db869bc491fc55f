"""Periods in addresses: by label, written with a plain hyphen."""

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
