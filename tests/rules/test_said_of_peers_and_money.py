"""What the rules of peers, results, limits, heirs and parachutes say, to the last word."""

import decimal
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from ltip.rules.calendars import Period
from ltip.rules.discretion import require_increase
from ltip.rules.financial import (
    check_adjustments,
    financial_value,
    measure_named,
    missing_result,
    require_named,
)
from ltip.rules.heirs import Beneficiary, heirs
from ltip.rules.limits import require_within_limits
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.parachute import TaxRates, parachute
from ltip.rules.peers import (
    PeerEvent,
    PeerGroup,
    Treatment,
    treat_peers,
    treat_peers_in_segment,
)
from ltip.rules.quantities import minor_units_in, number_text, percent_text, whole_shares
from ltip.rules.register import Reading

MAY = date(2013, 5, 2)
END = date(2013, 12, 31)
GOALS = "P Performance Goals"


def refusal(call: Callable[[], object]) -> tuple[str, str, str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reason, refused.value.place, refused.value.remedy


def treated(*events: PeerEvent, treatment: Treatment | None = None) -> Outcome[PeerGroup]:
    return treat_peers(
        company="CO",
        peers=("P1", "P2", "P3"),
        events=events,
        treatment=treatment or Treatment(),
        period_end=END,
    )


def in_segment(start: date, *events: PeerEvent) -> Outcome[PeerGroup]:
    return treat_peers_in_segment(
        company="CO",
        peers=("P1", "P2", "P3"),
        events=events,
        treatment=Treatment(acquired="freeze"),
        period_end=END,
        segment=Period(start, END),
    )


@pytest.mark.parametrize(
    ("events", "treatment", "said"),
    [
        (
            [PeerEvent(date(2014, 1, 2), "P1", "acquired", None)],
            {},
            ["P1 was acquired or taken private on 2 January 2014: after the last day of the "
             "period, so nothing changes."],
        ),
        (
            [PeerEvent(MAY, "P1", "renamed", "Q1")],
            {},
            ["P1 took the name Q1 on 2 May 2013: it is the same company."],
        ),
        (
            [PeerEvent(MAY, "P1", "renamed", None)],
            {},
            ["P1 took the name a company not named on 2 May 2013: it is the same company."],
        ),
        (
            [PeerEvent(MAY, "P1", "acquired", "CO")],
            {},
            ["P1 was acquired or taken private on 2 May 2013: bought by the company itself, it is "
             "out of the group."],
        ),
        (
            [
                PeerEvent(MAY, "P1", "bankrupt", None),
                PeerEvent(date(2013, 5, 3), "P1", "delisted", None),
            ],
            {},
            ["P1 went bankrupt on 2 May 2013: it stays in the group at a return of −100 %.",
             "P1 was delisted for cause on 3 May 2013: its place was decided before, so nothing "
             "changes."],
        ),
        (
            [PeerEvent(MAY, "P1", "merged", "P2")],
            {"merged": "remove_both"},
            ["P1 merged into P2 on 2 May 2013: it and P2 are out of the group for the whole "
             "period."],
        ),
    ],
)  # fmt: skip
def test_every_event_of_a_peer_is_a_step_with_its_consequence(events, treatment, said) -> None:
    outcome = treated(*events, treatment=Treatment(**treatment))
    ranked = 3 - len(outcome.value.removed)
    assert outcome.steps == (
        *(Step(sentence, "", "GA §2") for sentence in said),
        Step(f"Of the 3 peers that the goal names, {ranked} are ranked.", str(ranked), "GA §2"),
    )


def test_events_of_outsiders_change_nothing_of_those_that_follow() -> None:
    outsider = PeerEvent(date(2012, 1, 3), "ELSE", "bankrupt", None)
    bought = PeerEvent(MAY, "P1", "acquired", None)
    assert treated(outsider, bought).value.removed == ("P1",)


def test_of_two_mergers_of_a_day_the_one_without_a_named_survivor_decides() -> None:
    unnamed, named = PeerEvent(MAY, "P1", "merged", None), PeerEvent(MAY, "P1", "merged", "P2")
    freezing = Treatment(acquired="freeze")
    for events in ((unnamed, named), (named, unnamed)):
        assert treated(*events, treatment=freezing).value.frozen == (("P1", MAY),)


def test_a_peer_frozen_on_a_segments_first_day_is_ranked_in_it() -> None:
    bought = PeerEvent(MAY, "P1", "acquired", None)
    assert in_segment(MAY, bought).value == PeerGroup(("P2", "P3"), (), (("P1", MAY),), ())
    assert in_segment(date(2013, 5, 3), bought).value == PeerGroup(("P2", "P3"), (), (), ("P1",))


def test_a_segment_says_who_is_ranked_in_it() -> None:
    failed = PeerEvent(date(2013, 6, 3), "P2", "bankrupt", None)
    assert in_segment(date(2013, 5, 3), PeerEvent(MAY, "P1", "acquired", None), failed).steps == (
        Step(
            "P1 was frozen on 2 May 2013, before this segment, and is not ranked in it.",
            "",
            "GA §2",
        ),
        Step("P2 had failed by the end of the segment and stands at −100 %.", "", "GA §2"),
        Step("Of the 3 peers that the goal names, 2 are ranked in this segment.", "2", "GA §2"),
    )


def test_a_peer_group_that_cannot_be_is_refused() -> None:
    def grouped(*peers: str, events: tuple[PeerEvent, ...] = ()) -> object:
        return treat_peers(
            company="CO", peers=peers, events=events, treatment=Treatment(), period_end=END
        )

    assert refusal(lambda: Treatment(acquired="keep")) == (
        "'keep' is no treatment of a peer event; it is one of remove, freeze.",
        GOALS,
        "",
    )
    assert refusal(lambda: grouped("CO", "P1")) == (
        "CO cannot be a peer of itself.",
        "GA §2",
        "",
    )
    assert refusal(lambda: grouped("P2", "P1", "P2", "P1")) == (
        "the peer group names P1, P2 more than once.",
        "GA §2",
        "",
    )
    assert refusal(lambda: grouped("P1", events=(PeerEvent(MAY, "P1", "moved", None),))) == (
        "'moved' of P1 is no kind of peer event; it is one of acquired, bankrupt, delisted, "
        "merged, renamed.",
        "GA §2",
        "",
    )


@pytest.mark.parametrize(
    ("basis", "adjustments", "said"),
    [
        ("ifrs", (), "'ifrs' is no basis; it is one of gaap, non_gaap."),
        ("gaap", ("acquisition costs",), "a GAAP measure has no adjustments."),
        ("non_gaap", (), "a non-GAAP measure names its adjustments in writing."),
        ("non_gaap", ("a", "a"), "each adjustment is named, and named once."),
    ],
)
def test_a_basis_that_does_not_fit_is_refused(basis, adjustments, said) -> None:
    assert refusal(lambda: check_adjustments(basis=basis, adjustments=adjustments)) == (
        said,
        GOALS,
        "",
    )


def test_a_measure_without_name_result_or_named_adjustment_is_refused() -> None:
    assert refusal(lambda: measure_named(" _ ")) == (
        "a financial goal names its measure.",
        GOALS,
        "",
    )
    only = "Only what the goal named in writing when it was set adjusts its result."
    assert refusal(
        lambda: require_named(measure="revenue", named=("a", "b"), made=("c", "a", "d"))
    ) == ("the goal of revenue names no adjustment for c, d; it names a, b.", GOALS, only)
    assert refusal(
        lambda: financial_value(
            measure="revenue",
            named=(),
            gaap=Decimal(1),
            adjustments={"c": Decimal(1)},
            reported_on=None,
        )
    ) == ("the goal of revenue names no adjustment for c; it names none.", GOALS, only)
    missing = missing_result("revenue")
    assert (missing.reason, missing.place, missing.remedy) == (
        "no result of revenue is on record for the period.",
        GOALS,
        "Finance records it first.",
    )


def test_an_adjusted_amount_keeps_its_digits_whatever_precision_a_caller_computes_with() -> None:
    with decimal.localcontext(decimal.Context(prec=3)):
        adjusted = financial_value(
            measure="revenue",
            named=("costs",),
            gaap=Decimal("398.2"),
            adjustments={"costs": Decimal("1.812345")},
            reported_on=None,
        )
    # Finance reports to the millionth: 398.2 + 1.812345 = 400.012345.
    assert adjusted.value == Decimal("400.012345")
    assert adjusted.steps[0] == Step("Revenue by GAAP.", "398.2", GOALS)


def test_a_figure_of_a_result_is_written_to_the_millionth() -> None:
    exact = financial_value(
        measure="margin", named=(), gaap=Decimal("44.123456"), adjustments={}, reported_on=MAY
    )
    assert exact.steps == (Step("Margin by GAAP, reported on 2 May 2013.", "44.123456", GOALS),)


def test_an_heir_who_did_not_survive_is_named_with_what_becomes_of_the_part() -> None:
    named = [Beneficiary("Ida", Decimal(50), False), Beneficiary("Jon", Decimal(50), True)]
    divided = heirs(beneficiaries=named, estate_representative=None, shares=10)
    assert divided.steps == (
        Step(
            "Ida did not survive the holder: that part goes to the others in proportion to theirs.",
            "50 %",
            "GA §4",
        ),
        Step(
            "Jon takes 50 % of 50 % of 10 shares, in whole shares by the largest remainder.",
            "10",
            "GA §4",
        ),
    )


def test_both_limits_name_the_holder_and_a_limit_that_is_not_set_its_place() -> None:
    place = "P Maximum Shares, P Coordination with Plan"
    given = {"granting": 100, "counted_before": 0, "granted_this_year": 0, "holder": "Ann"}
    assert require_within_limits(reserve=None, yearly_limit=None, **given) == (
        Step("No number is set for the share reserve of the Plan.", "", place),
        Step("No number is set for the yearly limit of Ann.", "", place),
    )
    remedy = "Grant fewer, or record the limit that the stockholders have approved."
    assert refusal(lambda: require_within_limits(reserve=None, yearly_limit=199, **given)) == (
        "the award to Ann counts as 200 shares and would bring the total to 200, beyond the yearly "
        "limit of Ann, 199.",
        place,
        remedy,
    )


def test_an_increase_that_the_committees_reading_closes_says_so() -> None:
    assert refusal(
        lambda: require_increase(
            certified=9_000,
            to=9_001,
            target=10_000,
            covered=False,
            period_start=date(2013, 1, 1),
            stockholder_approval_date=None,
            settled=False,
            others="refused",
        )
    ) == (
        "9,001 shares are above the certified 9,000, which is closed by the Committee's reading.",
        "P Award Determination",
        "",
    )


def test_tax_rates_that_leave_nothing_are_refused() -> None:
    assert refusal(lambda: TaxRates(Decimal("0.5"), Decimal("0.4"), Decimal("0.1"))) == (
        "tax rates of 0.5, 0.4, 0.1: each is a fraction, 0 or more, and together they are less "
        "than 1.",
        "P Limitation on Payments",
        "",
    )


def test_a_parachute_is_exact_whatever_precision_a_caller_computes_with() -> None:
    # Base 400,000: three are 1,200,000. In full 1,234,567.89 owes 20 % of 834,567.89, which is
    # 166,913.58, and 45.55 % of all, 562,345.67 (562,345.673…), and leaves 505,308.64.
    # Cut to 1,199,999.00 it owes 45.55 %, 546,599.54 (.5445), and leaves 653,399.46.
    rates = TaxRates(Decimal("0.4"), Decimal("0.05"), Decimal("0.0055"))
    with decimal.localcontext(decimal.Context(prec=3)):
        outcome = parachute(
            base_amount_minor=40_000_000, payments={"cash": 123_456_789}, rates=rates
        )
    assert outcome.value.full.excise_minor == 16_691_358
    assert outcome.value.full.kept_minor == 50_530_864
    assert outcome.value.kept_minor == 65_339_946
    assert "income taxes of 45.55 %" in outcome.steps[1].sentence


def test_payments_below_the_threshold_are_said_to_be_none() -> None:
    rates = TaxRates(Decimal("0.4"), Decimal(0), Decimal(0))
    outcome = parachute(base_amount_minor=40_000_000, payments={"cash": 100}, rates=rates)
    assert outcome.steps[1] == Step(
        "They are no parachute payments: all is paid, and no excise falls due.",
        "$1.00",
        "P Limitation on Payments",
    )


def test_quantities_are_exact_and_say_what_they_refuse() -> None:
    assert whole_shares(Decimal("12345678901.5")) == 12_345_678_901
    assert refusal(lambda: whole_shares(Decimal(-1))) == (
        "-1 is no number of shares.",
        "GA recitals",
        "",
    )
    assert refusal(lambda: minor_units_in("XXX")) == (
        "the minor unit of the currency 'XXX' is not known.",
        "P Tax Withholding",
        "State the amount in a currency the company has registered.",
    )


def test_numbers_are_written_with_the_decimals_asked_for_and_no_idle_sign() -> None:
    assert number_text(Decimal("-0.001")) == "0"
    assert number_text(Decimal("1234"), places=0) == "1,234"
    assert percent_text(Decimal("1.2344"), places=3) == "1.234 %"


def test_a_refusal_is_an_error_with_its_reason() -> None:
    assert Refused("no.", place=GOALS).args == ("no.",)


def test_a_readings_first_meaning_is_its_default() -> None:
    reading = Reading("key", "1.", GOALS, "Which?", {"this": "a", "that": "b", "none": "c"})
    assert reading.default == "this"
