"""The notice as a PDF: archival, the same each time, and nothing in a name is ever run."""

import io
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from ltip.records.typesetting import unsettable
from ltip.rules.outcome import Refused
from ltip.settings.base import font_folder
from participants.papers.typesetting import render_notice
from tests.papers.test_wording import NOTICE, changed

DEJAVU = Path("/usr/share/fonts/truetype/dejavu")


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    pages = (page.extract_text() for page in read(content).pages)
    return re.sub(r"\s+", " ", " ".join(pages))


def fonts_of(content: bytes) -> set[str]:
    return {
        str(font.get_object()["/BaseFont"])
        for page in read(content).pages
        for font in page["/Resources"]["/Font"].values()
    }


@pytest.fixture(scope="module")
def notice() -> bytes:
    return render_notice(NOTICE)


def test_the_same_data_give_the_same_bytes(notice: bytes) -> None:
    reordered: dict[str, Any] = dict(reversed(NOTICE.items()))
    assert render_notice(reordered) == notice


def test_other_data_give_other_bytes(notice: bytes) -> None:
    assert render_notice(changed("target_shares", 9376)) != notice


def test_the_document_is_dated_by_the_grant(notice: bytes) -> None:
    metadata = read(notice).metadata
    assert metadata is not None
    assert metadata.creation_date is not None
    assert metadata.creation_date.date().isoformat() == "2012-02-27"
    assert metadata.title == "Notice of Grant of Performance Shares: Zoë Ó Néill"
    assert metadata.author == "Larkspur Networks, Inc."


def test_the_document_claims_archival_and_accessible_pdf(notice: bytes) -> None:
    root = read(notice).trailer["/Root"]
    claims = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in claims
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in claims
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert root["/Lang"] == "en-US"
    assert root["/MarkInfo"]["/Marked"]


def test_every_font_is_the_serif_that_comes_with_typst(notice: bytes) -> None:
    assert fonts_of(notice)
    assert all("Libertinus" in name for name in fonts_of(notice))


def test_every_page_has_its_number_the_company_and_the_act(notice: bytes) -> None:
    pages = read(notice).pages
    for number, page in enumerate(pages, start=1):
        words = re.sub(r"\s+", " ", page.extract_text())
        assert f"page {number} of {len(pages)}" in words
        assert "Larkspur Networks, Inc. · act 2012-03 · wording 2026-1" in words


def test_the_first_page_shows_the_key_facts(notice: bytes) -> None:
    first = re.sub(r"\s+", " ", read(notice).pages[0].extract_text())
    assert "Holder Zoë Ó Néill" in first
    assert "Performance Shares (the target) 9,375" in first
    assert "Most shares that can be earned 18,750" in first
    assert "Grant Date 27 February 2012" in first


def test_the_last_page_has_both_signatures(notice: bytes) -> None:
    last = re.sub(r"\s+", " ", read(notice).pages[-1].extract_text())
    assert "Signed electronically, not on this page: the receipt" in last
    assert "By act 2012-03 of the Compensation Committee" in last


def test_a_demonstration_is_marked_on_every_page_and_a_real_notice_on_none(notice: bytes) -> None:
    assert all("DEMONSTRATION" in page.extract_text() for page in read(notice).pages)
    assert "demonstration" not in text_of(render_notice(changed("demonstration", False))).lower()


@pytest.mark.parametrize("missing", [None, "no"])
def test_a_notice_that_does_not_say_whether_it_is_a_demonstration_is_refused(
    missing: object,
) -> None:
    with pytest.raises(Refused, match="demonstration"):
        render_notice(changed("demonstration", missing))


@pytest.mark.parametrize(
    "name",
    [
        '#import "@preview/cetz:0.3.0": *',
        "*Ann* _Lee_ = $x^2$",
        "<script>alert(1)</script>",
        'Ann "Nan" O\'Lee \\ #panic()',
        '#read("/etc/hostname")',
        "// Ann /* Lee */ -- ~ @ref",
    ],
)
def test_markup_in_a_name_comes_out_as_it_was_written(name: str) -> None:
    words = text_of(render_notice(changed("holder", name)))
    assert f"Holder {name} Company" in words


def test_markup_in_a_goal_and_in_the_company_comes_out_as_it_was_written() -> None:
    data = changed("goal", ['#include "wording.py" and *more*.'])
    data["company"]["name"] = "#strong[Lark] & Sons <b>"
    words = text_of(render_notice(data))
    assert '#include "wording.py" and *more*.' in words
    assert "Company #strong[Lark] & Sons <b> Grant Date" in words


@pytest.mark.parametrize("name", ["Łukasz Żółć", "Nguyễn Thị Hồng", "Ελένη", "Жук", "O’Neill-İnce"])
def test_names_of_many_alphabets_can_be_set(name: str) -> None:
    assert unsettable(name) == ""
    assert name in text_of(render_notice(changed("holder", name)))


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("李 Ann 明李", "李明"),
        ("Ann 👩", "👩"),
        ("Ann\x00\nLee", "\x00\n"),
        ("Ann \u202eeeL", "\u202e"),
        ("Ann \ue000", "\ue000"),
        ("\u2028李", "\u2028李"),
        ("", ""),
    ],
)
def test_characters_that_cannot_be_printed_are_told(text: str, characters: str) -> None:
    assert unsettable(text) == characters


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("holder", "the holder's name"),
        ("company.name", "the company's name"),
        ("company.principal_office", "the company's principal office"),
        ("act", "the act's number"),
    ],
)
def test_a_value_that_cannot_be_printed_is_refused_by_name(name: str, what: str) -> None:
    with pytest.raises(Refused, match=f"{what}.*李明") as refusal:
        render_notice(changed(name, "Ann 李明"))
    assert refusal.value.place == "GN"


def test_a_control_character_is_named_so_that_it_can_be_seen() -> None:
    with pytest.raises(Refused, match=re.escape(r"cannot be printed: '\x07'")):
        render_notice(changed("holder", "Ann\x07"))


def test_the_operators_fonts_set_what_those_of_typst_lack_and_change_nothing_else(
    notice: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    hexagram = "\u4dc0"
    assert unsettable(f"Ann {hexagram}") == hexagram
    if not DEJAVU.is_dir():
        pytest.skip("no folder with DejaVu Sans, whose hexagrams the fonts of typst lack")
    monkeypatch.setattr(settings, "PAPER_FONT_FOLDER", str(DEJAVU))
    assert unsettable(f"Ann {hexagram}") == ""
    assert f"Holder Ann {hexagram} Company" in text_of(
        render_notice(changed("holder", f"Ann {hexagram}"))
    )
    assert render_notice(NOTICE) == notice


def test_a_folder_of_fonts_that_is_none_is_refused(tmp_path: Path) -> None:
    assert font_folder("") == ""
    assert font_folder(str(tmp_path)) == str(tmp_path)
    with pytest.raises(ImproperlyConfigured, match="PAPER_FONT_FOLDER is a folder with fonts"):
        font_folder(str(tmp_path / "fonts"))


def test_an_office_kept_in_lines_is_printed_in_one(notice: bytes) -> None:
    assert "100 Invented Way, Petaluma, California." in text_of(notice)
