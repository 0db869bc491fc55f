from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.abroad import (
    Uncollected,
    election_in_force,
    employer_remits_by,
    require_joint_election,
    uk_tax_month_end,
    uncollected_tax,
)
from ltip.rules.outcome import Refused

SIGNED = date(2014, 2, 3)
VESTS = date(2014, 3, 27)


@pytest.mark.parametrize(
    ("event", "month_end", "remitted"),
    [
        (date(2014, 3, 27), date(2014, 4, 5), date(2014, 4, 19)),
        (date(2014, 4, 4), date(2014, 4, 5), date(2014, 4, 19)),
        (date(2014, 4, 5), date(2014, 4, 5), date(2014, 4, 19)),
        (date(2014, 4, 6), date(2014, 5, 5), date(2014, 5, 19)),
        (date(2013, 12, 31), date(2014, 1, 5), date(2014, 1, 19)),
        (date(2014, 1, 31), date(2014, 2, 5), date(2014, 2, 19)),
    ],
)
def test_the_company_remits_within_fourteen_days_after_the_tax_month(event, month_end, remitted):
    assert uk_tax_month_end(event) == month_end
    assert employer_remits_by(taxable_event=event).value == remitted


@pytest.mark.parametrize(
    ("event", "month_end", "remitted"),
    [
        (date(2014, 3, 27), date(2014, 3, 28), date(2014, 4, 4)),
        (date(2014, 3, 28), date(2014, 3, 28), date(2014, 4, 4)),
        (date(2014, 3, 29), date(2014, 4, 28), date(2014, 5, 5)),
    ],
)
def test_a_supplement_may_say_another_end_of_the_month_and_another_time(event, month_end, remitted):
    assert uk_tax_month_end(event, ends_on=28) == month_end
    outcome = employer_remits_by(taxable_event=event, month_ends_on=28, days=7)
    assert outcome.value == remitted
    assert "within 7 days" in outcome.steps[0].sentence


def test_the_step_of_the_remittance_names_event_and_month():
    step = employer_remits_by(taxable_event=date(2014, 3, 27)).steps[0]
    assert "27 March 2014 ends on 5 April 2014" in step.sentence
    assert (step.figure, step.place) == ("19 April 2014", "XB")


@given(st.dates(min_value=date(2010, 1, 1), max_value=date(2040, 12, 31)))
def test_a_tax_month_runs_from_the_sixth_to_the_fifth(day):
    end = uk_tax_month_end(day)
    assert end.day == 5
    assert day <= end <= day + timedelta(days=30)
    assert uk_tax_month_end(end + timedelta(days=1)) > end


def test_tax_not_made_good_in_ninety_days_becomes_a_loan():
    # From 27 March: 4 days of March, 30 of April, 31 of May and 25 of June make 90.
    outcome = uncollected_tax(taxable_event=date(2014, 3, 27), officer_or_director=False)
    assert outcome.value == Uncollected("loan", date(2014, 6, 25), date(2014, 6, 25))
    assert "within 90 days is a loan at the official rate" in outcome.steps[0].sentence
    assert (outcome.steps[0].figure, outcome.steps[0].place) == ("25 June 2014", "XB")


def test_of_an_officer_or_executive_director_it_is_a_benefit_and_no_loan():
    outcome = uncollected_tax(taxable_event=date(2014, 3, 27), officer_or_director=True)
    assert outcome.value == Uncollected("benefit", date(2014, 6, 25), date(2014, 6, 26))
    assert "a benefit" in outcome.steps[0].sentence
    assert "no loan" in outcome.steps[0].sentence


@pytest.mark.parametrize(
    ("days", "until"), [(1, date(2014, 3, 28)), (30, date(2014, 4, 26)), (91, date(2014, 6, 26))]
)
def test_the_law_may_set_another_period(days, until):
    outcome = uncollected_tax(
        taxable_event=date(2014, 3, 27), officer_or_director=False, period_days=days
    )
    assert outcome.value.made_good_until == until
    assert f"within {days} days" in outcome.steps[0].sentence


def test_a_period_without_a_day_is_refused():
    with pytest.raises(Refused, match="0 days") as refusal:
        uncollected_tax(taxable_event=VESTS, officer_or_director=False, period_days=0)
    assert refusal.value.place == "XB"


@pytest.mark.parametrize(
    ("signed_on", "ended_on", "on", "in_force"),
    [
        (None, None, VESTS, False),
        (SIGNED, None, date(2014, 2, 2), False),
        (SIGNED, None, date(2014, 2, 3), True),
        (SIGNED, None, date(2014, 2, 4), True),
        (SIGNED, date(2014, 3, 28), VESTS, True),
        (SIGNED, date(2014, 3, 27), VESTS, False),
        (SIGNED, date(2014, 3, 26), VESTS, False),
    ],
)
def test_an_election_is_in_force_from_its_signature_until_the_day_it_ends(
    signed_on, ended_on, on, in_force
):
    assert election_in_force(signed_on=signed_on, ended_on=ended_on, on=on) is in_force


def vesting(signed_on, ended_on=None):
    require_joint_election(
        holder="Owen Price", signed_on=signed_on, ended_on=ended_on, vests_on=VESTS
    )


@pytest.mark.parametrize(
    ("signed_on", "ended_on", "words"),
    [
        (None, None, "Owen Price has signed no joint election"),
        (date(2014, 3, 28), None, "28 March 2014, not before"),
        (date(2014, 3, 27), None, "27 March 2014, not before"),
        (SIGNED, date(2014, 3, 26), "no longer in force on 27 March 2014"),
        (SIGNED, date(2014, 3, 27), "no longer in force on 27 March 2014"),
    ],
)
def test_nothing_vests_without_an_election_signed_before_and_in_force(signed_on, ended_on, words):
    with pytest.raises(Refused, match=words) as refusal:
        vesting(signed_on, ended_on)
    assert refusal.value.place == "XB"
    assert "Owen Price" in refusal.value.reason
    assert refusal.value.remedy


@pytest.mark.parametrize("ended_on", [None, date(2014, 3, 28)])
def test_shares_vest_with_an_election_signed_the_day_before(ended_on):
    vesting(date(2014, 3, 26), ended_on)


@pytest.mark.parametrize(
    ("signed_on", "ended_on", "remedy"),
    [
        (None, None, "Have the joint election signed first."),
        (VESTS, None, "Deliver on a day after the signature."),
        (SIGNED, VESTS, "Have a new joint election signed first."),
    ],
)
def test_what_helps_against_a_missing_election_is_told(signed_on, ended_on, remedy):
    with pytest.raises(Refused) as refusal:
        vesting(signed_on, ended_on)
    assert refusal.value.remedy == remedy
