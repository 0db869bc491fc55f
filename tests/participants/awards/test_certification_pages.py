"""Preparing the certification: what is needed first, who does it, and the act itself.

The story's period ends on 31 December 2014; its annual report is filed on 24 February 2015.
"""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from committee import selectors as committee
from ltip.desk.scenarios.telling import Telling
from ltip.jobs import services as jobs
from ltip.program import selectors as program
from ltip.program.services import measuring
from tests import cast
from tests.participants.pages import auditor, words

REPORTED = date(2015, 2, 24)


def address(telling: Telling) -> str:
    return reverse("participants:propose_certification", args=[telling.period])


@pytest.fixture
def reported(db: None) -> Telling:
    return cast.told(acts=cast.BEFORE_CERTIFICATION)


@pytest.fixture
def measured(reported: Telling) -> Telling:
    job = measuring.request_run(
        period=reported.period,
        is_final=True,
        by=reported.administrator,
        at=cast.noon(REPORTED),
    )
    jobs.perform(job.pk)
    return reported


def test_before_the_end_of_the_period_it_says_what_is_missing_and_who_does_it(
    granted: Telling, visit: Any
) -> None:
    with visit(granted.secretary, date(2014, 12, 31)) as browser:
        answer = browser.get(address(granted))
    text = words(answer)
    assert "The Committee can't be asked to certify yet." in text
    assert "It ends on 31 December 2014, today is the last day" in text
    assert "is not recorded as filed. The annual reports Done by the stock administrator" in text
    assert "No final run has measured the period." in text
    assert f'href="{reverse("program:annual_report")}"' in answer.content.decode()
    assert f'href="{reverse("program:runs", args=[granted.period])}"' in answer.content.decode()
    assert "Put before the Committee" not in text


def test_with_the_report_the_run_is_still_missing(reported: Telling, visit: Any) -> None:
    with visit(reported.secretary, REPORTED) as browser:
        text = words(browser.get(address(reported)))
    assert "The annual report for the year that ended on 31 December 2014 was filed on 24" in text
    assert "No final run has measured the period." in text


def test_with_everything_there_the_act_is_proposed_once(measured: Telling, visit: Any) -> None:
    run = program.latest_final_run(measured.period)
    assert run is not None
    with visit(measured.secretary, REPORTED) as browser:
        page = browser.get(address(measured))
        first = browser.post(address(measured), {"run": str(run.public_id)})
        act = committee.open_acts().get()
        second = browser.post(address(measured), {"run": str(run.public_id)})
        after = browser.get(address(measured))
    assert "Rank 2 of 3" in words(page)
    assert "Percentile 50" in words(page)
    assert "Earned, of target 100 %" in words(page)
    assert first["Location"] == reverse("committee:act", args=[act.public_id])
    assert act.kind == "certification"
    assert f"Act {act.number} of the same kind for 2013–2014 is before" in words(second)
    assert f"Act {act.number} asks the Committee to certify." in words(after)


def test_a_run_that_is_none_is_refused(measured: Telling, visit: Any) -> None:
    with visit(measured.secretary, REPORTED) as browser:
        garbled = browser.post(address(measured), {"run": "latest"})
        unknown = browser.post(address(measured), {"run": "00000000-0000-4000-8000-000000000000"})
    assert "Enter a valid UUID." in words(garbled)
    assert "GA §2: There is no final run of the period 2013–2014 to certify from." in (
        words(unknown)
    )
    assert not committee.open_acts().exists()


def test_before_the_report_the_act_is_refused_by_its_rule(granted: Telling, visit: Any) -> None:
    with visit(granted.secretary, date(2015, 2, 1)) as browser:
        answer = browser.post(address(granted), {"run": "00000000-0000-4000-8000-000000000000"})
    assert "GA §4" in words(answer)
    assert "Nothing was saved yet" in words(answer)
    assert not committee.open_acts().exists()


def test_once_certified_the_page_says_when_the_shares_are_due(db: None, visit: Any) -> None:
    certified = cast.told(acts=cast.BEFORE_SETTLEMENT)
    with visit(certified.secretary, date(2015, 2, 25)) as browser:
        text = words(browser.get(address(certified)))
    assert "The Committee certified on 24 February 2015 that the period pays 100" in text
    assert "The shares are due on 26 March 2015." in text


def test_the_auditor_reads_and_does_not_propose(measured: Telling, visit: Any) -> None:
    with visit(auditor(measured), REPORTED) as browser:
        page = browser.get(address(measured))
        refused = browser.post(address(measured))
    assert page.status_code == 200
    assert "Put before the Committee" not in words(page)
    assert refused.status_code == 403
