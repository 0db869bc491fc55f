"""How a running period stands: only where the company allows it, by rules, and as no promise."""

from datetime import date

import pytest
import time_machine

from ltip.desk.scenarios.telling import Telling
from ltip.jobs.services import perform
from ltip.program.services import measuring
from ltip.rules.outcome import Refused
from participants.papers.deciding_pages import decide_pages, pages_history
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of, holder
from tests.participants.pages import words

EARLY, DAY = date(2013, 2, 20), date(2015, 1, 10)


def decide(telling: Telling, *, is_on: bool = True, on: date = EARLY, **more: object) -> None:
    told = {"subject": "standing", "is_on": is_on, "starts_on": on}
    decide_pages(**{**told, "by": telling.secretary, "at": cast.noon(on), **more})


def measure(telling: Telling, *, on: date = DAY, is_final: bool = False) -> None:
    job = measuring.request_run(
        period=telling.period, is_final=is_final, by=telling.administrator, at=cast.noon(on)
    )
    with time_machine.travel(cast.noon(on)):
        done = perform(job.pk)
    assert done is not None
    assert done.state == "done"


def page_of(telling: Telling, name: str) -> str:
    return f"/my/awards/{award_of(telling, name).public_id}/"


def test_the_standing_is_shown_with_other_endings_and_marked_as_no_promise(
    granted: Telling, visit: Visit
) -> None:
    """OURS +30 % between +10 % and +50 %: place 2 of 3, percentile 50, 100 % of 300 shares. The
    first place pays 200 %, the last one nothing. The latest close of OURS, 130.00, is ten days
    old, so that 300 shares are worth $39,000.00."""
    decide(granted)
    measure(granted)
    with visit(holder(granted, "signed"), DAY) as browser:
        page, overview = browser.get(page_of(granted, "signed")), browser.get("/my/")
    said = words(page)
    assert "Had the period ended on 31 December 2014" in said
    assert "this award would pay 100 % of target: 300 shares." in said
    assert "At the close of 31 December 2014 they were worth $39,000.00, before tax." in said
    assert "An interim measurement binds nobody." in said
    assert "Place 2 of 3 Percentile 50 % The company's return +30.0 % Would pay 100 %" in said
    assert (
        "If the company gains a place (place 1 of 3, percentile 100), then the award would pay "
        "200 % of target: 600 shares." in said
    )
    assert (
        "If the company loses a place (place 3 of 3, percentile 0), then it would pay 0 %: 0 "
        "shares." in said
    )
    assert "<title>Total stockholder return of OURS and its peers</title>" in page.content.decode()
    assert "the company stood at place 2 of 3." in words(overview)
    assert "this award would pay 300 shares. No promise" in words(overview)


def test_nothing_is_shown_until_the_company_decides_so_nor_after_it_takes_it_back(
    granted: Telling, visit: Visit
) -> None:
    measure(granted)
    with visit(holder(granted, "signed"), DAY) as browser:
        undecided = words(browser.get(page_of(granted, "signed")))
    decide(granted, on=date(2015, 1, 10))
    decide(granted, is_on=False, on=date(2015, 1, 12))
    with visit(holder(granted, "signed"), date(2015, 1, 11)) as browser:
        decided = words(browser.get(page_of(granted, "signed")))
    with visit(holder(granted, "signed"), date(2015, 1, 12)) as browser:
        taken_back = words(browser.get(page_of(granted, "signed")))
    assert "How it stands so far" not in undecided
    assert "How it stands so far" in decided
    assert "How it stands so far" not in taken_back


@pytest.mark.django_db
def test_a_final_run_and_one_of_a_later_day_are_not_told(granted: Telling, visit: Visit) -> None:
    decide(granted)
    measure(granted, is_final=True)
    measure(granted, on=date(2015, 1, 20))
    with visit(holder(granted, "signed"), DAY) as browser:
        assert "How it stands so far" not in words(browser.get(page_of(granted, "signed")))
    with visit(holder(granted, "signed"), date(2015, 1, 20)) as browser:
        assert "How it stands so far" in words(browser.get(page_of(granted, "signed")))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"subject": "weather"}, "“weather” is nothing that is decided here."),
        ({"starts_on": date(2013, 2, 19)}, "19 February 2013 is past."),
        ({"is_on": False}, "That holds on 20 February 2013 already."),
    ],
)
def test_a_decision_is_about_something_for_a_day_to_come_and_changes_it(
    granted: Telling, changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(Refused) as refusal:
        decide(granted, **changes)  # type: ignore[arg-type]
    assert (refusal.value.reason, refusal.value.place) == (reason, "GN")
    assert pages_history().decisions == ()


def test_the_secretary_decides_both_and_the_stock_administrator_what_is_shown(
    granted: Telling, visit: Visit
) -> None:
    form = {"subject": "standing", "is_on": "yes", "starts_on": "2015-01-10"}
    with visit(granted.administrator, DAY) as browser:
        done = words(browser.post("/holder-pages/", form, follow=True))
        refused = browser.post("/holder-pages/", form | {"subject": "officer"})
    assert "It holds from 10 January 2015 on." in done
    assert refused.status_code == 403
    with visit(granted.secretary, DAY) as browser:
        browser.post("/holder-pages/", form | {"subject": "officer"})
        said = words(browser.get("/holder-pages/"))
    assert pages_history().is_on("officer", DAY)
    assert "An officer signs each notice for the company before anything is delivered: on" in said
