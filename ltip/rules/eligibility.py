"""Who may be designated for a period."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ltip.rules.calendars import day_text
from ltip.rules.outcome import Outcome, Refused, Step

PLACE = "P Eligibility"
REGULAR = "regular"
_EXECUTIVE_GRADE = re.compile(r"Executive [1-9][0-9]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Dated:
    """A value of a person's record that holds from a day on, until the next one."""

    on: date
    value: str


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether a person may be designated, with the sentence that says why and its place.

    `eligible_from` is the start of the first cycle the person may be designated for when nothing
    but the date of hire or promotion stands in the way, else None.
    """

    eligible: bool
    because: str
    place: str
    eligible_from: date | None


def grade_is_eligible(grade: str) -> bool:
    """Tell whether a salary grade is Executive 1 or above (rule 2.1; P Eligibility)."""
    return _EXECUTIVE_GRADE.fullmatch(grade) is not None


def eligibility(
    *,
    hired: date,
    kinds: tuple[Dated, ...],
    grades: tuple[Dated, ...],
    period_start: date,
    on: date,
    service_ended: date | None,
) -> Outcome[Eligibility]:
    """Decide whether an employee may be designated, on a day, for the period with that first day.

    Asks for a regular employee in grade Executive 1 or above, in service on the day, who was
    hired, became a regular employee and came into the eligible grades before the period's first
    day, and has stayed in them since (rules 2.1, 2.2; P Eligibility). `kinds` and `grades` are
    the dated history of this employment; of two entries of one day the later listed holds.
    Refuses a service that ended before the hire.
    """
    if service_ended is not None and service_ended < hired:
        raise Refused(
            f"the service is recorded as ended on {day_text(service_ended)}, before the hire on "
            f"{day_text(hired)}.",
            place=PLACE,
            remedy="Correct the dates of this employment.",
        )
    if service_ended is not None and service_ended <= on:
        return _not_eligible(f"The service ended on {day_text(service_ended)}.")
    if hired > on:
        return _not_eligible(f"Hired on {day_text(hired)}, after {day_text(on)}.")

    regular_since = _since(kinds, on, accepts=lambda kind: kind == REGULAR)
    if regular_since is None:
        kind = _value_on(kinds, on)
        if kind is None:
            return _not_eligible(f"No kind of employment is recorded for {day_text(on)}.")
        return _not_eligible(f"Not a regular employee on {day_text(on)} (recorded: {kind}).")

    grade = _value_on(grades, on)
    if grade is None:
        return _not_eligible(f"No salary grade is recorded for {day_text(on)}.")
    grade_since = _since(grades, on, accepts=grade_is_eligible)
    if grade_since is None:
        return _not_eligible(f"The salary grade on {day_text(on)}, {grade}, is not eligible.")

    latest, fact = max(
        (hired, "Hired on"),
        (regular_since, "A regular employee since"),
        (grade_since, "In an eligible salary grade without a break since"),
        key=lambda condition: condition[0],
    )
    if latest >= period_start:
        eligible_from = date(latest.year + 1, 1, 1)
        return _not_eligible(
            f"{fact} {day_text(latest)}, not before the period commences on "
            f"{day_text(period_start)}; eligible from the cycle that commences on "
            f"{day_text(eligible_from)}.",
            eligible_from=eligible_from,
        )
    because = (
        f"A regular employee in grade {grade} on {day_text(on)}. {fact} {day_text(latest)}, "
        f"before the period commences on {day_text(period_start)}."
    )
    return _outcome(Eligibility(True, because, PLACE, None))


def _not_eligible(because: str, *, eligible_from: date | None = None) -> Outcome[Eligibility]:
    return _outcome(Eligibility(False, because, PLACE, eligible_from))


def _outcome(decided: Eligibility) -> Outcome[Eligibility]:
    return Outcome(decided, (Step(sentence=decided.because, figure="", place=decided.place),))


def _value_on(history: tuple[Dated, ...], on: date) -> str | None:
    values = [entry.value for entry in _one_a_day(history) if entry.on <= on]
    return values[-1] if values else None


def _since(history: tuple[Dated, ...], on: date, *, accepts: Callable[[str], bool]) -> date | None:
    """Give the first day of the unbroken stretch of accepted values that holds on a day."""
    since: date | None = None
    for entry in _one_a_day(history):
        if entry.on > on:
            break
        if not accepts(entry.value):
            since = None
        elif since is None:
            since = entry.on
    return since


def _one_a_day(history: tuple[Dated, ...]) -> list[Dated]:
    last_of_day = {entry.on: entry for entry in history}
    return [last_of_day[day] for day in sorted(last_of_day)]
