"""The page of an award, a period's awards, and the forms that ask the Committee to change them."""

import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee.models import Act
from ltip.desk.scenarios.telling import Telling
from participants.awards.models import Recovery, RecoveryReceipt
from tests import cast
from tests.participants.awards import deciding
from tests.participants.awards.deciding import (
    AFTER,
    BETWEEN,
    IN_THE_PERIOD,
    SETTLES_ON,
    public_id,
    setting,
)
from tests.participants.holders import holder
from tests.participants.pages import words

SPLIT = {"ratio": "1.5", "transaction": "The split of three for two of 2 June 2014."}


@pytest.fixture
def running(db: None) -> Telling:
    return cast.told(acts=cast.BEFORE_CERTIFICATION)


@pytest.fixture
def certified(db: None) -> Telling:
    return cast.told(acts=cast.BEFORE_SETTLEMENT)


def award_page(telling: Telling, name: str = "signed") -> str:
    return reverse("participants:award", args=[public_id(telling, name)])


def my_award(telling: Telling) -> str:
    return reverse("participants:my_award", args=[public_id(telling)])


def of_period(telling: Telling, name: str) -> str:
    return reverse(f"participants:{name}", args=[telling.period])


def shown_on(page: HttpResponse) -> str:
    (shown,) = re.findall(r'name="shown"\s+value="(\w{64})"', page.content.decode())
    return shown


def look_and_propose(browser: Any, address: str, told: dict[str, Any]) -> HttpResponse:
    looked = browser.post(address, told)
    assert "What the members will read" in words(looked)
    assert not Act.objects.filter(adoption__isnull=True, ending__isnull=True).exists()
    answer: HttpResponse = browser.post(address, told | {"shown": shown_on(looked)})
    return answer


def test_an_award_that_runs_says_what_it_can_earn(running: Telling, visit: Any) -> None:
    with visit(running.secretary, IN_THE_PERIOD) as browser:
        said = words(browser.get(award_page(running)))
    assert "Award of signed for 2013–2014 granted" in said
    assert "300 Performance Shares can earn from nothing to 600 shares" in said
    assert "4 Feb 2013 · Granted Performance Shares at target. P Grants · act 2013-02 300" in said
    assert "6 Feb 2013 · Signed The holder signed the notice of grant. GN" in said


def test_the_life_of_an_award_stands_in_dated_records_with_their_acts(
    running: Telling, visit: Any
) -> None:
    """300 × 1.5 = 450 at target, at most 900; a cap of 500; 100 % earns 450, less 50 is 400."""
    split = cast.adopt(running, "adjustment", SPLIT, IN_THE_PERIOD)
    cap = cast.adopt(running, "discretion", setting(running, "reduce", 500), IN_THE_PERIOD)
    deciding.certify(running)
    recovery = {"award": public_id(running), "shares": 50, "policy": "our policy", "reason": "Why."}
    cast.adopt(running, "recovery", recovery, BETWEEN)
    with visit(running.members[0], BETWEEN) as browser:
        page = browser.get(award_page(running))
    said = words(page)
    assert "2 Jun 2014 · Adjusted 1.5 new for one old; the target was 300." in said
    assert f"GA §11 · act {split.number} 450" in said
    assert "Reduced It earns at most 500 shares. The reason: The Committee's judgment" in said
    assert f"P Award Determination · act {cap.number} 500" in said
    assert "24 Feb 2015 · Certified The period pays 100 % of target." in said
    assert "Today 400 shares are due, on 26 March 2015." in said
    assert "2 Mar 2015 · To be recovered Under our policy. The reason: Why." in said
    assert f'href="{reverse("committee:act", args=[cap.public_id])}"' in page.content.decode()


def test_who_reads_no_acts_gets_their_numbers_without_a_link(
    certified: Telling, visit: Any
) -> None:
    act = cast.adopt(certified, "discretion", setting(certified, "reduce", 180), BETWEEN)
    with visit(certified.approver, BETWEEN) as browser:
        page = browser.get(award_page(certified))
    assert f"· act {act.number} 180" in words(page)
    assert "/committee/acts/" not in page.content.decode()
    assert "Ask the Committee" not in words(page)


def test_an_act_that_is_open_stands_on_the_page_of_its_award(
    certified: Telling, visit: Any
) -> None:
    deciding.propose(certified, "adjustment", SPLIT, BETWEEN)
    with visit(certified.secretary, BETWEEN) as browser:
        said = words(browser.get(award_page(certified)))
    assert "Before the Committee Adjust the outstanding Performance Shares, 1.5 for one" in said


def test_the_awards_of_a_period_are_a_list_with_their_states(
    certified: Telling, visit: Any
) -> None:
    cast.adopt(certified, "discretion", setting(certified, "reduce", 180), BETWEEN)
    with visit(certified.secretary, BETWEEN) as browser:
        page = browser.get(of_period(certified, "awards"))
    said = words(page)
    assert "2 awards, 341 Performance Shares at target." in said
    assert "signed 300 180 26 Mar 2015 earned" in said
    assert "unsigned 41 41 26 Mar 2015 earned" in said
    assert f'href="{award_page(certified)}"' in page.content.decode()


def test_several_awards_are_set_on_one_form_that_shows_the_act_first(
    certified: Telling, visit: Any
) -> None:
    told = {
        f"to_{public_id(certified)}": "150",
        f"to_{public_id(certified, 'unsigned')}": "50",
        "reason": "The judgment of the year.",
    }
    with visit(certified.secretary, BETWEEN) as browser:
        answer = look_and_propose(browser, of_period(certified, "propose_discretion"), told)
    act = Act.objects.get(kind="discretion")
    assert answer["Location"] == reverse("committee:act", args=[act.public_id])
    assert act.title == "Reduce and increase 2 awards for 2013–2014"


def test_what_changed_since_it_was_shown_is_shown_again(certified: Telling, visit: Any) -> None:
    address = of_period(certified, "propose_discretion")
    told = {f"to_{public_id(certified)}": "150", "reason": "One."}
    with visit(certified.secretary, BETWEEN) as browser:
        shown = shown_on(browser.post(address, told))
        again = browser.post(address, told | {"reason": "Another.", "shown": shown})
    assert "This is not what you saw before" in words(again)
    assert not Act.objects.filter(kind="discretion").exists()


def test_a_check_that_stands_in_the_way_leaves_no_button(certified: Telling, visit: Any) -> None:
    told = {f"to_{public_id(certified)}": "601", "reason": "Too much."}
    with visit(certified.secretary, BETWEEN) as browser:
        page = browser.post(of_period(certified, "propose_discretion"), told)
    said = words(page)
    assert "Stands in the way: signed: 601 shares are more than the 600" in said
    assert "Put before the Committee" not in said
    assert 'value="601"' in page.content.decode()


def test_a_form_that_sets_nothing_says_so(certified: Telling, visit: Any) -> None:
    with visit(certified.secretary, BETWEEN) as browser:
        page = browser.post(of_period(certified, "propose_discretion"), {"reason": "None."})
    assert "Set at least one award to another number of shares." in words(page)


def test_an_adjustment_shows_every_award_before_and_after(certified: Telling, visit: Any) -> None:
    with visit(certified.secretary, BETWEEN) as browser:
        address = reverse("participants:propose_adjustment")
        looked = words(browser.post(address, SPLIT))
        answer = look_and_propose(browser, address, SPLIT)
        refused = words(browser.post(address, SPLIT | {"ratio": "three"}))
    assert "signed 2013–2014 300 → 450 300 → 450" in looked
    assert "unsigned 2013–2014 41 → 61 41 → 61" in looked
    assert answer.status_code == 302
    assert "GA §11: “three” is no ratio" in refused


def test_a_transfer_a_recovery_and_a_delay_are_asked_for_on_their_pages(
    certified: Telling, visit: Any
) -> None:
    award = public_id(certified)
    asked = [
        (
            reverse("participants:propose_transfer_finding", args=[award]),
            {"attempted_on": "2014-05-05", "description": "A pledge."},
            "transfer_finding",
        ),
        (
            reverse("participants:propose_recovery", args=[award]),
            {"shares": "100", "amount_minor": "12.50", "policy": "Ours", "reason": "Errors."},
            "recovery",
        ),
        (
            of_period(certified, "propose_settlement_deferral"),
            {
                "awards": [award],
                "first_deductible_year": "2016",
                "is_nonqualified_deferred": "on",
                "deduction_lost": "on",
                "reason": "The deduction would be lost.",
            },
            "settlement_deferral",
        ),
    ]
    with visit(certified.secretary, BETWEEN) as browser:
        for address, told, kind in asked:
            answer = look_and_propose(browser, address, told)
            act = Act.objects.get(kind=kind)
            assert answer["Location"] == reverse("committee:act", args=[act.public_id])
            cast.committee.withdraw_act(
                act=act, explanation="A test.", by=certified.secretary, at=cast.noon(BETWEEN)
            )
    assert '"amount_minor":1250' in Act.objects.get(kind="recovery").request


def test_what_came_back_is_recorded_and_too_much_is_refused(certified: Telling, visit: Any) -> None:
    deciding.settle(certified)
    recovery = {"award": public_id(certified), "shares": 100, "policy": "Ours", "reason": "Errors."}
    cast.adopt(certified, "recovery", recovery, AFTER)
    address = reverse(
        "participants:record_recovery_receipt", args=[Recovery.objects.get().public_id]
    )
    with visit(certified.approver, AFTER) as browser:
        asked = words(browser.get(address))
        too_much = browser.post(address, {"received_on": "2015-04-01", "shares": "101"})
        answer = browser.post(address, {"received_on": "2015-04-01", "shares": "60"})
        said = words(browser.get(answer["Location"]))
    assert "Still to come: 100 shares" in asked
    assert "101 shares are more than the 100 still to come" in words(too_much)
    assert 'value="101"' in too_much.content.decode()
    assert RecoveryReceipt.objects.get().shares == 60
    assert (
        "1 April 2015, under Ours Due 100 shares Came back 60 shares Outstanding 40 shares" in said
    )
    assert "Record what came back" in said


def test_the_holder_reads_in_plain_words_what_was_decided(running: Telling, visit: Any) -> None:
    cast.adopt(running, "adjustment", SPLIT, IN_THE_PERIOD)
    cast.adopt(running, "discretion", setting(running, "reduce", 120), IN_THE_PERIOD)
    with visit(holder(running, "signed"), IN_THE_PERIOD) as browser:
        said = words(browser.get(my_award(running)))
    assert "You have 450 Performance Shares. What they become, from nothing to 120 shares" in said
    assert "1.5 new for one old; the target was 300. The split of three for two" in said
    assert "Reduced It earns at most 120 shares. The reason: The Committee's judgment" in said


def test_the_holder_reads_that_the_settlement_is_put_off(certified: Telling, visit: Any) -> None:
    delay = {
        "awards": [public_id(certified)],
        "first_deductible_year": 2016,
        "reason": "The deduction would be lost in 2015.",
        "is_nonqualified_deferred": True,
        "deduction_lost": True,
    }
    cast.adopt(certified, "settlement_deferral", delay, BETWEEN)
    with visit(holder(certified, "signed"), SETTLES_ON) as browser:
        said = words(browser.get(my_award(certified)))
    assert "You earned 300 shares. They settle on 1 January 2016" in said
    assert "The settlement is put off until then" in said
    assert "Until 2016, the first year in which the company can deduct it." in said
    assert "Who resigns" not in said


def test_the_holder_reads_that_the_award_is_void(certified: Telling, visit: Any) -> None:
    found = {"award": public_id(certified), "attempted_on": "2014-05-05"}
    cast.adopt(certified, "transfer_finding", found | {"description": "A pledge."}, BETWEEN)
    with visit(holder(certified, "signed"), AFTER) as browser:
        said = words(browser.get(my_award(certified)))
        listed = words(browser.get("/my/"))
    assert "This award is void since 2 March 2015" in said
    assert "On 5 May 2014: A pledge." in said
    assert "void" in listed


def test_a_recovery_hides_from_the_holder_nothing_of_where_the_award_stands(
    certified: Telling, visit: Any
) -> None:
    recovery = {"award": public_id(certified), "shares": 100, "policy": "Ours", "reason": "Errors."}
    cast.adopt(certified, "recovery", recovery, BETWEEN)
    with visit(holder(certified, "signed"), BETWEEN) as browser:
        said = words(browser.get(my_award(certified)))
    assert "You earned 200 shares. They settle on 26 March 2015" in said
    assert "To be recovered Under Ours. The reason: Errors." in said


def test_an_award_that_nobody_holds_is_not_found(certified: Telling, visit: Any) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    with visit(certified.secretary, BETWEEN) as browser:
        for name in ("award", "propose_recovery", "propose_transfer_finding"):
            assert browser.get(reverse(f"participants:{name}", args=[nobody])).status_code == 404


def test_the_pages_ask_the_database_no_more_when_more_was_decided(
    certified: Telling, visit: Any
) -> None:
    decide_all_kinds(certified, 290)
    before = queries_of_the_pages(certified, visit)
    decide_all_kinds(certified, 280)
    assert queries_of_the_pages(certified, visit) == before


def decide_all_kinds(telling: Telling, to: int) -> None:
    """A reduction of either award, a recovery and an adjustment."""
    cast.adopt(telling, "discretion", setting(telling, "reduce", to), BETWEEN)
    cast.adopt(telling, "discretion", setting(telling, "reduce", to // 10, "unsigned"), BETWEEN)
    recovery = {"award": public_id(telling), "shares": 1, "policy": "Ours", "reason": "E."}
    cast.adopt(telling, "recovery", recovery, BETWEEN)
    transaction = {"transaction": f"The split that followed {to}."}
    cast.adopt(telling, "adjustment", SPLIT | transaction, BETWEEN)


def queries_of_the_pages(telling: Telling, visit: Any) -> list[int]:
    staff = [
        award_page(telling),
        of_period(telling, "awards"),
        of_period(telling, "propose_discretion"),
    ]
    with visit(telling.secretary, BETWEEN) as browser:
        counts = [_queries(browser, address) for address in staff]
    with visit(holder(telling, "signed"), BETWEEN) as browser:
        return [*counts, _queries(browser, my_award(telling))]


def _queries(browser: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)
