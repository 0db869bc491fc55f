"""Reading how the Committee has construed the Program."""

from dataclasses import dataclass
from datetime import date

from ltip.program.models import ReadingDecision
from ltip.rules.readings import complete


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
