"""The text of a resolution: what is filled, what is flagged, what is refused."""

import pytest

from committee.resolutions import (
    bare_figures,
    drafted,
    figures_beside,
    filled,
    left_out,
    paragraph_pairs,
    paragraphs_of,
    with_text,
    written,
)
from ltip.rules.outcome import Refused

FIGURES = {"payout": "140 %", "rank": "9", "shares": "24,863"}


def test_placeholders_are_filled_from_the_figures() -> None:
    text = ["Ranked {rank}, paying {payout}.", "So {payout} it is."]
    assert filled(text, FIGURES) == ["Ranked 9, paying 140 %.", "So 140 % it is."]


def test_a_figure_that_looks_like_a_placeholder_is_not_filled_again() -> None:
    assert filled(["{reason}"], {"reason": "{payout}", "payout": "1"}) == ["{payout}"]


def test_unknown_placeholders_are_refused_by_name() -> None:
    with pytest.raises(Refused) as refused:
        filled(["{payout}, {payuot} and {rnak}"], FIGURES)
    assert refused.value.reason == "The exhibit has no figure named {payuot} or {rnak}."


@pytest.mark.parametrize("text", ["{payout", "payout}", "{{payout}}"])
def test_a_brace_that_stands_alone_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="A brace stands alone"):
        filled([text], FIGURES)


def test_words_with_a_digit_are_flagged_once_and_placeholders_are_not() -> None:
    text = ["Paying {payout}, that is 140 %, on 3 March.", "Again 140, and (Q3)."]
    assert bare_figures(text, beside=[]) == ["140", "3", "Q3"]


def test_words_that_stood_in_the_text_before_are_not_flagged_again() -> None:
    assert bare_figures(["By GA §4, 12 shares."], beside=["As GA §4 says."]) == ["12"]


def test_figures_left_out_are_named() -> None:
    before = ["{rank} of {ranked} pays {payout}, {payout} in all."]
    assert left_out(["It pays {payout}."], before=before) == ["rank", "ranked"]


def test_an_empty_line_parts_paragraphs_and_the_editor_gives_back_what_it_was_given() -> None:
    text = ["One paragraph.", "Another."]
    assert paragraphs_of("One\r\nparagraph.\r\n\r\n \r\nAnother.\n") == text
    assert paragraphs_of(written(text)) == text


def test_the_figures_of_the_text_stand_first_in_its_order() -> None:
    assert figures_beside(["{shares} for {payout}"], FIGURES) == [
        ("{shares}", "24,863"),
        ("{payout}", "140 %"),
        ("{rank}", "9"),
    ]


def test_paragraphs_that_differ_stand_beside_each_other() -> None:
    before, after = ["same", "old", "gone", "end"], ["same", "new", "end", "more"]
    assert paragraph_pairs(before, after) == [("old", "new"), ("gone", ""), ("", "more")]


def test_the_same_words_put_back_are_another_text_to_sign() -> None:
    exhibit = {"title": "An act", **drafted(["Paying {payout}."], FIGURES)}
    revised = with_text(with_text(exhibit, ["Other."], number=1), ["Paying {payout}."], number=2)
    assert revised == {**exhibit, "revision": 2}
