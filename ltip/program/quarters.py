"""What the page of fiscal quarters shows: the ends on record, and a look at new ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ltip.program import selectors
from ltip.program.models import FiscalQuarterEnd
from ltip.rules.calendars import last_business_day_on_or_before
from ltip.rules.canonical import canonical_text, digest_of

WEEKS_OF_A_QUARTER = (12, 15)  # thirteen or fourteen, or three calendar months


@dataclass(frozen=True, slots=True)
class QuarterListed:
    """The end of a quarter on record, who recorded it, and whether it was taken back."""

    quarter: FiscalQuarterEnd
    last_business_day: date

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self.quarter, "withdrawal")


@dataclass(frozen=True, slots=True)
class QuarterLooked:
    """The end of a quarter before it is recorded: how it fits to those on record."""

    ends_on: date
    last_business_day: date
    is_known: bool
    days_since_last: int | None

    @property
    def is_unusual(self) -> bool:
        """Whether it is further from the end before it, or nearer, than a quarter is long."""
        least, most = WEEKS_OF_A_QUARTER
        days = self.days_since_last
        return days is not None and not 7 * least <= days <= 7 * most


def quarters_by_year(*, on: date) -> list[tuple[int, list[QuarterListed]]]:
    """Every end on record by its calendar year, the latest year first, in two queries."""
    reading = selectors.readings_on(on)["business_day"]
    rows = FiscalQuarterEnd.objects.select_related("seal", "withdrawal__seal")
    listed = [
        QuarterListed(row, last_business_day_on_or_before(row.ends_on, business_day=reading))
        for row in rows.order_by("ends_on", "pk")
    ]
    years = groupby(listed, key=lambda each: each.quarter.ends_on.year)
    return sorted(((year, list(each)) for year, each in years), reverse=True)


def look_at(days: Sequence[date], *, on: date) -> list[QuarterLooked]:
    """How new ends fit to those on record, before anything is recorded."""
    reading = selectors.readings_on(on)["business_day"]
    known = set(selectors.fiscal_quarter_ends())
    together = sorted(known | set(days))
    before = dict(zip(together[1:], together, strict=False))
    return [
        QuarterLooked(
            ends_on=day,
            last_business_day=last_business_day_on_or_before(day, business_day=reading),
            is_known=day in known,
            days_since_last=(day - before[day]).days if day in before else None,
        )
        for day in sorted(set(days))
    ]


def digest_of_look(looked: Sequence[QuarterLooked]) -> str:
    """Says whether what is confirmed is what was shown."""
    return digest_of(canonical_text([[each.ends_on, each.is_known] for each in looked]))
