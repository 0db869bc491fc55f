"""Files that are no files of employees: a clear answer, line and column named, nothing kept."""

import io
import re
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from participants.importing.columns import Columns
from participants.importing.reading import Read, read_lines
from participants.importing.sheets import FileRefused, read_sheet
from tests.participants.importing.files import ANN, HEADING, ZOE, csv_file, line, xlsx_file

FACTS = (
    *("number", "name", "email", "hired_on", "grade", "kind", "country", "holds_from"),
    *("covered", "ended_on", "end_reason", "address", "birth_date", "tax_number"),
)
COLUMNS = Columns({fact: index for index, fact in enumerate(FACTS)}, HEADING, "iso")


def read(content: bytes, day_order: str = "iso") -> list[Read]:
    sheet = read_sheet(content)
    assert tuple(sheet.heading) == HEADING
    return list(read_lines(sheet.lines, Columns(COLUMNS.index, HEADING, day_order)))


def why(content: bytes, day_order: str = "iso") -> list[tuple[int, str, str]]:
    lines = read(content, day_order)
    return [(one.line, reason.column, reason.text) for one in lines for reason in one.reasons]


def refused(content: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        list(read_sheet(content).lines)
    assert refusal.value.remedy
    return str(refusal.value)


def changed(workbook: bytes, part: str, change: Any) -> bytes:
    """The workbook with one of its parts changed, or added where it is not there."""
    told = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(told, "w", 8) as new:
        names = old.namelist()
        for name in names:
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        if part not in names:
            new.writestr(part, change(b""))
    return told.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b" \r\n\t", "The file is empty."),
        (csv_file(), "The file has no lines below its heading."),
        (b"Staff list of May\n" + csv_file(line(ANN)), "Line 1 is not the heading"),
        (
            csv_file(line(ANN), heading=("Name", "No", "name")),
            "The heading “name” stands twice, in the columns A and C.",
        ),
        (b"a,b\n1,2\x00\n", "neither an XLSX workbook nor text in UTF-8, UTF-16 or Windows-1252"),
        (b'a,b\n1,2\n"3,4\n', "Line 3 is no line of a CSV file"),
        (b"PK\x03\x04 cut off", "no XLSX workbook that can be read"),
        (b"%PDF-1.7 and more\n", "Line 1 is not the heading"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "The file is an old .xls or a document."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1.." + "EncryptedPackage".encode("utf-16-le"),
            "The workbook is encrypted with a password.",
        ),
        (b"a,b\n" + b"x" * (50 * 1024 * 1024), "The file has 50 MB; at most 25 MB are taken."),
        (
            b"a,b\n" + b"1,2\n" * 200_000,
            "The file has more than 100,000 lines (line 100002 is one more).",
        ),
    ],
)
def test_a_file_that_is_none_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    assert said in refused(content)


def test_a_hundred_thousand_lines_are_taken_and_empty_ones_do_not_count() -> None:
    lines = list(read_sheet(b"a,b\n" + b"1,2\n,\n" * 100_000).lines)
    assert (len(lines), lines[-1][0]) == (100_000, 200_000)


def test_a_workbook_with_macros_is_refused() -> None:
    book = changed(xlsx_file(line(ANN)), "xl/vbaProject.bin", lambda _: b"macro")
    assert "The workbook holds macros." in refused(book)


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("xl/media/image1.png", b"\0" * 70_000_000, "Unpacked, the workbook has 67 MB"),
        (
            "xl/styles.xml",
            b"<a>" + b"<b/>" * 1_500_000 + b"</a>",
            "Unpacked, the workbook has 6 MB",
        ),
        ("xl/sharedStrings.xml", b"<si/>" * 2_100_000, "Unpacked, the workbook has 10 MB"),
        (SHEET, b"<row>" + b"<c/>" * 1_600_000, "A row of the workbook has more than 4 MB"),
    ],
)
def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_held_in_memory(
    part: str, content: bytes, said: str
) -> None:
    book = changed(xlsx_file(line(ANN)), part, lambda _: content)
    assert len(book) < 200_000
    assert said in refused(book)


def test_entities_of_a_workbook_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    declared = re.compile(rb"(<\?xml.*?\?>)?", re.S)
    book = changed(xlsx_file(line(ANN)), SHEET, lambda xml: declared.sub(bomb, xml, count=1))
    assert "no XLSX workbook that can be read" in refused(book)


def test_merged_cells_are_refused_by_name() -> None:
    book = openpyxl.Workbook()
    for row in (HEADING, line(ANN), line(ZOE)):
        book.active.append(row)
    book.active.merge_cells("G2:G3")
    file = io.BytesIO()
    book.save(file)
    assert "The cells G2:G3 are merged" in refused(file.getvalue())


def test_a_second_header_line_is_named() -> None:
    content = csv_file(line(ANN), HEADING, line(ZOE))
    assert why(content) == [(3, "", "This line repeats the heading: take it out.")]


@pytest.mark.parametrize("file", [csv_file, xlsx_file])
def test_a_formula_is_named_and_never_carried_out(file: Any) -> None:
    ((number, column, text),) = why(file(line(ANN, Name='=HYPERLINK("http://x")')))
    assert (number, column) == (2, "B, Name")
    assert text.startswith('“=HYPERLINK("http://x")” is a formula, and formulas are not carried')


def test_a_value_that_a_spreadsheet_could_not_tell_is_named() -> None:
    ((_, column, text),) = why(xlsx_file(line(ANN, Name="#N/A")))
    assert column == "B, Name"
    assert "is a formula" in text


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            41275,
            "“41275” is a number, not a day: as a spreadsheet's it would be 1 January 2013 counted "
            "from 1900 or 2 January 2017 counted from 1904.",
        ),
        (20130101, "“20130101” is a number, not a day."),
        ("01/02/2013", "“01/02/2013” is no day. Write 2013-01-31, or say on the page"),
        ("2013-02-30", "“2013-02-30” is no day."),
        ("0201-03-04", "0201-03-04: a day lies between 1900 and 2199."),
        ("", "This cell is empty, and everyone on record has one."),
    ],
)
@pytest.mark.parametrize("file", [csv_file, xlsx_file])
def test_what_is_no_day_is_named_with_what_it_may_be(file: Any, cell: Any, said: str) -> None:
    ((number, column, text),) = why(file(line(ANN, Hired_on=cell)))
    assert (number, column) == (2, "D, Hired on")
    assert text.startswith(said)


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_dates_of_a_workbook_are_the_days_they_show_in_both_systems(epoch: Any) -> None:
    (one,) = read(xlsx_file(line(ANN, Hired_on=date(2012, 2, 29)), epoch=epoch))
    assert one.reasons == []
    assert one.days["hired_on"] == date(2012, 2, 29)


@pytest.mark.parametrize(
    ("order", "written"), [("day_first", "3.5.2010"), ("month_first", "05/03/2010"), ("iso", "")]
)
def test_days_are_read_in_the_order_that_was_said(order: str, written: str) -> None:
    (one,) = read(csv_file(line(ANN, Hired_on=written or "2010-05-03")), order)
    assert one.days["hired_on"] == date(2010, 5, 3)


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Müller",
        "李小龍",
        "Владимир Ильич",
        "محمد علي",
        "שרה לוי",
        "श्रीमती क्‍ष",  # joined by a character without a width
        "Nguyễn Thị Ánh",
        "O’Brien-Smith",
        "𝒜da 😀",
    ],
)
@pytest.mark.parametrize("file", [csv_file, xlsx_file])
def test_names_stand_in_every_script(file: Any, name: str) -> None:
    (one,) = read(file(line(ANN, Name=name)))
    assert one.reasons == []
    assert one.said["name"] == name


def test_a_name_is_kept_in_one_form_of_its_characters() -> None:
    (one,) = read(csv_file(line(ANN, Name="  Zoe\u0308 \u00a0")))
    assert one.said["name"] == "Zo\u00eb"


@pytest.mark.parametrize("character", ["\u202e", "\n", "\u2028", "\x07"])
def test_what_is_no_part_of_a_name_is_named(character: str) -> None:
    ((_, column, text),) = why(csv_file(line(ANN, Name=f"Ann{character}Example")))
    assert column == "B, Name"
    assert f"The character U+{ord(character):04X} can't stand here." in text


@pytest.mark.parametrize(
    ("encoding", "read_as"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_characters_are_told_apart_and_said(
    encoding: str, read_as: str, delimiter: str
) -> None:
    content = csv_file(line(ZOE), encoding=encoding, delimiter=delimiter)
    assert read_sheet(content).read_as == read_as
    assert read(content)[0].said["name"] == "Zoë Müller"


def test_a_number_that_was_rounded_is_named() -> None:
    ((_, column, text),) = why(xlsx_file(line(ANN, Tax_number=1.2345678901234567e20)))
    assert column == "N, Tax number"
    assert "is a number that the spreadsheet has rounded" in text


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("E_mail", "ann at x", "“ann at x” is no e-mail address."),
        ("Kind_of_employment", "permanent", "“permanent” is not one of regular, temporary"),
        ("Country", "USA", "“USA” is no country in two letters, as US or GB."),
        ("Covered_Employee", "maybe", "“maybe” is neither yes nor no."),
        ("Why_it_ended", "fired", "“fired” is not one of death, disability, without cause"),
        ("Employee_number", "4" * 33, "33 characters are too many; at most 32 are kept."),
        ("Holds_from", "2010-05-02", "2 May 2010 lies before the hire on 3 May 2010."),
    ],
)
def test_every_other_cell_says_what_is_wrong(heading: str, cell: str, said: str) -> None:
    told = {heading: cell} | ({"Last_day_of_service": "2013-05-01"} if "Why" in heading else {})
    assert any(text.startswith(said) for _, _, text in why(csv_file(line(ANN, **told))))


def test_an_end_of_service_needs_its_reason_and_a_reason_its_day() -> None:
    ((_, column, text),) = why(csv_file(line(ANN, Last_day_of_service="2013-05-01")))
    assert column == "Why it ended"
    assert text.startswith("Last day of service is given, but not: Why it ended.")
    ((_, column, _),) = why(csv_file(line(ANN, Why_it_ended="resignation")))
    assert column == "Last day of service"


def test_a_cell_right_of_the_heading_is_named() -> None:
    (found,) = why(csv_file([*line(ANN), "Example"]))
    assert found[:2] == (2, "O")
