"""Saying in words what differs between two exhibits."""

from collections.abc import Iterator
from itertools import takewhile, zip_longest
from typing import Any

from ltip.rules.canonical import canonical_text

SHOWN = 20
CONTEXT_WORDS = 4
SENTENCES = {"title": "The title", "ask": "What is asked"}
PARAGRAPHS = {"consequences": "What follows", "resolution": "The resolution"}


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """One sentence for each place where the exhibits differ: where, what it was, what it is now.

    Empty only when they are equal. What the page shows comes first; exact values behind it are
    told only when nothing on the page tells it.
    """
    if before == after:
        return []
    lines = [*_rows(before, after), *_facts(before, after), *_texts(before, after)]
    if not lines:
        lines = list(_values(before, after, ()))
    hidden = len(lines) - SHOWN
    return [*lines[:SHOWN], *([f"And {hidden} more."] if hidden > 0 else [])]


def _rows(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    old_tables = {table["caption"]: table for table in before["tables"]}
    new_tables = {table["caption"]: table for table in after["tables"]}
    for caption in dict.fromkeys([*old_tables, *new_tables]):
        old, new = old_tables.get(caption), new_tables.get(caption)
        if old is None or new is None:
            yield f"“{caption}” is {'new' if old is None else 'no longer there'}."
            continue
        old_rows, new_rows = _named_rows(old), _named_rows(new)
        for name in dict.fromkeys([*old_rows, *new_rows]):
            where = f"{caption}, {name}"
            if name not in new_rows or name not in old_rows:
                yield f"{where}: {'new' if name not in old_rows else 'no longer there'}."
            else:
                yield from _row(where, new["columns"], old_rows[name], new_rows[name])


def _named_rows(table: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The rows by what names them, the first cell that is no number; namesakes are counted."""
    naming = next((at for at, column in enumerate(table["columns"]) if not column["numeric"]), 0)
    rows: dict[str, dict[str, Any]] = {}
    for row in table["rows"]:
        name, again = row["cells"][naming], 2
        while name in rows:
            name, again = f"{row['cells'][naming]} ({again})", again + 1
        rows[name] = row
    return rows


def _row(
    where: str, columns: list[dict[str, Any]], old: dict[str, Any], new: dict[str, Any]
) -> Iterator[str]:
    for column, was, now in zip(columns, old["cells"], new["cells"], strict=True):
        if was != now:
            yield _changed(f"{where}, {column['label'].lower()}", was, now)
    if old["note"] != new["note"]:
        yield _changed(where, old["note"], new["note"])
    if old["cells"] == new["cells"] and old["steps"] != new["steps"]:
        yield f"{where}: the steps behind it are others."


def _facts(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    old = {fact["label"]: fact for fact in before["facts"]}
    new = {fact["label"]: fact for fact in after["facts"]}
    for label in dict.fromkeys([*old, *new]):
        was, now = old.get(label, {}), new.get(label, {})
        if was.get("value") != now.get("value"):
            yield _changed(label, was.get("value", ""), now.get("value", ""))
        elif was.get("steps") != now.get("steps"):
            yield f"{label}: the steps behind it are others."


def _texts(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for key, where in SENTENCES.items():
        if before[key] != after[key]:
            yield _changed(where, before[key], after[key])
    for key, where in PARAGRAPHS.items():
        for was, now in zip_longest(before[key], after[key], fillvalue=""):
            if was != now:
                yield _changed(where, was, now)


def _values(before: Any, after: Any, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            yield from _values(before.get(key), after.get(key), (*path, str(key)))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True), start=1):
            yield from _values(old, new, (*path, str(index)))
    elif before != after:
        was, now = (canonical_text(value)[:200] for value in (before, after))
        yield _changed(f"An exact value behind the page ({' › '.join(path)})", was, now)


def _changed(where: str, was: str, now: str) -> str:
    if not was:
        return f"{where}: it now says “{now}”, and said nothing before."
    if not now:
        return f"{where}: it no longer says “{was}”."
    was, now = _around(was, now)
    return f"{where}: “{was}” is now “{now}”."


def _around(was: str, now: str) -> tuple[str, str]:
    """Two long texts cut to where they differ, with a few words on either side."""
    old, new = was.split(), now.split()
    same_start = _alike(old, new)
    same_end = _alike(old[same_start:][::-1], new[same_start:][::-1])
    left = max(same_start - CONTEXT_WORDS, 0)
    right = max(same_end - CONTEXT_WORDS, 0)

    def cut(words: list[str]) -> str:
        kept = " ".join(words[left : len(words) - right])
        return f"{'… ' if left else ''}{kept}{' …' if right else ''}"

    return cut(old), cut(new)


def _alike(one: list[str], other: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
