"""One text for one content, so that a digest can stand for it."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

Plain: TypeAlias = "str | int | bool | None | list[Plain] | dict[str, Plain]"


class CanonicalError(TypeError, ValueError):
    """A value has no canonical text; the message names where in the content it stands."""


def canonical_text(value: object) -> str:
    """Write a content as the one JSON text it has: sorted keys, no spaces, decimals as text.

    Takes text, integers, true, false, null, lists, tuples, mappings with text keys, decimals,
    dates, moments with a time zone (written in UTC) and dataclasses (written as their fields).
    Refuses floats, enumerations, moments without a zone, NaN and infinities, and text that a
    database or UTF-8 cannot keep, naming the path.
    """
    plain = _plain(value, "$")
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def decimal_text(value: Decimal) -> str:
    """Write a decimal without exponent or trailing zeros; zero has no sign. Refuses NaN and
    infinities."""
    if not value.is_finite():
        raise CanonicalError(f"{value} is not a number that can be kept.")
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def digest_of(text: str) -> str:
    """Give the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(value: object, path: str) -> Plain:
    if isinstance(value, Enum):
        raise CanonicalError(f"{path}: an enumeration has no canonical text; give its value.")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _kept_text(value, path)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise CanonicalError(f"{path}: {value} has no canonical text.")
        return decimal_text(value)
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise CanonicalError(f"{path}: the moment {value} has no time zone.")
        in_utc = value.astimezone(UTC).replace(tzinfo=None)
        return in_utc.isoformat(timespec="microseconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item, f"{path}[{index}]") for index, item in enumerate(value)]
    if isinstance(value, Mapping):
        return {_key(key, path): _plain(item, f"{path}.{key}") for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(getattr(value, field.name), f"{path}.{field.name}")
            for field in dataclasses.fields(value)
        }
    raise CanonicalError(f"{path}: {type(value).__name__} has no canonical text.")


def _key(key: object, path: str) -> str:
    if not isinstance(key, str) or isinstance(key, Enum):
        raise CanonicalError(f"{path}: the key {key!r} is not text.")
    return _kept_text(key, path)


def _kept_text(text: str, path: str) -> str:
    if "\x00" in text:
        raise CanonicalError(f"{path}: text with a NUL character cannot be kept.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CanonicalError(f"{path}: text with half a character cannot be kept.") from error
    return str(text)
