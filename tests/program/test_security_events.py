"""What happened to peers: kept with its evidence, taken back, and shown before and after.

Without events OURS is 2 of 5, percentile 75, which pays 200 % (see `five_companies`).
LOW bought and out of the group: HIGH +65 %, OURS +40 %, SPLT +30 %, GAPS −25 %: place 2 of 4,
percentile (4 − 2) / 3 × 100 = 66.67, which pays 100 + 16.67 / 25 × 100 = 166.67 %.
HIGH failed, at −100 %, and LOW out: OURS, SPLT, GAPS, HIGH: place 1 of 4, percentile 100, 200 %.
HIGH failed and LOW in: OURS, SPLT, GAPS, LOW, HIGH: place 1 of 5, percentile 100, 200 %.
"""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ltip.desk.scenarios.telling import Telling
from ltip.program import selectors
from ltip.program.models import SecurityEvent, SecurityEventWithdrawal
from ltip.program.run_events import compared_events
from ltip.program.services import market, measuring
from ltip.records.models import Seal
from ltip.records.selectors import content_of
from ltip.records.services import store_document
from ltip.rules.measurement import measure
from ltip.rules.outcome import Refused
from tests import cast
from tests.participants.pages import words
from tests.program.conftest import AFTER_PERIOD, Visit, five_companies, told
from tests.program.test_run_pages import RUNS, run_of
from tests.rules.test_segments import inputs

SECURITIES, NEW = "/market/securities/", "/market/events/new/"
PAPER = b"%PDF-1.4 completion of the purchase"
COLUMNS = ("Without the event", "With it")


def happened(telling: Telling, ticker: str, kind: str = "acquired", **given: Any) -> SecurityEvent:
    at = cast.noon(AFTER_PERIOD)
    document = store_document(content=PAPER, name="8-K.pdf", media_type="application/pdf", at=at)
    told = {"completed_on": date(2014, 12, 1), "document": document} | given
    return market.record_security_event(
        security=selectors.security_named(ticker, on=date(2014, 11, 30)),
        kind=kind,
        by=telling.administrator,
        at=at,
        **told,
    )


def withdraw(
    telling: Telling, event: SecurityEvent, reason: str = "Only announced."
) -> SecurityEventWithdrawal:
    return market.withdraw_security_event(
        event=event, reason=reason, by=telling.administrator, at=cast.noon(AFTER_PERIOD)
    )


def gathered(telling: Telling) -> list[dict[str, Any]]:
    found = measuring.gather_inputs(
        period=telling.period, until=telling.period.end_date, on=AFTER_PERIOD
    )
    return list(found["events"])


def page_of_run(telling: Telling, visit: Visit, user: Any = None) -> str:
    run = run_of(telling)
    with visit(user or telling.members[0], AFTER_PERIOD) as browser:
        return words(browser.get(f"{RUNS}{run.public_id}/"))


def test_the_paper_that_shows_an_event_is_kept_and_given_out(
    measured: Telling, visit: Visit
) -> None:
    low = selectors.security_named("LOW", on=AFTER_PERIOD)
    told = {
        "security": str(low.public_id),
        "kind": "acquired",
        "completed_on": "2014-12-01",
        "document": SimpleUploadedFile("8-K.pdf", PAPER, content_type="application/pdf"),
    }
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        assert "8-K.pdf" in words(browser.post(NEW, told, follow=True))
    event = SecurityEvent.objects.get()
    assert content_of(event.seal)["document"] == event.document_id
    with visit(measured.approver, AFTER_PERIOD) as browser:
        assert "Take back" not in words(browser.get(SECURITIES))
        given = browser.get(f"/market/events/{event.seal_id}/evidence/")
    assert given.content == PAPER
    assert given["Content-Type"] == "application/pdf"
    assert given["Content-Disposition"] == 'attachment; filename="8-K.pdf"'


def test_a_file_that_is_no_paper_is_refused(measured: Telling, visit: Visit) -> None:
    low = selectors.security_named("LOW", on=AFTER_PERIOD)
    told = {"security": str(low.public_id), "kind": "acquired", "completed_on": "2014-12-01"}
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        page = words(browser.post(NEW, told | {"document": SimpleUploadedFile("a.pdf", b"text")}))
    assert "A PDF, PNG or JPEG file, please." in page
    assert not SecurityEvent.objects.exists()


def test_an_event_without_a_paper_or_that_is_not_there_gives_none_out(
    measured: Telling, visit: Visit
) -> None:
    event = happened(measured, "LOW", document=None)
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        assert browser.get(f"/market/events/{event.seal_id}/evidence/").status_code == 404
        for part in ("evidence", "withdraw"):
            assert browser.get(f"/market/events/90000/{part}/").status_code == 404


def test_an_event_taken_back_is_measured_and_listed_no_longer(
    measured: Telling, visit: Visit
) -> None:
    low, high = happened(measured, "LOW"), happened(measured, "HIGH", "bankrupt")
    assert [each["ticker"] for each in gathered(measured)] == ["LOW", "HIGH"]
    address = f"/market/events/{low.seal_id}/withdraw/"
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        asked = words(browser.get(address))
        empty = words(browser.post(address, {"reason": ""}))
        said = words(browser.post(address, {"reason": "Only announced."}, follow=True))
        again = words(browser.post(address, {"reason": "Only announced."}))
    assert "LOW was acquired or taken private on 1 December 2014 would count no longer." in asked
    assert "This field is required." in empty
    assert "That LOW was acquired or taken private on 1 December 2014 counts no longer." in said
    assert "1 Dec 2014: was acquired" not in said
    assert "1 Dec 2014: went bankrupt" in said
    assert "GA §2: This event was taken back before." in again
    assert [each["seal"] for each in gathered(measured)] == [high.seal_id]
    assert SecurityEventWithdrawal.objects.get().event == low


def test_a_withdrawal_is_one_seal_that_names_the_record_and_the_reason(measured: Telling) -> None:
    event = happened(measured, "LOW")
    before = Seal.objects.count()
    withdrawal = withdraw(measured, event)
    assert Seal.objects.count() == before + 1
    content = content_of(withdrawal.seal)
    assert (content["recorded"], content["reason"]) == (event.seal_id, "Only announced.")


def test_an_event_taken_back_can_be_recorded_again(measured: Telling) -> None:
    withdraw(measured, happened(measured, "LOW"))
    again = happened(measured, "LOW")
    assert [each["seal"] for each in gathered(measured)] == [again.seal_id]
    with pytest.raises(Refused, match=r"^GA §2: This event is on record already"):
        happened(measured, "LOW")


def test_a_withdrawal_needs_a_reason(measured: Telling) -> None:
    with pytest.raises(Refused, match=r"^GA §2: Taking back what was recorded needs a reason"):
        withdraw(measured, happened(measured, "LOW"), reason="  ")
    assert not SecurityEventWithdrawal.objects.exists()


def test_a_change_of_name_is_not_taken_back(measured: Telling, visit: Visit) -> None:
    event = happened(measured, "LOW", "renamed", new_ticker="LOWER")
    with pytest.raises(Refused, match=r"^GA §2: A change of name is not taken back"):
        withdraw(measured, event)
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        assert "Take back" not in words(browser.get(SECURITIES))


def test_a_run_shows_each_event_with_its_evidence_and_the_figures_without_it_and_with_it(
    measured: Telling, visit: Visit
) -> None:
    event = happened(measured, "LOW", note="Form 8-K of that day")
    page = page_of_run(measured, visit)
    assert "Of the 4 peers that the goal names, 3 are ranked. GA §2" in page
    assert "LOW was acquired or taken private, 1 December 2014" in page
    assert "LOW was acquired or taken private on 1 December 2014: it is out of the group" in page
    assert f"Evidence: 8-K.pdf SHA-256 {event.document_id}" in page
    assert "Source: Form 8-K of that day" in page
    assert (
        f"{' '.join(COLUMNS)} Rank 2 of 5 2 of 4 Percentile 75 % 66.67 % "
        "Payout, of target 200 % 166.67 %" in page
    )


def test_of_several_events_each_is_left_out_alone(measured: Telling, visit: Visit) -> None:
    happened(measured, "LOW")
    happened(measured, "HIGH", "bankrupt", completed_on=date(2014, 6, 2), document=None)
    page = page_of_run(measured, visit)
    high, low = (
        page.index(f"{ticker} {what}, {day}")
        for ticker, what, day in (
            ("HIGH", "went bankrupt", "2 June 2014"),
            ("LOW", "was acquired or taken private", "1 December 2014"),
        )
    )
    assert high < low
    assert "No paper was kept as evidence." in page[high:low]
    assert (
        "Rank 2 of 4 1 of 4 Percentile 66.67 % 100 % Payout, of target 166.67 % 200 %"
        in (page[high:low])
    )
    assert "Rank 1 of 5 1 of 4 Percentile 100 % 100 % Payout, of target 200 % 200 %" in page[low:]


def test_a_peer_that_has_no_closes_without_its_event_is_said_to_stand_in_the_way(
    db: None, visit: Visit
) -> None:
    sections = five_companies()
    for day in ("2014-12-30", "2014-12-31"):
        del sections["market"]["closes"]["HIGH"][day]
    telling = told(sections)
    happened(telling, "HIGH", "bankrupt", completed_on=date(2014, 6, 2))
    page = page_of_run(telling, visit)
    assert (
        "Rank Can't be measured without it. GA §2: HIGH has no close from 30 December 2014 to "
        "31 December 2014. Import its prices, or record what happened to it. "
        "1 of 5 Percentile 100 % Payout, of target 200 %" in page
    )


def test_an_event_taken_back_after_a_run_is_still_shown_on_it_with_the_reason(
    measured: Telling, visit: Visit
) -> None:
    event = happened(measured, "LOW")
    run = run_of(measured)
    withdraw(measured, event)
    with visit(measured.secretary, AFTER_PERIOD) as browser:
        page = words(browser.get(f"{RUNS}{run.public_id}/"))
    assert "Taken back 5 January 2015, 12:00 UTC, after this run: Only announced." in page
    assert "Rank 2 of 5 2 of 4" in page
    later = page_of_run(measured, visit)
    assert "What happened to peers" not in later
    assert "Rank 2 of 5" in later


def test_the_pages_take_as_many_queries_for_many_events_as_for_one(
    measured: Telling, visit: Visit
) -> None:
    counts = []
    for tickers in (["LOW"], ["HIGH", "GAPS"]):
        for ticker in tickers:
            happened(measured, ticker)
        run = run_of(measured)
        for address in (SECURITIES, f"{RUNS}{run.public_id}/"):
            with visit(measured.administrator, AFTER_PERIOD) as browser:
                browser.get(address)
                with CaptureQueriesContext(connection) as captured:
                    assert browser.get(address).status_code == 200
            counts.append(len(captured))
    assert counts[:2] == counts[2:]


def test_of_a_goal_in_segments_each_is_shown_without_the_event_and_with_it() -> None:
    """A bought in 2013 is out of both years. 2012: OWN, C, D, B, place 1 of 4. 2013: B, OWN, D, C,
    place 2 of 4, percentile 66.67, 166.67 %. 60 % × 200 % + 40 % × 166.67 % = 186.67 %."""
    given = inputs(events=[("2013-05-01", "A", "acquired")])
    (event,) = compared_events(
        found=measure(given)["goals"][0], terms=given["goals"][0], inputs=given, recorded={}
    )
    assert event.record is None
    first, second = "1 January 2012 to 31 December 2012: ", "1 January 2013 to 31 December 2013: "
    assert [
        tuple(text.replace("\N{NO-BREAK SPACE}", " ") for text in row) for row in event.rows
    ] == [
        (f"{first}Rank", "2 of 5", "1 of 4"),
        (f"{first}Percentile", "75 %", "100 %"),
        (f"{first}Payout, of target", "200 %", "200 %"),
        (f"{second}Rank", "3 of 5", "2 of 4"),
        (f"{second}Percentile", "50 %", "66.67 %"),
        (f"{second}Payout, of target", "100 %", "166.67 %"),
        ("Payout of all segments, of target", "160 %", "186.67 %"),
    ]


def test_a_goal_of_several_shows_the_events_of_its_own_peers_alone() -> None:
    given = inputs(segments=(), events=[("2013-05-01", "A", "acquired")], weight="50")
    own, other = given["goals"][0], {**given["goals"][0], "peers": [{"security": "id-B"}]}
    given["goals"] = [own, other]
    found = measure(given)["goals"]
    of_own, of_other = (
        compared_events(found=part, terms=terms, inputs=given, recorded={})
        for part, terms in zip(found, given["goals"], strict=True)
    )
    # Both years: A +30 %, B 0 %, OWN −10 %, D −37 %, C −45 %; without A OWN is 2 of 4.
    assert [row.before for row in of_own[0].rows[:1]] == ["3 of 5"]
    assert [row.after for row in of_own[0].rows[:1]] == ["2 of 4"]
    assert of_other == []
