"""Certifying the record of a meeting: what it decided takes effect, and it closes, once."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from committee import adopting, agenda, summons
from committee.adopting import PLACE
from committee.counting import whole_bench
from committee.exhibits import exhibit_of
from committee.judging import (
    Judged,
    Judgement,
    content_of_judgement,
    judge,
    steps_told,
    told_again,
    voices_told,
)
from committee.meetings import require_open_meeting
from committee.models import (
    Adoption,
    AgendaItem,
    Attendance,
    Closing,
    Ending,
    ItemResult,
    Meeting,
    MeetingRecord,
    Membership,
    Vote,
)
from committee.protocol import kind_named
from committee.recording import digests_of
from ltip import clock
from ltip.accounts.models import Authentication, AuthenticationUse, Role, User
from ltip.accounts.selectors import roles_of
from ltip.accounts.services import use_authentication
from ltip.records import services as records
from ltip.records.locks import lock, taken_together
from ltip.records.models import Seal
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused

WORDS_OF_CERTIFICATION = (
    "I have read this record and its minutes, and I certify who was present, how each voted and "
    "what the meeting decided."
)
Outcome = ItemResult.Outcome


@transaction.atomic
def close_meeting(
    *, meeting: Meeting, shown_digest: str, by: User, authentication: Authentication, at: datetime
) -> Closing:
    """Certify the record of a meeting: adopt, defeat or table each act, seal all, and close it.

    Acts are dated by the meeting's day (rulebook 1.4), and their exhibits and checks are made
    again as of it, in the order of the agenda; one that is stale or fails refuses the whole.
    The secretary certifies, or the chair of that day who was present (rulebook 5.5).
    """
    items = _lock(meeting)
    require_open_meeting(meeting)
    record = meeting.records.order_by("-number").first()
    if record is None:
        raise Refused("The meeting is not recorded yet.", place=PLACE)
    if shown_digest != record.digest:
        raise Refused(
            "The meeting was recorded anew after your page was made; nothing is certified.",
            place=PLACE,
            remedy="Open the meeting again and read the record.",
        )
    judgement = _judged_again(meeting, record, items)
    _require_may_certify(judgement, by, at)
    use = use_authentication(
        authentication=authentication, by=by, purpose=f"closing meeting {meeting.number}", at=at
    )
    with taken_together():
        for one in judgement.items:
            kind_named(one.item.act.kind).lock(adopting.request_of(one.item.act))
    decided = [(one, _decide(one, judgement, record, use, by=by, at=at)) for one in judgement.items]
    seal = _seal(judgement, record, decided, use, by=by, at=at)
    _keep(judgement, decided, seal)
    results = [(one.item.act, str(one.outcome.label)) for one in judgement.items]
    members = judgement.whole.members.values()
    summons.tell_of_results(meeting, results, members, by=by, at=at)
    return Closing.objects.create(
        meeting=meeting,
        outcome=Closing.Outcome.HELD if judgement.had_quorum else Closing.Outcome.NO_QUORUM,
        record=record,
        words=WORDS_OF_CERTIFICATION,
        authentication_use=use,
        closed_by=by,
        closed_at=at,
        zone=by.time_zone,
        seal=seal,
    )


def may_certify(user: User, *, is_secretary: bool, chair_present: int | None) -> bool:
    """Whether a user certifies a meeting: the secretary, or the chair who was there."""
    return is_secretary or user.pk == chair_present


def _lock(meeting: Meeting) -> list[AgendaItem]:
    """The items to decide, locked; what is put or struck meanwhile waits for the same lock."""
    acts = agenda.items_to_decide(meeting).values_list("act_id", flat=True)
    lock(*[f"act:{key}" for key in acts], "committee")
    return list(agenda.items_to_decide(meeting).select_related("act__opened_by"))


def _judged_again(meeting: Meeting, record: MeetingRecord, items: list[AgendaItem]) -> Judgement:
    """The judgement as of now; refused where it is another than the one that was recorded."""
    content = json.loads(record.content)
    acts = {item.act.number: item.act_id for item in items}
    bench = whole_bench(on=meeting.held_on)
    judgement = judge(meeting, items, told_again(content, bench, acts))
    again = content_of_judgement(judgement, digests_of(judgement))
    if {**again, "minutes": content["minutes"]} != content:
        raise Refused(
            "Since the meeting was recorded, its agenda, the text of an act or what is on record "
            "about its members has changed.",
            place=PLACE,
            remedy="The secretary records the meeting again.",
        )
    return judgement


def _require_may_certify(judgement: Judgement, by: User, at: datetime) -> None:
    chair = next(
        (
            key
            for key, member in judgement.whole.members.items()
            if member.position == Membership.Position.CHAIR and key in judgement.told.present
        ),
        None,
    )
    is_secretary = Role.SECRETARY in roles_of(by, clock.legal_date(at))
    if not may_certify(by, is_secretary=is_secretary, chair_present=chair):
        raise Refused(
            "The secretary certifies what a meeting decided, or the chair who was present.",
            place=PLACE,
        )


def _decide(
    one: Judged,
    judgement: Judgement,
    record: MeetingRecord,
    use: AuthenticationUse,
    *,
    by: User,
    at: datetime,
) -> Seal:
    """Let an act become what the meeting made of it; the seal says so."""
    told = _told(one, judgement, record, use, by)
    meeting, act = judgement.meeting, one.item.act
    if one.outcome == Outcome.ADOPTED:
        return _adopt(one, judgement, record, told, by=by, at=at).seal
    if one.outcome == Outcome.DEFEATED:
        ending = adopting.end(
            act,
            Ending.Reason.DEFEATED,
            one.tally.steps[-1].sentence,
            by=by,
            at=at,
            told={**told, "steps": steps_told(one.tally)},
            legal_date=meeting.held_on,
        )
        return ending.seal
    return records.seal(
        kind=f"committee.act.{'tabled' if one.outcome == Outcome.TABLED else 'undecided'}",
        content={
            "act": act.number,
            "reason": one.told.reason,
            "steps": steps_told(one.tally),
            **told,
        },
        by=by,
        at=at,
        legal_date=meeting.held_on,
    )


def _adopt(
    one: Judged,
    judgement: Judgement,
    record: MeetingRecord,
    told: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
) -> Adoption:
    act, day = one.item.act, judgement.meeting.held_on
    kind, exhibit = kind_named(act.kind), exhibit_of(act)
    changes = adopting.changes_since(act, kind, on=day)
    if changes:
        raise Refused(
            f"Act {act.number} can't be adopted, for its exhibit says otherwise as of "
            f"{day_text(day)}: {' '.join(changes)}",
            place=PLACE,
            remedy="Withdraw it, record the meeting again without it, and put it anew under its "
            "own date.",
        )
    for check in adopting.failing(kind.checks(exhibit, on=day)):
        raise Refused(
            f"Act {act.number} can't be adopted: {check.sentence}",
            place=check.place,
            remedy="Withdraw it, and record the meeting again without it.",
        )
    way = adopting.Way(
        procedure=Adoption.Procedure.MEETING,
        name=f"at the meeting of {day_text(day)}",
        tally=one.tally,
        told=told,
        document=record.document,
    )
    return adopting.adopt(act, kind, exhibit, way=way, act_date=day, by=by, at=at)


def _told(
    one: Judged, judgement: Judgement, record: MeetingRecord, use: AuthenticationUse, by: User
) -> dict[str, Any]:
    """What the seal of an act keeps of the meeting that decided on it."""
    meeting = judgement.meeting
    return {
        "meeting": {
            "number": meeting.number,
            "id": str(meeting.public_id),
            "held_on": meeting.held_on,
            "begins_at": meeting.begins_at,
            "place": meeting.place,
            "record": record.digest,
        },
        "voices": voices_told(one, judgement.told.present),
        "recorded_by": record.recorded_by.name,
        "certified_by": by.name,
        "certified_by_who_recorded_it": record.recorded_by_id == by.pk,
        **adopting.told_of_proof(use),
    }


def _seal(
    judgement: Judgement,
    record: MeetingRecord,
    decided: list[tuple[Judged, Seal]],
    use: AuthenticationUse,
    *,
    by: User,
    at: datetime,
) -> Seal:
    return records.seal(
        kind="committee.meeting.closed",
        content={
            "meeting": judgement.meeting.number,
            "record": record.digest,
            "content": json.loads(record.content),
            "results": [
                {"act": one.item.act.number, "outcome": one.outcome.value, "record": seal.number}
                for one, seal in decided
            ],
            "words": WORDS_OF_CERTIFICATION,
            "zone": by.time_zone,
            "recorded_by": record.recorded_by.name,
            "certified_by_who_recorded_it": record.recorded_by_id == by.pk,
            **adopting.told_of_proof(use),
        },
        by=by,
        at=at,
    )


def _keep(judgement: Judgement, decided: list[tuple[Judged, Seal]], closed: Seal) -> None:
    """The rows that pages read: who was there, each result, each vote."""
    members = judgement.whole.members
    Attendance.objects.bulk_create(
        Attendance(meeting=judgement.meeting, membership=members[key], means=means, seal=closed)
        for key, means in judgement.told.present.items()
    )
    ItemResult.objects.bulk_create(
        ItemResult(item=one.item, outcome=one.outcome, reason=one.told.reason, seal=seal)
        for one, seal in decided
    )
    Vote.objects.bulk_create(
        Vote(
            act=one.item.act,
            membership=members[key],
            choice=choice,
            words=one.told.words.get(key, ""),
            seal=seal,
        )
        for one, seal in decided
        for key, choice in one.told.votes.items()
    )
