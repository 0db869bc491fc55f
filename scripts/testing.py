"""`make test`, `make drill`, `make bench`."""

import os
import shutil
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ElementTree  # noqa: S405 - it reads only our own test reports
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from installing import PYTHON, environment, prepare_environment

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass
class Stage:
    """One run of pytest: what it is called, what it needs beside it, what it was told."""

    name: str
    words: list[str]
    servers: list[str] = field(default_factory=list)
    covers_rules: bool = False
    passed: set[str] = field(default_factory=set)
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    note: str = ""


def test() -> int:
    """All tests: rules, SQLite, PostgreSQL, Celery on Redis, one browser journey."""
    prepare_environment("test")
    elsewhere = ["tests/rules", "tests/papers", "tests/workers", "tests/journeys"]
    suite = ["tests", *(f"--ignore={folder}" for folder in elsewhere)]
    suite += ["-n", "2", "--dist", "loadscope", "-m", "not drill"]
    plain = ["tests/rules", "tests/papers", "-p", "no:django", "-n", "2"]
    plain += ["-W", "ignore::pytest.PytestConfigWarning"]
    sqlite = Stage("suite on SQLite", suite)
    postgresql = Stage("suite on PostgreSQL", suite, ["postgresql"])
    worker = Stage("Celery worker on Redis", ["tests/workers"], ["postgresql", "redis"])
    journey = Stage("journey in Chromium", ["tests/journeys", "-m", "not drill"])
    rules = Stage("rules and papers, no Django", plain, covers_rules=True)
    stages = [rules, sqlite, postgresql, worker]
    if browser():
        stages.append(journey)
    else:
        journey.note = "SKIPPED: no Chromium on the PATH or in CHROMIUM; apt-get install chromium"
    for stage in stages:
        _perform(stage)
    _print_counts([*stages, *([journey] if journey.note else [])])
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
    for stage in stages:
        _perform(stage)
    _print_counts(stages)
    return 1 if any(stage.failed for stage in stages) else 0


def bench() -> int:
    """The benchmarks, on SQLite and on PostgreSQL."""
    prepare_environment("test")
    words = [PYTHON, "-m", "benchmarks"]
    codes = [
        subprocess.run(words, env=_test_environment()).returncode,
        subprocess.run(_beside(["postgresql"], words), env=_test_environment()).returncode,
    ]
    return max(codes)


def browser() -> str | None:
    """The Chromium named by CHROMIUM, else the first on the PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def _test_environment() -> dict[str, str]:
    more = {"DJANGO_SETTINGS_MODULE": "ltip.settings.test"}
    found = browser()
    return environment(**more, **({"CHROMIUM": found} if found else {}))


def _beside(servers: list[str], command: Sequence[str | Path]) -> list[str | Path]:
    return [PYTHON, "-m", "tests.servers", *servers, "--", *command] if servers else list(command)


def _perform(stage: Stage) -> None:
    print(f"\n{stage.name}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        words = [PYTHON, "-m"]
        if stage.covers_rules:
            words += ["coverage", "run", "-m"]
        words += ["pytest", "-q", f"--junit-xml={report}", *stage.words]
        known = _test_environment() | {"COVERAGE_FILE": str(Path(folder) / "coverage")}
        code = subprocess.run(_beside(stage.servers, words), env=known).returncode
        cases = ElementTree.parse(report).iter("testcase") if report.exists() else iter(())  # noqa: S314
        for case in cases:
            if case.find("failure") is not None or case.find("error") is not None:
                stage.failed += 1
            elif case.find("skipped") is not None:
                stage.skipped += 1
            else:
                stage.passed.add(f"{case.get('classname')}::{case.get('name')}")
        if stage.covers_rules and not _every_branch_is_covered(known):
            stage.failed, stage.note = stage.failed + 1, "a branch of ltip/rules is not covered"
    if code != 0 and not stage.failed:
        stage.failed, stage.note = 1, f"pytest ended with {code}"
    stage.seconds = time.monotonic() - started


def _every_branch_is_covered(known: dict[str, str]) -> bool:
    """Whether the tests of the rules take every branch of them; prints those they don't."""
    coverage = [PYTHON, "-m", "coverage"]
    subprocess.run([*coverage, "combine", "--quiet"], env=known)
    return subprocess.run([*coverage, "report"], env=known).returncode == 0


def _print_counts(stages: list[Stage]) -> None:
    print(f"\n{'':28}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}")
    for stage in stages:
        print(
            f"{stage.name:28}{len(stage.passed):8}{stage.failed:8}{stage.skipped:9}"
            f"{stage.seconds:9.0f}  {stage.note}"
        )


def _differences(sqlite: Stage, postgresql: Stage) -> list[str]:
    if sqlite.failed or postgresql.failed:
        return []
    different = sorted(sqlite.passed ^ postgresql.passed)
    return [n for n in different if "sqlite" not in n.lower() and "postgresql" not in n.lower()]
