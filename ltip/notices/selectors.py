"""Reading messages: those that wait, those in doubt, and the notices that were given."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from ltip import clock
from ltip.notices.models import GivenNotice, Message
from ltip.records.encryption import decrypt, fingerprint
from ltip.rules.canonical import digest_of

# A worker that marked a message and was not heard of for so long has died.
HANDED_OVER_WITHIN = timedelta(minutes=10)
State = Message.State


def waiting_messages() -> QuerySet[Message]:
    """Messages that nobody has begun to send, the oldest first."""
    return Message.objects.filter(state=State.WRITTEN).order_by("pk")


def in_doubt() -> QuerySet[Message]:
    """Messages that were marked, and of which nobody knows whether they left, the oldest first."""
    silent_since = clock.machine_now() - HANDED_OVER_WITHIN
    return Message.objects.filter(
        ~Q(trouble="") | Q(marked_at__lt=silent_since), state=State.MARKED
    ).order_by("pk")


def is_in_doubt(message: Message) -> bool:
    """Whether a person has to decide about a message."""
    return in_doubt().filter(pk=message.pk).exists()


def messages_by_latest() -> QuerySet[Message]:
    """Every message with the notice it became, the latest first."""
    return Message.objects.select_related("given", "written_by").order_by("-pk")


def message_by_public_id(public_id: UUID) -> Message | None:
    """One message with the notice it became."""
    return (
        Message.objects.select_related("given__document", "given__recorded_by", "written_by")
        .prefetch_related("doubt_decisions__decided_by")
        .filter(public_id=public_id)
        .first()
    )


def notices_given_to(recipient: Any) -> list[GivenNotice]:
    """The notices given to a person, the latest first."""
    rows = GivenNotice.objects.filter(message__recipient=str(recipient)).select_related("message")
    return list(rows.order_by("-given_on", "-pk"))


def address_of(message: Message) -> str:
    """The address a message went to; whoever shows it to a person logs the look."""
    return decrypt(message.address_encrypted)


def fits_its_record(notice: GivenNotice) -> bool:
    """Whether text and address still are those whose digests were recorded."""
    message, told = notice.message, json.loads(notice.content)
    return (
        digest_of(notice.content) == notice.digest
        and (told["subject"], told["text"]) == (message.subject, message.text)
        and (told["recipient"], told["recipient_name"])
        == (message.recipient, message.recipient_name)
        and told["address_fingerprint"] == fingerprint(address_of(message))
    )
