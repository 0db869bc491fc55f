"""What schedules, settling and windows say, to the last word."""

import decimal
from datetime import date
from decimal import Decimal

import pytest

from ltip.rules.calendars import Period
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.schedule import (
    check_schedule,
    payout,
    payout_of_amount,
    weighted_payout,
)
from ltip.rules.settling import (
    Withholding,
    delivery_date,
    require_certifiable,
    require_settleable,
    settlement_date,
    withholding,
)
from ltip.rules.windows import goal_window_closes, require_open, window_closes

GOALS = "P Performance Goals"
TAX = "GA §6, P Tax Withholding"
CORRECT = "Correct the schedule before the goal is set."
TWO_YEARS = Period(date(2012, 1, 1), date(2013, 12, 31))
LINE = ((Decimal(25), Decimal(50)), (Decimal(55), Decimal(100)))


def refusal(call) -> tuple[str, str, str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reason, refused.value.place, refused.value.remedy


def pays(percentile: str, *, own_return: str = "0.1", cap: str | None = None) -> Outcome[Decimal]:
    return payout(
        percentile=Decimal(percentile),
        points=LINE,
        between_points="line",
        own_return=Decimal(own_return),
        negative_return_cap=None if cap is None else Decimal(cap),
    )


@pytest.mark.parametrize(
    ("points", "between", "said"),
    [
        (LINE, "curve", "'curve' does not say what is earned between the points; it is one of "
                        "line, step."),
        ((), "line", "a schedule has at least one point."),
        (((Decimal(50), Decimal(201)),), "line", "the payout 201 % of a point is not within 0 to "
         "200: a Performance Share earns at most two shares."),
        (LINE[::-1], "line", "the percentile 25 follows 55; points stand in rising order."),
    ],
)  # fmt: skip
def test_a_schedule_that_is_none_is_refused(points, between, said) -> None:
    assert refusal(lambda: check_schedule(points=points, between_points=between)) == (
        said,
        GOALS,
        CORRECT,
    )


def test_an_amounts_schedule_is_refused_by_its_amounts() -> None:
    assert refusal(
        lambda: payout_of_amount(amount=Decimal(1), points=LINE[::-1], between_points="line")
    ) == ("the amount 25 follows 55; points stand in rising order.", GOALS, CORRECT)
    above_a_hundred = ((Decimal(380), Decimal(50)),)
    assert payout_of_amount(
        amount=Decimal("380.1234567"), points=above_a_hundred, between_points="line"
    ) == Outcome(
        Decimal(50),
        (
            Step(
                "The amount 380.123457 is at or above the last point of the schedule, 380.",
                "50 %",
                GOALS,
            ),
        ),
    )


def test_a_payout_says_where_it_was_read_off_and_what_caps_it() -> None:
    # Two thirds of the way from 25 to 55: 50 + 50 × 20/30 = 83.33.
    assert pays("45").steps == (
        Step(
            "The percentile 45 is between the points 25 (50 %) and 55 (100 %), read by straight "
            "line.",
            "83.33 %",
            GOALS,
        ),
    )
    capped = pays("45", own_return="-0.1", cap="60")
    assert capped.value == Decimal(60)
    assert capped.steps[1] == Step(
        "The company's own return is negative, and the goal then caps the payout.", "60 %", GOALS
    )


def test_payouts_are_exact_whatever_precision_a_caller_computes_with() -> None:
    weights = [(Decimal("33.333"), Decimal("123.45")), (Decimal("66.667"), Decimal("100.01"))]
    with decimal.localcontext(decimal.Context(prec=3)):
        assert str(pays("45").value).startswith("83.33333333333333")
        read = payout_of_amount(amount=Decimal(45), points=LINE, between_points="line").value
        assert str(read).startswith("83.33333333333333")
        # 0.33333 × 123.45 + 0.66667 × 100.01 = 41.1495885 + 66.6736667
        assert weighted_payout(payouts=weights).value == Decimal("107.8232552")


def test_weights_of_a_rest_say_what_they_are_shares_of() -> None:
    halves = [(Decimal(30), Decimal(100)), (Decimal(30), Decimal(50))]
    assert weighted_payout(payouts=halves, whole=Decimal(60)) == Outcome(
        Decimal(75),
        (
            Step(
                "Weighted: 30 % × 100 % + 30 % × 50 %, as shares of 60 %.",
                "75 %",
                GOALS,
            ),
        ),
    )


def test_the_settlement_date_is_said() -> None:
    assert settlement_date(determination_date=date(2014, 2, 20)).steps == (
        Step(
            "The thirtieth day after the Determination Date, 20 February 2014, is the Settlement "
            "Date.",
            "22 March 2014",
            "GA §4",
        ),
    )


def test_a_delivery_moves_by_business_days_as_read() -> None:
    # 22 March 2014 is a Saturday; 4 July 2014 is a Friday and a federal holiday.
    saturday, holiday = date(2014, 3, 22), date(2014, 7, 4)
    begin = "22 March 2014 is no business day: the date stands, and shares are delivered on"
    after = delivery_date(settles_on=saturday)
    assert after.steps == (Step(f"{begin} the next one.", "24 March 2014", "GA §4"),)
    before = delivery_date(settles_on=saturday, non_business_day="business_day_before")
    assert before.steps == (Step(f"{begin} the last one before it.", "21 March 2014", "GA §4"),)
    for reading in ("next_business_day", "business_day_before"):
        delivered = delivery_date(
            settles_on=holiday, non_business_day=reading, business_day="weekdays"
        )
        assert delivered.value == holiday


def withheld(tax: int, value: str, **more: object) -> Outcome[Withholding]:
    return withholding(tax_minor=tax, fair_market_value=Decimal(value), earned=100, **more)


def test_what_cannot_be_withheld_from_is_refused() -> None:
    assert refusal(lambda: withheld(-1, "10")) == (
        "a tax of -1 or 100 earned shares: neither can be negative.",
        TAX,
        "",
    )
    assert refusal(lambda: withheld(1, "0")) == (
        "a Fair Market Value of 0; it is above zero.",
        TAX,
        "Record the closing price of the Settlement Date.",
    )


def test_withholding_is_said_step_by_step() -> None:
    # 43.21 ÷ 12.50 is 3.46 shares: four take 50.00 and give back 6.79; three take 37.50, 5.71 owed.
    delivered = "Shares earned less shares withheld are delivered."
    assert withheld(4_321, "12.50").steps == (
        Step(
            "Tax of $43.21 ÷ Fair Market Value of 12.50, up to the next whole share and no more "
            "than were earned.",
            "4",
            TAX,
        ),
        Step(delivered, "96", "GA §4"),
        Step(
            "What the last share withheld is worth beyond the tax goes back in cash.",
            "$6.79",
            "P Tax Withholding",
        ),
    )
    assert withheld(4_321, "12.50", rounding="down").steps == (
        Step(
            "Tax of $43.21 ÷ Fair Market Value of 12.50, down to whole shares and no more than "
            "were earned.",
            "3",
            TAX,
        ),
        Step(delivered, "97", "GA §4"),
        Step(
            "The shares withheld do not cover the tax; the participant owes the rest.",
            "$5.71",
            "P Tax Withholding",
        ),
    )


def test_withholding_is_exact_whatever_precision_a_caller_computes_with() -> None:
    # 12.3456 a share: 81 take 999.9936 of 999.00, and 0.9936 go back.
    with decimal.localcontext(decimal.Context(prec=5)):
        assert withheld(99_900, "12.3456").value == Withholding(81, 19, 99, 0)


def test_what_cannot_be_certified_yet_is_refused() -> None:
    def certify(on: date, filed_on: date | None) -> object:
        return require_certifiable(period_end=TWO_YEARS.end, filed_on=filed_on, on=on)

    filed = date(2014, 2, 20)
    assert refusal(lambda: certify(TWO_YEARS.end, filed)) == (
        "the period runs to 31 December 2013; it cannot be certified on 31 December 2013.",
        "GA §4",
        "Certify once the period has ended and the annual report is filed.",
    )
    assert refusal(lambda: certify(date(2014, 2, 1), None)) == (
        "the annual report for the last fiscal year of the period is not recorded as filed.",
        "GA §4",
        "Record its filing date first.",
    )
    assert refusal(lambda: certify(date(2014, 2, 19), filed)) == (
        "the annual report was filed on 20 February 2014; the period cannot be certified on 19 "
        "February 2014.",
        "GA §4",
        "Certify on or after the filing date.",
    )


def test_what_cannot_be_settled_yet_is_refused() -> None:
    def settle(determined: date | None, settles_on: date | None) -> object:
        return require_settleable(
            determination_date=determined, settles_on=settles_on, on=date(2014, 3, 21)
        )

    determined = date(2014, 2, 20)
    assert refusal(lambda: settle(None, date(2014, 3, 22))) == (
        "the Committee has not certified what this award earned.",
        "P Award Determination",
        "Settle once the certificate is sealed.",
    )
    assert refusal(lambda: settle(determined, None)) == (
        "the award was forfeited.",
        "P Termination of Employment",
        "",
    )
    assert refusal(lambda: settle(determined, date(2014, 3, 22))) == (
        "the award settles on 22 March 2014; it cannot be settled on 21 March 2014.",
        "GA §4",
        "Settle on or after that day.",
    )


def test_windows_say_when_they_close() -> None:
    # The ninetieth day from 1 January of a leap year is 30 March; 731 days make 182 whole ones a
    # quarter, to 30 June, or 183 counted up.
    ninety = Step(
        "The first 90 days of the period, counted from and including 1 January 2012, end on 30 "
        "March 2012.",
        "30 March 2012",
        window_closes(period=TWO_YEARS).steps[0].place,
    )
    assert window_closes(period=TWO_YEARS).steps == (ninety,)
    unlimited = goal_window_closes(period=TWO_YEARS, stockholder_approval_date=None)
    assert unlimited.steps[0] == ninety
    assert (unlimited.steps[1].sentence, unlimited.steps[1].figure) == (
        "The stockholders have approved no material amendment, so the limit of a quarter of the "
        "period does not apply.",
        "",
    )
    approved = {"period": TWO_YEARS, "stockholder_approval_date": date(2012, 5, 16)}
    quarter = goal_window_closes(**approved).steps[1]
    assert (quarter.sentence, quarter.figure) == (
        "A quarter of the 731 days of the period is 182 whole days, the last of them 30 June 2012; "
        "the earlier of the two dates binds.",
        "182 days",
    )
    ceiling = goal_window_closes(quarter_days="ceiling", **approved).steps[1]
    assert (ceiling.sentence, ceiling.figure) == (
        "A quarter of the 731 days of the period is 183 whole days, a part of one counted whole, "
        "the last of them 1 July 2012; the earlier of the two dates binds.",
        "183 days",
    )


def test_an_act_outside_its_window_is_refused_with_what_can_be_done() -> None:
    def act(on: date) -> object:
        return require_open(
            period=TWO_YEARS, on=on, closes=date(2012, 3, 30), what="grants", place="P Grants"
        )

    assert refusal(lambda: act(date(2011, 12, 31))) == (
        "the window for grants opens on 1 January 2012, the first day of the period; this act is "
        "dated 31 December 2011.",
        "P Grants",
        "Date the act on or after that day.",
    )
    assert refusal(lambda: act(date(2012, 3, 31))) == (
        "the window for grants closed on 30 March 2012; this act is dated 31 March 2012.",
        "P Grants",
        "An act the Committee adopted inside the window can still be recorded, under its own date "
        "and with its document attached; otherwise the next period is open to it.",
    )
