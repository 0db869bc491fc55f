"""Jobs as rows: claimed once, reported, finished either way, and found again when lost."""

from datetime import timedelta
from typing import Any

import pytest

from ltip import clock
from ltip.jobs import services, timetable
from ltip.jobs.models import Job
from ltip.rules.outcome import Refused


@pytest.fixture(autouse=True)
def _performers(monkeypatch: pytest.MonkeyPatch) -> None:
    def well(job: Job, arguments: dict[str, Any], report: services.Report) -> str:
        report(1, 2)
        return f"made {arguments['what']}"

    def refused(job: Job, arguments: dict[str, Any], report: services.Report) -> str:
        raise Refused("there is no price.", place="GA §2")

    def broken(job: Job, arguments: dict[str, Any], report: services.Report) -> str:
        raise ZeroDivisionError("a secret of the error")

    performers = {"well": well, "refused": refused, "broken": broken}
    monkeypatch.setattr(services, "PERFORMERS", performers)


def _request(kind: str) -> Job:
    return services.request_job(kind=kind, arguments={"what": "x"}, by=None, at=clock.now())


@pytest.mark.django_db
def test_a_job_is_performed_once_and_says_what_it_made() -> None:
    job = _request("well")
    done = services.perform(job.pk)
    assert done is not None
    assert (done.state, done.result, done.progress, done.total) == ("done", "made x", 1, 2)
    assert services.perform(job.pk) is None


@pytest.mark.django_db
def test_a_refusal_is_the_reason_that_the_job_failed() -> None:
    done = services.perform(_request("refused").pk)
    assert done is not None
    assert (done.state, done.message) == ("failed", "GA §2: there is no price.")


@pytest.mark.django_db
def test_an_error_fails_the_job_without_telling_its_secrets_and_the_next_one_still_runs() -> None:
    broken, well = _request("broken"), _request("well")
    assert services.perform_waiting() == 2
    broken.refresh_from_db()
    well.refresh_from_db()
    assert (broken.state, broken.message) == (
        "failed",
        "It stopped on an error (ZeroDivisionError).",
    )
    assert well.state == "done"


@pytest.mark.django_db
def test_a_kind_that_nobody_performs_is_refused() -> None:
    with pytest.raises(Refused, match="No one performs"):
        _request("unknown")


@pytest.mark.django_db
def test_a_silent_worker_is_given_up_after_the_third_attempt() -> None:
    job = _request("well")
    long_ago = clock.machine_now() - timedelta(hours=1)
    for attempt in (1, 2, 3):
        assert services.claim(job.pk) is not None
        assert services.sweep() == 0, "a worker that was heard from is left alone"
        Job.objects.update(heard_from_at=long_ago)
        assert services.sweep() == 1
        job.refresh_from_db()
        assert (job.attempts, job.state) == (attempt, "requested" if attempt < 3 else "failed")


@pytest.mark.django_db
def test_workers_are_told_again_of_a_job_whose_message_was_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[int] = []
    monkeypatch.setattr(services, "_dispatch", told.append)
    job = _request("well")
    services.sweep()
    assert told == []
    Job.objects.update(heard_from_at=clock.machine_now() - timedelta(hours=1))
    services.sweep()
    services.sweep()
    assert told == [job.pk]


@pytest.mark.django_db
def test_the_timetable_asks_for_a_job_once_in_its_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timetable, "ENTRIES", [timetable.Entry("well", timedelta(days=1))])
    timetable.keep()
    timetable.keep()
    assert Job.objects.filter(kind="well").count() == 1
