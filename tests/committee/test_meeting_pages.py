"""The pages of a meeting: the call, its agenda, the record, the certification, the minute book."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee.meetings import put_on_agenda
from committee.members import seat_member
from committee.models import Act, Adoption, Ending, Meeting, MinutesCorrection
from committee.services import propose_act
from ltip.accounts.models import User
from ltip.desk.reminders import write_reminders
from ltip.desk.scenarios.telling import PASSWORD, Telling
from ltip.notices.models import Message
from ltip.notices.services import record_given
from ltip.program.services.periods import open_period
from ltip.records.models import Document
from tests import cast
from tests.committee.assembly import called, held, reading, recorded, tabled, voted
from tests.committee.conftest import IN_WINDOW, address, ids, members, page_of

pytestmark = pytest.mark.django_db
NEXT = IN_WINDOW + timedelta(days=1)
DOCKET, MEETINGS, MINUTES = "/committee/", "/committee/meetings/", "/committee/minutes/"


def flat(answer: Any) -> str:
    return " ".join(page_of(answer).split())


def page(meeting: Meeting, step: str = "") -> str:
    return f"{MEETINGS}{meeting.public_id}/{step}"


def pdf(content: bytes = b"%PDF-1.7 minutes") -> SimpleUploadedFile:
    return SimpleUploadedFile("minutes.pdf", content, content_type="application/pdf")


def filled(act: Act, decision: str, *voices: str, **changes: Any) -> dict[str, Any]:
    """The record's form: each member's vote, the chair's first; an empty one was not there."""
    told: dict[str, Any] = {f"decision_{act.public_id}": decision or "none", "document": pdf()}
    for user, voice in zip(members(), voices, strict=True):
        told[f"means_{user.public_id}"] = "in_person" if voice else "none"
        told[f"vote_{act.public_id}_{user.public_id}"] = "none" if voice in ("", "there") else voice
    return {name: value for name, value in (told | changes).items() if value is not None}


def certify(client: Any, meeting: Meeting, password: str = PASSWORD) -> Any:
    record = meeting.records.order_by("-number").first()
    told = {"password": password, "shown_digest": record.digest if record else ""}
    return client.post(page(meeting, "close/"), told, follow=True)


@pytest.fixture
def meeting(story: Telling, designation: Act) -> Meeting:
    """A meeting of 4 March 2013, 14:00, with the designation on its agenda."""
    return called([designation], by=story.secretary, on=IN_WINDOW)


def test_the_secretary_calls_a_meeting_and_the_members_find_it_with_its_agenda(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    told = {
        "held_on": "2013-03-05",
        "begins": "09:30",
        "place": "Room 4",
        "acts": [str(designation.public_id)],
    }
    with on(IN_WINDOW):
        secretary = browser(story.secretary)
        assert f'href="{MEETINGS}call/"' in flat(secretary.get(DOCKET))
        assert designation.title in flat(secretary.get(f"{MEETINGS}call/"))
        past = flat(secretary.post(f"{MEETINGS}call/", told | {"held_on": "2013-03-03"}))
        answer = flat(secretary.post(f"{MEETINGS}call/", told, follow=True))
        chair = browser(members()[0])
        docket, home = flat(chair.get(DOCKET)), flat(chair.get("/"))
        found = Meeting.objects.get()
        record_given(message=_handed_over(Message.objects.earliest("pk")), at=cast.noon(IN_WINDOW))
        shown = flat(chair.get(page(found)))
        act = flat(chair.get(address(designation)))
    assert "A meeting is called before it begins." in past
    assert "The meeting is called; the members receive notice." in answer
    assert "Meeting of 5 March 2013, 09:30 UTC</a>" in docket
    assert "Room 4 <small> tomorrow </small>" in docket
    assert f'href="{address(designation)}"' in docket
    assert "Nothing awaits your signature." in docket
    assert "5 March 2013, 09:30 UTC, Room 4" in home
    assert "given on 4 March 2013" in shown
    assert shown.count("waiting to be sent") == 2
    assert "Strike it from the agenda" not in shown
    assert "It is decided at a meeting, and can&#x27;t be signed in writing until then:" in act or (
        "It is decided at a meeting, and can't be signed in writing until then:" in act
    )
    assert 'type="password"' not in act


def _handed_over(message: Message) -> Message:
    message.state, message.handed_over_at = Message.State.MARKED, cast.noon(IN_WINDOW)
    message.save()
    return message


def test_a_meeting_is_recorded_read_certified_and_stands_in_the_minute_book(
    story: Telling, designation: Act, meeting: Meeting, on: Any, browser: Any
) -> None:
    chair, second, third = members()
    words = {f"words_{designation.public_id}_{third.public_id}": "Too many at once."}
    with on(NEXT):
        secretary = browser(story.secretary)
        assert "Record the meeting of 4 March 2013" in flat(secretary.get("/"))
        form = flat(secretary.get(page(meeting, "record/")))
        told = filled(designation, "voted", "for", "for", "against", **words)
        waits = flat(secretary.post(page(meeting, "record/"), told, follow=True))
        assert not Adoption.objects.filter(act=designation).exists()
        again = flat(secretary.get(page(meeting, "record/")))
        wrong = flat(certify(secretary, meeting, password="not mine"))
        assert not Adoption.objects.filter(act=designation).exists()
        closed = flat(certify(browser(chair), meeting))
        act = flat(browser(second).get(address(designation)))
        book, every = (flat(browser(second).get(one)) for one in (MINUTES, MEETINGS))
        number = meeting.records.get().seal_id
        paper = browser(second).get(page(meeting, f"minutes/{number}/"))
    assert "3 members are in office that day; a quorum is 2." in form
    assert "Carried, to be certified" in waits
    assert "A majority of the 3 present is 2: carried." in waits
    assert "There was a quorum." in waits
    assert '<option value="against" selected>' in again
    assert "minutes.pdf is attached" in again
    assert "This is not your password." in wrong
    assert "The meeting is closed, and what it decided is sealed." in closed
    assert "Adopted at the meeting of <b>4 March 2013</b>" in act
    assert "certified here on 5 March 2013, 1 day later." in act
    assert "<q>Too many at once.</q>" in act
    for shown in (book, every):
        assert "third: against <q>Too many at once.</q>" in shown
    assert f'href="{page(meeting)}">meeting of 4 Mar 2013</a>' in book
    assert '<span class="tag good">Adopted</span>' in every
    assert (paper.content, paper["Content-Type"]) == (b"%PDF-1.7 minutes", "application/pdf")


@pytest.mark.parametrize(
    ("decision", "voices", "changes", "said"),
    [
        ("voted", ("for", "", ""), {}, "1 of the 2 members that a quorum takes were present"),
        ("voted", ("for", "there", ""), {}, "neither a vote nor an abstention is recorded"),
        ("all_for", ("for", "against", ""), {}, "somebody&#x27;s vote is another than"),
        ("", ("there", "there", ""), {}, "There was a quorum: say what the meeting decided."),
        ("tabled", ("there", "there", ""), {}, "An act is tabled with the reason."),
        ("tabled", ("for", "for", ""), {}, "Votes are recorded, and yet it was not voted on."),
        ("all_for", ("there", "there", ""), {"document": None}, "recorded with its minutes"),
        (
            "all_for",
            ("there", "there", ""),
            {"document": pdf(b"\x89PNG\r\n\x1a\n")},
            "The minutes are a PDF.",
        ),
    ],
)
def test_a_record_that_can_not_be_says_why_keeps_what_was_typed_and_no_paper(
    story: Telling,
    designation: Act,
    meeting: Meeting,
    on: Any,
    browser: Any,
    decision: str,
    voices: tuple[str, ...],
    changes: dict[str, Any],
    said: str,
) -> None:
    before = Document.objects.count()
    with on(NEXT):
        told = filled(designation, decision, *voices, **changes)
        answer = flat(browser(story.secretary).post(page(meeting, "record/"), told))
    assert said in answer
    assert '<option value="in_person" selected>' in answer
    assert Document.objects.count() == before
    assert not meeting.records.exists()


def test_all_present_voted_for_it_counts_those_present_alone_and_a_defeat_is_shown(
    story: Telling, designation: Act, meeting: Meeting, on: Any, browser: Any
) -> None:
    with on(NEXT):
        secretary = browser(story.secretary)
        told = filled(designation, "all_for", "there", "there", "")
        carried = flat(secretary.post(page(meeting, "record/"), told, follow=True))
        told = filled(designation, "voted", "for", "against", "")
        secretary.post(page(meeting, "record/"), told)
        certify(secretary, meeting)
        act = flat(secretary.get(address(designation)))
        docket = flat(secretary.get(DOCKET))
    assert "For: chair, second. Against: nobody." in carried
    assert "A meeting did not carry this act. It is defeated for good" in act
    assert "A majority of the 2 present is 2: not carried." in act
    assert '<span class="tag bad">Defeated</span>' in docket
    assert Ending.objects.filter(act=designation, reason="defeated").exists()


def test_the_minute_book_finds_a_defeated_act_by_its_words_and_who_voted(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    chair, second, _ = members()
    votes = {designation: voted([chair], against=[second], words={second: "Too many."})}
    held(votes, by=story.secretary, on=IN_WINDOW, present=[chair, second])
    defeated = {"result": "defeated"}
    with on(NEXT):
        client = browser(chair)
        adopted = flat(client.get(MINUTES))
        shown = flat(client.get(MINUTES, defeated | {"words": "Designate", "person": "second"}))
        other = flat(client.get(MINUTES, defeated | {"since": "2013-03-05"}))
    assert designation.title not in adopted
    assert f'{designation.title}</a> <span class="tag bad">Defeated</span>' in shown
    assert "second: against <q>Too many.</q>" in shown
    assert "4 Mar 2013" in shown
    assert "No act is what you look for" in other


def test_a_member_with_an_interest_is_shown_as_such_and_has_no_vote_to_fill_in(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    holder = _seated(story, story.holders["signed"].user)
    meeting = called([designation], by=story.secretary, on=IN_WINDOW)
    with on(NEXT):
        secretary = browser(story.secretary)
        form = flat(secretary.get(page(meeting, "record/")))
        there = {f"means_{holder.public_id}": "video"}
        told = {f"decision_{designation.public_id}": "all_for", "document": pdf(), **there}
        vote = f"vote_{designation.public_id}_"
        others = [user for user in members() if user != holder]
        told |= {f"{vote}{user.public_id}": "none" for user in others}
        means = zip(others, ("telephone", "telephone", "none"), strict=True)
        told |= {f"means_{user.public_id}": how for user, how in means}
        shown = flat(secretary.post(page(meeting, "record/"), told, follow=True))
    assert "Has an interest, does not count</span> signed" in form
    assert f"vote_{designation.public_id}_{holder.public_id}" not in form
    assert "signed, not counted toward this act" in shown
    assert "present, took no part in the vote" in shown
    assert "by telephone" in shown


def _seated(story: Telling, user: User) -> User:
    seat_member(
        user=user,
        position="member",
        starts_on=date(2013, 1, 1),
        by=story.secretary,
        at=cast.noon(IN_WINDOW),
    )
    return user


def test_a_member_other_than_the_chair_certifies_nothing(
    story: Telling, designation: Act, meeting: Meeting, on: Any, browser: Any
) -> None:
    there = members()
    recorded(meeting, by=story.secretary, present=there, items={designation: voted(there)})
    with on(NEXT):
        second = browser(there[1])
        assert 'type="password"' not in flat(second.get(page(meeting)))
        assert "or the chair who was present" in flat(certify(second, meeting))
        assert 'type="password"' in flat(browser(there[0]).get(page(meeting)))
    assert not Adoption.objects.filter(act=designation).exists()


def test_an_act_is_put_on_the_agenda_struck_from_it_and_the_meeting_called_off(
    story: Telling, designation: Act, meeting: Meeting, on: Any, browser: Any
) -> None:
    act = reading(story)
    with on(IN_WINDOW):
        secretary = browser(story.secretary)
        leads = flat(secretary.get(address(act)))
        none = flat(secretary.post(page(meeting, "agenda/")))
        secretary.post(page(meeting, "agenda/"), {"acts": [str(act.public_id)]})
        strike = page(meeting, f"agenda/{designation.public_id}/strike/")
        assert designation.title in flat(secretary.get(strike))
        told = {"reason": "It is urgent."}
        struck = flat(secretary.post(strike, told, follow=True))
        assert secretary.get(strike).status_code == 404
        off = flat(secretary.post(page(meeting, "cancel/"), {"reason": "Snow."}, follow=True))
        sign = flat(browser(members()[0]).get(address(act)))
    assert f'href="{page(meeting)}#add">Put it on the agenda of 4 March 2013</a>' in leads
    assert "Choose an act." in none
    assert "It is urgent." in struck
    assert act.title in struck
    assert "This meeting did not take place." in off
    assert "Snow." in off
    assert "on the agenda of a meeting that was cancelled" in sign
    assert 'type="password"' in sign


def test_minutes_are_corrected_beside_the_earlier_ones(
    story: Telling, on: Any, browser: Any
) -> None:
    act, there = reading(story), members()
    meeting = held({act: tabled()}, by=story.secretary, on=IN_WINDOW, present=there)
    told = {"document": pdf(b"%PDF-1.7 better"), "reason": "A name.", "password": PASSWORD}
    with on(NEXT):
        secretary = browser(story.secretary)
        assert "what was wrong" in flat(secretary.get(page(meeting, "minutes/")))
        shown = flat(secretary.post(page(meeting, "minutes/"), told, follow=True))
        every = flat(secretary.get(MEETINGS))
        left = flat(secretary.get(address(act)))
    assert "It stays before the Committee: another meeting can decide it." in left
    assert "Corrected since" in shown
    assert "A name." in shown
    number = MinutesCorrection.objects.get().seal_id
    assert f'href="{page(meeting, f"minutes/{number}/")}">Corrected minutes</a>' in every
    assert '<span class="tag warn">Tabled</span> <small>to hear counsel first</small>' in every


def test_the_meeting_stands_on_the_calendar_and_members_are_reminded(
    meeting: Meeting, on: Any, browser: Any
) -> None:
    before = Message.objects.count()
    with on(IN_WINDOW):
        calendar = flat(browser(members()[0]).get("/calendar/"))
        write_reminders(None, {}, lambda *_: None)  # type: ignore[arg-type]
    assert "Meeting of the Committee" in calendar
    reminders = Message.objects.filter(subject="Meeting of the Committee: today is the last day")
    assert Message.objects.count() > before
    assert reminders.count() == 4  # three members and the secretary


def test_the_pages_ask_as_often_for_many_acts_and_meetings_as_for_one(
    story: Telling, designation: Act, meeting: Meeting, on: Any, browser: Any
) -> None:
    listing = (DOCKET, MEETINGS, MINUTES, "/", page(meeting), page(meeting, "record/"))
    counts = []
    for is_more in (False, True):
        if is_more:
            at = cast.noon(IN_WINDOW)
            later = open_period(
                start_date=date(2013, 1, 1), end_date=date(2015, 12, 31), by=story.secretary, at=at
            )
            act = propose_act(
                kind="designation",
                request={"period": later.label, "employees": ids(story, "signed")},
                by=story.secretary,
                at=at,
            )
            put_on_agenda(meeting=meeting, acts=[act], by=story.secretary, at=at)
            held(
                {reading(story): tabled()},
                by=story.secretary,
                on=IN_WINDOW,
                present=members(),
            )
        with on(NEXT):
            secretary = browser(story.secretary)
            asked = []
            for one in listing:
                secretary.get(one)
                with CaptureQueriesContext(connection) as captured:
                    assert secretary.get(one).status_code == 200
                asked.append(len(captured))
        counts.append(asked)
    assert counts[0] == counts[1]
