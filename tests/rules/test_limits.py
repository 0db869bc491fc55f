import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.limits import counted, require_within_limits
from ltip.rules.outcome import Refused

PLACE = "P Maximum Shares, P Coordination with Plan"


def within(granting, **facts):
    return require_within_limits(
        **(
            {
                "granting": granting,
                "counted_before": 480_000,
                "reserve": 500_000,
                "granted_this_year": 5_000,
                "yearly_limit": 30_000,
                "holder": "Ann Reyes",
            }
            | facts
        )
    )


@pytest.mark.parametrize(("counting", "shares"), [("maximum", 15_002), ("target", 7_501)])
def test_a_target_counts_at_its_maximum_unless_read_as_itself(counting, shares):
    assert counted(target=7_501, counting=counting) == shares


def test_a_target_counts_twice_by_default_and_nothing_as_nothing():
    assert counted(target=3) == 6
    assert counted(target=0) == 0


def test_a_negative_target_and_an_unknown_reading_are_refused():
    with pytest.raises(Refused, match="-1 Performance Shares") as refusal:
        counted(target=-1)
    assert refusal.value.place == PLACE
    with pytest.raises(Refused, match=r"limits\.count"):
        counted(target=1, counting="expected")


@pytest.mark.parametrize(("granting", "left"), [(9_999, "2"), (10_000, "0")])
def test_a_grant_up_to_the_reserve_passes_and_tells_what_is_left(granting, left):
    steps = within(granting)
    assert steps[0].figure == left
    assert "share reserve" in steps[0].sentence
    assert steps[0].place == PLACE


def test_a_grant_beyond_the_reserve_is_refused_with_its_figures():
    with pytest.raises(Refused) as refusal:
        within(10_001)
    assert refusal.value.place == PLACE
    assert refusal.value.reason == (
        "the award to Ann Reyes counts as 20,002 shares and would bring the total to 500,002, "
        "beyond the share reserve of the Plan, 500,000."
    )


@pytest.mark.parametrize(("granting", "left"), [(9_999, "2"), (10_000, "0")])
def test_a_grant_up_to_the_yearly_limit_passes_and_tells_what_is_left(granting, left):
    # 2 × 5,000 before, and 2 × 10,000 make 30,000.
    steps = within(granting, reserve=None)
    assert steps[1].figure == left
    assert "yearly limit of Ann Reyes" in steps[1].sentence


def test_a_grant_beyond_the_yearly_limit_is_refused():
    with pytest.raises(Refused, match="30,002, beyond the yearly limit of Ann Reyes") as refusal:
        within(10_001, reserve=None)
    assert refusal.value.place == PLACE


def test_counted_at_target_twice_as_many_fit():
    assert within(20_000, counting="target")[0].figure == "0"
    with pytest.raises(Refused, match="share reserve"):
        within(20_001, counting="target")
    with pytest.raises(Refused, match="yearly limit"):
        within(25_001, counting="target", reserve=None)
    assert within(25_000, counting="target", reserve=None)[1].figure == "0"


def test_a_limit_that_is_not_set_binds_nobody():
    steps = within(10**9, reserve=None, yearly_limit=None)
    assert [step.figure for step in steps] == ["", ""]
    assert "No number is set for the share reserve" in steps[0].sentence
    assert "No number is set for the yearly limit of Ann Reyes" in steps[1].sentence


def test_a_limit_of_nothing_lets_nothing_through():
    with pytest.raises(Refused, match="share reserve"):
        within(1, counted_before=0, reserve=0)


@given(
    st.integers(min_value=0, max_value=10**6),
    st.integers(min_value=0, max_value=10**6),
    st.integers(min_value=0, max_value=10**6),
)
def test_what_passes_never_exceeds_the_reserve(granting, before, reserve):
    try:
        steps = within(granting, counted_before=before, reserve=reserve, yearly_limit=None)
    except Refused:
        assert before + 2 * granting > reserve
    else:
        assert before + 2 * granting + int(steps[0].figure.replace(",", "")) == reserve


def test_a_refusal_reads_as_one_sentence_with_its_remedy():
    with pytest.raises(Refused) as refusal:
        within(10_001)
    assert str(refusal.value).endswith(
        "500,000. Grant fewer, or record the limit that the stockholders have approved."
    )
    with pytest.raises(Refused) as refusal:
        counted(target=1, counting="expected")
    assert refusal.value.reason == (
        "'expected' is no reading of limits.count; it is maximum or target."
    )
