"""What the database filters by says the same as the rule, for many people on many days."""

import random
from datetime import date, timedelta

import pytest

from ltip.desk.scenarios.telling import Telling
from ltip.program.services.periods import open_period, record_stockholder_approval
from participants.awards.candidates import (
    ELIGIBLE,
    LATER,
    LISTED,
    NOT_ELIGIBLE,
    Candidates,
    Wanted,
    candidates_seen_from,
)
from participants.awards.enrolment import candidates, window_of
from participants.awards.services import propose_awards
from participants.people import services as people
from participants.people.facts import correct_hire
from participants.people.leaving import end_service
from participants.people.models import Employee, EmployeeStatus, StatusStretch
from participants.people.selectors import persons
from participants.people.stretches import keep_stretches
from tests import cast

BEGINS = date(2013, 1, 1)
PEOPLE, SEED = 70, 20130101
GRADES = ("Executive 1", "Executive 2", "Executive 11", "Executive 0", "Director")


def seen(telling: Telling, on: date) -> Candidates:
    return candidates_seen_from(window_of(telling.period, on=on))


def names(found: Candidates, status: str, **wanted: str) -> list[str]:
    return [e.name for e in found.matching(Wanted(status=status, **wanted))]


def somebody(telling: Telling, number: int, hired_on: date, **statuses: str) -> Employee:
    return people.record_employee(
        number=f"P{number}",
        name=f"Person {number:02}",
        email=f"{number}@people.example",
        hired_on=hired_on,
        statuses={"grade": "Executive 1", "kind": "regular", "country": "US"} | statuses,
        by=telling.secretary,
        at=telling.told_at,
    )


def change(telling: Telling, employee: Employee, subject: str, value: str, day: date) -> None:
    people.change_status(
        employee=employee,
        subject=subject,
        value=value,
        starts_on=day,
        by=telling.secretary,
        at=cast.noon(date(2014, 1, 1)),
    )


def leave(telling: Telling, employee: Employee, day: date) -> None:
    end_service(
        employee=employee,
        ended_on=day,
        reason="resignation",
        by=telling.secretary,
        at=cast.noon(date(2014, 1, 1)),
    )


def crowd(telling: Telling) -> None:
    """People with histories made up at random, crowded around the first day of the period."""
    chance = random.Random(SEED)  # noqa: S311 - a crowd, no secret
    for number in range(PEOPLE):
        hired_on = BEGINS + timedelta(days=chance.randint(-6, 4))
        kinds = ("regular", "regular", "regular", "contract")
        employee = somebody(
            telling,
            number,
            hired_on,
            grade=chance.choice(GRADES),
            kind=chance.choice(kinds),
            country=chance.choice(("US", "GB")),
            **({"covered": "yes"} if chance.random() < 0.2 else {}),
        )
        held = {"grade": set(), "kind": set()}
        for _ in range(chance.randint(0, 3)):
            subject = chance.choice(("grade", "kind"))
            value = chance.choice(GRADES if subject == "grade" else kinds)
            day = hired_on + timedelta(days=chance.randint(0, 6))
            before = persons([employee])[0].status_on(subject, day)
            if value != before and day not in held[subject]:
                held[subject].add(day)
                change(telling, employee, subject, value, day)
        if chance.random() < 0.2:
            leave(telling, employee, hired_on + timedelta(days=chance.randint(0, 8)))


@pytest.mark.django_db
def test_every_employee_stands_where_the_rule_puts_them(before_designation: Telling) -> None:
    crowd(before_designation)
    met = set()
    for on in (BEGINS + timedelta(days=number) for number in range(-4, 9)):
        found = seen(before_designation, on)
        everyone = candidates(found.window, Employee.objects.all())
        by_rule = {
            ELIGIBLE: [c.name for c in everyone if c.eligibility.eligible],
            LATER: [c.name for c in everyone if c.eligibility.eligible_from],
        }
        apart = {*by_rule[ELIGIBLE], *by_rule[LATER]}
        by_rule[NOT_ELIGIBLE] = [c.name for c in everyone if c.name not in apart]
        for status, expected in by_rule.items():
            assert names(found, status) == expected, (on, status)
            met |= {(status, name) for name in expected}
        assert {status: found.counts()[status] for status in by_rule} == {
            status: len(expected) for status, expected in by_rule.items()
        }
    # Each status came up for many of them, so that agreeing says something.
    assert min(sum(status == one for one, _ in met) for status in by_rule) >= 10


@pytest.mark.django_db
def test_grade_and_country_of_the_day_name_and_number_are_searched_for(
    before_designation: Telling,
) -> None:
    nina = somebody(before_designation, 1, date(2010, 1, 4), grade="Executive 2", country="GB")
    somebody(before_designation, 12, date(2010, 1, 4))
    change(before_designation, nina, "grade", "Executive 3", date(2013, 3, 5))
    change(before_designation, nina, "country", "US", date(2013, 3, 6))
    on = [seen(before_designation, date(2013, 3, day)) for day in (4, 5, 6)]
    assert [names(day, ELIGIBLE, grade="Executive 2") for day in on] == [["Person 01"], [], []]
    assert [names(day, ELIGIBLE, country="GB") for day in on] == [["Person 01"]] * 2 + [[]]
    assert names(on[0], ELIGIBLE, text="person 0") == ["Person 01"]
    assert names(on[0], ELIGIBLE, text="p1") == ["Person 01", "Person 12"]
    assert names(on[0], ELIGIBLE, text="p12") == ["Person 12"]
    assert names(on[0], NOT_ELIGIBLE, text="p12") == []
    assert on[0].grades() == ["Executive 1", "Executive 2", "Executive 3"]
    assert on[0].countries() == ["GB", "US"]


@pytest.mark.django_db
def test_after_the_shorter_window_covered_employees_can_not_be_chosen(
    before_designation: Telling,
) -> None:
    # A quarter of the 181 days from January to June 2013 is 45 days, the last 14 February.
    by, at = before_designation.secretary, cast.noon(BEGINS)
    record_stockholder_approval(approved_on=date(2012, 6, 1), by=by, at=at)
    short = open_period(start_date=BEGINS, end_date=date(2013, 6, 30), by=by, at=at)
    somebody(before_designation, 1, date(2010, 1, 4), covered="yes")
    for day, status in ((date(2013, 2, 14), ELIGIBLE), (date(2013, 2, 15), NOT_ELIGIBLE)):
        found = candidates_seen_from(window_of(short, on=day))
        assert "Person 01" in names(found, status)
        (candidate,) = candidates(found.window, Employee.objects.filter(number="P1"))
        assert candidate.may_be_chosen is (status == ELIGIBLE)


@pytest.mark.django_db
def test_what_is_recorded_later_is_seen_at_the_next_look(before_designation: Telling) -> None:
    on = date(2013, 3, 4)
    nina = somebody(before_designation, 1, date(2010, 1, 4))
    assert "Person 01" in names(seen(before_designation, on), ELIGIBLE)
    assert keep_stretches() == 0
    leave(before_designation, nina, date(2013, 3, 1))
    assert "Person 01" in names(seen(before_designation, on), NOT_ELIGIBLE)
    leave(before_designation, nina, date(2013, 3, 5))  # a correction of the record
    assert "Person 01" in names(seen(before_designation, on), ELIGIBLE)
    change(before_designation, nina, "grade", "Director", date(2013, 2, 1))
    assert keep_stretches() == 1
    assert "Person 01" in names(seen(before_designation, on), NOT_ELIGIBLE)
    subjects = StatusStretch.objects.filter(employee=nina).values_list("subject", "value")
    assert sorted(subjects) == [
        ("country", "US"),
        ("eligible", ""),
        ("grade", "Director"),
        ("grade", "Executive 1"),
    ]
    assert EmployeeStatus.objects.filter(employee=nina).count() == 4


@pytest.mark.django_db
def test_a_corrected_day_of_hire_is_seen_too(before_designation: Telling) -> None:
    on = date(2013, 3, 4)
    nina = somebody(before_designation, 1, date(2010, 1, 4))
    assert "Person 01" in names(seen(before_designation, on), ELIGIBLE)
    correct_hire(employee=nina, hired_on=BEGINS, by=before_designation.secretary, at=cast.noon(on))
    assert names(seen(before_designation, on), LATER) == ["Person 01"]


@pytest.mark.django_db
def test_the_totals_count_those_who_can_still_be_granted(before_designation: Telling) -> None:
    on = date(2013, 3, 4)
    nina = somebody(before_designation, 1, date(2010, 1, 4))
    shares = {str(e.public_id): 100 for e in Employee.objects.all()}
    propose_awards(
        period=before_designation.period,
        shares=shares,
        by=before_designation.secretary,
        at=cast.noon(on),
        on=on,
    )
    leave(before_designation, nina, date(2013, 3, 3))
    totals = seen(before_designation, on).totals()
    assert (totals.employees, totals.target, totals.most) == (2, 200, 400)
    assert seen(before_designation, on).counts()[LISTED] == 3
