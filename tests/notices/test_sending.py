"""Mail is marked before it leaves, recorded once given, and never repeated by itself."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction

from ltip.accounts.models import User
from ltip.accounts.services import SYSTEM, open_account
from ltip.jobs import services as jobs
from ltip.jobs import timetable
from ltip.jobs.models import Job
from ltip.notices import selectors, sending, services
from ltip.notices.models import DoubtDecision, GivenNotice, Message
from ltip.notices.services import Recipient
from ltip.records.models import Seal
from ltip.records.selectors import content_of, first_fault
from ltip.rules.outcome import Refused
from tests.notices.mail import Killed

AT = datetime(2014, 3, 9, 12, tzinfo=UTC)
IRIS = Recipient("7c1f", "Iris Quint", "iris@people.example")
BACKENDS = "tests.notices.mail."


def write(**changes: Any) -> Message | None:
    told: dict[str, Any] = {
        "to": IRIS,
        "subject": "7 days left",
        "text": "Set the goal by 16 March 2014.",
        "why": "reminder",
        "by": None,
        "at": AT,
    }
    return services.write_message(**(told | changes))


def written(**changes: Any) -> Message:
    message = write(**changes)
    assert message is not None
    return message


def secretary() -> User:
    return open_account(
        email="sela@cast.example", name="Sela", time_zone="UTC", by=SYSTEM, at=AT, password=None
    )


def send() -> int:
    with time_machine.travel(AT, tick=False):
        return sending.send_waiting(lambda done, total: None)


@pytest.mark.usefixtures("fresh_database")
def test_what_waits_is_sent_once_and_is_a_notice_given_when_sent() -> None:
    message = written()
    assert send() == 1
    assert send() == 0
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["iris@people.example"], "7 days left")
    assert sent.body == "Set the goal by 16 March 2014."
    notice = GivenNotice.objects.get(message=message)
    assert (notice.given_on, notice.given_at) == (date(2014, 3, 9), AT)
    assert notice.recorded_by is None
    sealed = content_of(notice.seal)
    assert (sealed["digest"], sealed["recipient"]) == (notice.digest, "7c1f")
    assert notice.seal.actor == "system"
    assert first_fault() == (1, None)


@pytest.mark.usefixtures("fresh_database")
def test_the_address_is_neither_in_the_row_nor_in_the_record_to_be_read() -> None:
    message = written()
    send()
    message.refresh_from_db()
    kept = f"{vars(message)}{vars(message.given)}{message.given.seal.canonical_text}"
    assert "iris@people" not in kept
    assert selectors.address_of(message) == "iris@people.example"
    assert selectors.fits_its_record(message.given)


@pytest.mark.usefixtures("fresh_database")
@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Set no goal."},
        {"subject": "No days left"},
        {"recipient": "9d2e"},
        {"recipient_name": "Ivo Quint"},
    ],
)
def test_a_text_altered_behind_the_application_no_longer_fits_its_record(
    changed: dict[str, str],
) -> None:
    message = written()
    send()
    Message.objects.filter(pk=message.pk).update(**changed)
    assert not selectors.fits_its_record(GivenNotice.objects.get())


@pytest.mark.usefixtures("fresh_database")
def test_a_message_of_the_same_occasion_is_never_written_twice() -> None:
    assert write(occasion="window 2013–2014, 7 days")
    assert write(occasion="window 2013–2014, 7 days") is None
    assert write(occasion="window 2013–2014, 1 day")
    assert Message.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(occasion="window 2013–2014, 7 days")


@pytest.mark.usefixtures("fresh_database")
def test_a_process_that_dies_after_the_server_took_it_leaves_it_in_doubt_and_unrepeated(
    settings: Any,
) -> None:
    message = written()
    settings.EMAIL_BACKEND = BACKENDS + "DiesAfterTaking"
    with pytest.raises(Killed):
        send()
    assert len(mail.outbox) == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send() == 0
    assert len(mail.outbox) == 1
    assert not GivenNotice.objects.exists()
    with time_machine.travel(AT + timedelta(minutes=10), tick=False):
        assert list(selectors.in_doubt()) == []
    with time_machine.travel(AT + timedelta(minutes=10, seconds=1), tick=False):
        assert list(selectors.in_doubt()) == [message]


@pytest.mark.usefixtures("fresh_database")
@pytest.mark.parametrize(
    ("backend", "trouble"),
    [
        ("BreaksOff", "The mail server broke off (ConnectionResetError)."),
        ("TakesNothing", "The mail server did not say that it took the message."),
    ],
)
def test_a_server_that_breaks_off_leaves_the_message_in_doubt_at_once_and_the_next_is_tried(
    settings: Any, backend: str, trouble: str
) -> None:
    first, second = written(), written()
    settings.EMAIL_BACKEND = BACKENDS + backend
    assert send() == 0
    assert list(selectors.in_doubt()) == [first, second]
    first.refresh_from_db()
    assert (first.state, first.attempts, first.trouble) == ("marked", 1, trouble)


@pytest.mark.usefixtures("fresh_database")
def test_a_server_that_nobody_reaches_marks_nothing(settings: Any) -> None:
    message = written()
    settings.EMAIL_BACKEND = BACKENDS + "Unreachable"
    with pytest.raises(Refused, match="can't be reached"):
        send()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("written", 0)


@pytest.mark.django_db
def test_nothing_leaves_inside_a_transaction() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
        send()


@pytest.mark.usefixtures("fresh_database")
def test_a_person_who_knows_that_it_arrived_makes_it_a_notice_with_their_name(
    settings: Any,
) -> None:
    message, sela = written(), secretary()
    settings.EMAIL_BACKEND = BACKENDS + "BreaksOff"
    send()
    services.decide_doubt(message=message, arrived=True, by=sela, at=AT + timedelta(days=1))
    notice = GivenNotice.objects.get()
    assert (notice.given_on, notice.recorded_by) == (date(2014, 3, 9), sela)
    decision = DoubtDecision.objects.get()
    assert (decision.arrived, decision.decided_by, decision.attempt) == (True, sela, 1)
    assert list(selectors.in_doubt()) == []
    with pytest.raises(Refused, match="is not in doubt"):
        services.decide_doubt(message=message, arrived=False, by=sela, at=AT)


@pytest.mark.usefixtures("fresh_database")
def test_a_person_may_have_it_sent_again_once_for_each_attempt(settings: Any) -> None:
    message, sela = written(), secretary()
    settings.EMAIL_BACKEND = BACKENDS + "BreaksOff"
    for attempt in (1, 2):
        send()
        services.decide_doubt(message=message, arrived=False, by=sela, at=AT)
        with pytest.raises(Refused, match="is not in doubt"):
            services.decide_doubt(message=message, arrived=False, by=sela, at=AT)
        assert DoubtDecision.objects.count() == attempt
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send() == 1
    assert len(mail.outbox) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("given", 3)


@pytest.mark.usefixtures("fresh_database")
def test_an_attempt_that_comes_back_late_records_nothing_over_a_decision() -> None:
    message, sela = written(), secretary()
    with time_machine.travel(AT, tick=False):
        slow = sending.mark(message.pk)
    assert slow is not None
    services.decide_doubt(message=message, arrived=False, by=sela, at=AT + timedelta(hours=1))
    assert services.record_given(message=slow, at=AT) is None
    assert not GivenNotice.objects.exists()


@pytest.mark.usefixtures("fresh_database")
def test_two_workers_mark_a_message_once() -> None:
    message = written()
    assert sending.mark(message.pk) is not None
    assert sending.mark(message.pk) is None


@pytest.mark.usefixtures("fresh_database")
def test_the_timetable_sends_what_waits() -> None:
    written()
    timetable.keep()
    jobs.perform_waiting()
    assert len(mail.outbox) == 1
    assert Job.objects.get(kind="notices.send").result == "1 given"


@pytest.mark.usefixtures("fresh_database")
def test_a_letter_by_certified_mail_is_given_on_the_day_it_was_posted() -> None:
    sela = secretary()
    told: dict[str, Any] = {
        "to": Recipient("7c1f", "Iris Quint", "12 Harbour Row"),
        "number": "7014 0150 0000 1234",
        "subject": "Amendment",
        "text": "",
        "document": None,
        "by": sela,
        "at": AT,
    }
    notice = services.record_certified_mail(posted_on=date(2014, 3, 7), **told)
    assert (notice.given_on, notice.certified_number) == (date(2014, 3, 7), "7014 0150 0000 1234")
    assert notice.seal.legal_date == date(2014, 3, 7)
    assert notice.seal.actor_name == "Sela"
    assert selectors.fits_its_record(notice)
    assert send() == 0
    with pytest.raises(Refused, match="10 March 2014 has not come yet"):
        services.record_certified_mail(posted_on=date(2014, 3, 10), **told)
    nowhere = Recipient("7c1f", "Iris Quint", "")
    with pytest.raises(Refused, match="No postal address of Iris Quint"):
        services.record_certified_mail(posted_on=date(2014, 3, 7), **(told | {"to": nowhere}))


@pytest.mark.django_db
def test_a_message_needs_an_address_and_a_subject_of_one_line() -> None:
    with pytest.raises(Refused, match="No e-mail address of Iris Quint"):
        write(to=Recipient("7c1f", "Iris Quint", ""))
    with pytest.raises(Refused, match="one line"):
        write(subject="Seven\nBcc: everybody@people.example")


@pytest.mark.usefixtures("fresh_database")
@pytest.mark.parametrize("table", ["notices_givennotice", "notices_doubtdecision"])
def test_what_was_given_and_decided_is_never_changed(table: str, settings: Any) -> None:
    written()
    settings.EMAIL_BACKEND = BACKENDS + "BreaksOff"
    send()
    services.decide_doubt(message=Message.objects.get(), arrived=True, by=secretary(), at=AT)
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert Seal.objects.exists()


@pytest.mark.usefixtures("fresh_database")
def test_addresses_are_encrypted_again_under_a_new_key(settings: Any) -> None:
    message = written()
    with transaction.atomic():
        assert services.rotate_addresses() == 1
    before = message.address_encrypted
    message.refresh_from_db()
    assert message.address_encrypted != before
    assert selectors.address_of(message) == "iris@people.example"
