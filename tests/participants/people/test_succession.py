"""Whom a holder named, who survived, and how the shares are divided."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ltip.desk.scenarios.telling import Telling
from ltip.rules.outcome import Refused
from participants.people import succession
from participants.people.heirs import Heirs, heirs_of
from participants.people.succession import Named
from tests import cast
from tests.participants.leavers import leave

DIED, NAMED = date(2014, 6, 29), date(2014, 5, 2)


def named(*parts: tuple[str, str]) -> list[Named]:
    return [Named(name, "child", Decimal(percent)) for name, percent in parts]


def name(telling: Telling, *parts: tuple[str, str], on: date = NAMED, **more: Any) -> Any:
    return succession.name_beneficiaries(
        employee=telling.holders["signed"],
        designated_on=on,
        beneficiaries=named(*parts),
        by=telling.secretary,
        at=cast.noon(more.pop("recorded_on", DIED)),
        **more,
    )


def succeed(telling: Telling, **told: Any) -> Any:
    return succession.record_succession(
        employee=telling.holders["signed"], by=telling.secretary, at=cast.noon(DIED), **told
    )


def on_record(telling: Telling) -> Heirs:
    employee = telling.holders["signed"]
    return heirs_of([employee])[employee.pk]


def test_the_parts_of_those_named_make_a_hundred_percent(granted: Telling) -> None:
    for parts in ("49.99", "50.01"):
        with pytest.raises(Refused, match=r"not 100 %") as refusal:
            name(granted, ("Ida", parts), ("Otto", "50"))
        assert refusal.value.place == "GA §4"
    name(granted, ("Ida", "50.00"), ("Otto", "50"))
    assert [row.name for row in on_record(granted).beneficiaries] == ["Ida", "Otto"]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([], "has no name"),
        ([(" ", "100")], "has no name"),
        ([("Ida", "60"), ("Ida ", "40")], "Ida is named twice"),
        ([("Ida", "100"), ("Otto", "0")], "The part of Otto is above nothing"),
        ([("Ida", "66.667"), ("Otto", "33.333")], "at most two decimals"),
    ],
)
def test_a_designation_that_can_not_be_divided_is_refused(
    granted: Telling, parts: list[tuple[str, str]], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        name(granted, *parts)


@pytest.mark.parametrize(
    ("on", "is_taken"), [(date(2014, 6, 28), True), (DIED, True), (date(2014, 6, 30), False)]
)
def test_nobody_names_anyone_after_death(granted: Telling, on: date, is_taken: bool) -> None:
    leave(granted, "signed", DIED, "death")
    recorded_on = date(2014, 7, 15)
    if is_taken:
        name(granted, ("Ida", "100"), on=on, recorded_on=recorded_on)
        assert on_record(granted).designation is not None
    else:
        with pytest.raises(Refused, match="died on 29 June 2014, before 30 June 2014"):
            name(granted, ("Ida", "100"), on=on, recorded_on=recorded_on)


def test_the_designation_of_the_latest_day_holds_whenever_it_was_recorded(
    granted: Telling,
) -> None:
    name(granted, ("Otto", "100"), on=date(2014, 5, 3))
    name(granted, ("Ida", "100"), on=date(2014, 5, 2))
    assert [row.name for row in on_record(granted).beneficiaries] == ["Otto"]
    name(granted, ("Uwe", "100"), on=date(2014, 5, 3))
    assert [row.name for row in on_record(granted).beneficiaries] == ["Uwe"]


def test_nobody_takes_the_shares_of_the_living(granted: Telling) -> None:
    with pytest.raises(Refused, match="No death of signed is on record") as refusal:
        succeed(granted, estate_representative="The estate")
    assert refusal.value.place == "GA §4"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "nobody stands for the estate"),
        ({"estate_representative": "  "}, "nobody stands for the estate"),
        ({"survivors": [1], "estate_representative": "Nora"}, "the estate takes nothing"),
        ({"survivors": [3]}, "no beneficiary number 3"),
    ],
)
def test_a_succession_that_names_nobody_or_too_many_is_refused(
    granted: Telling, told: dict[str, Any], said: str
) -> None:
    name(granted, ("Ida", "60"), ("Otto", "40"))
    leave(granted, "signed", DIED, "death")
    with pytest.raises(Refused, match=said):
        succeed(granted, **told)


def test_those_who_survived_divide_the_whole_and_no_share_is_lost(granted: Telling) -> None:
    name(granted, ("Ida", "33.33"), ("Otto", "33.33"), ("Uwe", "33.34"))
    leave(granted, "signed", DIED, "death")
    succeed(granted, survivors=[1, 2, 3])
    # 100 shares: 33.33, 33.33 and 33.34 leave one over, for the largest remainder: Uwe's.
    divided = on_record(granted).shares(100).value
    assert [heir.name for heir in divided] == ["Ida", "Otto", "Uwe"]
    assert [heir.shares for heir in divided] == [33, 33, 34]


def test_the_part_of_one_who_died_before_goes_to_the_others(granted: Telling) -> None:
    name(granted, ("Ida", "50"), ("Otto", "30"), ("Uwe", "20"))
    leave(granted, "signed", DIED, "death")
    succeed(granted, survivors=[2, 3])
    # 60 % and 40 % of 301: 180.6 and 120.4; the one left over goes to the larger remainder.
    divided = on_record(granted).shares(301).value
    assert [(heir.name, heir.shares) for heir in divided] == [("Otto", 181), ("Uwe", 120)]


@pytest.mark.parametrize("is_named", [True, False])
def test_without_a_survivor_the_estate_takes_all(granted: Telling, is_named: bool) -> None:
    if is_named:
        name(granted, ("Ida", "100"))
    leave(granted, "signed", DIED, "death")
    succeed(granted, estate_representative="Nora, executor")
    divided = on_record(granted).shares(300).value
    assert [(heir.name, heir.shares) for heir in divided] == [("Nora, executor", 300)]


def test_the_latest_succession_holds(granted: Telling) -> None:
    name(granted, ("Ida", "50"), ("Otto", "50"))
    leave(granted, "signed", DIED, "death")
    succeed(granted, survivors=[1, 2])
    succeed(granted, survivors=[2])
    assert [heir.name for heir in on_record(granted).shares(7).value] == ["Otto"]


def test_a_designation_found_later_asks_for_the_heirs_again(granted: Telling) -> None:
    leave(granted, "signed", DIED, "death")
    assert not on_record(granted).is_settled
    succeed(granted, estate_representative="Nora")
    assert on_record(granted).is_settled
    name(granted, ("Ida", "100"))
    assert not on_record(granted).is_settled
    with pytest.raises(Refused, match="It is not recorded who takes the shares"):
        on_record(granted).shares(300)
    succeed(granted, survivors=[1])
    assert [heir.name for heir in on_record(granted).shares(300).value] == ["Ida"]
