"""A tax paid from a sale of shares: chosen, ordered, sold in a window or by instruction, settled.

Ann earned 15,000 shares at $8.23, delivered on Monday, 24 March 2014; her tax is $45,281.46. From
a sale it takes 45,281.46 ÷ 8.23 = 5,502.0: 5,502 shares are 45,281.46 exactly, so 5,502.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ltip.desk.scenarios.telling import PASSWORD, Telling
from ltip.records.selectors import content_of
from ltip.rules.outcome import Refused
from participants.settlement import broker, selling
from participants.settlement.models import SaleOfShares, Settlement, WithholdingElection
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of, holder
from tests.participants.pages import words
from tests.participants.settlement.desk import FRIDAY, MONDAY, address, approve, prepare, tick_all

TUESDAY = MONDAY + timedelta(days=1)


def choose(telling: Telling, visit: Visit, **form: str) -> str:
    """Ann chooses on her page."""
    holder(telling, "ann")
    with visit(telling.holders["ann"].user, FRIDAY) as browser:
        page = f"/my/awards/{award_of(telling, 'ann').public_id}/tax/"
        return words(browser.post(page, {"password": PASSWORD, **form}, follow=True))


def settle(telling: Telling, visit: Visit) -> str:
    """The period is settled on Monday; gives the page that finance read."""
    tick_all(telling, MONDAY)
    with visit(telling.administrator, MONDAY) as browser:
        prepare(browser, telling)
    with visit(telling.approver, MONDAY) as browser:
        read = words(browser.get(address(telling)))
        assert "The settlement is approved." in words(approve(browser, telling))
    return read


def sold(telling: Telling, **changes: Any) -> list[selling.Sold]:
    told = {
        "award": str(award_of(telling, "ann").public_id),
        "sold_on": TUESDAY,
        "shares": 5_502,
        "proceeds_minor": 4_600_000,
        "reference": "B-1",
    }
    return [selling.Sold(**(told | changes))]


def record(telling: Telling, sales: list[selling.Sold], on: date = TUESDAY) -> SaleOfShares:
    (row,) = selling.record_sales(
        period=telling.period, sold=sales, by=telling.administrator, at=cast.noon(on)
    )
    return row


def window(telling: Telling, opens: date, closes: date, **changes: Any) -> Any:
    return selling.record_window(
        opens_on=opens, closes_on=closes, by=telling.administrator, at=cast.noon(MONDAY), **changes
    )


@pytest.fixture
def instructed(due: Telling, visit: Visit) -> Telling:
    """Ann's whole tax is to be paid from a sale, by her standing instruction; all is settled."""
    choose(due, visit, way="sale", is_standing_instruction="on")
    settle(due, visit)
    return due


@pytest.fixture
def waiting(due: Telling, visit: Visit) -> Telling:
    """The same without a standing instruction."""
    choose(due, visit, way="sale")
    settle(due, visit)
    return due


def test_what_is_to_be_sold_stands_in_the_batch_and_every_share_is_delivered(
    due: Telling, visit: Visit
) -> None:
    """Half of 45,281.46 in shares is 22,640.73: 2,751; the other half sold: 2,751 of 12,249."""
    choose(due, visit, way="split", shares_percent="50", sale_percent="50")
    read = settle(due, visit)
    assert "$45,281.46 of it $22,640.73 from a sale 2,751 12,249 of them 2,751 to sell" in read
    settled = Settlement.objects.get(award=award_of(due, "ann"))
    assert (settled.withheld, settled.delivered, settled.to_sell) == (2_751, 12_249, 2_751)
    assert settled.sale_minor == 2_264_073


def test_a_sale_by_standing_instruction_needs_no_window_and_gives_back_what_it_brought_over(
    instructed: Telling, visit: Visit
) -> None:
    row = record(instructed, sold(instructed))
    assert (row.returned_minor, row.owed_minor) == (71_854, 0)
    assert content_of(row.seal)["sales"][0]["returned_minor"] == 71_854
    with visit(instructed.holders["ann"].user, TUESDAY) as browser:
        read = words(browser.get(f"/my/awards/{award_of(instructed, 'ann').public_id}/statement/"))
    assert "To be paid from a sale 5,502 of the shares delivered are sold for it" in read
    assert "The sale brought sold on 25 March 2014 $46,000.00" in read
    assert "Beyond the tax, returned to you in cash $718.54" in read


def test_what_a_sale_does_not_reach_the_holder_owes(instructed: Telling) -> None:
    assert record(instructed, sold(instructed, proceeds_minor=4_528_145)).owed_minor == 1


@pytest.mark.parametrize(
    ("opens", "closes", "is_open"),
    [
        (TUESDAY, TUESDAY, True),
        (TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=9), False),
        (MONDAY - timedelta(days=9), MONDAY, False),
    ],
)
def test_without_an_instruction_a_sale_waits_for_an_open_window(
    waiting: Telling, opens: date, closes: date, is_open: bool
) -> None:
    window(waiting, opens, closes)
    if is_open:
        assert record(waiting, sold(waiting)).returned_minor == 71_854
        return
    with pytest.raises(Refused, match="no trading window was open"):
        record(waiting, sold(waiting))
    assert not SaleOfShares.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"shares": 5_501}, "5,501 shares of ann were sold, and 5,502 were to be sold"),
        ({"sold_on": date(2014, 3, 23)}, "can't have been sold on 23 March 2014"),
        ({"sold_on": date(2014, 3, 26)}, "can't have been sold on 26 March 2014"),
        ({"reference": " "}, "has no reference"),
        ({"award": "carol"}, "No shares of award carol are to be sold"),
    ],
)
def test_a_sale_that_does_not_fit_is_refused(
    instructed: Telling, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        record(instructed, sold(instructed, **changes))
    with pytest.raises(Refused, match="named twice"):
        record(instructed, sold(instructed) * 2)


def test_a_sale_is_recorded_once_and_corrected_by_another(instructed: Telling) -> None:
    first = record(instructed, sold(instructed))
    with pytest.raises(Refused, match="on record already"):
        record(instructed, sold(instructed))
    later = record(instructed, sold(instructed, proceeds_minor=4_500_000))
    assert (later.supersedes, later.owed_minor) == (first, 28_146)


def test_windows_do_not_overlap_and_are_corrected_by_name(due: Telling) -> None:
    first = window(due, MONDAY, TUESDAY)
    with pytest.raises(Refused, match="It overlaps the window from 24 March 2014"):
        window(due, TUESDAY, TUESDAY)
    with pytest.raises(Refused, match="closes on or after the day it opens"):
        window(due, TUESDAY, MONDAY)
    later = window(due, TUESDAY, TUESDAY, supersedes=first)
    assert selling.trading_windows() == [later]
    first.refresh_from_db()
    with pytest.raises(Refused, match="corrected before"):
        window(due, MONDAY, MONDAY, supersedes=first)


def test_the_brokers_files_go_out_and_come_back_on_the_page(
    instructed: Telling, visit: Visit
) -> None:
    award = award_of(instructed, "ann").public_id
    good = f"award id,sold on,shares,proceeds,reference\n{award},2014-03-25,5502,46000.00,B-1\n"
    bad = good.replace("5502", "x").replace("46000.00", "=1+1")
    with visit(instructed.administrator, TUESDAY) as browser:
        orders = browser.get(address(instructed, "sale_orders")).content.decode()
        told = words(browser.get(address(instructed, "sales")))

        def send(text: str) -> str:
            file = SimpleUploadedFile("sold.csv", text.encode())
            return words(
                browser.post(address(instructed, "record_sales"), {"file": file}, follow=True)
            )

        refused = send(bad)
        assert not SaleOfShares.objects.exists()
        done = send(good)
        nothing = words(browser.get(address(instructed, "sale_orders"), follow=True))
    assert orders == (
        "award id,name,shares to sell,not before,standing instruction\r\n"
        f"{award},ann,5502,2014-03-24,2014-03-21\r\n"
    )
    assert "1 sale is to be carried out by the broker." in told
    assert "No trading window is open today; only standing instructions" in told
    assert "Line 2: “x” is no whole number of shares" in refused
    assert "Sales put on record: 1." in done
    assert "$46,000.00 25 Mar 2014, B-1 $718.54 goes back to the holder" in done
    assert "Nothing is left to sell, so there is no file." in nothing


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff\xfe", "not text in UTF-8"),
        (b"award id,sold on\n", "lacks the column shares, proceeds, reference"),
        (b"award id,sold on,shares,proceeds,reference\na,b,1,1.00,c\n", "“b” is no day"),
        (b"award id,sold on,shares,proceeds,reference\na,2014-03-25,1,1.001,c\n", "no amount"),
        (b"award id,sold on,shares,proceeds,reference\na,2014-03-25,1,1,c,d\n", "more values"),
    ],
)
def test_a_file_that_is_wrong_is_refused_whole_with_its_line(text: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        broker.sales_in(text)


def test_an_instruction_to_sell_nothing_is_refused(due: Telling, visit: Visit) -> None:
    said = choose(due, visit, way="cash", is_standing_instruction="on")
    assert "A standing instruction to sell needs a part to sell for." in said
    assert not WithholdingElection.objects.exists()
