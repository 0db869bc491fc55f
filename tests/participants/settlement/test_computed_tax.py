"""A batch whose tax is computed from approved rates and payroll's figures of the year.

Ann earned 15,000 shares at $8.23, $123,450.00, delivered on Monday, 24 March 2014.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ltip.desk.scenarios.telling import Telling
from ltip.rules.outcome import Refused
from participants.settlement import services
from participants.settlement.models import Settlement, SettlementBatch
from participants.settlement.rates import rates_on_record
from participants.settlement.statements import lines_of
from participants.settlement.taxing import Payroll
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of, holder
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
from tests.participants.settlement.rates import approve as approve_rates
from tests.participants.settlement.rates import approve_federal, enter

TUESDAY = date(2014, 3, 25)
# Of the year before this payment, in cents: 950,000 supplemental, all of the Social Security base,
# and 190,000 under Medicare.
YEAR = {
    "US supplemental wages": 95_000_000,
    "US Social Security wages": 11_700_000,
    "US Medicare wages": 19_000_000,
}
IN_CALIFORNIA = Payroll(YEAR, (("US-CA", None),))
# 25 % of 50,000 and 39.6 % of 73,450: 12,500 + 29,086.20; nothing above the base; 1.45 % of
# 123,450 is 1,790.025; 0.9 % of what lies above 200,000 (113,450) is 1,021.05; 10.23 % of
# 123,450 is 12,628.935: each rounded once, a half up.
ANN = 1_250_000 + 2_908_620 + 0 + 179_003 + 102_105 + 1_262_894


def prepared(telling: Telling, payroll: Payroll, on: date = MONDAY) -> Any:
    """A batch with Ann's tax computed, and the others' typed as nothing."""
    return services.prepare_settlement(
        period=telling.period,
        tax_minor={str(award_of(telling, name).public_id): 0 for name in ("carol", "dave")},
        payroll={str(award_of(telling, "ann").public_id): payroll},
        by=telling.administrator,
        at=cast.noon(on),
    )


def ann(batch: SettlementBatch) -> Any:
    return next(line for line in lines_of(batch) if line.holder == "ann")


def figures(telling: Telling, **changes: str) -> dict[str, str]:
    """The form with payroll's figures for Ann in the place of a sum."""
    key = award_of(telling, "ann").public_id
    told = {
        "supplemental": "950,000",
        "social_security": "117,000",
        "medicare": "190,000",
        "worked": "US-CA",
    } | changes
    others = {name: tax for name, tax in TAX.items() if name != "ann"}
    return preparation(telling, others) | {f"{name}_{key}": value for name, value in told.items()}


def test_the_tax_is_computed_from_the_approved_rates_with_every_step_on_the_line(
    due: Telling,
) -> None:
    approve_federal(due)
    line = ann(prepared(due, IN_CALIFORNIA))
    assert line.tax_minor == ANN == 5_702_622
    # 57,026.22 ÷ 8.23 = 6,929.06: 6,930 shares, worth 57,033.90; 7.68 goes back.
    assert (line.withheld, line.delivered, line.returned_minor) == (6_930, 8_070, 768)
    told = [(step["sentence"], step["figure"]) for step in line.steps]
    assert (
        "Income tax on supplemental wages (US), after $950,000.00 of US supplemental wages in the "
        "year: 25 % of $50,000.00 and 39.6 % of $73,450.00 (Circular E for 2014, approved by "
        f"{due.approver.name}).",
        "$41,586.20",
    ) in told
    assert (
        "The minimum required tax of ann is the sum of these, each rounded once.",
        "$57,026.22",
    ) in told


def test_a_typed_tax_says_that_it_was_typed_and_by_whom(due: Telling) -> None:
    batch = services.prepare_settlement(
        period=due.period,
        tax_minor={str(award_of(due, name).public_id): 12_345 for name in due.holders},
        by=due.administrator,
        at=cast.noon(MONDAY),
    )
    assert (
        "The minimum required tax as payroll gives it, entered by Stock administrator; it was not "
        "computed here."
    ) in [step["sentence"] for step in ann(batch).steps]


def test_a_missing_rate_a_missing_figure_and_a_missing_exchange_rate_refuse_by_name(
    due: Telling,
) -> None:
    with pytest.raises(Refused, match=r"supplemental wages \(US\): no rate is approved for 24"):
        prepared(due, IN_CALIFORNIA)
    approve_federal(due)
    without = {name: value for name, value in YEAR.items() if name != "US Medicare wages"}
    with pytest.raises(Refused, match="the US Medicare wages of the year that ann had before are"):
        prepared(due, Payroll(without, (("US-CA", None),)))
    moved = Payroll(YEAR, (("US-CA", date(2013, 6, 30)), ("GB", None)))
    for kind in ("income_tax", "employee_insurance"):
        rate = enter(due, jurisdiction="GB", kind=kind, rate=Decimal(45), currency="GBP")
        approve_rates(due, rate)
    with pytest.raises(Refused, match="no exchange rate of GBP in USD is approved for 22 March"):
        prepared(due, moved)
    with pytest.raises(Refused, match="the state in which ann worked"):
        prepared(due, Payroll(YEAR, (("US", None),)))
    with pytest.raises(Refused, match="where ann worked .* does not count each day once"):
        prepared(due, Payroll(YEAR, ()))
    assert not SettlementBatch.objects.exists()


def test_a_rate_that_only_waits_for_approval_computes_nothing(due: Telling) -> None:
    enter(due, jurisdiction="US", kind="supplemental", rate=Decimal(25))
    with pytest.raises(Refused, match="no rate is approved for 24 March 2014"):
        prepared(due, IN_CALIFORNIA)


def test_a_tax_given_twice_is_refused(due: Telling) -> None:
    key = str(award_of(due, "ann").public_id)
    with pytest.raises(Refused, match="The tax of ann is given twice"):
        services.prepare_settlement(
            period=due.period,
            tax_minor={key: 0},
            payroll={key: IN_CALIFORNIA},
            by=due.administrator,
            at=cast.noon(MONDAY),
        )


def test_a_rate_replaced_after_the_batch_was_prepared_has_it_prepared_again(
    due: Telling, visit: Visit
) -> None:
    approve_federal(due)
    tick_all(due, MONDAY)
    prepared(due, IN_CALIFORNIA)
    state = next(row for row in rates_on_record().tax if row.jurisdiction == "US-CA")
    approve_rates(due, enter(due, rate=Decimal("10.3"), supersedes=state))
    with visit(due.approver, MONDAY) as browser:
        said = words(approve(browser, due))
    assert "The tax of ann is figured otherwise today than when the batch was prepared." in said
    assert not Settlement.objects.exists()


def test_a_delivery_on_a_later_day_is_taxed_for_that_day(due: Telling, visit: Visit) -> None:
    """Prepared on Monday and approved on Tuesday, the stay has a day more: prepared again."""
    approve_federal(due)
    tick_all(due, MONDAY)
    prepared(due, IN_CALIFORNIA)
    with visit(due.approver, TUESDAY) as browser:
        assert "Prepare it again." in words(approve(browser, due))
    prepared(due, IN_CALIFORNIA, on=TUESDAY)
    with visit(due.approver, TUESDAY) as browser:
        assert "The settlement is approved." in words(approve(browser, due))
    settled = Settlement.objects.get(award=award_of(due, "ann"))
    assert (settled.tax_minor, settled.delivered_on) == (ANN, TUESDAY)


def test_the_page_takes_payrolls_figures_and_the_holder_reads_every_step(
    due: Telling, visit: Visit
) -> None:
    approve_federal(due)
    tick_all(due, MONDAY)
    with visit(due.administrator, MONDAY) as browser:
        said = words(prepare(browser, due, figures(due)))
        again = browser.get(address(due)).content.decode()
    assert "ann delivery 24 Mar 2014 15,000 $8.23 $57,026.22 6,930 8,070" in said
    assert "Tax computed from approved rates: ann." in said
    assert "Taxes not computed were typed by Stock administrator" in said
    assert 'value="950000.00"' in again
    with visit(due.approver, MONDAY) as browser:
        approve(browser, due)
    holder(due, "ann")
    with visit(due.holders["ann"].user, MONDAY) as browser:
        page = browser.get(f"/my/awards/{award_of(due, 'ann').public_id}/statement/")
    assert "25 % of $50,000.00 and 39.6 % of $73,450.00" in words(page)


def test_the_page_asks_for_one_of_the_two_and_says_what_is_wrong_beside_it(
    due: Telling, visit: Visit
) -> None:
    key = award_of(due, "ann").public_id
    wrong = {"worked": "California", "medicare": "190.000,00"}
    with visit(due.administrator, MONDAY) as browser:
        both = prepare(browser, due, figures(due) | {f"tax_{key}": "5.00"})
        written = prepare(browser, due, figures(due, **wrong))
        moved = prepare(browser, due, figures(due, worked="US-CA until 2013-02-30\nUS-NY"))
        refused = words(prepare(browser, due, figures(due, social_security="")))
    errors = both.context["preparation"].errors
    assert errors[f"tax_{key}"] == ["Enter the tax or payroll's figures, not both."]
    assert set(written.context["preparation"].errors) == {f"worked_{key}", f"medicare_{key}"}
    assert f"worked_{key}" in moved.context["preparation"].errors
    assert "no rate is approved for 24 March 2014" in refused
    assert not SettlementBatch.objects.exists()


def test_an_empty_figure_is_not_a_zero(due: Telling, visit: Visit) -> None:
    approve_federal(due)
    with visit(due.administrator, MONDAY) as browser:
        refused = words(prepare(browser, due, figures(due, social_security="")))
        accepted = words(prepare(browser, due, figures(due, social_security="0")))
    assert "the US Social Security wages of the year that ann had before are not given" in refused
    assert "The settlement is prepared and waits for finance." in accepted


def test_spaces_are_no_tax_of_nothing(due: Telling, visit: Visit) -> None:
    key = award_of(due, "ann").public_id
    with visit(due.administrator, MONDAY) as browser:
        page = prepare(browser, due, preparation(due, TAX | {"ann": "  "}))
    said = page.context["preparation"].errors[f"tax_{key}"]
    assert said == ["Enter the tax; 0 where there is none."]
    assert not SettlementBatch.objects.exists()
