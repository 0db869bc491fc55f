"""Meetings: who is a quorum, what carries, and what follows from it."""

from datetime import date, timedelta

import pytest

from committee.judging import ItemTold
from committee.members import seat_member
from committee.models import (
    Act,
    Adoption,
    Attendance,
    Closing,
    Ending,
    Vote,
)
from ltip.accounts.models import User
from ltip.desk.scenarios.telling import Telling
from ltip.notices.models import Message
from ltip.records import selectors as records
from ltip.rules.outcome import Refused
from participants.awards.models import Designation
from tests import cast
from tests.committee.assembly import (
    called,
    closed,
    held,
    recorded,
    result_of,
    voted,
)
from tests.committee.conftest import AFTER_WINDOW, IN_WINDOW, LAST_DAY, members

pytestmark = pytest.mark.django_db
SOON = IN_WINDOW + timedelta(days=3)


def seated(story: Telling, user: User) -> User:
    seat_member(
        user=user,
        position="member",
        starts_on=date(2013, 1, 1),
        by=story.secretary,
        at=cast.noon(IN_WINDOW),
    )
    return user


def test_what_a_majority_of_a_quorum_carries_is_adopted_on_the_day_of_the_meeting(
    story: Telling, designation: Act
) -> None:
    chair, second, third = members()
    told = voted([chair, second], against=[third], words={third: "Too many at once."})
    meeting = held(
        {designation: told},
        by=story.secretary,
        on=IN_WINDOW,
        present=[chair, second, third],
        certified_at=cast.noon(SOON),
    )
    adoption = Adoption.objects.get(act=designation)
    assert (adoption.procedure, adoption.act_date) == ("meeting", IN_WINDOW)
    assert adoption.recorded_days_later == 3
    assert Designation.objects.get(employee=story.holders["signed"]).designated_on == IN_WINDOW
    assert meeting.closing.outcome == "held"
    content = records.content_of(adoption.seal)
    assert content["procedure"]["steps"][-1]["sentence"] == (
        "For: chair, second. Against: third. Abstaining: nobody. A majority of the 3 present is 2: "
        "carried."
    )
    assert [one["words"] for one in content["procedure"]["voices"]] == ["", "", "Too many at once."]
    assert content["procedure"]["certified_by_who_recorded_it"] is True
    assert content["document"] == meeting.closing.record.document_id
    assert Vote.objects.get(choice="against").words == "Too many at once."
    assert Attendance.objects.filter(meeting=meeting, means="in_person").count() == 3
    assert records.first_fault()[1] is None
    assert records.first_missing_seal() is None


@pytest.mark.parametrize(
    ("present", "outcome", "closing"),
    [(1, "no_quorum", "no_quorum"), (2, "adopted", "held"), (3, "adopted", "held")],
)
def test_one_of_three_is_no_quorum_and_two_are(
    story: Telling, designation: Act, present: int, outcome: str, closing: str
) -> None:
    there = members()[:present]
    told = voted(there) if present > 1 else ItemTold()
    held({designation: told}, by=story.secretary, on=IN_WINDOW, present=there)
    assert result_of(designation) == outcome
    assert Closing.objects.get().outcome == closing
    assert Adoption.objects.filter(act=designation).exists() is (outcome == "adopted")


def test_without_a_quorum_no_vote_is_recorded_and_the_act_stays_before_the_committee(
    story: Telling, designation: Act
) -> None:
    chair = members()[0]
    meeting = called([designation], by=story.secretary, on=IN_WINDOW)
    with pytest.raises(Refused) as refusal:
        recorded(
            meeting,
            by=story.secretary,
            present=[chair],
            items={designation: voted([chair])},
        )
    assert str(refusal.value) == (
        f"P Administration: Act {designation.number}: 1 of the 2 members that a quorum takes were "
        "present: nothing could be decided. Table the act, and put it to another meeting."
    )
    closed(recorded(meeting, by=story.secretary, present=[chair]), by=story.secretary)
    assert cast.sign_all(designation, IN_WINDOW).adopted


@pytest.mark.parametrize(
    ("for_", "against", "abstaining", "carried"),
    [(1, 1, 0, False), (2, 1, 0, True), (1, 2, 0, False), (1, 0, 2, False), (2, 0, 1, True)],
)
def test_a_tie_and_whoever_abstains_do_not_carry(
    story: Telling, designation: Act, for_: int, against: int, abstaining: int, carried: bool
) -> None:
    there = members()[: for_ + against + abstaining]
    told = voted(
        there[:for_],
        against=there[for_ : for_ + against],
        abstaining=there[for_ + against :],
    )
    held({designation: told}, by=story.secretary, on=IN_WINDOW, present=there)
    assert result_of(designation) == ("adopted" if carried else "defeated")
    assert Designation.objects.exists() is carried
    assert Ending.objects.filter(act=designation, reason="defeated").exists() is not carried


def test_a_defeat_is_final_and_says_how_the_votes_fell(story: Telling, designation: Act) -> None:
    chair, second, _ = members()
    told = voted([chair], against=[second], words={second: "The list is not complete."})
    held({designation: told}, by=story.secretary, on=IN_WINDOW, present=[chair, second])
    # The third member was not there.
    told_of = Message.objects.filter(subject="What the Committee decided on 4 March 2013")
    assert [one.recipient_name for one in told_of.order_by("pk")] == ["chair", "second", "third"]
    assert told_of[0].text.endswith(f"\n\nAct {designation.number}, Designations: Defeated")
    ending = Ending.objects.get(act=designation)
    said = (
        "For: chair. Against: second. Abstaining: nobody. A majority of the 2 present is 2: "
        "not carried."
    )
    assert ending.explanation == said
    content = records.content_of(ending.seal)
    assert content["voices"][1]["words"] == "The list is not complete."
    assert content["steps"][-1]["sentence"] == said
    assert ending.seal.legal_date == IN_WINDOW
    over = "is over \\(defeated: a meeting did not carry it\\)"
    with pytest.raises(Refused, match=over):
        cast.sign(designation, chair, cast.noon(SOON))
    with pytest.raises(Refused, match=over):
        called([designation], by=story.secretary, on=SOON)


def test_a_member_with_an_interest_counts_neither_for_the_quorum_nor_the_vote(
    story: Telling, designation: Act
) -> None:
    chair, second, third = members()
    holder = seated(story, story.holders["signed"].user)
    # Four are in office; three count toward the act, of whom two are a quorum.
    meeting = called([designation], by=story.secretary, on=IN_WINDOW)
    present = [chair, holder]
    votes = {designation: voted([chair])}
    with pytest.raises(Refused, match="1 of the 2 members that a quorum takes"):
        recorded(meeting, by=story.secretary, present=present, items=votes)
    present = [chair, second, holder]
    votes = {designation: voted([chair, second, holder])}
    with pytest.raises(Refused, match="signed was not present, or has no vote on this act"):
        recorded(meeting, by=story.secretary, present=present, items=votes)
    votes = {designation: voted([chair, second])}
    closed(recorded(meeting, by=story.secretary, present=present, items=votes), by=story.secretary)
    steps = records.content_of(Adoption.objects.get(act=designation).seal)["procedure"]["steps"]
    assert [step["sentence"] for step in steps[:2]] == [
        "Interested in this act, and not counted toward it: signed.",
        "3 members in office count toward this act; a majority of them is 2.",
    ]


@pytest.mark.parametrize(
    ("held_on", "adopted"),
    [(LAST_DAY - timedelta(days=1), True), (LAST_DAY, True), (AFTER_WINDOW, False)],
)
def test_the_day_of_the_meeting_decides_whether_the_window_was_open(
    story: Telling, designation: Act, held_on: date, adopted: bool
) -> None:
    there = members()
    meeting = called([designation], by=story.secretary, on=held_on)
    votes = {designation: voted(there)}
    record = recorded(
        meeting, by=story.secretary, present=there, items=votes, at=cast.noon(date(2013, 4, 5))
    )
    if adopted:
        closed(record, by=story.secretary)
        assert Adoption.objects.get(act=designation).act_date == held_on
        return
    with pytest.raises(Refused, match=f"^P Eligibility: Act {designation.number} can't be adopted"):
        closed(record, by=story.secretary)
    assert not Closing.objects.exists()
