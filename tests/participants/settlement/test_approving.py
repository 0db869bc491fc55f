"""Another person approves; the statement, the table and the transfer agent's file follow."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from ltip.accounts import services as accounts
from ltip.desk.scenarios.telling import LONG_AGO, Telling
from participants.people import services as people
from participants.settlement.models import Settlement, SettlementBatch
from participants.settlement.recipients import Recipient
from participants.settlement.statements import Line
from participants.settlement.transfer_agent import transfer_agent_csv
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of, holder
from tests.participants.pages import auditor, words
from tests.participants.settlement.desk import (
    MONDAY,
    TAX,
    address,
    approve,
    preparation,
    prepare,
    tick_all,
)

SUNDAY_LATER, MONDAY_LATER = date(2014, 3, 30), date(2014, 3, 31)


@pytest.fixture
def prepared(due: Telling, visit: Visit) -> Telling:
    """A batch waits for approval, and every condition is ticked."""
    tick_all(due, MONDAY)
    with visit(due.administrator, MONDAY) as browser:
        prepare(browser, due)
    return due


def statement_page(telling: Telling, name: str) -> str:
    return reverse("participants:statement", args=[award_of(telling, name).public_id])


def test_finance_is_asked_with_the_figures_and_its_approval_settles(
    prepared: Telling, visit: Visit
) -> None:
    with visit(prepared.approver, MONDAY) as browser:
        asked = words(browser.get(address(prepared)))
        said = words(approve(browser, prepared))
    assert (
        "You are asked to approve the settlement of 3 awards that Stock administrator prepared: "
        "9,597 shares are delivered and 5,513 are withheld for tax." in asked
    )
    assert "The settlement is approved." in said
    assert "2012–2013 is settled: 9,597 shares went to their holders." in said
    assert "15,110 earned = 5,513 withheld + 9,597 delivered to the last share" in said
    assert "Prepared by Stock administrator, approved by Finance on 24 March 2014" in said
    settled = Settlement.objects.get(award=award_of(prepared, "ann"))
    assert (settled.withheld, settled.delivered, settled.delivered_on) == (5502, 9498, MONDAY)


def test_the_holders_statement_shows_every_step(prepared: Telling, visit: Visit) -> None:
    with visit(prepared.approver, MONDAY) as browser:
        approve(browser, prepared)
    with visit(holder(prepared, "ann"), MONDAY) as browser:
        said = words(browser.get(statement_page(prepared, "ann")))
    assert "9,498 shares were delivered to you on 24 March 2014; 5,502 more paid your tax." in said
    assert "Shares earned 15,000" in said
    assert "$45,281.46 ÷ $8.23 a share, up to the next whole share − 5,502" in said
    assert "Shares delivered 9,498" in said
    assert "Fair Market Value of one share the close on 21 March 2014 $8.23" in said
    assert "Tax required $45,281.46" in said
    assert "Target granted on 23 February 2012 15,000 P Grants" in said
    assert "22 March 2014 is no business day" in said


def test_the_statement_says_what_comes_back_and_what_is_still_owed(
    prepared: Telling, visit: Visit
) -> None:
    with visit(prepared.approver, MONDAY) as browser:
        approve(browser, prepared)
    said = {}
    for name in ("carol", "dave"):
        with visit(holder(prepared, name), MONDAY) as browser:
            said[name] = words(browser.get(statement_page(prepared, name)))
    assert "worth beyond the tax $8.22" in said["carol"]
    assert "shares did not cover $0.00" in said["carol"]
    assert "worth beyond the tax $0.00" in said["dave"]
    assert "shares did not cover $17.70" in said["dave"]
    assert "ann" not in said["dave"].split()


def test_before_it_settles_there_is_no_statement_and_the_page_says_so(
    prepared: Telling, visit: Visit
) -> None:
    with visit(holder(prepared, "ann"), MONDAY) as browser:
        said = words(browser.get(statement_page(prepared, "ann")))
    assert "There is no statement yet" in said


def test_a_statement_is_the_holders_alone(prepared: Telling, visit: Visit) -> None:
    with visit(prepared.approver, MONDAY) as browser:
        approve(browser, prepared)
        assert browser.get(statement_page(prepared, "ann")).status_code == 403
    with visit(holder(prepared, "dave"), MONDAY) as browser:
        assert browser.get(statement_page(prepared, "ann")).status_code == 404
    with visit(auditor(prepared), MONDAY) as browser:
        assert browser.get(statement_page(prepared, "ann")).status_code == 403


def test_whoever_prepared_a_batch_does_not_approve_it(due: Telling, visit: Visit) -> None:
    accounts.assign_role(
        user=due.administrator,
        role="finance",
        starts_on=LONG_AGO,
        by=accounts.SYSTEM,
        at=due.told_at,
    )
    tick_all(due, MONDAY)
    with visit(due.administrator, MONDAY) as browser:
        shown = words(prepare(browser, due))
        said = words(approve(browser, due))
    assert "You prepared it, so a colleague in finance approves it." in shown
    assert "Approve the settlement" not in shown
    assert "Whoever prepared a settlement does not approve it." in said
    assert not Settlement.objects.exists()


def test_an_open_condition_stands_in_the_way(due: Telling, visit: Visit) -> None:
    with visit(due.administrator, MONDAY) as browser:
        prepare(browser, due)
        browser.post(address(due, "tick_condition"), {"condition": "listing"})
    with visit(due.approver, MONDAY) as browser:
        shown = words(browser.get(address(due)))
        said = words(approve(browser, due))
    assert "Stands in the way: 4 conditions to delivery are not ticked yet." in shown
    assert "GA §8: A condition to delivery is not ticked" in said
    assert not Settlement.objects.exists()


def test_a_wrong_password_is_said_beside_it(prepared: Telling, visit: Visit) -> None:
    with visit(prepared.approver, MONDAY) as browser:
        page = approve(browser, prepared, password="another password")
    assert list(page.context["approval"].errors) == ["password"]
    assert "This is not your password." in words(page)
    assert not Settlement.objects.exists()


def test_a_batch_that_another_replaced_is_refused_and_the_new_one_shown(
    prepared: Telling, visit: Visit
) -> None:
    stale = SettlementBatch.objects.get()
    with visit(prepared.administrator, MONDAY) as browser:
        prepare(browser, prepared, preparation(prepared, TAX | {"carol": "8.24"}))
    with visit(prepared.approver, MONDAY) as browser:
        page = approve(browser, prepared, batch=str(stale.public_id), shown_digest=stale.digest)
    said = words(page)
    assert "A later batch has taken the place of this one." in said
    assert "carol Tax $0.01 $8.24" in said
    assert SettlementBatch.objects.latest("pk").digest in page.content.decode()
    assert not Settlement.objects.exists()


def test_a_digest_that_was_not_shown_is_refused(prepared: Telling, visit: Visit) -> None:
    with visit(prepared.approver, MONDAY) as browser:
        page = approve(browser, prepared, shown_digest="0" * 64)
    assert "The page showed another batch." in words(page)
    assert f'value="{SettlementBatch.objects.get().digest}"' in page.content.decode()
    assert not Settlement.objects.exists()


def test_a_batch_that_no_longer_holds_true_is_refused_with_the_name(
    prepared: Telling, visit: Visit
) -> None:
    people.end_service(
        employee=prepared.holders["carol"],
        ended_on=date(2014, 3, 20),
        reason="resignation",
        by=prepared.secretary,
        at=cast.noon(MONDAY),
    )
    with visit(prepared.approver, MONDAY) as browser:
        shown = words(browser.get(address(prepared)))
        said = words(approve(browser, prepared))
    assert "What is due changed for carol: prepare the settlement again." in shown
    assert "What carol is due changed since the batch was prepared." in said
    assert not Settlement.objects.exists()


def test_a_batch_whose_settlement_date_moved_is_refused_though_the_shares_are_the_same(
    prepared: Telling, visit: Visit
) -> None:
    """Dismissed other than for Cause on 28 February: the 30th day after that is 30 March."""
    people.end_service(
        employee=prepared.holders["carol"],
        ended_on=date(2014, 2, 28),
        reason="without_cause",
        by=prepared.secretary,
        at=cast.noon(SUNDAY_LATER),
    )
    with visit(prepared.approver, MONDAY_LATER) as browser:
        said = words(approve(browser, prepared))
    assert "What carol is due changed since the batch was prepared." in said
    assert not Settlement.objects.exists()


def test_approving_twice_settles_once_and_the_second_is_told(
    prepared: Telling, visit: Visit
) -> None:
    with visit(prepared.approver, MONDAY) as browser:
        approve(browser, prepared)
        said = words(approve(browser, prepared))
    assert "This settlement was approved already." in said
    assert Settlement.objects.count() == 3


def test_what_is_settled_is_not_prepared_again(prepared: Telling, visit: Visit) -> None:
    with visit(prepared.approver, MONDAY) as browser:
        approve(browser, prepared)
    with visit(prepared.administrator, MONDAY) as browser:
        said = words(prepare(browser, prepared))
    assert "Every award of 2012–2013 that is due is settled." in said
    assert SettlementBatch.objects.count() == 1


def test_a_late_approval_on_a_weekend_delivers_on_the_next_business_day(
    prepared: Telling, visit: Visit
) -> None:
    with visit(prepared.approver, SUNDAY_LATER) as browser:
        approve(browser, prepared)
    assert {row.delivered_on for row in Settlement.objects.all()} == {MONDAY_LATER}


def test_the_transfer_agent_gets_each_delivery_and_nobody_without_one(
    prepared: Telling, visit: Visit
) -> None:
    """All of Dave's ten shares went for tax: there is nothing to deliver."""
    with visit(prepared.approver, MONDAY) as browser:
        approve(browser, prepared)
        answer = browser.get(address(prepared, "transfer_agent_file"))
    ann, carol = (award_of(prepared, name).public_id for name in ("ann", "carol"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="transfer-agent-2012-2013.csv"'
    assert answer.content.decode() == (
        "name,shares delivered,delivery date,award id\r\n"
        f"ann,9498,2014-03-24,{ann}\r\n"
        f"carol,99,2014-03-24,{carol}\r\n"
    )


def test_before_anything_is_settled_there_is_no_file(prepared: Telling, visit: Visit) -> None:
    with visit(prepared.approver, MONDAY) as browser:
        page = browser.get(address(prepared, "transfer_agent_file"), follow=True)
    assert "Nothing is settled yet, so there is no file." in words(page)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_a_name_that_a_spreadsheet_would_take_for_a_formula_is_made_harmless(name: str) -> None:
    line = Line(
        award="f00d",
        holder=name,
        shares=10,
        settles_on=MONDAY,
        delivered_on=MONDAY,
        fair_market_value=Decimal(1),
        source="",
        currency="USD",
        tax_minor=0,
        withheld=0,
        delivered=10,
        returned_minor=0,
        owed_minor=0,
        recipients=(Recipient(name, 10),),
        steps=[],
    )
    assert transfer_agent_csv([line]).split("\r\n")[1] == f"'{name},10,2014-03-24,f00d"
