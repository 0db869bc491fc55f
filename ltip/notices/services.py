"""Writing messages, recording notices that were given, and deciding about those in doubt."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from ltip import clock
from ltip.accounts.models import User
from ltip.accounts.services import SYSTEM
from ltip.notices.models import DoubtDecision, GivenNotice, Message
from ltip.notices.selectors import is_in_doubt
from ltip.records import services as records
from ltip.records.encryption import encrypt, fingerprint, rotate
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.outcome import Refused

PLACE = "GA §18"
Means, State = Message.Means, Message.State


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person by public identifier and name, with the address on record for the means used."""

    public_id: str
    name: str
    address: str


def write_message(
    *,
    to: Recipient,
    subject: str,
    text: str,
    why: str,
    by: User | None,
    at: datetime,
    occasion: str | None = None,
) -> Message | None:
    """Write an e-mail that the timetable's next job sends; nothing leaves before the commit.

    Returns None where a message of that occasion was written before: it is never made twice.
    """
    if "\n" in subject or "\r" in subject:
        raise Refused("A subject is one line.", place=PLACE)
    if not to.address:
        raise Refused(
            f"No e-mail address of {to.name} is on record.",
            place=PLACE,
            remedy="Record one first.",
        )
    if occasion is not None and Message.objects.filter(occasion=occasion).exists():
        return None
    try:
        with transaction.atomic():
            return Message.objects.create(
                **_addressed(to, Means.EMAIL),
                subject=subject,
                text=text,
                why=why,
                occasion=occasion,
                written_by=by,
                written_at=at,
            )
    except IntegrityError:
        return None  # another process wrote it at the same moment


@transaction.atomic
def record_certified_mail(
    *,
    to: Recipient,
    number: str,
    posted_on: date,
    subject: str,
    text: str,
    document: Document | None,
    by: User,
    at: datetime,
) -> GivenNotice:
    """Record a letter sent by certified mail, which counts as given when posted (GA §18)."""
    today = clock.legal_date(at)
    if posted_on > today:
        raise Refused(f"{day_text(posted_on)} has not come yet.", place=PLACE)
    if not to.address:
        raise Refused(
            f"No postal address of {to.name} is on record.",
            place=PLACE,
            remedy="Record the address first.",
        )
    message = Message.objects.create(
        **_addressed(to, Means.CERTIFIED_MAIL),
        subject=subject,
        text=text,
        why="certified mail",
        state=State.GIVEN,
        written_by=by,
        written_at=at,
    )
    return _give(message, posted_on, at, number=number, document=document, by=by, at=at)


@transaction.atomic
def record_given(*, message: Message, at: datetime) -> GivenNotice | None:
    """Record that a marked message was handed over; None where it is no longer this attempt's."""
    if message.handed_over_at is None or not _leave_doubt(message, State.GIVEN):
        return None
    given_on = clock.legal_date(message.handed_over_at)
    return _give(message, given_on, message.handed_over_at, by=None, at=at)


@transaction.atomic
def decide_doubt(*, message: Message, arrived: bool, by: User, at: datetime) -> DoubtDecision:
    """Record a person's decision about a message in doubt: it arrived, or it is sent again."""
    lock(f"message:{message.pk}")
    message.refresh_from_db()
    if not is_in_doubt(message) or message.handed_over_at is None:
        raise Refused(
            f"“{message.subject}” to {message.recipient_name} is not in doubt.",
            place=PLACE,
            remedy="Look at the list again: somebody decided, or it is being sent just now.",
        )
    _leave_doubt(message, State.GIVEN if arrived else State.WRITTEN)
    if arrived:
        given_on = clock.legal_date(message.handed_over_at)
        _give(message, given_on, message.handed_over_at, by=by, at=at)
    seal = records.seal(
        kind="notices.doubt.decided",
        content={
            "message": str(message.public_id),
            "attempt": message.attempts,
            "arrived": arrived,
        },
        by=by,
        at=at,
    )
    return DoubtDecision.objects.create(
        message=message,
        attempt=message.attempts,
        arrived=arrived,
        decided_by=by,
        decided_at=at,
        seal=seal,
    )


def rotate_addresses() -> int:
    """Encrypt the addresses of all messages again with the first of the keys."""
    messages = list(Message.objects.select_for_update().order_by("pk"))
    for message in messages:
        message.address_encrypted = rotate(message.address_encrypted)
    Message.objects.bulk_update(messages, ["address_encrypted"], batch_size=500)
    return len(messages)


def _addressed(to: Recipient, means: str) -> dict[str, str]:
    return {
        "means": means,
        "recipient": to.public_id,
        "recipient_name": to.name,
        "address_encrypted": encrypt(to.address),
        "address_fingerprint": fingerprint(to.address),
    }


def _leave_doubt(message: Message, state: Message.State) -> bool:
    marked = Message.objects.filter(
        pk=message.pk, state=State.MARKED, attempts=message.attempts
    ).update(state=state, trouble="")
    return bool(marked)


def _give(
    message: Message,
    given_on: date,
    given_at: datetime,
    *,
    by: User | None,
    at: datetime,
    number: str = "",
    document: Document | None = None,
) -> GivenNotice:
    content = canonical_text(
        {
            "message": str(message.public_id),
            "means": str(message.means),
            "recipient": message.recipient,
            "recipient_name": message.recipient_name,
            "address_fingerprint": message.address_fingerprint,
            "subject": message.subject,
            "text": message.text,
            "why": message.why,
            "given_on": given_on,
            "certified_number": number,
            "document": document.digest if document else "",
        }
    )
    digest = digest_of(content)
    seal = records.seal(
        kind="notices.notice.given",
        content={
            "message": str(message.public_id),
            "means": str(message.means),
            "recipient": message.recipient,
            "given_on": given_on,
            "digest": digest,
        },
        by=by or SYSTEM,
        at=at,
        legal_date=given_on,
    )
    return GivenNotice.objects.create(
        message=message,
        given_on=given_on,
        given_at=given_at,
        certified_number=number,
        document=document,
        content=content,
        digest=digest,
        recorded_by=by,
        seal=seal,
    )
