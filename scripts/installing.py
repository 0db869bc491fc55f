"""The virtual environment and this installation's own keys."""

import base64
import hashlib
import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
STATE = Path(os.environ.get("LTIP_STATE", PROJECT / "var")).resolve()
# Each lock holds all of the one before it, in the same versions.
LOCKS = ("runtime", "test", "lint", "mutation")


def stop(reason: str) -> NoReturn:
    print(reason, file=sys.stderr)
    sys.exit(1)


def prepare_environment(lock: str) -> None:
    """Make `.venv` hold the packages of a lock; does nothing when it does already."""
    stamp = VENV / "installed-locks.json"
    digests = {
        name: hashlib.sha256((PROJECT / "requirements" / f"{name}.txt").read_bytes()).hexdigest()
        for name in LOCKS
    }
    if not _venv_works():
        _make_venv()
    installed = json.loads(stamp.read_text()) if stamp.exists() else {}
    enough = LOCKS[LOCKS.index(lock) :]
    if any(installed.get(name) == digests[name] for name in enough):
        return
    print(f"Installing the packages of requirements/{lock}.txt ...", flush=True)
    command = [PYTHON, "-m", "pip", "install", "-qq", "--no-input", "--no-compile"]
    command += ["--disable-pip-version-check", "--require-hashes"]
    command += ["-r", PROJECT / "requirements" / f"{lock}.txt"]
    if subprocess.run(command).returncode != 0:
        stop("The packages could not be installed; pip says why above.")
    stamp.write_text(json.dumps(installed | {lock: digests[lock]}))


def _venv_works() -> bool:
    if not PYTHON.exists():
        return False
    words = [PYTHON, "-c", "import sys; print(*sys.version_info[:2], sep='.')"]
    answer = subprocess.run(words, capture_output=True, text=True)
    return answer.stdout.strip() == "{}.{}".format(*sys.version_info[:2])


def _make_venv() -> None:
    try:
        import ensurepip  # noqa: F401 - only asked whether it is there
        import venv
    except ImportError:
        version = "{}.{}".format(*sys.version_info[:2])
        stop(f"This Python has no venv module; on Debian: apt-get install python{version}-venv")
    venv.create(VENV, clear=True, symlinks=True, with_pip=True)


def prepare_keys() -> None:
    """Write this installation's own keys once, readable by its user only."""
    keys = STATE / "local.env"
    STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
    if keys.exists():
        return
    descriptor = os.open(keys, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{name}={value}\n" for name, value in new_keys().items())


def new_keys() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "FIELD_HMAC_KEY": secrets.token_hex(32),
    }


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"PYTHONUNBUFFERED": "1", "LTIP_STATE": str(STATE)} | more
