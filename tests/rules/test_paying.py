"""How a tax is paid: who chooses, until when, and the tax divided to the last cent."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.outcome import Refused, Step
from ltip.rules.paying import (
    IN_SHARES,
    Allocation,
    SaleResult,
    Ways,
    allocated,
    early_tax,
    require_election,
    require_sale,
    sale_settled,
    shares_to_sell,
    ways_to_pay,
)
from ltip.rules.settling import Withholding

PLACE = "P Tax Withholding"
BOTH = "P Tax Withholding, GA §6"
DETERMINED, SETTLES = date(2014, 2, 20), date(2014, 3, 22)


def refusal(call) -> tuple[str, str, str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reason, refused.value.place, refused.value.remedy


def elect(ways: Ways = IN_SHARES, on: date = DETERMINED, **changes) -> None:
    asked = {"determined_on": DETERMINED, "settles_on": SETTLES} | changes
    require_election(ways=ways, on=on, **asked)


@pytest.mark.parametrize(
    "ways", [IN_SHARES, Ways(cash=100), Ways(sale=100), Ways(1, 1, 98), Ways(40, 35, 25)]
)
def test_one_or_several_ways_make_up_the_whole_tax(ways):
    elect(ways)


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        (Ways(99, 0, 0), "99 % in shares, 0 % from wages or cash and 0 % from a sale"),
        (Ways(50, 51, 0), "50 % in shares, 51 % from wages or cash and 0 % from a sale"),
        (Ways(101, -1, 0), "101 % in shares, -1 % from wages or cash and 0 % from a sale"),
        (Ways(-1, 0, 101), "-1 % in shares, 0 % from wages or cash and 101 % from a sale"),
        (Ways(50, 51, -1), "50 % in shares, 51 % from wages or cash and -1 % from a sale"),
    ],
)
def test_ways_that_do_not_make_up_the_tax_are_refused(ways, said):
    assert refusal(lambda: elect(ways)) == (
        f"{said} do not make up the whole tax.",
        PLACE,
        "Give whole per cent that add up to 100.",
    )


def test_an_election_is_made_from_the_determination_date_to_the_day_before_settlement():
    elect(on=DETERMINED)
    elect(on=date(2014, 3, 21))
    early = ("what this award earned is not determined yet.", PLACE, "")
    assert refusal(lambda: elect(on=date(2014, 2, 19))) == early
    assert refusal(lambda: elect(determined_on=None)) == early
    for late in (SETTLES, date(2014, 3, 23)):
        with pytest.raises(Refused):
            elect(on=late)
    assert refusal(lambda: elect(on=SETTLES)) == (
        "the award settles on 22 March 2014; an election is made before that day, and 22 March "
        "2014 is not.",
        PLACE,
        "",
    )


def test_nobody_elects_where_the_committee_decided_that_shares_are_withheld():
    elect(choice="holder")
    assert refusal(lambda: elect(choice="shares")) == (
        "the Committee reads the Program so that the company withholds shares from everyone.",
        BOTH,
        "",
    )


def test_without_an_election_the_company_withholds_shares():
    expected = Step(
        "The holder elected no other way to pay, so the company withholds shares.", "", BOTH
    )
    for elected, on in ((None, None), (None, DETERMINED), (Ways(cash=100), None)):
        outcome = ways_to_pay(elected=elected, elected_on=on)
        assert (outcome.value, outcome.steps) == (Ways(shares=100), (expected,))


def test_an_election_holds_unless_the_committee_decided_otherwise():
    elected = Ways(60, 30, 10)
    held = ways_to_pay(elected=elected, elected_on=DETERMINED)
    assert held.value == elected
    assert held.steps == (
        Step(
            "The holder elected on 20 February 2014 how the tax is paid.",
            "60 % shares, 30 % wages or cash, 10 % sale",
            BOTH,
        ),
    )
    only = ways_to_pay(elected=Ways(cash=100), elected_on=DETERMINED, choice="holder")
    assert only.steps[0].figure == "100 % wages or cash"
    decided = ways_to_pay(elected=elected, elected_on=DETERMINED, choice="shares")
    assert decided.value == IN_SHARES
    assert decided.steps == (
        Step("By decision of the Committee the company withholds shares from everyone.", "", BOTH),
    )


@pytest.mark.parametrize(
    "ask",
    [
        lambda: elect(choice="x"),
        lambda: ways_to_pay(elected=None, elected_on=None, choice="x"),
    ],
)
def test_a_word_that_nobody_chose_is_no_reading(ask):
    with pytest.raises(Refused, match=r"'x' is no reading of withholding\.choice"):
        ask()


def divided(tax_minor: int, ways: Ways) -> Allocation:
    return allocated(tax_minor=tax_minor, ways=ways, currency="USD").value


@pytest.mark.parametrize(
    ("tax_minor", "ways", "expected"),
    [
        (4_528_146, IN_SHARES, Allocation(4_528_146, 0, 0)),
        (4_528_146, Ways(cash=100), Allocation(0, 4_528_146, 0)),
        (4_528_146, Ways(sale=100), Allocation(0, 0, 4_528_146)),
        # 40 % of 45,281.46 are 18,112.584, 35 % 15,848.511: 18,112.58 in cash, 15,848.51 by sale
        (4_528_146, Ways(25, 40, 35), Allocation(1_132_037, 1_811_258, 1_584_851)),
        # a half of a cent goes up, and what the sale would take too much stays out
        (1, Ways(0, 50, 50), Allocation(0, 1, 0)),
        (1, Ways(50, 50, 0), Allocation(0, 1, 0)),
        (1, Ways(51, 49, 0), Allocation(1, 0, 0)),
        (3, Ways(0, 50, 50), Allocation(0, 2, 1)),
        (0, Ways(50, 25, 25), Allocation(0, 0, 0)),
    ],
)
def test_a_tax_is_divided_to_the_last_cent(tax_minor, ways, expected):
    assert divided(tax_minor, ways) == expected


@given(
    st.integers(min_value=0, max_value=10**11),
    st.integers(min_value=0, max_value=100),
    st.integers(min_value=0, max_value=100),
)
def test_nothing_of_a_tax_is_lost_or_paid_twice(tax_minor, cash, sale):
    sale = min(sale, 100 - cash)
    result = divided(tax_minor, Ways(100 - cash - sale, cash, sale))
    parts = (result.shares_minor, result.cash_minor, result.sale_minor)
    assert sum(parts) == tax_minor
    assert min(parts) >= 0
    assert abs(result.cash_minor - Decimal(tax_minor) * cash / 100) <= Decimal("0.5")


def test_each_way_has_its_step_and_shares_alone_need_none():
    assert allocated(tax_minor=100, ways=IN_SHARES, currency="USD").steps == ()
    outcome = allocated(tax_minor=1_000_000, ways=Ways(60, 30, 10), currency="GBP")
    assert outcome.steps == (
        Step(
            "30 % of the tax of GBP 10,000.00 is withheld from wages or paid in cash.",
            "GBP 3,000.00",
            PLACE,
        ),
        Step(
            "10 % of the tax of GBP 10,000.00 is paid from the sale of shares.",
            "GBP 1,000.00",
            PLACE,
        ),
        Step("60 % of the tax of GBP 10,000.00 is paid in shares withheld.", "GBP 6,000.00", PLACE),
    )
    only = allocated(tax_minor=100, ways=Ways(cash=100), currency="USD")
    assert [step.figure for step in only.steps] == ["$1.00"]


def test_a_negative_tax_is_not_divided():
    assert divided(0, IN_SHARES) == Allocation(0, 0, 0)
    assert refusal(lambda: divided(-1, IN_SHARES)) == (
        "a tax of -1 cannot be negative.",
        PLACE,
        "",
    )


def sold(sale_minor: int, proceeds_minor: int):
    return sale_settled(sale_minor=sale_minor, proceeds_minor=proceeds_minor, currency="USD")


def test_what_a_sale_brings_beyond_the_tax_goes_back_and_what_it_lacks_is_owed():
    beyond = "The sale brought the tax it was to pay; what is beyond it goes back in cash"
    short = "The sale brought less than the tax it was to pay; the participant owes the rest"
    more, exact, less = sold(10_000, 10_001), sold(10_000, 10_000), sold(10_000, 9_999)
    assert more.value == SaleResult(returned_minor=1, owed_minor=0)
    assert more.steps == (Step(f"{beyond}: $100.01 for $100.00.", "$0.01", PLACE),)
    assert exact.value == SaleResult(returned_minor=0, owed_minor=0)
    assert exact.steps == (Step(f"{beyond}: $100.00 for $100.00.", "$0.00", PLACE),)
    assert less.value == SaleResult(returned_minor=0, owed_minor=1)
    assert less.steps == (Step(f"{short}: $99.99 for $100.00.", "$0.01", PLACE),)
    assert sold(0, 0).value == SaleResult(0, 0)


@pytest.mark.parametrize(
    ("sale_minor", "proceeds_minor", "said"),
    [
        (-1, 0, "a tax of -1 or proceeds of 0: neither can be negative."),
        (0, -1, "a tax of 0 or proceeds of -1: neither can be negative."),
    ],
)
def test_negative_amounts_of_a_sale_are_refused(sale_minor, proceeds_minor, said):
    assert refusal(lambda: sold(sale_minor, proceeds_minor)) == (said, PLACE, "")


OPENS, CLOSES = date(2014, 3, 3), date(2014, 3, 24)


def sell(on: date, *, opens=OPENS, closes=CLOSES, instructed=None) -> None:
    require_sale(sold_on=on, window_opens=opens, window_closes=closes, instructed_on=instructed)


@pytest.mark.parametrize("on", [OPENS, date(2014, 3, 10), CLOSES])
def test_shares_are_sold_in_an_open_window(on):
    sell(on)


def test_outside_a_window_shares_are_sold_under_an_instruction_of_a_day_before():
    said = (
        "on 25 March 2014 no trading window was open, and no standing instruction had been given "
        "before.",
        PLACE,
        "Sell in an open window.",
    )
    after = date(2014, 3, 25)
    assert refusal(lambda: sell(after)) == said
    assert refusal(lambda: sell(after, instructed=after)) == said
    assert refusal(lambda: sell(after, instructed=date(2014, 3, 26))) == said
    assert refusal(lambda: sell(after, opens=None)) == said
    assert refusal(lambda: sell(after, closes=None)) == said
    sell(after, instructed=CLOSES)
    sell(after, opens=None, closes=None, instructed=CLOSES)
    with pytest.raises(Refused):
        sell(date(2014, 3, 2))
    with pytest.raises(Refused):
        sell(date(2014, 3, 10), opens=None)
    with pytest.raises(Refused):
        sell(date(2014, 3, 10), closes=None)


@pytest.mark.parametrize(
    ("tax_minor", "shares"), [(1, 1), (822, 1), (823, 1), (824, 2), (82_300, 100), (82_301, 100)]
)
def test_as_many_shares_are_sold_as_the_tax_is_worth_and_no_more_than_are_delivered(
    tax_minor, shares
):
    """At 8.23 a share, of 100 delivered: 8.24 takes a second share, 823.01 no 101st."""
    sold = shares_to_sell(
        sale_minor=tax_minor, fair_market_value=Decimal("8.23"), delivered=100, currency="USD"
    )
    assert sold.value == shares


def test_the_shares_to_sell_are_explained():
    sold = shares_to_sell(
        sale_minor=1_234, fair_market_value=Decimal("8.23"), delivered=1_500, currency="USD"
    )
    assert sold.steps == (
        Step(
            "Shares to sell for $12.34 of the tax at 8.23 each, up to the next whole share and no "
            "more than are delivered.",
            "2",
            PLACE,
        ),
    )


def test_yen_are_sold_for_by_the_yen():
    sold = shares_to_sell(
        sale_minor=1_001, fair_market_value=Decimal(1_000), delivered=9, currency="JPY"
    )
    assert sold.value == 2


def test_nothing_is_sold_for_no_tax():
    none = shares_to_sell(sale_minor=0, fair_market_value=Decimal(1), delivered=1, currency="USD")
    assert (none.value, none.steps) == (0, ())


TAXED, BEFORE_SETTLEMENT = date(2014, 3, 3), date(2014, 3, 21)


def met_early(tax_minor=20_000, taxed_on=TAXED, shares=1_000):
    return early_tax(
        tax_minor=tax_minor,
        taxed_on=taxed_on,
        settles_on=SETTLES,
        fair_market_value=Decimal("7.50"),
        shares=shares,
        currency="USD",
    )


@pytest.mark.parametrize(
    ("tax_minor", "forfeited", "returned", "owed"),
    [
        (0, 0, 0, 0),
        (1, 1, 749, 0),
        (749, 1, 1, 0),
        (750, 1, 0, 0),
        (751, 2, 749, 0),
        (749_999, 1_000, 1, 0),
        (750_000, 1_000, 0, 0),
        (750_001, 1_000, 0, 1),
    ],
)
def test_an_earlier_tax_is_met_by_forfeiting_shares_at_that_days_value(
    tax_minor, forfeited, returned, owed
):
    """1,000 shares at 7.50 are 7,500.00."""
    assert met_early(tax_minor).value == Withholding(
        withheld=forfeited, delivered=1_000 - forfeited, returned_minor=returned, owed_minor=owed
    )


def test_an_earlier_tax_explains_the_shares_and_what_goes_back():
    """200.00 ÷ 7.50 is 26.67: 27 shares, worth 202.50."""
    assert met_early().steps == (
        Step(
            "A tax of $200.00 fell due on 3 March 2014, before the Settlement Date: shares worth "
            "that much at 7.50 each are forfeited, up to the next whole share.",
            "27",
            "GA §6",
        ),
        Step(
            "What the last share withheld is worth beyond the tax goes back in cash.",
            "$2.50",
            PLACE,
        ),
    )


def test_an_earlier_tax_that_the_shares_do_not_cover_is_owed():
    steps = met_early(8_000, shares=10).steps
    assert (steps[0].figure, steps[1:]) == (
        "10",
        (
            Step(
                "The shares withheld do not cover the tax; the participant owes the rest.",
                "$5.00",
                PLACE,
            ),
        ),
    )


def test_a_tax_of_the_day_before_is_earlier_and_one_of_the_settlement_date_is_not():
    assert met_early(taxed_on=BEFORE_SETTLEMENT).value.withheld == 27
    said = (
        "the award settles on 22 March 2014, and a tax of 22 March 2014 is not earlier.",
        "GA §6",
        "Withhold it with the settlement.",
    )
    assert refusal(lambda: met_early(taxed_on=SETTLES)) == said
    after = refusal(lambda: met_early(taxed_on=date(2014, 3, 23)))
    assert after[0] == (
        "the award settles on 22 March 2014, and a tax of 23 March 2014 is not earlier."
    )


def test_an_earlier_tax_in_yen_is_met_by_the_yen():
    met = early_tax(
        tax_minor=1_001,
        taxed_on=TAXED,
        settles_on=SETTLES,
        fair_market_value=Decimal(1_000),
        shares=9,
        currency="JPY",
    )
    assert (met.value.withheld, met.value.returned_minor) == (2, 999)
