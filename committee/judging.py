"""What follows from a meeting as it is told: who counted, the quorum, and each act's result.

The same facts give the same judgement: it is made when the secretary records a meeting, and again
when the record is certified.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from committee.adopting import PLACE
from committee.counting import Bench, benches, whole_bench
from committee.models import AgendaItem, ItemResult, Meeting
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Outcome, Refused
from ltip.rules.procedure import Tally

VOTED, TABLED = "voted", "tabled"
CONTENT_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class ItemTold:
    """What the secretary says of an act on the agenda, members by the keys of their users.

    `decision` is empty where the meeting did not decide on the act.
    """

    decision: str = ""
    votes: Mapping[int, str] = field(default_factory=dict)
    words: Mapping[int, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MeetingTold:
    """What the secretary says of a meeting: the means of those present, and its items by act."""

    present: Mapping[int, str]
    items: Mapping[int, ItemTold]


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with its result, and the count that led to it."""

    item: AgendaItem
    told: ItemTold
    bench: Bench
    outcome: ItemResult.Outcome
    tally: Outcome[Tally]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A meeting with the members of its day, its quorum and the results of its items."""

    meeting: Meeting
    told: MeetingTold
    whole: Bench
    quorum: Outcome[Tally]
    items: tuple[Judged, ...]

    @property
    def had_quorum(self) -> bool:
        """Whether there was a quorum for anything at all."""
        decided = (one.outcome != ItemResult.Outcome.NO_QUORUM for one in self.items)
        return self.quorum.value.reached or any(decided)


def judge(meeting: Meeting, items: Sequence[AgendaItem], told: MeetingTold) -> Judgement:
    """Judge a meeting by the members in office and the readings of its day (rulebook 5.5).

    Quorum and majority are counted act by act, since a member with an interest in an act counts
    toward the others. Refuses somebody present who was not in office, words of somebody who was
    not there, votes without a quorum or that the rules refuse, and an act of which nothing is said
    though there was a quorum.
    """
    whole = whole_bench(on=meeting.held_on)
    if set(told.present) - set(whole.members):
        raise Refused(
            f"Somebody is said to be present who was not in office on {day_text(meeting.held_on)}.",
            place=PLACE,
        )
    before = benches([item.act for item in items], whole=whole)
    return Judgement(
        meeting=meeting,
        told=told,
        whole=whole,
        quorum=whole.quorum(told.present),
        items=tuple(_judged(item, before[item.act_id], told) for item in items),
    )


def _judged(item: AgendaItem, bench: Bench, told: MeetingTold) -> Judged:
    said = told.items.get(item.act_id, ItemTold())
    try:
        outcome, tally = _result(bench, told.present, said)
    except Refused as refusal:
        raise Refused(
            f"Act {item.act.number}: {refusal.reason}", place=refusal.place, remedy=refusal.remedy
        ) from refusal
    return Judged(item=item, told=said, bench=bench, outcome=outcome, tally=tally)


def _result(
    bench: Bench, present: Mapping[int, str], said: ItemTold
) -> tuple[ItemResult.Outcome, Outcome[Tally]]:
    if set(said.words) - set(present):
        raise Refused("Only who was present has words on record.", place=PLACE)
    if said.decision == VOTED:
        vote = bench.vote(present, said.votes)
        carried = vote.value.reached
        return (ItemResult.Outcome.ADOPTED if carried else ItemResult.Outcome.DEFEATED), vote
    if said.votes:
        raise Refused("Votes are recorded, and yet it was not voted on.", place=PLACE)
    quorum = bench.quorum(present)
    if not quorum.value.reached:
        return ItemResult.Outcome.NO_QUORUM, quorum
    if said.decision != TABLED:
        raise Refused("There was a quorum: say what the meeting decided.", place=PLACE)
    if not said.reason.strip():
        raise Refused("An act is tabled with the reason.", place=PLACE)
    return ItemResult.Outcome.TABLED, quorum


def content_of_judgement(judgement: Judgement, digests: Mapping[int, str]) -> dict[str, Any]:
    """What is recorded of a meeting, in canonical values; `digests` are those of the texts."""
    return {
        "schema": CONTENT_SCHEMA,
        "meeting": judgement.meeting.number,
        "held_on": judgement.meeting.held_on.isoformat(),
        "had_quorum": judgement.had_quorum,
        "quorum": steps_told(judgement.quorum),
        "members": [
            {**_member(judgement.whole, key), "means": judgement.told.present.get(key, "")}
            for key in judgement.whole.members
        ],
        "items": [
            {
                "act": one.item.act.number,
                "act_id": str(one.item.act.public_id),
                "exhibit": digests[one.item.act_id],
                "decision": one.told.decision,
                "outcome": one.outcome.value,
                "reason": one.told.reason,
                "interested": [_member(one.bench, key) for key in one.bench.left_out],
                "voices": voices_told(one, judgement.told.present),
                "steps": steps_told(one.tally),
            }
            for one in judgement.items
        ],
    }


def voices_told(judged: Judged, present: Mapping[int, str]) -> list[dict[str, str]]:
    """Each member present, the chair first, with the vote and the words on an act."""
    return [
        {
            **_member(judged.bench, key),
            "means": present[key],
            "vote": str(judged.told.votes.get(key, "")),
            "words": judged.told.words.get(key, ""),
        }
        for key in judged.bench.members
        if key in present
    ]


def steps_told(outcome: Outcome[Tally]) -> list[dict[str, str]]:
    """The steps of a count, as a record keeps them."""
    return [
        {"sentence": step.sentence, "figure": step.figure, "place": step.place}
        for step in outcome.steps
    ]


def told_again(content: Mapping[str, Any], bench: Bench, acts: Mapping[str, int]) -> MeetingTold:
    """What the secretary said, from what was recorded; `acts` are their keys by number."""
    keys = {str(member.user.public_id): key for key, member in bench.members.items()}
    for member in content["members"]:
        if member["member"] not in keys:
            raise Refused(
                f"{member['name']} is no longer on record as in office on that day.",
                place=PLACE,
                remedy="The secretary records the meeting again.",
            )
    return MeetingTold(
        present={keys[one["member"]]: one["means"] for one in content["members"] if one["means"]},
        items={
            acts[item["act"]]: ItemTold(
                decision=item["decision"],
                votes={keys[one["member"]]: one["vote"] for one in item["voices"] if one["vote"]},
                words={keys[one["member"]]: one["words"] for one in item["voices"] if one["words"]},
                reason=item["reason"],
            )
            for item in content["items"]
            if item["act"] in acts
        },
    )


def _member(bench: Bench, key: int) -> dict[str, str]:
    member = bench.members[key]
    return {
        "member": str(member.user.public_id),
        "name": member.user.name,
        "position": member.position,
    }
