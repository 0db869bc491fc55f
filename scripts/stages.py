"""Runs of pytest, several beside each other, each with its counts."""

import subprocess
import tempfile
import time
import xml.etree.ElementTree as ElementTree  # noqa: S405 - it reads only our own test reports
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from installing import PYTHON

MOMENT = 0.1  # seconds between two looks at what runs


@dataclass(eq=False)
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


@dataclass(frozen=True, slots=True)
class Run:
    """A stage that runs, with the folder of its report."""

    process: subprocess.Popen[bytes]
    folder: Path
    started: float


def perform(stages: Sequence[Stage], *, at_once: int, known: dict[str, str]) -> None:
    """Run the stages in their order, so many at once, and count what passed.

    Of several at once each shows what it said when it has ended; a single one shows it meanwhile.
    """
    waiting, running = list(stages), dict[Stage, Run]()
    with tempfile.TemporaryDirectory() as folder:
        try:
            while waiting or running:
                while waiting and len(running) < at_once:
                    stage = waiting.pop(0)
                    print(f"{stage.name} ...", flush=True)
                    place = Path(folder) / stage.name
                    running[stage] = _start(stage, place, known, shown=at_once == 1)
                time.sleep(MOMENT)
                for stage in [s for s, run in running.items() if run.process.poll() is not None]:
                    _finish(stage, running.pop(stage), known)
        finally:
            for run in running.values():
                run.process.terminate()
            for run in running.values():
                run.process.wait()


def print_counts(stages: Sequence[Stage]) -> None:
    print(f"\n{'':28}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}")
    for stage in stages:
        print(
            f"{stage.name:28}{len(stage.passed):8}{stage.failed:8}{stage.skipped:9}"
            f"{stage.seconds:9.0f}  {stage.note}"
        )


def beside(servers: Sequence[str], command: Sequence[str | Path]) -> list[str | Path]:
    """The command with the named servers running beside it."""
    return [PYTHON, "-m", "tests.servers", *servers, "--", *command] if servers else list(command)


def _start(stage: Stage, folder: Path, known: dict[str, str], *, shown: bool) -> Run:
    folder.mkdir()
    words = [PYTHON, "-m"]
    if stage.covers_rules:
        words += ["coverage", "run", "-m"]
    words += ["pytest", "-q", f"--junit-xml={folder / 'report.xml'}", *stage.words]
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            beside(stage.servers, words),
            env=known | {"COVERAGE_FILE": str(folder / "coverage")},
            stdout=None if shown else said,
            stderr=None if shown else said,
        )
    return Run(process, folder, time.monotonic())


def _finish(stage: Stage, run: Run, known: dict[str, str]) -> None:
    stage.seconds = time.monotonic() - run.started
    if said := (run.folder / "said").read_text(errors="replace"):
        print(f"\n{stage.name}\n{said}", flush=True)
    report = run.folder / "report.xml"
    cases = ElementTree.parse(report).iter("testcase") if report.exists() else iter(())  # noqa: S314
    for case in cases:
        if case.find("failure") is not None or case.find("error") is not None:
            stage.failed += 1
        elif case.find("skipped") is not None:
            stage.skipped += 1
        else:
            stage.passed.add(f"{case.get('classname')}::{case.get('name')}")
    if stage.covers_rules and not _every_branch_is_covered(run.folder, known):
        stage.failed, stage.note = stage.failed + 1, "a branch of ltip/rules is not covered"
    if run.process.returncode != 0 and not stage.failed:
        stage.failed, stage.note = 1, f"pytest ended with {run.process.returncode}"


def _every_branch_is_covered(folder: Path, known: dict[str, str]) -> bool:
    """Whether the tests of the rules take every branch of them; prints those they don't."""
    env = known | {"COVERAGE_FILE": str(folder / "coverage")}
    coverage = [PYTHON, "-m", "coverage"]
    subprocess.run([*coverage, "combine", "--quiet"], env=env)
    return subprocess.run([*coverage, "report"], env=env).returncode == 0
