from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.calendars import Period, is_business_day
from ltip.rules.change_in_control import lump_sum_shares, shortened_period, timing
from ltip.rules.earning import EndOfService
from ltip.rules.outcome import Refused

TWO_YEARS = Period(date(2012, 1, 1), date(2013, 12, 31))
THREE_YEARS = Period(date(2013, 1, 1), date(2015, 12, 31))
# Calix's fiscal quarters end on Saturdays, its years on 31 December.
QUARTER_ENDS = [
    date(2011, 12, 31),
    date(2012, 3, 31),
    date(2012, 6, 30),
    date(2012, 9, 29),
    date(2012, 12, 31),
    date(2013, 3, 30),
    date(2013, 6, 29),
    date(2013, 9, 28),
    date(2013, 12, 31),
]
EVENT = date(2013, 11, 15)
SHORTENED_END = date(2013, 9, 27)


def shortened(event, *, period=TWO_YEARS, quarter_ends=QUARTER_ENDS):
    return shortened_period(period=period, event=event, fiscal_quarter_ends=quarter_ends)


def lump_sum(target, pays, *, on=None, reason="without_cause", **more):
    facts = {
        "period": TWO_YEARS,
        "measured_until": SHORTENED_END,
        "event": EVENT,
        "end_of_service": None if on is None else EndOfService(on, reason),
    }
    return lump_sum_shares(target=target, payout=Decimal(pays), **(facts | more))


@pytest.mark.parametrize(
    ("event", "ends"),
    [
        (date(2013, 11, 15), date(2013, 9, 27)),
        (date(2013, 9, 27), date(2013, 6, 28)),
        (date(2013, 9, 28), date(2013, 6, 28)),
        (date(2013, 9, 29), date(2013, 9, 27)),
        (date(2012, 9, 30), date(2012, 9, 28)),
        # 29 March 2013, Good Friday, is a business day, though no trading day.
        (date(2013, 4, 1), date(2013, 3, 29)),
        (date(2013, 1, 2), date(2012, 12, 31)),
        (date(2013, 12, 31), date(2013, 9, 27)),
        (date(2012, 4, 1), date(2012, 3, 30)),
    ],
)
def test_the_period_ends_on_the_last_business_day_of_the_last_quarter_completed_before(event, ends):
    assert shortened(event).value == Period(date(2012, 1, 1), ends)


@pytest.mark.parametrize(
    ("event", "ends"),
    [
        # Calix's first quarter of 2017 ended on 1 April, its second on 1 July.
        (date(2017, 4, 1), date(2016, 12, 30)),
        (date(2017, 4, 2), date(2017, 3, 31)),
        (date(2017, 7, 1), date(2017, 3, 31)),
        (date(2017, 7, 2), date(2017, 6, 30)),
    ],
)
def test_quarters_are_the_companys_own_and_may_be_listed_in_any_order(event, ends):
    quarter_ends = [date(2017, 7, 1), date(2016, 12, 31), date(2017, 4, 1), date(2016, 9, 24)]
    period = Period(date(2016, 1, 1), date(2018, 12, 31))
    assert shortened(event, period=period, quarter_ends=quarter_ends).value.end == ends


def test_the_steps_name_the_quarter_and_the_day():
    steps = shortened(EVENT).steps
    assert [step.figure for step in steps] == ["28 September 2013", "27 September 2013"]
    assert "15 November 2013" in steps[0].sentence
    assert "last business day" in steps[1].sentence
    assert {step.place for step in steps} == {"P Change in Control"}


@pytest.mark.parametrize("event", [date(2012, 1, 1), date(2012, 2, 10), date(2012, 3, 31)])
def test_without_a_quarter_completed_since_the_period_began_nothing_is_computed(event):
    with pytest.raises(Refused, match="no fiscal quarter was completed") as refusal:
        shortened(event)
    assert refusal.value.place == "P Change in Control"
    assert "1 January 2012" in refusal.value.reason
    assert "nothing to measure" in refusal.value.reason
    assert "Committee" in refusal.value.remedy


def test_a_quarter_whose_last_business_day_lies_before_the_period_measures_nothing():
    # 1 January 2012 was a Sunday, and the last business day before it 30 December 2011.
    with pytest.raises(Refused, match="no fiscal quarter was completed"):
        shortened(date(2012, 2, 10), quarter_ends=[date(2012, 1, 1)])


def test_a_quarter_whose_last_business_day_is_the_first_of_the_period_leaves_that_day():
    period = Period(date(2012, 6, 29), date(2013, 12, 31))
    event = date(2012, 8, 1)
    assert shortened(event, period=period).value == Period(date(2012, 6, 29), date(2012, 6, 29))


@pytest.mark.parametrize(
    ("reading", "ends"),
    [({}, date(2012, 5, 25)), ({"business_day": "weekdays"}, date(2012, 5, 28))],
)
def test_a_federal_holiday_is_a_business_day_by_the_other_reading_only(reading, ends):
    # Monday 28 May 2012 was Memorial Day.
    outcome = shortened_period(
        period=TWO_YEARS,
        event=date(2012, 6, 20),
        fiscal_quarter_ends=[date(2012, 5, 28)],
        **reading,
    )
    assert outcome.value.end == ends


def test_a_quarter_that_ends_on_the_first_day_of_the_period_leaves_that_day():
    first = date(2012, 12, 31)
    period = Period(first, date(2014, 12, 31))
    assert shortened(date(2013, 2, 1), period=period).value == Period(first, first)
    later = Period(date(2013, 1, 1), date(2014, 12, 31))
    with pytest.raises(Refused, match="no fiscal quarter was completed"):
        shortened(date(2013, 2, 1), period=later)


@pytest.mark.parametrize(
    ("quarter_ends", "event", "since"),
    [
        ([date(2012, 6, 30)], date(2012, 10, 31), "30 June 2012"),
        ([date(2012, 6, 30), date(2013, 3, 30)], date(2013, 2, 1), "30 June 2012"),
        ([], date(2012, 5, 2), "1 January 2012"),
        ([date(2011, 12, 31)], date(2012, 5, 2), "1 January 2012"),
    ],
)
def test_a_gap_in_the_record_of_fiscal_quarters_is_refused_and_not_bridged(
    quarter_ends, event, since
):
    with pytest.raises(Refused, match=f"ended between {since}") as refusal:
        shortened(event, quarter_ends=quarter_ends)
    assert refusal.value.place == "P Change in Control"
    assert "Record the ends" in refusal.value.remedy


def test_four_months_after_a_quarter_the_next_may_still_run():
    ends = shortened(date(2012, 10, 30), quarter_ends=[date(2012, 6, 30)]).value.end
    assert ends == date(2012, 6, 29)


@pytest.mark.parametrize("event", [date(2011, 12, 31), date(2014, 1, 1)])
def test_an_event_outside_the_period_does_not_shorten_it(event):
    with pytest.raises(Refused, match="does not fall into the period") as refusal:
        shortened(event)
    assert refusal.value.place == "P Change in Control"


@given(st.integers(min_value=92, max_value=730))
def test_a_shortened_period_ends_on_a_business_day_before_the_event(days):
    event = date(2012, 1, 1) + timedelta(days=days)
    ends = shortened(event).value.end
    assert TWO_YEARS.start <= ends < event
    assert is_business_day(ends)


@pytest.mark.parametrize(
    ("event", "determined", "falls"),
    [
        (date(2011, 12, 31), None, "before_period"),
        (date(2012, 1, 1), None, "during"),
        (date(2013, 12, 31), None, "during"),
        (date(2014, 1, 1), None, "after_period"),
        (date(2014, 2, 19), date(2014, 2, 20), "after_period"),
        (date(2014, 2, 20), date(2014, 2, 20), "determined"),
        (date(2014, 2, 21), date(2014, 2, 20), "determined"),
        (date(2013, 12, 31), date(2014, 2, 20), "during"),
    ],
)
def test_where_the_event_falls(event, determined, falls):
    assert timing(period=TWO_YEARS, event=event, determination_date=determined) == falls


@pytest.mark.parametrize(
    ("target", "pays", "shares"),
    [(10_000, "200", 20_000), (4_001, "133.35", 5_335), (7, "0", 0), (0, "140", 0)],
)
def test_whoever_is_employed_receives_the_whole_award(target, pays, shares):
    outcome = lump_sum(target, pays)
    assert outcome.value == shares
    assert "no proration" in outcome.steps[-1].sentence
    assert [step.place for step in outcome.steps] == ["P Change in Control"] * 2


@pytest.mark.parametrize("reason", ["resignation", "retirement", "cause"])
@pytest.mark.parametrize(
    ("on", "shares"),
    [(date(2013, 11, 14), 0), (date(2013, 11, 15), 4_500), (date(2013, 11, 16), 4_500)],
)
def test_leaving_on_the_day_of_the_event_or_later_takes_nothing_away(reason, on, shares):
    assert lump_sum(3_000, "150", on=on, reason=reason).value == shares


@pytest.mark.parametrize("reason", ["death", "disability"])
@pytest.mark.parametrize("on", [date(2012, 3, 4), date(2013, 10, 31)])
def test_death_and_disability_keep_all_that_performance_earned(reason, on):
    outcome = lump_sum(3_333, "140", on=on, reason=reason)
    assert outcome.value == 4_666
    assert outcome.steps[-1].place == "P Change in Control, P Termination of Employment"
    assert "stays" in outcome.steps[-1].sentence


def test_a_disability_that_is_not_total_and_permanent_forfeits():
    left = EndOfService(date(2013, 10, 1), "disability", totally_disabled=False)
    outcome = lump_sum(3_333, "140", end_of_service=left)
    assert outcome.value == 0
    assert "forfeited" in outcome.steps[-1].sentence


@pytest.mark.parametrize(
    ("on", "shares"),
    [
        # From 1 January 2012 to 27 September 2013 there are 20 full months.
        (date(2012, 10, 30), 900),
        (date(2012, 10, 31), 1_000),
        (date(2012, 11, 1), 1_000),
        (date(2013, 7, 31), 1_900),
        (date(2013, 8, 30), 1_900),
        (date(2013, 8, 31), 2_000),
        (date(2013, 11, 14), 2_000),
        (date(2012, 1, 30), 0),
    ],
)
def test_a_dismissal_counts_the_months_of_the_shortened_period_above_and_below(on, shares):
    assert lump_sum(2_000, "100", on=on).value == shares


def test_the_step_shows_the_months_of_a_dismissal():
    step = lump_sum(2_000, "100", on=date(2012, 10, 31)).steps[-1]
    assert "10 full months of 20 served" in step.sentence
    assert "× 10/20" in step.sentence
    assert "before the change in control" in step.sentence
    assert step.figure == "1,000"
    assert step.place == "P Change in Control, P Termination of Employment"


@pytest.mark.parametrize(
    ("on", "shares"),
    [(date(2012, 10, 31), 1_000), (date(2013, 8, 31), 2_000), (date(2013, 11, 14), 2_200)],
)
def test_by_the_other_reading_the_months_of_the_full_period_count(on, shares):
    # 2,400 × 10/24, 20/24 and 22/24
    assert lump_sum(2_400, "100", on=on, proration_months="full").value == shares


@pytest.mark.parametrize(
    ("on", "shares"),
    [(date(2013, 6, 30), 13_281), (date(2013, 7, 1), 14_062), (date(2014, 2, 28), 18_750)],
)
def test_the_day_after_must_be_served_too_by_the_other_reading_of_a_month(on, shares):
    # 18,750 × 17/24 = 13,281.25, × 18/24 = 14,062.5, and never more than 24/24
    outcome = lump_sum(
        9_375,
        "200",
        on=on,
        measured_until=TWO_YEARS.end,
        event=date(2014, 3, 1),
        month_full="day_after",
    )
    assert outcome.value == shares


@pytest.mark.parametrize(
    ("on", "shares"),
    [
        (date(2013, 6, 29), 13_281),
        (date(2013, 6, 30), 14_062),
        (date(2014, 1, 31), 18_750),
        (date(2014, 2, 28), 18_750),
    ],
)
def test_after_the_period_its_own_months_count_and_never_more_than_all(on, shares):
    outcome = lump_sum(9_375, "200", on=on, measured_until=TWO_YEARS.end, event=date(2014, 3, 1))
    assert outcome.value == shares


def test_shares_are_rounded_once_at_the_end_unless_read_as_twice():
    # 3 × 150 % = 4.5; × 16/20 is 3.6, 4 × 16/20 is 3.2; × 14/20 is 3.15 and 2.8.
    figures = [
        lump_sum(3, "150", on=on, proration_rounding=rounding).value
        for on in (date(2013, 4, 30), date(2013, 2, 28))
        for rounding in ("once", "twice")
    ]
    assert figures == [3, 3, 3, 2]


@pytest.mark.parametrize(
    ("pays", "nearest"), [("149.9", 4), ("150", 5), ("150.1", 5), ("116.6", 3), ("116.7", 4)]
)
def test_to_the_nearest_share_a_half_goes_up_by_the_other_reading(pays, nearest):
    # 3 × 149.9 % = 4.497, × 150 % = 4.5, × 150.1 % = 4.503; 3.498 and 3.501
    outcome = lump_sum(3, pays, shares_rounding="nearest")
    assert outcome.value == nearest
    assert "nearest" in outcome.steps[0].sentence


def test_a_third_that_cannot_be_written_out_takes_no_share():
    # 3,000 × 133.33… % is 4,000, and half of it 2,000.
    pays = Decimal(400) / 3
    assert lump_sum(3_000, pays).value == 4_000
    assert lump_sum(3_000, pays, on=date(2012, 10, 31)).value == 2_000


def test_deferred_compensation_counts_to_the_separation_from_service():
    def left(*, deferred):
        end = EndOfService(
            date(2012, 10, 31),
            "without_cause",
            deferred=deferred,
            separated_on=date(2012, 12, 31),
        )
        return lump_sum(2_000, "100", end_of_service=end).value

    assert left(deferred=False) == 1_000
    assert left(deferred=True) == 1_200


def test_a_period_without_a_full_month_has_no_fraction():
    facts = {"measured_until": date(2012, 1, 30), "event": date(2012, 3, 1)}
    with pytest.raises(Refused, match="no full month") as refusal:
        lump_sum(2_000, "100", on=date(2012, 1, 20), **facts)
    assert refusal.value.place == "P Change in Control, P Termination of Employment"
    assert lump_sum(2_000, "100", **facts).value == 2_000
    assert lump_sum(2_000, "100", on=date(2012, 2, 1), proration_months="full", **facts).value == 83


def test_a_period_of_exactly_a_month_has_one():
    facts = {"measured_until": date(2012, 1, 31), "event": date(2012, 3, 1)}
    assert lump_sum(2_000, "100", on=date(2012, 1, 31), **facts).value == 2_000
    assert lump_sum(2_000, "100", on=date(2012, 1, 30), **facts).value == 0


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"target": -1}, "P Grants"),
        ({"pays": "-0.1"}, "GA recitals"),
        ({"pays": "200.1"}, "GA recitals"),
        ({"measured_until": date(2011, 12, 31)}, "P Change in Control"),
        ({"measured_until": date(2014, 1, 1)}, "P Change in Control"),
        ({"proration_months": "half"}, "P Administration"),
        ({"proration_rounding": "thrice"}, "P Administration"),
        ({"shares_rounding": "up"}, "P Administration"),
    ],
)
def test_impossible_awards_and_unknown_readings_are_refused(facts, place):
    with pytest.raises(Refused) as refusal:
        lump_sum(**({"target": 10, "pays": "100"} | facts))
    assert refusal.value.place == place


@pytest.mark.parametrize("measured_until", [TWO_YEARS.start, TWO_YEARS.end])
def test_performance_may_be_measured_until_any_day_of_the_period(measured_until):
    assert lump_sum(11, "100", measured_until=measured_until).value == 11


def test_an_unknown_reading_of_a_month_is_refused():
    with pytest.raises(Refused, match=r"month\.full"):
        lump_sum(10, "100", on=date(2012, 5, 5), month_full="calendar")


@given(
    st.integers(min_value=0, max_value=10**6),
    st.decimals(min_value=0, max_value=200, places=4),
    st.dates(min_value=date(2012, 1, 1), max_value=date(2013, 11, 14)),
)
def test_a_leaver_never_receives_more_than_whoever_stays(target, pays, on):
    left, stays = lump_sum(target, pays, on=on).value, lump_sum(target, pays).value
    assert 0 <= left <= stays <= 2 * target
    assert lump_sum(target, pays, on=on, reason="death").value == stays


@given(
    st.integers(min_value=0, max_value=10**6),
    st.decimals(min_value=0, max_value=199, places=2),
    st.decimals(min_value=0, max_value=1, places=2),
    st.dates(min_value=date(2013, 1, 1), max_value=date(2014, 9, 26)),
)
def test_a_better_performance_never_pays_less(target, pays, more, on):
    facts = {"period": THREE_YEARS, "measured_until": date(2014, 9, 26), "event": date(2014, 10, 9)}
    less = lump_sum(target, pays, on=on, **facts).value
    assert less <= lump_sum(target, pays + more, on=on, **facts).value


def test_the_sentences_read_with_their_rounding():
    steps = lump_sum(3, "150", on=date(2013, 4, 30)).steps
    assert [step.sentence for step in steps] == [
        "3 Performance Shares × 150 %, measured until 27 September 2013, rounded down.",
        "Employment ended by the company, other than for Cause on 30 April 2013, before the "
        "change in control: 16 full months of 20 served; 3 × 150 % × 16/20, rounded down once.",
    ]
    nearest = lump_sum(3, "150", shares_rounding="nearest").steps
    assert [step.sentence for step in nearest] == [
        "3 Performance Shares × 150 %, measured until 27 September 2013, rounded to the nearest "
        "whole share.",
        "Employed immediately before the change in control of 15 November 2013: the whole award, "
        "no proration.",
    ]
    assert shortened(EVENT).steps[1].sentence == (
        "The period ends on the last business day of that quarter."
    )


@pytest.mark.parametrize(
    ("act", "remedy"),
    [
        (lambda: shortened(date(2012, 5, 2), quarter_ends=[]), "Record the ends of the fiscal"),
        (
            lambda: shortened(date(2012, 2, 2)),
            "What these awards earn is the Committee's to decide, in writing.",
        ),
        (
            lambda: lump_sum(2, "100", on=date(2012, 1, 5), measured_until=date(2012, 1, 30)),
            "What its leavers earn is the Committee's to decide, in writing.",
        ),
    ],
)
def test_the_refusals_say_what_now(act, remedy):
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.remedy.startswith(remedy)


@pytest.mark.parametrize("key", ["cic.proration_months", "proration.rounding", "shares.rounding"])
def test_an_unknown_reading_is_refused_by_its_key(key):
    with pytest.raises(Refused, match=f"'odd' is no reading of {key};"):
        lump_sum(1, "100", **{key.removeprefix("cic.").replace(".", "_"): "odd"})
