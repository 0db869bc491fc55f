"""From when to when a person may be designated, and that it says the same as the rule."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from ltip.rules.eligibility import Dated, eligibility
from ltip.rules.stretches import Stretch, eligible_stretches, stretches_of

START = date(2012, 12, 25)
DAYS = 16  # few days, so that entries of one day and of days that touch come up often


def day(number: int) -> date:
    return START + timedelta(days=number)


def test_a_value_holds_until_the_day_before_the_next_one() -> None:
    history = (Dated(day(0), "Executive 1"), Dated(day(5), "Manager"), Dated(day(9), "Manager"))
    first, second = stretches_of(history)
    assert first == Stretch("Executive 1", day(0), day(5))
    assert second == Stretch("Manager", day(5), None)
    assert [first.holds_on(day(n)) for n in (-1, 0, 4, 5)] == [False, True, True, False]
    assert [second.holds_on(day(n)) for n in (4, 5, 900)] == [False, True, True]


def test_of_two_entries_of_one_day_the_later_listed_holds() -> None:
    history = (Dated(day(3), "Executive 1"), Dated(day(3), "Manager"))
    assert stretches_of(history) == (Stretch("Manager", day(3), None),)


def test_without_a_history_nothing_holds() -> None:
    assert stretches_of(()) == ()


def test_a_promotion_inside_the_eligible_grades_breaks_nothing() -> None:
    assert eligible_stretches(
        hired=day(0),
        kinds=(Dated(day(0), "regular"),),
        grades=(Dated(day(2), "Executive 1"), Dated(day(6), "Executive 2"), Dated(day(8), "VP")),
        service_ended=None,
    ) == (Stretch("", day(2), day(8)),)


@pytest.mark.parametrize(
    ("ended", "stretches"),
    [
        (3, ()),
        (4, (Stretch("", day(3), day(4)),)),
        (9, (Stretch("", day(3), day(7)),)),
    ],
)
def test_it_ends_with_the_first_of_grade_kind_and_service(
    ended: int, stretches: tuple[Stretch, ...]
) -> None:
    found = eligible_stretches(
        hired=day(1),
        kinds=(Dated(day(3), "regular"), Dated(day(7), "contract")),
        grades=(Dated(day(2), "Executive 1"),),
        service_ended=day(ended),
    )
    assert found == stretches


def test_they_come_in_the_order_of_their_days() -> None:
    found = eligible_stretches(
        hired=day(0),
        kinds=(Dated(day(0), "regular"), Dated(day(2), "temporary"), Dated(day(4), "regular")),
        grades=(Dated(day(0), "Executive 1"), Dated(day(6), "VP"), Dated(day(8), "Executive 3")),
        service_ended=None,
    )
    assert [(s.since, s.ends_before) for s in found] == [
        (day(0), day(2)),
        (day(4), day(6)),
        (day(8), None),
    ]


days = some.integers(0, DAYS).map(day)
histories = {
    "kinds": ("regular", "regular", "temporary", "contract"),
    "grades": ("Executive 1", "Executive 2", "Executive 12", "Executive 0", "Manager"),
}


@settings(max_examples=600, deadline=None)
@given(
    hired=days,
    kinds=some.lists(some.tuples(days, some.sampled_from(histories["kinds"])), max_size=4),
    grades=some.lists(some.tuples(days, some.sampled_from(histories["grades"])), max_size=5),
    served=some.none() | some.integers(0, DAYS),
    start=days,
    on=days,
)
@example(
    hired=day(0),
    kinds=[(day(0), "regular")],
    grades=[(day(0), "Executive 1")],
    served=None,
    start=day(0),
    on=day(0),
)
def test_they_say_the_same_as_the_rule_of_every_person_on_every_day(
    hired: date,
    kinds: list[tuple[date, str]],
    grades: list[tuple[date, str]],
    served: int | None,
    start: date,
    on: date,
) -> None:
    person = {
        "hired": hired,
        "kinds": tuple(Dated(*entry) for entry in kinds),
        "grades": tuple(Dated(*entry) for entry in grades),
        "service_ended": None if served is None else hired + timedelta(days=served),
    }
    decided = eligibility(**person, period_start=start, on=on).value
    holding = [s for s in eligible_stretches(**person) if s.holds_on(on)]
    assert decided.eligible == any(s.since < start for s in holding)
    assert (decided.eligible_from is not None) == any(s.since >= start for s in holding)
    assert len(holding) <= 1
