"""Days that the law outside the Program sets: alerts, which change no result."""

from datetime import date, timedelta

from ltip.rules.calendars import day_text, next_business_day_on_or_after
from ltip.rules.outcome import Outcome, Step

SECTION_16_PLACE = "Exchange Act Section 16"
ANNUAL_REPORT_PLACE = "Form 10-K"
_FORM_4_BUSINESS_DAYS = 2
_ANNUAL_REPORT_DAYS = 60


def form_4_due(*, happened_on: date, business_day: str = "federal") -> Outcome[date]:
    """Give the second business day after a certification or a withholding of shares.

    An officer's Form 4 is due before its end (12.1 of the rulebook: law outside the Program).
    *Reading:* `business_day`, as in `is_business_day`.
    """
    due = happened_on
    for _ in range(_FORM_4_BUSINESS_DAYS):
        due = next_business_day_on_or_after(due + timedelta(days=1), business_day=business_day)
    sentence = (
        f"Form 4 is due before the end of the second business day after {day_text(happened_on)}."
    )
    return Outcome(due, (Step(sentence, day_text(due), SECTION_16_PLACE),))


def annual_report_expected(
    *, fiscal_year_end: date, business_day: str = "federal"
) -> Outcome[date]:
    """Give the day by which a large accelerated filer's annual report is due: sixty days after
    the fiscal year's end, or the next business day.

    Others have 75 or 90 days, so that the day warns early (law outside the Program).
    *Reading:* `business_day`, as in `is_business_day`.
    """
    sixtieth = fiscal_year_end + timedelta(days=_ANNUAL_REPORT_DAYS)
    due = next_business_day_on_or_after(sixtieth, business_day=business_day)
    sentence = (
        f"The annual report for the year that ended on {day_text(fiscal_year_end)} is expected "
        f"within {_ANNUAL_REPORT_DAYS} days; smaller filers have 75 or 90."
    )
    return Outcome(due, (Step(sentence, day_text(due), ANNUAL_REPORT_PLACE),))
