"""What a holder reads: what there is, what it may become, what to do now; and nobody else's."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ltip.desk.scenarios.telling import Telling
from ltip.program.services import periods
from ltip.records import services as records
from participants.awards import services as awards
from participants.people import services as people
from participants.settlement import services as settlement
from participants.settlement.selectors import unticked_conditions
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of, holder
from tests.participants.pages import auditor, human_resources, words

MY_AWARDS = "/my/"
IN_THE_WINDOW, IN_THE_PERIOD = date(2013, 3, 1), date(2013, 10, 1)
AFTER_THE_PERIOD, CERTIFIED = date(2015, 1, 10), date(2015, 3, 1)


def page_of(telling: Telling, name: str) -> str:
    return reverse("participants:my_award", args=[award_of(telling, name).public_id])


def test_a_holder_who_has_not_signed_is_asked_to_before_anything_else(
    granted: Telling, visit: Visit
) -> None:
    with visit(holder(granted, "unsigned"), IN_THE_WINDOW) as browser:
        page = browser.get(MY_AWARDS)
    notice = reverse("participants:notice", args=[award_of(granted, "unsigned").public_id])
    assert "1 notice of grant waits for your signature." in words(page)
    assert "You have 41 Performance Shares" in words(page)
    assert "They may become 0 to 82 shares" in words(page)
    assert f'href="{notice}"' in page.content.decode()


def test_a_holder_who_has_signed_has_nothing_to_do_and_reads_the_next_date(
    granted: Telling, visit: Visit
) -> None:
    with visit(holder(granted, "signed"), IN_THE_PERIOD) as browser:
        said = words(browser.get(MY_AWARDS))
    assert "You have nothing to do now. The next date is 31 December 2014" in said
    assert "Nothing is promised." in said
    assert "456 days left" in said  # 91 of 2013 after 1 October, 365 of 2014


def test_who_holds_no_award_is_told_so(granted: Telling, visit: Visit) -> None:
    with visit(
        cast.staff("participant", name="Nina New", telling=granted), IN_THE_WINDOW
    ) as browser:
        assert "You hold no award" in words(browser.get(MY_AWARDS))


def test_the_schedule_stands_in_the_holders_own_shares(granted: Telling, visit: Visit) -> None:
    """300 Performance Shares: half at the 25th percentile, all at the 50th, twice at the 75th."""
    with visit(holder(granted, "signed"), IN_THE_PERIOD) as browser:
        said = words(browser.get(page_of(granted, "signed")))
    assert "below 25 0 % 0 " in said
    assert "25 50 % 150" in said
    assert "50 100 % 300" in said
    assert "75 and above 200 % 600" in said


def test_after_the_period_the_award_waits_for_the_committee(granted: Telling, visit: Visit) -> None:
    with visit(holder(granted, "signed"), AFTER_THE_PERIOD) as browser:
        said = words(browser.get(page_of(granted, "signed")))
    assert "waits for the Committee" in said
    assert "no day is fixed for that" in said


@pytest.mark.django_db
def test_a_certified_award_says_what_it_earned_and_when_it_settles(visit: Visit) -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    with visit(holder(telling, "signed"), CERTIFIED) as browser:
        said = words(browser.get(page_of(telling, "signed")))
    assert "You earned 300 shares. They settle on 26 March 2015" in said
    assert "25 days left" in said
    assert "Achieved: place 2 of 3" in said
    assert (
        "Granted 4 Feb 2013 Running 1 Jan 2013 – 31 Dec 2014 Certified 24 Feb 2015 "
        "Settles 26 Mar 2015 Delivered 26 Mar 2015" in said
    )


@pytest.mark.django_db
def test_before_the_certificate_its_result_is_not_shown(visit: Visit) -> None:
    """The page answers as of its day, also for what was put on record since."""
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    with visit(holder(telling, "signed"), AFTER_THE_PERIOD) as browser:
        said = words(browser.get(page_of(telling, "signed")))
    assert "Achieved" not in said
    assert "You earned" not in said


def test_a_holder_who_resigned_reads_that_the_award_ended(granted: Telling, visit: Visit) -> None:
    people.end_service(
        employee=granted.holders["signed"],
        ended_on=date(2013, 9, 16),
        reason="resignation",
        by=granted.secretary,
        at=granted.told_at,
    )
    with visit(holder(granted, "signed"), IN_THE_PERIOD) as browser:
        said = words(browser.get(page_of(granted, "signed")))
        overview = words(browser.get(MY_AWARDS))
    assert "This award ended on 16 September 2013" in said
    assert "Granted 4 Feb 2013 Forfeited 16 Sep 2013" in said
    assert "forfeited" in overview
    assert "They may become" not in overview


def test_a_holder_dismissed_without_cause_reads_that_full_months_count(
    granted: Telling, visit: Visit
) -> None:
    people.end_service(
        employee=granted.holders["signed"],
        ended_on=date(2013, 9, 16),
        reason="without_cause",
        by=granted.secretary,
        at=granted.told_at,
    )
    with visit(holder(granted, "signed"), IN_THE_PERIOD) as browser:
        said = words(browser.get(page_of(granted, "signed")))
    assert "what performance earns is cut to the full months you served" in said


def test_why_draws_the_stored_steps_and_computes_nothing(granted: Telling, visit: Visit) -> None:
    on = date(2015, 2, 24)
    seal = records.seal(
        kind="test.certified",
        content={},
        by=granted.secretary,
        at=cast.noon(on),
    )
    step = {"sentence": "A sentence that only the record knows.", "figure": "123", "place": "GA §2"}
    awards.certify(
        period=granted.period,
        run=granted.measure(cast.noon(on)),
        payout="100",
        earned=[
            {"award": str(award_of(granted, "signed").public_id), "shares": 123, "steps": [step]}
        ],
        determination_date=on,
        seal=seal,
    )
    with visit(holder(granted, "signed"), CERTIFIED) as browser:
        said = words(browser.get(page_of(granted, "signed")))
    assert "You earned 123 shares." in said
    assert "A sentence that only the record knows. 123 GA §2" in said


@pytest.mark.django_db
def test_a_settled_award_says_what_came_and_leads_to_the_statement(visit: Visit) -> None:
    telling = cast.told(acts=99)
    with visit(holder(telling, "unsigned"), date(2015, 4, 1)) as browser:
        page = browser.get(MY_AWARDS)
    assert "You received 38 shares; 3 paid your tax" in words(page)
    statement = reverse("participants:statement", args=[award_of(telling, "unsigned").public_id])
    assert f'href="{statement}"' in page.content.decode()


def test_shares_approved_before_a_weekend_are_announced_for_the_business_day(
    db: None, visit: Visit
) -> None:
    telling = cast.told(acts=6, name="whole-shares-withheld.toml")
    saturday = date(2014, 3, 22)
    at = cast.noon(saturday)
    for condition in unticked_conditions(telling.period):
        settlement.tick_condition(
            period=telling.period, condition=condition, by=telling.administrator, at=at
        )
    tax = {str(award_of(telling, name).public_id): 0 for name in ("ann", "carol", "dave")}
    batch = settlement.prepare_settlement(
        period=telling.period, tax_minor=tax, by=telling.administrator, at=at
    )
    settlement.approve_settlement(
        batch=batch,
        shown_digest=batch.digest,
        by=telling.approver,
        authentication=cast.proof(telling.approver, at),
        at=at,
    )
    with visit(holder(telling, "ann"), saturday) as browser:
        said = words(browser.get(page_of(telling, "ann")))
    assert "15,000 shares are delivered to you on 24 March 2014" in said


def test_another_holders_award_is_answered_like_none_at_all(granted: Telling, visit: Visit) -> None:
    award = award_of(granted, "signed").public_id
    with visit(holder(granted, "unsigned"), IN_THE_WINDOW) as browser:
        for name in ("my_award", "notice", "notice_pdf", "statement"):
            assert browser.get(reverse(f"participants:{name}", args=[award])).status_code == 404


def test_nobody_but_holders_opens_these_pages_not_even_the_auditor(
    granted: Telling, visit: Visit
) -> None:
    for user in (auditor(granted), human_resources(granted), granted.administrator):
        with visit(user, IN_THE_WINDOW) as browser:
            assert browser.get(MY_AWARDS).status_code == 403
            assert browser.get(page_of(granted, "signed")).status_code == 403


@pytest.mark.django_db
def test_nobody_signed_in_is_sent_to_the_sign_in_page() -> None:
    answer = Client().get(MY_AWARDS)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_more_awards_take_no_more_queries(granted: Telling, visit: Visit) -> None:
    counted = []
    for another_year in (None, 2014):
        if another_year:
            _grant_again(granted, another_year)
        counting = CaptureQueriesContext(connection)
        with visit(holder(granted, "signed"), date(2014, 3, 1)) as browser, counting as queries:
            assert browser.get(MY_AWARDS).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def _grant_again(telling: Telling, year: int) -> None:
    """The same holder gets an award for one more period."""
    on = date(year, 2, 3)
    telling.period = periods.open_period(
        start_date=date(year, 1, 1),
        end_date=date(year + 1, 12, 31),
        by=telling.secretary,
        at=cast.noon(on),
    )
    label, who = telling.period.label, str(telling.holders["signed"].public_id)
    cast.adopt(telling, "designation", {"period": label, "employees": [who]}, on)
    line = {"employee": who, "shares": 50}
    cast.adopt(telling, "grant", {"period": label, "awards": [line]}, on)
