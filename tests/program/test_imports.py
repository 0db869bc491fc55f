"""Files of prices: taken in whole or not at all, with every reason why not."""

from datetime import date
from decimal import Decimal

import pytest

from ltip.accounts.services import SYSTEM
from ltip.program import selectors
from ltip.program.models import CorporateAction, DailyClose, PriceImport, Security
from ltip.program.services import imports, market
from ltip.program.services.price_files import FileRefused
from ltip.records.models import Company, Document, Seal
from ltip.rules.outcome import Refused
from tests import cast
from tests.program.conftest import IMPORTED_ON

pytestmark = pytest.mark.usefixtures("exchange")

CLOSES = "date,ticker,close,volume\n"
ACTIONS = "date,ticker,kind,amount\n"
GOOD = "2014-01-02,OURS,5.00,100\n"


def take(
    closes: str | None = None,
    actions: str | None = None,
    *,
    new_securities: bool = False,
    on: date = IMPORTED_ON,
) -> list[PriceImport]:
    return imports.import_prices(
        closes=None if closes is None else closes.encode(),
        actions=None if actions is None else actions.encode(),
        new_securities=new_securities,
        by=SYSTEM,
        at=cast.noon(on),
    )


def faults_of(closes: str | None = None, actions: str | None = None) -> list[tuple[str, int, str]]:
    """The faults of files that are refused, after looking that they changed nothing."""
    before = (Seal.objects.count(), Document.objects.count())
    with pytest.raises(FileRefused) as refusal:
        take(closes, actions)
    assert not DailyClose.objects.exists()
    assert not CorporateAction.objects.exists()
    assert not PriceImport.objects.exists()
    assert (Seal.objects.count(), Document.objects.count()) == before
    return [(fault.file, fault.line, fault.reason) for fault in refusal.value.faults]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2014-01-02,NEW,5.00,", "no security bears the ticker NEW on 2 January 2014"),
        ("2012-12-31,OURS,5.00,", "no security bears the ticker OURS on 31 December 2012"),
        ("2014-01-02,,5.00,", "“” is not a ticker"),
        ("2014-01-02,OUR S,5.00,", "“OUR S” is not a ticker"),
        ("02.01.2014,OURS,5.00,", "“02.01.2014” is not a date like 2013-12-31"),
        ("20140102,OURS,5.00,", "“20140102” is not a date like 2013-12-31"),
        ("2014-02-30,OURS,5.00,", "“2014-02-30” is not a date like 2013-12-31"),
        ("1014-01-02,OURS,5.00,", "2 January 1014 lies before 1970, where the calendars begin"),
        ("2014-01-02,OURS,five,", "the close “five” is not a number"),
        ("2014-01-02,OURS,,", "the close “” is not a number"),
        ("2014-01-02,OURS,5_0,", "the close “5_0” is not a number"),
        ("2014-01-02,OURS,NaN,", "the close “NaN” is not a number above 0 and below a billion"),
        ("2014-01-02,OURS,0,", "the close “0” is not a number above 0 and below a billion"),
        ("2014-01-02,OURS,-5,", "the close “-5” is not a number above 0 and below a billion"),
        (
            "2014-01-02,OURS,1000000000,",
            "the close “1000000000” is not a number above 0 and below a billion",
        ),
        ("2014-01-02,OURS,5.1234567,", "the close “5.1234567” has more than 6 decimals"),
        ("2014-01-02,OURS,5.00,many", "the volume “many” is not a whole number"),
        ("2014-01-02,OURS,5.00,-1", "the volume “-1” is not a whole number"),
        ("2014-01-02,OURS,1,234,567", "more values than the heading has columns"),
        ("2014-01-01,OURS,5.00,", "there was no trading on 1 January 2014, so no close"),
        ("2014-01-04,OURS,5.00,", "there was no trading on 4 January 2014, so no close"),
        ("2014-01-13,OURS,5.00,", "13 January 2014 has not come yet"),
    ],
)
def test_a_bad_line_of_closes_is_refused_with_its_number_and_reason(line: str, reason: str) -> None:
    assert faults_of(f"{CLOSES}{GOOD}{line}\n") == [("closes", 3, reason)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2014-01-02,NEW,split,2", "no security bears the ticker NEW on 2 January 2014"),
        ("2014-01-02,OURS,bonus,2", "“bonus” is not dividend, split or spin_off"),
        ("2014-01-02,OURS,split,two", "the amount “two” is not a number"),
        (
            "2014-01-02,OURS,dividend,0",
            "the amount “0” is not a number above 0 and below a billion",
        ),
        (
            "2014-01-02,OURS,split,0.3333333333333",
            "the amount “0.3333333333333” has more than 12 decimals",
        ),
        ("2014-01-13,OURS,dividend,1", "13 January 2014 has not come yet"),
        ("yesterday,OURS,dividend,1", "“yesterday” is not a date like 2013-12-31"),
    ],
)
def test_a_bad_line_of_actions_is_refused_with_its_number_and_reason(
    line: str, reason: str
) -> None:
    assert faults_of(actions=f"{ACTIONS}2014-01-03,OURS,dividend,0.10\n{line}\n") == [
        ("actions", 3, reason)
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("date,ticker\n2014-01-02,OURS\n", (1, "the heading lacks the column close")),
        ("", (1, "the heading lacks the column date, ticker, close")),
        (CLOSES, (2, "the file has no lines below its heading")),
    ],
)
def test_a_file_that_is_no_table_of_closes_is_refused(content: str, fault: tuple[int, str]) -> None:
    assert faults_of(content) == [("closes", *fault)]


def test_a_file_in_another_encoding_is_refused() -> None:
    with pytest.raises(FileRefused) as refusal:
        imports.import_prices(
            closes=CLOSES.encode() + b"2014-01-02,\xfcber,5\n",
            actions=None,
            by=SYSTEM,
            at=cast.noon(IMPORTED_ON),
        )
    assert [str(fault) for fault in refusal.value.faults] == [
        "closes line 1: the file is not text in UTF-8"
    ]


def test_a_file_half_right_changes_nothing_and_every_bad_line_is_named() -> None:
    closes = f"{CLOSES}{GOOD}2014-01-03,OURS,five,\n2014-01-03,PEER,6,\n2014-01-01,PEER,6,\n"
    actions = f"{ACTIONS}2014-01-03,OURS,bonus,1\n"
    assert faults_of(closes, actions) == [
        ("actions", 2, "“bonus” is not dividend, split or spin_off"),
        ("closes", 3, "the close “five” is not a number"),
        ("closes", 5, "there was no trading on 1 January 2014, so no close"),
    ]


def test_a_refusal_says_how_many_lines_and_the_first_of_them() -> None:
    lines = "".join(f"2014-01-02,NEW{number},5.00,\n" for number in range(5))
    with pytest.raises(FileRefused) as refusal:
        take(CLOSES + lines)
    assert str(refusal.value) == (
        "GA §2: 5 lines can't be taken, so nothing was: "
        "closes line 2: no security bears the ticker NEW0 on 2 January 2014; "
        "closes line 3: no security bears the ticker NEW1 on 2 January 2014; "
        "closes line 4: no security bears the ticker NEW2 on 2 January 2014; and 2 more. "
        "Correct the file and import it again."
    )


def test_the_same_day_twice_is_refused_when_the_values_differ() -> None:
    assert faults_of(f"{CLOSES}{GOOD}2014-01-02,OURS,5.01,100\n") == [
        ("closes", 3, "the same day as line 2, with another value")
    ]
    action = "2014-01-03,OURS,dividend,0.10\n"
    assert faults_of(actions=f"{ACTIONS}{action}2014-01-03,OURS,dividend,0.11\n") == [
        ("actions", 3, "the same day as line 2, with another value")
    ]


def test_the_same_line_twice_counts_once() -> None:
    (source,) = take(CLOSES + GOOD + GOOD.replace("5.00", "5.0"))
    assert (source.lines, source.new) == (1, 1)
    assert DailyClose.objects.get().close == Decimal("5.00")


def test_a_dividend_and_a_split_may_fall_on_the_same_day() -> None:
    (source,) = take(
        actions=f"{ACTIONS}2014-01-03,OURS,dividend,0.10\n2014-01-03,OURS,split,0.05\n"
    )
    assert source.new == 2
    assert selectors.actions_of(
        [selectors.own_security()], start=date(2014, 1, 1), end=IMPORTED_ON
    )[selectors.own_security().pk] == [
        (date(2014, 1, 3), "dividend", Decimal("0.10")),
        (date(2014, 1, 3), "split", Decimal("0.05")),
    ]


def test_both_files_together_are_taken_and_sealed_by_their_digests() -> None:
    closes, actions = take(CLOSES + GOOD, f"{ACTIONS}2014-01-03,PEER,dividend,0.1\n")
    assert (closes.what, closes.lines, closes.new) == ("closes", 1, 1)
    assert (actions.what, actions.lines, actions.new) == ("actions", 1, 1)
    assert closes.document_id in closes.seal.canonical_text
    assert bytes(closes.document.content).decode() == CLOSES + GOOD
    assert (closes.seal.actor, closes.seal.actor_name) == ("system", "The system")


def test_a_correction_keeps_the_close_it_corrects() -> None:
    take(CLOSES + GOOD)
    (source,) = take(f"{CLOSES}2014-01-02,OURS,5.25,100\n2014-01-03,OURS,5.30,100\n")
    assert (source.new, source.corrected, source.unchanged) == (1, 1, 0)
    first_day = DailyClose.objects.filter(date=date(2014, 1, 2)).order_by("revision")
    assert [(row.revision, row.close) for row in first_day] == [
        (0, Decimal("5.00")),
        (1, Decimal("5.25")),
    ]
    own = selectors.own_security()
    closes = selectors.closes_of([own], start=date(2014, 1, 1), end=IMPORTED_ON)
    assert closes[own.pk] == {
        date(2014, 1, 2): Decimal("5.25"),
        date(2014, 1, 3): Decimal("5.30"),
    }


def test_a_correction_of_a_correction_is_a_third_revision() -> None:
    for close in ("5.00", "5.25", "5.00"):
        take(f"{CLOSES}2014-01-02,OURS,{close},100\n")
    rows = DailyClose.objects.order_by("revision")
    assert [(row.revision, row.close) for row in rows] == [
        (0, Decimal("5.00")),
        (1, Decimal("5.25")),
        (2, Decimal("5.00")),
    ]


def test_a_corrected_dividend_keeps_the_one_it_corrects() -> None:
    for amount in ("0.10", "0.12"):
        take(actions=f"{ACTIONS}2014-01-03,OURS,dividend,{amount}\n")
    rows = CorporateAction.objects.order_by("revision")
    assert [(row.revision, row.amount) for row in rows] == [(0, "0.1"), (1, "0.12")]


def test_the_same_files_twice_change_nothing() -> None:
    files = (CLOSES + GOOD, f"{ACTIONS}2014-01-03,PEER,dividend,0.1\n")
    take(*files)
    closes, actions = take(*files)
    for source in (closes, actions):
        assert (source.new, source.corrected, source.unchanged) == (0, 0, 1)
    assert DailyClose.objects.count() == CorporateAction.objects.count() == 1


def test_unknown_tickers_are_registered_from_their_first_day_when_that_is_asked() -> None:
    take(f"{CLOSES}2014-01-03,NEW,7,\n2014-01-02,NEW,7,\n", new_securities=True)
    security = selectors.security_named("NEW", on=date(2014, 1, 2))
    assert [(s.ticker, s.starts_on) for s in security.symbols.all()] == [("NEW", date(2014, 1, 2))]
    assert selectors.security_by_ticker("NEW", on=date(2014, 1, 1)) is None


def test_earlier_days_of_a_known_ticker_are_taken_back_to_when_that_is_asked() -> None:
    take(f"{CLOSES}2012-12-28,OURS,4.00,\n", new_securities=True)
    own = selectors.own_security()
    assert selectors.security_by_ticker("OURS", on=date(2012, 12, 28)) == own
    assert Security.objects.count() == 2


def test_a_later_name_is_not_taken_back_to_before_the_change_of_name() -> None:
    market.record_security_event(
        security=selectors.security_named("PEER", on=IMPORTED_ON),
        kind="renamed",
        completed_on=date(2014, 1, 6),
        new_ticker="PIER",
        by=SYSTEM,
        at=cast.noon(IMPORTED_ON),
    )
    with pytest.raises(FileRefused, match="no security bears the ticker PIER on 3 January 2014"):
        take(f"{CLOSES}2014-01-03,PIER,4.00,\n", new_securities=True)
    take(f"{CLOSES}2014-01-03,PEER,4.00,\n2014-01-06,PIER,4.00,\n")
    assert DailyClose.objects.values("security").distinct().count() == 1


def test_without_any_file_there_is_nothing_to_import() -> None:
    with pytest.raises(Refused, match="There is no file to import"):
        take()


def test_an_exchange_whose_calendar_is_not_known_is_refused() -> None:
    from ltip.program.services import periods

    with pytest.raises(Refused, match="The calendar of the exchange NOWHERE is not known"):
        periods.choose_trading_calendar(
            exchange_code="NOWHERE", by=SYSTEM, at=cast.noon(IMPORTED_ON)
        )
    assert Company.objects.exists()
