"""`make run`: the program on this computer."""

import hashlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from installing import PROJECT, PYTHON, STATE, environment, prepare_environment, prepare_keys, stop


def run() -> int:
    """Serve the demonstration, with its job runner beside it, until stopped."""
    started = time.monotonic()
    port = os.environ.get("PORT", "8000")
    _require_free(port)
    if "DATABASE_URL" in os.environ:
        print("DATABASE_URL is not used here: `make run` keeps its own SQLite database in var.")
    settings = environment(DJANGO_SETTINGS_MODULE="ltip.settings.local")
    settings.pop("DATABASE_URL", None)
    prepare_environment("runtime")
    prepare_keys()
    prepare_database(settings)

    server = [PYTHON, "-m", "gunicorn", "ltip.wsgi", "--bind", f"127.0.0.1:{port}"]
    server += ["--worker-class", "gthread", "--workers", "1", "--threads", "8"]
    server += ["--no-control-socket", "--log-level", "warning"]
    jobs = [PYTHON, "manage.py", "run_jobs"]
    if settings.get("CELERY_BROKER_URL"):
        jobs = [PYTHON, "-m", "celery", "-A", "ltip.celery", "worker", "--beat"]
        jobs += ["--schedule", STATE / "celerybeat-schedule", "--loglevel", "WARNING"]
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        children["The server"] = _start(server, settings)
        sign_ins = _start([PYTHON, "manage.py", "demonstration_sign_ins"], settings, piped=True)
        _wait_for_first_page(children["The server"], port)
        children["The job runner"] = _start(jobs, settings)
        print(f"Ready after {time.monotonic() - started:.0f} s: http://127.0.0.1:{port}/\n")
        print(sign_ins.communicate()[0].decode(), flush=True)
        print("Stop with Ctrl-C.", flush=True)
        while True:
            for name, child in children.items():
                if child.poll() is not None:
                    print(f"{name} ended by itself; it says why above.", file=sys.stderr)
                    return 1
            time.sleep(0.5)
    except KeyboardInterrupt:
        print("Stopping.")
        return 0
    finally:
        _stop_all(list(children.values()))


def prepare_database(settings: dict[str, str]) -> None:
    """Migrate, and load the demonstration into an empty database, when anything may be new.

    A new database is made beside its place and moved there whole: stopped half way, it never was.
    """
    database = STATE / "ltip.sqlite3"
    stamp = STATE / "prepared-for"
    digest = _digest_of_program()
    if database.exists() and stamp.exists() and stamp.read_text() == digest:
        return
    if database.exists():
        _prepare(settings)
    else:
        making = STATE / "making.sqlite3"
        for left_over in STATE.glob("making.sqlite3*"):
            left_over.unlink()
        print("Making the demonstration company ...", flush=True)
        _prepare(settings | {"DATABASE_URL": f"sqlite:///{making}"})
        making.replace(database)
    stamp.write_text(digest)


def _prepare(settings: dict[str, str]) -> None:
    for words in (
        ["migrate", "--verbosity", "0"],
        ["load_demonstration", "--if-empty"],
        ["make_signing_key"],
    ):
        if subprocess.run([PYTHON, "manage.py", *words], env=settings).returncode != 0:
            stop(f"`manage.py {' '.join(words)}` failed; it says why above.")


def _digest_of_program() -> str:
    digest = hashlib.sha256((PROJECT / "requirements" / "runtime.txt").read_bytes())
    for package in ("ltip", "committee", "participants"):
        for path in sorted((PROJECT / package).rglob("*.py")):
            digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _require_free(port: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError:
            stop(f"Port {port} is taken. Stop what uses it, or choose: make run PORT=8001")


def _start(
    command: Sequence[str | Path], settings: dict[str, str], *, piped: bool = False
) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches only this launcher, which stops them in good order.
    return subprocess.Popen(
        command,
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if piped else None,
        start_new_session=True,
    )


def _wait_for_first_page(server: subprocess.Popen[bytes], port: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, OSError) as error:
            if server.poll() is not None or time.monotonic() > deadline:
                stop(f"The server did not come up ({error}); it says why above.")
            time.sleep(0.05)


def _stop_all(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            child.kill()
