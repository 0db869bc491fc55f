"""Asking for a run on the page, following its job, and reading what it found."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ltip.desk.scenarios.telling import Telling
from ltip.jobs import services as jobs
from ltip.jobs.models import Job
from ltip.program import selectors
from ltip.program.models import TsrRun
from ltip.program.services import measuring
from tests import cast
from tests.participants.pages import words
from tests.program.conftest import AFTER_PERIOD, Visit, five_companies, told

RUNS = "/market/runs/2013-2014/"


def run_of(telling: Telling, *, on: date = AFTER_PERIOD, is_final: bool = True) -> TsrRun:
    job = measuring.request_run(
        period=telling.period, is_final=is_final, by=telling.administrator, at=cast.noon(on)
    )
    done = jobs.perform(job.pk)
    assert done is not None
    return TsrRun.objects.get(public_id=done.result)


def test_a_final_run_is_asked_for_followed_and_read(measured: Telling, visit: Visit) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        assert "Make the final run" in words(browser.get(RUNS))
        asked = browser.post(RUNS, {"kind": "final"})
        job = Job.objects.get(kind=measuring.RUN_JOB)
        assert asked.url.startswith(f"/jobs/{job.public_id}/?next=")
        waiting = browser.get(asked.url)
        assert "It waits for its turn" in words(waiting)
        jobs.perform_waiting()
        done = browser.get(asked.url)
        assert "See what it made" in words(done)
        result = browser.get(f"{RUNS}?job={job.public_id}", follow=True)
    run = TsrRun.objects.get()
    assert result.redirect_chain == [(f"{RUNS}{run.public_id}/", 302)]
    page = words(result)
    assert "Measured until 31 December 2014, the period pays 200 % of target." in page
    assert "Rank 2 of 5" in page
    assert "Percentile 75 %" in page
    assert "Our return +40.00 %" in page


def test_a_run_shows_the_ranking_the_stand_ins_and_the_digests(
    measured: Telling, visit: Visit
) -> None:
    run = run_of(measured)
    with visit(measured.members[0], AFTER_PERIOD) as browser:
        answer = browser.get(f"{RUNS}{run.public_id}/")
    page = words(answer)
    places = [
        page.index(text)
        for text in (
            "1 HIGH +65.00 %",
            "2 OURS us +40.00 %",
            "3 SPLT +30.00 %",
            "4 GAPS −25.00 %",
            "5 LOW −50.00 %",
        )
    ]
    assert places == sorted(places)
    assert "GAPS 30 December 2014" in page
    assert f"SHA-256 {run.inputs_id}" in page
    assert f"SHA-256 {run.result_digest}" in page
    assert "reinvested at the close of 12; shares then held. 1.1" in page
    assert 'class="chart"' in answer.content.decode()


def test_the_kept_inputs_are_given_out_byte_for_byte(measured: Telling, visit: Visit) -> None:
    run = run_of(measured)
    with visit(measured.approver, AFTER_PERIOD) as browser:
        answer = browser.get(f"{RUNS}{run.public_id}/inputs.json")
    assert answer.content == bytes(run.inputs.content)
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="inputs-2013-2014-{run.inputs_id[:12]}.json"'
    )


def test_the_page_draws_the_stored_steps_and_computes_none(measured: Telling, visit: Visit) -> None:
    run = run_of(measured)
    altered = selectors.result_of(run)
    altered["goals"][0]["rank_steps"][0] = {
        "sentence": "A step that no rule has written.",
        "figure": "17 of 4",
        "place": "GA §99",
    }
    other = measuring.keep_run(
        period=measured.period,
        inputs=json.loads(bytes(run.inputs.content)),
        result=altered,
        is_final=True,
        by=measured.administrator,
        at=cast.noon(AFTER_PERIOD),
    )
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        first, second = (words(browser.get(f"{RUNS}{each.public_id}/")) for each in (run, other))
    assert "A step that no rule has written. 17 of 4 GA §99" in second
    assert "A step that no rule has written." not in first
    assert "A later final run of this period was made." in first
    assert "A later final run of this period was made." not in second


def test_only_the_secretary_is_led_on_to_the_certification(measured: Telling, visit: Visit) -> None:
    run = run_of(measured)
    with visit(measured.secretary, AFTER_PERIOD) as browser:
        assert "Next: the certification" in words(browser.get(f"{RUNS}{run.public_id}/"))
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        assert "Next: the certification" not in words(browser.get(f"{RUNS}{run.public_id}/"))


def test_an_interim_run_says_that_it_decides_nothing(measured: Telling, visit: Visit) -> None:
    run = run_of(measured, on=date(2014, 12, 31), is_final=False)
    with visit(measured.secretary, AFTER_PERIOD) as browser:
        page = words(browser.get(f"{RUNS}{run.public_id}/"))
    assert "Had the period ended on 31 December 2014, it would pay 200 % of target." in page
    assert "An interim run decides nothing." in page
    assert "Next: the certification" not in page


def test_before_the_period_is_over_an_interim_run_is_offered_and_a_final_one_refused(
    measured: Telling, visit: Visit
) -> None:
    with visit(measured.administrator, date(2014, 12, 31)) as browser:
        shown = words(browser.get(RUNS))
        refused = words(browser.post(RUNS, {"kind": "final"}))
    assert "Make an interim run" in shown
    assert "Make the final run" not in shown
    assert (
        "GA §4: The period ends on 31 December 2014; a final run comes after it. "
        "An interim run can be made on any day." in refused
    )
    assert not Job.objects.filter(kind=measuring.RUN_JOB).exists()


def test_a_period_without_a_goal_offers_no_run(db: None, visit: Visit) -> None:
    sections = five_companies()
    del sections["goal"]
    telling = told(sections)
    with visit(telling.administrator, AFTER_PERIOD) as browser:
        page = words(browser.get(RUNS))
    assert "No goal is set for this period" in page
    assert "Make the final run" not in page


def test_missing_days_are_named_before_a_final_run_is_asked_for(db: None, visit: Visit) -> None:
    sections = five_companies()
    del sections["market"]["closes"]["OURS"]["2014-12-31"]
    telling = told(sections)
    with visit(telling.administrator, AFTER_PERIOD) as browser:
        page = words(browser.get(RUNS))
    assert "The company's closes on record reach to 30 December 2014." in page
    assert "A final run needs those up to 31 December 2014." in page


def test_asking_twice_makes_one_job(measured: Telling, visit: Visit) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        first = browser.post(RUNS, {"kind": "final"})
        second = browser.post(RUNS, {"kind": "final"})
    assert first.url == second.url
    assert Job.objects.filter(kind=measuring.RUN_JOB).count() == 1


def test_the_list_takes_as_many_queries_for_many_runs_as_for_one(
    measured: Telling, visit: Visit
) -> None:
    counts = []
    for more in (1, 4):
        for _ in range(more):
            run_of(measured)
        with visit(measured.administrator, AFTER_PERIOD) as browser:
            browser.get(RUNS)
            with CaptureQueriesContext(connection) as captured:
                page = words(browser.get(RUNS))
        assert page.count("Measured until 31 December 2014 final 200 %") == len(counts) * 4 + 1
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("part", ["", "inputs.json"])
def test_a_run_of_another_period_or_of_none_is_not_found(
    measured: Telling, visit: Visit, part: str
) -> None:
    unknown = "00000000-0000-4000-8000-000000000000"
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        assert browser.get(f"{RUNS}{unknown}/{part}").status_code == 404
        assert browser.get(f"/market/runs/2019-2020/{unknown}/{part}").status_code == 404


@pytest.mark.parametrize("address", [RUNS, f"{RUNS}00000000-0000-4000-8000-000000000000/"])
def test_human_resources_are_kept_out_and_nobody_is_asked_to_sign_in(
    measured: Telling, visit: Visit, client: Any, address: str
) -> None:
    assert client.get(address).url.split("?")[0] == "/accounts/login/"
    keeper = cast.staff("human_resources", name="Helen Hart", telling=measured)
    with visit(keeper, AFTER_PERIOD) as browser:
        assert browser.get(address).status_code == 403


def test_a_job_that_is_not_a_run_leads_to_no_run(measured: Telling, visit: Visit) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        for unknown in ("nonsense", "00000000-0000-4000-8000-000000000000"):
            assert browser.get(f"{RUNS}?job={unknown}").status_code == 200
