"""Locks by name, held until the transaction ends.

The application's role may not update decided rows, and so can't lock them either: PostgreSQL's
advisory locks stand in. SQLite needs none, since every transaction there is the only writer.
"""

from hashlib import sha256

from django.db import connection


def lock(*names: str) -> None:
    """Wait for the named locks and hold them; always taken in the same order."""
    if connection.vendor != "postgresql":
        return
    if not connection.in_atomic_block:
        raise RuntimeError("a lock is held until the transaction ends, so there must be one")
    with connection.cursor() as cursor:
        for name in sorted(set(names)):
            number = int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
