"""Fresh, migrated databases for measurements, and copies of prepared ones."""

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Databases:
    """Makes databases; what it gives is their address."""

    name: str
    new: Callable[[], str]
    copy_of: Callable[[str], str]


@contextmanager
def sqlite() -> Iterator[Databases]:
    with tempfile.TemporaryDirectory(prefix="ltip-bench-") as folder:

        def new() -> str:
            address = f"sqlite:///{Path(folder) / uuid.uuid4().hex}.sqlite3"
            _migrate(address)
            return address

        def copy_of(address: str) -> str:
            copy = f"sqlite:///{Path(folder) / uuid.uuid4().hex}.sqlite3"
            shutil.copyfile(urlsplit(address).path, urlsplit(copy).path)
            return copy

        yield Databases("SQLite", new, copy_of)


@contextmanager
def postgresql(address: str) -> Iterator[Databases]:
    made: list[str] = []

    def create(template: str) -> str:
        name = f"bench_{uuid.uuid4().hex}"
        _execute(address, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        made.append(name)
        return urlsplit(address)._replace(path=f"/{name}").geturl()

    def new() -> str:
        fresh = create("template1")
        _migrate(fresh)
        return fresh

    try:
        yield Databases(
            "PostgreSQL", new, lambda prepared: create(urlsplit(prepared).path.strip("/"))
        )
    finally:
        for name in made:
            _execute(address, f'DROP DATABASE "{name}" WITH (FORCE)')


def _execute(address: str, statement: str) -> None:
    import psycopg2

    connection = psycopg2.connect(address)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


def _migrate(address: str) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ltip.settings.test",
        "TEST_DATABASE_URL": address,
    }
    words = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(words, env=environment, check=True)
