"""The text of a resolution: placeholders filled from the exhibit's figures, and what is flagged.

A text is a list of paragraphs in which a figure stands as its name in braces, `{payout}`. Filling
is the only way a figure comes into it; a figure typed beside them is found here and shown to
whoever wrote it.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from ltip.rules.outcome import Refused

PLACE = "P Administration"
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
BRACE = re.compile(r"[{}]")
AROUND_A_WORD = ".,;:!?()“”\"'‘’"


def drafted(text: Sequence[str], figures: Mapping[str, str]) -> dict[str, Any]:
    """The parts of an exhibit that say its resolution: filled, and how it was written."""
    return {
        "resolution": filled(text, figures),
        "wording": {"text": list(text), "figures": dict(figures)},
    }


def with_text(exhibit: Mapping[str, Any], text: Sequence[str], *, number: int) -> dict[str, Any]:
    """The exhibit with another text of its resolution, counted, so that the same words put back
    are another text to sign."""
    figures = exhibit["wording"]["figures"]
    return {**exhibit, **drafted(text, figures), "revision": number}


def filled(text: Sequence[str], figures: Mapping[str, str]) -> list[str]:
    """The paragraphs with every placeholder replaced by its figure.

    Refuses by name a placeholder that the exhibit has no figure for, and a brace that stands alone.
    """
    for paragraph in text:
        unknown = [name for name in PLACEHOLDER.findall(paragraph) if name not in figures]
        if unknown:
            raise Refused(
                f"The exhibit has no figure named {_named(unknown)}.",
                place=PLACE,
                remedy="The names it has stand beside the text.",
            )
        if BRACE.search(PLACEHOLDER.sub("", paragraph)):
            raise Refused(
                "A brace stands alone: a figure is written as {name}, nothing else in braces.",
                place=PLACE,
            )
    return [PLACEHOLDER.sub(lambda found: figures[found[1]], paragraph) for paragraph in text]


def bare_figures(text: Sequence[str], *, beside: Sequence[str]) -> list[str]:
    """The words that carry a digit and are no placeholder, each once, in the order written.

    Those that stood in the text before, `beside`, are not told again.
    """
    known = set(_words_with_digits(beside))
    return [word for word in dict.fromkeys(_words_with_digits(text)) if word not in known]


def left_out(text: Sequence[str], *, before: Sequence[str]) -> list[str]:
    """The figures that the text before told and this one does not, by name."""
    told = set(placeholders(text))
    return [name for name in placeholders(before) if name not in told]


def placeholders(text: Sequence[str]) -> list[str]:
    """The names of the figures in a text, each once, in the order written."""
    return list(dict.fromkeys(name for one in text for name in PLACEHOLDER.findall(one)))


def figures_beside(text: Sequence[str], figures: Mapping[str, str]) -> list[tuple[str, str]]:
    """The figures that may stand in a text, as they are written, with their values.

    Those that stand in it come first, in its order, then the others by name.
    """
    used = placeholders(text)
    others = sorted(name for name in figures if name not in used)
    return [(f"{{{name}}}", figures[name]) for name in (*used, *others)]


def paragraphs_of(written: str) -> list[str]:
    """What was typed, as paragraphs: an empty line parts them, other line ends are spaces."""
    parts = re.split(r"\n\s*\n", written.replace("\r\n", "\n"))
    return [joined for part in parts if (joined := " ".join(part.split()))]


def written(text: Sequence[str]) -> str:
    """A text as it stands in the editor."""
    return "\n\n".join(text)


def paragraph_pairs(
    before: Sequence[str],
    after: Sequence[str],
    *,
    written_before: Sequence[str] | None = None,
    written_after: Sequence[str] | None = None,
) -> list[tuple[str, str]]:
    """The paragraphs that differ, each beside the one it took the place of, empty where none.

    With the paragraphs as they were written, names in the place of figures, those differ whose
    words do, and not those that only tell another figure.
    """
    pairs: list[tuple[str, str]] = []
    matcher = SequenceMatcher(
        a=before if written_before is None else written_before,
        b=after if written_after is None else written_after,
        autojunk=False,
    )
    for what, was_from, was_to, now_from, now_to in matcher.get_opcodes():
        if what != "equal":
            pairs += zip_longest(before[was_from:was_to], after[now_from:now_to], fillvalue="")
    return pairs


def _words_with_digits(text: Sequence[str]) -> list[str]:
    return [
        word.strip(AROUND_A_WORD)
        for paragraph in text
        for word in PLACEHOLDER.sub(" ", paragraph).split()
        if any(character.isdigit() for character in word)
    ]


def _named(names: Sequence[str]) -> str:
    *others, last = [f"{{{name}}}" for name in dict.fromkeys(names)]
    return f"{', '.join(others)} or {last}" if others else last
