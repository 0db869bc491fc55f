"""What an award earns and its holder is issued, with the words and places of every step."""

import decimal
from datetime import date
from decimal import Decimal

import pytest

from ltip.rules.calendars import Period
from ltip.rules.earning import EndOfService, Entitlement, entitlement, shares_earned
from ltip.rules.outcome import Outcome, Refused, Step

TWO_YEARS = Period(date(2012, 1, 1), date(2013, 12, 31))
CERTIFIED = date(2014, 2, 20)
SETTLES = date(2014, 3, 22)
LEAVING = "P Termination of Employment"
# 12,345 × 1.5 = 18,517.5; dismissed after 18 of 24 full months.
PERFORMED = Step("12,345 Performance Shares × 150 %, rounded down.", "18,517", "GA recitals")
DISMISSED = EndOfService(date(2013, 6, 30), "without_cause")


def earned(end: EndOfService | None = None, **more: object) -> Outcome[int]:
    facts = {
        "target": 12_345,
        "payout": Decimal(150),
        "period": TWO_YEARS,
        "determination_date": CERTIFIED,
        "end_of_service": end,
    }
    return shares_earned(**(facts | more))


def issued(end: EndOfService | None = None, **readings: str) -> Outcome[Entitlement]:
    return entitlement(
        earned=1_000,
        determination_date=CERTIFIED,
        settlement_date=SETTLES,
        end_of_service=end,
        **readings,
    )


def refusal(call) -> tuple[str, str, str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reason, refused.value.place, refused.value.remedy


def test_who_stayed_is_told_what_was_performed() -> None:
    assert earned() == Outcome(18_517, (PERFORMED,))


def test_shares_earned_do_not_depend_on_the_precision_that_a_caller_computes_with() -> None:
    with decimal.localcontext(decimal.Context(prec=3)):
        assert earned().value == 18_517
        # 18,517.5 × 18/24 = 13,888.125
        assert earned(DISMISSED).value == 13_888
        # 18,517.5 × 7/24 = 5,400.9375
        assert earned(EndOfService(date(2012, 7, 31), "without_cause")).value == 5_400


@pytest.mark.parametrize(
    ("readings", "shares"),
    [
        ({}, 13_888),
        # 18,517 × 18/24 = 13,887.75
        ({"proration_rounding": "twice"}, 13_887),
        # 18,518 × 18/24 = 13,888.5
        ({"proration_rounding": "twice", "shares_rounding": "nearest"}, 13_889),
        # 30 June ends a month only with the day after: 18,517.5 × 17/24 = 13,116.5625
        ({"month_full": "day_after"}, 13_116),
        ({"month_full": "day_after", "shares_rounding": "nearest"}, 13_117),
    ],
)
def test_a_dismissed_holders_fraction_is_taken_as_read(readings, shares) -> None:
    assert earned(DISMISSED, **readings).value == shares


def test_the_nearest_share_is_taken_and_said() -> None:
    nearest = earned(shares_rounding="nearest")
    assert nearest == Outcome(
        18_518,
        (
            Step(
                "12,345 Performance Shares × 150 %, rounded to the nearest whole share.",
                "18,518",
                "GA recitals",
            ),
        ),
    )
    assert earned(DISMISSED, shares_rounding="nearest").steps[1].sentence == (
        f"{DISMISSED.text}, before the Determination Date: 18 full months of 24 served; 12,345 × "
        "150 % × 18/24, rounded to the nearest whole share once."
    )


def test_service_after_the_period_counts_beyond_it_only_where_read_so() -> None:
    # 31 January 2014 ends the twenty-fifth month: 18,517.5 × 25/24 = 19,289.0625.
    late = EndOfService(date(2014, 1, 31), "without_cause")
    assert earned(late).value == 18_517
    assert earned(late, proration_cap="none").value == 19_289


@pytest.mark.parametrize(
    ("reason", "shares", "said"),
    [
        (
            "without_cause",
            "13,888",
            "18 full months of 24 served; 12,345 × 150 % × 18/24, rounded down once.",
        ),
        ("death", "18,517", "all that performance earned stays."),
        ("resignation", "0", "forfeited that day."),
    ],
)
def test_who_left_before_is_told_what_that_means(reason, shares, said) -> None:
    left = EndOfService(date(2013, 6, 30), reason)
    assert earned(left).steps == (
        PERFORMED,
        Step(f"{left.text}, before the Determination Date: {said}", shares, LEAVING),
    )


def test_what_earns_nothing_sensible_is_refused() -> None:
    assert refusal(lambda: earned(target=-1)) == (
        "an award of -1 Performance Shares.",
        "P Grants",
        "",
    )
    assert refusal(lambda: earned(payout=Decimal(201))) == (
        "a payout of 201 % of target is not within 0 to 200 %: a Performance Share earns at most 2 "
        "shares.",
        "GA recitals",
        "",
    )
    short = Period(date(2012, 1, 1), date(2012, 1, 30))
    left = EndOfService(date(2012, 1, 15), "without_cause")
    assert refusal(lambda: earned(left, period=short)) == (
        "the period from 1 January 2012 to 30 January 2012 has no full month to take a fraction "
        "of.",
        LEAVING,
        "What its leavers earn is the Committee's to decide, in writing.",
    )


def test_an_end_of_service_that_cannot_be_is_refused() -> None:
    assert refusal(lambda: EndOfService(CERTIFIED, "boredom")) == (
        "'boredom' is no reason for the end of employment; it is one of death, disability, "
        "without_cause, cause, resignation, retirement.",
        LEAVING,
        "",
    )
    assert refusal(
        lambda: EndOfService(CERTIFIED, "resignation", separated_on=date(2014, 2, 19))
    ) == (
        "the separation from service on 19 February 2014 lies before the end of employment on 20 "
        "February 2014.",
        "GA §5",
        "",
    )
    same_day = EndOfService(CERTIFIED, "resignation", deferred=True, separated_on=CERTIFIED)
    assert same_day.counts_on == CERTIFIED


def test_who_stayed_to_the_settlement_date_is_issued_all() -> None:
    assert issued() == Outcome(
        Entitlement(1_000, SETTLES, forfeited=False),
        (Step("Employed until the Settlement Date, 22 March 2014.", "1,000", "GA §4"),),
    )


def test_who_left_before_the_determination_is_told_what_is_issued() -> None:
    assert issued(DISMISSED) == Outcome(
        Entitlement(1_000, SETTLES, forfeited=False),
        (Step(f"{DISMISSED.text}: what was earned is settled with everyone's.", "1,000", LEAVING),),
    )
    resigned = EndOfService(date(2013, 6, 30), "resignation")
    assert issued(resigned) == Outcome(
        Entitlement(0, None, forfeited=True),
        (Step(f"{resigned.text}, before the Determination Date: forfeited.", "0", LEAVING),),
    )


def test_who_left_between_the_two_dates_is_told_what_is_issued() -> None:
    resigned = EndOfService(date(2014, 3, 3), "resignation")
    between = f"{resigned.text}, after the Determination Date and before the Settlement Date"
    assert issued(resigned) == Outcome(
        Entitlement(0, None, forfeited=True),
        (Step(f"{between}: forfeited.", "0", "GA §§1(b), 2, 4"),),
    )
    assert issued(resigned, resignation_between_dates="pay") == Outcome(
        Entitlement(1_000, SETTLES, forfeited=False),
        (
            Step(
                f"{between}: paid on the Settlement Date, by the Committee's reading.",
                "1,000",
                LEAVING,
            ),
        ),
    )
    died = EndOfService(date(2014, 3, 3), "death")
    between = f"{died.text}, after the Determination Date and before the Settlement Date"
    assert issued(died) == Outcome(
        Entitlement(1_000, date(2014, 4, 2), forfeited=False),
        (Step(f"{between}: issued on the thirtieth day after, 2 April 2014.", "1,000", LEAVING),),
    )
