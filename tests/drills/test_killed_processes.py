"""Processes killed half way: what they began is done once in the end, or not at all.

The test holds the lock of the chain, which every decision takes last; the process runs into it and
is killed there. On SQLite, where every transaction is the only writer, it is killed before its
first write.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from committee import services as committee
from committee.models import Adoption, Signature
from ltip import clock
from ltip.jobs import services as jobs
from ltip.jobs.models import Job
from ltip.program.models import TsrRun
from ltip.program.services import measuring
from ltip.records import selectors as records_reading
from ltip.records.services import CHAIN_LOCK
from participants.awards.models import Designation
from participants.settlement import services as settlement
from participants.settlement.models import Settlement, SettlementApproval
from tests import cast

pytestmark = pytest.mark.drill

WINDOW_DAY = date(2013, 1, 10)
PATIENCE_SECONDS = 120


@contextmanager
def chain_held() -> Iterator[None]:
    """Hold the lock that every seal takes, so that whoever seals waits."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
        yield


def killed_at_the_chain(script: str, environment: dict[str, str]) -> None:
    """Run a script in a process of its own until it waits for the chain, and kill it there."""
    before = "import django; django.setup()\n"
    with chain_held():
        process = subprocess.Popen([sys.executable, "-c", before + script], env=environment)
        _wait_until_it_waits(process)
        process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=PATIENCE_SECONDS) == -signal.SIGKILL


def _wait_until_it_waits(process: subprocess.Popen[bytes]) -> None:
    if connection.vendor == "sqlite":
        time.sleep(5)
        assert process.poll() is None, "it did not wait"
        return
    for _ in range(PATIENCE_SECONDS * 10):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            )
            if cursor.fetchone()[0]:
                return
        assert process.poll() is None, "it ended before it waited"
        time.sleep(0.1)
    pytest.fail("it never came to the chain")


def test_a_run_whose_worker_is_killed_is_found_and_made_once(
    worker_environment: dict[str, str],
) -> None:
    telling = cast.told(acts=cast.BEFORE_CERTIFICATION)
    job = measuring.request_run(
        period=telling.period,
        is_final=True,
        by=telling.administrator,
        at=cast.noon(date(2015, 2, 24)),
    )
    environment = worker_environment | {"CELERY_BROKER_URL": ""}
    killed_at_the_chain(f"from ltip.jobs.services import perform; perform({job.pk})", environment)
    assert TsrRun.objects.count() == 0
    Job.objects.filter(pk=job.pk, heard_from_at__isnull=False).update(
        heard_from_at=clock.machine_now() - timedelta(hours=1)
    )
    jobs.sweep()
    jobs.perform(job.pk)
    assert TsrRun.objects.count() == 1
    assert Job.objects.get(pk=job.pk).state == "done"
    assert records_reading.first_fault()[1] is None


def test_a_last_signature_whose_process_is_killed_adopts_nothing_and_can_be_given_again(
    worker_environment: dict[str, str],
) -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    act = committee.propose_act(
        kind="designation",
        request={
            "period": telling.period.label,
            "employees": [str(telling.holders["signed"].public_id)],
        },
        by=telling.secretary,
        at=cast.noon(WINDOW_DAY),
    )
    at = cast.noon(WINDOW_DAY)
    chair, second, third = telling.members
    cast.sign(act, chair, at)
    cast.sign(act, second, at)
    script = f"""
from committee.models import Act
from ltip.accounts.models import User
from tests import cast
act, third = Act.objects.get(pk={act.pk}), User.objects.get(pk={third.pk})
cast.sign(act, third, cast.noon(cast.date(2013, 1, 10)))
"""
    killed_at_the_chain(script, worker_environment | {"CELERY_BROKER_URL": ""})
    assert not Adoption.objects.filter(act=act).exists()
    assert Signature.objects.filter(act=act).count() == 2
    assert not Designation.objects.exists()
    assert cast.sign(act, third, at).adopted
    assert Designation.objects.count() == 1
    assert records_reading.first_fault()[1] is None


def test_an_approval_whose_process_is_killed_pays_nothing_and_then_once(
    worker_environment: dict[str, str],
) -> None:
    telling = cast.told(acts=8)
    at = cast.noon(date(2015, 3, 27))
    batch = cast.batch_to_approve(telling, date(2015, 3, 27))
    script = f"""
from participants.settlement import services
from participants.settlement.models import SettlementBatch
from ltip.accounts.models import User
from tests import cast
batch = SettlementBatch.objects.get(pk={batch.pk})
by, at = User.objects.get(pk={telling.approver.pk}), cast.noon(cast.date(2015, 3, 27))
services.approve_settlement(
    batch=batch, shown_digest=batch.digest, by=by, authentication=cast.proof(by, at), at=at
)
"""
    killed_at_the_chain(script, worker_environment | {"CELERY_BROKER_URL": ""})
    assert not SettlementApproval.objects.exists()
    assert not Settlement.objects.exists()

    def approve() -> Any:
        return settlement.approve_settlement(
            batch=batch,
            shown_digest=batch.digest,
            by=telling.approver,
            authentication=cast.proof(telling.approver, at),
            at=at,
        )

    assert len(approve()) == 2
    assert records_reading.first_fault()[1] is None
