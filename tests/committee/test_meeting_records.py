"""The record of a meeting is certified once, as it was shown, and its minutes corrected by name."""

from datetime import timedelta
from typing import Any

import pytest

from committee.correcting import correct_minutes
from committee.judging import MeetingTold
from committee.members import end_term
from committee.models import (
    Act,
    Adoption,
    ItemResult,
    Meeting,
    MinutesCorrection,
)
from committee.paper_jobs import sealed_act
from committee.papers import render_paper
from committee.recording import record_meeting
from committee.revising import revise_resolution
from committee.services import withdraw_act
from ltip.desk.scenarios.telling import Telling
from ltip.records import selectors as records
from ltip.records.services import store_document
from ltip.rules.outcome import Refused
from participants.people.services import end_service
from tests import cast
from tests.committee.assembly import (
    after,
    called,
    closed,
    held,
    minutes,
    reading,
    recorded,
    result_of,
    voted,
)
from tests.committee.conftest import IN_WINDOW, members
from tests.committee.test_package import unpacked, verify
from tests.committee.test_papers import words_of

pytestmark = pytest.mark.django_db
SOON = IN_WINDOW + timedelta(days=3)


def test_a_stale_exhibit_refuses_the_whole_and_the_rest_is_adopted_once_it_is_withdrawn(
    story: Telling, designation: Act
) -> None:
    there, other = members(), reading(story)
    meeting = called([other, designation], by=story.secretary, on=IN_WINDOW)
    votes = {act: voted(there) for act in (designation, other)}
    record = recorded(meeting, by=story.secretary, present=there, items=votes)
    end_service(
        employee=story.holders["unsigned"],
        ended_on=IN_WINDOW,
        reason="resignation",
        by=story.secretary,
        at=after(meeting),
    )
    with pytest.raises(Refused, match="it now says “service ended 4 March 2013”"):
        closed(record, by=story.secretary)
    assert not Adoption.objects.filter(act=other).exists()
    withdraw_act(act=designation, explanation="He left.", by=story.secretary, at=after(meeting))
    with pytest.raises(Refused, match="Since the meeting was recorded, its agenda"):
        closed(record, by=story.secretary)
    del votes[designation]
    again = recorded(meeting, by=story.secretary, present=there, items=votes)
    closed(again, by=story.secretary)
    assert result_of(other) == "adopted"
    assert not ItemResult.objects.filter(item__act=designation).exists()


def test_what_was_voted_on_is_the_text_that_stands_and_the_members_of_that_day(
    story: Telling, designation: Act
) -> None:
    there = members()
    meeting = called([designation], by=story.secretary, on=IN_WINDOW)
    votes = {designation: voted(there)}
    record = recorded(meeting, by=story.secretary, present=there, items=votes)
    revise_resolution(
        act=designation,
        text=[
            "RESOLVED, that the {participants} named take part from {period_start} to {period_end}."
        ],
        shown_digest=designation.exhibit_digest,
        is_meant=True,
        by=story.secretary,
        at=after(meeting),
    )
    with pytest.raises(Refused, match="the text of an act"):
        closed(record, by=story.secretary)
    record = recorded(meeting, by=story.secretary, present=there, items=votes)
    end_term(
        user=there[2], ends_on=IN_WINDOW - timedelta(days=1), by=story.secretary, at=after(meeting)
    )
    with pytest.raises(Refused, match="third is no longer on record as in office on that day"):
        closed(record, by=story.secretary)


def test_the_secretary_or_the_chair_who_was_there_certifies_what_was_shown_and_once(
    story: Telling,
) -> None:
    act, (chair, second, third) = reading(story), members()
    meeting = called([act], by=story.secretary, on=IN_WINDOW)
    votes = {act: voted([second, third])}
    without_chair = recorded(meeting, by=story.secretary, present=[second, third], items=votes)
    for nobody in (chair, second):
        with pytest.raises(Refused, match="or the chair who was present"):
            closed(without_chair, by=nobody)
    votes = {act: voted([chair, second])}
    record = recorded(meeting, by=story.secretary, present=[chair, second], items=votes)
    with pytest.raises(Refused, match="The meeting was recorded anew after your page was made"):
        closed(without_chair, by=story.secretary)
    closing = closed(record, by=chair)
    content = records.content_of(closing.seal)
    assert content["certified_by_who_recorded_it"] is False
    assert content["results"] == [
        {"act": act.number, "outcome": "adopted", "record": Adoption.objects.get(act=act).seal_id}
    ]
    assert (content["method"], content["address"]) == ("password", "192.0.2.7")
    with pytest.raises(Refused, match="is closed, and what it decided is conclusive"):
        closed(record, by=chair)
    with pytest.raises(Refused, match="is closed, and what it decided is conclusive"):
        recorded(meeting, by=story.secretary, present=[chair])


def test_a_meeting_with_a_quorum_is_recorded_with_its_minutes_as_a_pdf(story: Telling) -> None:
    meeting = called([], by=story.secretary, on=IN_WINDOW)
    at = after(meeting)
    there = {user.pk: "video" for user in members()}
    told = MeetingTold(present=there, items={})
    about: dict[str, Any] = {"meeting": meeting, "by": story.secretary, "at": at}
    with pytest.raises(Refused, match="A meeting is recorded with its minutes"):
        record_meeting(**about, told=told, document=None)
    picture = store_document(content=b"1", name="minutes.png", media_type="image/png", at=at)
    with pytest.raises(Refused, match="The minutes are a PDF"):
        record_meeting(**about, told=told, document=picture)
    stranger = MeetingTold(present={story.secretary.pk: "video"}, items={})
    with pytest.raises(Refused, match="said to be present who was not in office on 4 March 2013"):
        record_meeting(**about, told=stranger, document=None)
    alone = MeetingTold(present=dict(list(there.items())[:1]), items={})
    closed(record_meeting(**about, told=alone, document=None), by=story.secretary)
    assert Meeting.objects.get().closing.outcome == "no_quorum"


def test_corrected_minutes_name_those_they_supersede_and_what_was_decided_stands(
    story: Telling,
) -> None:
    act, there = reading(story), members()
    votes = {act: voted(there)}
    meeting = held(votes, by=story.secretary, on=IN_WINDOW, present=there)
    at = cast.noon(SOON)

    def correct(content: bytes, reason: str = "A name was wrong.") -> MinutesCorrection:
        return correct_minutes(
            meeting=meeting,
            document=minutes(at, content),
            reason=reason,
            by=story.secretary,
            authentication=cast.proof(story.secretary, at),
            at=at,
        )

    with pytest.raises(Refused, match="on record already"):
        correct(b"%PDF-1.7 minutes")
    with pytest.raises(Refused, match="A correction says why"):
        correct(b"%PDF-1.7 better", reason=" ")
    first, second = correct(b"%PDF-1.7 better"), correct(b"%PDF-1.7 best")
    assert second.supersedes == first
    told = records.content_of(second.seal)
    assert (told["supersedes"], told["minutes_before"]) == (first.seal_id, first.document_id)
    assert records.content_of(first.seal)["supersedes"] == meeting.closing.seal_id
    assert Adoption.objects.get(act=act).document_id == meeting.closing.record.document_id


def test_the_paper_and_the_package_of_an_act_tell_of_its_meeting(
    story: Telling, designation: Act, tmp_path: Any
) -> None:
    chair, second, third = members()
    told = voted([chair, second], abstaining=[third], words={third: "Too many."})
    held({designation: told}, by=story.secretary, on=IN_WINDOW, present=[chair, second, third])
    words = words_of(render_paper(sealed_act(Adoption.objects.get(act=designation))))
    assert "Adopted at the meeting of 4 March 2013, certified on 4 March 2013." in words
    assert "third Voted: abstaining Present: In person On record: “Too many.”" in words
    assert "Certified the votes Certified 4 March 2013, 15:00:00 UTC" in words
    folder = unpacked(designation, tmp_path)
    assert verify(folder).returncode == 0
