"""Measures importing a market, running a period, certifying many awards, importing and enrolling
many employees, a holder's pages, verifying the chain, and the rules alone; prints the median of
three and the peak memory."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.databases import Databases, postgresql, sqlite
from benchmarks.generated import write_market
from benchmarks.markets import GENERATED, REAL, Market

REPETITIONS = 3
RECORDS = 100_000
AWARDS = 10_000
EMPLOYEES = 50_000
REQUESTS = 20
PROJECT = Path(__file__).resolve().parent.parent
BESIDE = PROJECT.parent / "shared" / "market"


@dataclass(frozen=True, slots=True)
class Measured:
    """One process: how long it took, how much memory it had at its peak, what it printed."""

    seconds: float
    peak_mb: float
    output: str


def main(words: Sequence[str]) -> int:
    if "TEST_DATABASE_URL" not in os.environ:
        _measure_rules()
    with ExitStack() as stack:
        databases = stack.enter_context(_databases())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ltip-market-")))
        print(f"\n{databases.name}, Python {sys.version.split()[0]}")
        print(f"{'':62}{'median':>9}{'peak':>9}   target")
        named = [*words, *filter(None, [os.environ.get("LTIP_MARKET")]), BESIDE]
        if (Path(named[0]) / "prices.csv").is_file():
            _measure(REAL, Path(named[0]).resolve(), databases)
        else:
            print(f"SKIPPED: the real market, for there is no prices.csv in {named[0]}")
        write_market(folder)
        _measure(GENERATED, folder, databases)
        _measure_committee(folder, databases)
        _measure_enrolment(folder, databases)
        _measure_holder(databases)
        _measure_verifying(databases)
        _measure_employees(databases)
    return 0


def _measure_rules() -> None:
    """The rules touch no database, so they are measured once, with the run on SQLite."""
    print(f"\nRules alone, Python {sys.version.split()[0]}")
    print(f"{'':62}{'median':>9}{'peak':>9}   target")
    runs = [_child("rules", "", "awards") for _ in range(REPETITIONS)]
    seconds = [json.loads(run.output)["awards"] for run in runs]
    _line("50,000 awards through every rule", seconds, runs, "under 5 s, under 500 MB")
    runs = [_child("rules", "", "ranking") for _ in range(REPETITIONS)]
    for method in json.loads(runs[0].output):
        milliseconds = [1000 * json.loads(run.output)[method] for run in runs]
        what = "pandas, floats" if method == "pandas" else method
        line = f"rank and percentile among 3,000 companies: {what}"
        print(f"{line:62}{median(milliseconds):6.2f} ms{'':9}   under 10 ms", flush=True)


def _measure(market: Market, folder: Path, databases: Databases) -> None:
    closes, actions = (
        sum(1 for _ in (folder / name).open()) - 1 for name in ("prices.csv", "actions.csv")
    )
    ready = databases.new()
    _child("founding", ready)
    imports = [_import(folder, databases.copy_of(ready)) for _ in range(REPETITIONS)]
    _line(
        f"import_prices, {market.name}: {closes:,} closes, {actions} actions",
        [each.seconds for each in imports],
        imports,
        "under 10 s, under 400 MB",
    )
    told = databases.new()
    _child("telling", told, market.key, str(folder))
    runs = [_child("running", databases.copy_of(told)) for _ in range(REPETITIONS)]
    timings = [json.loads(run.output) for run in runs]
    what = f"TSR run 2012-13, {market.name}, {len(market.peers)} peers"
    first = [timing["first"] for timing in timings]
    _line(f"{what}: a worker's first", first, runs, "under 1 s")
    later = [seconds for timing in timings for seconds in timing["later"]]
    _line(f"{what}: later ones", later, runs, "under 1 s")


def _measure_verifying(databases: Databases) -> None:
    chain = databases.new()
    characters = int(_child("sealing", chain, str(RECORDS)).output)
    runs = [_run(["manage.py", "verify_records"], chain) for _ in range(REPETITIONS)]
    assert all(f"{RECORDS} records, one unbroken chain." in run.output for run in runs)
    what = f"verify_records: {RECORDS:,} records of {characters / 1e6:.0f} MB, documents"
    _line(what, [run.seconds for run in runs], runs, "under 60 s")


def _measure_committee(folder: Path, databases: Databases) -> None:
    told = databases.new()
    _child("awarding", told, str(folder), str(AWARDS))
    runs = [_child("certifying", databases.copy_of(told)) for _ in range(REPETITIONS)]
    timings = [json.loads(run.output) for run in runs]
    for what, key, target in (
        ("the docket", "docket", "under 0.3 s"),
        ("its page", "act", "under 0.3 s"),
        ("proposed", "propose", ""),
        ("sealed by the last signature", "seal", "under 10 s, under 500 MB"),
    ):
        taken = [timing[key] for timing in timings]
        seconds = [one for each in taken for one in (each if isinstance(each, list) else [each])]
        _line(f"certification of {AWARDS:,} awards: {what}", seconds, runs, target)


def _measure_employees(databases: Databases) -> None:
    ready = databases.new()
    _child("founding", ready)
    for kind in ("csv", "xlsx"):
        runs = [
            _child("importing", databases.copy_of(ready), kind, str(EMPLOYEES))
            for _ in range(REPETITIONS)
        ]
        timings = [json.loads(run.output) for run in runs]
        file = f"{EMPLOYEES:,} employees, {kind.upper()}"
        for what, parts, target in (
            ("given, compared, applied", ("give", "compare", "apply"), "under 60 s, under 600 MB"),
            ("the same file again, compared", ("again",), ""),
        ):
            seconds = [sum(timing[part] for part in parts) for timing in timings]
            _line(f"{file}: {what}", seconds, runs, target)
    for what, page in (
        ("the list", "list"),
        ("the list by a part of the number", "named"),
        ("the list by grade and country, page 20", "graded"),
        ("the lines of the file, page 900", "lines"),
    ):
        taken = [seconds for timing in timings for seconds in timing[page]]
        _line(f"{EMPLOYEES:,} employees: {what}", taken, runs, "under 0.3 s")


def _measure_enrolment(folder: Path, databases: Databases) -> None:
    employed = databases.new()
    _child("employing", employed, str(folder), str(EMPLOYEES))
    runs = [_child("enrolling", databases.copy_of(employed)) for _ in range(REPETITIONS)]
    timings = [json.loads(run.output) for run in runs]
    for what in timings[0]:
        taken = [timing[what] for timing in timings]
        seconds = [one for each in taken for one in (each if isinstance(each, list) else [each])]
        line = f"enrolment of {EMPLOYEES:,} employees: {what}"
        _line(line, seconds, runs, "" if what == "stretches" else "under 0.3 s")


def _measure_holder(databases: Databases) -> None:
    run = _child("holding", databases.new(), str(REQUESTS))
    for what, taken in json.loads(run.output).items():
        milliseconds = 1000 * median(taken["seconds"])
        line = f"a holder's pages: {what}, {taken['queries']} queries"
        print(f"{line:62}{milliseconds:6.0f} ms{'':9}   under 100 ms", flush=True)


def _import(folder: Path, database: str) -> Measured:
    files = [str(folder / "prices.csv"), "--actions", str(folder / "actions.csv")]
    return _run(["manage.py", "import_prices", *files, "--new-securities"], database)


def _child(program: str, database: str, *words: str) -> Measured:
    return _run(["-m", f"benchmarks.{program}", *words], database)


def _run(words: Sequence[str], database: str) -> Measured:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ltip.settings.test",
        "TEST_DATABASE_URL": database,
    }
    with tempfile.TemporaryFile("w+") as output:
        started = time.perf_counter()
        child = os.posix_spawn(
            sys.executable,
            [sys.executable, *words],
            environment,
            file_actions=[(os.POSIX_SPAWN_DUP2, output.fileno(), 1)],
        )
        _, status, usage = os.wait4(child, 0)
        seconds = time.perf_counter() - started
        if status:
            sys.exit(f"{' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
        output.seek(0)
        # Linux counts in KiB, macOS in bytes.
        peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
        return Measured(seconds, peak, output.read())


def _line(what: str, seconds: list[float], processes: list[Measured], target: str) -> None:
    peak = max(process.peak_mb for process in processes)
    print(f"{what:62}{median(seconds):7.2f} s{peak:6.0f} MB   {target}", flush=True)


@contextmanager
def _databases() -> Iterator[Databases]:
    address = os.environ.get("TEST_DATABASE_URL", "")
    with postgresql(address) if address.startswith("postgres") else sqlite() as databases:
        yield databases


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
