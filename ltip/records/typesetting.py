"""Papers as PDF/A-2b and PDF/UA-1, set by typst from data: the same data give the same bytes."""

import unicodedata
from functools import lru_cache
from typing import cast

import typst
from django.conf import settings

_NO_GLYPH = "could not be displayed"
_ONE_TEXT = b"""#set document(title: "text", date: datetime(year: 2012, month: 1, day: 1))
#set text(font: "Libertinus Serif", lang: "en")
#sys.inputs.text"""
_ONE_DRAWING = b"""#set page(width: auto, height: auto, margin: 12pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")"""
_TURNS_THE_LINE = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
_NOT_FOR_PAPER = ("Cc", "Cn", "Co", "Zl", "Zp")


def compiled(template: bytes, inputs: dict[str, str]) -> bytes:
    """Set a template with its inputs, in the fonts that come with typst and, for what these lack,
    those of the operator's folder; nothing else is loaded."""
    return _compiled(template, inputs, settings.PAPER_FONT_FOLDER)


def _compiled(template: bytes, inputs: dict[str, str], folder: str) -> bytes:
    compiler = typst.Compiler(template, font_paths=_fonts(folder), sys_inputs=inputs)
    return cast(bytes, compiler.compile(format="pdf", pdf_standards=["a-2b", "ua-1"]))


def drawn_as_png(svg: str, *, dots_per_inch: int = 192) -> bytes:
    """A drawing as a picture, its words in the fonts that come with typst."""
    compiler = typst.Compiler(_ONE_DRAWING, ignore_system_fonts=True, sys_inputs={"svg": svg})
    return cast(bytes, compiler.compile(format="png", ppi=dots_per_inch))


def unsettable(text: str) -> str:
    """Give the characters of a text that a paper cannot show, each once, "" when there are none.

    These are the characters that the fonts lack, those without a meaning of their own (private
    or unassigned), and those that steer the line instead of being seen: control characters, line
    ends and changes of direction.
    """
    characters = dict.fromkeys(text)
    barred = [character for character in characters if is_barred(character)]
    seen = "".join(character for character in text if not is_barred(character))
    folder = settings.PAPER_FONT_FOLDER
    if _settable(seen, folder):
        return "".join(barred)
    lacking = [c for c in characters if not is_barred(c) and not _settable(c, folder)]
    return "".join(barred + (lacking or [seen]))


def spelled_out(text: str) -> str:
    """The text with each character that a paper cannot show written as its code point, "[U+4E2D]".

    For what was decided already: its paper must come about whatever letters it has.
    """
    bad = unsettable(text)
    return "".join(f"[U+{ord(c):04X}]" if c in bad else c for c in text) if bad else text


def is_barred(character: str) -> bool:
    """Whether a character never stands on a paper, whatever the fonts have."""
    return (
        unicodedata.category(character) in _NOT_FOR_PAPER
        or unicodedata.bidirectional(character) in _TURNS_THE_LINE
    )


@lru_cache(maxsize=4)
def _fonts(folder: str) -> typst.Fonts:
    """The fonts, looked up once: those of typst come first, the operator's fill what they lack."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[folder] if folder else [],
    )


@lru_cache(maxsize=1024)
def _settable(text: str, folder: str) -> bool:
    try:
        _compiled(_ONE_TEXT, {"text": text}, folder)
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
        return False
    return True
