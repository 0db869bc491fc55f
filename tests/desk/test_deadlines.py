"""Every date of the Program in one list: on the page, in the feed, and in reminders."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from ltip.accounts.models import Role
from ltip.desk import deadlines as listing
from ltip.desk.deadline import Deadline
from ltip.desk.reminders import step_due, write_reminders
from ltip.desk.selectors import situations
from ltip.notices.models import FeedAddress, Message
from participants.people.services import change_status
from tests import cast
from tests.participants.holders import award_of, holder


def deadlines(today: date) -> list[Deadline]:
    return listing.deadlines(today, situations(today))


@pytest.mark.django_db
def test_an_open_window_asks_the_secretary_for_a_goal_and_human_resources_for_names() -> None:
    cast.told(acts=cast.BEFORE_DESIGNATION)
    found = {one.key: one for one in deadlines(date(2013, 3, 20))}
    grants = found["grants:2013–2014"]
    assert (grants.day, grants.acts) == (date(2013, 3, 31), frozenset({Role.HUMAN_RESOURCES}))
    assert found["end:2013–2014"].day == date(2014, 12, 31)
    assert found["end:2013–2014"].acts == frozenset()
    # The sixtieth day after 31 December 2014 is Sunday 1 March 2015.
    assert found["report:2013–2014"].day == date(2015, 3, 2)


@pytest.mark.django_db
def test_settlement_dates_stand_until_they_are_settled_and_say_who_must_act() -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    today = date(2015, 3, 20)
    (settles,) = [one for one in deadlines(today) if one.key.startswith("settlement:")]
    assert settles.day == telling.period.certificate.settlement_date
    assert settles.acts == frozenset({Role.STOCK_ADMINISTRATOR})


@pytest.mark.django_db
def test_an_officers_form_4_is_due_two_business_days_after_the_certification() -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    officer = telling.holders["signed"]
    change_status(
        employee=officer,
        subject="officer",
        value="yes",
        starts_on=date(2014, 1, 1),
        by=telling.secretary,
        at=telling.told_at,
    )
    certified = telling.period.certificate.determination_date
    assert certified == date(2015, 2, 24)  # a Tuesday
    (form,) = [o for o in deadlines(date(2015, 2, 25)) if o.key.startswith("form-4:certified")]
    assert (form.day, form.subject) == (date(2015, 2, 26), officer.name)
    assert officer.name not in form.title
    last_shown = date(2015, 2, 26) + timedelta(days=30)
    assert any(o.key.startswith("form-4") for o in deadlines(last_shown))
    assert not any(o.key.startswith("form-4") for o in deadlines(last_shown + timedelta(days=1)))


@pytest.mark.django_db
def test_a_participant_sees_their_own_dates_and_nobody_elses() -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    own = telling.holders["signed"]
    roles = frozenset({Role.PARTICIPANT})
    found = listing.deadlines_for(own.user, roles, date(2015, 3, 20), [])
    assert found
    assert {one.holder for one in found} == {own.user_id}
    holder(telling, "signed")
    with cast.visit(own.user, date(2015, 3, 20)) as browser:
        page = browser.get("/calendar/").content.decode()
    assert "Your dates" in page
    assert "Settlement Date of awards" not in page
    assert all(h.name not in page for name, h in telling.holders.items() if name != "signed")


@pytest.mark.django_db
def test_the_page_says_what_is_asked_and_stays_within_its_queries() -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    with (
        cast.visit(telling.administrator, date(2015, 3, 23)) as browser,
        CaptureQueriesContext(connection) as captured,
    ):
        page = browser.get("/calendar/").content.decode()
    assert "One of these dates asks something of you." in page
    assert "3 days left" in page
    assert len(captured) < 40


@pytest.mark.django_db
def test_a_date_leads_to_its_page_only_for_whoever_may_open_it() -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    links = {}
    for user in (telling.administrator, telling.secretary):
        with cast.visit(user, date(2015, 3, 23)) as browser:
            page = browser.get("/calendar/").content.decode()
            assert "Settlement Date of awards for" in page
            links[user] = [
                address
                for address in re.findall(r'<a href="(/[^"]*)">Settlement Date', page)
                if browser.get(address).status_code == 200
            ]
            assert len(links[user]) == page.count('">Settlement Date')
    assert links[telling.administrator]
    assert not links[telling.secretary]


def _address(browser: Client) -> str:
    page = browser.post("/calendar/address/", {"do": "make"}).content.decode()
    found = re.search(r"/calendar/feed/[\w-]{43}\.ics", page)
    assert found
    return found[0]


@pytest.mark.django_db
def test_a_feed_opens_by_its_secret_until_it_is_renewed_or_revoked() -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    with cast.visit(telling.secretary, date(2015, 3, 20)) as browser:
        first = _address(browser)
        nobody = Client()
        answer = nobody.get(first)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        secret = first.rpartition("/")[2].removesuffix(".ics")
        assert not FeedAddress.objects.filter(secret_digest__contains=secret).exists()
        assert first not in browser.get("/calendar/address/").content.decode()
        second = _address(browser)
        assert nobody.get(first).status_code == 404
        assert nobody.get(second).status_code == 200
        browser.post("/calendar/address/", {"do": "revoke"})
        assert nobody.get(second).status_code == 404
        assert nobody.get("/calendar/feed/wrong.ics").status_code == 404


@pytest.mark.django_db
def test_a_feed_is_well_formed_names_nobody_and_keeps_its_identifiers() -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    change_status(
        employee=telling.holders["signed"],
        subject="officer",
        value="yes",
        starts_on=date(2014, 1, 1),
        by=telling.secretary,
        at=telling.told_at,
    )
    with cast.visit(telling.secretary, date(2015, 2, 25)) as browser:
        address = _address(browser)
        raw, again = (Client().get(address).content for _ in range(2))
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n")
    events = Calendar.from_ical(raw).walk("VEVENT")
    (form,) = [e for e in events if str(e["summary"]).startswith("Form 4")]
    assert form.decoded("dtstart") == date(2015, 2, 26)
    assert form.decoded("dtend") == date(2015, 2, 27)
    award = award_of(telling, "signed").public_id
    assert str(form["url"]) == f"https://ltip.example/awards/{award}/"
    assert str(form["summary"]) == "Form 4 of an officer for the certification, 2013–2014"
    text = raw.decode().replace("\r\n ", "")
    assert all(each.name not in text for each in telling.holders.values())
    identifiers = [str(e["uid"]) for e in events]
    assert len(set(identifiers)) == len(identifiers)
    assert [str(e["uid"]) for e in Calendar.from_ical(again).walk("VEVENT")] == identifiers


@pytest.mark.parametrize(
    ("left", "step"),
    [(31, None), (30, 30), (15, 30), (14, 14), (8, 14), (7, 7), (2, 7), (1, 1), (0, 1), (-1, None)],
)
def test_a_reminder_comes_at_its_step_and_a_day_missed_is_made_up_for(
    left: int, step: int | None
) -> None:
    day = date(2015, 3, 26)
    assert step_due(day, day - timedelta(days=left)) == step


def _remind(day: date) -> list[Message]:
    known = set(Message.objects.values_list("pk", flat=True))
    with time_machine.travel(cast.noon(day)):
        write_reminders(None, {}, lambda done, total: None)  # type: ignore[arg-type]
    return list(Message.objects.exclude(pk__in=known))


@pytest.mark.django_db
def test_whoever_must_act_is_reminded_once_at_each_step_and_others_are_not() -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    settles = telling.period.certificate.settlement_date
    for name in telling.holders:
        holder(telling, name)
    about = f"Settlement Date of awards for {telling.period.label}: 14 days left"
    first = _remind(settles - timedelta(days=14))
    to_staff = [message for message in first if message.subject == about]
    assert [m.recipient_name for m in to_staff] == [telling.administrator.name]
    assert _remind(settles - timedelta(days=14)) == []
    assert _remind(settles - timedelta(days=13)) == []
    again = _remind(settles - timedelta(days=7))
    to_administrator = next(m for m in again if m.recipient_name == telling.administrator.name)
    assert f"{settles.day} March 2015, 7 days left" in to_administrator.text
    way = "https://ltip.example/settlement/2013-2014/"
    assert to_administrator.text.endswith(f"Here it is done: {way}")
    unsigned = telling.holders["unsigned"]
    assert str(unsigned.public_id) in {message.recipient for message in first}
    assert str(telling.holders["signed"].public_id) not in {m.recipient for m in first}
    (own,) = [m for m in first if m.recipient == str(unsigned.public_id)]
    award = award_of(telling, "unsigned").public_id
    assert own.text.endswith(f"Here it is done: https://ltip.example/my/awards/{award}/")


@pytest.mark.django_db
def test_human_resources_is_reminded_of_the_window_at_30_14_7_and_1_days_once_each() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    helen = cast.staff("human_resources", name="Helen Hart", telling=telling)
    closes, told = date(2013, 3, 31), []
    for left in (31, 30, 29, 14, 14, 8, 7, 2, 1, 0):
        for message in _remind(closes - timedelta(days=left)):
            if message.recipient == str(helen.public_id):
                told.append(message.subject)
    about = "Designate the participants of 2013–2014 and grant their awards"
    left = ("30 days left", "14 days left", "7 days left", "1 day left")
    assert told == [f"{about}: {days}" for days in left]
