"""The chain of seals, and what the database refuses to do to decided rows."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from ltip.accounts.services import SYSTEM
from ltip.records import selectors, services
from ltip.records.models import AppendOnly, Seal
from ltip.rules.canonical import digest_of

AT = datetime(2014, 2, 20, 23, 30, tzinfo=UTC)


def _seal(**content: object) -> Seal:
    return services.seal(kind="test.thing.done", content=content, by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_each_seal_includes_the_digest_of_the_one_before() -> None:
    first, second = _seal(figure="1"), _seal(figure="2")
    assert (first.number, second.number) == (1, 2)
    assert first.previous_digest == "0" * 64
    assert second.previous_digest == first.digest == digest_of(first.canonical_text)
    assert f'"previous":"{first.digest}"' in second.canonical_text
    assert selectors.first_fault() == (2, None)


@pytest.mark.django_db
def test_the_legal_date_is_the_day_in_the_companys_own_zone() -> None:
    services.found_company(
        name="Ours",
        state_of_incorporation="Delaware",
        principal_office="1 Test Street",
        time_zone="Asia/Tokyo",
        by=SYSTEM,
        at=AT,
    )
    assert _seal(figure="1").legal_date.isoformat() == "2014-02-21"


@pytest.mark.django_db
def test_every_append_only_table_refuses_update_and_delete() -> None:
    seal = _seal(figure="1")
    for change in (
        lambda: Seal.objects.filter(pk=seal.pk).update(kind="other"),
        lambda: Seal.objects.filter(pk=seal.pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
    guarded = {model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)}
    assert len(guarded) >= 25
    assert _tables_with_triggers() == guarded


def _tables_with_triggers() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT tbl_name, count(*) FROM sqlite_master WHERE type='trigger' GROUP BY 1"
            )
            expected = 2
        else:
            cursor.execute(
                "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger "
                "WHERE NOT tgisinternal GROUP BY 1"
            )
            expected = 2
        return {table for table, count in cursor.fetchall() if count == expected}


@pytest.mark.django_db
def test_a_decided_row_can_not_be_replaced_by_inserting_over_it() -> None:
    seal = _seal(figure="1")
    columns = "number, kind, schema_version, legal_date, sealed_at, actor, actor_name"
    columns += ", is_demonstration, canonical_text, digest, previous_digest"
    verb, tail = ("INSERT OR REPLACE", "")
    if connection.vendor == "postgresql":
        verb, tail = "INSERT", " ON CONFLICT (number) DO UPDATE SET kind = 'forged'"
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"{verb} INTO records_seal ({columns}) SELECT number, 'forged', schema_version, "
            f"legal_date, sealed_at, actor, actor_name, is_demonstration, canonical_text, digest, "
            f"previous_digest FROM records_seal WHERE number = {seal.number}{tail}"
        )
    assert Seal.objects.get(pk=seal.pk).kind == "test.thing.done"


@pytest.mark.django_db
def test_a_fork_of_the_chain_is_refused_by_the_database() -> None:
    first = _seal(figure="1")
    _seal(figure="2")
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.create(
            number=3,
            kind="test.fork",
            schema_version=1,
            legal_date=first.legal_date,
            sealed_at=AT,
            actor="x",
            actor_name="x",
            is_demonstration=False,
            canonical_text="{}",
            digest=digest_of("{}"),
            previous_digest=first.digest,
        )


@pytest.mark.django_db
def test_the_same_bytes_are_stored_once_under_their_digest() -> None:
    first = services.store_document(content=b"abc", name="a", media_type="text/plain", at=AT)
    again = services.store_document(content=b"abc", name="b", media_type="text/plain", at=AT)
    # The SHA-256 of "abc" as FIPS 180-2 gives it.
    assert first.digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert again.name == "a"
