"""The Plan's share reserve and the most to one person in a year: what counts, what is refused.

The story's awards: “signed” 300 Performance Shares, “unsigned” 41; at their maximum 600 and 82.
"""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee import services as committee
from committee.models import Act
from committee.selectors import checks_of
from ltip.desk.scenarios.telling import LONG_AGO, Telling
from ltip.program.models import PerformancePeriod, PlanLimit
from ltip.program.selectors import plan_limits_on
from ltip.program.services.limits import record_plan_limit
from ltip.program.services.periods import open_period
from ltip.rules.outcome import Refused
from participants.awards.limits import limits_on
from participants.awards.models import Award
from participants.people import services as people
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.pages import human_resources, words

DAY = date(2013, 2, 4)
PLACE = "P Maximum Shares, P Coordination with Plan"


@pytest.fixture
def designated(db: None) -> Telling:
    """Both are designated; nobody holds an award."""
    return cast.told(acts=cast.BEFORE_GRANTS)


def limit(
    telling: Telling, kind: str, shares: int | None, *, starts_on: date = LONG_AGO
) -> PlanLimit:
    return record_plan_limit(
        kind=kind, shares=shares, starts_on=starts_on, by=telling.secretary, at=cast.noon(DAY)
    )


def propose(
    telling: Telling, on: date, period: PerformancePeriod | None = None, **shares: int
) -> Act:
    """Put a grant before the Committee: target Performance Shares by name."""
    lines = [
        {"employee": str(telling.holders[name].public_id), "shares": count}
        for name, count in shares.items()
    ]
    request = {"period": (period or telling.period).label, "awards": lines}
    return committee.propose_act(
        kind="grant", request=request, by=telling.secretary, at=cast.noon(on)
    )


def grant(
    telling: Telling, on: date, period: PerformancePeriod | None = None, **shares: int
) -> None:
    assert cast.sign_all(propose(telling, on, period, **shares), on).adopted


def period_with(telling: Telling, start: date, end: date, *names: str) -> PerformancePeriod:
    """Another period, for which these employees are designated on its first day."""
    by, at = telling.secretary, cast.noon(start)
    period = open_period(start_date=start, end_date=end, by=by, at=at)
    request = {
        "period": period.label,
        "employees": [str(telling.holders[name].public_id) for name in names],
    }
    act = committee.propose_act(kind="designation", request=request, by=by, at=at)
    assert cast.sign_all(act, start).adopted
    return period


# 341 Performance Shares at target take 682 shares of the reserve.
@pytest.mark.parametrize(("reserve", "left"), [(681, None), (682, "0"), (683, "1")])
def test_grants_keep_within_the_share_reserve(
    designated: Telling, reserve: int, left: str | None
) -> None:
    limit(designated, "reserve", reserve)
    if left is None:
        with pytest.raises(Refused) as refusal:
            propose(designated, DAY, signed=300, unsigned=41)
        assert refusal.value.place == PLACE
        assert "the award to unsigned counts as 82 shares" in refusal.value.reason
        assert "the total to 682, beyond the share reserve of the Plan, 681" in str(refusal.value)
        return
    act = propose(designated, DAY, signed=300, unsigned=41)
    said = [check.sentence for check in checks_of(act, on=DAY) if check.place == PLACE]
    assert said == [
        f"Of the {reserve} shares of the Plan's reserve {left} are left after these grants."
    ]
    assert cast.sign_all(act, DAY).adopted


@pytest.mark.parametrize(("counting", "taken"), [("maximum", 682), ("target", 341)])
def test_the_reading_says_by_which_number_an_award_counts(
    designated: Telling, counting: str, taken: int
) -> None:
    act = committee.propose_act(
        kind="reading",
        request={
            "readings": {"limits.count": "target"},
            "effective_on": "2013-02-03" if counting == "target" else "2013-02-05",
            "reason": "The Plan says so.",
        },
        by=designated.secretary,
        at=cast.noon(date(2013, 2, 2)),
    )
    assert cast.sign_all(act, date(2013, 2, 3)).adopted
    limit(designated, "reserve", taken - 1)
    with pytest.raises(Refused, match=f"the total to {taken}, beyond"):
        propose(designated, DAY, signed=300, unsigned=41)
    limit(designated, "reserve", taken)
    grant(designated, DAY, signed=300, unsigned=41)


def test_a_limit_recorded_after_the_proposal_stops_the_next_signature(designated: Telling) -> None:
    act = propose(designated, DAY, signed=300)
    first, *_ = designated.members
    cast.sign(act, first, cast.noon(DAY))
    limit(designated, "reserve", 599)
    with pytest.raises(Refused, match=r"^P Maximum Shares, P Coordination with Plan: the award"):
        cast.sign(act, designated.members[1], cast.noon(DAY))
    assert not Award.objects.exists()


# 300 and 41 Performance Shares in one year are 600 + 82 = 682 shares at their maximum.
@pytest.mark.parametrize(("yearly", "granted"), [(681, False), (682, True), (683, True)])
def test_two_grants_in_one_year_count_together_for_a_person(
    designated: Telling, yearly: int, granted: bool
) -> None:
    longer = period_with(designated, date(2013, 1, 1), date(2015, 12, 31), "signed")
    limit(designated, "person_year", yearly)
    grant(designated, DAY, signed=300)
    if granted:
        grant(designated, DAY, longer, signed=41)
    else:
        with pytest.raises(Refused) as refusal:
            propose(designated, DAY, longer, signed=41)
        assert refusal.value.place == PLACE
        assert "beyond the yearly limit of signed, 681" in refusal.value.reason
    # Another person's year is another's.
    grant(designated, DAY, unsigned=300)


def test_a_new_year_counts_anew(designated: Telling) -> None:
    later = period_with(designated, date(2014, 1, 1), date(2015, 12, 31), "signed")
    limit(designated, "person_year", 600)
    grant(designated, DAY, signed=300)
    grant(designated, date(2014, 1, 2), later, signed=300)
    assert Award.objects.filter(employee=designated.holders["signed"]).count() == 2


def test_without_a_limit_the_act_says_that_none_is_on_record(designated: Telling) -> None:
    act = propose(designated, DAY, signed=300)
    (said,) = [check for check in checks_of(act, on=DAY) if check.place == PLACE]
    assert said.sentence == "No limit of the Plan is on record for 4 February 2013."
    assert said.information


def test_a_limit_holds_from_its_day_until_another_or_its_end(designated: Telling) -> None:
    limit(designated, "reserve", 1_000, starts_on=date(2013, 1, 1))
    limit(designated, "reserve", 2_000, starts_on=date(2013, 3, 1))
    limit(designated, "reserve", 1_500, starts_on=date(2013, 3, 1))
    limit(designated, "reserve", None, starts_on=date(2014, 1, 1))

    def reserve(day: date) -> int | None:
        found = plan_limits_on(day).get("reserve")
        return found.shares if found else None

    days = [date(2012, 12, 31), date(2013, 1, 1), date(2013, 2, 28), date(2013, 3, 1)]
    assert [reserve(day) for day in days] == [None, 1_000, 1_000, 1_500]
    assert [reserve(date(2013, 12, 31)), reserve(date(2014, 1, 1))] == [1_500, None]


@pytest.mark.parametrize(
    ("kind", "shares", "because"),
    [
        ("options", 5, "“options” is no limit of the Plan."),
        ("reserve", 0, "A limit is a whole number of shares above 0."),
        ("reserve", None, "No such limit is on record"),
    ],
)
def test_what_is_no_limit_is_refused(
    designated: Telling, kind: str, shares: int | None, because: str
) -> None:
    with pytest.raises(Refused, match=because) as refusal:
        limit(designated, kind, shares)
    assert refusal.value.place == PLACE


def test_an_award_counts_at_its_maximum_then_with_what_it_earned(db: None) -> None:
    # 100 % of 300 and of 41 were certified on 24 February 2015.
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    certified = limits_on(date(2015, 2, 24))
    assert [(one.how, one.shares) for one in certified.taken] == [
        ("determined", 300),
        ("determined", 41),
    ]
    assert certified.taken_from_reserve == 341
    assert certified.taken_in_year(telling.holders["signed"]) == 0


def test_a_forfeited_award_gives_its_shares_back_to_the_reserve_but_not_to_the_year(
    granted: Telling,
) -> None:
    assert limits_on(date(2013, 6, 3)).taken_from_reserve == 682
    people.end_service(
        employee=granted.holders["signed"],
        ended_on=date(2013, 6, 3),
        reason="resignation",
        by=granted.secretary,
        at=cast.noon(date(2013, 6, 3)),
    )
    assert limits_on(date(2013, 6, 2)).taken_from_reserve == 682
    after = limits_on(date(2013, 6, 3))
    assert after.taken_from_reserve == 82
    assert after.taken_in_year(granted.holders["signed"]) == 600


def test_the_page_shows_the_limits_and_what_counts_against_them(
    granted: Telling, visit: Visit
) -> None:
    limit(granted, "reserve", 10_000)
    limit(granted, "person_year", 700)
    with visit(human_resources(granted), date(2013, 6, 3)) as browser:
        said = words(browser.get(reverse("participants:plan_limits")))
    assert "Left in the Plan's reserve 9,318 of 10,000 shares, 682 are taken" in said
    assert "2013–2014 2 682" in said
    assert "signed 300 600 100" in said
    assert "unsigned 41 82 618" in said
    assert "Record a limit" not in said


def test_the_secretary_records_a_limit_on_the_page(granted: Telling, visit: Visit) -> None:
    told = {"kind": "reserve", "shares": "500000", "starts_on": "2013-01-01"}
    with visit(granted.secretary, DAY) as browser:
        page = browser.post(reverse("participants:plan_limits"), told, follow=True)
        wrong = browser.post(
            reverse("participants:plan_limits"),
            {"kind": "person_year", "shares": "", "starts_on": "2013-01-01"},
        )
    assert "On record from 1 January 2013: Shares reserved for all awards." in words(page)
    assert PlanLimit.objects.get().shares == 500_000
    assert "No such limit is on record for 1 January 2013" in words(wrong)


def test_the_review_shows_the_list_against_the_limits(designated: Telling, visit: Visit) -> None:
    limit(designated, "reserve", 81)
    helen = human_resources(designated)
    unsigned = designated.holders["unsigned"].public_id
    told = {f"chosen-{unsigned}": "on", f"shares-{unsigned}": "41"}
    with visit(helen, DAY) as browser:
        browser.post(reverse("participants:enrolment", args=[designated.period]), told)
        page = browser.get(reverse("participants:review_enrolment", args=[designated.period]))
    said = words(page)
    assert "Left in the Plan's reserve 81 of 81 shares, 0 are taken" in said
    assert "Beyond the Plan's limits the award to unsigned counts as 82 shares" in said


def test_more_awards_ask_no_more_of_the_database(granted: Telling, visit: Visit) -> None:
    helen = human_resources(granted)
    few = _queries(visit, helen)
    period_with(granted, date(2013, 1, 1), date(2015, 12, 31), "signed", "unsigned")
    longer = PerformancePeriod.objects.get(label="2013–2015")
    grant(granted, DAY, longer, signed=10, unsigned=20)
    assert _queries(visit, helen) == few


def _queries(visit: Visit, user: Any) -> int:
    with visit(user, date(2013, 6, 3)) as browser, CaptureQueriesContext(connection) as queries:
        assert browser.get(reverse("participants:plan_limits")).status_code == 200
    return len(queries)
