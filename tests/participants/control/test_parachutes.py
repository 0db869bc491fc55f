"""Parachute payments: both outcomes, the ordered reduction, and the firm's word beside ours."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ltip.desk.scenarios.telling import Telling
from ltip.rules.outcome import Refused
from participants.control import selectors, services
from participants.control.models import AuditorDetermination, ParachuteComparison
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.control.desk import EVENT, told
from tests.participants.pages import auditor, human_resources, words

pytestmark = pytest.mark.django_db
LIST, NEW = "/parachutes/", "/parachutes/new/"


def compare(telling: Telling, name: str = "ann", **changes: Any) -> ParachuteComparison:
    """Base amount $400,000.00 and $1,300,000.00 in cash at 45 %, unless told otherwise."""
    asked = {
        "employee": telling.holders[name],
        "triggered_on": EVENT,
        "base_amount_minor": 40_000_000,
        "payments": {"cash": 130_000_000},
        "federal": Decimal("0.37"),
        "state": Decimal("0.08"),
        "local": Decimal(0),
        "by": telling.approver,
        "at": cast.noon(EVENT),
    }
    return services.compare_parachute(**{**asked, **changes})


def determine(telling: Telling, comparison: ParachuteComparison, **changes: Any) -> Any:
    asked = {
        "comparison": comparison,
        "firm": "Ledger & Co",
        "received_on": date(2013, 11, 29),
        "choice": "cut",
        "paid_minor": 119_999_900,
        "excise_minor": 0,
        "by": telling.approver,
        "at": cast.noon(date(2013, 12, 2)),
    }
    return services.record_auditor_determination(**{**asked, **changes})


@pytest.mark.parametrize(
    ("payments", "choice", "paid", "excise"),
    [
        (130_000_000, "cut", 119_999_900, 0),
        (200_000_000, "full", 200_000_000, 32_000_000),
        (119_999_900, "full", 119_999_900, 0),
    ],
)
def test_the_shared_storys_figures(payments: int, choice: str, paid: int, excise: int) -> None:
    comparison = compare(told(), payments={"cash": payments})
    result = selectors.result_of(comparison)
    assert (result["choice"], result["paid_minor"], result["excise_minor"]) == (
        choice,
        paid,
        excise,
    )


def test_the_reduction_takes_the_kinds_in_their_order() -> None:
    """$100,001.00 too much: all $60,000 of cash, then $40,001 of the equity's acceleration."""
    payments = {"options": 55_000_000, "cash": 6_000_000, "other": 9_000_000, "equity": 60_000_000}
    result = selectors.result_of(compare(told(), payments=payments))
    assert result["reduced_by_kind"] == {
        "cash": 6_000_000,
        "equity": 4_000_100,
        "options": 0,
        "other": 0,
    }


def test_the_readings_of_the_day_of_the_trigger_are_taken_and_kept() -> None:
    telling = told()
    request = {
        "readings": {"parachute.safe_harbour": "one_cent_less"},
        "effective_on": EVENT.isoformat(),
        "reason": "As counsel advised.",
    }
    telling.adopt("reading", request, date(2013, 11, 1))
    comparison = compare(telling)
    assert selectors.result_of(comparison)["paid_minor"] == 119_999_999
    assert '"parachute.safe_harbour":"one_cent_less"' in comparison.inputs


def test_a_trigger_that_has_not_come_is_refused() -> None:
    with pytest.raises(Refused, match=r"^P Limitation on Payments: 16 November 2013 has not come"):
        compare(told(), triggered_on=date(2013, 11, 16))


def test_a_later_comparison_takes_the_place_of_the_earlier_one() -> None:
    telling = told()
    first = compare(telling)
    second = compare(telling, payments={"cash": 200_000_000})
    assert second.supersedes == first
    assert [each.comparison for each in selectors.comparisons()] == [second]
    with pytest.raises(Refused, match=r"A later comparison has taken the place of this one"):
        determine(telling, first)


def test_the_firms_figures_are_final_and_differences_are_named() -> None:
    """The firm pays $1,199,000.00, which is $999.00 less than the estimate."""
    telling = told()
    comparison = compare(telling)
    determine(telling, comparison, paid_minor=119_900_000)
    (compared,) = selectors.comparisons()
    assert compared.paid_minor == 119_900_000
    (difference,) = compared.differences
    assert difference.figure == "−$999.00"
    determine(telling, comparison)
    (compared,) = selectors.comparisons()
    assert compared.differences == ()
    assert AuditorDetermination.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"choice": "both"}, "“both” is no outcome"),
        ({"paid_minor": -1}, "below zero"),
        ({"excise_minor": -1}, "below zero"),
        ({"firm": " "}, "not named"),
        ({"received_on": date(2013, 11, 14)}, "was triggered on 15 November 2013, after 14 Nov"),
        ({"received_on": date(2013, 12, 3)}, "3 December 2013 has not come yet"),
    ],
)
def test_a_determination_that_cannot_be_is_refused(changes: dict[str, Any], sentence: str) -> None:
    telling = told()
    with pytest.raises(Refused, match=sentence):
        determine(telling, compare(telling), **changes)


def test_the_firm_has_fifteen_days_and_the_page_counts_them(visit: Visit) -> None:
    """Triggered on 15 November: due on the 30th."""
    telling = told()
    compare(telling)
    for day, said in (
        (date(2013, 11, 29), "30 November 2013, 1 day left"),
        (date(2013, 11, 30), "30 November 2013, today is the last day"),
        (date(2013, 12, 1), "30 November 2013, passed 1 day ago"),
    ):
        with visit(telling.approver, day) as browser:
            assert said in words(browser.get(LIST))
            assert "Get the firm's calculations for ann" in words(browser.get("/"))


def form(telling: Telling, **changes: str) -> dict[str, str]:
    return {
        "employee": str(telling.holders["ann"].public_id),
        "triggered_on": EVENT.isoformat(),
        "base_amount": "400,000.00",
        "cash": "1,300,000.00",
        "equity": "0",
        "options": "0",
        "other": "0",
        "federal": "37",
        "state": "8",
        "local": "0",
    } | changes


def test_finance_compares_on_the_page_and_sees_both_outcomes(visit: Visit) -> None:
    """45 %: 1,300,000 − 180,000 − 585,000 = 535,000; 1,199,999 × 55 % = 659,999.45."""
    telling = told()
    with visit(telling.approver, EVENT) as browser:
        said = words(browser.post(NEW, form(telling), follow=True))
    assert "ann is paid $1,199,999.00, just so much that no excise falls due." in said
    assert "This is an estimate" in said
    assert "Left to the person $535,000.00 $659,999.45" in said
    assert "Excise tax 20 % of all above one base amount $180,000.00 $0.00" in said
    assert "Cash payments $1,300,000.00 $100,001.00 $1,199,999.00" in said


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"base_amount": "0"}, "the base amount is not above zero"),
        ({"federal": "70", "state": "30"}, "together they are less than 1"),
        ({"cash": ""}, "Enter the amount; 0 where there is none."),
        ({"employee": ""}, "This field is required."),
    ],
)
def test_what_is_refused_comes_back_filled_in(
    visit: Visit, changes: dict[str, str], sentence: str
) -> None:
    telling = told()
    with visit(telling.approver, EVENT) as browser:
        answer = browser.post(NEW, form(telling, **changes))
    assert sentence in words(answer)
    assert 'value="2013-11-15"' in answer.content.decode()
    assert not ParachuteComparison.objects.exists()


def test_the_firms_figures_are_recorded_on_the_page_beside_ours(visit: Visit) -> None:
    telling = told()
    page = reverse("participants:parachute", args=[compare(telling).public_id])
    sent = {
        "firm": "Ledger & Co",
        "received_on": "2013-11-29",
        "choice": "full",
        "paid": "1,300,000.00",
        "excise": "180,000.00",
    }
    with visit(telling.administrator, date(2013, 12, 2)) as browser:
        said = words(browser.post(page, sent, follow=True))
    assert "The firm's determination is on record. It is final." in said
    assert "ann is paid everything, $1,300,000.00. So Ledger & Co determined" in said
    assert "Paid $1,300,000.00 $1,199,999.00" in said
    assert "the firm's stands" in said


def test_who_may_read_and_who_may_write(visit: Visit) -> None:
    telling = told()
    page = reverse("participants:parachute", args=[compare(telling).public_id])
    for user in (
        telling.secretary,
        telling.members[0],
        human_resources(telling),
        auditor(telling),
    ):
        with visit(user, EVENT) as browser:
            assert "ann is paid" in words(browser.get(page))
            assert browser.post(page, {}).status_code == 403
            assert browser.post(NEW, form(telling)).status_code == 403
    with visit(telling.holders["ann"].user, EVENT) as browser:
        assert browser.get(page).status_code == 403
        assert browser.get(LIST).status_code == 403


def test_more_comparisons_take_no_more_queries(visit: Visit) -> None:
    counted = []
    for names in (["ann"], ["ann", "bea", "eve"]):
        with transaction.atomic():
            telling = told()
            for name in names:
                compare(telling, name)
            with (
                visit(telling.approver, EVENT) as browser,
                CaptureQueriesContext(connection) as queries,
            ):
                assert browser.get(LIST).status_code == 200
            counted.append(len(queries))
            transaction.set_rollback(True)
    assert counted[0] == counted[1]
