"""Starts the program, its tests, drills, benchmarks and checks. Standard library only.

    python3.11 scripts/launch.py run | test | drill | bench | mutate | lint | format

It makes `.venv`, installs the locked, hashed packages when the lock has changed, and keeps all
local state (database, keys, mail) in `var`, or in the folder named by LTIP_STATE.
"""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from checking import format_sources, lint
from installing import PROJECT, stop
from mutating import mutate
from serving import run
from testing import bench, drill, test


def main(words: list[str]) -> int:
    commands = {
        "run": run,
        "test": test,
        "drill": drill,
        "bench": bench,
        "mutate": mutate,
        "lint": lint,
        "format": format_sources,
    }
    if len(words) != 1 or words[0] not in commands:
        stop(f"Say what to launch: {', '.join(commands)}.")
    if sys.version_info[:2] not in {(3, 11), (3, 12)}:
        stop(f"Python 3.11 or 3.12 is needed; this is {sys.version.split()[0]}.")
    os.chdir(PROJECT)
    # A stop asked for by signal passes through every `finally` on its way out.
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return commands[words[0]]()
    except KeyboardInterrupt:
        return 130


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
