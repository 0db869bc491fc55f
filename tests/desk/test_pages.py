"""The first page, the calendar and a period's page."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ltip.desk.selectors import Phase, next_deadline, situations
from ltip.notices.sending import mark
from ltip.notices.services import Recipient, write_message
from ltip.program.services.periods import open_period
from tests import cast


def _phase(day: date) -> Phase:
    (situation,) = situations(day)
    return situation.phase


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("acts", "day", "phase"),
    [
        (cast.BEFORE_SIGNING, date(2012, 12, 31), Phase.UPCOMING),
        (cast.BEFORE_SIGNING, date(2013, 1, 1), Phase.WINDOW_OPEN),
        (cast.BEFORE_SIGNING, date(2013, 3, 31), Phase.WINDOW_OPEN),
        (cast.BEFORE_SIGNING, date(2013, 4, 1), Phase.RUNNING),
        (cast.BEFORE_SIGNING, date(2014, 12, 31), Phase.RUNNING),
        (cast.BEFORE_REPORT, date(2015, 1, 1), Phase.AWAITING_REPORT),
        (cast.BEFORE_CERTIFICATION, date(2015, 2, 24), Phase.AWAITING_CERTIFICATION),
        (cast.BEFORE_SETTLEMENT, date(2015, 3, 26), Phase.SETTLING),
        (9, date(2015, 3, 27), Phase.SETTLED),
    ],
)
def test_the_phase_of_a_period_follows_from_dates_and_records(
    acts: int, day: date, phase: Phase
) -> None:
    cast.told(acts=acts)
    assert _phase(day) is phase


@pytest.mark.django_db
def test_the_next_deadline_is_the_nearest_day_on_which_something_falls_due() -> None:
    cast.told(acts=cast.BEFORE_SIGNING)
    assert next_deadline(date(2013, 2, 5)) == date(2013, 3, 31)
    assert next_deadline(date(2013, 4, 1)) == date(2014, 12, 31)


@pytest.mark.django_db
def test_each_role_is_told_what_waits_and_by_when() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    officer = cast.staff("human_resources", name="Helen", telling=telling)
    day = date(2013, 3, 20)
    with cast.visit(officer, day) as browser:
        page = browser.get("/").content.decode()
    assert "Choose who takes part in 2013–2014" in page
    assert "31 March 2013" in page
    assert "11 days left" in page
    with cast.visit(telling.approver, day) as browser:
        assert "Nothing waits for you today." in browser.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/calendar/", "/calendar/2013-2014/"])
def test_more_periods_take_no_more_queries(address: str) -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    day = date(2015, 3, 27)
    before = _queries(telling.secretary, day, address)
    for year in range(2016, 2022):
        open_period(
            start_date=date(year, 1, 1),
            end_date=date(year + 1, 12, 31),
            by=telling.secretary,
            at=telling.told_at,
        )
    assert _queries(telling.secretary, day, address) == before


def _queries(user: Any, day: date, address: str) -> int:
    with cast.visit(user, day) as browser, CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


@pytest.mark.django_db
def test_a_message_in_doubt_waits_for_those_who_decide_until_one_of_them_has() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    day = date(2013, 3, 20)
    message = write_message(
        to=Recipient("7c1f", "Iris Quint", "iris@people.example"),
        subject="7 days left",
        text="Sign your notice.",
        why="reminder",
        by=None,
        at=cast.noon(day),
    )
    assert message
    about = "Decide about 1 message of which nobody knows whether it arrived"
    personnel = cast.staff("human_resources", name="Hale", telling=telling)
    with cast.visit(telling.secretary, day) as browser:
        mark(message.pk)
        assert about not in browser.get("/").content.decode()  # it is being sent just now
    for keeper in (telling.secretary, personnel):
        with cast.visit(keeper, day + timedelta(days=1)) as browser:
            assert about in browser.get("/").content.decode()
            assert "In doubt" in browser.get("/notices/").content.decode()
    with cast.visit(telling.approver, day + timedelta(days=1)) as browser:
        assert about not in browser.get("/").content.decode()
    with cast.visit(telling.secretary, day + timedelta(days=1)) as browser:
        browser.post(f"/notices/{message.public_id}/decide/", {"decision": "arrived"})
        assert about not in browser.get("/").content.decode()
