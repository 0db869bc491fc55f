"""Locks by name, held until the transaction ends.

The application's role may not update decided rows, and so can't lock them either: PostgreSQL's
advisory locks stand in. SQLite needs none, since every transaction there is the only writer.
"""

from hashlib import sha256

from django.db import connection

# PostgreSQL holds some thousands of locks for all connections together, and an act or a file may
# name every employee: they share this many locks, so that two may wait for each other needlessly.
SHARED = {"employee": 256, "employee number": 64}


def lock(*names: str) -> None:
    """Wait for the named locks and hold them; always taken in the same order."""
    if connection.vendor != "postgresql":
        return
    if not connection.in_atomic_block:
        raise RuntimeError("a lock is held until the transaction ends, so there must be one")
    with connection.cursor() as cursor:
        for name in sorted({_shared(name) for name in names}):
            number = int.from_bytes(_digest(name)[:8], "big", signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _shared(name: str) -> str:
    """The name of the lock that stands for this one."""
    kind = name.partition(":")[0]
    if kind not in SHARED:
        return name
    return f"{kind}:{int.from_bytes(_digest(name)[:8], 'big') % SHARED[kind]:04}"


def _digest(name: str) -> bytes:
    return sha256(name.encode()).digest()
