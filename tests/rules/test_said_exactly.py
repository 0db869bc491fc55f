"""What a rule says, to the last word: the refusals and steps that a holder or auditor reads."""

import decimal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ltip.rules.adjusting import adjusted_shares
from ltip.rules.amendments import Affected, require_amendment
from ltip.rules.awards import AwardFacts, Change, Determined, capped, due
from ltip.rules.calendars import Period, federal_holidays
from ltip.rules.canonical import CanonicalError, canonical_text, decimal_text
from ltip.rules.change_in_control import lump_sum_shares, shortened_period
from ltip.rules.deferral import (
    covered_status_warning,
    short_term_deferral_deadline,
    short_term_deferral_warning,
    six_month_wait,
)
from ltip.rules.discretion import require_increase, require_reduction
from ltip.rules.earning import EndOfService, Entitlement
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.readings import complete

TWO_YEARS = Period(date(2012, 1, 1), date(2013, 12, 31))
EVENT = date(2013, 11, 15)
CONTROL = "P Change in Control"


def refusal(call: Callable[[], object]) -> tuple[str, str, str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reason, refused.value.place, refused.value.remedy


def lump_sum(target: int = 12_345, payout: str = "150", **more: object) -> Outcome[int]:
    facts = {
        "period": TWO_YEARS,
        "measured_until": date(2013, 9, 27),
        "event": EVENT,
        "end_of_service": None,
    }
    return lump_sum_shares(target=target, payout=Decimal(payout), **(facts | more))


# 12,345 × 1.5 = 18,517.5; × 18 of the 20 full months to 27 September 2013 = 16,665.75.
LEFT = EndOfService(date(2013, 6, 30), "without_cause")
PERFORMED = Step(
    "12,345 Performance Shares × 150 %, measured until 27 September 2013, rounded down.",
    "18,517",
    CONTROL,
)


def test_shares_do_not_depend_on_the_precision_that_a_caller_computes_with() -> None:
    with decimal.localcontext(decimal.Context(prec=3)):
        assert adjusted_shares(shares=12_345, ratio=Decimal("1.5")).value == 18_517
        assert lump_sum().value == 18_517
        assert lump_sum(end_of_service=LEFT).value == 16_665


def test_a_lump_sum_says_what_was_performed_and_what_becomes_of_it() -> None:
    assert lump_sum().steps == (
        PERFORMED,
        Step(
            "Employed immediately before the change in control of 15 November 2013: the whole "
            "award, no proration.",
            "18,517",
            CONTROL,
        ),
    )
    died = EndOfService(date(2013, 6, 30), "death")
    assert lump_sum(end_of_service=died).steps == (
        PERFORMED,
        Step(
            f"{died.text}, before the change in control: all that performance earned stays.",
            "18,517",
            f"{CONTROL}, P Termination of Employment",
        ),
    )
    resigned = EndOfService(date(2013, 6, 30), "resignation")
    assert lump_sum(end_of_service=resigned).steps == (
        PERFORMED,
        Step(
            f"{resigned.text}, before the change in control: forfeited that day.",
            "0",
            f"{CONTROL}, P Termination of Employment",
        ),
    )


def test_a_leavers_lump_sum_is_rounded_as_read() -> None:
    assert lump_sum(end_of_service=LEFT, shares_rounding="nearest").value == 16_666


def test_a_lump_sum_says_what_it_refuses() -> None:
    assert refusal(lambda: lump_sum(-1)) == (
        "an award of -1 Performance Shares.",
        "P Grants",
        "",
    )
    assert refusal(lambda: lump_sum(payout="201")) == (
        "a payout of 201 % of target is not within 0 to 200 %: a Performance Share earns at most "
        "2 shares.",
        "GA recitals",
        "",
    )
    assert refusal(lambda: lump_sum(measured_until=date(2014, 1, 1))) == (
        "performance measured until 1 January 2014 is not that of the period from 1 January 2012 "
        "to 31 December 2013.",
        CONTROL,
        "",
    )
    short = {"measured_until": date(2012, 1, 30), "event": date(2012, 2, 15)}
    left = EndOfService(date(2012, 2, 1), "without_cause")
    assert refusal(lambda: lump_sum(end_of_service=left, **short)) == (
        "the period from 1 January 2012 to 30 January 2012 has no full month to take a fraction "
        "of.",
        f"{CONTROL}, P Termination of Employment",
        "What its leavers earn is the Committee's to decide, in writing.",
    )


def test_a_period_without_a_completed_quarter_is_left_to_the_committee() -> None:
    def shorten() -> object:
        return shortened_period(period=TWO_YEARS, event=date(2012, 2, 1), fiscal_quarter_ends=())

    assert refusal(shorten) == (
        "no fiscal quarter was completed between the first day of the period, 1 January 2012, and "
        "the change in control of 1 February 2012: there is nothing to measure.",
        CONTROL,
        "What these awards earn is the Committee's to decide, in writing.",
    )


def test_an_amendment_says_why_it_is_refused_or_needs_nobody() -> None:
    def amend(**more: object) -> Outcome[tuple[str, ...]]:
        facts = {"kind": "goals", "affected": (), "covered_with_goals_frozen": ()}
        return require_amendment(**(facts | more))

    assert refusal(lambda: amend(covered_with_goals_frozen=("Ann", "Bob"))) == (
        "the goals of Covered Employees cannot be changed for a period that began on or after the "
        "Stockholder Approval Date: Ann, Bob.",
        "P Amendment and Termination",
        "Leave the goals of that period as they are.",
    )
    hurt = Affected("Ann", True, True, False, False)
    assert amend(kind="409A", affected=(hurt,)) == Outcome(
        (),
        (
            Step(
                "An amendment for §409A needs no holder's consent.",
                "",
                "P Amendment and Termination",
            ),
        ),
    )


def test_an_unknown_change_of_an_award_is_refused_with_the_known_ones() -> None:
    assert refusal(lambda: Change(EVENT, "halved", Decimal(2))) == (
        "'halved' is no change of an award; it is one of adjusted, reduced, increased, recovered, "
        "taxed.",
        "P Administration",
        "",
    )


def test_a_change_in_control_on_the_settlement_date_leaves_no_step() -> None:
    settles_on = date(2014, 3, 27)
    determined = Determined(14_000, date(2014, 2, 25), settles_on)
    paid = due(facts=AwardFacts(determined, control_on=settles_on), readings=complete({}))
    assert paid.value == Entitlement(14_000, settles_on, forfeited=False)
    assert [step.sentence for step in paid.steps] == [
        "Employed until the Settlement Date, 27 March 2014."
    ]


def test_a_delayed_award_that_a_change_in_control_pays_is_delayed_no_more() -> None:
    # Dismissed on 3 March 2014, specified and deferred: six months to 3 September, paid on the 4th.
    left = EndOfService(date(2014, 3, 3), "without_cause", deferred=True, specified=True)
    determined = Determined(14_000, date(2014, 2, 25), date(2014, 3, 27))
    facts = AwardFacts(determined, end_of_service=left)
    assert due(facts=facts, readings=complete({})).value == Entitlement(
        14_000, date(2014, 9, 4), forfeited=False, delayed=True
    )
    sold = AwardFacts(determined, end_of_service=left, control_on=date(2014, 6, 2))
    readings = complete({"cic.after_determination": "lump_sum"})
    assert due(facts=sold, readings=readings).value == Entitlement(
        14_000, date(2014, 6, 2), forfeited=False, delayed=False
    )


def test_a_cap_that_is_just_met_keeps_both_trails() -> None:
    earned = Outcome(9_000, (Step("earned.", "9,000", "GA recitals"),))
    most = Outcome(9_000, (Step("reduced.", "9,000", "P Award Determination"),))
    assert capped(shares=earned, most=most) == Outcome(9_000, (*earned.steps, *most.steps))


def test_a_calendar_that_is_not_known_is_refused_with_its_place() -> None:
    assert refusal(lambda: Period(date(2013, 1, 1), date(2012, 12, 31))) == (
        "a performance period from 1 January 2013 cannot end on 31 December 2012, before it "
        "starts.",
        "P Effective Date",
        "",
    )
    assert refusal(lambda: federal_holidays(1977)) == (
        "the federal holidays of 1977 are not known here; they are from 1978 on.",
        CONTROL,
        "",
    )


def test_a_monday_holiday_may_fall_on_the_first_of_its_month() -> None:
    # 1 September 2014 was a Monday: Labor Day.
    assert date(2014, 9, 1) in federal_holidays(2014)
    assert date(2014, 9, 8) not in federal_holidays(2014)


@dataclass(frozen=True)
class Kept:
    figure: object


def test_content_that_cannot_be_kept_is_refused_with_its_path() -> None:
    for content, said in [
        (Kept(1.5), "$.figure: float has no canonical text."),
        ({"a": {1: "b"}}, "$.a: the key 1 is not text."),
        ({"a": {"\x00": 1}}, "$.a: text with a NUL character cannot be kept."),
    ]:
        with pytest.raises(CanonicalError) as refused:
            canonical_text(content)
        assert str(refused.value) == said
    with pytest.raises(CanonicalError) as refused:
        decimal_text(Decimal("NaN"))
    assert str(refused.value) == "NaN is not a number that can be kept."


def test_a_moment_is_written_in_utc_wherever_the_program_runs(monkeypatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        written = canonical_text(datetime(2014, 3, 27, 12, tzinfo=UTC))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert written == '"2014-03-27T12:00:00.000000Z"'


def test_the_six_months_name_their_place_also_where_nothing_waits() -> None:
    left, payable = date(2014, 3, 3), date(2014, 4, 2)

    def wait(payable_on: date, specified: bool) -> Outcome[date]:
        return six_month_wait(
            payable_on=payable_on,
            separated_on=left,
            specified=specified,
            deferred=True,
            died_on=None,
        )

    assert wait(payable, specified=False).steps == (
        Step(
            "Nothing waits for six months: that takes a specified employee and non-exempt "
            "deferred compensation.",
            "2 April 2014",
            "GA §5",
        ),
    )
    assert wait(date(2014, 9, 4), specified=True).steps == (
        Step(
            "The wait ended on 3 September 2014, six months after the separation from service on "
            "3 March 2014, before this became payable.",
            "4 September 2014",
            "GA §5",
        ),
    )


def test_the_law_s_warnings_are_said_whole() -> None:
    deadline = short_term_deferral_deadline(
        period_end=date(2013, 12, 31), condition_fell_on=date(2012, 6, 30)
    )
    assert deadline.steps == (
        Step(
            "The period ended on 31 December 2013 and the service condition fell away on 30 June "
            "2012: a short-term deferral is paid by 15 March of the year after the later of the "
            "two.",
            "15 March 2014",
            "GA §5",
        ),
    )
    assert short_term_deferral_warning(
        deadline=deadline.value, settles_on=date(2014, 3, 27)
    ) == Step(
        "Settlement on 27 March 2014 falls after 15 March 2014, the last day of a short-term "
        "deferral under §409A: for counsel.",
        "15 March 2014",
        "GA §5",
    )
    assert covered_status_warning(
        first_covered_on=date(2012, 1, 1), ended_on=date(2017, 12, 31)
    ) == Step(
        "A Covered Employee since 1 January 2012 and until 31 December 2017: held after 2016, the "
        "status stays for good under §162(m).",
        "31 December 2017",
        "P Qualified Performance-Based Compensation",
    )


def test_discretion_says_what_it_may_not_do() -> None:
    assert refusal(
        lambda: require_reduction(certified=False, settled=False, current=9_000, to=9_000)
    ) == (
        "9,000 shares are not fewer than the 9,000 the award stands at: that is no reduction.",
        "P Award Determination",
        "",
    )
    assert refusal(
        lambda: require_increase(
            certified=9_000,
            to=9_001,
            target=10_000,
            covered=True,
            period_start=date(2013, 1, 1),
            stockholder_approval_date=date(2012, 5, 16),
            settled=False,
        )
    ) == (
        "9,001 shares are above the certified level, which is closed for a Covered Employee in a "
        "period that begins after the Stockholder Approval Date, 16 May 2012.",
        "P Award Determination",
        "",
    )
