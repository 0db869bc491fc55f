"""The quorum, the votes and the unanimous consent of the Committee, in threes."""

import pytest

from ltip.rules.outcome import Refused, Step
from ltip.rules.procedure import Tally, quorum, unanimous_consent, vote

PLACE = "P Administration"
FIVE = ["Ann", "Ben", "Cai", "Dov", "Eve"]
FOUR = FIVE[:4]
THREE = FIVE[:3]


def carried(for_: int, against: int, abstaining: int = 0) -> Tally:
    here = [f"Member {number}" for number in range(for_ + against + abstaining)]
    return vote(
        in_office=here,
        present=here,
        votes_for=here[:for_],
        votes_against=here[for_ : for_ + against],
        abstaining=here[for_ + against :],
    ).value


@pytest.mark.parametrize(
    ("in_office", "present", "needed", "reached"),
    [
        (FIVE, 2, 3, False),
        (FIVE, 3, 3, True),
        (FIVE, 4, 3, True),
        (FOUR, 1, 3, False),
        (FOUR, 2, 3, False),  # half is no majority
        (FOUR, 3, 3, True),
        (FIVE[:1], 0, 1, False),
        (FIVE[:1], 1, 1, True),
    ],
)
def test_a_majority_of_the_members_in_office_is_a_quorum(
    in_office: list[str], present: int, needed: int, reached: bool
) -> None:
    tally = quorum(in_office=in_office, present=in_office[:present]).value
    assert tally == Tally(counted=present, needed=needed)
    assert tally.reached is reached


def test_the_steps_of_a_quorum_say_who_counts_and_who_was_there() -> None:
    assert quorum(in_office=THREE, present=["Cai", "Ann"]).steps == (
        Step(
            "3 members in office count toward this act; a majority of them is 2.", "2 of 3", PLACE
        ),
        Step("Present and counted: Ann, Cai. That is a quorum.", "2", PLACE),
    )
    assert quorum(in_office=THREE, present=[]).steps[1] == Step(
        "Present and counted: nobody. That is no quorum.", "0", PLACE
    )
    assert quorum(in_office=["Ann"], present=["Ann"]).steps[0] == Step(
        "1 member in office count toward this act; a majority of them is 1.", "1 of 1", PLACE
    )


def test_an_interested_member_counts_neither_among_those_needed_nor_those_present() -> None:
    # Without Dov three count, and two are enough; counted with him four would need three.
    decided = quorum(in_office=FOUR, present=["Ann", "Ben"], interested=["Dov"])
    assert decided.value == Tally(counted=2, needed=2)
    assert decided.steps[0] == Step(
        "Interested in this act, and not counted toward it: Dov.", "1", PLACE
    )
    alone = quorum(in_office=FOUR, present=["Ann", "Dov"], interested=["Dov"])
    assert alone.value == Tally(counted=1, needed=2)
    assert alone.steps[2] == Step("Present and counted: Ann. That is no quorum.", "1", PLACE)


def test_by_the_other_reading_an_interested_member_counts_like_any_other() -> None:
    decided = quorum(
        in_office=FOUR,
        present=["Ann", "Dov"],
        interested=["Dov"],
        interested_member="asked",
    )
    assert decided.value == Tally(counted=2, needed=3)
    assert len(decided.steps) == 2


def test_someone_present_who_is_not_in_office_is_refused_by_name() -> None:
    with pytest.raises(Refused) as refusal:
        quorum(in_office=THREE, present=["Ann", "Zoe", "Yan"])
    assert str(refusal.value) == f"{PLACE}: Not in office that day: Zoe, Yan."


@pytest.mark.parametrize("in_office", [["Ann", "Ben"], []])
def test_an_act_in_which_everybody_has_an_interest_is_refused(in_office: list[str]) -> None:
    said = f"{PLACE}: No member in office is free of an interest in this act."
    with pytest.raises(Refused) as refusal:
        quorum(in_office=in_office, present=[], interested=["Ann", "Ben"])
    assert str(refusal.value) == said
    with pytest.raises(Refused) as refusal:
        unanimous_consent(in_office=in_office, signed=[], interested=["Ann", "Ben"])
    assert str(refusal.value) == said


@pytest.mark.parametrize(
    ("for_", "against", "abstaining", "reached"),
    [
        (1, 2, 0, False),
        (2, 1, 0, True),
        (3, 0, 0, True),
        (1, 3, 0, False),
        (2, 2, 0, False),  # a tie is not carried
        (3, 1, 0, True),
        (2, 0, 1, True),
        (2, 0, 2, False),  # who abstains is present: two of four are no majority
        (2, 1, 1, False),
        (1, 0, 0, True),
    ],
)
def test_a_majority_of_those_present_carries(
    for_: int, against: int, abstaining: int, reached: bool
) -> None:
    assert carried(for_, against, abstaining).reached is reached


def test_only_those_present_are_counted_for_the_majority() -> None:
    decided = vote(
        in_office=FIVE,
        present=THREE,
        votes_for=["Ann", "Ben"],
        votes_against=["Cai"],
        abstaining=[],
    )
    assert decided.value == Tally(counted=2, needed=2)
    assert decided.steps == (
        Step(
            "5 members in office count toward this act; a majority of them is 3.", "3 of 5", PLACE
        ),
        Step("Present and counted: Ann, Ben, Cai. That is a quorum.", "3", PLACE),
        Step(
            "For: Ann, Ben. Against: Cai. Abstaining: nobody. A majority of the 3 present is 2: "
            "carried.",
            "2 of 3",
            PLACE,
        ),
    )


def test_the_step_of_a_defeat_says_so() -> None:
    decided = vote(
        in_office=THREE,
        present=THREE,
        votes_for=["Ann"],
        votes_against=["Ben"],
        abstaining=["Cai"],
    )
    assert decided.steps[-1] == Step(
        "For: Ann. Against: Ben. Abstaining: Cai. A majority of the 3 present is 2: not carried.",
        "1 of 3",
        PLACE,
    )


def test_an_interested_member_neither_votes_nor_is_counted_among_those_present() -> None:
    decided = vote(
        in_office=FOUR,
        present=["Ann", "Ben", "Dov"],
        votes_for=["Ann", "Ben"],
        votes_against=[],
        abstaining=[],
        interested=["Dov"],
    )
    assert decided.value == Tally(counted=2, needed=2)
    assert decided.steps[0].sentence == "Interested in this act, and not counted toward it: Dov."


def test_by_the_other_reading_an_interested_member_votes() -> None:
    decided = vote(
        in_office=THREE,
        present=THREE,
        votes_for=["Ann", "Cai"],
        votes_against=["Ben"],
        abstaining=[],
        interested=["Cai"],
        interested_member="asked",
    )
    assert decided.value == Tally(counted=2, needed=2)
    assert len(decided.steps) == 3


@pytest.mark.parametrize(("present", "counted"), [(["Ann"], 1), ([], 0)])
def test_without_a_quorum_nothing_is_decided(present: list[str], counted: int) -> None:
    with pytest.raises(Refused) as refusal:
        vote(
            in_office=THREE,
            present=present,
            votes_for=present,
            votes_against=[],
            abstaining=[],
        )
    assert refusal.value.reason == (
        f"{counted} of the 2 members that a quorum takes were present: nothing could be decided."
    )
    assert refusal.value.place == PLACE
    assert refusal.value.remedy == "Table the act, and put it to another meeting."


@pytest.mark.parametrize(
    ("votes", "reason"),
    [
        (
            {"votes_for": ["Ann", "Ben", "Cai"]},
            "Cai was not present, or has no vote on this act.",
        ),
        (
            {"votes_for": ["Ann"], "abstaining": ["Ben", "Dov"]},
            "Dov was not present, or has no vote on this act.",
        ),
        (
            {"votes_for": ["Ann", "Ben"], "votes_against": ["Ben"]},
            "Ben has one vote, and more are recorded.",
        ),
        (
            {"votes_for": ["Ann"], "votes_against": ["Ben"], "abstaining": ["Ann"]},
            "Ann has one vote, and more are recorded.",
        ),
        (
            {"votes_for": []},
            "Ann, Ben: present, and neither a vote nor an abstention is recorded.",
        ),
        (
            {"votes_for": ["Ann"]},
            "Ben: present, and neither a vote nor an abstention is recorded.",
        ),
    ],
)
def test_everyone_present_has_one_vote_and_nobody_else(
    votes: dict[str, list[str]], reason: str
) -> None:
    empty: dict[str, list[str]] = {"votes_for": [], "votes_against": [], "abstaining": []}
    with pytest.raises(Refused) as refusal:
        vote(
            in_office=FOUR,
            present=["Ann", "Ben", "Dov"],
            interested=["Dov"],
            **(empty | votes),
        )
    assert str(refusal.value) == f"{PLACE}: {reason}"


@pytest.mark.parametrize(
    ("signed", "counted", "reached"),
    [(THREE[:1], 1, False), (THREE[:2], 2, False), (THREE, 3, True)],
)
def test_a_consent_is_unanimous_when_every_member_has_signed(
    signed: list[str], counted: int, reached: bool
) -> None:
    tally = unanimous_consent(in_office=THREE, signed=signed).value
    assert tally == Tally(counted=counted, needed=3)
    assert tally.reached is reached


def test_a_consent_needs_the_members_without_an_interest_only() -> None:
    decided = unanimous_consent(in_office=THREE, signed=["Ann", "Ben"], interested=["Cai"])
    assert decided.value == Tally(counted=2, needed=2)
    assert decided.steps == (
        Step("Interested in this act, and not counted toward it: Cai.", "1", PLACE),
        Step("Every one of 2 members in office signs; all have.", "2 of 2", PLACE),
    )


def test_by_the_other_reading_every_member_signs() -> None:
    decided = unanimous_consent(
        in_office=THREE, signed=["Ann"], interested=["Cai"], interested_member="asked"
    )
    assert decided.value == Tally(counted=1, needed=3)
    assert decided.steps == (
        Step("Every one of 3 members in office signs; it waits for Ben, Cai.", "1 of 3", PLACE),
    )


def test_the_signature_of_somebody_who_left_office_counts_for_nothing() -> None:
    tally = unanimous_consent(in_office=["Ann", "Ben"], signed=["Ann", "Zoe"]).value
    assert tally == Tally(counted=1, needed=2)


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        ({"procedure": "proxy"}, "'proxy' is no reading of committee.procedure"),
        ({"interested_member": "no"}, "'no' is no reading of consent.interested_member"),
    ],
)
def test_a_reading_the_register_does_not_hold_is_refused_before_anything_is_counted(
    reading: dict[str, str], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        quorum(in_office=THREE, present=THREE, **reading)
    with pytest.raises(Refused, match=said):
        vote(
            in_office=THREE,
            present=[],
            votes_for=[],
            votes_against=[],
            abstaining=[],
            **reading,
        )
    with pytest.raises(Refused, match=said):
        unanimous_consent(in_office=THREE, signed=THREE, **reading)
