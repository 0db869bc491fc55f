"""Rates of tax and of exchange: entered by one person, approved by another, superseded by name."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ltip.desk.scenarios.telling import PASSWORD, Telling
from ltip.records.selectors import content_of, first_fault
from ltip.rules.outcome import Refused
from participants.settlement import rates
from participants.settlement.models import ApprovedRate, ExchangeRate, RateApproval, TaxRate
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.pages import auditor, words
from tests.participants.settlement.rates import (
    ENTERED_ON,
    YEAR_2014,
    approve,
    approve_federal,
    enter,
    enter_sterling,
)

PAGE, ENTER, EXCHANGE, APPROVE = (
    f"participants:{name}"
    for name in ("tax_rates", "enter_tax_rate", "enter_exchange_rate", "approve_rates")
)
FORM = {
    "jurisdiction": "US",
    "kind": "social_security",
    "rate": "6.2",
    "currency": "USD",
    "above": "",
    "up_to": "117,000",
    "starts_on": "2014-01-01",
    "ends_on": "2014-12-31",
    "source": "Circular E for 2014",
    "supersedes": "",
}
STERLING = {
    "base": "GBP",
    "quote": "USD",
    "day": "2014-03-22",
    "rate": "1.6",
    "source": "The bank's table",
    "supersedes": "",
}


def held(jurisdiction: str = "US-CA") -> list[Decimal]:
    return [r.rate for r in rates.rates_on_record().approved_tax if r.jurisdiction == jurisdiction]


def test_a_rate_holds_only_once_another_person_has_approved_it(due: Telling) -> None:
    entered = enter(due)
    assert held() == []
    approval = approve(due, entered)
    (rate,) = rates.rates_on_record().approved_tax
    assert (rate.jurisdiction, rate.kind, rate.rate) == ("US-CA", "state", Decimal("10.23"))
    assert (rate.starts_on, rate.ends_on) == YEAR_2014
    assert rate.approved_by == due.approver.name
    assert content_of(entered.seal)["rate"] == "10.23"
    assert content_of(approval.seal)["tax_rates"] == [str(entered.public_id)]
    assert first_fault()[1] is None


def test_whoever_entered_a_rate_does_not_approve_it_and_it_is_named(due: Telling) -> None:
    entered = enter(due)
    with pytest.raises(Refused) as refusal:
        approve(due, entered, by=due.administrator)
    assert str(refusal.value) == (
        "P Tax Withholding: State income tax on supplemental wages (US-CA), 10.23 % from "
        "1 January 2014: whoever entered a rate does not approve it. Ask a colleague."
    )
    assert not RateApproval.objects.exists()


def test_one_approval_covers_several_rates_and_each_is_approved_once(due: Telling) -> None:
    tax, exchange = enter(due), enter_sterling(due)
    approval = approve(due, tax, exchange)
    assert approval.rates.count() == 2
    assert [r.base for r in rates.rates_on_record().approved_exchange] == ["GBP"]
    for row in (TaxRate.objects.get(), ExchangeRate.objects.get()):
        with pytest.raises(Refused, match="this rate is approved already"):
            approve(due, row)
    assert ApprovedRate.objects.count() == 2


def test_an_approval_of_nothing_is_refused(due: Telling) -> None:
    with pytest.raises(Refused, match=r"No rate is chosen\. Tick those that you approve\."):
        approve(due)


def test_a_rate_that_takes_anothers_place_does_so_once_it_is_approved(due: Telling) -> None:
    first = enter(due)
    approve(due, first)
    second = enter(due, rate=Decimal("10.3"), supersedes=first)
    assert held() == [Decimal("10.23")]
    approve(due, second)
    assert held() == [Decimal("10.3")]


def test_a_wrong_entry_between_two_approved_ones_leaves_only_the_last_in_force(
    due: Telling,
) -> None:
    first = enter(due)
    approve(due, first)
    wrong = enter(due, rate=Decimal(99), supersedes=first)
    last = enter(due, rate=Decimal("10.3"), supersedes=wrong)
    wrong.refresh_from_db()
    with pytest.raises(Refused, match="a later entry has taken the place of this rate"):
        approve(due, wrong)
    assert held() == [Decimal("10.23")]
    approve(due, last)
    assert held() == [Decimal("10.3")]
    with pytest.raises(Refused, match=r"a later entry has taken the place .* Name that one\."):
        enter(due, supersedes=TaxRate.objects.get(pk=first.pk))


def test_two_rates_for_a_wage_on_a_day_are_refused_when_entered(due: Telling) -> None:
    enter(due)
    with pytest.raises(Refused, match="another rate holds for some of the same wages"):
        enter(due, starts_on=date(2014, 12, 31), ends_on=None)
    enter(due, starts_on=date(2015, 1, 1), ends_on=None)
    enter_sterling(due)
    with pytest.raises(Refused, match="GBP in USD has a rate for 22 March 2014 already"):
        enter_sterling(due, rate=Decimal("1.7"))


def test_a_rate_is_not_approved_beside_one_whose_shorter_version_still_waits(due: Telling) -> None:
    """The open-ended rate is to end with 2014; until that is approved, 2015's would be a second."""
    first = enter(due, ends_on=None)
    approve(due, first)
    ended = enter(due, supersedes=first)
    later = enter(due, starts_on=date(2015, 1, 1), ends_on=None, rate=Decimal("10.5"))
    with pytest.raises(Refused, match="another rate holds for some of the same wages"):
        approve(due, later)
    approve(due, ended, later)
    assert held() == [Decimal("10.23"), Decimal("10.5")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source": "  "}, "the rate has no source"),
        ({"kind": "medicare"}, "'medicare' is no kind of tax in US-CA"),
        ({"rate": Decimal("10.2300001")}, "10.2300001 has more than 6 decimals"),
        ({"rate": Decimal("NaN")}, "NaN has more than 6 decimals"),
        ({"currency": "XXX"}, "the minor unit of the currency 'XXX' is not known"),
    ],
)
def test_what_is_no_rate_is_refused(due: Telling, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        enter(due, **changes)
    assert not TaxRate.objects.exists()


def test_a_rate_on_record_is_never_edited_or_deleted(due: Telling) -> None:
    entered = enter(due)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        TaxRate.objects.filter(pk=entered.pk).update(rate=1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entered.delete()


def test_a_proof_of_identity_serves_once(due: Telling) -> None:
    proof = cast.proof(due.approver, cast.noon(ENTERED_ON))
    for row, refused in ((enter(due), False), (enter_sterling(due), True)):
        told = {
            "tax_rates": [row] if isinstance(row, TaxRate) else [],
            "exchange_rates": [] if isinstance(row, TaxRate) else [row],
        }
        call = {**told, "by": due.approver, "authentication": proof, "at": cast.noon(ENTERED_ON)}
        if refused:
            with pytest.raises(Refused, match="was used before"):
                rates.approve_rates(**call)
        else:
            rates.approve_rates(**call)


# The page


def test_the_administrator_enters_a_rate_and_finance_approves_it_on_the_page(
    due: Telling, visit: Visit
) -> None:
    with visit(due.administrator, ENTERED_ON) as browser:
        said = words(browser.post(reverse(ENTER), FORM, follow=True))
        exchanged = words(browser.post(reverse(EXCHANGE), STERLING, follow=True))
    assert "Entered; it holds once another person has approved it." in said
    assert "1 rate waits for another person's approval." in said
    assert "You entered them, so a colleague approves them." in said
    assert "2 rates wait for another person's approval." in exchanged
    row = TaxRate.objects.get()
    assert (row.above_minor, row.up_to_minor, row.currency) == (0, 11_700_000, "USD")
    chosen = [str(row.public_id), str(ExchangeRate.objects.get().public_id)]
    with visit(due.approver, ENTERED_ON) as browser:
        page = words(browser.get(reverse(PAGE)))
        assert "2 rates that others entered wait for your approval." in page
        assert "Social Security (US) up to $117,000.00 of the year · 1 Jan 2014 to" in page
        wrong = browser.post(reverse(APPROVE), {"rates": chosen, "password": "wrong"})
        assert "This is not your password." in words(wrong)
        nothing = browser.post(reverse(APPROVE), {"password": PASSWORD})
        assert "Tick those that you approve." in words(nothing)
        done = words(
            browser.post(reverse(APPROVE), {"rates": chosen, "password": PASSWORD}, follow=True)
        )
        other_day = words(browser.get(reverse(PAGE), {"on": "2014-03-22"}))
        before = words(browser.get(reverse(PAGE), {"on": "2013-12-31"}))
    assert "Approved, in your name: settlements may use them." in done
    assert "Every rate on record is approved." in done
    assert "In force on 3 March 2014" in done
    assert f"Circular E for 2014 · approved by {due.approver.name} 6.2 %" in done
    assert "Medicare no rate for this day" in done
    assert "No exchange rate is approved for this day." in done
    assert (
        f"GBP in USD on 22 March 2014 The bank's table · approved by {due.approver.name} 1.6"
        in (other_day)
    )
    assert "Social Security no rate for this day" in before


def test_what_the_rules_refuse_is_said_on_the_form_and_stays_filled_in(
    due: Telling, visit: Visit
) -> None:
    with visit(due.administrator, ENTERED_ON) as browser:
        without_base = browser.post(reverse(ENTER), FORM | {"up_to": ""})
        itself = browser.post(reverse(EXCHANGE), STERLING | {"base": "USD"})
        written = browser.post(reverse(ENTER), FORM | {"jurisdiction": "California"})
    assert "the wage base of the year is missing" in words(without_base)
    assert 'value="Circular E for 2014"' in without_base.content.decode()
    assert "USD is always one USD" in words(itself)
    assert "Write it like US or US-CA." in words(written)
    assert not TaxRate.objects.exists()


def test_thresholds_are_in_the_minor_units_of_their_currency(due: Telling, visit: Visit) -> None:
    """A yen has no hundredths: 1,950,000 yen are 1,950,000 minor units."""
    form = FORM | {"jurisdiction": "JP", "kind": "income_tax", "currency": "JPY"}
    with visit(due.administrator, ENTERED_ON) as browser:
        browser.post(reverse(ENTER), form | {"above": "1,950,000", "up_to": ""})
    row = TaxRate.objects.get()
    assert (row.above_minor, row.up_to_minor) == (1_950_000, None)


def test_a_day_that_is_none_shows_today(due: Telling, visit: Visit) -> None:
    with visit(due.administrator, ENTERED_ON) as browser:
        for written in ("nonsense", "2014-02-30", ""):
            said = words(browser.get(reverse(PAGE), {"on": written}))
            assert "In force on 3 March 2014" in said


def test_a_rate_is_replaced_by_name_on_the_page(due: Telling, visit: Visit) -> None:
    first = enter(due)
    form = FORM | {"jurisdiction": "US-CA", "kind": "state", "rate": "10.3", "up_to": ""}
    with visit(due.administrator, ENTERED_ON) as browser:
        refused = browser.post(reverse(ENTER), form)
        assert "Name the rate that this one replaces" in words(refused)
        said = words(
            browser.post(reverse(ENTER), form | {"supersedes": str(first.public_id)}, follow=True)
        )
    assert "takes the place of another" in said
    assert TaxRate.objects.latest("pk").supersedes == first


def test_the_auditor_reads_the_page_and_enters_nothing(due: Telling, visit: Visit) -> None:
    enter(due)
    with visit(auditor(due), ENTERED_ON) as browser:
        said = words(browser.get(reverse(PAGE)))
    assert "1 rate waits for another person's approval." in said
    assert "Enter a rate of tax" not in said
    assert "Your password" not in said


def test_the_page_asks_the_database_as_often_for_one_rate_as_for_many(
    due: Telling, visit: Visit
) -> None:
    counted = []
    approve(due, enter_sterling(due))
    enter(due, jurisdiction="US-NY")
    for more in (lambda: None, lambda: approve_federal(due)):
        more()
        with (
            visit(due.approver, ENTERED_ON) as browser,
            CaptureQueriesContext(connection) as queries,
        ):
            assert browser.get(reverse(PAGE)).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_rates_wait_on_the_first_page_of_those_who_did_not_enter_them(
    due: Telling, visit: Visit
) -> None:
    entered = enter(due)
    about = "Approve 1 rate of tax or exchange"

    def waits_for(user: Any) -> bool:
        with visit(user, ENTERED_ON) as browser:
            return about in words(browser.get("/"))

    assert waits_for(due.approver)
    assert not waits_for(due.administrator)  # who entered it
    assert not waits_for(due.secretary)
    approve(due, entered)
    assert not waits_for(due.approver)
