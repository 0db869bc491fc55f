"""Files of prices in several shapes: as CSV or XLSX, a line or a column a company; and adjusted
series, which are refused."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from ltip.accounts.services import SYSTEM
from ltip.program import selectors
from ltip.program.models import CorporateAction, DailyClose, PriceImport
from ltip.program.services import imports, price_tables
from ltip.program.services.price_files import FileRefused
from tests import cast
from tests.program.conftest import IMPORTED_ON

pytestmark = pytest.mark.usefixtures("exchange")

SPLIT = "date,ticker,kind,amount\n2014-01-06,OURS,split,2\n"
AS_TRADED = "date,ticker,close\n2014-01-03,OURS,20\n2014-01-06,OURS,10.5\n"
ADJUSTED = "date,ticker,close\n2014-01-03,OURS,10\n2014-01-06,OURS,10.5\n"


def moment(year: int, month: int, day: int, hour: int = 0) -> datetime:
    """A day as a spreadsheet keeps it: with an hour and without a zone."""
    return datetime(year, month, day, hour, tzinfo=UTC).replace(tzinfo=None)


def workbook(*rows: list[Any]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(file)
    return file.getvalue()


def take(
    closes: str | bytes | None = None, actions: str | bytes | None = None, *, new: bool = False
) -> list[PriceImport]:
    return imports.import_prices(
        closes=closes.encode() if isinstance(closes, str) else closes,
        actions=actions.encode() if isinstance(actions, str) else actions,
        new_securities=new,
        by=SYSTEM,
        at=cast.noon(IMPORTED_ON),
    )


def faults_of(
    closes: str | bytes | None = None, actions: str | bytes | None = None, *, new: bool = False
) -> list[tuple[str, int, str]]:
    before = DailyClose.objects.count()
    with pytest.raises(FileRefused) as refusal:
        take(closes, actions, new=new)
    assert DailyClose.objects.count() == before
    return [(fault.file, fault.line, fault.reason) for fault in refusal.value.faults]


def on_record() -> list[tuple[str, str, Decimal, int | None]]:
    tickers = selectors.tickers_on(IMPORTED_ON)
    return sorted(
        (tickers[row.security_id], row.date.isoformat(), row.close, row.volume)
        for row in DailyClose.objects.all()
    )


def test_a_workbook_with_a_line_a_day_and_company_is_taken_with_its_own_days_and_numbers() -> None:
    closes = workbook(
        ["Date", "Ticker", "Close", "Volume"],
        [moment(2014, 1, 2), "OURS", 9.64, 100],
        [date(2014, 1, 3), "ours", 10, 200],
        [None, None, None, None],
        ["2014-01-02", "PEER", "7.125", None],
    )
    actions = workbook(
        ["date", "ticker", "kind", "amount"], [date(2014, 1, 3), "PEER", "dividend", 0.17]
    )
    taken = take(closes, actions)
    assert [source.new for source in taken] == [3, 1]
    assert {source.document.media_type for source in taken} == {price_tables.XLSX}
    assert bytes(taken[0].document.content) == closes
    assert on_record() == [
        ("OURS", "2014-01-02", Decimal("9.64"), 100),
        ("OURS", "2014-01-03", Decimal("10"), 200),
        ("PEER", "2014-01-02", Decimal("7.125"), None),
    ]
    assert CorporateAction.objects.get().amount == "0.17"


@pytest.mark.parametrize("is_workbook", [False, True])
def test_a_column_for_each_company_is_taken_and_an_empty_cell_is_no_close(
    is_workbook: bool,
) -> None:
    text = "Date,OURS,PEER\n2014-01-02,9.64,7\n2014-01-03,,7.5\n2014-01-06,10\n"
    rows = [
        ["Date", "OURS", "PEER"],
        [moment(2014, 1, 2), 9.64, 7],
        [moment(2014, 1, 3), None, 7.5],
        [moment(2014, 1, 6), 10],
    ]
    (source,) = take(workbook(*rows) if is_workbook else text)
    assert (source.lines, source.new) == (4, 4)
    assert on_record() == [
        ("OURS", "2014-01-02", Decimal("9.64"), None),
        ("OURS", "2014-01-06", Decimal("10"), None),
        ("PEER", "2014-01-02", Decimal("7"), None),
        ("PEER", "2014-01-03", Decimal("7.5"), None),
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (
            "date,OURS\n2014-01-02,9.64\n2014-01-03,#N/A\n",
            (3, "the close of OURS “#N/A” is not a number"),
        ),
        ("date,OURS\n2014-01-02,9.64,7\n", (2, "more values than the heading has columns")),
        ("date,OURS\n03.01.2014,9.64\n", (2, "“03.01.2014” is not a date like 2013-12-31")),
        (
            "date,OURS,NEW\n2014-01-02,5,6\n",
            (2, "no security bears the ticker NEW on 2 January 2014"),
        ),
        (
            "date,OURS,PEER\n2014-01-01,5,6\n",
            (2, "there was no trading on 1 January 2014, so no close"),
        ),
        ("date,OURS,OURS\n2014-01-02,5,6\n", (1, "the column OURS stands twice")),
        (
            "date,OURS,OUR S\n2014-01-02,5,6\n",
            (1, "“OUR S” is not a ticker, as the name of a column of closes is"),
        ),
        ("date,OURS\n2014-01-02,\n", (2, "the file has no lines below its heading")),
        ("date\n2014-01-02\n", (1, "the heading lacks the column ticker, close")),
        ("date,open,volume\n2014-01-02,5,6\n", (1, "the heading lacks the column ticker, close")),
        (
            "date,OURS\n2014-01-02,5\n2014-01-02,6\n",
            (3, "the same day as line 2, with another value"),
        ),
    ],
)
def test_a_bad_line_of_a_file_with_a_column_a_company_is_named(
    content: str, fault: tuple[int, str]
) -> None:
    assert faults_of(content) == [("closes", *fault)]


def broken(**parts: bytes) -> bytes:
    """A good workbook with some of its parts taken for others."""
    good, file = (
        zipfile.ZipFile(io.BytesIO(workbook(["date", "OURS"], ["2014-01-02", 5]))),
        io.BytesIO(),
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in good.namelist():
            archive.writestr(
                name, parts.get(name.rpartition("/")[2].partition(".")[0], good.read(name))
            )
        for name in parts.keys() - {"sheet1"}:
            archive.writestr(f"xl/{name}.bin", parts[name])
    return file.getvalue()


ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b"<row><c><v>&b;</v></c></row></sheetData></worksheet>"
)
UNREADABLE = "the workbook can't be read; save it as XLSX again, or as CSV"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"PK no zip", (1, UNREADABLE)),
        (broken(sheet1=b"<worksheet><row"), (1, UNREADABLE)),
        (broken(sheet1=ENTITIES), (1, UNREADABLE)),
        (broken(vbaProject=b"x"), (1, "the workbook holds macros; save it as XLSX without them")),
        (
            broken(large=b"0" * 21 * 1024 * 1024),
            (
                1,
                "unpacked, the workbook is larger than is taken; split it by years, or save as CSV",
            ),
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old",
            (1, "the file is an old .xls or is encrypted; save it as XLSX or CSV"),
        ),
    ],
)
def test_a_workbook_that_is_none_or_does_harm_is_refused(
    content: bytes, fault: tuple[int, str]
) -> None:
    assert faults_of(content) == [("closes", *fault)]


def test_an_hour_beside_the_day_in_a_workbook_is_no_day() -> None:
    book = workbook(["date", "OURS"], [moment(2014, 1, 2, 16), 5])
    assert faults_of(book) == [("closes", 2, "“2014-01-02 16:00:00” is not a date like 2013-12-31")]


def test_a_formula_in_a_workbook_is_no_close() -> None:
    book = workbook(["date", "OURS"], [date(2014, 1, 2), 5], [date(2014, 1, 3), "=B2*2"])
    assert faults_of(book) == [("closes", 3, "the close of OURS “=B2*2” is not a number")]


@pytest.mark.parametrize(
    "name",
    ["Adj Close", "adj_close", "adjusted close", "Close (adjusted)", "OURS adj.", "adjusted"],
)
def test_a_column_that_calls_itself_adjusted_is_refused(name: str) -> None:
    for content in (
        f"date,ticker,close,{name}\n2014-01-02,OURS,5,5\n",
        f"date,{name}\n2014-01-02,5\n",
    ):
        assert faults_of(content) == [
            (
                "closes",
                1,
                f"the column “{name}” holds adjusted closes; closes are taken as they were traded, "
                "without such a column, and dividends and splits from the file of actions",
            )
        ]


def test_a_column_that_only_sounds_like_adjusted_is_one_of_a_company() -> None:
    (source,) = take("date,ADJA,BADJ\n2014-01-02,5,6\n", new=True)
    assert source.new == 2


@pytest.mark.parametrize("split_first", [False, True])
def test_a_series_that_does_not_fall_with_a_split_is_refused_and_one_that_does_is_taken(
    split_first: bool,
) -> None:
    if split_first:
        take(actions=SPLIT)
    along = None if split_first else SPLIT
    assert faults_of(ADJUSTED, along) == [
        (
            "closes",
            3,
            "OURS closed at 10 on 3 January 2014 and at 10.5 on 6 January 2014, as if its split of "
            "2 had not been: an adjusted series; closes are taken as they were traded",
        )
    ]
    assert take(AS_TRADED, along)[0].new == 2


def test_a_series_of_new_companies_is_looked_at_too() -> None:
    closes, actions = ADJUSTED.replace("OURS", "NEW"), SPLIT.replace("OURS", "NEW")
    assert [fault[:2] for fault in faults_of(closes, actions, new=True)] == [("closes", 3)]
    assert take(AS_TRADED.replace("OURS", "NEW"), actions, new=True)[0].new == 2


def test_the_actions_of_another_company_and_of_other_days_prove_nothing() -> None:
    assert take(ADJUSTED, SPLIT.replace("OURS", "PEER"))[0].new == 2
    take(actions=SPLIT.replace("06,", "03,"))
    assert take("date,ticker,close\n2014-01-03,OURS,10\n2014-01-06,OURS,10.6\n")[0].corrected == 1


def test_a_close_after_several_actions_is_compared_with_all_of_them() -> None:
    actions = f"{SPLIT}2014-01-07,OURS,spin_off,2\n"
    closes = "date,ticker,close\n2014-01-03,OURS,20\n2014-01-08,OURS,15\n"
    assert "as if its split of 2 and spin-off of 2 had not been" in faults_of(closes, actions)[0][2]
    assert take(closes.replace(",15", ",8.1"), actions)[0].new == 2


def test_a_corrected_split_counts_as_corrected() -> None:
    take(actions=SPLIT.replace("split,2", "split,3"))
    take(actions=SPLIT.replace("split,2", "split,1.1"))
    assert take(ADJUSTED)[0].new == 2
