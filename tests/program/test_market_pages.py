"""The pages of prices, securities, events and annual reports, as their readers see them."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ltip.desk.scenarios.telling import Telling
from ltip.program import forms, selectors
from ltip.program.models import AnnualReport, DailyClose, PriceImport, SecurityEvent
from tests import cast
from tests.participants.pages import words
from tests.program.conftest import AFTER_PERIOD, Visit, five_companies, told

PRICES, SECURITIES = "/market/", "/market/securities/"
EVENT, REPORTS = "/market/events/new/", "/market/annual-reports/"


def csv(lines: str, name: str = "closes.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, lines.encode(), content_type="text/csv")


def public_id(ticker: str, on: date = AFTER_PERIOD) -> str:
    return str(selectors.security_named(ticker, on=on).public_id)


def event(**changes: str) -> dict[str, str]:
    given = {"security": public_id("LOW"), "kind": "acquired", "completed_on": "2014-12-01"}
    return given | changes


def report(**changes: str) -> dict[str, str]:
    given = {
        "fiscal_year_end": "2014-12-31",
        "filed_on": "2015-02-24",
        "accession_number": "0001234567-15-000123",
    }
    return given | changes


def test_a_file_is_taken_and_then_listed_with_who_when_how_many_and_its_digest(
    measured: Telling, visit: Visit
) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        answer = browser.post(
            PRICES,
            {"closes": csv("date,ticker,close\n2015-01-02,OURS,15.50\n2014-12-31,OURS,15.25\n")},
            follow=True,
        )
    assert answer.redirect_chain == [(PRICES, 302)]
    page = words(answer)
    assert "Closes: 2 lines taken, of them 1 new, 1 corrections and 0 on record already." in page
    assert "The closes of the company's own stock reach to 2 January 2015." in page
    source = PriceImport.objects.latest("pk")
    assert f"closes.csv {source.document_id[:12]}… 5 January 2015, 12:00 UTC" in page
    assert source.seal.actor_name == measured.administrator.name


def test_every_fault_is_listed_with_its_line_and_the_form_comes_back_as_it_was(
    measured: Telling, visit: Visit
) -> None:
    before = DailyClose.objects.count()
    lines = "date,ticker,close\n2015-01-02,OURS,five\n2015-01-02,HIGH,90\n2015-01-06,OURS,9\n"
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        answer = browser.post(PRICES, {"closes": csv(lines), "new_securities": "on"})
    page = words(answer)
    assert "Nothing was taken: 2 lines stand in the way" in page
    assert "Closes 2 the close “five” is not a number" in page
    assert "Closes 4 6 January 2015 has not come yet" in page
    assert 'name="new_securities" id="id_new_securities" checked' in answer.content.decode()
    assert DailyClose.objects.count() == before


def test_of_many_faults_the_first_two_hundred_are_shown_and_all_are_counted(
    measured: Telling, visit: Visit
) -> None:
    lines = "".join(f"2015-01-02,NEW{number},5\n" for number in range(201))
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        page = words(browser.post(PRICES, {"closes": csv(f"date,ticker,close\n{lines}")}))
    assert "Nothing was taken: 201 lines stand in the way" in page
    assert "Here are the first 200." in page
    assert "the ticker NEW199 on" in page
    assert "the ticker NEW200 on" not in page


def test_a_form_without_a_file_says_so(measured: Telling, visit: Visit) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        page = words(browser.post(PRICES, {}))
    assert "Choose a file of closes, of corporate actions, or both." in page


def test_a_file_that_is_too_large_is_refused_with_its_size(
    measured: Telling, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert forms.LARGEST_FILE_MB == 20
    monkeypatch.setattr(forms, "LARGEST_FILE_MB", 1)
    large = csv("date,ticker,close\n" + "2015-01-02,OURS,15.50\n" * 50_000)
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        page = words(browser.post(PRICES, {"actions": large}))
    assert "This file has 2 MB; at most 1 MB are taken. Split it by years." in page


def test_without_a_chosen_calendar_the_page_says_that_nothing_can_be_taken(
    db: None, visit: Visit
) -> None:
    administrator = cast_administrator()
    with visit(administrator, AFTER_PERIOD) as browser:
        shown = words(browser.get(PRICES))
        refused = words(
            browser.post(PRICES, {"closes": csv("date,ticker,close\n2015-01-02,OURS,1\n")})
        )
    assert "No trading calendar is chosen" in shown
    assert (
        "GA §2: No trading calendar is chosen. "
        "The operator chooses it first: manage.py choose_trading_calendar XNYS." in refused
    )


def cast_administrator() -> Any:
    """A stock administrator in an installation where nothing was set up yet."""
    from ltip.accounts import services as accounts
    from ltip.desk.scenarios.telling import LONG_AGO, PASSWORD

    at = cast.noon(AFTER_PERIOD)
    user = accounts.open_account(
        email="first@test.example",
        name="The first",
        time_zone="UTC",
        by=accounts.SYSTEM,
        at=at,
        password=PASSWORD,
    )
    accounts.assign_role(
        user=user, role="stock_administrator", starts_on=LONG_AGO, by=accounts.SYSTEM, at=at
    )
    return user


def test_finance_reads_the_imports_and_is_shown_no_form(measured: Telling, visit: Visit) -> None:
    with visit(measured.approver, AFTER_PERIOD) as browser:
        answer = browser.get(PRICES)
        refused = browser.post(PRICES, {})
    assert "What was taken in" in words(answer)
    assert 'type="file"' not in answer.content.decode()
    assert refused.status_code == 403


def test_securities_are_listed_with_their_last_close_and_what_happened(
    measured: Telling, visit: Visit
) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        browser.post(EVENT, event(other=public_id("HIGH"), note="Form 8-K"))
        browser.post(EVENT, event(security=public_id("GAPS"), kind="renamed", new_ticker="gone"))
        page = words(browser.get(SECURITIES))
    assert "5 securities are on record" in page
    assert "OURS 15.00 USD 31 Dec 2014" in page
    assert "LOW 4.00 USD 31 Dec 2014 1 Dec 2014: was acquired or taken private (HIGH)" in page
    assert "Form 8-K" in page
    assert "GONE GAPS GAPS until 1 Dec 2014" in page
    assert page.index("OURS") < page.index("GONE")


def test_the_lists_take_as_many_queries_for_many_securities_as_for_few(
    db: None, visit: Visit
) -> None:
    def queries(companies: list[str]) -> int:
        sections = five_companies()
        closes = sections["market"]["closes"]
        for ticker in companies:
            closes[ticker] = dict(closes["LOW"])
        telling = told(sections)
        with visit(telling.administrator, AFTER_PERIOD) as browser:
            browser.get(SECURITIES)
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert browser.get(SECURITIES).status_code == 200
        return len(captured)

    from django.db import transaction

    counts = []
    for companies in ([], ["ONE", "TWO", "THREE", "FOUR"]):
        with transaction.atomic():
            counts.append(queries(companies))
            transaction.set_rollback(True)
    assert counts[0] == counts[1]


def test_an_event_is_put_on_record(measured: Telling, visit: Visit) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        answer = browser.post(EVENT, event(), follow=True)
    assert "On record: LOW was acquired or taken private on 1 December 2014." in words(answer)
    recorded = SecurityEvent.objects.get()
    assert (recorded.kind, recorded.completed_on) == ("acquired", date(2014, 12, 1))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "merged"}, "Name the company that survives the merger."),
        ({"kind": "renamed"}, "Give the symbol that it trades under from that day."),
        ({"new_ticker": "NEW"}, "A new symbol goes with a change of name only."),
        ({"completed_on": "2015-01-06"}, "GA §2: 6 January 2015 has not come yet."),
        (
            {"kind": "renamed", "new_ticker": "HIGH"},
            "GA §2: HIGH is the symbol of a security on 1 December 2014 already.",
        ),
        ({"security": "NOPE"}, "Select a valid choice."),
    ],
)
def test_an_event_that_cannot_be_is_refused_and_the_form_comes_back_filled_in(
    measured: Telling, visit: Visit, changes: dict[str, str], reason: str
) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        answer = browser.post(EVENT, event(note="Form 8-K", **changes))
    assert reason in words(answer)
    assert 'value="Form 8-K"' in answer.content.decode()
    assert not SecurityEvent.objects.exists()


def test_a_company_cannot_merge_into_itself(measured: Telling, visit: Visit) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        page = words(browser.post(EVENT, event(kind="merged", other=public_id("LOW"))))
    assert "GA §2: The other company is another one than this." in page


def test_an_event_sent_twice_is_recorded_once(measured: Telling, visit: Visit) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        browser.post(EVENT, event())
        page = words(browser.post(EVENT, event()))
    assert "GA §2: This event is on record already." in page
    assert SecurityEvent.objects.count() == 1


def test_a_filing_is_put_on_record_and_a_later_record_replaces_it(
    measured: Telling, visit: Visit
) -> None:
    with visit(measured.administrator, date(2015, 3, 2)) as browser:
        first = words(browser.post(REPORTS, report(), follow=True))
        second = words(browser.post(REPORTS, report(filed_on="2015-02-25"), follow=True))
    assert "the Form 10-K for 31 December 2014 was filed on 24 February 2015." in first
    assert "31 December 2014 25 February 2015 0001234567-15-000123" in second
    assert "31 December 2014 replaced by a later record 24 February 2015" in second
    current = selectors.annual_report_for(measured.period)
    assert current is not None
    assert current.filed_on == date(2015, 2, 25)
    assert AnnualReport.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"accession_number": "12"}, "An accession number is written like 0001234567-14-000123."),
        ({"filed_on": "2015-03-03"}, "GA §4: 3 March 2015 has not come yet."),
        (
            {"filed_on": "2014-12-31"},
            "GA §4: The report of the year that ends on 31 December 2014 can't have been filed on "
            "31 December 2014.",
        ),
        ({"filed_on": ""}, "This field is required."),
    ],
)
def test_a_filing_that_cannot_be_is_refused_and_the_form_comes_back_filled_in(
    measured: Telling, visit: Visit, changes: dict[str, str], reason: str
) -> None:
    with visit(measured.administrator, date(2015, 3, 2)) as browser:
        answer = browser.post(REPORTS, report(**changes))
    assert reason in words(answer)
    assert 'value="2014-12-31"' in answer.content.decode()
    assert not AnnualReport.objects.exists()


def test_a_filing_sent_twice_is_recorded_once(measured: Telling, visit: Visit) -> None:
    with visit(measured.administrator, date(2015, 3, 2)) as browser:
        browser.post(REPORTS, report())
        page = words(browser.post(REPORTS, report()))
    assert "GA §4: This filing for 31 December 2014 is on record already." in page
    assert AnnualReport.objects.count() == 1


@pytest.mark.parametrize("address", [PRICES, SECURITIES, EVENT, REPORTS])
def test_human_resources_are_kept_out_and_nobody_is_asked_to_sign_in(
    measured: Telling, visit: Visit, client: Any, address: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")
    keeper = cast.staff("human_resources", name="Helen Hart", telling=measured)
    with visit(keeper, AFTER_PERIOD) as browser:
        assert browser.get(address).status_code == 403
