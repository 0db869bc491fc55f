import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltip.rules.canonical import CanonicalError, canonical_text, decimal_text, digest_of


class Colour(Enum):
    RED = 1


class Word(StrEnum):
    YES = "yes"


@dataclass(frozen=True)
class Line:
    who: str
    shares: int
    price: Decimal


def test_keys_are_sorted_and_nothing_is_spaced_or_escaped():
    assert canonical_text({"b": [1, True, None], "a": "Größe §4"}) == (
        '{"a":"Größe §4","b":[1,true,null]}'
    )


def test_dates_moments_decimals_and_dataclasses_have_one_text_each():
    pacific = timezone(timedelta(hours=-8))
    content = {
        "day": date(2012, 2, 23),
        "at": datetime(2012, 2, 23, 16, 30, tzinfo=pacific),
        "line": Line("Ann", 10_000, Decimal("8.890")),
    }
    assert canonical_text(content) == (
        '{"at":"2012-02-24T00:30:00.000000Z","day":"2012-02-23",'
        '"line":{"price":"8.89","shares":10000,"who":"Ann"}}'
    )


def test_a_tuple_is_written_as_a_list():
    assert canonical_text((1, (2, 3))) == canonical_text([1, [2, 3]]) == "[1,[2,3]]"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("140.00", "140"),
        ("140", "140"),
        ("1E+3", "1000"),
        ("1E-7", "0.0000001"),
        ("-0.00", "0"),
        ("-0.10", "-0.1"),
        ("0.489954", "0.489954"),
        ("12345678901234567890.1234567890123456789", "12345678901234567890.1234567890123456789"),
    ],
)
def test_decimals_are_written_plainly(value, text):
    assert decimal_text(Decimal(value)) == text


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ({"a": [1, 2.5]}, r"\$\.a\[1\]"),
        ({"goal": {"points": [Decimal("NaN")]}}, r"\$\.goal\.points\[0\]"),
        ({"x": Decimal("Infinity")}, r"\$\.x"),
        ({"at": datetime(2012, 2, 23, 16, 30)}, r"\$\.at"),  # noqa: DTZ001
        ({"name": "half \ud800"}, r"\$\.name"),
        ({"name": "nul\x00"}, r"\$\.name"),
        ({"k": Colour.RED}, r"\$\.k"),
        ({"k": Word.YES}, r"\$\.k"),
        ({"k": {1, 2}}, r"\$\.k"),
        ({"k": b"bytes"}, r"\$\.k"),
        ({"k": Line}, r"\$\.k"),
        ({1: "a"}, r"\$: the key 1"),
        ({"k": {None: "a"}}, r"\$\.k: the key None"),
    ],
)
def test_what_has_no_canonical_text_is_refused_with_its_path(content, path):
    with pytest.raises(CanonicalError, match=path):
        canonical_text(content)


def test_a_refusal_is_a_type_error_and_a_value_error():
    assert issubclass(CanonicalError, TypeError)
    assert issubclass(CanonicalError, ValueError)


def test_a_digest_is_the_sha256_of_the_utf8_bytes():
    assert digest_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest_of("§") == hashlib.sha256(b"\xc2\xa7").hexdigest()


kept_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | kept_text,
    lambda inner: st.lists(inner) | st.dictionaries(kept_text, inner),
    max_leaves=12,
)


@given(plain)
def test_the_text_reads_back_as_the_same_content_and_writes_the_same_again(content):
    text = canonical_text(content)
    assert json.loads(text) == content
    assert canonical_text(json.loads(text)) == text


@given(st.dictionaries(kept_text, st.integers(), min_size=2))
def test_the_order_in_which_keys_were_added_changes_nothing(content):
    turned = dict(reversed(content.items()))
    assert canonical_text(turned) == canonical_text(content)


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=6))
def test_equal_decimals_have_equal_texts_that_read_back_exactly(value):
    text = decimal_text(value)
    assert Decimal(text) == value
    assert decimal_text(value.normalize()) == text
    assert "E" not in text


@given(st.datetimes(timezones=st.just(UTC)), st.integers(min_value=-14, max_value=14))
def test_a_moment_has_one_text_in_every_zone(moment, hours):
    try:
        elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
    except OverflowError:
        return
    assert canonical_text(elsewhere) == canonical_text(moment)
