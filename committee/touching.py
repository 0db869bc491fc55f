"""Whom it touches when a place of the Program is read otherwise: open periods and their awards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from committee.goal_choices import periods_in_window
from ltip.program.models import PerformancePeriod
from ltip.rules.readings import Reading

# A reading of the first section matters while a window is open, one of the next until a period
# is certified, any other until an award is settled. By the number of the register's section.
UNTIL_THE_WINDOW_CLOSES = frozenset({"1"})
UNTIL_CERTIFIED = frozenset({"3", "4", "5"})


@dataclass(frozen=True, slots=True)
class OpenAwards:
    """How many awards of a period are not determined yet, and how many are not settled."""

    not_determined: int
    not_settled: int


@dataclass(frozen=True, slots=True)
class Touched:
    """A period that a decision would touch, with how many of its awards."""

    label: str
    awards: int


AwardCount = Callable[[], Mapping[str, OpenAwards]]
_COUNTS: list[AwardCount] = []


def register_count(count: AwardCount) -> None:
    """Let those who know the awards count them by period; done once, at the start."""
    _COUNTS.append(count)


@dataclass(frozen=True, slots=True)
class Touching:
    """What is open on a day, to be asked for every question of the register."""

    in_window: frozenset[str]
    awards: Mapping[str, OpenAwards]
    labels: tuple[str, ...]

    def touched_by(self, reading: Reading) -> list[Touched]:
        """The periods that deciding otherwise would touch, oldest first."""
        section = reading.section.partition(".")[0]
        none = OpenAwards(0, 0)
        if section in UNTIL_THE_WINDOW_CLOSES:
            return [
                Touched(label, self.awards.get(label, none).not_settled)
                for label in self.labels
                if label in self.in_window
            ]
        counts = {
            label: open_.not_determined if section in UNTIL_CERTIFIED else open_.not_settled
            for label, open_ in self.awards.items()
        }
        return [Touched(label, counts[label]) for label in self.labels if counts.get(label)]


def touching_on(day: date) -> Touching:
    """What is open on a day, in a constant number of queries."""
    periods = PerformancePeriod.objects.order_by("start_date", "end_date")
    return Touching(
        in_window=frozenset(period.label for period in periods_in_window(day)),
        awards={label: counted for count in _COUNTS for label, counted in count().items()},
        labels=tuple(periods.values_list("label", flat=True)),
    )
