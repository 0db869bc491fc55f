from datetime import date

import pytest

from ltip.rules.outcome import Step
from ltip.rules.service_changes import leave_of_absence, transfer_between_countries

STANDS = Step(
    "The awards stand as they were granted: a transfer ends no employment, and nothing is "
    "prorated or forfeited for it.",
    "",
    "P Termination of Employment",
)


def test_a_transfer_abroad_lets_the_awards_stand_under_the_new_countrys_terms():
    outcome = transfer_between_countries(to="GB", on=date(2013, 5, 6))
    assert outcome.value is True
    assert outcome.steps == (
        STANDS,
        Step(
            "Tax is withheld as the country of the Settlement Date asks: from 6 May 2013 on that "
            "is GB, until the next transfer.",
            "GB",
            "P Tax Withholding",
        ),
        Step(
            "Special terms that are on record for GB stand above the agreement from 6 May 2013 "
            "on; what they ask to be signed first, a joint election, is signed before anything "
            "vests.",
            "",
            "XB",
        ),
    )


def test_a_transfer_home_leaves_special_terms_behind():
    outcome = transfer_between_countries(to="US", on=date(2013, 5, 6))
    assert outcome.value is False
    assert outcome.steps == (
        STANDS,
        Step(
            "Tax is withheld as the country of the Settlement Date asks: from 6 May 2013 on that "
            "is US, until the next transfer.",
            "US",
            "P Tax Withholding",
        ),
        Step(
            "Special terms of another country no longer stand above the agreement from 6 May 2013 "
            "on.",
            "",
            "XB",
        ),
    )


@pytest.mark.parametrize(
    ("began_on", "separates_on", "said"),
    [
        # More than six months: the six end on 30 June, and on the next day it is more.
        (date(2013, 12, 30), date(2014, 7, 1), "1 July 2014"),
        (date(2013, 12, 31), date(2014, 7, 1), "1 July 2014"),
        (date(2013, 8, 31), date(2014, 3, 1), "1 March 2014"),
        (date(2014, 1, 1), date(2014, 7, 2), "2 July 2014"),
    ],
)
def test_a_leave_without_a_right_to_return_separates_after_six_months(began_on, separates_on, said):
    outcome = leave_of_absence(began_on=began_on, has_right_to_return=False)
    assert outcome.value == separates_on
    assert outcome.steps[1] == Step(
        "Without a right to return it counts as a separation from service once it has lasted more "
        "than six months; ask counsel before then, where an award is deferred compensation.",
        said,
        "GA §5",
    )


def test_a_leave_with_a_right_to_return_is_service_however_long_it_lasts():
    outcome = leave_of_absence(began_on=date(2013, 5, 6), has_right_to_return=True)
    assert outcome.value is None
    assert outcome.steps == (
        Step(
            "The leave from 6 May 2013 on ends no employment: the awards stand, and its months "
            "count as served.",
            "",
            "P Termination of Employment",
        ),
        Step(
            "With a right to return by law or contract it is no separation from service, however "
            "long it lasts.",
            "",
            "GA §5",
        ),
    )
