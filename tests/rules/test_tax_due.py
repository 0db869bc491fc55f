"""All the tax on a delivery: by days, by currency, by jurisdiction, and in words."""

import decimal
from datetime import date
from decimal import Decimal

import pytest

from ltip.rules.outcome import Refused, Step
from ltip.rules.tax_due import (
    ExchangeRate,
    Stay,
    Tax,
    TaxDue,
    days_in,
    exchange_rate_on,
    rate_day,
    require_exchange_rate,
    tax_due,
)
from tests.rules.test_taxes import FROM_PAYROLL, PLACE, rate, refusal

GRANTED, DELIVERED = date(2012, 3, 1), date(2014, 3, 24)
# 2012-03-01 to 2014-03-24, both of them: 306 + 365 + 83 days.
WHOLE = 754
FEDERAL = [
    rate("supplemental", "25", 0, 1_000_000),
    rate("supplemental", "39.6", 1_000_000),
    rate("social_security", "6.2", 0, 117_000),
    rate("medicare", "1.45"),
    rate("additional_medicare", "0.9", 200_000),
]
CALIFORNIA = [rate("state", "10.23", jurisdiction="US-CA")]
TEXAS = [rate("state", "0", jurisdiction="US-TX")]
BRITAIN = [
    rate(kind, per_cent, jurisdiction="GB", currency="GBP")
    for kind, per_cent in (
        ("income_tax", "45"),
        ("employee_insurance", "2"),
        ("employer_insurance", "13.8"),
    )
]
STERLING = ExchangeRate("GBP", "USD", date(2014, 3, 23), Decimal("1.60"), "H.10", "Fay")
YEAR_TO_DATE = {
    "US supplemental wages": 0,
    "US Social Security wages": 11_700_000,
    "US Medicare wages": 20_000_000,
}


def due(value: str, days: dict[str, int], *, rates=None, figures=YEAR_TO_DATE, borne=False):
    """The tax on shares worth so many dollars."""
    return tax_due(
        holder="Ann",
        value_minor=Decimal(value) * 100,
        currency="USD",
        paid_on=DELIVERED,
        days=days,
        rates=[*FEDERAL, *CALIFORNIA, *TEXAS, *BRITAIN] if rates is None else rates,
        year_to_date=figures,
        exchange_rates=[STERLING],
        converted_on=date(2014, 3, 23),
        employer_insurance_borne=borne,
    )


def stays(*told: tuple[str, date, date]) -> list[Stay]:
    return [Stay(*one) for one in told]


def counted(*told: tuple[str, date, date]):
    return days_in(holder="Ann", stays=stays(*told), granted_on=GRANTED, delivered_on=DELIVERED)


def test_the_tax_of_a_holder_in_california_is_the_sum_of_five():
    """7,500 × 8.40 = 63,000: 15,750.00 + 0 + 913.50 + 567.00 + 6,444.90 = 23,675.40."""
    outcome = due("63000", {"US-CA": WHOLE})
    assert outcome.value == TaxDue(
        (
            Tax("US", "supplemental", "USD", 1_575_000, 1_575_000),
            Tax("US", "social_security", "USD", 0, 0),
            Tax("US", "medicare", "USD", 91_350, 91_350),
            Tax("US", "additional_medicare", "USD", 56_700, 56_700),
            Tax("US-CA", "state", "USD", 644_490, 644_490),
        ),
        2_367_540,
    )
    assert [step.figure for step in outcome.steps] == [
        "$15,750.00",
        "$0.00",
        "$913.50",
        "$567.00",
        "$6,444.90",
        "$23,675.40",
    ]
    assert outcome.steps[-1] == Step(
        sentence="The minimum required tax of Ann is the sum of these, each rounded once.",
        figure="$23,675.40",
        place=PLACE,
    )


def test_certified_shares_at_a_price_of_cents_come_to_payrolls_sum():
    """9,498 × 36.74 = 348,956.52: 22 + 10.23 + 1.45 + 0.9 % are 120,669.16."""
    rates = [rate("supplemental", "22"), *FEDERAL[2:], *CALIFORNIA]
    assert due("348956.52", {"US-CA": 1}, rates=rates).value.total_minor == 12_066_916


def test_a_country_taxes_all_of_its_states_and_each_state_its_own_days():
    """10,000: federal 2,500 + 145 + 90; California on a quarter, 255.75; Texas nothing."""
    outcome = due("10000", {"US-TX": 3, "US-CA": 1})
    assert [(t.jurisdiction, t.kind, t.amount_minor) for t in outcome.value.taxes] == [
        ("US", "supplemental", 250_000),
        ("US", "social_security", 0),
        ("US", "medicare", 14_500),
        ("US", "additional_medicare", 9_000),
        ("US-TX", "state", 0),
        ("US-CA", "state", 25_575),
    ]


def test_tax_in_another_currency_is_converted_and_said_once():
    """16,000 dollars are 10,000 pounds: 4,500 + 200 pounds, 7,200 + 320 dollars."""
    outcome = due("16000", {"GB": WHOLE}, figures={})
    assert outcome.value == TaxDue(
        (
            Tax("GB", "income_tax", "GBP", 450_000, 720_000),
            Tax("GB", "employee_insurance", "GBP", 20_000, 32_000),
        ),
        752_000,
    )
    assert outcome.steps == (
        Step("One GBP is 1.6 USD on 23 March 2014 (H.10, approved by Fay).", "1.6", PLACE),
        Step(
            "Income tax (GB): 45 % of GBP 10,000.00 (Publication 15, approved by Fay).",
            "GBP 4,500.00",
            PLACE,
        ),
        Step(
            "The employee's national insurance (GB): 2 % of GBP 10,000.00 (Publication 15, "
            "approved by Fay).",
            "GBP 200.00",
            PLACE,
        ),
        Step(
            "The minimum required tax of Ann is the sum of these, each rounded once.",
            "$7,520.00",
            PLACE,
        ),
    )


def test_the_employers_insurance_is_due_where_the_holder_took_it_over():
    """13.8 % of 10,000 pounds more: 1,380 pounds, 2,208 dollars."""
    outcome = due("16000", {"GB": WHOLE}, figures={}, borne=True)
    assert outcome.value.taxes[2] == Tax("GB", "employer_insurance", "GBP", 138_000, 220_800)
    assert outcome.value.total_minor == 972_800


def test_whoever_moved_is_taxed_in_both_countries_on_the_part_that_falls_to_each():
    """A quarter of 16,000 in Britain: 2,500 pounds, 1,125 and 50: 1,800 and 80 dollars. Three
    quarters in Texas, 12,000: 3,000 + 174 + 108."""
    outcome = due("16000", {"GB": 1, "US-TX": 3})
    assert [t.converted_minor for t in outcome.value.taxes] == [
        180_000,
        8_000,
        300_000,
        0,
        17_400,
        10_800,
        0,
    ]
    assert outcome.value.total_minor == 516_200


def test_each_tax_and_what_it_is_in_the_other_currency_is_rounded_a_half_up():
    """0.08 dollars are 0.05 pounds: 45 % of it are 2.25 pence, 2; those are 3.2 cents. 10.01
    dollars are 6.25625 pounds: 2.8153 pounds; 2.82 are 4.512 dollars."""
    assert due("0.08", {"GB": 1}, figures={}).value.taxes[0] == Tax("GB", "income_tax", "GBP", 2, 3)
    assert due("10.01", {"GB": 1}, figures={}).value.taxes[0] == Tax(
        "GB", "income_tax", "GBP", 282, 451
    )


def test_a_currency_without_cents_is_counted_in_whole_units():
    """100 dollars at 0.01 are 10,000 yen: 10 % are 1,000 yen, 10 dollars."""
    rates = [
        rate(kind, "10", jurisdiction="JP", currency="JPY")
        for kind in ("income_tax", "employee_insurance")
    ]
    yen = ExchangeRate("JPY", "USD", date(2014, 3, 23), Decimal("0.01"), "H.10", "Fay")
    outcome = tax_due(
        holder="Ann",
        value_minor=Decimal(10_000),
        currency="USD",
        paid_on=DELIVERED,
        days={"JP": 1},
        rates=rates,
        year_to_date={},
        exchange_rates=[yen],
        converted_on=date(2014, 3, 23),
        employer_insurance_borne=False,
    )
    assert outcome.value.taxes[0] == Tax("JP", "income_tax", "JPY", 1_000, 1_000)


def test_the_tax_does_not_hang_on_the_context_it_is_called_in():
    asked = {
        "holder": "Ann",
        "currency": "USD",
        "paid_on": DELIVERED,
        "rates": [*FEDERAL, *CALIFORNIA, *BRITAIN],
        "exchange_rates": [STERLING],
        "converted_on": date(2014, 3, 23),
        "employer_insurance_borne": False,
    }
    with decimal.localcontext(prec=3):
        here = tax_due(
            value_minor=Decimal(6_300_000), days={"US-CA": 7}, year_to_date=YEAR_TO_DATE, **asked
        )
        # 45 % of 7,716.05 pounds: 3,472.22, which are 5,555.55 dollars
        there = tax_due(value_minor=Decimal(1_234_568), days={"GB": 1}, year_to_date={}, **asked)
    assert here.value.total_minor == 2_367_540
    assert there.value.taxes[0] == Tax("GB", "income_tax", "GBP", 347_222, 555_555)


def test_whatever_is_missing_is_refused_by_name():
    assert refusal(lambda: due("1", {"US-NY": 1})) == (
        "State income tax on supplemental wages (US-NY): no rate is approved for 24 March 2014.",
        PLACE,
        FROM_PAYROLL,
    )
    with pytest.raises(Refused, match="the US Medicare wages of the year that Ann had before"):
        due("1", {"US-TX": 1}, figures={k: v for k, v in YEAR_TO_DATE.items() if "Med" not in k})
    euro = [rate("income_tax", "10", jurisdiction="DE", currency="EUR")]
    with pytest.raises(Refused, match="no exchange rate of EUR in USD is approved for 23 March"):
        due("1", {"DE": 1}, rates=euro)


# Days


def test_one_place_counts_every_day_from_the_grant_to_the_delivery():
    outcome = counted(("GB", GRANTED, DELIVERED))
    assert outcome.value == {"GB": WHOLE}
    assert outcome.steps == (
        Step(
            "Ann worked 754 of 754 days from the grant to the delivery in GB.",
            "754 ÷ 754",
            PLACE,
        ),
    )


def test_days_in_several_places_are_counted_each_in_its_own():
    """To 30 June 2013 are 306 + 181 days, then 183 + 1 and 83 − 1."""
    outcome = counted(
        ("US-CA", date(2014, 1, 2), DELIVERED),
        ("US-CA", GRANTED, date(2013, 6, 30)),
        ("GB", date(2013, 7, 1), date(2014, 1, 1)),
    )
    assert outcome.value == {"US-CA": 487 + 82, "GB": 185}
    assert [step.figure for step in outcome.steps] == ["569 ÷ 754", "185 ÷ 754"]


def test_more_than_a_thousand_days_are_grouped():
    outcome = days_in(
        holder="Ann",
        stays=[Stay("GB", date(2011, 3, 1), DELIVERED)],
        granted_on=date(2011, 3, 1),
        delivered_on=DELIVERED,
    )
    assert outcome.steps[0].figure == "1,120 ÷ 1,120"
    assert "worked 1,120 of 1,120 days" in outcome.steps[0].sentence


@pytest.mark.parametrize(
    "told",
    [
        [],
        [("GB", date(2012, 3, 2), DELIVERED)],
        [("GB", date(2012, 2, 29), DELIVERED)],
        [("GB", GRANTED, date(2014, 3, 23))],
        [("GB", GRANTED, date(2014, 3, 25))],
        [("GB", GRANTED, date(2013, 1, 1)), ("FR", date(2013, 1, 3), DELIVERED)],
        [("GB", GRANTED, date(2013, 1, 2)), ("FR", date(2013, 1, 2), DELIVERED)],
        [
            ("GB", GRANTED, date(2013, 1, 1)),
            ("FR", date(2013, 1, 2), date(2013, 1, 1)),
            ("GB", date(2013, 1, 2), DELIVERED),
        ],
    ],
)
def test_days_left_out_or_counted_twice_are_refused(told):
    assert refusal(lambda: counted(*told)) == (
        "where Ann worked from 1 March 2012 to 24 March 2014 does not count each day once.",
        PLACE,
        "Enter each stay with its first and last day.",
    )


def test_a_single_day_is_a_stay():
    outcome = counted(("GB", GRANTED, GRANTED), ("FR", date(2012, 3, 2), DELIVERED))
    assert outcome.value == {"GB": 1, "FR": WHOLE - 1}


def test_a_stay_in_the_united_states_names_its_state():
    assert refusal(lambda: counted(("US", GRANTED, DELIVERED))) == (
        "the state in which Ann worked from 1 March 2012 is not given.",
        PLACE,
        "Name it, also where it has no income tax.",
    )


# Exchange rates


def test_the_rate_is_that_of_the_settlement_date_or_by_decision_of_the_delivery():
    days = {"settles_on": date(2014, 3, 23), "delivered_on": date(2014, 3, 24)}
    assert rate_day(**days) == date(2014, 3, 23)
    assert rate_day(**days, reading="settlement_date") == date(2014, 3, 23)
    assert rate_day(**days, reading="delivery_date") == date(2014, 3, 24)
    with pytest.raises(Refused, match=r"'x' is no reading of tax\.exchange_rate"):
        rate_day(**days, reading="x")


def test_no_other_day_and_no_other_pair_stands_in_for_a_rate():
    def found(base: str, quote: str, day: date) -> Decimal:
        return exchange_rate_on(rates=[STERLING], base=base, quote=quote, day=day).value

    assert found("GBP", "USD", date(2014, 3, 23)) == Decimal("1.60")
    assert exchange_rate_on(rates=[], base="USD", quote="USD", day=DELIVERED).steps == ()
    assert found("USD", "USD", DELIVERED) == 1
    for asked in (
        ("GBP", "USD", date(2014, 3, 22)),
        ("GBP", "USD", date(2014, 3, 24)),
        ("USD", "GBP", date(2014, 3, 23)),
        ("GBP", "EUR", date(2014, 3, 23)),
        ("EUR", "USD", date(2014, 3, 23)),
    ):
        with pytest.raises(Refused):
            found(*asked)
    assert refusal(lambda: found("GBP", "USD", date(2014, 3, 22))) == (
        "no exchange rate of GBP in USD is approved for 22 March 2014.",
        PLACE,
        FROM_PAYROLL,
    )


def pound(**changes) -> ExchangeRate:
    told = {
        "base": "GBP",
        "quote": "USD",
        "day": date(2014, 3, 24),
        "rate": Decimal("0.0001"),
        "source": "H.10",
        "approved_by": "",
    }
    return ExchangeRate(**(told | changes))


def test_an_exchange_rate_in_order_can_be_approved():
    require_exchange_rate(pound(), beside=[STERLING])
    for other in ({"base": "EUR"}, {"quote": "EUR"}):
        require_exchange_rate(pound(day=STERLING.day, **other), beside=[STERLING])


@pytest.mark.parametrize(
    ("change", "reason", "remedy"),
    [
        ({"base": "USD"}, "USD is always one USD.", ""),
        ({"rate": Decimal(0)}, "0 is no exchange rate; it is above zero.", ""),
        ({"rate": Decimal(-1)}, "-1 is no exchange rate; it is above zero.", ""),
        ({"source": " "}, "the exchange rate has no source.", ""),
        (
            {"day": STERLING.day},
            "GBP in USD has a rate for 23 March 2014 already.",
            "Name the rate that this one replaces.",
        ),
    ],
)
def test_an_exchange_rate_out_of_order_is_refused(change, reason, remedy):
    asked = pound(**change)
    said = (reason, PLACE, remedy)
    assert refusal(lambda: require_exchange_rate(asked, beside=[STERLING])) == said


@pytest.mark.parametrize("side", ["base", "quote"])
def test_an_exchange_rate_of_an_unknown_currency_is_refused(side):
    with pytest.raises(Refused, match="'XXX'"):
        require_exchange_rate(pound(**{side: "XXX"}), beside=[])
