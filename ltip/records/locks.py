"""Locks by name, held until the transaction ends.

The application's role may not update decided rows, and so can't lock them either: PostgreSQL's
advisory locks stand in. SQLite needs none, since every transaction there is the only writer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256

from django.db import connection

# PostgreSQL holds some thousands of locks for all connections together, and an act or a file may
# name every employee: they share this many locks, so that two may wait for each other needlessly.
SHARED = {"employee": 256, "employee number": 64}


_asked_for: ContextVar[set[str] | None] = ContextVar("_asked_for", default=None)


@contextmanager
def taken_together() -> Iterator[None]:
    """Take every lock that is asked for inside only at the end, all in the one order.

    Who needs the locks of several acts would otherwise take them act by act, and two could wait
    for each other.
    """
    names: set[str] = set()
    token = _asked_for.set(names)
    try:
        yield
    finally:
        _asked_for.reset(token)
    lock(*names)


def lock(*names: str) -> None:
    """Wait for the named locks and hold them; always taken in the same order."""
    asked_for = _asked_for.get()
    if asked_for is not None:
        asked_for.update(names)
        return
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
