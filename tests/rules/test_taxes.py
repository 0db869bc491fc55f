"""Tax of one kind: the rates that hold, thresholds in threes, payroll's own figures, and words."""

import decimal
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.outcome import Refused, Step
from ltip.rules.taxes import (
    KINDS,
    Rate,
    country_of,
    kinds_in,
    rates_on,
    require_rate,
    tax_name,
    tax_on_wages,
    wages_name,
)

PLACE = "P Tax Withholding"
FROM_PAYROLL = "Have it approved first, or enter the tax as payroll gives it."
DAY = date(2014, 3, 24)
DOLLAR = 100


def rate(
    kind: str,
    per_cent: str,
    above: int = 0,
    up_to: int | None = None,
    *,
    jurisdiction: str = "US",
    currency: str = "USD",
    starts: date = date(2014, 1, 1),
    ends: date | None = date(2014, 12, 31),
    source: str = "Publication 15",
    approved_by: str = "Fay",
) -> Rate:
    """A rate with its thresholds in whole units of the currency."""
    return Rate(
        jurisdiction,
        kind,
        Decimal(per_cent),
        above * DOLLAR,
        None if up_to is None else up_to * DOLLAR,
        currency,
        starts,
        ends,
        source,
        approved_by,
    )


FEDERAL = (
    rate("supplemental", "25", 0, 1_000_000),
    rate("supplemental", "39.6", 1_000_000),
)
# The wage base of 2018, 128,400: the year's maximum is 7,960.80.
SOCIAL = (rate("social_security", "6.2", 0, 128_400),)
MEDICARE = (rate("medicare", "1.45"),)
ADDITIONAL = (rate("additional_medicare", "0.9", 200_000),)


def tax(rates, wages: str, before: str | None = "0") -> int:
    """The tax in cents on wages in dollars."""
    return tax_on_wages(
        holder="Ann",
        wages_minor=Decimal(wages) * DOLLAR,
        before_minor=None if before is None else int(Decimal(before) * DOLLAR),
        rates=rates,
    ).value


def refusal(call) -> tuple[str, str, str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reason, refused.value.place, refused.value.remedy


def test_a_payment_that_straddles_the_million_is_split():
    """25 % of 100,000 and 39.6 % of 100,000: 25,000 + 39,600; at 22 and 37 %, 22,000 + 37,000."""
    today = (rate("supplemental", "22", 0, 1_000_000), rate("supplemental", "37", 1_000_000))
    assert tax(FEDERAL, "200000", "900000") == 6_460_000
    assert tax(today, "200000", "900000") == 5_900_000


@pytest.mark.parametrize(
    ("before", "cents"),
    [
        ("799999.99", 5_000_000),  # a cent below: 25 % of 200,000
        ("800000", 5_000_000),
        ("800000.07", 5_000_001),  # seven cents at 39.6 % and not at 25 %: 1.022 cents more
        ("999999.99", 7_920_000),  # one cent at 25 %: 0.146 cents less than 79,200
        ("1000000", 7_920_000),
        ("5000000", 7_920_000),
    ],
)
def test_the_flat_rate_holds_up_to_a_million_of_the_year(before, cents):
    assert tax(FEDERAL, "200000", before) == cents


@pytest.mark.parametrize(
    ("before", "pays", "cents"),
    [
        ("0", "1000", 6_200),
        ("128399.00", "1000", 6),  # 6.2 % of 1.00
        ("128383.87", "1000", 100),  # 6.2 % of the 16.13 that are left: 1.00006
        ("128400", "1000", 0),
        ("500000", "1000", 0),
        ("0", "128400", 796_080),
        ("0", "128400.01", 796_080),
        ("0", "500000", 796_080),
    ],
)
def test_social_security_stops_at_the_wage_base_of_the_year(before, pays, cents):
    assert tax(SOCIAL, pays, before) == cents


@pytest.mark.parametrize(
    ("before", "pays", "cents"),
    [
        ("199000", "1000", 1_450),
        ("199500", "1000", 1_900),
        ("200000", "1000", 2_350),
        ("500000", "1000", 2_350),
        ("0", "500000", 995_000),
        ("0", "200000", 290_000),
    ],
)
def test_payrolls_own_figures_of_medicare(before, pays, cents):
    """1,450 + nothing; + 0.9 % of 500; + 0.9 % of 1,000; 7,250 + 2,700; 2,900."""
    assert tax(MEDICARE, pays, before) + tax(ADDITIONAL, pays, before) == cents


@pytest.mark.parametrize(
    ("wages", "expected"),
    [
        # 7,500 × 8.40 = 63,000.00
        ("63000", (1_575_000, 644_490, 91_350, 56_700)),
        # 15,000 × 8.23 = 123,450.00: 10.23 % is 12,628.935 and 1.45 % 1,790.025, a half up
        ("123450", (3_086_250, 1_262_894, 179_003, 111_105)),
    ],
)
def test_each_tax_is_rounded_once_a_half_up(wages, expected):
    kinds = (
        rate("supplemental", "25"),
        rate("state", "10.23", jurisdiction="US-CA"),
        rate("medicare", "1.45"),
        rate("additional_medicare", "0.9"),
    )
    assert tuple(tax((one,), wages, None) for one in kinds) == expected


def test_a_tax_of_several_rates_is_rounded_once_and_not_each_rate_by_itself():
    """0.4 cents at each of two rates are 0.8 cents, and so one."""
    halves = (rate("income_tax", "40", 0, 1), rate("income_tax", "40", 1))
    assert tax(halves, "0.02", "0.99") == 1


def test_national_insurance_begins_above_its_threshold_and_goes_on_lower():
    """8 % of 12,570 to 50,270: 3,016.00; 2 % of the rest: of 49,730, 994.60."""
    insurance = (
        rate("employee_insurance", "8", 12_570, 50_270, jurisdiction="GB", currency="GBP"),
        rate("employee_insurance", "2", 50_270, jurisdiction="GB", currency="GBP"),
    )
    assert tax(insurance, "100000") == 401_060
    assert tax(insurance, "12570") == 0
    assert tax(insurance, "12570.06") == 0
    assert tax(insurance, "12570.07") == 1


def test_the_step_names_the_tax_what_came_before_each_rate_and_who_approved_it():
    said = tax_on_wages(
        holder="Ann", wages_minor=Decimal(20_000_000), before_minor=90_000_000, rates=FEDERAL
    )
    assert said.steps == (
        Step(
            sentence="Income tax on supplemental wages (US), after $900,000.00 of US supplemental "
            "wages in the year: 25 % of $100,000.00 and 39.6 % of $100,000.00 (Publication 15, "
            "approved by Fay).",
            figure="$64,600.00",
            place=PLACE,
        ),
    )


def test_a_rate_without_thresholds_needs_no_figure_of_the_year():
    said = tax_on_wages(
        holder="Ann", wages_minor=Decimal(100_000), before_minor=None, rates=MEDICARE
    )
    assert said.steps == (
        Step(
            sentence="Medicare (US): 1.45 % of $1,000.00 (Publication 15, approved by Fay).",
            figure="$14.50",
            place=PLACE,
        ),
    )


def test_a_payment_that_no_rate_reaches_says_so_and_rates_from_two_sources_name_both():
    rates = (
        rate("employer_insurance", "10", 5_000, 6_000, jurisdiction="GB", currency="GBP"),
        rate(
            "employer_insurance",
            "15.1234567",
            6_000,
            jurisdiction="GB",
            currency="GBP",
            source="HMRC",
            approved_by="Flo",
        ),
    )
    said = tax_on_wages(holder="Ann", wages_minor=Decimal(500_000), before_minor=0, rates=rates)
    assert (said.value, said.steps[0].figure) == (0, "GBP 0.00")
    assert said.steps[0].sentence == (
        "The employer's national insurance (GB), after GBP 0.00 of GB pay in the year: no rate "
        "above nothing reaches this payment (Publication 15, approved by Fay; HMRC, approved by "
        "Flo)."
    )
    higher = tax_on_wages(
        holder="Ann", wages_minor=Decimal(100_000), before_minor=600_000, rates=rates
    )
    assert "in the year: 15.123457 % of GBP 1,000.00 (" in higher.steps[0].sentence


@pytest.mark.parametrize("rates", [FEDERAL, SOCIAL, ADDITIONAL, FEDERAL[1:], MEDICARE + MEDICARE])
def test_a_figure_of_the_year_that_is_missing_is_refused_by_name(rates):
    name = f"{KINDS[rates[0].kind].label} (US)"
    counted = f"US {KINDS[rates[0].kind].wages}"
    assert refusal(lambda: tax(rates, "1000", None)) == (
        f"{name}: the {counted} of the year that Ann had before are not given.",
        PLACE,
        "Enter them from payroll; 0 where there were none.",
    )


def test_above_the_last_rate_nothing_is_known():
    flat = FEDERAL[:1]
    assert tax(flat, "100000", "899999.99") == 2_500_000
    assert tax(flat, "100000", "900000") == 2_500_000
    assert refusal(lambda: tax(flat, "100000", "900000.01")) == (
        "Income tax on supplemental wages (US): no rate is approved above $1,000,000.00, which Ann "
        "passes.",
        PLACE,
        FROM_PAYROLL,
    )


def test_the_rounding_does_not_hang_on_the_context_it_is_called_in():
    wages = Decimal(12_345_001)
    with decimal.localcontext(prec=3):
        said = tax_on_wages(holder="Ann", wages_minor=wages, before_minor=99, rates=FEDERAL)
    # 25 % of 123,450.01: 30,862.5025
    assert (said.value, said.steps[0].figure) == (3_086_250, "$30,862.50")


@given(
    st.integers(min_value=0, max_value=600_000),
    st.integers(min_value=1, max_value=400_000),
    st.integers(min_value=1, max_value=400_000),
)
def test_two_payments_one_after_the_other_pay_the_tax_of_one(before, first, second):
    """In steps of five dollars, of which both rates are whole cents."""
    before, first, second = 5 * before, 5 * first, 5 * second
    together = tax(FEDERAL, str(first + second), str(before))
    apart = tax(FEDERAL, str(first), str(before)) + tax(FEDERAL, str(second), str(before + first))
    assert together == apart


# The rates of a day


def test_the_rates_of_a_day_are_those_that_hold_on_it_from_the_lowest_up():
    others = (
        rate("medicare", "1.45"),
        rate("supplemental", "30", jurisdiction="US-CA"),
        rate("supplemental", "22", starts=date(2018, 1, 1), ends=None),
    )
    listed = (FEDERAL[1], *others, FEDERAL[0])
    asked = {"rates": listed, "jurisdiction": "US", "kind": "supplemental"}
    for day in (date(2014, 1, 1), DAY, date(2014, 12, 31)):
        assert rates_on(**asked, on=day) == FEDERAL
    for day in (date(2018, 1, 1), date(2030, 1, 1)):
        assert [r.rate for r in rates_on(**asked, on=day)] == [Decimal(22)]
    for day in (date(2013, 12, 31), date(2015, 1, 1), date(2017, 12, 31)):
        with pytest.raises(Refused):
            rates_on(**asked, on=day)


def test_a_day_without_an_approved_rate_is_refused_by_name():
    assert refusal(lambda: rates_on(rates=FEDERAL, jurisdiction="US-CA", kind="state", on=DAY)) == (
        "State income tax on supplemental wages (US-CA): no rate is approved for 24 March 2014.",
        PLACE,
        FROM_PAYROLL,
    )


@pytest.mark.parametrize(
    "second",
    [
        rate("supplemental", "39.6", 1_000_001),
        rate("supplemental", "39.6", 999_999),
        rate("supplemental", "39.6", 1_000_000, currency="CAD"),
    ],
)
def test_rates_that_do_not_adjoin_are_refused(second):
    assert refusal(
        lambda: rates_on(rates=(FEDERAL[0], second), jurisdiction="US", kind="supplemental", on=DAY)
    ) == (
        "Income tax on supplemental wages (US): the rates approved for 24 March 2014 do not "
        "adjoin.",
        PLACE,
        "Have them corrected first, or enter the tax as payroll gives it.",
    )


# Which taxes there are


def test_each_jurisdiction_has_its_kinds_of_tax():
    def kinds(jurisdiction: str, borne: bool) -> tuple[str, ...]:
        return kinds_in(jurisdiction=jurisdiction, employer_insurance_borne=borne)

    federal = ("supplemental", "social_security", "medicare", "additional_medicare")
    for borne in (True, False):
        assert kinds("US", borne) == federal
        assert kinds("US-CA", borne) == ("state",)
    assert kinds("GB", False) == ("income_tax", "employee_insurance")
    assert kinds("GB", True) == ("income_tax", "employee_insurance", "employer_insurance")


@pytest.mark.parametrize(
    ("kind", "jurisdiction", "name", "wages"),
    [
        ("supplemental", "US", "Income tax on supplemental wages (US)", "US supplemental wages"),
        ("social_security", "US", "Social Security (US)", "US Social Security wages"),
        ("medicare", "US", "Medicare (US)", "US Medicare wages"),
        ("additional_medicare", "US", "Additional Medicare tax (US)", "US Medicare wages"),
        (
            "state",
            "US-CA",
            "State income tax on supplemental wages (US-CA)",
            "US supplemental wages",
        ),
        ("income_tax", "GB", "Income tax (GB)", "GB pay"),
        ("employee_insurance", "GB", "The employee's national insurance (GB)", "GB pay"),
        ("employer_insurance", "GB", "The employer's national insurance (GB)", "GB pay"),
    ],
)
def test_a_tax_and_the_wages_it_counts_have_a_name(kind, jurisdiction, name, wages):
    assert tax_name(kind=kind, jurisdiction=jurisdiction) == name
    assert wages_name(kind=kind, jurisdiction=jurisdiction) == wages
    assert KINDS[kind].key == kind


def test_the_country_of_a_state_is_what_stands_before_the_hyphen():
    assert [country_of(one) for one in ("US", "US-CA", "GB")] == ["US", "US", "GB"]


# Which rates can be approved

MEDICARE_2014 = MEDICARE[0]


@pytest.mark.parametrize(
    "good",
    [
        MEDICARE_2014,
        replace(MEDICARE_2014, rate=Decimal(0)),
        replace(MEDICARE_2014, rate=Decimal(100)),
        replace(MEDICARE_2014, above_minor=1),
        replace(MEDICARE_2014, above_minor=1, up_to_minor=2),
        replace(MEDICARE_2014, ends_on=None),
        replace(MEDICARE_2014, ends_on=MEDICARE_2014.starts_on),
        *SOCIAL,
        rate("employer_insurance", "13.8", jurisdiction="GB", currency="GBP"),
    ],
)
def test_a_rate_in_order_can_be_approved(good):
    require_rate(good, beside=[])


@pytest.mark.parametrize(
    ("wrong", "reason", "remedy"),
    [
        (replace(MEDICARE_2014, kind="state"), "'state' is no kind of tax in US.", ""),
        (replace(MEDICARE_2014, jurisdiction="GB"), "'medicare' is no kind of tax in GB.", ""),
        (
            replace(MEDICARE_2014, rate=Decimal("-0.01")),
            "Medicare (US): -0.01 is no rate in per cent.",
            "",
        ),
        (
            replace(MEDICARE_2014, rate=Decimal("100.01")),
            "Medicare (US): 100.01 is no rate in per cent.",
            "",
        ),
        (
            replace(MEDICARE_2014, above_minor=-1),
            "Medicare (US): the thresholds are not in order.",
            "",
        ),
        (
            replace(MEDICARE_2014, above_minor=5, up_to_minor=5),
            "Medicare (US): the thresholds are not in order.",
            "",
        ),
        (
            replace(SOCIAL[0], up_to_minor=None),
            "Social Security (US): the wage base of the year is missing.",
            "Give it as the amount up to which the rate holds.",
        ),
        (
            replace(MEDICARE_2014, ends_on=date(2013, 12, 31)),
            "Medicare (US): it ends on 31 December 2013, before it starts on 1 January 2014.",
            "",
        ),
        (replace(MEDICARE_2014, source=" "), "Medicare (US): the rate has no source.", ""),
    ],
)
def test_a_rate_out_of_order_is_refused_by_name(wrong, reason, remedy):
    assert refusal(lambda: require_rate(wrong, beside=[])) == (reason, PLACE, remedy)


def test_a_rate_in_an_unknown_currency_is_refused():
    with pytest.raises(Refused, match="'XXX'"):
        require_rate(replace(MEDICARE_2014, currency="XXX"), beside=[])


LOWER = rate("supplemental", "25", 100, 200, starts=date(2014, 2, 1), ends=date(2014, 3, 31))


@pytest.mark.parametrize(
    ("change", "overlap"),
    [
        ({"above_minor": 20_000, "up_to_minor": 30_000}, False),
        ({"above_minor": 19_999, "up_to_minor": 30_000}, True),
        ({"above_minor": 20_000, "up_to_minor": None}, False),
        ({"above_minor": 0, "up_to_minor": 10_000}, False),
        ({"above_minor": 0, "up_to_minor": 10_001}, True),
        ({"above_minor": 0, "up_to_minor": None}, True),
        ({"starts_on": date(2014, 4, 1), "ends_on": None}, False),
        ({"starts_on": date(2014, 3, 31), "ends_on": None}, True),
        ({"starts_on": date(2014, 1, 1), "ends_on": date(2014, 1, 31)}, False),
        ({"starts_on": date(2014, 1, 1), "ends_on": date(2014, 2, 1)}, True),
        ({"starts_on": date(2014, 1, 1), "ends_on": None}, True),
        ({"jurisdiction": "US-CA", "kind": "state"}, False),
        ({"kind": "medicare"}, False),
    ],
)
def test_no_wage_has_two_rates_of_a_tax_on_a_day(change, overlap):
    other = replace(LOWER, **change)
    if not overlap:
        require_rate(other, beside=[LOWER])
        require_rate(LOWER, beside=[other])
        return
    for one, beside in ((other, LOWER), (LOWER, other)):
        assert refusal(lambda one=one, beside=beside: require_rate(one, beside=[beside])) == (
            "Income tax on supplemental wages (US): another rate holds for some of the same wages "
            "on some of the same days.",
            PLACE,
            "Name the rate that this one replaces, or change its days or thresholds.",
        )


def test_the_same_rate_of_two_states_stands_side_by_side():
    california = rate("state", "10.23", jurisdiction="US-CA")
    require_rate(replace(california, jurisdiction="US-NY"), beside=[california])
