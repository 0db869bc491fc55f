from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.heirs import Beneficiary, HeirShare, heirs, require_parts, takers
from ltip.rules.outcome import Refused


def divided(named, shares, *, estate=None):
    beneficiaries = [
        Beneficiary(name, Decimal(percent), survived) for name, percent, survived in named
    ]
    return heirs(beneficiaries=beneficiaries, estate_representative=estate, shares=shares)


def shares_of(named, shares, **more):
    return [(heir.name, heir.shares) for heir in divided(named, shares, **more).value]


def test_each_takes_the_part_the_holder_named():
    named = [("Ida", "60", True), ("Jon", "25", True), ("Kay", "15", True)]
    assert shares_of(named, 10_000) == [("Ida", 6_000), ("Jon", 2_500), ("Kay", 1_500)]


@pytest.mark.parametrize(
    ("shares", "taken"),
    [
        # 33.33 %, 33.33 % and 33.34 %: of 10 shares 3.333, 3.333 and 3.334.
        (10, [3, 3, 4]),
        # 3.6663, 3.6663 and 3.6674
        (11, [4, 3, 4]),
        (12, [4, 4, 4]),
        # 0.3333, 0.3333, 0.3334
        (1, [0, 0, 1]),
        (2, [1, 0, 1]),
        (0, [0, 0, 0]),
    ],
)
def test_whole_shares_go_by_the_largest_remainder_and_then_to_the_one_named_first(shares, taken):
    named = [("Ida", "33.33", True), ("Jon", "33.33", True), ("Kay", "33.34", True)]
    assert [heir for _, heir in shares_of(named, shares)] == taken


def test_of_equal_parts_the_one_named_first_takes_the_odd_share():
    assert shares_of([("Jon", "50", True), ("Ida", "50", True)], 7) == [("Jon", 4), ("Ida", 3)]


def test_the_part_of_one_who_did_not_survive_goes_to_the_others_in_proportion():
    named = [("Ida", "50", False), ("Jon", "30", True), ("Kay", "20", True)]
    outcome = divided(named, 1_001)
    # 30/50 of 1,001 is 600.6 and 20/50 is 400.4.
    assert outcome.value == (HeirShare("Jon", 601), HeirShare("Kay", 400))
    assert [step.figure for step in outcome.steps] == ["50 %", "601", "400"]
    assert "Ida did not survive" in outcome.steps[0].sentence
    assert "Jon takes 30 % of 50 % of 1,001 shares" in outcome.steps[1].sentence
    assert {step.place for step in outcome.steps} == {"GA §4"}


def test_the_estate_takes_nothing_while_a_beneficiary_survives():
    named = [("Ida", "99.99", False), ("Jon", "0.01", True)]
    assert shares_of(named, 5_003, estate="Lea Stone") == [("Jon", 5_003)]


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ([("Ida", "60", False), ("Jon", "40", False)], "no beneficiary survived"),
        ([], "no beneficiary was named"),
    ],
)
def test_without_a_beneficiary_all_goes_to_the_estates_representative(named, words):
    outcome = divided(named, 4_321, estate="Lea Stone")
    assert outcome.value == (HeirShare("Lea Stone", 4_321),)
    assert words in outcome.steps[0].sentence
    assert (outcome.steps[0].figure, outcome.steps[0].place) == ("4,321", "GA §4")


@pytest.mark.parametrize("estate", [None, ""])
@pytest.mark.parametrize(
    ("named", "words"),
    [
        ([("Ida", "100", False)], "no beneficiary survived"),
        ([], "no beneficiary was named"),
    ],
)
def test_shares_that_nobody_on_record_takes_are_refused(named, words, estate):
    with pytest.raises(Refused, match=words) as refusal:
        divided(named, 10, estate=estate)
    assert refusal.value.place == "GA §4"
    assert "Record the estate" in refusal.value.remedy


@pytest.mark.parametrize(
    "parts",
    [["60", "39.99"], ["60", "40.01"], ["100", "0"], ["110", "-10"]],
)
def test_parts_are_above_zero_and_a_hundred_together(parts):
    named = [(f"Heir {part}", part, True) for part in parts]
    with pytest.raises(Refused, match="not above zero each and 100 % together") as refusal:
        divided(named, 10, estate="Lea Stone")
    assert refusal.value.place == "GA §4"
    assert ", ".join(parts) in refusal.value.reason


def test_a_negative_number_of_shares_is_refused():
    with pytest.raises(Refused, match="-1 shares") as refusal:
        divided([("Ida", "100", True)], -1)
    assert refusal.value.place == "GA §4"


@st.composite
def designations(draw):
    cuts = draw(st.sets(st.integers(min_value=1, max_value=9_999), max_size=8))
    edges = [0, *sorted(cuts), 10_000]
    return [
        (f"Heir {n}", Decimal(high - low) / 100, draw(st.booleans()))
        for n, (low, high) in enumerate(zip(edges, edges[1:], strict=False))
    ]


@given(designations(), st.integers(min_value=0, max_value=10**7))
def test_no_share_is_lost_and_nobody_is_a_whole_share_from_their_part(named, shares):
    taken = dict(shares_of(named, shares, estate="Lea Stone"))
    assert sum(taken.values()) == shares
    surviving = {name: Fraction(percent) for name, percent, survived in named if survived}
    if surviving:
        assert list(taken) == list(surviving)
        together = sum(surviving.values())
        for name, percent in surviving.items():
            assert abs(taken[name] - shares * percent / together) < 1


def test_the_refusals_read_with_their_remedies():
    with pytest.raises(Refused) as refusal:
        divided([], 10)
    assert str(refusal.value) == (
        "GA §4: no beneficiary was named, and nobody is on record for the estate. Record the "
        "estate's representative, or who takes by will or descent."
    )
    with pytest.raises(Refused) as refusal:
        divided([("Ida", "99", True)], 10)
    assert refusal.value.remedy == "Correct the parts as the holder named them."


def test_the_step_of_the_estate_says_why():
    sentences = [
        divided(named, 10, estate="Lea Stone").steps[0].sentence
        for named in ([], [("Ida", "100", False)])
    ]
    assert sentences == [
        "All goes to Lea Stone, for the estate: no beneficiary was named.",
        "All goes to Lea Stone, for the estate: no beneficiary survived the holder.",
    ]


def ranked(*named):
    return [
        Beneficiary(name, Decimal(percent), survived, contingent=contingent)
        for name, percent, survived, contingent in named
    ]


def test_contingent_beneficiaries_take_nothing_while_a_primary_one_survives():
    named = ranked(
        ("Ida", "60", False, False), ("Jon", "40", True, False), ("Kay", "100", True, True)
    )
    outcome = heirs(beneficiaries=named, estate_representative=None, shares=70)
    assert outcome.value == (HeirShare("Jon", 70),)
    assert [step.sentence for step in outcome.steps] == [
        "Ida did not survive the holder: that part goes to the others in proportion to theirs.",
        "Jon takes 40 % of 40 % of 70 shares, in whole shares by the largest remainder.",
    ]
    assert takers(beneficiaries=named) == [named[1]]


def test_where_no_primary_one_survived_the_contingent_ones_take_in_proportion():
    named = ranked(
        ("Ida", "100", False, False),
        ("Kay", "50", False, True),
        ("Leo", "30", True, True),
        ("Mia", "20", True, True),
    )
    outcome = heirs(beneficiaries=named, estate_representative=None, shares=10)
    assert outcome.value == (HeirShare("Leo", 6), HeirShare("Mia", 4))
    assert [(step.sentence, step.figure, step.place) for step in outcome.steps] == [
        ("No primary beneficiary survived the holder: the contingent ones take.", "", "GA §4"),
        (
            "Kay did not survive the holder: that part goes to the others in proportion to theirs.",
            "50 %",
            "GA §4",
        ),
        (
            "Leo takes 30 % of 50 % of 10 shares, in whole shares by the largest remainder.",
            "6",
            "GA §4",
        ),
        (
            "Mia takes 20 % of 50 % of 10 shares, in whole shares by the largest remainder.",
            "4",
            "GA §4",
        ),
    ]
    assert takers(beneficiaries=named) == named[2:]


def test_where_neither_rank_survived_the_estate_takes_all():
    named = ranked(("Ida", "100", False, False), ("Kay", "100", False, True))
    outcome = heirs(beneficiaries=named, estate_representative="Lea Stone", shares=9)
    assert outcome.value == (HeirShare("Lea Stone", 9),)
    assert takers(beneficiaries=named) == []


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (
            [("100", False), ("50", True), ("49.99", True)],
            "the parts of the contingent beneficiaries (50, 49.99) are not above zero each and "
            "100 % together.",
        ),
        (
            [("99.99", False), ("100", True)],
            "the parts of the beneficiaries (99.99) are not above zero each and 100 % together.",
        ),
        (
            [("100", True)],
            "contingent beneficiaries are named, and no primary one before them.",
        ),
    ],
)
def test_each_rank_adds_up_to_a_hundred_for_itself(parts, words):
    named = ranked(*((f"Heir {n}", part, True, rank) for n, (part, rank) in enumerate(parts)))
    with pytest.raises(Refused) as refusal:
        require_parts(beneficiaries=named)
    assert (refusal.value.reason, refusal.value.place) == (words, "GA §4")
    assert refusal.value.remedy == (
        "Name them as primary beneficiaries."
        if words.startswith("contingent")
        else "Correct the parts as the holder named them."
    )


def test_nobody_named_has_no_parts_to_refuse():
    require_parts(beneficiaries=[])
    require_parts(beneficiaries=ranked(("Ida", "100", True, False), ("Kay", "100", True, True)))
