"""Runs over a market that is reckoned by hand (see `measured`), kept once and for ever."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ltip import clock
from ltip.accounts.services import SYSTEM
from ltip.desk.scenarios.telling import Telling
from ltip.jobs import services as jobs
from ltip.jobs.models import Job
from ltip.program import selectors
from ltip.program.models import TsrRun
from ltip.program.services import imports, measuring
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.measurement import measure
from ltip.rules.outcome import Refused
from tests import cast
from tests.program.conftest import AFTER_PERIOD, five_companies, told


def request(telling: Telling, *, on: date = AFTER_PERIOD, is_final: bool = True) -> Job:
    return measuring.request_run(
        period=telling.period, is_final=is_final, by=telling.administrator, at=cast.noon(on)
    )


def run_of(telling: Telling, **asked: Any) -> TsrRun:
    done = jobs.perform(request(telling, **asked).pk)
    assert done is not None
    assert (done.state, done.message) == ("done", "")
    return TsrRun.objects.get(public_id=done.result)


def correct_close(day: str, close: str, telling: Telling) -> None:
    imports.import_prices(
        closes=f"date,ticker,close\n{day},OURS,{close}\n".encode(),
        actions=None,
        by=SYSTEM,
        at=telling.told_at,
    )


def test_the_returns_are_those_reckoned_by_hand(measured: Telling) -> None:
    goal = selectors.result_of(run_of(measured))["goals"][0]
    assert [(row["rank"], row["ticker"], Decimal(row["return"])) for row in goal["table"]] == [
        (1, "HIGH", Decimal("0.65")),
        (2, "OURS", Decimal("0.40")),
        (3, "SPLT", Decimal("0.30")),
        (4, "GAPS", Decimal("-0.25")),
        (5, "LOW", Decimal("-0.50")),
    ]
    assert (goal["rank"], goal["ranked"]) == (2, 5)
    assert (Decimal(goal["percentile"]), Decimal(goal["payout"])) == (75, 200)


def test_a_day_without_a_close_is_listed_with_its_company_and_no_other(measured: Telling) -> None:
    goal = selectors.result_of(run_of(measured))["goals"][0]
    stand_ins = {row["ticker"]: row["stand_ins"] for row in goal["table"] if row["stand_ins"]}
    assert stand_ins == {"GAPS": ["2014-12-30"]}


def test_every_figure_has_the_steps_that_led_to_it(measured: Telling) -> None:
    goal = selectors.result_of(run_of(measured))["goals"][0]
    ours = next(row for row in goal["table"] if row["own"])
    assert [(step["figure"], step["place"]) for step in ours["steps"]] == [
        ("11", "GA §2"),
        ("1.1", "GA §2"),
        ("15.4", "GA §2"),
        ("+40.00 %", "GA §2"),
    ]
    assert goal["rank_steps"][-1]["figure"] == "2 of 5"
    assert goal["percentile_steps"][-1]["figure"] == "75"
    assert goal["payout_steps"][-1]["figure"] == "200 %"


def test_a_run_is_made_once_when_its_job_is_performed_twice(measured: Telling) -> None:
    job = request(measured)
    first, second = jobs.perform(job.pk), jobs.perform(job.pk)
    assert first is not None
    assert second is None
    assert TsrRun.objects.count() == 1


def test_a_worker_that_wakes_up_after_its_job_was_given_to_another_makes_no_second_run(
    measured: Telling,
) -> None:
    job = request(measured)
    asleep = jobs.claim(job.pk)
    assert asleep is not None
    Job.objects.filter(pk=job.pk).update(heard_from_at=clock.machine_now() - timedelta(hours=1))
    jobs.sweep()
    done = jobs.perform(job.pk)
    assert done is not None
    assert done.state == "done"
    with pytest.raises(jobs.TakenOver):
        measuring.perform_run(asleep, json.loads(asleep.arguments), lambda _done, _total: None)
    assert TsrRun.objects.count() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result) == (
        "done",
        2,
        str(TsrRun.objects.get().public_id),
    )


def test_the_same_run_asked_for_twice_is_one_job_until_it_is_over(measured: Telling) -> None:
    job = request(measured)
    assert request(measured) == job
    jobs.perform(job.pk)
    assert request(measured) != job


def test_whoever_holds_the_kept_inputs_computes_the_same_result(measured: Telling) -> None:
    run = run_of(measured)
    found = canonical_text(measure(json.loads(bytes(run.inputs.content))))
    assert found == run.result
    assert digest_of(found) == run.result_digest
    assert digest_of(bytes(run.inputs.content).decode()) == run.inputs_id


def test_a_close_corrected_later_changes_no_run_and_takes_a_new_one(measured: Telling) -> None:
    before = run_of(measured)
    kept = (before.inputs_id, before.result_digest)
    # 15 becomes 17: the end is (13 + 17) / 2 × 1.1 = 16.5, and 16.5 / 11 − 1 = +50 %.
    correct_close("2014-12-31", "17.00", measured)
    after = run_of(measured)
    before.refresh_from_db()
    assert (before.inputs_id, before.result_digest) == kept
    assert Decimal(selectors.result_of(before)["goals"][0]["own_return"]) == Decimal("0.40")
    assert Decimal(selectors.result_of(after)["goals"][0]["own_return"]) == Decimal("0.50")
    assert selectors.latest_final_run(measured.period) == after


def test_a_final_run_is_refused_until_the_day_after_the_period(measured: Telling) -> None:
    with pytest.raises(Refused) as refusal:
        request(measured, on=date(2014, 12, 31))
    assert str(refusal.value) == (
        "GA §4: The period ends on 31 December 2014; a final run comes after it. "
        "An interim run can be made on any day."
    )
    assert request(measured, on=date(2015, 1, 1)).state == "requested"


def test_an_interim_run_measures_up_to_the_companys_last_close(measured: Telling) -> None:
    run = run_of(measured, on=date(2014, 12, 30), is_final=False)
    assert (run.is_final, run.measured_until) == (False, date(2014, 12, 30))
    # The last two trading days are 3 June 2013 and 30 December 2014: (12 + 13) / 2 × 1.1 = 13.75,
    # for the dividend had been reinvested by both; 13.75 / 11 − 1 = +25 %.
    found = selectors.result_of(run)["goals"][0]
    assert Decimal(found["own_return"]) == Decimal("0.25")
    assert selectors.latest_final_run(measured.period) is None


def test_an_interim_run_is_refused_before_the_first_close_of_the_period(db: None) -> None:
    sections = five_companies()
    for closes in sections["market"]["closes"].values():
        for day in [day for day in closes if day >= "2013"]:
            del closes[day]
    telling = told(sections)
    with pytest.raises(Refused) as refusal:
        request(telling, on=date(2013, 6, 10), is_final=False)
    assert str(refusal.value) == (
        "GA §2: No close of the company since 1 January 2013 is on record, so there is nothing to "
        "measure. Import the closes of those days."
    )


def test_a_run_is_refused_before_a_goal_is_set(db: None) -> None:
    sections = five_companies()
    del sections["goal"]
    with pytest.raises(Refused, match="No goal is set for the period 2013–2014"):
        request(told(sections))


def test_a_run_without_a_close_that_it_needs_fails_and_says_which(db: None) -> None:
    sections = five_companies()
    for day in ("2014-12-30", "2014-12-31"):
        del sections["market"]["closes"]["LOW"][day]
    done = jobs.perform(request(told(sections)).pk)
    assert done is not None
    assert done.state == "failed"
    assert done.message == (
        "GA §2: LOW has no close from 30 December 2014 to 31 December 2014. "
        "Import its prices, or record what happened to it."
    )
    assert not TsrRun.objects.exists()
