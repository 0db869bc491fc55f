"""The page of a job: waiting, running, done, failed, and for whose eyes it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from ltip.accounts import services as accounts
from ltip.accounts.models import User
from ltip.desk.scenarios.telling import LONG_AGO, PASSWORD
from ltip.jobs import services
from ltip.jobs.models import Job
from ltip.rules.outcome import Refused
from tests.participants.pages import words

NOW = datetime(2015, 2, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _performers(monkeypatch: pytest.MonkeyPatch) -> None:
    def halfway(job: Job, arguments: dict[str, Any], report: services.Report) -> str:
        report(1, 3)
        return "made"

    def refused(job: Job, arguments: dict[str, Any], report: services.Report) -> str:
        raise Refused("there is no price.", place="GA §2", remedy="Import it.")

    monkeypatch.setattr(services, "PERFORMERS", {"halfway": halfway, "refused": refused})
    monkeypatch.setitem(services.TITLES, "halfway", "Halfway there")


def person(name: str, role: str) -> User:
    user = accounts.open_account(
        email=f"{name}@test.example",
        name=name.capitalize(),
        time_zone="UTC",
        by=accounts.SYSTEM,
        at=NOW,
        password=PASSWORD,
    )
    accounts.assign_role(user=user, role=role, starts_on=LONG_AGO, by=accounts.SYSTEM, at=NOW)
    return user


@pytest.fixture
def asker(db: None) -> User:
    return person("asker", "participant")


def request(asker: User | None, kind: str = "halfway") -> Job:
    return services.request_job(kind=kind, arguments={}, by=asker, at=NOW)


def get(user: User, job: Job, *, next_path: str = "", at: datetime = NOW) -> Any:
    with time_machine.travel(at):
        browser = Client()
        browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        return browser.get(f"/jobs/{job.public_id}/", {"next": next_path} if next_path else {})


def test_a_waiting_job_says_since_when_and_refreshes_itself(asker: User) -> None:
    answer = get(asker, request(asker))
    page = words(answer)
    assert "Halfway there" in page
    assert "Asked for by Asker on 24 February 2015, 12:00 UTC." in page
    assert "It waits for its turn You may leave this page; it goes on by itself." in page
    assert answer["Refresh"] == "5"
    assert 'data-poll="2"' in answer.content.decode()


def test_a_job_that_waits_too_long_says_whom_to_tell(asker: User) -> None:
    page = words(get(asker, request(asker), at=NOW + timedelta(minutes=3)))
    assert "tell the operator that no worker takes jobs; nothing is lost." in page


def test_a_running_job_shows_how_far_it_is(asker: User) -> None:
    job = request(asker)
    claimed = services.claim(job.pk)
    assert claimed is not None
    services._report(claimed, 1, 3)
    answer = get(asker, job)
    assert "It is being made 1 of 3." in words(answer)
    assert 'max="3" value="1"' in answer.content.decode()
    assert answer["Refresh"] == "5"


def test_a_job_that_is_done_leads_on_and_stays_as_it_is(asker: User) -> None:
    job = request(asker)
    services.perform(job.pk)
    answer = get(asker, job, next_path="/market/runs/2013-2014/?job=1")
    assert "It is done" in words(answer)
    assert 'href="/market/runs/2013-2014/?job=1"' in answer.content.decode()
    assert "Refresh" not in answer
    assert "data-poll" not in answer.content.decode()


def test_a_job_that_failed_says_why_and_what_to_do(asker: User) -> None:
    job = request(asker, "refused")
    services.perform(job.pk)
    answer = get(asker, job)
    page = words(answer)
    assert "It was not made GA §2: there is no price. Import it." in page
    assert "ask for it again" in page
    assert "Refresh" not in answer


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\elsewhere"],
)
def test_it_leads_nowhere_outside_the_site(asker: User, elsewhere: str) -> None:
    job = request(asker)
    services.perform(job.pk)
    assert "See what it made" not in words(get(asker, job, next_path=elsewhere))


def test_another_participant_does_not_learn_that_a_job_exists(asker: User) -> None:
    job = request(asker)
    assert get(person("other", "participant"), job).status_code == 404
    assert get(person("keeper", "human_resources"), job).status_code == 200
    assert get(person("auditor", "auditor"), job).status_code == 200


def test_a_job_of_the_timetable_is_for_staff(asker: User) -> None:
    job = request(None)
    assert get(asker, job).status_code == 404
    page = words(get(person("keeper", "human_resources"), job))
    assert "Asked for by the timetable on 24 February 2015" in page


def test_nobody_is_asked_to_sign_in(asker: User, client: Client) -> None:
    answer = client.get(f"/jobs/{request(asker).public_id}/")
    assert answer.url.split("?")[0] == "/accounts/login/"
