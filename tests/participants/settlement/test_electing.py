"""A holder chooses how the tax is paid; the batch, the statement and the page follow.

Certified on 20 February 2014, the awards settle on Saturday, 22 March. Ann earned 15,000 shares at
$8.23; her tax is $45,281.46.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ltip.desk.scenarios.telling import PASSWORD, Telling
from ltip.records.selectors import content_of
from ltip.rules.outcome import Refused
from participants.settlement import electing
from participants.settlement.models import Settlement, SettlementBatch, WithholdingElection
from participants.settlement.statements import lines_of
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of, holder
from tests.participants.pages import words
from tests.participants.settlement.desk import (
    BEFORE_REPORT,
    FRIDAY,
    MONDAY,
    SATURDAY,
    STORY,
    approve,
    prepare,
    tick_all,
)


def page_of(telling: Telling, name: str = "ann") -> str:
    return f"/my/awards/{award_of(telling, name).public_id}/tax/"


def elect(telling: Telling, shares: int, cash: int, on: date = FRIDAY, **changes: Any) -> Any:
    user, at = telling.holders["ann"].user, cast.noon(on)
    told = {
        "award": award_of(telling, "ann"),
        "shares_percent": shares,
        "cash_percent": cash,
        "by": user,
        "authentication": cast.proof(user, at),
        "at": at,
    }
    return electing.elect_withholding(**(told | changes))


@pytest.fixture
def ann(due: Telling) -> Telling:
    """Ann may sign in."""
    holder(due, "ann")
    return due


def line(telling: Telling, visit: Visit, on: date = MONDAY) -> Any:
    """Ann's line of a batch that is prepared."""
    with visit(telling.administrator, on) as browser:
        prepare(browser, telling)
    return next(
        one for one in lines_of(SettlementBatch.objects.latest("pk")) if one.holder == "ann"
    )


def test_without_an_election_the_company_withholds_shares(ann: Telling, visit: Visit) -> None:
    told = line(ann, visit)
    assert (told.withheld, told.cash_minor) == (5_502, 0)
    sentences = [step["sentence"] for step in told.steps]
    assert "The holder elected no other way to pay, so the company withholds shares." in sentences


def test_cash_leaves_every_share_to_the_holder(ann: Telling, visit: Visit) -> None:
    election = elect(ann, 0, 100)
    assert content_of(election.seal)["cash_percent"] == 100
    told = line(ann, visit)
    assert (told.withheld, told.delivered, told.cash_minor) == (0, 15_000, 4_528_146)
    assert (told.owed_minor, told.returned_minor) == (0, 0)


def test_a_tax_paid_in_both_ways_is_divided_and_only_one_part_withheld(
    ann: Telling, visit: Visit
) -> None:
    """60 % of 45,281.46 from wages is 27,168.88; 18,112.58 ÷ 8.23 is 2,200.8: 2,201 shares."""
    elect(ann, 40, 60)
    told = line(ann, visit)
    assert (told.cash_minor, told.withheld, told.delivered) == (2_716_888, 2_201, 12_799)
    # 2,201 × 8.23 = 18,114.23: 1.65 more than the part paid in shares.
    assert told.returned_minor == 165
    steps = [(step["sentence"], step["figure"]) for step in told.steps]
    assert (
        "The holder elected on 21 March 2014 how the tax is paid.",
        "40 % shares, 60 % wages or cash",
    ) in steps
    assert (
        "60 % of the tax of $45,281.46 is withheld from wages or paid in cash.",
        "$27,168.88",
    ) in steps


def test_the_latest_election_in_time_holds(ann: Telling, visit: Visit) -> None:
    elect(ann, 0, 100, on=FRIDAY - timedelta(days=1))
    elect(ann, 100, 0)
    assert line(ann, visit).withheld == 5_502


def test_it_is_chosen_before_the_settlement_date(ann: Telling) -> None:
    with pytest.raises(Refused, match="an election is made before that day"):
        elect(ann, 0, 100, on=SATURDAY)
    assert not WithholdingElection.objects.exists()


def test_nothing_is_chosen_before_the_award_is_determined(db: None) -> None:
    telling = cast.told(acts=BEFORE_REPORT, name=STORY)
    holder(telling, "ann")
    with pytest.raises(Refused, match="what this award earned is not determined yet"):
        elect(telling, 0, 100)


@pytest.mark.parametrize(("shares", "cash"), [(50, 49), (-1, 101), (0, 0)])
def test_parts_that_are_not_the_whole_are_refused(ann: Telling, shares: int, cash: int) -> None:
    with pytest.raises(Refused, match="do not make up the whole tax"):
        elect(ann, shares, cash)


def test_only_the_holder_chooses(ann: Telling) -> None:
    other, at = ann.administrator, cast.noon(FRIDAY)
    with pytest.raises(Refused, match="Only the holder chooses how the tax is paid"):
        elect(ann, 0, 100, by=other, authentication=cast.proof(other, at))


def test_an_election_is_never_edited_or_deleted(ann: Telling) -> None:
    election = elect(ann, 0, 100)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        WithholdingElection.objects.update(cash_percent=1, shares_percent=99)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        election.delete()


def test_by_decision_of_the_committee_nobody_chooses(ann: Telling, visit: Visit) -> None:
    elect(ann, 0, 100)
    request = {
        "readings": {"withholding.choice": "shares"},
        "effective_on": "2014-03-21",
        "reason": "One way for all",
    }
    cast.adopt(ann, "reading", request, FRIDAY)
    with pytest.raises(Refused, match="the company withholds shares from everyone"):
        elect(ann, 0, 100)
    told = line(ann, visit)
    assert (told.withheld, told.cash_minor) == (5_502, 0)


def test_the_holder_chooses_on_the_page_and_reads_what_it_means(ann: Telling, visit: Visit) -> None:
    """15,000 shares at the latest close, 8.23, are worth 123,450.00; 40 % of that is 49,380.00,
    which is 6,000 shares, and half of it 3,000 shares and 24,690.00."""
    form = {"way": "split", "shares_percent": "40", "cash_percent": "60", "password": PASSWORD}
    with visit(ann.holders["ann"].user, FRIDAY) as browser:
        said = words(browser.get(page_of(ann)))
        unsaid = words(browser.post(page_of(ann), form | {"cash_percent": "59"}))
        wrong = words(browser.post(page_of(ann), form | {"password": "wrong"}))
        assert not WithholdingElection.objects.exists()
        done = words(browser.post(page_of(ann), form, follow=True))
        link = browser.get(f"/my/awards/{award_of(ann, 'ann').public_id}/").content.decode()
    assert "and choose again, until 21 March 2014: they settle on 22 March 2014." in said
    assert "You earned 15,000 shares." in said
    assert "At the latest close, $8.23 on 21 March 2014, your shares are worth $123,450.00." in said
    assert "Were the tax 40 % of that, to take an example, it would be $49,380.00:" in said
    assert "In shares 6,000 0 9,000 $0.00" in said
    assert "Half and half 3,000 0 12,000 $24,690.00" in said
    assert "you owe 0 6,000 9,000 $0.00" in said
    assert "From wages or in cash 0 0 15,000 $49,380.00" in said
    assert "Say how much is paid in each way: the parts add up to 100 per cent." in unsaid
    assert "This is not your password." in wrong
    assert "Your choice is on record." in done
    assert "The holder elected on 21 March 2014 how the tax is paid. 40 % shares, 60 %" in done
    assert page_of(ann) in link
    election = WithholdingElection.objects.get()
    assert (election.shares_percent, election.cash_percent) == (40, 60)


def test_the_page_says_why_there_is_nothing_to_choose(ann: Telling, visit: Visit) -> None:
    with visit(ann.holders["ann"].user, MONDAY) as browser:
        said = words(browser.get(page_of(ann)))
    assert "There is nothing to choose now: the award settles on 22 March 2014" in said
    assert "Put my choice on record" not in said


def test_the_batch_and_the_statement_show_what_is_owed_from_wages(
    ann: Telling, visit: Visit
) -> None:
    elect(ann, 40, 60)
    tick_all(ann, MONDAY)
    with visit(ann.administrator, MONDAY) as browser:
        said = words(prepare(browser, ann))
    with visit(ann.approver, MONDAY) as browser:
        assert "The settlement is approved." in words(approve(browser, ann))
    with visit(ann.holders["ann"].user, MONDAY) as browser:
        read = words(browser.get(page_of(ann).replace("/tax/", "/statement/")))
    assert "$45,281.46 of it $27,168.88 from wages 2,201 12,799 $1.65 $0.00" in said
    assert "Owed from your wages" in read
    assert "in cash $27,168.88" in read
    assert Settlement.objects.get(award=award_of(ann, "ann")).withheld == 2_201


def test_the_page_asks_the_database_as_often_after_many_elections(
    ann: Telling, visit: Visit
) -> None:
    counted = []
    for choices in (1, 4):
        for _ in range(choices):
            elect(ann, 40, 60)
        with (
            visit(ann.holders["ann"].user, FRIDAY) as browser,
            CaptureQueriesContext(connection) as queries,
        ):
            assert browser.get(page_of(ann)).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
