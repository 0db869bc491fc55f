from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.calendars import Period
from ltip.rules.earning import EndOfService, entitlement, shares_earned
from ltip.rules.outcome import Refused
from ltip.rules.ranking import percentile
from ltip.rules.schedule import payout

TWO_YEARS = Period(date(2012, 1, 1), date(2013, 12, 31))
THREE_YEARS = Period(date(2012, 1, 1), date(2014, 12, 31))
CERTIFIED = date(2014, 2, 20)
SETTLES = date(2014, 3, 22)
KEEPING = ["death", "disability", "without_cause"]
LOSING = ["cause", "resignation", "retirement"]


def earned(
    target, pays, *, on=None, reason="without_cause", period=TWO_YEARS, determined=CERTIFIED
):
    return shares_earned(
        target=target,
        payout=Decimal(pays),
        period=period,
        determination_date=determined,
        end_of_service=None if on is None else EndOfService(on, reason, deferred=False),
    ).value


def entitled(on=None, reason="resignation", *, shares=1000, reading="forfeit"):
    return entitlement(
        earned=shares,
        determination_date=CERTIFIED,
        settlement_date=SETTLES,
        end_of_service=None if on is None else EndOfService(on, reason, deferred=False),
        resignation_between_dates=reading,
    ).value


@pytest.mark.parametrize(
    ("target", "pays", "shares"),
    [
        (10_000, "140", 14_000),
        (10_000, "122.2222", 12_222),
        (3_333, "140", 4_666),
        (120_000, "97.1", 116_520),
        (262_500, "47.9", 125_737),
        (87_500, "91.8", 80_325),
        (10_000, "0", 0),
        (0, "140", 0),
        (1, "99.99", 0),
        (1, "100", 1),
        (1, "200", 2),
    ],
)
def test_target_times_payout_is_rounded_down_to_whole_shares(target, pays, shares):
    assert earned(target, pays) == shares


def test_a_payout_of_a_third_more_takes_no_share_from_anyone():
    returns = {f"P{n}": Decimal(n) for n in range(1, 13)} | {"CO": Decimal("7.5")}
    at = percentile(method="discrete", company="CO", returns=returns).value
    pays = payout(
        percentile=at,
        points=[
            (Decimal(25), Decimal(50)),
            (Decimal(50), Decimal(100)),
            (Decimal(75), Decimal(200)),
        ],
        between_points="line",
        own_return=returns["CO"],
        negative_return_cap=None,
    ).value
    assert pays.quantize(Decimal("0.0001")) == Decimal("133.3333")
    assert [earned(target, pays) for target in (2_999, 3_000, 3_001)] == [3_998, 4_000, 4_001]


@pytest.mark.parametrize(
    ("target", "pays", "on", "period", "shares"),
    [
        (9_375, "200", date(2013, 6, 29), TWO_YEARS, 13_281),
        (6_250, "140", date(2013, 6, 29), TWO_YEARS, 6_197),
        (7_777, "100", date(2012, 12, 30), THREE_YEARS, 2_376),
        (10_000, "100", date(2012, 1, 30), TWO_YEARS, 0),
        (10_000, "100", date(2012, 1, 31), TWO_YEARS, 416),
        (18_750, "100", date(2013, 5, 31), TWO_YEARS, 13_281),
    ],
)
def test_a_dismissal_without_cause_earns_the_full_months_served(target, pays, on, period, shares):
    assert earned(target, pays, on=on, period=period, determined=date(2015, 3, 4)) == shares


@pytest.mark.parametrize(
    ("on", "shares"),
    [
        (date(2013, 6, 29), 1_700),
        (date(2013, 6, 30), 1_800),
        (date(2013, 7, 1), 1_800),
        (date(2013, 12, 30), 2_300),
        (date(2013, 12, 31), 2_400),
        (date(2014, 1, 31), 2_400),
        (date(2014, 2, 19), 2_400),
    ],
)
def test_months_are_whole_and_never_more_than_the_period_has(on, shares):
    assert earned(2_400, "100", on=on) == shares


def test_what_performance_earns_is_not_rounded_before_the_fraction():
    # 4.5 × 16/24 is 3; cut to 4 first, it would be 2.
    assert earned(3, "150", on=date(2013, 4, 30)) == 3


@pytest.mark.parametrize("reason", ["death", "disability"])
@pytest.mark.parametrize("on", [date(2012, 8, 15), date(2013, 12, 31), date(2014, 2, 19)])
def test_death_and_disability_take_nothing_away(on, reason):
    assert earned(3_333, "140", on=on, reason=reason) == 4_666


@pytest.mark.parametrize("reason", LOSING)
@pytest.mark.parametrize(
    ("on", "shares"),
    [(date(2013, 11, 30), 0), (date(2014, 2, 19), 0), (CERTIFIED, 1400), (date(2014, 2, 21), 1400)],
)
def test_leaving_before_the_determination_date_forfeits_and_on_it_does_not(on, shares, reason):
    assert earned(1_000, "140", on=on, reason=reason) == shares


def test_in_a_shortened_period_its_own_months_count_above_and_below_the_line():
    shortened = Period(date(2012, 1, 1), date(2013, 9, 27))
    event = date(2013, 11, 15)
    shares = [
        earned(2_000, "100", on=on, period=shortened, determined=event)
        for on in (date(2012, 10, 31), date(2013, 8, 31), date(2013, 10, 31))
    ]
    assert shares == [1_000, 2_000, 2_000]


def test_a_period_without_a_full_month_has_no_fraction():
    short = Period(date(2012, 1, 1), date(2012, 1, 30))
    with pytest.raises(Refused, match="no full month"):
        earned(1_000, "100", on=date(2012, 1, 15), period=short)


@pytest.mark.parametrize("pays", ["-0.01", "200.01"])
def test_a_payout_outside_0_to_200_is_refused(pays):
    with pytest.raises(Refused, match="GA recitals.*at most 2 shares"):
        earned(1_000, pays)


def test_a_negative_target_and_an_unknown_reason_are_refused():
    with pytest.raises(Refused, match="P Grants"):
        earned(-1, "100")
    with pytest.raises(Refused, match="'boredom'"):
        EndOfService(date(2013, 1, 1), "boredom", deferred=False)


def test_the_steps_show_the_fraction_and_the_place():
    steps = shares_earned(
        target=9_375,
        payout=Decimal(200),
        period=TWO_YEARS,
        determination_date=CERTIFIED,
        end_of_service=EndOfService(date(2013, 6, 29), "without_cause", deferred=False),
    ).steps
    assert [step.figure for step in steps] == ["18,750", "13,281"]
    assert "17/24" in steps[-1].sentence
    assert steps[-1].place == "P Termination of Employment"


def test_who_stays_is_issued_the_shares_on_the_settlement_date():
    stays = entitled()
    assert (stays.shares, stays.settles_on, stays.forfeited) == (1000, SETTLES, False)


@pytest.mark.parametrize("reason", KEEPING)
@pytest.mark.parametrize(
    ("on", "settles_on"),
    [
        (date(2014, 2, 19), SETTLES),
        (date(2014, 2, 20), date(2014, 3, 22)),
        (date(2014, 2, 21), date(2014, 3, 23)),
        (date(2014, 3, 3), date(2014, 4, 2)),
        (date(2014, 3, 21), date(2014, 4, 20)),
        (date(2014, 3, 22), SETTLES),
        (date(2014, 3, 23), SETTLES),
    ],
)
def test_dismissal_without_cause_death_and_disability_between_the_dates(reason, on, settles_on):
    leaver = entitled(on, reason)
    assert (leaver.shares, leaver.settles_on, leaver.forfeited) == (1000, settles_on, False)


@pytest.mark.parametrize("reason", LOSING)
@pytest.mark.parametrize(
    ("on", "reading", "forfeited"),
    [
        (date(2014, 2, 19), "forfeit", True),
        (date(2014, 2, 19), "pay", True),
        (date(2014, 2, 20), "forfeit", True),
        (date(2014, 2, 20), "pay", False),
        (date(2014, 3, 21), "forfeit", True),
        (date(2014, 3, 21), "pay", False),
        (date(2014, 3, 22), "forfeit", False),
        (date(2014, 3, 23), "forfeit", False),
    ],
)
def test_resignation_retirement_and_cause_follow_the_committees_reading_between_the_dates(
    reason, on, reading, forfeited
):
    leaver = entitled(on, reason, reading=reading)
    assert leaver.forfeited is forfeited
    assert leaver.shares == (0 if forfeited else 1000)
    assert leaver.settles_on == (None if forfeited else SETTLES)


def test_earning_nothing_is_no_forfeiture():
    nothing = entitled(shares=0)
    assert (nothing.shares, nothing.settles_on, nothing.forfeited) == (0, SETTLES, False)


def test_a_reading_that_is_not_registered_is_refused():
    with pytest.raises(Refused, match="'perhaps'"):
        entitled(reading="perhaps")


payouts = st.decimals(min_value=0, max_value=200, places=6)
targets = st.integers(min_value=0, max_value=10**7)
leaving = st.dates(min_value=date(2011, 1, 1), max_value=date(2014, 12, 31))


@given(targets, payouts, leaving)
def test_who_is_dismissed_never_earns_more_than_who_stays(target, pays, on):
    assert 0 <= earned(target, pays, on=on) <= earned(target, pays) <= 2 * target


@given(targets, payouts, leaving, leaving)
def test_longer_service_never_earns_less(target, pays, one, other):
    shorter, longer = sorted((one, other))
    assert earned(target, pays, on=shorter) <= earned(target, pays, on=longer)


returns = st.decimals(min_value=-1, max_value=6, places=3)


@given(
    st.lists(returns, min_size=1, max_size=20),
    returns,
    returns,
    st.sampled_from(["discrete", "continuous", "count_below"]),
    st.sampled_from(["line", "step"]),
    st.sampled_from([None, Decimal(100)]),
    targets,
)
def test_more_return_never_earns_less(
    peers, one, other, method, between_points, negative_return_cap, target
):
    def shares(own):
        ranked = {f"P{n}": value for n, value in enumerate(peers)} | {"CO": own}
        at = percentile(method=method, company="CO", returns=ranked).value
        pays = payout(
            percentile=at,
            points=[
                (Decimal(25), Decimal(50)),
                (Decimal(50), Decimal(100)),
                (Decimal(75), Decimal(200)),
            ],
            between_points=between_points,
            own_return=own,
            negative_return_cap=negative_return_cap,
        ).value
        return earned(target, pays)

    assert shares(min(one, other)) <= shares(max(one, other))
