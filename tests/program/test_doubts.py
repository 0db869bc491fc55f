"""Doubts about prices: found over the market reckoned by hand, confirmed, put right, and told by
a final run."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ltip.accounts.services import SYSTEM
from ltip.desk.scenarios.telling import Telling
from ltip.program import selectors
from ltip.program.models import DailyClose, DoubtConfirmation, PriceCorrection
from ltip.program.selectors import DoubtFound
from ltip.program.services import doubts, imports, periods
from ltip.records.models import Seal
from ltip.rules.outcome import Refused
from tests import cast
from tests.participants.pages import words
from tests.program.conftest import AFTER_PERIOD, Visit
from tests.program.test_run_pages import run_of

DOUBTS = "/market/doubts/2013-2014/"


def found(telling: Telling) -> list[DoubtFound]:
    return doubts.doubts_of(telling.period, on=AFTER_PERIOD)


def told(telling: Telling) -> list[tuple[str, str, str, bool]]:
    return [
        (each.ticker, each.doubt.kind, each.doubt.on.isoformat(), each.confirmation is not None)
        for each in found(telling)
    ]


def key_of(telling: Telling, ticker: str, kind: str) -> str:
    (key,) = (e.key for e in found(telling) if (e.ticker, e.doubt.kind) == (ticker, kind))
    return key


def confirm(telling: Telling, *keys: str, reason: str = "Checked.") -> list[DoubtConfirmation]:
    return doubts.confirm_doubts(
        period=telling.period,
        keys=keys,
        reason=reason,
        by=telling.administrator,
        at=cast.noon(AFTER_PERIOD),
    )


def correct(telling: Telling, ticker: str, what: str, on: str, value: str) -> PriceCorrection:
    return doubts.correct_price(
        security=selectors.security_named(ticker, on=date(2014, 1, 2)),
        what=what,
        on=date.fromisoformat(on),
        value=Decimal(value),
        reason="The exchange's own list of that day.",
        by=telling.administrator,
        at=cast.noon(AFTER_PERIOD),
    )


def take_in(
    telling: Telling, lines: str, *, name: str = "another.csv", what: str = "close"
) -> None:
    heading = "date,ticker,close,volume\n" if what == "close" else "date,ticker,kind,amount\n"
    content = (heading + lines).encode()
    imports.import_prices(
        closes=content if what == "close" else None,
        actions=None if what == "close" else content,
        closes_name=name,
        actions_name=name,
        by=SYSTEM,
        at=telling.told_at,
    )


def test_the_prices_a_final_run_would_use_are_doubted(measured: Telling) -> None:
    assert told(measured) == [
        ("GAPS", "gap", "2014-12-30", False),
        ("GAPS", "split_like", "2014-12-31", False),
        ("HIGH", "move", "2014-12-30", False),
        ("LOW", "split_like", "2014-12-30", False),
    ]


def test_before_the_period_is_over_its_closes_so_far_are_doubted(measured: Telling) -> None:
    early = doubts.doubts_of(measured.period, on=date(2014, 12, 30))
    assert [(each.ticker, each.doubt.kind) for each in early] == [
        ("GAPS", "gap"),
        ("HIGH", "move"),
        ("LOW", "split_like"),
    ]


def test_a_doubt_is_confirmed_by_name_until_a_value_changes(measured: Telling) -> None:
    (row,) = confirm(measured, key_of(measured, "HIGH", "move"), reason="A takeover was announced.")
    assert (row.seal.kind, row.seal.actor_name) == (
        "program.doubts.confirmed",
        measured.administrator.name,
    )
    assert ("HIGH", "move", "2014-12-30", True) in told(measured)
    correct(measured, "HIGH", "close", "2014-12-30", "81")
    assert ("HIGH", "move", "2014-12-30", False) in told(measured)


@pytest.mark.parametrize(
    ("reason", "choose", "said"),
    [
        (" ", ["HIGH"], "To confirm what is in doubt needs a reason."),
        ("Right.", [], "No doubt is chosen."),
        ("Right.", ["HIGH", "LOW"], "Of 2 doubts chosen, 1 are open no longer"),
    ],
)
def test_a_confirmation_is_refused_whole(
    measured: Telling, reason: str, choose: list[str], said: str
) -> None:
    keys = {"HIGH": key_of(measured, "HIGH", "move"), "LOW": key_of(measured, "LOW", "split_like")}
    confirm(measured, keys["LOW"])
    before = Seal.objects.count()
    with pytest.raises(Refused, match=said):
        confirm(measured, *(keys[each] for each in choose), reason=reason)
    assert (DoubtConfirmation.objects.count(), Seal.objects.count()) == (1, before)


def test_a_correction_keeps_the_old_value_and_settles_the_doubt(measured: Telling) -> None:
    correction = correct(measured, "LOW", "split", "2014-12-30", "2")
    assert correction.seal.kind == "program.price.corrected"
    assert "LOW" not in {ticker for ticker, *_ in told(measured)}
    correct(measured, "GAPS", "close", "2014-12-31", "8.5")
    closes = DailyClose.objects.filter(security__name="GAPS", date=date(2014, 12, 31))
    assert [row.close for row in closes.order_by("revision")] == [Decimal(6), Decimal("8.5")]
    # The value before came from a file and the new one from a person: nothing disagrees.
    assert told(measured) == [
        ("GAPS", "gap", "2014-12-30", False),
        ("HIGH", "move", "2014-12-30", False),
    ]


@pytest.mark.parametrize(
    ("what", "on", "value", "said"),
    [
        ("close", "2014-12-30", "4", "This is the close on record for 30 December 2014."),
        ("close", "2014-12-30", "0", "is not a number above 0"),
        ("bonus", "2014-12-30", "4", "“bonus” is no close and no kind of action."),
        ("close", "2015-01-06", "4", "6 January 2015 has not come yet"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(
    measured: Telling, what: str, on: str, value: str, said: str
) -> None:
    before = Seal.objects.count()
    with pytest.raises(Refused, match=said):
        correct(measured, "LOW", what, on, value)
    assert (PriceCorrection.objects.count(), Seal.objects.count()) == (0, before)


def test_files_that_disagree_are_doubted_with_their_names(measured: Telling) -> None:
    take_in(measured, "2014-12-30,OURS,13.5,0\n", name="the other.csv")
    sentences = [each.doubt.sentence for each in found(measured) if each.ticker == "OURS"]
    first = DailyClose.objects.get(
        security__is_company=True, date=date(2014, 12, 30), revision=0
    ).source.document.name
    assert sentences == [
        "OURS has a close but a volume of zero on 30 December 2014.",
        f"Sources disagree on the close of OURS on 30 December 2014: 13 in {first}, 13.5 in the "
        "other.csv; the last counts.",
    ]
    correct(measured, "OURS", "close", "2014-12-30", "13.2")
    assert not [each for each in found(measured) if each.ticker == "OURS"]
    # A file that comes after what a person put right disagrees with it again.
    take_in(measured, "2014-12-30,OURS,13,\n", name="the third.csv")
    (again,) = [each for each in found(measured) if each.ticker == "OURS"]
    assert again.doubt.facts == ("close", "13.2", "13")
    take_in(measured, "2013-06-03,OURS,dividend,1.1\n", name="the fourth.csv", what="dividend")
    assert {each.doubt.facts for each in found(measured) if each.ticker == "OURS"} == {
        ("close", "13.2", "13"),
        ("dividend", "1.2", "1.1"),
    }


def test_a_final_run_says_which_doubts_were_open_and_who_confirmed_the_others(
    measured: Telling, visit: Visit
) -> None:
    confirm(measured, key_of(measured, "HIGH", "move"), reason="A takeover was announced.")
    correct(measured, "LOW", "split", "2014-12-30", "2")
    run = run_of(measured)
    kept = run.doubts
    content = json.loads(bytes(kept.document.content))
    assert [each["ticker"] for each in content["open"]] == ["GAPS", "GAPS"]
    assert (kept.open, kept.confirmed, kept.seal) == (2, 1, run.seal)
    assert (content["confirmed"][0]["by"], content["confirmed"][0]["reason"]) == (
        measured.administrator.name,
        "A takeover was announced.",
    )
    assert f'"doubts":"{kept.document_id}"' in run.seal.canonical_text
    # What is confirmed later changes nothing of it.
    confirm(measured, key_of(measured, "GAPS", "gap"))
    with visit(measured.members[0], AFTER_PERIOD) as browser:
        page = words(browser.get(f"/market/runs/2013-2014/{run.public_id}/"))
        paper = browser.get(f"/market/runs/2013-2014/{run.public_id}/doubts.json")
    assert "2 open, 1 confirmed by name, when this run was made." in page
    assert "GAPS has no close on 30 December 2014; the last one before stands in." in page
    assert f"{measured.administrator.name}: A takeover was announced." in page
    assert "The split of LOW on 30 December 2014 is 2." in page
    assert f"SHA-256 {kept.document_id}" in page
    assert paper.content == bytes(kept.document.content)


def test_an_interim_run_keeps_no_doubts(measured: Telling, visit: Visit) -> None:
    run = run_of(measured, on=date(2014, 12, 31), is_final=False)
    assert not hasattr(run, "doubts")
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        answer = browser.get(f"/market/runs/2013-2014/{run.public_id}/doubts.json")
    assert answer.status_code == 404


def test_doubts_are_filtered_confirmed_and_put_right_on_their_page(
    measured: Telling, visit: Visit
) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        page = words(browser.get(DOUBTS))
        assert "4 doubts about the prices that a run uses are open." in page
        assert "LOW" not in words(browser.get(f"{DOUBTS}?company=GAPS")).partition("2 doubts")[2]
        assert "3 doubts" not in words(browser.get(f"{DOUBTS}?kind=split_like"))
        key = key_of(measured, "GAPS", "gap")
        without = browser.post(DOUBTS, {"key": [key]})
        assert "checked" in without.content.decode()
        assert not DoubtConfirmation.objects.exists()
        done = browser.post(DOUBTS, {"key": [key], "reason": "It did not trade."}, follow=True)
        assert "1 doubt is confirmed in your name." in words(done)
        assert "3 doubts about the prices that a run uses are open." in words(done)
        confirmed = words(browser.get(f"{DOUBTS}?state=confirmed"))
        assert f"Confirmed by {measured.administrator.name}" in confirmed
        assert "It did not trade." in confirmed
        low = f"{DOUBTS}{key_of(measured, 'LOW', 'split_like')}/"
        assert "as a split of 2 new for one old would make it" in words(browser.get(low))
        right = {"what": "split", "on": "2014-12-30", "value": "2", "reason": "The filing."}
        refused = words(browser.post(low, right | {"value": "0"}))
        assert "is not a number above 0" in refused
        after = browser.post(low, right, follow=True)
        assert "LOW on 30 December 2014 is put right: 2." in words(after)
        assert browser.get(low).status_code == 404
    with visit(measured.members[0], AFTER_PERIOD) as browser:
        read = words(browser.get(DOUBTS))
        assert "2 doubts about the prices that a run uses are open." in read
        assert "They are right" not in read


def test_a_period_without_a_goal_says_why_there_is_nothing_to_look_at(
    measured: Telling, visit: Visit
) -> None:
    periods.open_period(
        start_date=date(2015, 1, 1),
        end_date=date(2016, 12, 31),
        by=SYSTEM,
        at=measured.told_at,
    )
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        page = words(browser.get("/market/doubts/2015-2016/"))
    assert "No goal is set for the period 2015–2016." in page


def test_the_page_asks_the_database_as_often_for_many_doubts_as_for_few(
    measured: Telling, visit: Visit
) -> None:
    with visit(measured.administrator, AFTER_PERIOD) as browser:
        browser.get(DOUBTS)
        with CaptureQueriesContext(connection) as few:
            browser.get(f"{DOUBTS}?state=all")
        confirm(measured, *(each.key for each in found(measured)))
        for number, ticker in enumerate(("OURS", "SPLT", "HIGH")):
            take_in(measured, f"2014-12-30,{ticker},{60 + number},0\n", name=f"{number}.csv")
            correct(measured, ticker, "dividend", "2014-12-30", "20")
        assert len(found(measured)) > 8
        with CaptureQueriesContext(connection) as many:
            browser.get(f"{DOUBTS}?state=all")
    assert len(many) == len(few)
