"""The secretary's record of a meeting: attendance, votes, results and minutes, to be certified."""

from datetime import datetime

from django.db import transaction

from committee import agenda
from committee.adopting import PLACE
from committee.judging import Judgement, MeetingTold, content_of_judgement, judge
from committee.meetings import require_open_meeting
from committee.models import Meeting, MeetingRecord
from ltip.accounts.models import User
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.outcome import Refused


@transaction.atomic
def record_meeting(
    *,
    meeting: Meeting,
    told: MeetingTold,
    document: Document | None,
    by: User,
    at: datetime,
) -> MeetingRecord:
    """Record what happened at a meeting; nothing follows from it before it is certified.

    A later record takes the place of an earlier one. Refuses a meeting that has not begun, one
    that is closed, what `judge` refuses, and a meeting with a quorum but without its minutes
    (rulebook 5.5).
    """
    lock("committee")
    require_open_meeting(meeting)
    if at < meeting.begins_at:
        raise Refused(f"The meeting of {day_text(meeting.held_on)} has not begun yet.", place=PLACE)
    judgement = judge(meeting, list(agenda.items_to_decide(meeting).select_related("act")), told)
    _require_minutes(judgement, document)
    content = content_of_judgement(judgement, digests_of(judgement))
    text = canonical_text({**content, "minutes": document.digest if document else ""})
    number = meeting.records.count() + 1
    seal = records.seal(
        kind="committee.meeting.recorded",
        content={
            "meeting": meeting.number,
            "number": number,
            "record": digest_of(text),
            "minutes": document.digest if document else "",
        },
        by=by,
        at=at,
    )
    return MeetingRecord.objects.create(
        meeting=meeting,
        number=number,
        content=text,
        digest=digest_of(text),
        document=document,
        recorded_by=by,
        recorded_at=at,
        seal=seal,
    )


def digests_of(judgement: Judgement) -> dict[int, str]:
    """The digest of each act's exhibit with the text as it stands, by the act's key."""
    return {one.item.act_id: one.item.act.exhibit_digest for one in judgement.items}


def _require_minutes(judgement: Judgement, document: Document | None) -> None:
    if document is None and judgement.had_quorum:
        raise Refused("A meeting is recorded with its minutes, as a PDF.", place=PLACE)
    if document is not None and document.media_type != "application/pdf":
        raise Refused("The minutes are a PDF.", place=PLACE)
