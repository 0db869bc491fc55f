"""`verify_records` names the first record that does not fit, however it was altered.

The rows are altered as a database's owner could, behind the application, its triggers set aside.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ltip.accounts.services import SYSTEM
from ltip.records import selectors, services
from ltip.records.models import Seal

pytestmark = pytest.mark.django_db

AT = datetime(2014, 2, 20, 23, 30, tzinfo=UTC)
NO_DIGEST = "its text does not have the digest that was sealed"
NOT_BEHIND = "it does not follow the record before it"
NOT_CANONICAL = "its text is not canonical JSON"
NO_RECORD = "its text is not that of a record"
UNREADABLE = "it can't be read"


def chain_of(length: int) -> None:
    for number in range(length):
        services.seal(kind="test.done", content={"figure": str(number)}, by=SYSTEM, at=AT)


def as_owner(*statements: str, values: tuple[Any, ...] = (), table: str = "records_seal") -> None:
    """Change a guarded table as its owner can, with the triggers set aside."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_refuse_update")
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_refuse_delete")
        else:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER refuse_change")
        for statement in statements:
            cursor.execute(statement, values)


def forge(number: int, change: Callable[[str], str]) -> None:
    """Put another text into a record, with the digest that belongs to it."""
    text = change(Seal.objects.get(number=number).canonical_text)
    as_owner(
        f"UPDATE records_seal SET canonical_text = %s, digest = %s WHERE number = {number}",
        values=(text, sha256(text.encode()).hexdigest()),
    )


def verdict() -> str:
    """What the command stops with."""
    with pytest.raises(CommandError) as stopped:
        call_command("verify_records")
    assert stopped.value.returncode == 1
    return str(stopped.value)


def test_a_chain_that_fits_is_told_with_its_last_digest_and_the_documents(capsys: Any) -> None:
    chain_of(3)
    services.store_document(content=b"abc", name="a", media_type="text/plain", at=AT)
    call_command("verify_records")
    last = Seal.objects.get(number=3).digest
    assert capsys.readouterr().out.splitlines() == [
        "3 records, one unbroken chain.",
        f"The last is record 3 with digest {last}.",
        "1 documents, each as it was stored.",
    ]


def test_an_empty_chain_fits(capsys: Any) -> None:
    call_command("verify_records")
    assert capsys.readouterr().out.splitlines() == [
        "0 records, one unbroken chain.",
        "0 documents, each as it was stored.",
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("canonical_text = 'forged'", NO_DIGEST),
        ("digest = 'forged'", NO_DIGEST),
        ("previous_digest = 'forged'", NOT_BEHIND),
        ("kind = 'forged'", "its column for kind differs from its sealed text"),
        ("schema_version = 2", "its column for schema differs from its sealed text"),
        ("legal_date = '2014-02-21'", "its column for legal_date differs from its sealed text"),
        (
            "sealed_at = '2014-02-20 23:30:00.000001+00:00'",
            "its column for sealed_at differs from its sealed text",
        ),
        ("actor = 'forged'", "its column for by differs from its sealed text"),
        ("actor_name = 'forged'", "its column for by differs from its sealed text"),
        ("is_demonstration = TRUE", "its column for demonstration differs from its sealed text"),
    ],
)
def test_a_column_altered_behind_the_application_is_named(change: str, reason: str) -> None:
    chain_of(4)
    as_owner(f"UPDATE records_seal SET {change} WHERE number = 3")
    assert verdict() == f"Record 3 does not fit: {reason}."


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace('"content":', '"content": '), NOT_CANONICAL),
        (lambda text: text.replace('"figure":"3"', '"figure":0.3'), NOT_CANONICAL),
        (lambda text: text.replace('"figure":"3"', '"figure":NaN'), NOT_CANONICAL),
        (lambda text: text.replace('"kind":', '"kind":"other","kind":'), NOT_CANONICAL),
        (lambda text: text[:-1], NOT_CANONICAL),
        (lambda text: "[" * 100_000, NOT_CANONICAL),
        (lambda text: '"a text"', NO_RECORD),
        (lambda text: text.replace('"content":{"figure":"3"},', ""), NO_RECORD),
        (lambda text: text.replace('"by":', '"also":1,"by":'), NO_RECORD),
        (
            lambda text: text.replace('"schema":1', '"schema":true'),
            "its column for schema differs from its sealed text",
        ),
        (
            lambda text: text.replace('"number":4', '"number":5'),
            "its column for number differs from its sealed text",
        ),
        (
            lambda text: text.replace('"previous":"', '"previous":"f'),
            "its column for previous differs from its sealed text",
        ),
        (
            lambda text: text.replace('"name":"The system"', '"name":"Another"'),
            "its column for by differs from its sealed text",
        ),
    ],
)
def test_the_last_text_forged_with_its_own_digest_is_named(
    change: Callable[[str], str], reason: str
) -> None:
    chain_of(4)
    forge(4, change)
    assert verdict() == f"Record 4 does not fit: {reason}."


def test_a_text_forged_with_its_own_digest_is_found_at_the_record_that_follows() -> None:
    chain_of(4)
    forge(2, lambda text: text.replace('"figure":"1"', '"figure":"9"'))
    assert verdict() == f"Record 3 does not fit: {NOT_BEHIND}."


def test_only_the_first_of_several_is_named() -> None:
    chain_of(5)
    as_owner("UPDATE records_seal SET kind = 'forged' WHERE number IN (2, 4)")
    assert verdict().startswith("Record 2 does not fit:")


@pytest.mark.parametrize(
    ("gone", "named"),
    [
        ("number = 1", "Record 2 does not fit: record 1 is missing."),
        ("number = 3", "Record 4 does not fit: record 3 is missing."),
        ("number IN (2, 3)", "Record 4 does not fit: records 2 to 3 are missing."),
    ],
)
def test_a_gap_is_named(gone: str, named: str) -> None:
    chain_of(5)
    as_owner(f"DELETE FROM records_seal WHERE {gone}")
    assert verdict() == named


def test_a_record_put_before_the_first_is_named() -> None:
    chain_of(2)
    as_owner("UPDATE records_seal SET number = 0 WHERE number = 1")
    assert verdict() == "Record 0 does not fit: the chain begins with record 1."


def test_two_records_exchanged_are_named() -> None:
    chain_of(4)
    as_owner(
        "UPDATE records_seal SET number = 99 WHERE number = 2",
        "UPDATE records_seal SET number = 2 WHERE number = 3",
        "UPDATE records_seal SET number = 3 WHERE number = 99",
    )
    assert verdict() == f"Record 2 does not fit: {NOT_BEHIND}."


def test_the_faults_are_found_across_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "BATCH", 2)
    chain_of(7)
    assert selectors.first_fault() == (7, None)
    as_owner("UPDATE records_seal SET kind = 'forged' WHERE number = 6")
    assert verdict().startswith("Record 6 does not fit:")
    as_owner("DELETE FROM records_seal WHERE number = 3")
    assert verdict() == "Record 4 does not fit: record 3 is missing."


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses these values")
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("sealed_at = 'evening'", "its column for sealed_at differs from its sealed text"),
        ("legal_date = '2014-13-45'", UNREADABLE),
        ("canonical_text = x'ff00'", UNREADABLE),
        ("canonical_text = CAST(x'ff' AS TEXT)", UNREADABLE),
        ("schema_version = 'one'", "its column for schema differs from its sealed text"),
    ],
)
def test_what_only_sqlite_would_keep_is_named_and_stops_nothing(change: str, reason: str) -> None:
    chain_of(4)
    as_owner("PRAGMA ignore_check_constraints = ON")
    as_owner(f"UPDATE records_seal SET {change} WHERE number = 3")
    assert verdict() == f"Record 3 does not fit: {reason}."


@pytest.mark.parametrize("altered", ["abd", ""])
def test_a_document_that_was_altered_is_named(altered: str) -> None:
    chain_of(1)
    for content in (b"abc", b"another"):
        services.store_document(content=content, name="a", media_type="text/plain", at=AT)
    # The SHA-256 of "abc" as FIPS 180-2 gives it.
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    as_owner(
        "UPDATE records_document SET content = %s WHERE digest = %s",
        values=(altered.encode(), digest),
        table="records_document",
    )
    assert verdict() == f"Document {digest} does not fit: its content is not what was stored."


def test_documents_are_read_across_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "BATCH", 2)
    contents = [str(number).encode() for number in range(5)]
    for content in contents:
        services.store_document(content=content, name="a", media_type="text/plain", at=AT)
    assert selectors.first_altered_document() == (5, None)
    last = max(sha256(content).hexdigest() for content in contents)
    as_owner(
        "UPDATE records_document SET content = %s WHERE digest = %s",
        values=(b"9", last),
        table="records_document",
    )
    assert selectors.first_altered_document() == (4, last)


def test_a_clock_that_goes_back_between_two_seals_leaves_the_order_of_the_numbers() -> None:
    moments = [AT, AT - timedelta(hours=3), AT - timedelta(days=400), AT + timedelta(seconds=1)]
    for moment in moments:
        services.seal(kind="test.done", content={}, by=SYSTEM, at=moment)
    in_order = Seal.objects.order_by("number")
    assert [seal.sealed_at for seal in in_order] == moments
    assert [json.loads(seal.canonical_text)["number"] for seal in in_order] == [1, 2, 3, 4]
    assert selectors.first_fault() == (4, None)
