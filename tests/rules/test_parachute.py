from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.outcome import Refused
from ltip.rules.parachute import (
    KINDS,
    Alternative,
    TaxRates,
    auditor_due,
    difference_from_auditor,
    parachute,
)

# 45 % together
RATES = TaxRates(federal=Decimal("0.37"), state=Decimal("0.07"), local=Decimal("0.01"))
BASE = 400_000_00


def rates_of(together):
    return TaxRates(federal=Decimal(together), state=Decimal(0), local=Decimal(0))


def outcome_of(total_minor, *, base=BASE, rates=RATES, **readings):
    return parachute(
        base_amount_minor=base, payments={"equity": total_minor}, rates=rates, **readings
    )


def compared(total_minor, **facts):
    return outcome_of(total_minor, **facts).value


@pytest.mark.parametrize(
    ("base", "payments", "rate", "choice", "paid", "excise", "kept"),
    [
        (400_000_00, 1_199_999_00, "0.45", "full", 1_199_999_00, 0, 659_999_45),
        (400_000_00, 1_200_000_00, "0.45", "cut", 1_199_999_00, 0, 659_999_45),
        (400_000_00, 1_300_000_00, "0.45", "cut", 1_199_999_00, 0, 659_999_45),
        (400_000_00, 1_657_141_28, "0.45", "cut", 1_199_999_00, 0, 659_999_45),
        (400_000_00, 1_657_142_00, "0.45", "full", 1_657_142_00, 251_428_40, 659_999_70),
        (400_000_00, 2_000_000_00, "0.45", "full", 2_000_000_00, 320_000_00, 780_000_00),
        (250_000_00, 900_000_00, "0.5", "cut", 749_999_00, 0, 374_999_50),
        (250_000_00, 1_050_000_00, "0.5", "cut", 749_999_00, 0, 374_999_50),
    ],
)
def test_whichever_leaves_more_is_paid(base, payments, rate, choice, paid, excise, kept):
    value = compared(payments, base=base, rates=rates_of(rate))
    assert (value.choice, value.paid_minor, value.excise_minor, value.kept_minor) == (
        choice,
        paid,
        excise,
        kept,
    )


@pytest.mark.parametrize(
    ("payments", "is_parachute"),
    [(1_199_999_99, False), (1_200_000_00, True), (1_200_000_01, True)],
)
def test_payments_are_a_parachute_from_three_base_amounts_on(payments, is_parachute):
    value = compared(payments)
    assert value.is_parachute is is_parachute
    assert value.threshold_minor == 1_200_000_00
    assert value.paid_minor == (1_199_999_00 if is_parachute else payments)


def test_both_outcomes_stand_side_by_side():
    value = compared(2_000_000_00)
    assert value.full == Alternative(2_000_000_00, 320_000_00, 900_000_00, 780_000_00)
    assert value.cut == Alternative(1_199_999_00, 0, 539_999_55, 659_999_45)


def test_below_the_threshold_there_is_nothing_to_choose():
    value = compared(500_000_00)
    assert value.full == value.cut == Alternative(500_000_00, 0, 225_000_00, 275_000_00)
    assert value.choice == "full"


@pytest.mark.parametrize(
    ("payments", "equality", "choice"),
    [
        (3_798_59, "full", "cut"),
        (3_798_60, "full", "full"),
        (3_798_60, "cut", "cut"),
        (3_798_61, "cut", "full"),
    ],
)
def test_when_both_leave_the_same_everything_is_paid_unless_read_otherwise(
    payments, equality, choice
):
    # Base 1,000, 30 %: 2,999 × 0.7 = 2,099.30, and 3,798.60 × 0.7 − 559.72 = 2,099.30.
    outcome = outcome_of(payments, base=1_000_00, rates=rates_of("0.3"), equality=equality)
    assert outcome.value.choice == choice
    told = [step for step in outcome.steps if "leave the same" in step.sentence]
    assert bool(told) is (payments == 3_798_60)


def test_the_safe_harbour_may_be_read_as_a_cent():
    value = compared(1_300_000_00, safe_harbour="one_cent_less")
    assert value.paid_minor == 1_199_999_99
    assert value.excise_minor == 0


def test_a_dollar_is_one_unit_of_a_currency_without_cents():
    value = compared(1_300_000, base=400_000, currency="JPY")
    assert value.paid_minor == 1_199_999


def test_a_base_amount_of_less_than_a_third_of_a_dollar_leaves_nothing_to_pay_without_excise():
    assert compared(1_00, base=33).cut == Alternative(0, 0, 0, 0)
    assert compared(1_02, base=34).cut.paid_minor == 2


def test_taxes_are_rounded_half_up_to_whole_cents_each():
    # Base 1.01: 20 % of (5.00 − 1.01) is 79.8 cents, 20 % of (5.00 − 1.00) is 80;
    # 12.5 % of 5.00 is 62.5 cents, 12.4 % is 62.
    value = compared(5_00, base=1_01, rates=rates_of("0.125"))
    assert value.full == Alternative(5_00, 80, 63, 3_57)
    assert compared(5_00, base=1_00, rates=rates_of("0.124")).full == Alternative(
        5_00, 80, 62, 3_58
    )
    # 20 % of (5.00 − 1.02) is 79.6, of (5.00 − 1.03) is 79.4.
    assert compared(5_00, base=1_03).full.excise_minor == 79
    assert compared(5_00, base=1_02).full.excise_minor == 80


def test_kinds_are_reduced_in_their_order_and_in_full_before_the_next():
    # 1,300,000.00 is to come down by 100,001.00.
    payments = {
        "other": 30_000_00,
        "options": 1_150_000_00,
        "equity": 80_000_00,
        "cash": 40_000_00,
    }
    value = parachute(base_amount_minor=BASE, payments=payments, rates=RATES).value
    assert list(value.reduced_by_kind.items()) == [
        ("cash", 40_000_00),
        ("equity", 60_001_00),
        ("options", 0),
        ("other", 0),
    ]
    assert list(value.paid_by_kind.items()) == [
        ("cash", 0),
        ("equity", 19_999_00),
        ("options", 1_150_000_00),
        ("other", 30_000_00),
    ]


def test_the_steps_tell_threshold_both_outcomes_choice_and_reductions():
    payments = {"cash": 40_000_00, "options": 20_000_00, "other": 1_240_000_00}
    steps = parachute(base_amount_minor=BASE, payments=payments, rates=RATES).steps
    assert [step.figure for step in steps] == [
        "$1,200,000.00",
        "$535,000.00",
        "$659,999.45",
        "$1,199,999.00",
        "$40,000.00",
        "$20,000.00",
        "$40,001.00",
    ]
    assert "reach 3 base amounts" in steps[0].sentence
    assert "$1,300,000.00, less excise of $180,000.00" in steps[1].sentence
    assert "income taxes of 45 %, $585,000.00" in steps[1].sentence
    assert "Paid without excise" in steps[2].sentence
    assert "So much that no excise falls due is paid" in steps[3].sentence
    assert [step.sentence.rpartition(": ")[2] for step in steps[4:]] == [
        "cash payments.",
        "acceleration of options.",
        "other benefits.",
    ]
    assert {step.place for step in steps} == {"P Limitation on Payments"}


def test_the_steps_of_payment_in_full_and_below_the_threshold():
    full = outcome_of(2_000_000_00).steps
    assert [step.figure for step in full] == [
        "$1,200,000.00",
        "$780,000.00",
        "$659,999.45",
        "$2,000,000.00",
    ]
    assert "Everything is paid" in full[3].sentence
    below = outcome_of(1_199_999_00).steps
    assert [step.figure for step in below] == ["$1,200,000.00", "$1,199,999.00"]
    assert "stay below" in below[0].sentence
    assert "no excise" in below[1].sentence


def test_acceleration_of_equity_is_named_when_it_is_reduced():
    assert outcome_of(1_300_000_00).steps[-1].sentence.endswith("equity other than options.")


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"base_amount_minor": 0}, "P Limitation on Payments"),
        ({"base_amount_minor": -1}, "P Limitation on Payments"),
        ({"payments": {"bonus": 1}}, "P Limitation on Payments"),
        ({"payments": {"cash": 5, "options": -1}}, "P Limitation on Payments"),
        ({"safe_harbour": "two_dollars_less"}, "P Administration"),
        ({"equality": "half"}, "P Administration"),
        ({"currency": "XXX"}, "P Tax Withholding"),
    ],
)
def test_impossible_comparisons_are_refused(facts, place):
    with pytest.raises(Refused) as refusal:
        parachute(**({"base_amount_minor": BASE, "payments": {"cash": 1}, "rates": RATES} | facts))
    assert refusal.value.place == place


def test_refusals_name_the_kind():
    with pytest.raises(Refused, match="bonus, gift: no kind"):
        parachute(base_amount_minor=1, payments={"bonus": 1, "gift": 2}, rates=RATES)
    with pytest.raises(Refused, match="below zero: options, other\\."):
        parachute(
            base_amount_minor=1, payments={"cash": 0, "options": -1, "other": -2}, rates=RATES
        )
    with pytest.raises(Refused, match="tax rates of 0, -1, 2: each"):
        TaxRates(federal=Decimal(0), state=Decimal(-1), local=Decimal(2))


def test_no_payments_are_no_parachute_and_a_base_amount_may_be_a_cent():
    value = parachute(base_amount_minor=1, payments={}, rates=RATES).value
    assert (value.is_parachute, value.paid_minor) == (False, 0)
    assert value.paid_by_kind == {"cash": 0, "equity": 0, "options": 0, "other": 0}


@pytest.mark.parametrize(
    "rates",
    [
        ("-0.01", "0", "0"),
        ("0", "-0.01", "0"),
        ("0", "0", "1.01"),
        ("45", "0", "0"),
        ("0.5", "0.4", "0.1"),
        ("1", "0", "0"),
    ],
)
def test_tax_rates_are_fractions_that_leave_something(rates):
    with pytest.raises(Refused, match="tax rates") as refusal:
        TaxRates(*[Decimal(rate) for rate in rates])
    assert refusal.value.place == "P Limitation on Payments"


def test_tax_rates_may_be_nothing_and_nearly_all():
    assert rates_of("0").together == 0
    assert TaxRates(Decimal("0.5"), Decimal("0.4"), Decimal("0.09")).together == Decimal("0.99")


@pytest.mark.parametrize(
    ("triggered", "due"),
    [
        (date(2013, 11, 15), date(2013, 11, 30)),
        (date(2014, 2, 20), date(2014, 3, 7)),
        (date(2013, 12, 20), date(2014, 1, 4)),
    ],
)
def test_the_auditing_firm_has_fifteen_calendar_days(triggered, due):
    outcome = auditor_due(triggered_on=triggered)
    assert outcome.value == due
    assert outcome.steps[0].place == "P Limitation on Payments"


def test_the_step_of_the_auditing_firms_deadline_names_both_days():
    step = auditor_due(triggered_on=date(2013, 11, 15)).steps[0]
    assert "within 15 calendar days after 15 November 2013" in step.sentence
    assert step.figure == "30 November 2013"


def differences(choice, paid_minor, excise_minor):
    return difference_from_auditor(
        estimate=compared(1_300_000_00),
        choice=choice,
        paid_minor=paid_minor,
        excise_minor=excise_minor,
    )


def test_figures_that_agree_with_the_firms_differ_in_nothing():
    assert differences("cut", 1_199_999_00, 0) == ()


@pytest.mark.parametrize(
    ("choice", "paid", "excise", "figures", "words"),
    [
        ("full", 1_199_999_00, 0, [""], ["chose 'full', the estimate 'cut'"]),
        ("cut", 1_199_999_99, 0, ["$0.99"], ["$1,199,999.99 is paid"]),
        ("cut", 1_199_998_00, 0, ["−$1.00"], ["by the estimate $1,199,999.00"]),
        (
            "full",
            1_300_000_00,
            180_000_00,
            ["", "$100,001.00", "$180,000.00"],
            ["the firm's stands", "$1,300,000.00 is paid", "$180,000.00 is due as excise"],
        ),
    ],
)
def test_each_figure_that_differs_from_the_firms_is_told(choice, paid, excise, figures, words):
    steps = differences(choice, paid, excise)
    assert [step.figure for step in steps] == figures
    assert all(word in step.sentence for word, step in zip(words, steps, strict=True))
    assert {step.place for step in steps} == {"P Limitation on Payments"}


def test_the_firm_chooses_full_or_cut_and_nothing_else():
    with pytest.raises(Refused, match="'half' is no outcome") as refusal:
        differences("half", 1, 1)
    assert refusal.value.place == "P Limitation on Payments"


AMOUNTS = st.integers(min_value=0, max_value=10**9)
PAYMENTS = st.dictionaries(st.sampled_from(KINDS), AMOUNTS)
BASES = st.integers(min_value=1, max_value=10**8)
FRACTIONS = st.decimals(min_value=0, max_value="0.33", places=4)


@given(BASES, PAYMENTS, st.builds(TaxRates, FRACTIONS, FRACTIONS, FRACTIONS))
def test_the_choice_never_leaves_less_than_the_other_and_cut_owes_no_excise(base, payments, rates):
    value = parachute(base_amount_minor=base, payments=payments, rates=rates).value
    assert value.kept_minor == max(value.full.kept_minor, value.cut.kept_minor)
    assert value.cut.excise_minor == 0
    assert value.cut.paid_minor < value.threshold_minor or not value.is_parachute
    for one in (value.full, value.cut):
        assert one.paid_minor == one.excise_minor + one.income_tax_minor + one.kept_minor


@given(BASES, PAYMENTS)
def test_reductions_take_the_kinds_in_order_and_make_up_what_is_not_paid(base, payments):
    value = parachute(base_amount_minor=base, payments=payments, rates=RATES).value
    reduced = value.reduced_by_kind
    assert sum(reduced.values()) == sum(payments.values()) - value.paid_minor
    for kind in KINDS:
        assert value.paid_by_kind[kind] + reduced[kind] == payments.get(kind, 0)
    for kind, later in zip(KINDS, KINDS[1:], strict=False):
        assert reduced[later] == 0 or value.paid_by_kind[kind] == 0


def test_the_sentences_of_both_outcomes_and_of_the_choice():
    sentences = [step.sentence for step in outcome_of(1_300_000_00).steps]
    assert sentences == [
        "Payments of $1,300,000.00 reach 3 base amounts, $1,200,000.00.",
        "Paid in full: $1,300,000.00, less excise of $180,000.00 and income taxes of 45 %, "
        "$585,000.00, leaves the holder so much.",
        "Paid without excise: $1,199,999.00, less excise of $0.00 and income taxes of 45 %, "
        "$539,999.55, leaves the holder so much.",
        "So much that no excise falls due is paid: it leaves the holder more.",
        "Reduced, in the order the Program sets: acceleration of equity other than options.",
    ]
    assert outcome_of(2_000_000_00).steps[3].sentence == (
        "Everything is paid: it leaves the holder more."
    )
    assert [step.sentence for step in outcome_of(5_00).steps] == [
        "Payments of $5.00 stay below 3 base amounts, $1,200,000.00.",
        "They are no parachute payments: all is paid, and no excise falls due.",
    ]


@pytest.mark.parametrize(
    ("equality", "paid"),
    [("full", "everything"), ("cut", "so much that no excise falls due")],
)
def test_the_step_of_two_equal_outcomes_names_the_reading(equality, paid):
    steps = outcome_of(3_798_60, base=1_000_00, rates=rates_of("0.3"), equality=equality).steps
    assert steps[3].sentence == f"Both leave the same; by the reading taken, {paid} is paid."


def test_the_sentences_of_the_firms_deadline_and_figures():
    assert auditor_due(triggered_on=date(2013, 11, 15)).steps[0].sentence == (
        "The auditing firm's calculations are due within 15 calendar days after 15 November 2013, "
        "when the right to the payment was triggered."
    )
    assert [step.sentence for step in differences("full", 1_300_000_00, 180_000_00)] == [
        "The firm chose 'full', the estimate 'cut': the firm's stands.",
        "By the firm $1,300,000.00 is paid, by the estimate $1,199,999.00: the firm's figure "
        "stands.",
        "By the firm $180,000.00 is due as excise, by the estimate $0.00: the firm's figure "
        "stands.",
    ]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"base_amount_minor": 0},
            "P Limitation on Payments: the base amount is not above zero. State the average "
            "taxable pay of the years before the change in control.",
        ),
        (
            {"safe_harbour": "none"},
            "P Administration: 'none' is no reading of parachute.safe_harbour; it is "
            "one_dollar_less or one_cent_less.",
        ),
        (
            {"equality": "none"},
            "P Administration: 'none' is no reading of parachute.equality; it is full or cut.",
        ),
        (
            {"payments": {"bonus": 1}},
            "P Limitation on Payments: bonus: no kind of payment; the kinds are cash, equity, "
            "options, other.",
        ),
    ],
)
def test_the_refusals_of_a_comparison_read_with_their_remedies(facts, words):
    with pytest.raises(Refused) as refusal:
        parachute(**({"base_amount_minor": BASE, "payments": {"cash": 1}, "rates": RATES} | facts))
    assert str(refusal.value) == words


def test_by_default_a_tie_pays_everything_and_the_harbour_is_a_dollar_in_dollars():
    value = parachute(
        base_amount_minor=1_000_00, payments={"cash": 3_798_60}, rates=rates_of("0.3")
    ).value
    assert value.choice == "full"
    assert value.cut.paid_minor == 2_999_00
