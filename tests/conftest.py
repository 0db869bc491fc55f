"""Fixtures for tests that commit, and for those that need a real worker.

Nothing here imports Django at the top: tests of the rules run without it.
"""

import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests import servers


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for a database; pytest-django lets no other test touch one."""
    for item in items:
        asks = {"db", "transactional_db", "django_db_setup"} & set(item.fixturenames)  # type: ignore[attr-defined]
        if asks or item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
    django_db_keepdb: bool,
) -> Iterator[None]:
    """The migrated test database, also for tests that use only `fresh_database`.

    pytest-django's own fixture makes it only when some test asks for `db`.
    """
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        databases = setup_databases(
            verbosity=0, interactive=False, keepdb=django_db_keepdb, serialized_aliases=[]
        )
    yield
    with django_db_blocker.unblock():
        teardown_databases(databases, verbosity=0, keepdb=django_db_keepdb)


@pytest.fixture
def fresh_database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[str]:
    """A database of its own, where a test may commit; yields its address for other processes.

    A copy of the migrated test database, triggers and all, thrown away at the end. Not to be used
    together with `db`, which would roll back.
    """
    from django.db import connection

    fresh = _fresh_sqlite if connection.vendor == "sqlite" else _fresh_postgresql
    with django_db_blocker.unblock(), fresh(connection, tmp_path) as address:
        yield address


@contextmanager
def _fresh_sqlite(connection: Any, folder: Path) -> Iterator[str]:
    migrated, name = connection.settings_dict["NAME"], folder / "fresh.sqlite3"
    connection.ensure_connection()
    in_memory = connection.connection
    copy = sqlite3.connect(name)
    in_memory.backup(copy)
    copy.close()
    # The test database lives in memory as long as this connection does: set aside, not closed.
    connection.connection = None
    connection.settings_dict["NAME"] = str(name)
    try:
        yield f"sqlite:///{name}"
    finally:
        connection.close()
        connection.settings_dict["NAME"] = migrated
        connection.connection = in_memory


@contextmanager
def _fresh_postgresql(connection: Any, _folder: Path) -> Iterator[str]:
    migrated, name = connection.settings_dict["NAME"], f"fresh_{uuid.uuid4().hex}"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{migrated}"')
    connection.settings_dict["NAME"] = name
    try:
        yield urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = migrated
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def signing_key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration's key, made once for all tests."""
    from datetime import UTC, datetime

    from ltip.records.signing import demonstration_key

    file = tmp_path_factory.mktemp("keys") / "signing-key.p12"
    # Valid from the days of the stories on.
    file.write_bytes(demonstration_key(at=datetime(2012, 1, 1, tzinfo=UTC)))
    return file


@pytest.fixture
def signing_key(signing_key_file: Path, settings: Any) -> Any:
    """The key that the settings name during the test."""
    from ltip import clock
    from ltip.records.signing import configured_key

    settings.SIGNING_KEY_FILE = str(signing_key_file)
    return configured_key(at=clock.machine_now())


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with servers.redis() as environment:
        yield environment.get("TEST_REDIS_URL") or os.environ["TEST_REDIS_URL"]


@pytest.fixture
def worker_environment(fresh_database: str, redis_url: str) -> dict[str, str]:
    """What a process needs to work on the test's own database with the test's own broker."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "ltip.settings.test",
        "TEST_DATABASE_URL": fresh_database,
        "CELERY_BROKER_URL": redis_url,
    }


@pytest.fixture
def celery_worker(
    worker_environment: dict[str, str], tmp_path: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A running Celery worker; killed if it does not stop when asked."""
    from ltip.celery import app

    command = [sys.executable, "-m", "celery", "-A", "ltip.celery", "worker"]
    command += ["--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    log = tmp_path / "worker.log"
    with log.open("wb") as output:
        worker = subprocess.Popen(command, env=worker_environment, stdout=output, stderr=output)
    sender = {"broker_url": worker_environment["CELERY_BROKER_URL"]}
    before = {name: app.conf[name] for name in sender}
    app.conf.update(sender)
    try:
        if not _answered(app, worker):
            pytest.fail(f"The worker did not start:\n{log.read_text()}")
        yield worker
    finally:
        app.conf.update(before)
        worker.terminate()
        try:
            worker.wait(timeout=20)
        except subprocess.TimeoutExpired:
            worker.kill()


def _answered(app: Any, worker: subprocess.Popen[bytes]) -> bool:
    for _ in range(40):
        if worker.poll() is not None:
            return False
        if app.control.ping(timeout=0.5):
            return True
    return False
