"""From when to when something holds about a person, worked out once for every day that may ask."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ltip.rules.eligibility import REGULAR, Dated, grade_is_eligible


@dataclass(frozen=True, slots=True)
class Stretch:
    """A value holds from `since` until the day before `ends_before`, None while it has no end."""

    value: str
    since: date
    ends_before: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.ends_before is None or day < self.ends_before)


def stretches_of(history: tuple[Dated, ...]) -> tuple[Stretch, ...]:
    """Give the stretches of a dated history, each as long as its value holds without a break.

    Of two entries of one day the later listed holds, as in `eligibility` (rule 2.1; P
    Eligibility).
    """
    last_of_day = {entry.on: entry.value for entry in history}
    found: list[Stretch] = []
    days = sorted(last_of_day)
    for day, following in [*pairwise(days), *((day, None) for day in days[-1:])]:
        value, since = last_of_day[day], day
        if found and found[-1].value == value:
            since = found.pop().since
        found.append(Stretch(value, since, following))
    return tuple(found)


def eligible_stretches(
    *,
    hired: date,
    kinds: tuple[Dated, ...],
    grades: tuple[Dated, ...],
    service_ended: date | None,
) -> tuple[Stretch, ...]:
    """Give the stretches in which a person is in service, regular and in an eligible grade.

    They say for every day and period what `eligibility` decides (rules 2.1, 2.2; P Eligibility):
    a person is eligible on a day when a stretch holds that began before the period's first day.
    One that began later makes them eligible from the next cycle, and without one nothing but
    another status will. The day on which the service ended is no longer part of it.
    """
    regular = _accepted(kinds, frozenset({REGULAR}))
    executive = _accepted(grades, frozenset(e.value for e in grades if grade_is_eligible(e.value)))
    found = []
    for of_kind in regular:
        for of_grade in executive:
            since = max(hired, of_kind.since, of_grade.since)
            ends = (service_ended, of_kind.ends_before, of_grade.ends_before)
            ends_before = min((end for end in ends if end is not None), default=None)
            if ends_before is None or since < ends_before:
                found.append(Stretch("", since, ends_before))
    return tuple(sorted(found, key=lambda stretch: stretch.since))


def _accepted(history: tuple[Dated, ...], accepted: frozenset[str]) -> tuple[Stretch, ...]:
    told = tuple(Dated(entry.on, str(entry.value in accepted)) for entry in history)
    return tuple(stretch for stretch in stretches_of(told) if stretch.value == str(True))
