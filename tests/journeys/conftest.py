"""The program as `make run` starts it, in a folder of its own, and a real browser before it."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import servers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROJECT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 400  # beside the other stages, on a busy machine


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demonstration; it must also stop in good order."""
    folder, port = tmp_path_factory.mktemp("state"), servers.free_port()
    output = folder / "output"
    environment = os.environ | {"LTIP_STATE": str(folder), "PORT": str(port)}
    for name in ("DJANGO_SETTINGS_MODULE", "CELERY_BROKER_URL", "DATABASE_URL"):
        environment.pop(name, None)
    with output.open("wb") as file:
        program = subprocess.Popen(
            [sys.executable, "scripts/launch.py", "run"],
            cwd=PROJECT,
            env=environment,
            stdout=file,
            stderr=file,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while "Stop with Ctrl-C" not in output.read_text():
            if program.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"The program did not start:\n{output.read_text()}")
            time.sleep(0.2)
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:  # noqa: S310
            assert answer.status == 200
        yield address
    finally:
        program.send_signal(signal.SIGTERM)
        assert program.wait(timeout=30) == 0


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """The Chromium named by CHROMIUM; `make test` looks for one on the PATH and names it."""
    path = os.environ.get("CHROMIUM")
    if not path:
        pytest.skip("no Chromium: name one in CHROMIUM, or apt-get install chromium")
    from playwright.sync_api import sync_playwright

    # Chromium's own sandbox refuses to run as root, as in a container.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: "Browser", site: str) -> Iterator["Page"]:
    """A page of a browser without memory; what its console complains of fails the test."""
    context = chromium.new_context(base_url=site)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
