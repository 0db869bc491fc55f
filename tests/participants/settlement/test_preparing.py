"""The settlement desk up to the frozen batch: its states, its conditions, its form."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ltip.desk.scenarios.reading import read_story
from ltip.desk.scenarios.telling import Telling
from ltip.rules.outcome import Refused
from participants.awards.money import MoneyField
from participants.people import services as people
from participants.settlement import services
from participants.settlement.models import SettlementBatch
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of, holder
from tests.participants.pages import auditor, human_resources, words
from tests.participants.settlement.desk import (
    BEFORE_REPORT,
    BEFORE_SETTLEMENT,
    FRIDAY,
    MONDAY,
    SATURDAY,
    STORY,
    TAX,
    address,
    preparation,
    prepare,
    ticked,
)


def statement() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(SettlementBatch.objects.latest("pk").statement)
    return told


def error_of(page: Any, telling: Telling, name: str) -> list[str]:
    """What the page says beside the tax of a holder."""
    return page.context["preparation"].errors.get(f"tax_{award_of(telling, name).public_id}", [])


@pytest.mark.django_db
def test_nothing_settles_before_the_committee_has_certified(visit: Visit) -> None:
    telling = cast.told(acts=BEFORE_REPORT, name=STORY)
    with visit(telling.administrator, MONDAY) as browser:
        said = words(browser.get(address(telling)))
        refused = words(prepare(browser, telling))
    assert "2012–2013 is not certified." in said
    assert "P Award Determination" in said
    assert "the Committee has not certified what this award earned" in refused
    assert not SettlementBatch.objects.exists()


def test_before_the_settlement_date_the_page_says_how_long_and_when_shares_come(
    due: Telling, visit: Visit
) -> None:
    with visit(due.administrator, FRIDAY) as browser:
        page = browser.get(address(due))
        refused = words(prepare(browser, due))
    said = words(page)
    assert "Nothing can be settled before 22 March 2014" in said
    assert "22 Mar 2014 1 day left" in said
    assert "24 Mar 2014 the next business day" in said
    assert "ann settles 22 Mar 2014 · has signed 15,000" in said
    assert "Prepare the settlement" not in said
    assert "it cannot be settled on 21 March 2014" in refused
    assert not SettlementBatch.objects.exists()


def test_a_condition_is_ticked_once_by_name(due: Telling, visit: Visit) -> None:
    with visit(due.administrator, MONDAY) as browser:
        for _ in range(2):
            page = browser.post(
                address(due, "tick_condition"), {"condition": "listing"}, follow=True
            )
    said = words(page)
    assert "This condition is ticked already." in said
    assert "ticked by Stock administrator on 24 March 2014" in said
    assert "4 open" in said
    assert ticked(due) == [("listing", due.administrator)]


def test_an_unknown_condition_is_refused(due: Telling, visit: Visit) -> None:
    with visit(due.administrator, MONDAY) as browser:
        page = browser.post(address(due, "tick_condition"), {"condition": "luck"}, follow=True)
    assert "“luck” is no condition to delivery." in words(page)
    assert ticked(due) == []


def test_a_batch_is_frozen_and_shown_with_its_totals_and_why(due: Telling, visit: Visit) -> None:
    """45,281.46 ÷ 8.23 = 5,502; 0.01 takes one share of 8.23; ten shares of 8.23 are 82.30."""
    with visit(due.administrator, MONDAY) as browser:
        said = words(prepare(browser, due))
    assert "The settlement is prepared and waits for finance." in said
    assert "ann delivery 24 Mar 2014 15,000 $8.23 $45,281.46 5,502 9,498 $0.00 $0.00" in said
    assert "carol delivery 24 Mar 2014 100 $8.23 $0.01 1 99 $8.22 $0.00" in said
    assert "dave delivery 24 Mar 2014 10 $8.23 $100.00 10 0 $0.00 $17.70" in said
    assert "Together 15,110 $45,381.47 5,513 9,597 $8.22 $17.70" in said
    assert "15,110 earned = 5,513 withheld + 9,597 delivered to the last share" in said
    assert "Fair Market Value: the close on 21 March 2014." in said
    assert "up to the next whole share and no more than were earned. 5,502" in said
    assert SettlementBatch.objects.get().digest in said


def test_a_mistake_in_the_tax_is_said_beside_it_and_the_rest_stays_filled_in(
    due: Telling, visit: Visit
) -> None:
    mistakes = {"carol": "", "dave": "45.281,46"}
    with visit(due.administrator, MONDAY) as browser:
        page = prepare(browser, due, preparation(due, TAX | mistakes))
    assert error_of(page, due, "ann") == []
    assert error_of(page, due, "carol") == ["Enter the tax; 0 where there is none."]
    assert error_of(page, due, "dave") == ["Write it like 45,281.46, with at most two decimals."]
    assert 'value="45,281.46"' in page.content.decode()
    assert 'value="45.281,46"' in page.content.decode()
    assert not SettlementBatch.objects.exists()


@pytest.mark.parametrize(
    "written", ["", "  ", "1,23", "-5", "100.001", "1e3", "NaN", "nothing", "1,2345.00", "١٢"]
)
def test_what_is_no_amount_of_dollars_and_cents_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        MoneyField().clean(written)


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("45,281.46", 4528146),
        ("45281.46", 4528146),
        ("$45,281.46", 4528146),
        (" 45281.5 ", 4528150),
        ("0", 0),
        ("0.01", 1),
    ],
)
def test_an_amount_may_be_written_as_people_write_it(written: str, cents: int) -> None:
    assert MoneyField().clean(written) == cents


def test_a_tax_of_nothing_is_written_out_as_a_zero(due: Telling, visit: Visit) -> None:
    with visit(due.administrator, MONDAY) as browser:
        prepare(browser, due, preparation(due, TAX | {"dave": "0"}))
    assert [line["delivered"] for line in statement()["lines"]] == [9498, 99, 10]


def test_a_value_given_by_hand_needs_its_source(due: Telling, visit: Visit) -> None:
    with visit(due.administrator, MONDAY) as browser:
        page = prepare(browser, due, preparation(due, TAX, fair_market_value="10"))
        assert "Say where the value comes from." in words(page)
        assert not SettlementBatch.objects.exists()
        by_hand = {"fair_market_value": "10", "fair_market_value_source": "The Plan's valuer"}
        said = words(prepare(browser, due, preparation(due, TAX, **by_hand)))
    assert "Fair Market Value: The Plan's valuer." in said
    # 45,281.46 ÷ 10 = 4,528.146: 4,529 shares
    assert statement()["lines"][0]["withheld"] == 4529


def test_a_source_needs_its_value_and_a_value_is_above_zero(due: Telling, visit: Visit) -> None:
    given = [
        {"fair_market_value_source": "A newspaper"},
        {"fair_market_value": "0", "fair_market_value_source": "A newspaper"},
        {"fair_market_value": "8.2345678", "fair_market_value_source": "A newspaper"},
    ]
    with visit(due.administrator, MONDAY) as browser:
        for by_hand in given:
            page = prepare(browser, due, preparation(due, TAX, **by_hand))
            assert "fair_market_value" in page.context["preparation"].errors
    assert not SettlementBatch.objects.exists()


def test_the_service_itself_asks_for_the_source_of_a_value(due: Telling) -> None:
    with pytest.raises(Refused, match="needs its source"):
        services.prepare_settlement(
            period=due.period,
            tax_minor={},
            fair_market_value=Decimal("8.23"),
            fair_market_value_source="  ",
            by=due.administrator,
            at=cast.noon(MONDAY),
        )


@pytest.mark.django_db
def test_a_close_that_is_not_on_record_is_asked_for_and_never_replaced_by_an_older_one(
    visit: Visit,
) -> None:
    """A peer traded on Friday, so it was a trading day; the company's own close is missing."""
    story = read_story(cast.SCENARIOS / STORY)
    story.sections["act"] = story.sections["act"][:BEFORE_SETTLEMENT]
    closes = story.sections["market"]["closes"]
    closes["LOW"]["2014-03-21"] = closes["OURS"].pop("2014-03-21")
    closes["OURS"]["2014-03-20"] = closes["OURS"]["2013-12-31"]
    telling = Telling(story)
    telling.tell()
    with visit(telling.administrator, MONDAY) as browser:
        said = words(browser.get(address(telling)))
        page = prepare(browser, telling)
    assert "There is no close of the company's stock for 21 March 2014." in said
    assert "The market's close is not on record: enter it." in words(page)
    assert not SettlementBatch.objects.exists()


def test_a_later_batch_takes_the_place_of_the_earlier_one_and_says_what_changed(
    due: Telling, visit: Visit
) -> None:
    with visit(due.administrator, MONDAY) as browser:
        prepare(browser, due)
        said = words(prepare(browser, due, preparation(due, TAX | {"carol": "8.24"})))
    assert "What changed since the batch before" in said
    assert "carol Tax $0.01 $8.24" in said
    assert "carol Shares withheld 1 2" in said
    assert "carol Shares delivered 99 98" in said
    assert "ann Tax" not in said
    earlier, later = SettlementBatch.objects.order_by("pk")
    assert later.supersedes == earlier


def test_an_award_not_signed_for_is_held_back_by_name_and_the_others_go_on(
    db: None, visit: Visit
) -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    day = date(2015, 3, 26)
    with visit(telling.administrator, day) as browser:
        said = words(browser.get(address(telling)))
        prepared = words(prepare(browser, telling, preparation(telling, {"signed": "0"})))
    assert "Due, but held back: nothing is delivered" in said
    assert "unsigned settles 26 Mar 2015 has not signed the notice of grant GN 41" in said
    assert "Held back: unsigned has not signed the notice of grant GN" in prepared
    assert [line["holder"] for line in statement()["lines"]] == ["signed"]
    assert statement()["held_back"] == [
        {"holder": "unsigned", "reason": "has not signed the notice of grant", "place": "GN"}
    ]


def test_when_nobody_due_has_signed_there_is_nothing_to_prepare(db: None) -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    people.end_service(
        employee=telling.holders["signed"],
        ended_on=date(2015, 3, 1),
        reason="resignation",
        by=telling.secretary,
        at=cast.noon(date(2015, 3, 1)),
    )
    with pytest.raises(Refused, match=r"^GN: unsigned has not signed the notice of grant: nothing"):
        services.prepare_settlement(
            period=telling.period,
            tax_minor={},
            by=telling.administrator,
            at=cast.noon(date(2015, 3, 26)),
        )


def test_who_lost_the_shares_is_named_with_the_reason(due: Telling, visit: Visit) -> None:
    people.end_service(
        employee=due.holders["dave"],
        ended_on=date(2014, 3, 3),
        reason="resignation",
        by=due.secretary,
        at=cast.noon(date(2014, 3, 3)),
    )
    with visit(due.administrator, MONDAY) as browser:
        said = words(browser.get(address(due)))
    assert "1 award is owed nothing" in said
    assert "dave 0 Why?" in said
    assert "before the Settlement Date: forfeited." in said


def test_who_settles_later_waits_on_the_same_page(due: Telling, visit: Visit) -> None:
    """Dismissed other than for Cause on 3 March: issued on the 30th day after, 2 April."""
    people.end_service(
        employee=due.holders["dave"],
        ended_on=date(2014, 3, 3),
        reason="without_cause",
        by=due.secretary,
        at=cast.noon(date(2014, 3, 3)),
    )
    with visit(due.administrator, MONDAY) as browser:
        said = words(browser.get(address(due)))
    assert "2 awards are due." in said
    assert "Not due yet Holder Shares Why dave settles 2 Apr 2014" in said


def test_finance_and_the_auditor_read_the_desk_but_prepare_nothing(
    due: Telling, visit: Visit
) -> None:
    for user in (due.approver, auditor(due)):
        with visit(user, MONDAY) as browser:
            said = words(browser.get(address(due)))
            assert "3 awards are due. The stock administrator prepares the settlement." in said
            assert "Tick" not in said.replace("ticks", "").replace("ticked", "")
            for name in ("prepare_settlement", "tick_condition"):
                assert browser.post(address(due, name), {}).status_code == 403


def test_nobody_else_sees_the_desk(due: Telling, visit: Visit) -> None:
    others = (human_resources(due), due.members[0], holder(due, "ann"))
    for user in others:
        with visit(user, MONDAY) as browser:
            assert browser.get(address(due)).status_code == 403
            assert browser.get(address(due, "transfer_agent_file")).status_code == 403
    answer = Client().get(address(due))
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
def test_more_holders_take_no_more_queries(visit: Visit) -> None:
    counted = []
    for names in (["ann"], ["ann", "carol", "dave"]):
        story = read_story(cast.SCENARIOS / STORY)
        acts = story.sections["act"][:BEFORE_SETTLEMENT]
        acts[0] = acts[0] | {"who": names}
        story.sections["act"] = [a for a in acts if a["do"] != "grant" or a["who"] in names]
        counted.append(_queries_of_desk(Telling(story), visit))
    assert counted[0] == counted[1]


def counting() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)


def _queries_of_desk(telling: Telling, visit: Visit) -> int:
    with transaction.atomic():
        telling.tell()
        with visit(telling.administrator, SATURDAY) as browser, counting() as queries:
            assert browser.get(address(telling)).status_code == 200
        transaction.set_rollback(True)
    return len(queries)
