"""Calling a meeting and keeping its agenda: what is on it is decided there, in its order."""

from datetime import timedelta
from typing import Any

import pytest

from committee.elsewhere import record_consent_elsewhere
from committee.jobs import lapse_acts
from committee.meetings import call_meeting, cancel_meeting, put_on_agenda, strike_from_agenda
from committee.models import (
    Act,
    Adoption,
    ItemResult,
)
from committee.services import decline_act
from ltip.desk.scenarios.telling import Telling
from ltip.notices.models import Message
from ltip.records import selectors as records
from ltip.rules.outcome import Refused
from participants.awards.models import Award
from tests import cast
from tests.committee.assembly import (
    after,
    called,
    closed,
    held,
    reading,
    recorded,
    result_of,
    tabled,
    voted,
)
from tests.committee.conftest import IN_WINDOW, ids, members, propose
from tests.committee.test_elsewhere import told as told_elsewhere

pytestmark = pytest.mark.django_db
SOON = IN_WINDOW + timedelta(days=3)


def test_an_act_on_an_open_agenda_is_decided_there_alone(story: Telling, designation: Act) -> None:
    chair, at = members()[0], cast.noon(IN_WINDOW)
    meeting = called([designation], by=story.secretary, on=SOON, called_at=at)
    said = f"Act {designation.number} is on the agenda of the meeting of 7 March 2013"
    with pytest.raises(Refused, match=said):
        cast.sign(designation, chair, at)
    with pytest.raises(Refused, match=said):
        decline_act(
            act=designation,
            shown_digest=designation.exhibit_digest,
            reason="No.",
            by=chair,
            authentication=cast.proof(chair, at),
            at=at,
        )
    with pytest.raises(Refused, match=said):
        record_consent_elsewhere(**told_elsewhere(story, designation), signed_by=members())
    with pytest.raises(Refused, match=said):
        called([designation], by=story.secretary, on=SOON, called_at=at)
    strike_from_agenda(item=meeting.items.get(), reason="It is urgent.", by=story.secretary, at=at)
    assert cast.sign_all(designation, IN_WINDOW).adopted


def test_a_cancelled_meeting_frees_its_acts_tells_the_members_and_is_over(
    story: Telling, designation: Act
) -> None:
    at = cast.noon(IN_WINDOW)
    meeting = called([designation], by=story.secretary, on=SOON, called_at=at)
    with pytest.raises(Refused, match="called off with the reason"):
        cancel_meeting(meeting=meeting, reason=" ", by=story.secretary, at=at)
    cancel_meeting(meeting=meeting, reason="Snow.", by=story.secretary, at=at)
    assert Message.objects.filter(subject__startswith="Cancelled: the meeting").count() == 3
    with pytest.raises(Refused, match=f"Meeting {meeting.number} was cancelled"):
        recorded(meeting, by=story.secretary, present=members())
    assert cast.sign_all(designation, IN_WINDOW).adopted


def test_the_members_receive_notice_with_the_agenda_and_without_names(
    story: Telling, designation: Act
) -> None:
    at = cast.noon(IN_WINDOW)
    meeting = called([designation], by=story.secretary, on=SOON, called_at=at)
    act = reading(story)
    put_on_agenda(meeting=meeting, acts=[act], by=story.secretary, at=at)
    notices = list(Message.objects.order_by("pk"))
    assert [one.recipient_name for one in notices] == ["chair", "second", "third"] * 2
    assert notices[0].subject == "Meeting of the Committee on 7 March 2013"
    assert notices[0].text == (
        "The Committee meets on 7 March 2013, 14:00 UTC.\n\nPlace: Room 4\n\nLunch is served.\n\n"
        f"Agenda:\n1. Act {designation.number}, Designations\n\n"
        "Each act stands under “To decide” in the Long Term Incentive Program."
    )
    assert f"2. Act {act.number}, Readings" in notices[3].text
    assert records.content_of(meeting.seal)["days_of_notice"] == 3


def test_a_meeting_is_called_before_it_begins_to_a_place_and_its_agenda_ends_with_its_day(
    story: Telling, designation: Act
) -> None:
    begins_at = cast.noon(IN_WINDOW)
    told: dict[str, Any] = {"place": "Room 4", "by": story.secretary, "begins_at": begins_at}
    with pytest.raises(Refused, match="A meeting is called before it begins"):
        call_meeting(**told, at=begins_at + timedelta(seconds=1))
    with pytest.raises(Refused, match="A meeting is called to a place"):
        call_meeting(**told | {"place": " "}, at=begins_at)
    meeting = call_meeting(**told, at=begins_at)
    with pytest.raises(Refused, match="The meeting of 4 March 2013 is over"):
        put_on_agenda(
            meeting=meeting,
            acts=[designation],
            by=story.secretary,
            at=begins_at + timedelta(days=1),
        )
    early = called([], by=story.secretary, on=SOON, called_at=begins_at)
    with pytest.raises(Refused, match="has not begun yet"):
        recorded(early, by=story.secretary, present=members(), at=begins_at)


def test_a_tabled_act_waits_without_lapsing_and_a_later_meeting_adopts_it(
    story: Telling, on: Any
) -> None:
    act, there = reading(story), members()
    meeting = called([act], by=story.secretary, on=IN_WINDOW)
    with pytest.raises(Refused, match=f"Act {act.number}: An act is tabled with the reason"):
        recorded(meeting, by=story.secretary, present=there, items={act: tabled(" ")})
    with pytest.raises(Refused, match="There was a quorum: say what the meeting decided"):
        recorded(meeting, by=story.secretary, present=there)
    record = recorded(meeting, by=story.secretary, present=there, items={act: tabled()})
    closed(record, by=story.secretary)
    assert result_of(act) == "tabled"
    seal = ItemResult.objects.get().seal
    assert seal.kind == "committee.act.tabled"
    assert records.content_of(seal)["reason"] == "to hear counsel first"
    much_later = IN_WINDOW + timedelta(days=90)  # the time for its written consent is over
    with on(much_later):
        assert lapse_acts(None, {}, lambda *_: None) == ""  # type: ignore[arg-type]
    votes = {act: voted(there)}
    held(votes, by=story.secretary, on=much_later, present=there)
    assert Adoption.objects.get(act=act).act_date == much_later


def test_the_grants_follow_the_designation_in_the_order_of_the_agenda(
    story: Telling, designation: Act
) -> None:
    there = members()
    line = {"employee": ids(story, "signed")[0], "shares": 300}
    grant = propose(story, "grant", awards=[line])
    votes = {act: voted(there) for act in (grant, designation)}
    first = called([grant, designation], by=story.secretary, on=IN_WINDOW)
    record = recorded(first, by=story.secretary, present=there, items=votes)
    with pytest.raises(Refused, match=f"^P Grants: Act {grant.number} can't be adopted"):
        closed(record, by=story.secretary)
    item = first.items.get(act=grant)
    strike_from_agenda(item=item, reason="Put it last.", by=story.secretary, at=after(first))
    put_on_agenda(meeting=first, acts=[grant], by=story.secretary, at=after(first))
    record = recorded(first, by=story.secretary, present=there, items=votes)
    closed(record, by=story.secretary)
    assert Award.objects.get().seal == Adoption.objects.get(act=grant).seal
