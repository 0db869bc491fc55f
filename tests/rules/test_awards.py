"""What becomes of an award after its determination, decision by decision."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.awards import (
    AwardFacts,
    Change,
    Determined,
    adjusted_target,
    capped,
    due,
    most_after_reduction,
)
from ltip.rules.earning import EndOfService, Entitlement
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.readings import complete

DETERMINED_ON = date(2014, 2, 25)
SETTLES_ON = date(2014, 3, 27)  # 25 February + 30 days: 3 left of February, then 27
DETERMINED = Determined(shares=14_000, on=DETERMINED_ON, settles_on=SETTLES_ON)
FACTS = AwardFacts(DETERMINED)
READINGS = complete({})


def change(kind: str, amount: str, on: date = date(2014, 3, 3)) -> Change:
    return Change(on, kind, Decimal(amount))


def due_of(**facts: object) -> Entitlement:
    return due(facts=replace(FACTS, **facts), readings=READINGS).value


def test_an_award_that_nothing_happened_to_settles_whole_on_the_settlement_date() -> None:
    assert due_of() == Entitlement(14_000, SETTLES_ON, forfeited=False)


def test_an_unknown_change_is_refused() -> None:
    with pytest.raises(Refused, match="'halved' is no change of an award; it is one of adjusted"):
        change("halved", "2")


def test_decisions_count_in_the_order_in_which_they_were_made() -> None:
    # 14,000 × 1.5 = 21,000, reduced to 9,001; the other way 9,001 × 1.5 = 13,501.5, cut to 13,501.
    split, cut = change("adjusted", "1.5"), change("reduced", "9001")
    assert due_of(changes=(split, cut)).shares == 9_001
    assert due_of(changes=(cut, split)).shares == 13_501


def test_an_increase_and_a_recovery_set_and_take_away_shares() -> None:
    assert due_of(changes=(change("increased", "15000"),)).shares == 15_000
    assert due_of(changes=(change("recovered", "4000"),)).shares == 10_000
    assert due_of(changes=(change("recovered", "14001"),)).shares == 0


def test_an_earlier_tax_takes_away_the_shares_that_were_forfeited_for_it() -> None:
    assert due_of(changes=(change("taxed", "13999"),)).shares == 1
    assert due_of(changes=(change("taxed", "14000"),)).shares == 0
    assert due_of(changes=(change("taxed", "14001"),)).shares == 0


def test_every_decision_is_a_step_with_its_place() -> None:
    changes = (
        change("reduced", "12000", date(2014, 3, 1)),
        change("increased", "13000", date(2014, 3, 2)),
        change("recovered", "500", date(2014, 3, 4)),
        change("taxed", "1200", date(2014, 3, 5)),
    )
    steps = due(facts=replace(FACTS, changes=changes), readings=READINGS).steps
    assert steps == (
        Step(
            "The Committee reduced it on 1 March 2014 to at most 12,000 shares.",
            "12,000",
            "P Award Determination",
        ),
        Step("The Committee increased it on 2 March 2014.", "13,000", "P Award Determination"),
        Step(
            "The Committee determined on 4 March 2014 that 500 shares are recovered.",
            "12,500",
            "P Compensation Subject to Recovery",
        ),
        Step(
            "1,200 shares were forfeited for the tax that fell due on 5 March 2014.",
            "11,300",
            "GA §6",
        ),
        Step("Employed until the Settlement Date, 27 March 2014.", "11,300", "GA §4"),
    )


def test_a_transfer_that_was_attempted_leaves_nothing() -> None:
    outcome = due(facts=replace(FACTS, void_on=date(2014, 3, 5)), readings=READINGS)
    assert outcome.value == Entitlement(0, None, forfeited=True)
    assert outcome.steps == (
        Step(
            "An attempt to transfer the award was found on 5 March 2014: it is void.",
            "0",
            "GA §10",
        ),
    )


@pytest.mark.parametrize(
    ("left_on", "expected"),
    [
        (date(2014, 2, 24), Entitlement(0, None, forfeited=True)),
        (date(2014, 2, 25), Entitlement(0, None, forfeited=True)),
        (date(2014, 3, 26), Entitlement(0, None, forfeited=True)),
        (date(2014, 3, 27), Entitlement(14_000, SETTLES_ON, forfeited=False)),
    ],
)
def test_who_resigns_before_the_settlement_date_forfeits(
    left_on: date, expected: Entitlement
) -> None:
    assert due_of(end_of_service=EndOfService(left_on, "resignation")) == expected


def test_under_the_other_reading_a_resignation_between_the_dates_is_paid() -> None:
    facts = replace(FACTS, end_of_service=EndOfService(date(2014, 3, 3), "resignation"))
    readings = complete({"resignation.between_dates": "pay"})
    assert due(facts=facts, readings=readings).value == Entitlement(
        14_000, SETTLES_ON, forfeited=False
    )


def test_a_resignation_on_the_determination_date_comes_before_it_under_the_other_reading() -> None:
    facts = replace(FACTS, end_of_service=EndOfService(DETERMINED_ON, "resignation"))
    paying = {"resignation.between_dates": "pay"}
    before = {"termination.on_determination_date": "before"}
    assert due(facts=facts, readings=complete(paying)).value.shares == 14_000
    assert due(facts=facts, readings=complete(paying | before)).value.shares == 0


def test_a_specified_employee_waits_for_the_first_business_day_after_six_months() -> None:
    # Dismissed on 10 March: the thirtieth day after is 9 April; six months end on 10 September.
    left = EndOfService(date(2014, 3, 10), "without_cause", deferred=True, specified=True)
    assert due_of(end_of_service=left) == Entitlement(
        14_000, date(2014, 9, 11), forfeited=False, delayed=True
    )
    for exempt in (replace(left, deferred=False), replace(left, specified=False)):
        assert due_of(end_of_service=exempt) == Entitlement(
            14_000, date(2014, 4, 9), forfeited=False
        )


def test_the_wait_ends_with_a_death_and_never_before_the_thirtieth_day() -> None:
    left = EndOfService(date(2014, 3, 10), "without_cause", deferred=True, specified=True)
    # 30 June 2014 is a Monday; the next business day is Tuesday.
    died = replace(left, died_on=date(2014, 6, 30))
    assert due_of(end_of_service=died).settles_on == date(2014, 7, 1)
    soon = replace(left, died_on=date(2014, 3, 12))
    assert due_of(end_of_service=soon).settles_on == date(2014, 4, 9)


def test_death_itself_makes_nobody_wait() -> None:
    left = EndOfService(date(2014, 3, 10), "death", deferred=True, specified=True)
    assert due_of(end_of_service=left) == Entitlement(14_000, date(2014, 4, 9), forfeited=False)


def test_for_deferred_compensation_only_the_separation_from_service_counts() -> None:
    # Employment ended before the Settlement Date, the separation from service came after it.
    left = EndOfService(
        date(2014, 3, 20), "resignation", deferred=True, separated_on=date(2014, 3, 28)
    )
    assert due_of(end_of_service=left) == Entitlement(14_000, SETTLES_ON, forfeited=False)
    exempt = replace(left, deferred=False)
    assert due_of(end_of_service=exempt).forfeited


def test_the_delay_for_the_deduction_ends_with_the_year_or_the_end_of_service() -> None:
    assert due_of(first_deductible_year=2016) == Entitlement(
        14_000, date(2016, 1, 1), forfeited=False, delayed=True
    )
    left = EndOfService(date(2015, 5, 4), "retirement")
    assert due_of(first_deductible_year=2016, end_of_service=left) == Entitlement(
        14_000, date(2015, 5, 4), forfeited=False, delayed=True
    )
    assert due_of(first_deductible_year=2014) == Entitlement(14_000, SETTLES_ON, forfeited=False)


def test_a_forfeited_award_has_no_day_to_delay() -> None:
    left = EndOfService(date(2014, 3, 3), "cause")
    assert due_of(first_deductible_year=2016, end_of_service=left) == Entitlement(
        0, None, forfeited=True
    )


def test_a_lump_sum_is_dated_the_day_of_the_change_in_control_whatever_happens_later() -> None:
    event = date(2013, 11, 15)
    determined = Determined(shares=20_000, on=event, settles_on=event, lump_sum=True)
    left = EndOfService(date(2013, 11, 16), "resignation")
    outcome = due(
        facts=AwardFacts(determined, end_of_service=left, changes=(change("reduced", "19000"),)),
        readings=READINGS,
    )
    assert outcome.value == Entitlement(19_000, event, forfeited=False)
    assert outcome.steps[-1] == Step(
        "Paid in one lump sum immediately before the change in control, dated 15 November 2013.",
        "19,000",
        "P Change in Control",
    )


@pytest.mark.parametrize(
    ("event", "reading", "settles_on"),
    [
        (date(2014, 3, 26), "stands", SETTLES_ON),
        (date(2014, 3, 26), "lump_sum", date(2014, 3, 26)),
        (date(2014, 3, 27), "lump_sum", SETTLES_ON),
        (date(2014, 3, 28), "lump_sum", SETTLES_ON),
    ],
)
def test_a_change_in_control_after_the_determination_moves_the_date_by_reading_only(
    event: date, reading: str, settles_on: date
) -> None:
    outcome = due(
        facts=replace(FACTS, control_on=event),
        readings=complete({"cic.after_determination": reading}),
    )
    assert outcome.value == Entitlement(14_000, settles_on, forfeited=False)


def test_both_readings_of_a_later_change_in_control_say_so() -> None:
    facts = replace(FACTS, control_on=date(2014, 3, 26))
    stands = due(facts=facts, readings=READINGS).steps[-1]
    assert stands == Step(
        "The change in control of 26 March 2014 came after the determination: the date stands.",
        "27 March 2014",
        "P Change in Control",
    )
    moved = due(facts=facts, readings=complete({"cic.after_determination": "lump_sum"})).steps[-1]
    assert moved == Step(
        "By the Committee's reading, paid before the change in control of 26 March 2014.",
        "26 March 2014",
        "P Change in Control",
    )


def test_a_forfeited_award_is_not_revived_by_a_change_in_control() -> None:
    left = EndOfService(date(2014, 3, 3), "cause")
    facts = replace(FACTS, end_of_service=left, control_on=date(2014, 3, 4))
    readings = complete({"cic.after_determination": "lump_sum"})
    assert due(facts=facts, readings=readings).value == Entitlement(0, None, forfeited=True)


def test_a_target_follows_each_adjustment_rounded_down() -> None:
    # 101 × 1.5 = 151.5 → 151; 151 × 0.1 = 15.1 → 15. Rounding once at the end would give 15 too,
    # so a third that differs: 15 × 0.7 = 10.5 → 10.
    changes = tuple(change("adjusted", ratio) for ratio in ("1.5", "0.1", "0.7"))
    outcome = adjusted_target(target=101, changes=(change("reduced", "7"), *changes))
    assert outcome.value == 10
    assert [step.figure for step in outcome.steps] == ["151", "15", "10"]


def test_a_reduction_before_the_determination_caps_what_can_be_earned() -> None:
    never = most_after_reduction(changes=(change("adjusted", "2"),))
    assert (never.value, never.steps) == (None, ())
    reduced = most_after_reduction(
        changes=(change("reduced", "5001"), change("adjusted", "0.5"), change("reduced", "3000"))
    )
    assert reduced.value == 2_500
    assert [step.figure for step in reduced.steps] == ["5,001", "2,500", "2,500"]


@pytest.mark.parametrize(("earned", "expected"), [(4_999, 4_999), (5_000, 5_000), (5_001, 5_000)])
def test_no_more_is_earned_than_the_reduction_left(earned: int, expected: int) -> None:
    step = Step("Earned.", str(earned), "GA recitals")
    most = most_after_reduction(changes=(change("reduced", "5000"),))
    outcome = capped(shares=Outcome(earned, (step,)), most=most)
    assert outcome == Outcome(expected, (step, *most.steps))


def test_without_a_reduction_all_is_earned() -> None:
    assert capped(shares=Outcome(7, ()), most=Outcome(None, ())) == Outcome(7, ())


DAYS = st.integers(0, 400).map(lambda days: date(2014, 1, 1) + timedelta(days=days))
REASONS = st.sampled_from(
    ["death", "disability", "without_cause", "cause", "resignation", "retirement"]
)


@given(
    on=DAYS,
    reason=REASONS,
    deferred=st.booleans(),
    specified=st.booleans(),
    year=st.none() | st.integers(2014, 2018),
)
def test_an_award_is_either_forfeited_or_dated_from_the_determination_on(
    on: date, reason: str, deferred: bool, specified: bool, year: int | None
) -> None:
    left = EndOfService(on, reason, deferred=deferred, specified=specified)
    found = due_of(end_of_service=left, first_deductible_year=year)
    if found.forfeited:
        assert (found.shares, found.settles_on) == (0, None)
    else:
        assert found.shares == 14_000
        assert found.settles_on is not None
        assert found.settles_on >= DETERMINED_ON
