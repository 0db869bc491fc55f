"""Sending what waits: marked first, handed to the mail server outside of any transaction.

A message is marked in a commit of its own before the mail server sees it. When the process dies
or the server breaks off afterwards, nobody knows whether it left: it stays in doubt for a person
and is never repeated by itself.
"""

import structlog
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import F

from ltip import clock
from ltip.jobs.services import Report
from ltip.notices.models import Message
from ltip.notices.selectors import address_of, waiting_messages
from ltip.notices.services import PLACE, record_given
from ltip.rules.outcome import Refused

log = structlog.get_logger()
State = Message.State


def send_waiting(report: Report) -> int:
    """Send every message that waits, and return how many notices were given."""
    if connection.in_atomic_block:
        raise RuntimeError("nothing leaves the building inside a transaction")
    waiting = list(waiting_messages().values_list("pk", flat=True))
    given = 0
    for done, message_id in enumerate(waiting, start=1):
        given += _send(message_id)
        report(done, len(waiting))
    return given


@transaction.atomic
def mark(message_id: int) -> Message | None:
    """Take a waiting message for one attempt, or None when another worker was first."""
    taken = Message.objects.filter(pk=message_id, state=State.WRITTEN).update(
        state=State.MARKED,
        attempts=F("attempts") + 1,
        marked_at=clock.machine_now(),
        handed_over_at=clock.now(),
        trouble="",
    )
    return Message.objects.get(pk=message_id) if taken else None


def _send(message_id: int) -> bool:
    server = _open_server()
    try:
        message = mark(message_id)
        if message is None or not _handed_over(message, server):
            return False
        return record_given(message=message, at=clock.now()) is not None
    finally:
        server.close()


def _open_server() -> BaseEmailBackend:
    """A connection to the mail server, opened before anything is marked."""
    server: BaseEmailBackend = get_connection()
    try:
        server.open()
    except OSError as error:
        raise Refused(
            f"The mail server can't be reached ({type(error).__name__}).",
            place=PLACE,
            remedy="What waits is sent by the next job, once it can be.",
        ) from error
    return server


def _handed_over(message: Message, server: BaseEmailBackend) -> bool:
    mail = EmailMessage(message.subject, message.text, to=[address_of(message)], connection=server)
    try:
        taken = mail.send()
    except Exception as error:  # noqa: BLE001 - whatever broke, it may have left: a person decides
        log.warning("message in doubt", message=str(message.public_id), error=type(error).__name__)
        _note_trouble(message, f"The mail server broke off ({type(error).__name__}).")
        return False
    if not taken:
        _note_trouble(message, "The mail server did not say that it took the message.")
    return bool(taken)


def _note_trouble(message: Message, trouble: str) -> None:
    Message.objects.filter(pk=message.pk, state=State.MARKED, attempts=message.attempts).update(
        trouble=trouble
    )
