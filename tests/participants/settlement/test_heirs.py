"""The shares of a holder who died go to the heirs, and to nobody while they are not recorded.

Carol earned 100 shares, certified on 20 February 2014. She dies that day: they are issued on the
30th day after, 22 March, a Saturday. Of her shares one is withheld for a tax of one cent, so that
99 are delivered.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ltip.desk.scenarios.telling import Telling
from ltip.rules.outcome import Refused
from participants.people import succession
from participants.people.succession import Named
from participants.settlement import services
from participants.settlement.models import Settlement, SettlementBatch
from participants.settlement.selectors import checks_before_approval, desk
from participants.settlement.statements import line_of
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of
from tests.participants.leavers import leave
from tests.participants.pages import words
from tests.participants.settlement.desk import (
    MONDAY,
    TAX,
    address,
    approve,
    preparation,
    prepare,
    tick_all,
)

DIED = date(2014, 2, 20)
OTHERS = {"ann": TAX["ann"], "dave": TAX["dave"]}


@pytest.fixture
def dead(due: Telling) -> Telling:
    """Carol named Ida and Otto, half and half, and died."""
    succession.name_beneficiaries(
        employee=due.holders["carol"],
        designated_on=date(2013, 5, 2),
        beneficiaries=[Named("=Ida", "", Decimal(50)), Named("Otto", "", Decimal(50))],
        by=due.secretary,
        at=cast.noon(DIED),
    )
    leave(due, "carol", DIED, "death")
    tick_all(due, MONDAY)
    return due


def survived(telling: Telling, *positions: int) -> None:
    succession.record_succession(
        employee=telling.holders["carol"],
        survivors=positions,
        by=telling.secretary,
        at=cast.noon(MONDAY),
    )


def test_without_recorded_heirs_the_award_is_held_back_by_name_and_the_others_go_on(
    dead: Telling, visit: Visit
) -> None:
    with visit(dead.administrator, MONDAY) as browser:
        said = words(browser.get(address(dead)))
        prepared = words(prepare(browser, dead, preparation(dead, OTHERS)))
    why = "has died, and it is not recorded who takes the shares GA §4"
    assert f"carol settles 22 Mar 2014 {why}" in said
    assert f"Held back: carol {why}" in prepared
    with pytest.raises(Refused, match="carol has died") as refusal:
        services.prepare_settlement(
            period=dead.period,
            tax_minor={str(award_of(dead, "carol").public_id): 1},
            by=dead.administrator,
            at=cast.noon(MONDAY),
        )
    assert refusal.value.place == "GA §4"


def test_the_heirs_are_the_recipients_to_the_last_share(dead: Telling, visit: Visit) -> None:
    survived(dead, 1, 2)
    with visit(dead.administrator, MONDAY) as browser:
        prepared = words(prepare(browser, dead))
    assert "carol delivery 24 Mar 2014 to the heirs: =Ida 50, Otto 49 GA §4" in prepared
    with visit(dead.approver, MONDAY) as browser:
        approve(browser, dead)
        file = browser.get(address(dead, "transfer_agent_file")).content.decode()
    line = line_of(Settlement.objects.get(award=award_of(dead, "carol")))
    assert [(heir.name, heir.shares) for heir in line.recipients] == [("=Ida", 50), ("Otto", 49)]
    rows = [row.split(",")[:2] for row in file.splitlines()]
    assert rows == [
        ["name", "shares delivered"],
        ["ann", "9498"],
        ["'=Ida", "50"],
        ["Otto", "49"],
    ]


def _check(telling: Telling) -> Any:
    return checks_before_approval(desk(telling.period, on=MONDAY))[-1]


def test_other_heirs_make_a_prepared_batch_stale(dead: Telling, visit: Visit) -> None:
    survived(dead, 1, 2)
    with visit(dead.administrator, MONDAY) as browser:
        prepare(browser, dead)
    assert _check(dead).passed
    survived(dead, 2)
    assert "What is due changed for carol" in _check(dead).sentence
    with visit(dead.approver, MONDAY) as browser:
        said = words(approve(browser, dead))
    assert "What carol is due changed since the batch was prepared." in said
    assert not Settlement.objects.exists()


def test_a_death_that_comes_to_light_makes_a_prepared_batch_stale(
    due: Telling, visit: Visit
) -> None:
    tick_all(due, MONDAY)
    with visit(due.administrator, MONDAY) as browser:
        prepare(browser, due)
    leave(due, "carol", DIED, "death")
    with visit(due.approver, MONDAY) as browser:
        said = words(approve(browser, due))
    assert "What carol is due changed since the batch was prepared." in said
    assert SettlementBatch.objects.count() == 1
    assert not Settlement.objects.exists()
