"""`make test`, `make drill`, `make bench`."""

import os
import shutil
import subprocess
import time

from installing import PYTHON, environment, prepare_environment
from stages import Stage, beside, perform, print_counts

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def test() -> int:
    """All tests: rules, no database, SQLite, PostgreSQL, Celery on Redis, a browser's journey.

    A test that asks for a database runs on both, the others once. The two suites run beside each
    other, the longest first, each story told once in each, and the short stages fill the gaps.
    """
    started = time.monotonic()
    prepare_environment("test")
    elsewhere = ["tests/rules", "tests/papers", "tests/workers", "tests/journeys"]
    suite = ["tests", *(f"--ignore={folder}" for folder in elsewhere)]
    cores = os.cpu_count() or 2
    if cores > 3:
        suite += ["-n", str(cores // 2), "--dist", "loadscope"]
    without = [*suite, "-m", "not database and not drill"]
    suite += ["-m", "database and not drill"]
    plain = ["tests/rules", "tests/papers", "-p", "no:django"]
    plain += ["-W", "ignore::pytest.PytestConfigWarning"]
    rules = Stage("rules and papers, no Django", plain, covers_rules=True)
    sqlite = Stage("suite on SQLite", suite)
    postgresql = Stage("suite on PostgreSQL", suite, ["postgresql"])
    worker = Stage("Celery worker on Redis", ["tests/workers"], ["postgresql", "redis"])
    journey = Stage("journey in Chromium", ["tests/journeys", "-m", "not drill"])
    stages = [postgresql, sqlite, rules, Stage("tests without a database", without), worker]
    if browser():
        stages.insert(2, journey)
    else:
        journey.note = "SKIPPED: no Chromium on the PATH or in CHROMIUM; apt-get install chromium"
    perform(stages, at_once=cores + 1, known=_test_environment())
    print_counts([*stages, *([journey] if journey.note else [])])
    print(f"{'all of it':28}{'':25}{time.monotonic() - started:9.0f}")
    unnamed = _differences(sqlite, postgresql)
    for name in unnamed:
        print(f"Ran on one database only, and its name does not say which: {name}")
    return 1 if unnamed or any(stage.failed for stage in stages) else 0


def drill() -> int:
    """What takes long or kills processes."""
    prepare_environment("test")
    words = ["tests", "-m", "drill"]
    stages = [
        Stage("drills on SQLite", words, ["redis"]),
        Stage("drills on PostgreSQL", words, ["postgresql", "redis"]),
    ]
    perform(stages, at_once=1, known=_test_environment())
    print_counts(stages)
    return 1 if any(stage.failed for stage in stages) else 0


def bench() -> int:
    """The benchmarks, on SQLite and on PostgreSQL."""
    prepare_environment("test")
    words = [PYTHON, "-m", "benchmarks"]
    codes = [
        subprocess.run(words, env=_test_environment()).returncode,
        subprocess.run(beside(["postgresql"], words), env=_test_environment()).returncode,
    ]
    return max(codes)


def browser() -> str | None:
    """The Chromium named by CHROMIUM, else the first on the PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def _test_environment() -> dict[str, str]:
    more = {"DJANGO_SETTINGS_MODULE": "ltip.settings.test"}
    found = browser()
    return environment(**more, **({"CHROMIUM": found} if found else {}))


def _differences(sqlite: Stage, postgresql: Stage) -> list[str]:
    if sqlite.failed or postgresql.failed:
        return []
    different = sorted(sqlite.passed ^ postgresql.passed)
    return [n for n in different if "sqlite" not in n.lower() and "postgresql" not in n.lower()]
