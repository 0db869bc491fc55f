from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.calendars import Period
from ltip.rules.earning import shares_earned
from ltip.rules.outcome import Refused
from ltip.rules.peers import PeerEvent, PeerGroup, Treatment, treat_peers
from ltip.rules.ranking import percentile, rank
from ltip.rules.schedule import payout

PERIOD = Period(date(2012, 1, 1), date(2013, 12, 31))
MAY = date(2013, 5, 2)
PEERS = ("P1", "P2", "P3", "P4")


def treated(*events, peers=PEERS, treatment=None, period_end=PERIOD.end):
    return treat_peers(
        company="CO",
        peers=peers,
        events=events,
        treatment=treatment or Treatment(),
        period_end=period_end,
    ).value


def test_without_events_every_peer_is_measured():
    assert treated() == PeerGroup(PEERS, (), (), ())


def test_a_peer_acquired_is_removed_or_frozen_as_the_goal_says():
    event = PeerEvent(MAY, "P2", "acquired", None)
    assert treated(event) == PeerGroup(("P1", "P3", "P4"), (), (), ("P2",))
    frozen = treated(event, treatment=Treatment(acquired="freeze"))
    assert frozen == PeerGroup(("P1", "P3", "P4"), (), (("P2", MAY),), ())


@pytest.mark.parametrize("kind", ["bankrupt", "delisted"])
def test_a_peer_that_failed_stays_at_the_bottom_or_goes_as_the_goal_says(kind):
    event = PeerEvent(MAY, "P2", kind, None)
    assert treated(event) == PeerGroup(("P1", "P3", "P4"), ("P2",), (), ())
    removed = treated(event, treatment=Treatment(bankrupt="remove"))
    assert removed == PeerGroup(("P1", "P3", "P4"), (), (), ("P2",))


def test_of_two_peers_that_merge_the_survivor_stays_or_both_go_as_the_goal_says():
    event = PeerEvent(MAY, "P2", "merged", "P3")
    assert treated(event) == PeerGroup(("P1", "P3", "P4"), (), (), ("P2",))
    both = treated(event, treatment=Treatment(merged="remove_both"))
    assert both == PeerGroup(("P1", "P4"), (), (), ("P2", "P3"))


def test_a_peer_that_merges_into_an_outsider_is_treated_as_acquired():
    event = PeerEvent(MAY, "P2", "merged", "OUTSIDER")
    treatment = Treatment(acquired="freeze", merged="remove_both")
    assert treated(event, treatment=treatment).frozen == (("P2", MAY),)


def test_a_renamed_peer_is_the_same_company_also_in_what_happens_later():
    renamed = PeerEvent(MAY, "P2", "renamed", "NEW")
    assert treated(renamed) == PeerGroup(PEERS, (), (), ())
    bankrupt = PeerEvent(date(2013, 8, 1), "NEW", "bankrupt", None)
    assert treated(bankrupt, renamed).bottom == ("P2",)


@pytest.mark.parametrize(
    "treatment", [Treatment(), Treatment(acquired="freeze", merged="remove_both")]
)
@pytest.mark.parametrize("kind", ["acquired", "merged"])
def test_a_peer_that_the_company_itself_buys_always_goes(kind, treatment):
    group = treated(PeerEvent(date(2012, 2, 22), "P2", kind, "CO"), treatment=treatment)
    assert group == PeerGroup(("P1", "P3", "P4"), (), (), ("P2",))


def test_a_bankrupt_peer_that_the_company_buys_goes_too():
    group = treated(
        PeerEvent(date(2012, 2, 22), "P2", "bankrupt", None),
        PeerEvent(MAY, "P2", "acquired", "CO"),
    )
    assert group.removed == ("P2",)
    assert group.bottom == ()


@pytest.mark.parametrize(
    ("on", "removed"),
    [
        (date(2013, 12, 30), ("P2",)),
        (date(2013, 12, 31), ("P2",)),
        (date(2014, 1, 1), ()),
    ],
)
def test_an_event_counts_up_to_the_last_day_of_the_period(on, removed):
    assert treated(PeerEvent(on, "P2", "acquired", None)).removed == removed


def test_an_event_after_a_shortened_period_does_not_count():
    acquired = PeerEvent(date(2013, 12, 3), "P2", "acquired", None)
    assert treated(acquired, period_end=date(2013, 9, 27)).measured == PEERS


def test_the_first_event_decides_a_peers_place():
    group = treated(
        PeerEvent(date(2013, 6, 3), "P2", "acquired", None),
        PeerEvent(MAY, "P2", "bankrupt", None),
    )
    assert group.bottom == ("P2",)
    assert group.removed == ()


def test_a_survivor_can_go_later():
    group = treated(
        PeerEvent(MAY, "P2", "merged", "P3"), PeerEvent(date(2013, 6, 3), "P3", "acquired", None)
    )
    assert group == PeerGroup(("P1", "P4"), (), (), ("P2", "P3"))


def test_events_of_companies_outside_the_group_change_nothing():
    assert treated(PeerEvent(MAY, "OUTSIDER", "bankrupt", None)).measured == PEERS


def test_each_event_leaves_a_step_that_names_company_day_and_consequence():
    outcome = treat_peers(
        company="CO",
        peers=PEERS,
        events=[PeerEvent(MAY, "P2", "bankrupt", None)],
        treatment=Treatment(),
        period_end=PERIOD.end,
    )
    first, last = outcome.steps
    assert "P2 went bankrupt on 2 May 2013" in first.sentence
    assert "−100 %" in first.sentence
    assert last.figure == "4"
    assert {step.place for step in outcome.steps} == {"GA §2"}


def test_the_steps_of_a_merger_name_the_survivor_and_count_who_is_left():
    outcome = treat_peers(
        company="CO",
        peers=PEERS,
        events=[PeerEvent(MAY, "P2", "merged", "P3"), PeerEvent(MAY, "P4", "merged", None)],
        treatment=Treatment(),
        period_end=PERIOD.end,
    )
    sentences = [step.sentence for step in outcome.steps]
    assert sentences[0] == "P2 merged into P3 on 2 May 2013: it goes and P3 stays."
    assert sentences[1].startswith("P4 merged into a company not named on 2 May 2013")
    assert outcome.steps[-1].figure == "2"


def test_a_group_that_names_a_company_twice_or_itself_is_refused():
    with pytest.raises(Refused, match="P1 more than once"):
        treated(peers=("P1", "P2", "P1"))
    with pytest.raises(Refused, match="CO cannot be a peer of itself"):
        treated(peers=("P1", "CO"))


def test_unknown_events_and_treatments_are_refused_by_name():
    with pytest.raises(Refused, match="'vanished' of P1"):
        treated(PeerEvent(MAY, "P1", "vanished", None))
    with pytest.raises(Refused, match="'forget'"):
        Treatment(bankrupt="forget")


RETURNS = {
    f"P{number}": Decimal(percent) / 100
    for number, percent in enumerate((62, 48, 35, 27, 20, 11, 4, -6, -18, -40), start=1)
}
SCHEDULE = ((25, 50), (50, 100), (75, 200))


@pytest.mark.parametrize(
    ("events", "treatment", "ranked", "place", "percentage", "pays", "shares"),
    [
        ((), Treatment(), 11, 6, "50.0000", "100.0000", 10_000),
        (
            (PeerEvent(MAY, "P10", "bankrupt", None),),
            Treatment(),
            11,
            6,
            "50.0000",
            "100.0000",
            10_000,
        ),
        (
            (PeerEvent(MAY, "P10", "bankrupt", None),),
            Treatment(bankrupt="remove"),
            10,
            6,
            "44.4444",
            "88.8889",
            8_888,
        ),
        (
            (PeerEvent(MAY, "P1", "acquired", None),),
            Treatment(),
            10,
            5,
            "55.5556",
            "122.2222",
            12_222,
        ),
        (
            (PeerEvent(MAY, "P1", "merged", "P8"),),
            Treatment(merged="remove_both"),
            9,
            5,
            "50.0000",
            "100.0000",
            10_000,
        ),
    ],
)
def test_what_one_event_makes_of_the_same_returns(
    events, treatment, ranked, place, percentage, pays, shares
):
    group = treated(*events, peers=tuple(RETURNS), treatment=treatment)
    returns = {peer: RETURNS[peer] for peer in group.measured}
    returns |= dict.fromkeys(group.bottom, Decimal(-1))
    returns["CO"] = Decimal("0.14")

    standing = rank(company="CO", returns=returns).value
    at = percentile(method="discrete", company="CO", returns=returns).value
    pay = payout(
        percentile=at,
        points=[(Decimal(x), Decimal(y)) for x, y in SCHEDULE],
        between_points="line",
        own_return=returns["CO"],
        negative_return_cap=None,
    ).value
    earned = shares_earned(
        target=10_000,
        payout=pay,
        period=PERIOD,
        determination_date=date(2014, 2, 20),
        end_of_service=None,
    ).value

    assert (standing.ranked, standing.rank) == (ranked, place)
    assert at.quantize(Decimal("0.0001")) == Decimal(percentage)
    assert pay.quantize(Decimal("0.0001")) == Decimal(pays)
    assert earned == shares


names = st.sampled_from([*PEERS, "OUTSIDER", "CO"])
peer_events = st.lists(
    st.builds(
        PeerEvent,
        st.dates(min_value=date(2013, 12, 1), max_value=date(2014, 1, 15)),
        st.sampled_from([*PEERS, "OUTSIDER"]),
        st.sampled_from(["acquired", "bankrupt", "delisted", "merged"]),
        st.none() | names,
    ),
    max_size=6,
)
treatments = st.builds(
    Treatment,
    st.sampled_from(["remove", "freeze"]),
    st.sampled_from(["bottom", "remove"]),
    st.sampled_from(["survivor_stays", "remove_both"]),
)


@given(peer_events, treatments, st.randoms())
def test_the_order_of_peers_and_of_events_changes_nothing(events, treatment, random):
    peers, shuffled = list(PEERS), list(events)
    random.shuffle(peers)
    random.shuffle(shuffled)
    assert treated(*shuffled, peers=tuple(peers), treatment=treatment) == treated(
        *events, treatment=treatment
    )


@given(peer_events, treatments)
def test_every_peer_stands_in_exactly_one_part_of_the_group(events, treatment):
    group = treated(*events, treatment=treatment)
    parts = [*group.measured, *group.bottom, *(peer for peer, _ in group.frozen), *group.removed]
    assert sorted(parts) == sorted(PEERS)
