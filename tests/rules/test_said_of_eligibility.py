"""What eligibility says, to the last word."""

from datetime import date

import pytest

from ltip.rules.eligibility import Dated, eligibility
from ltip.rules.outcome import Refused, Step

HIRED = date(2010, 5, 3)
LATER = date(2011, 2, 1)
ON = date(2012, 3, 30)


def decided(*, kinds=LATER, grades=LATER, hired=HIRED, more=(), ended=None):
    return eligibility(
        hired=hired,
        kinds=(Dated(kinds, "regular"),),
        grades=(Dated(grades, "Executive 1"), *more),
        period_start=date(2012, 1, 1),
        on=ON,
        service_ended=ended,
    )


@pytest.mark.parametrize(
    ("facts", "fact"),
    [
        ({"kinds": HIRED, "grades": HIRED}, "Hired on 3 May 2010"),
        ({"grades": HIRED}, "A regular employee since 1 February 2011"),
        (
            {"kinds": HIRED},
            "In an eligible salary grade without a break since 1 February 2011",
        ),
        # A grade to come does not undo the one held.
        (
            {"kinds": HIRED, "more": (Dated(date(2012, 6, 1), "Manager 2"),)},
            "In an eligible salary grade without a break since 1 February 2011",
        ),
        ({}, "A regular employee since 1 February 2011"),
    ],
)
def test_the_last_condition_to_be_met_is_named(facts, fact) -> None:
    assert decided(**facts).steps == (
        Step(
            f"A regular employee in grade Executive 1 on 30 March 2012. {fact}, before the period "
            "commences on 1 January 2012.",
            "",
            "P Eligibility",
        ),
    )


def test_a_service_that_ended_before_the_hire_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        decided(ended=date(2010, 5, 2))
    assert (refused.value.reason, refused.value.place, refused.value.remedy) == (
        "the service is recorded as ended on 2 May 2010, before the hire on 3 May 2010.",
        "P Eligibility",
        "Correct the dates of this employment.",
    )
