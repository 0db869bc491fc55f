"""The same code given to two processes in the same moment is taken by one of them."""

import os
import subprocess
import sys
import time
from pathlib import Path

from ltip.accounts import codes, second_factor
from ltip.accounts.services import SYSTEM, open_account, reauthenticate
from tests.accounts.test_codes import EMAIL, PASSWORD, SECRET, START, later, shown

PATIENCE_SECONDS = 60
# Waits, ready, until the file appears, so that both processes go on together.
SPEND = """
import sys, time, pathlib, django
django.setup()
from datetime import datetime
from ltip.accounts import codes
from ltip.accounts.models import User
user = User.objects.get(email=sys.argv[1])
ready, go = pathlib.Path(sys.argv[4]), pathlib.Path(sys.argv[5])
ready.touch()
while not go.exists():
    time.sleep(0.001)
at = datetime.fromisoformat(sys.argv[3])
for text in sys.argv[2].split():
    try:
        print(codes.spend(user=user, code=codes.GivenCode(text, at)))
    except (codes.WrongCode, codes.UsedCode) as refusal:
        print(type(refusal).__name__)
"""


def test_two_processes_take_a_code_of_either_kind_once(fresh_database: str, tmp_path: Path) -> None:
    user = open_account(
        email=EMAIL, name="A director", time_zone="UTC", by=SYSTEM, at=START, password=PASSWORD
    )
    recovery = second_factor.set_up(
        user=user,
        secret=SECRET,
        code=codes.GivenCode(shown(START), START),
        authentication=reauthenticate(
            user=user, password=PASSWORD, at=START, address="", device=""
        ),
        at=START,
    )
    at = later(steps=1)
    both = f"{shown(at)} {recovery[0]}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ltip.settings.test",
        "TEST_DATABASE_URL": fresh_database,
    }
    go = tmp_path / "go"
    ready = [tmp_path / "ready-1", tmp_path / "ready-2"]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", SPEND, EMAIL, both, at.isoformat(), str(one), str(go)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for one in ready
    ]
    waited_until = time.monotonic() + PATIENCE_SECONDS
    while not all(one.exists() for one in ready) and time.monotonic() < waited_until:
        time.sleep(0.05)
    go.touch()
    said = [process.communicate(timeout=PATIENCE_SECONDS)[0].split("\n") for process in processes]
    assert sorted(lines[0] for lines in said) == ["UsedCode", "one-time code"]
    assert sorted(lines[1] for lines in said) == ["WrongCode", "recovery code"]
