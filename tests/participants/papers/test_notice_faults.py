"""A notice that could not be set stops the grant before anything is decided."""

from datetime import date

import pytest

from committee import services as committee
from ltip.rules.outcome import Refused
from participants.people import services as people
from tests import cast

DAY = date(2013, 1, 10)


@pytest.mark.django_db
def test_a_name_that_the_papers_can_not_show_stops_the_grant_by_name() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    holder = people.record_employee(
        number="77",
        name="Ann \ue000 Private",
        email="ann@story.example",
        hired_on=date(2010, 5, 3),
        statuses={"grade": "Executive 1", "kind": "regular", "country": "US"},
        by=telling.secretary,
        at=telling.told_at,
    )
    period, employee = telling.period.label, str(holder.public_id)
    designation = committee.propose_act(
        kind="designation",
        request={"period": period, "employees": [employee]},
        by=telling.secretary,
        at=cast.noon(DAY),
    )
    cast.sign_all(designation, DAY)
    with pytest.raises(Refused, match="GN: The name Ann .* has characters that the papers"):
        committee.propose_act(
            kind="grant",
            request={"period": period, "awards": [{"employee": employee, "shares": 10}]},
            by=telling.secretary,
            at=cast.noon(DAY),
        )


@pytest.mark.django_db
def test_the_notice_says_what_the_goal_states() -> None:
    telling = cast.told(acts=2, name="three-years-in-steps.toml")
    said = telling.holders["ivy"].awards.get().notice.data
    for words in (
        "against that of 4 peers (P1, P2, P3, P4)",
        "A percentile 30 earns 40 % of target, percentile 60 earns 120 % of target",
        "When the company's own return is negative, at most 100 % is earned.",
        "A peer that is acquired or taken private leaves the group.",
    ):
        assert words in said
