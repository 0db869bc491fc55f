"""Enrolling a period's participants: human resources chooses, the secretary proposes.

The story's period runs from 1 January 2013 to 31 December 2014; its 90th day is 31 March 2013.
"""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee import selectors as committee
from committee import services as committee_services
from ltip.accounts.models import User
from ltip.desk.scenarios.telling import Telling
from ltip.program.models import PerformancePeriod
from ltip.program.services.periods import open_period, record_stockholder_approval
from participants.awards.models import Award, Designation, ProposedAward
from participants.people import services as people
from participants.people.models import Employee
from tests import cast
from tests.participants.pages import human_resources, words

IN_WINDOW = date(2013, 3, 4)
LAST_DAY = date(2013, 3, 31)
DAY_AFTER = date(2013, 4, 1)


def address(name: str, telling: Telling) -> str:
    return reverse(f"participants:{name}", args=[telling.period])


def chosen(telling: Telling, **shares: int) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, count in shares.items():
        public_id = telling.holders[name].public_id
        told |= {f"chosen-{public_id}": "on", f"shares-{public_id}": str(count)}
    return told


def listed(telling: Telling) -> dict[str, int]:
    rows = ProposedAward.objects.filter(period=telling.period).select_related("employee")
    return {row.employee.name: row.target_shares for row in rows}


def new_hire(telling: Telling, hired_on: date, **statuses: str) -> Employee:
    return people.record_employee(
        number="nina",
        name="Nina New",
        email="nina@people.example",
        hired_on=hired_on,
        statuses={"grade": "Executive 1", "kind": "regular", "country": "US"} | statuses,
        by=telling.secretary,
        at=cast.noon(IN_WINDOW),
    )


def save(visit: Any, helen: User, telling: Telling, day: date = IN_WINDOW, **shares: int) -> Any:
    with visit(helen, day) as browser:
        return browser.post(address("enrolment", telling), chosen(telling, **shares), follow=True)


def put_before_the_committee(visit: Any, telling: Telling, day: date = IN_WINDOW) -> Any:
    with visit(telling.secretary, day) as browser:
        page = browser.get(address("review_enrolment", telling))
        shown = page.context["enrolment"].digest
        return browser.post(address("submit_enrolment", telling), {"shown": shown})


@pytest.fixture
def helen(before_designation: Telling) -> User:
    return human_resources(before_designation)


def test_the_page_says_until_when_and_who_may_not_be_chosen_and_why(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    new_hire(before_designation, date(2013, 1, 1))
    with visit(helen, IN_WINDOW) as browser:
        text = words(browser.get(address("enrolment", before_designation)))
        later = words(browser.get(address("enrolment", before_designation), {"status": "later"}))
    assert "31 March 2013, 27 days left" in text
    assert "Eligible (2) On the list (0) Granted or before the Committee (0)" in text
    assert "Eligible from a later cycle (1) Not eligible (0)" in text
    assert "2 employees" in text
    assert "1 employee Employee Not eligible, because … Nina New" in later
    assert (
        "Nina New Executive 1 · US Hired on 1 January 2013, not before the period commences on "
        "1 January 2013; eligible from the cycle that commences on 1 January 2014. P Eligibility"
    ) in later


@pytest.mark.parametrize(
    ("hired_on", "eligible"), [(date(2012, 12, 31), True), (date(2013, 1, 1), False)]
)
def test_the_day_of_hire_decides_who_can_be_ticked(
    before_designation: Telling, helen: User, visit: Any, hired_on: date, eligible: bool
) -> None:
    nina = new_hire(before_designation, hired_on)
    with visit(helen, IN_WINDOW) as browser:
        page = browser.get(address("enrolment", before_designation)).content.decode()
    assert (f'name="chosen-{nina.public_id}"' in page) is eligible


def test_the_list_is_saved_and_comes_back_with_its_totals(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    answer = save(visit, helen, before_designation, signed=300, unsigned=41)
    assert listed(before_designation) == {"signed": 300, "unsigned": 41}
    assert "The list is saved: 2 changes." in words(answer)
    assert "At target 341" in words(answer)
    assert "At most 682" in words(answer)
    assert 'value="300"' in answer.content.decode()
    with visit(helen, IN_WINDOW) as browser:
        review = words(browser.get(address("review_enrolment", before_designation)))
    assert "The secretary puts it before the Committee: Secretary" in review


def test_taking_a_tick_away_takes_the_employee_off_the_list(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    save(visit, helen, before_designation, signed=300, unsigned=41)
    told = chosen(before_designation, signed=300, unsigned=41)
    del told[f"chosen-{before_designation.holders['unsigned'].public_id}"]
    with visit(helen, IN_WINDOW) as browser:
        browser.post(address("enrolment", before_designation), told)
    assert listed(before_designation) == {"signed": 300}


def test_a_tick_without_a_number_and_a_number_without_a_tick_are_said_in_the_row(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    signed, unsigned = (before_designation.holders[n].public_id for n in ("signed", "unsigned"))
    told = {f"chosen-{signed}": "on", f"shares-{signed}": "", f"shares-{unsigned}": "41"}
    with visit(helen, IN_WINDOW) as browser:
        answer = browser.post(address("enrolment", before_designation), told)
    assert answer.context["form"].errors == {
        f"shares-{signed}": ["Say how many, or take the tick away."],
        f"shares-{unsigned}": ["Tick the name too, or leave the number out."],
    }
    assert 'value="41"' in answer.content.decode()
    assert listed(before_designation) == {}


@pytest.mark.parametrize("count", [0, -5])
def test_target_shares_are_above_nothing(
    before_designation: Telling, helen: User, visit: Any, count: int
) -> None:
    answer = save(visit, helen, before_designation, signed=count)
    assert "Ensure this value is greater than or equal to 1." in words(answer)
    assert listed(before_designation) == {}


def test_somebody_who_left_while_the_page_was_open_is_refused_by_name(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    people.end_service(
        employee=before_designation.holders["unsigned"],
        ended_on=date(2013, 3, 1),
        reason="resignation",
        by=before_designation.secretary,
        at=cast.noon(IN_WINDOW),
    )
    answer = save(visit, helen, before_designation, signed=300, unsigned=41)
    assert (
        "unsigned can no longer be chosen. P Eligibility: The service ended on 1 March 2013."
    ) in words(answer)
    assert 'value="300"' in answer.content.decode()
    assert listed(before_designation) == {}


@pytest.mark.parametrize(("day", "saved"), [(LAST_DAY, {"signed": 300}), (DAY_AFTER, {})])
def test_the_last_day_of_the_window_is_its_ninetieth(
    before_designation: Telling, helen: User, visit: Any, day: date, saved: dict[str, int]
) -> None:
    save(visit, helen, before_designation, day=day, signed=300)
    assert listed(before_designation) == saved


def test_after_the_window_the_page_says_what_can_no_longer_be_done(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    with visit(helen, DAY_AFTER) as browser:
        answer = browser.get(address("enrolment", before_designation))
        refused = browser.post(
            address("enrolment", before_designation), chosen(before_designation, signed=300)
        )
    text = words(answer)
    assert "The window closed on 31 March 2013. Nobody more can take part in this period." in text
    assert "Designating participants P Eligibility" in text
    assert "Granting Performance Shares P Grants" in text
    assert "hired or promoted since the period began" in text
    assert "What the Committee adopted elsewhere by 31 March 2013 can be recorded" in text
    assert "eligible before it begins; the next ones begin on 1 January 2014." in text
    assert b"checkbox" not in answer.content
    assert "P Grants: the window for grants closed on 31 March 2013" in words(refused)


def test_the_list_can_be_prepared_before_the_period_begins(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    answer = save(visit, helen, before_designation, day=date(2012, 12, 20), signed=300)
    assert listed(before_designation) == {"signed": 300}
    assert "The window opens on 1 January 2013." in words(answer)
    refused = put_before_the_committee(visit, before_designation, day=date(2012, 12, 20))
    assert "the window for designations opens on 1 January 2013" in words(refused)
    assert not committee.open_acts().exists()


def test_the_secretary_puts_designation_and_grant_before_the_committee_once(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    save(visit, helen, before_designation, signed=300, unsigned=41)
    with visit(before_designation.secretary, IN_WINDOW) as browser:
        page = browser.get(address("review_enrolment", before_designation))
        assert "the designation of 2 employees as participants" in words(page)
        assert "the grant of 341 Performance Shares at target, 682 shares at most, to 2" in (
            words(page)
        )
        shown = {"shown": page.context["enrolment"].digest}
        first = browser.post(address("submit_enrolment", before_designation), shown)
        second = browser.post(address("submit_enrolment", before_designation), shown)
    assert first["Location"] == reverse("committee:docket")
    assert "is still to be put before the Committee" in words(second)
    assert [act.kind for act in committee.open_acts()] == ["designation", "grant"]


def test_once_signed_the_employees_stand_as_granted_and_can_not_be_ticked(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    save(visit, helen, before_designation, signed=300)
    put_before_the_committee(visit, before_designation)
    for act in committee.open_acts():
        assert cast.sign_all(act, IN_WINDOW).adopted
    with visit(helen, IN_WINDOW) as browser:
        answer = browser.get(address("enrolment", before_designation), {"status": "decided"})
    assert Designation.objects.get().designated_on == IN_WINDOW
    assert Award.objects.get().target_shares == 300
    assert "signed Executive 1 · US · designated 4 Mar 2013 300 granted 4 Mar 2013" in (
        words(answer)
    )
    public_id = before_designation.holders["signed"].public_id
    assert f"chosen-{public_id}" not in answer.content.decode()


def test_choosing_more_keeps_those_before_the_committee_on_the_list(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    save(visit, helen, before_designation, signed=300)
    put_before_the_committee(visit, before_designation)
    save(visit, helen, before_designation, unsigned=41)
    assert listed(before_designation) == {"signed": 300, "unsigned": 41}
    with visit(helen, IN_WINDOW) as browser:
        decided = browser.get(address("enrolment", before_designation), {"status": "decided"})
    assert "300 before the Committee act 2013-0" in words(decided)
    again = put_before_the_committee(visit, before_designation)
    assert "of the same kind for 2013–2014 is before the Committee" in words(again)
    assert committee.open_acts().count() == 2


def test_after_a_withdrawn_grant_only_the_grant_is_proposed_again(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    save(visit, helen, before_designation, signed=300)
    put_before_the_committee(visit, before_designation)
    designation, grant = committee.open_acts()
    cast.sign_all(designation, IN_WINDOW)
    committee_services.withdraw_act(
        act=grant,
        explanation="The number is wrong.",
        by=before_designation.secretary,
        at=cast.noon(IN_WINDOW),
    )
    save(visit, helen, before_designation, signed=250)
    put_before_the_committee(visit, before_designation)
    assert [act.kind for act in committee.open_acts()] == ["grant"]


def test_a_list_that_changed_after_it_was_read_is_not_proposed(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    save(visit, helen, before_designation, signed=300)
    with visit(before_designation.secretary, IN_WINDOW) as browser:
        page = browser.get(address("review_enrolment", before_designation))
    save(visit, helen, before_designation, signed=30_000)
    with visit(before_designation.secretary, IN_WINDOW) as browser:
        answer = browser.post(
            address("submit_enrolment", before_designation),
            {"shown": page.context["enrolment"].digest},
        )
    assert "The list changed since this page was read." in words(answer)
    assert not committee.open_acts().exists()


def test_if_the_grant_is_refused_the_designation_is_not_proposed_either(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    save(visit, helen, before_designation, unsigned=41)
    employee = str(before_designation.holders["unsigned"].public_id)
    committee_services.propose_act(
        kind="designation",
        request={"period": "2013–2014", "employees": [employee]},
        by=before_designation.secretary,
        at=cast.noon(IN_WINDOW),
    )
    committee_services.propose_act(
        kind="grant",
        request={"period": "2013–2014", "awards": [{"employee": employee, "shares": 41}]},
        by=before_designation.secretary,
        at=cast.noon(IN_WINDOW),
    )
    cast.sign_all(committee.open_acts()[0], IN_WINDOW)
    save(visit, helen, before_designation, signed=300)
    answer = put_before_the_committee(visit, before_designation)
    assert "P Administration: Act" in words(answer)
    assert [act.kind for act in committee.open_acts()] == ["grant"]


def test_a_covered_employee_is_chosen_only_inside_the_shorter_window(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    # 1 January to 30 June 2013 are 181 days; a quarter is 45 whole ones, the last 14 February.
    by, at = before_designation.secretary, cast.noon(IN_WINDOW)
    record_stockholder_approval(approved_on=date(2012, 6, 1), by=by, at=at)
    period = open_period(start_date=date(2013, 1, 1), end_date=date(2013, 6, 30), by=by, at=at)
    nina = new_hire(before_designation, date(2010, 1, 4), covered="yes")
    assert _may_be_ticked(visit, helen, period, nina, date(2013, 2, 14))
    assert not _may_be_ticked(visit, helen, period, nina, date(2013, 2, 15))


def _may_be_ticked(
    visit: Any, helen: User, period: PerformancePeriod, employee: Employee, day: date
) -> bool:
    with visit(helen, day) as browser:
        page = browser.get(reverse("participants:enrolment", args=[period]))
    return f'name="chosen-{employee.public_id}"' in page.content.decode()


def test_more_employees_ask_no_more_of_the_database(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    few = _queries(visit, helen, before_designation)
    for number in range(12):
        people.record_employee(
            number=str(number),
            name=f"Employee {number}",
            email=f"{number}@people.example",
            hired_on=date(2010, 1, 4),
            statuses={"grade": "Executive 1", "kind": "regular", "country": "US"},
            by=before_designation.secretary,
            at=cast.noon(IN_WINDOW),
        )
    assert _queries(visit, helen, before_designation) == few


def _queries(visit: Any, helen: User, telling: Telling) -> int:
    with visit(helen, IN_WINDOW) as browser:
        browser.get(address("enrolment", telling))  # the first brings the stretches up
        with CaptureQueriesContext(connection) as queries:
            browser.get(address("enrolment", telling))
    return len(queries)


def test_each_writes_only_what_is_theirs(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    save(visit, helen, before_designation, signed=300)
    with visit(before_designation.secretary, IN_WINDOW) as browser:
        told = chosen(before_designation, signed=1)
        assert browser.post(address("enrolment", before_designation), told).status_code == 403
        assert b"checkbox" not in browser.get(address("enrolment", before_designation)).content
    with visit(helen, IN_WINDOW) as browser:
        assert browser.post(address("submit_enrolment", before_designation)).status_code == 403
    assert listed(before_designation) == {"signed": 300}
