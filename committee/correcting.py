"""Putting other minutes in the place of wrong ones, once a meeting is closed."""

from datetime import datetime

from django.db import transaction

from committee.adopting import PLACE, told_of_proof
from committee.models import Closing, Meeting, MinutesCorrection
from ltip.accounts.models import Authentication, User
from ltip.accounts.services import use_authentication
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.outcome import Refused


@transaction.atomic
def correct_minutes(
    *,
    meeting: Meeting,
    document: Document,
    reason: str,
    by: User,
    authentication: Authentication,
    at: datetime,
) -> MinutesCorrection:
    """Put corrected minutes in the place of the last ones, naming them and saying why.

    What the meeting decided stands (rulebook 5.6): only a later act can decide otherwise. Refuses
    a meeting that is not closed, or was cancelled, a correction without a reason, and the same
    minutes again.
    """
    lock("committee")
    closing = Closing.objects.filter(meeting=meeting).select_related("record").first()
    if closing is None or closing.record is None:
        raise Refused(f"Meeting {meeting.number} has no certified minutes.", place=PLACE)
    if document.media_type != "application/pdf":
        raise Refused("The minutes are a PDF.", place=PLACE)
    if not reason.strip():
        raise Refused("A correction says why.", place=PLACE)
    last = meeting.corrections.filter(superseded_by__isnull=True).first()
    before = last.document_id if last else closing.record.document_id
    if document.pk == before:
        raise Refused("These are the minutes that are on record already.", place=PLACE)
    use = use_authentication(
        authentication=authentication, by=by, purpose=f"minutes of {meeting.number}", at=at
    )
    seal = records.seal(
        kind="committee.meeting.minutes_corrected",
        content={
            "meeting": meeting.number,
            "supersedes": last.seal_id if last else closing.seal_id,
            "minutes_before": before or "",
            "minutes": document.digest,
            "reason": reason,
            **told_of_proof(use),
        },
        by=by,
        at=at,
    )
    return MinutesCorrection.objects.create(
        meeting=meeting,
        document=document,
        reason=reason,
        supersedes=last,
        corrected_by=by,
        corrected_at=at,
        authentication_use=use,
        seal=seal,
    )
