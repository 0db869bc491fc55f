"""Workers killed while they make what is taken away: in the end it is there once.

The worker is killed where it waits for something that the test holds: the file of the signing key
(a pipe that nobody writes to), a lock of the database, or a row that another transaction inserts.
"""

import errno
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from pyhanko.pdf_utils.reader import PdfFileReader

from committee.export_jobs import request_export
from committee.minute_export import acts_of, folder_of
from committee.models import Act, ActPaper, Adoption, ExportLine
from committee.paper_jobs import job_for, sealed_act
from committee.papers import render_paper
from ltip import clock
from ltip.jobs import services as jobs
from ltip.jobs.models import Job
from ltip.records import selectors as records_reading
from ltip.records.locks import lock
from ltip.records.models import Document
from tests import cast

pytestmark = pytest.mark.drill

WINDOW_DAY = date(2013, 1, 10)
PATIENCE_SECONDS = 60
ON_POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="on SQLite a worker waits before its first write"
)


@pytest.fixture
def adoption(fresh_database: str) -> Adoption:
    """A designation that every member has signed, whose paper is asked for."""
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    employees = [str(telling.holders["signed"].public_id)]
    request = {"period": telling.period.label, "employees": employees}
    act = cast.adopt(telling, "designation", request, WINDOW_DAY)
    return Adoption.objects.select_related("seal").get(act=act)


@contextmanager
def working_on(
    job: Job, environment: dict[str, str], *, key: Path | str = ""
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own that performs a job, and is killed at the end."""
    script = f"""
import django; django.setup()
from django.conf import settings
settings.SIGNING_KEY_FILE = {str(key)!r}
from ltip.jobs.services import perform
perform({job.pk})
"""
    environment = environment | {"CELERY_BROKER_URL": ""}
    worker = subprocess.Popen([sys.executable, "-c", script], env=environment)
    try:
        yield worker
    finally:
        worker.send_signal(signal.SIGKILL)
        assert worker.wait(timeout=PATIENCE_SECONDS) == -signal.SIGKILL


def until(worker: subprocess.Popen[bytes], it_is_so: Callable[[], Any]) -> Any:
    """Wait until something is so while the worker lives, and give it back."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while not (found := it_is_so()):
        assert worker.poll() is None, "it ended before it waited"
        assert time.monotonic() < ends, "it never came to where it is to be killed"
        time.sleep(0.05)
    return found


def opened_by_a_reader(pipe: Path) -> int | None:
    """The end to write to, once a process reads the pipe: it waits as long as that is open."""
    try:
        return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
        return None


def somebody_waits(kind: str) -> Callable[[], bool]:
    def waits() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = %s AND NOT granted", [kind]
            )
            return bool(cursor.fetchone()[0])

    return waits


def resumed(job: Job) -> None:
    """The sweeper finds the job of the silent worker, and the next one performs it."""
    lost = Job.objects.get(pk=job.pk)
    assert lost.state == "claimed"
    Job.objects.filter(pk=job.pk).update(heard_from_at=clock.machine_now() - timedelta(hours=1))
    jobs.sweep()
    done = jobs.perform(job.pk)
    assert done is not None
    assert done.state == "done", done.message


def assert_one_paper_signed_once(adoption: Adoption, documents: int) -> None:
    paper = ActPaper.objects.get(adoption=adoption)
    content = bytes(paper.document.content)
    assert len(PdfFileReader(io.BytesIO(content)).embedded_signatures) == 1
    assert content.startswith(render_paper(sealed_act(adoption)))
    assert paper.is_signed
    assert Document.objects.count() == documents + 1
    assert records_reading.first_fault()[1] is None


def test_a_worker_killed_after_it_drew_the_paper_leaves_none_and_the_next_signs_one(
    adoption: Adoption, worker_environment: dict[str, str], signing_key: Any, tmp_path: Path
) -> None:
    documents, job = Document.objects.count(), job_for(adoption)
    assert job is not None
    pipe = tmp_path / "key-that-never-comes.p12"
    os.mkfifo(pipe)
    with working_on(job, worker_environment, key=pipe) as worker:
        writing = until(worker, lambda: opened_by_a_reader(pipe))
    os.close(writing)
    assert not ActPaper.objects.exists()
    assert Document.objects.count() == documents
    resumed(job)
    assert_one_paper_signed_once(adoption, documents)


@ON_POSTGRESQL
def test_a_worker_killed_between_signing_and_storing_the_paper_leaves_none_on_postgresql(
    adoption: Adoption,
    worker_environment: dict[str, str],
    signing_key: Any,
    signing_key_file: Path,
) -> None:
    documents, job = Document.objects.count(), job_for(adoption)
    assert job is not None
    with transaction.atomic():
        lock(f"paper of record {adoption.seal_id}")
        with working_on(job, worker_environment, key=signing_key_file) as worker:
            until(worker, somebody_waits("advisory"))
    assert not ActPaper.objects.exists()
    assert Document.objects.count() == documents
    resumed(job)
    assert_one_paper_signed_once(adoption, documents)


@ON_POSTGRESQL
def test_an_export_whose_worker_is_killed_keeps_its_lines_and_goes_on_on_postgresql(
    adoption: Adoption, worker_environment: dict[str, str]
) -> None:
    """The last line is inserted by the test's own transaction, so that the worker waits for it."""
    by = adoption.act.opened_by
    export = request_export(chosen={}, by=by, at=cast.noon(WINDOW_DAY))
    *others, last = list(acts_of(export))
    with transaction.atomic():
        ExportLine.objects.create(export=export, act=last, position=len(others), told="{}")
        with working_on(export.job, worker_environment) as worker:
            until(worker, somebody_waits("transactionid"))
        transaction.set_rollback(True)
    written = {line.act_id: line.pk for line in ExportLine.objects.filter(export=export)}
    assert written.keys() == {act.pk for act in others} != set()
    resumed(export.job)
    lines = {line.act_id: line.pk for line in ExportLine.objects.filter(export=export)}
    assert lines.keys() == {act.pk for act in Act.objects.filter(adoption__isnull=False)}
    assert lines.items() >= written.items()
    assert b"".join(folder_of(export)).startswith(b"PK")
