"""The receipts of what holders sign: made by a job after the seal, from the seal, stored once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ltip import clock
from ltip.accounts.models import User
from ltip.jobs.models import Job, JobState
from ltip.jobs.services import Report, request_job
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Seal
from ltip.records.selectors import company, content_of
from participants.papers.models_signing import Receipt
from participants.papers.receipt_words import TOLD, render_receipt
from participants.people.models import Employee

RECEIPT_JOB = "participants.make_receipt"


@transaction.atomic
def request_receipt(seal: Seal, *, by: User, at: datetime) -> None:
    """Ask for the receipt, unless somebody has: the page does after a signature, or whoever looks
    for it first."""
    lock(f"receipt of record {seal.number}")
    if not Job.objects.filter(occasion=_occasion(seal.number)).exists():
        request_job(
            kind=RECEIPT_JOB,
            arguments={"seal": seal.number},
            by=by,
            at=at,
            occasion=_occasion(seal.number),
        )


def sealed_by_holder(number: int) -> Seal | None:
    """The seal of that number, if it is of something that a holder signed with a proof of
    identity; what others recorded for a holder has no receipt."""
    seal = Seal.objects.filter(number=number, kind__in=TOLD).first()
    return seal if seal and "method" in content_of(seal) else None


def is_signed_by(seal: Seal, user_id: UUID) -> bool:
    """Whether that user signed it."""
    return seal.actor == str(user_id)


def signer_of(seal: Seal) -> Employee | None:
    """The employee who signed it."""
    return Employee.objects.filter(user__public_id=seal.actor).first()


def receipt_of(seal: Seal) -> Receipt | None:
    """The receipt, once it is made."""
    return Receipt.objects.filter(seal=seal).select_related("document").first()


def receipt_failed(seal: Seal) -> bool:
    """Whether the job that makes it gave up."""
    return Job.objects.filter(occasion=_occasion(seal.number), state=JobState.FAILED).exists()


def make_receipt(number: int, report: Report) -> Receipt:
    """Set and store the receipt of a seal, or give back the one it has. Safe to call twice."""
    seal = Seal.objects.get(number=number)
    made = receipt_of(seal)
    if made:
        return made
    issuer = company()
    content = render_receipt(seal, company=issuer.name if issuer else "")
    with transaction.atomic():
        lock(f"receipt of record {number}")
        made = receipt_of(seal)
        if made:
            return made
        at = clock.now()
        document = records.store_document(
            content=content,
            name=f"receipt-of-record-{number}.pdf",
            media_type="application/pdf",
            at=at,
        )
        made = Receipt.objects.create(seal=seal, document=document, made_at=at)
    report(1, 1)
    return made


def _occasion(number: int) -> str:
    return f"{RECEIPT_JOB} {number}"
