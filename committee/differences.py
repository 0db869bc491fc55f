"""Saying in words what differs between two exhibits."""

from collections.abc import Iterator
from typing import Any

from ltip.rules.canonical import canonical_text

SHOWN = 20


def differences(before: Any, after: Any) -> list[str]:
    """One line for each place where the exhibits differ: where, what it was, what it is now."""
    lines = list(_differences(before, after, ()))
    hidden = len(lines) - SHOWN
    return [*lines[:SHOWN], *([f"and {hidden} more"] if hidden > 0 else [])]


def _differences(before: Any, after: Any, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            yield from _differences(before.get(key), after.get(key), (*path, str(key)))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from _differences(old, new, (*path, str(index + 1)))
    elif before != after:
        yield f"{' › '.join(path)}: {_shown(before)} → {_shown(after)}"


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else canonical_text(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
