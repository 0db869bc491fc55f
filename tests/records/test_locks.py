"""Locks by name: as few as PostgreSQL can hold, however many employees an act names."""

from typing import Any

import pytest
from django.db import connection, transaction

from ltip.records.locks import lock, taken_together


@pytest.mark.django_db
def test_ten_thousand_employees_are_locked_with_no_more_locks_than_postgresql_holds() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only: SQLite has one writer at a time and needs no lock")
    with transaction.atomic(), connection.cursor() as cursor:
        lock("period:2013", *[f"employee:{number}" for number in range(10_000)])
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        )
        assert cursor.fetchone() == (257,)
        lock("employee:77")
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        )
        assert cursor.fetchone() == (257,)


@pytest.mark.django_db
def test_on_postgresql_locks_asked_for_together_are_taken_only_at_the_end() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only: SQLite has one writer at a time and needs no lock")

    def held(cursor: Any) -> int:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        )
        count: int = cursor.fetchone()[0]
        return count

    with transaction.atomic(), connection.cursor() as cursor:
        with taken_together():
            lock("period:2014", "employee:2")
            lock("employee:1")
            assert held(cursor) == 0
        assert held(cursor) == 3
