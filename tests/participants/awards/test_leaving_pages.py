"""The end of service: what it does is shown first, then recorded.

“signed” holds 300 Performance Shares for the period from 1 January 2013 to 31 December 2014. They
are certified on 24 February 2015 at 100 %, and due on the 30th day after, 26 March 2015.
"""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse

from committee.services import propose_act
from ltip.desk.scenarios.telling import Telling
from participants.people.models import EndOfService
from participants.people.selectors import person
from participants.people.services import change_status
from tests import cast
from tests.participants.leavers import find_cause, name_beneficiary
from tests.participants.pages import human_resources, words

IN_PERIOD = date(2014, 7, 15)
BETWEEN = date(2015, 3, 10)


def address(telling: Telling, name: str = "signed") -> str:
    return reverse("participants:end_service", args=[telling.holders[name].public_id])


def leaving(ended_on: str, reason: str, **more: str) -> dict[str, str]:
    return {"ended_on": ended_on, "reason": reason} | more


@pytest.fixture
def certified(db: None) -> Telling:
    return cast.told(acts=cast.BEFORE_SETTLEMENT)


@pytest.mark.parametrize(
    ("ended_on", "reason", "said"),
    [
        ("2014-06-29", "resignation", "Forfeited"),
        ("2014-06-29", "retirement", "Forfeited"),
        # 17 of 24 months are full on 29 June, 18 on 30 June: 300 × 17/24 = 212.5, × 18/24 = 225.
        ("2014-06-29", "without_cause", "300 × 100 % × 17/24, rounded down once."),
        ("2014-06-30", "without_cause", "300 × 100 % × 18/24, rounded down once."),
        ("2014-06-29", "death", "All kept"),
    ],
)
def test_before_certification_the_preview_says_what_becomes_of_the_award(
    granted: Telling, visit: Any, ended_on: str, reason: str, said: str
) -> None:
    with visit(human_resources(granted), IN_PERIOD) as browser:
        answer = browser.post(address(granted), leaving(ended_on, reason))
    assert said in words(answer)
    assert "P Termination of Employment" in words(answer)
    assert not EndOfService.objects.exists()


@pytest.mark.parametrize(("ended_on", "shares"), [("2014-06-29", "212"), ("2014-06-30", "225")])
def test_the_shares_at_target_are_prorated_to_full_months(
    granted: Telling, visit: Any, ended_on: str, shares: str
) -> None:
    with visit(human_resources(granted), IN_PERIOD) as browser:
        answer = browser.post(address(granted), leaving(ended_on, "without_cause"))
    assert f" {shares} at 100 % of target" in words(answer)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        # The 30th day after 2 March 2015.
        ("without_cause", "Issued on 1 April 2015"),
        ("death", "Issued on 1 April 2015"),
        ("resignation", "forfeited. GA §§1(b), 2, 4"),
    ],
)
def test_after_certification_the_preview_says_what_is_still_due(
    certified: Telling, visit: Any, reason: str, said: str
) -> None:
    with visit(human_resources(certified), BETWEEN) as browser:
        answer = browser.post(address(certified), leaving("2015-03-02", reason))
    assert said in words(answer)


def test_a_certificate_that_did_not_know_of_it_is_the_committees_to_mend(
    certified: Telling, visit: Any
) -> None:
    with visit(human_resources(certified), BETWEEN) as browser:
        answer = browser.post(address(certified), leaving("2014-06-29", "without_cause"))
    assert "with it the award would have earned 212" in words(answer)


def test_confirmed_it_is_recorded_as_it_was_shown(granted: Telling, visit: Any) -> None:
    told = leaving("2014-06-29", "without_cause", is_deferred="on")
    with visit(human_resources(granted), IN_PERIOD) as browser:
        preview = browser.post(address(granted), told)
        shown = preview.context["preview"].digest
        answer = browser.post(address(granted), told | {"shown": shown}, follow=True)
        twice = browser.post(address(granted), told | {"shown": shown})
    recorded = EndOfService.objects.get()
    assert (recorded.ended_on, recorded.reason) == (date(2014, 6, 29), "without_cause")
    assert recorded.is_deferred
    assert "The service ended on 29 June 2014" in words(answer)
    assert "is on record just so." in words(twice)


def test_a_correction_takes_the_place_of_the_earlier_record(granted: Telling, visit: Any) -> None:
    with visit(human_resources(granted), IN_PERIOD) as browser:
        for reason in ("resignation", "without_cause"):
            told = leaving("2014-06-29", reason)
            preview = browser.post(address(granted), told)
            told["shown"] = preview.context["preview"].digest
            browser.post(address(granted), told)
        form = words(browser.get(address(granted)))
    left = person(granted.holders["signed"]).service_end
    assert left is not None
    assert left.reason == "without_cause"
    assert left.supersedes is not None
    assert "On record is 29 June 2014." in form


def test_what_changed_since_it_was_read_is_shown_again_and_not_saved(
    certified: Telling, visit: Any
) -> None:
    told = leaving("2015-03-02", "resignation", shown="0" * 64)
    with visit(human_resources(certified), BETWEEN) as browser:
        answer = browser.post(address(certified), told)
    assert "What follows has changed since you read it." in words(answer)
    assert not EndOfService.objects.exists()


def test_day_or_reason_can_be_changed_after_the_preview(granted: Telling, visit: Any) -> None:
    told = leaving("2014-06-29", "death", step="change", shown="0" * 64)
    with visit(human_resources(granted), IN_PERIOD) as browser:
        answer = browser.post(address(granted), told)
    assert 'value="2014-06-29"' in answer.content.decode()
    assert "See what follows" in words(answer)
    assert not EndOfService.objects.exists()


@pytest.mark.parametrize(
    ("ended_on", "said"),
    [
        ("2014-07-16", "P Termination of Employment: 16 July 2014 has not come yet."),
        ("2010-05-02", "signed was hired on 3 May 2010, after 2 May 2010."),
    ],
)
def test_a_day_that_can_not_be_is_refused_and_the_form_comes_back_filled_in(
    granted: Telling, visit: Any, ended_on: str, said: str
) -> None:
    with visit(human_resources(granted), IN_PERIOD) as browser:
        answer = browser.post(address(granted), leaving(ended_on, "death"))
    assert said in words(answer)
    assert f'value="{ended_on}"' in answer.content.decode()


def test_an_act_that_names_the_leaver_is_told_of(db: None, visit: Any) -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    employees = [str(telling.holders[name].public_id) for name in ("signed", "unsigned")]
    act = propose_act(
        kind="designation",
        request={"period": telling.period.label, "employees": employees},
        by=telling.secretary,
        at=cast.noon(date(2013, 3, 4)),
    )
    with visit(human_resources(telling), date(2013, 3, 5)) as browser:
        answer = browser.post(address(telling), leaving("2013-03-04", "resignation"))
    assert f"{act.number} Designate participants" in words(answer)


def test_only_human_resources_records_it(granted: Telling, visit: Any) -> None:
    with visit(granted.secretary, IN_PERIOD) as browser:
        answer = browser.post(address(granted), leaving("2014-06-29", "death"))
    assert answer.status_code == 403


def confirm(browser: Any, telling: Telling, told: dict[str, Any], **more: Any) -> Any:
    """Look at what follows, and record it as it was shown."""
    preview = browser.post(address(telling), told)
    assert "preview" in preview.context, words(preview)
    shown = preview.context["preview"].digest
    return browser.post(address(telling), told | {"shown": shown} | more, follow=True)


def test_the_form_asks_what_matters_for_a_disability_and_what_cause_needs(
    granted: Telling, visit: Any
) -> None:
    with visit(human_resources(granted), IN_PERIOD) as browser:
        form = words(browser.get(address(granted)))
        neither = words(browser.post(address(granted), leaving("2014-06-29", "disability")))
        cause = words(browser.post(address(granted), leaving("2014-06-29", "cause")))
    assert "only once the Committee has found it" in form
    assert "in the sense of Internal Revenue Code §22(e)" in form
    assert "A disability is total and permanent, or one in the Plan's sense, or both." in neither
    assert "The Committee has not found that there is Cause against signed." in cause


@pytest.mark.parametrize(
    ("kind", "said"),
    [("is_totally_disabled", "All kept"), ("is_disabled_under_plan", "Forfeited")],
)
def test_before_certification_only_a_total_disability_keeps_the_award(
    granted: Telling, visit: Any, kind: str, said: str
) -> None:
    told = leaving("2014-06-29", "disability", **{kind: "on"})
    with visit(human_resources(granted), IN_PERIOD) as browser:
        assert said in words(browser.post(address(granted), told))


def test_once_cause_is_found_it_is_recorded_with_the_finding(granted: Telling, visit: Any) -> None:
    find_cause(granted, "signed", date(2014, 6, 28))
    with visit(human_resources(granted), IN_PERIOD) as browser:
        told = leaving("2014-06-29", "cause")
        assert "Forfeited" in words(browser.post(address(granted), told))
        said = words(confirm(browser, granted, told))
    assert "By the company, for Cause. The Committee found Cause on 28 June 2014." in said


def test_the_paper_is_kept_with_the_record_and_stays_with_its_correction(
    granted: Telling, visit: Any
) -> None:
    told = leaving("2014-06-29", "resignation")
    with visit(human_resources(granted), IN_PERIOD) as browser:
        paper = SimpleUploadedFile("letter.pdf", b"%PDF-1.7 I resign.")
        said = words(confirm(browser, granted, told, document=paper))
        confirm(browser, granted, leaving("2014-06-29", "retirement"))
        wrong = SimpleUploadedFile("letter.exe", b"MZ")
        refused = words(
            confirm(browser, granted, leaving("2014-06-28", "retirement"), document=wrong)
        )
    first, second = EndOfService.objects.order_by("pk")
    assert first.document is not None
    assert bytes(first.document.content) == b"%PDF-1.7 I resign."
    assert second.document == first.document
    assert "letter.pdf" in said
    assert "A PDF, PNG or JPEG file, please." in refused


def test_a_correction_says_what_was_recorded_before_and_what_changes(
    granted: Telling, visit: Any
) -> None:
    with visit(human_resources(granted), IN_PERIOD) as browser:
        confirm(browser, granted, leaving("2014-06-29", "resignation"))
        told = leaving("2014-06-30", "without_cause", is_deferred="on", separated_on="2014-07-01")
        preview = words(browser.post(address(granted), told))
        page = words(confirm(browser, granted, told))
    assert "Last day of service 29 June 2014 30 June 2014" in preview
    assert "Why it ended Resignation By the company, other than for Cause" in preview
    assert "Non-exempt deferred compensation No Yes" in preview
    assert "Separation from service on another day – 1 July 2014" in preview
    assert "Total and permanent disability No" not in preview
    assert "Recorded before: 29 June 2014, Resignation." in page
    assert "300 × 100 % × 18/24" in page


def test_a_specified_employees_wait_is_shown_before_it_is_recorded(
    certified: Telling, visit: Any
) -> None:
    """Six months from 2 March 2015 end on Wednesday, 2 September."""
    change_status(
        employee=certified.holders["signed"],
        subject="specified",
        value="yes",
        starts_on=date(2014, 4, 1),
        by=certified.secretary,
        at=certified.told_at,
    )
    told = leaving("2015-03-02", "without_cause", is_deferred="on")
    with visit(human_resources(certified), BETWEEN) as browser:
        preview = words(browser.post(address(certified), told))
    assert "Issued on 3 September 2015" in preview
    assert "GA §5" in preview


def test_counsel_is_asked_where_the_settlement_may_come_too_late(
    certified: Telling, visit: Any
) -> None:
    with visit(human_resources(certified), BETWEEN) as browser:
        preview = words(browser.post(address(certified), leaving("2014-06-29", "death")))
    assert "For counsel Settlement on 26 March 2015 falls after 15 March 2015" in preview


def test_a_death_says_who_takes_the_shares(granted: Telling, visit: Any) -> None:
    name_beneficiary(granted, "signed", paper=b"%PDF-1")
    with visit(human_resources(granted), IN_PERIOD) as browser:
        preview = words(browser.post(address(granted), leaving("2014-06-29", "death")))
    assert "Who takes the shares Beneficiary Part Ida spouse 100" in preview


def test_the_secretary_asks_the_committee_to_find_cause(granted: Telling, visit: Any) -> None:
    page = reverse("participants:propose_cause", args=[granted.holders["signed"].public_id])
    with visit(granted.secretary, IN_PERIOD) as browser:
        assert "Cause is the Committee's to find." in words(browser.get(page))
        empty = words(browser.post(page, {"reason": " "}))
        said = words(browser.post(page, {"reason": "He sold the forecasts."}, follow=True))
        twice = words(browser.post(page, {"reason": "He sold the forecasts."}))
    assert "Nothing was saved yet" in empty
    assert "find that there is Cause, in the Plan's sense, against signed" in said
    assert "He sold the forecasts." in said
    assert "is before the Committee. Withdraw it first." in twice


def test_an_award_that_earned_nothing_is_not_said_to_be_issued() -> None:
    effect = {"what": "due", "shares": 0, "settles_on": date(2024, 3, 24), "steps": ()}
    said = render_to_string("participants/awards/effect.html", {"effect": effect})
    assert "It earned nothing." in said
    assert "Issued" not in said
    one = render_to_string("participants/awards/effect.html", {"effect": effect | {"shares": 1}})
    assert "Issued on 24 March 2024" in one
