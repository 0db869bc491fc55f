"""Two hundred members sign in parallel, over fifty connections: one adoption, one chain."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from committee.members import seat_member
from committee.models import Adoption, Signature
from committee.services import propose_act
from ltip.accounts.models import User
from ltip.accounts.services import SYSTEM, open_account
from ltip.desk.scenarios.telling import PASSWORD
from ltip.records.models import Seal
from ltip.records.selectors import content_of, first_fault
from participants.awards.models import Designation
from tests import cast
from tests.test_exactly_once import at_once

pytestmark = [
    pytest.mark.drill,
    pytest.mark.usefixtures("fresh_database"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]

MEMBERS, CONNECTIONS = 200, 50
WINDOW_DAY = date(2013, 1, 10)


def seated(telling: Any) -> list[User]:
    """The Committee of the story, and as many more as make two hundred."""
    more = MEMBERS - len(telling.members)
    for number in range(more):
        user = open_account(
            email=f"member{number}@drill.example",
            name=f"Member {number}",
            time_zone="UTC",
            by=SYSTEM,
            at=telling.told_at,
            password=PASSWORD,
        )
        seat_member(
            user=user,
            position="member",
            starts_on=date(2013, 1, 1),
            by=SYSTEM,
            at=telling.told_at,
        )
    return list(User.objects.filter(memberships__isnull=False))


def test_two_hundred_signatures_in_parallel_adopt_once_and_leave_one_unbroken_chain() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    members = seated(telling)
    assert len(members) == MEMBERS
    employee = str(telling.holders["signed"].public_id)
    at = cast.noon(WINDOW_DAY)
    act = propose_act(
        kind="designation",
        request={"period": telling.period.label, "employees": [employee]},
        by=telling.secretary,
        at=at,
    )
    before, _ = first_fault()

    def signing(some: list[User]) -> Any:
        return lambda: [cast.sign(act, member, at).adopted for member in some]

    results = at_once(*[signing(members[start::CONNECTIONS]) for start in range(CONNECTIONS)])
    assert sorted(adopted for given in results for adopted in given) == [False] * 199 + [True]
    assert Signature.objects.filter(act=act).count() == MEMBERS
    assert Adoption.objects.filter(act=act).count() == 1
    assert Designation.objects.count() == 1
    told = content_of(Adoption.objects.get(act=act).seal)
    assert {given["member"] for given in told["signatures"]} == {
        str(member.public_id) for member in members
    }
    assert first_fault() == (before + MEMBERS, None)
    signed = Seal.objects.filter(number__gt=before).order_by("number")
    assert [seal.kind for seal in signed] == [
        *["committee.act.signed"] * (MEMBERS - 1),
        "committee.designation.adopted",
    ]
