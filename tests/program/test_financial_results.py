"""What finance puts on record of a period's measures, and the runs that it leads to."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ltip.desk.scenarios.telling import Telling
from ltip.jobs import services as jobs
from ltip.program import selectors
from ltip.program.models import FinancialResult
from ltip.program.services import measuring
from ltip.program.services.results import record_financial_result
from ltip.records.models import Seal
from ltip.rules.outcome import Refused
from tests import cast
from tests.participants.pages import auditor, words
from tests.program.conftest import Visit, five_companies, told

RESULTS = "/market/results/2013-2014/"
REPORTED = date(2015, 2, 20)
REVENUE: dict[str, Any] = {
    "on": date(2013, 3, 4),
    "kind": "financial",
    "measure": "revenue",
    "weight": 40,
    "schedule": [[380, 50], [420, 100]],
    "adjustments": ["acquisition costs", "preferred dividends"],
}


def weighed(**relative: Any) -> dict[str, Any]:
    """The market of the five companies, its goal weighing 60 %, and revenue 40 %."""
    sections = five_companies()
    goal = {"kind": "relative_tsr", "weight": 60, **sections.pop("goal"), **relative}
    sections["goals"] = [goal, REVENUE]
    return sections


@pytest.fixture
def two_goals(db: None) -> Telling:
    return told(weighed())


@pytest.fixture
def revenue_only(db: None) -> Telling:
    """A period measured by revenue alone, and no price on record."""
    return told(
        {
            "company": {"ticker": "OURS"},
            "period": {"start": date(2013, 1, 1), "end": date(2014, 12, 31)},
            "goals": [REVENUE | {"weight": 100}],
        }
    )


def record(telling: Telling, *, gaap: str = "400.1", **changes: Any) -> FinancialResult:
    given: dict[str, Any] = {
        "period": telling.period,
        "measure": "revenue",
        "gaap": Decimal(gaap),
        "adjustments": {"acquisition costs": Decimal("3.2")},
        "reported_on": REPORTED,
        "source": "Form 10-K, page 44",
        "by": telling.approver,
        "at": cast.noon(REPORTED),
    }
    return record_financial_result(**given | changes)


def performed(telling: Telling) -> Any:
    job = measuring.request_run(
        period=telling.period, is_final=True, by=telling.administrator, at=cast.noon(REPORTED)
    )
    return jobs.perform(job.pk)


def test_a_result_is_kept_with_its_adjustments_source_and_seal(two_goals: Telling) -> None:
    before = Seal.objects.count()
    result = record(two_goals)
    assert Seal.objects.count() == before + 1
    assert (result.gaap, selectors.adjustments_of(result)) == (
        "400.1",
        {"acquisition costs": "3.2"},
    )
    assert selectors.financial_results_of(two_goals.period) == [result]


def test_a_later_record_corrects_the_earlier_one_which_is_kept(two_goals: Telling) -> None:
    first = record(two_goals)
    second = record(two_goals, gaap="401")
    assert second.supersedes == first
    assert selectors.financial_results_of(two_goals.period) == [second]
    assert FinancialResult.objects.count() == 2
    with pytest.raises(Refused, match="This result of revenue is on record already"):
        record(two_goals, gaap="401.00")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"measure": "net income"},
            "P Performance Goals: No goal of the period 2013–2014 measures net income.",
        ),
        (
            {"adjustments": {"restructuring": Decimal(1)}},
            "P Performance Goals: the goal of revenue names no adjustment for restructuring",
        ),
        ({"reported_on": date(2015, 2, 21)}, "P Performance Goals: 21 February 2015 has not come"),
    ],
)
def test_what_no_goal_asks_for_is_refused(
    two_goals: Telling, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused) as refusal:
        record(two_goals, **changes)
    assert said in str(refusal.value)
    assert not FinancialResult.objects.exists()


def test_a_run_weighs_the_return_with_the_revenue(two_goals: Telling) -> None:
    """Place 2 of 5 pays 200 %; 403.3 earns 50 + 50 × 23.3 / 40 = 79.125 %: 120 + 31.65."""
    record(two_goals)
    done = performed(two_goals)
    assert (done.state, done.message) == ("done", "")
    run = selectors.latest_final_run(two_goals.period)
    assert run is not None
    result = selectors.result_of(run)
    assert [goal["payout"] for goal in result["goals"]] == ["200", "79.125"]
    assert result["payout"] == "151.65"


def test_a_run_without_the_result_fails_and_names_the_measure(two_goals: Telling) -> None:
    done = performed(two_goals)
    assert done.state == "failed"
    assert done.message == (
        "P Performance Goals: no result of revenue is on record for the period. "
        "Finance records it first."
    )


def test_a_correction_changes_no_run_and_takes_a_new_one(two_goals: Telling) -> None:
    record(two_goals)
    performed(two_goals)
    before = selectors.latest_final_run(two_goals.period)
    record(two_goals, gaap="420")
    performed(two_goals)
    after = selectors.latest_final_run(two_goals.period)
    assert before is not None
    assert after is not None
    before.refresh_from_db()
    assert selectors.result_of(before)["payout"] == "151.65"
    assert selectors.result_of(after)["payout"] == "160"  # 120 + 40 % of 100 %


def test_a_period_of_financial_goals_alone_needs_no_prices(
    revenue_only: Telling, visit: Visit
) -> None:
    record(revenue_only)
    done = performed(revenue_only)
    assert (done.state, done.message) == ("done", "")
    run = selectors.latest_final_run(revenue_only.period)
    assert run is not None
    assert selectors.result_of(run)["payout"] == "79.125"
    assert selectors.inputs_of(run)["securities"] == []
    with visit(revenue_only.members[0], REPORTED) as browser:
        page = words(browser.get(f"/market/runs/2013-2014/{run.public_id}/"))
    assert "Payout, of target 79.12" in page or "Payout, of target 79.13" in page
    assert "Revenue 403.3" in page
    assert "The ranking" not in page


def test_an_interim_run_of_financial_goals_measures_up_to_today(revenue_only: Telling) -> None:
    on = date(2014, 6, 2)
    record(revenue_only, reported_on=on, at=cast.noon(on))
    job = measuring.request_run(
        period=revenue_only.period,
        is_final=False,
        by=revenue_only.administrator,
        at=cast.noon(on),
    )
    done = jobs.perform(job.pk)
    assert done is not None
    assert done.state == "done"


def test_finance_records_a_result_on_the_page_and_the_administrator_corrects_it(
    two_goals: Telling, visit: Visit
) -> None:
    sent = {
        "measure": "revenue",
        "measure-1-gaap": "400.1",
        "measure-1-adjustment_1": "3.2",
        "measure-1-adjustment_2": "0",
        "measure-1-reported_on": "2015-02-20",
        "measure-1-source": "Form 10-K, page 44",
    }
    with visit(two_goals.approver, REPORTED) as browser:
        empty = words(browser.get(RESULTS))
        page = words(browser.post(RESULTS, sent, follow=True))
        twice = words(browser.post(RESULTS, sent))
    assert "no result yet" in empty
    assert "GAAP, adjusted for acquisition costs, preferred dividends and nothing else." in empty
    assert "The result of revenue is on record." in page
    assert "20 February 2015 Form 10-K, page 44" in page
    assert "403.3" in page
    assert "Adjusted, as the goal named it: acquisition costs. 3.2 P Performance Goals" in page
    assert "P Performance Goals: This result of revenue is on record already." in twice
    with visit(two_goals.administrator, REPORTED) as browser:
        corrected = words(browser.post(RESULTS, sent | {"measure-1-gaap": "410"}, follow=True))
    assert "413.2" in corrected
    assert "replaced by a later record" in corrected
    assert FinancialResult.objects.count() == 2


def test_every_adjustment_is_asked_for_and_what_was_typed_stays(
    two_goals: Telling, visit: Visit
) -> None:
    sent = {
        "measure": "revenue",
        "measure-1-gaap": "400.1",
        "measure-1-adjustment_1": "3.2",
        "measure-1-reported_on": "2015-02-20",
        "measure-1-source": "Form 10-K",
    }
    with visit(two_goals.approver, REPORTED) as browser:
        answer = browser.post(RESULTS, sent)
    form = answer.context["shown"][0]["form"]
    assert list(form.errors) == ["adjustment_2"]
    assert form["gaap"].value() == "400.1"
    assert not FinancialResult.objects.exists()


def test_the_committee_reads_and_does_not_write(two_goals: Telling, visit: Visit) -> None:
    record(two_goals)
    for user in (two_goals.members[0], two_goals.secretary, auditor(two_goals)):
        with visit(user, REPORTED) as browser:
            page = words(browser.get(RESULTS))
            assert "403.3" in page
            assert "Put on record" not in page
            assert browser.post(RESULTS, {"measure": "revenue"}).status_code == 403


def test_a_period_without_a_financial_goal_says_so(measured: Telling, visit: Visit) -> None:
    with visit(measured.approver, REPORTED) as browser:
        assert "No goal of this period is a financial measure" in words(browser.get(RESULTS))


def test_more_results_take_no_more_queries(two_goals: Telling, visit: Visit) -> None:
    counts = []
    for gaap in ("400", "401"):
        record(two_goals, gaap=gaap)
        with visit(two_goals.approver, REPORTED) as browser:
            browser.get(RESULTS)
            with CaptureQueriesContext(connection) as captured:
                browser.get(RESULTS)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_home_page_asks_finance_for_the_result_and_then_the_administrator_for_the_run(
    two_goals: Telling, visit: Visit
) -> None:
    with visit(two_goals.approver, REPORTED) as browser:
        assert "Record the financial results of 2013–2014" in words(browser.get("/"))
    record(two_goals)
    with visit(two_goals.approver, REPORTED) as browser:
        assert "Record the financial results" not in words(browser.get("/"))


def test_the_measurement_page_says_which_result_is_missing(
    two_goals: Telling, visit: Visit
) -> None:
    with visit(two_goals.administrator, REPORTED) as browser:
        assert "A run needs the result of revenue." in words(browser.get("/market/runs/2013-2014/"))
        record(two_goals)
        page = words(browser.get("/market/runs/2013-2014/"))
    assert "A run needs the result" not in page
    assert "The financial results of this period" in page


def test_a_run_in_segments_shows_each_with_its_ranking_and_the_whole_for_information(
    db: None, visit: Visit
) -> None:
    """Two halves: the averages of two trading days end before each and on its last day."""
    segments = [
        {"end": date(2013, 12, 31), "weight": 50},
        {"end": date(2014, 12, 31), "weight": 50},
    ]
    telling = told(weighed(segments=segments))
    record(telling)
    done = performed(telling)
    assert (done.state, done.message) == ("done", "")
    run = selectors.latest_final_run(telling.period)
    assert run is not None
    with visit(telling.members[0], REPORTED) as browser:
        page = words(browser.get(f"/market/runs/2013-2014/{run.public_id}/"))
    assert "Goal 1: Total stockholder return, weight 60 %" in page
    assert "1 January 2013 to 31 December 2013, weight 50 %" in page
    assert "For information: the whole period, which decides nothing here" in page
    assert "Goal 2: Revenue, weight 40 %" in page
    assert page.count("The ranking") == 3
