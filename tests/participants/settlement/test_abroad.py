"""Holders in the United Kingdom: held back without a joint election, and the days after delivery.

“signed” earned 300 shares and “unsigned” 41, due on Thursday, 26 March 2015, at 10.00 a share.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ltip.desk.scenarios.telling import Telling
from ltip.rules.outcome import Refused
from participants.papers import services as papers
from participants.papers.selectors import keys_to_agree_to
from participants.people import services as people
from participants.settlement import services
from participants.settlement.abroad import tax_abroad
from participants.settlement.models import Settlement
from participants.settlement.selectors import desk, unticked_conditions
from participants.settlement.statements import left_out_of
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of, holder
from tests.participants.pages import words
from tests.participants.papers.test_elections import elect, end, move, record

DUE = date(2015, 3, 26)
BEFORE = DUE - timedelta(days=1)


@pytest.fixture
def due(db: None) -> Telling:
    """Both have signed their notice; “signed” works in the United Kingdom since 6 January 2014."""
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    notice, user = award_of(telling, "unsigned").notice, telling.holders["unsigned"].user
    at = cast.noon(BEFORE)
    papers.sign_notice(
        notice=notice,
        shown_digest=notice.digest,
        agreed_to=keys_to_agree_to(notice),
        by=user,
        authentication=cast.proof(user, at),
        at=at,
    )
    move(telling, "signed")
    return telling


def prepare(telling: Telling, on: date = DUE, **tax: int) -> Any:
    public_ids = {str(award_of(telling, name).public_id): money for name, money in tax.items()}
    return services.prepare_settlement(
        period=telling.period, tax_minor=public_ids, by=telling.administrator, at=cast.noon(on)
    )


def settle(telling: Telling, on: date = DUE, **tax: int) -> dict[str, Settlement]:
    for condition in unticked_conditions(telling.period):
        services.tick_condition(
            period=telling.period,
            condition=condition,
            by=telling.administrator,
            at=cast.noon(on),
        )
    return approve(telling, prepare(telling, on, **tax), on)


def approve(telling: Telling, batch: Any, on: date = DUE) -> dict[str, Settlement]:
    at = cast.noon(on)
    settled = services.approve_settlement(
        batch=batch,
        shown_digest=batch.digest,
        by=telling.approver,
        authentication=cast.proof(telling.approver, at),
        at=at,
    )
    return {row.award.employee.name: row for row in settled}


def blocked(telling: Telling, on: date = DUE) -> dict[str, str]:
    return {
        award.holder: f"{award.held_back.place}: {award.held_back.reason}"
        for award in desk(telling.period, on=on).blocked
        if award.held_back
    }


def test_without_terms_on_record_nothing_is_delivered_there(due: Telling) -> None:
    assert blocked(due) == {
        "signed": "XB: is in the United Kingdom, for which no special terms are on record"
    }


def test_without_the_election_the_holder_is_held_back_by_name_and_the_others_go_on(
    due: Telling, visit: Visit
) -> None:
    record(due)
    assert blocked(due) == {"signed": "XB: has not signed the joint election"}
    batch = prepare(due, unsigned=0)
    assert left_out_of(batch) == [
        {"holder": "signed", "reason": "has not signed the joint election", "place": "XB"}
    ]
    with visit(due.administrator, DUE) as browser:
        said = words(browser.get(reverse("participants:settlement", args=[due.period])))
    assert "Held back: signed has not signed the joint election XB" in said
    assert list(settle(due, unsigned=0)) == ["unsigned"]


def test_a_tax_given_for_a_holder_without_an_election_is_refused(due: Telling) -> None:
    record(due)
    with pytest.raises(Refused, match="^XB: signed has not signed the joint election"):
        prepare(due, signed=0, unsigned=0)


def test_the_unsigned_notice_comes_before_the_missing_election(db: None) -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    record(telling)
    move(telling, "unsigned")
    assert blocked(telling)["unsigned"] == "GN: has not signed the notice of grant"


# Nothing vests before it is signed: a signature of the day of delivery counts from the next on.
@pytest.mark.parametrize(
    ("signed_on", "held"),
    [
        (BEFORE, None),
        (DUE, "signed the joint election on 26 March 2015, and nothing vests before the day after"),
    ],
)
def test_the_election_is_signed_before_the_day_on_which_the_shares_vest(
    due: Telling, signed_on: date, held: str | None
) -> None:
    record(due)
    elect(due, "signed", on=signed_on)
    assert blocked(due) == ({"signed": f"XB: {held}"} if held else {})
    assert blocked(due, DUE + timedelta(days=1)) == {}


@pytest.mark.parametrize(
    ("ended_on", "held"), [(DUE - timedelta(days=1), True), (DUE, True), (date(2015, 3, 27), False)]
)
def test_an_election_that_has_ended_holds_the_award_back(
    due: Telling, ended_on: date, held: bool
) -> None:
    record(due)
    end(due, elect(due, "signed", on=date(2014, 2, 3)), ended_on)
    said = "XB: has no joint election that is still in force on 26 March 2015"
    assert blocked(due) == ({"signed": said} if held else {})


def test_the_country_of_the_settlement_date_decides(due: Telling) -> None:
    record(due)
    move(due, "signed", country="US", on=DUE)
    assert blocked(due) == {}


def test_terms_without_a_joint_election_hold_nobody_back(due: Telling) -> None:
    record(due, terms={"uncollected_days": 90, "tax_month_day": 5})
    assert blocked(due) == {}


def test_an_election_that_ends_between_preparing_and_approving_stops_the_approval(
    due: Telling,
) -> None:
    record(due)
    election = elect(due, "signed", on=date(2014, 2, 3))
    for condition in unticked_conditions(due.period):
        services.tick_condition(
            period=due.period, condition=condition, by=due.administrator, at=cast.noon(DUE)
        )
    batch = prepare(due, signed=0, unsigned=0)
    end(due, election, DUE)
    with pytest.raises(Refused, match="^XB: signed has no joint election"):
        approve(due, batch)


# Delivered on 26 March 2015: 90 days later is 24 June 2015 (5 days of March, 30 of April, 31 of
# May, 24 of June). The tax month ends on 5 April; 14 days later is 19 April 2015.
def test_tax_is_made_good_within_ninety_days_and_then_is_a_loan(due: Telling) -> None:
    record(due)
    elect(due, "signed", on=date(2014, 2, 3))
    # 300 shares at 10.00 are worth 3,000.00; of a tax of 3,100.00 the holder still owes 100.00.
    settled = settle(due, signed=310_000, unsigned=0)
    (found,) = tax_abroad(settled.values())
    assert (found.holder, found.kind) == ("signed", "loan")
    assert found.made_good_until == date(2015, 6, 24)
    assert found.remits_by == date(2015, 4, 19)
    assert (found.owed_minor, found.is_urgent) == (10_000, True)


def test_for_an_officer_it_is_a_benefit(due: Telling) -> None:
    record(due)
    elect(due, "signed", on=date(2014, 2, 3))
    people.change_status(
        employee=due.holders["signed"],
        subject="officer",
        value="yes",
        starts_on=DUE,
        by=due.secretary,
        at=cast.noon(DUE),
    )
    (found,) = tax_abroad(settle(due, signed=0, unsigned=0).values())
    assert (found.kind, found.is_urgent) == ("benefit", False)


# A tax month that ended on the 5th of April is over on the 6th: the next one ends on 5 May.
@pytest.mark.parametrize(
    ("approved_on", "remits_by"),
    [
        (date(2015, 4, 2), date(2015, 4, 19)),
        (date(2015, 4, 6), date(2015, 5, 19)),
    ],
)
def test_a_late_delivery_moves_the_tax_month(
    due: Telling, approved_on: date, remits_by: date
) -> None:
    record(due)
    elect(due, "signed", on=date(2014, 2, 3))
    (found,) = tax_abroad(settle(due, approved_on, signed=0, unsigned=0).values())
    assert found.remits_by == remits_by


def test_other_terms_give_other_days(due: Telling) -> None:
    record(
        due,
        terms={
            "joint_election": False,
            "uncollected_days": 30,
            "remittance_days": 7,
            "tax_month_day": 20,
        },
    )
    # 26 March + 30 days = 25 April; the month ends on 20 April, 7 days later is 27 April.
    (found,) = tax_abroad(settle(due, signed=0, unsigned=0).values())
    assert found.made_good_until == date(2015, 4, 25)
    assert found.remits_by == date(2015, 4, 27)


def test_the_desk_and_the_holders_statement_show_the_days(due: Telling, visit: Visit) -> None:
    record(due)
    elect(due, "signed", on=date(2014, 2, 3))
    settle(due, signed=310_000, unsigned=0)
    after = date(2015, 3, 30)
    with visit(due.administrator, after) as browser:
        seen = words(browser.get(reverse("participants:settlement", args=[due.period])))
    assert "signed $100.00 urgent 24 June 2015, 86 days left then a loan at the official rate" in (
        seen
    )
    assert "Delivery may wait until the loan and the insurance are paid. XB" in seen
    where = reverse("participants:statement", args=[award_of(due, "signed").public_id])
    with visit(holder(due, "signed"), after) as browser:
        own = words(browser.get(where))
    assert "You still owe $100.00. Make it good until 24 June 2015." in own
    assert "becomes a loan to you at the official rate" in own
    assert "remits the employer's social insurance by 19 April 2015. XB" in own


def test_more_holders_abroad_ask_no_more_of_the_database(due: Telling, visit: Visit) -> None:
    record(due)
    few = _queries(due, visit)
    move(due, "unsigned")
    elect(due, "unsigned", on=date(2014, 2, 3))
    assert _queries(due, visit) == few


def _queries(telling: Telling, visit: Visit) -> int:
    where = reverse("participants:settlement", args=[telling.period])
    with visit(telling.administrator, DUE) as browser, CaptureQueriesContext(connection) as queries:
        assert browser.get(where).status_code == 200
    return len(queries)
