"""The outline of a long exhibit: all that a page needs to say, without the rows of long tables.

An exhibit of ten thousand awards is some twenty megabytes. It is signed, sealed and compared as a
whole; a page reads its outline and the stretch of rows it shows.
"""

from collections.abc import Iterator, Mapping
from typing import Any

LONG = 100  # rows; an exhibit with a longer table gets an outline
STRETCH = 50  # rows read and drawn together
STEPS = 12  # steps of a key figure; the rest is counted

Rows = list[dict[str, Any]]


def is_long(exhibit: Mapping[str, Any]) -> bool:
    """Whether a table of the exhibit is too long to be drawn at once."""
    return any(len(table["rows"]) > LONG for table in exhibit["tables"])


def outlined(exhibit: Mapping[str, Any]) -> dict[str, Any]:
    """The exhibit with its long tables emptied and counted, and steps where none is read."""
    return {
        **exhibit,
        "facts": [{**fact, "steps": _first_steps(fact["steps"])} for fact in exhibit["facts"]],
        "tables": [
            {**table, "rows": [], "count": len(table["rows"])}
            if len(table["rows"]) > LONG
            else table
            for table in exhibit["tables"]
        ],
        "data": _without_steps(exhibit["data"]),
    }


def stretches(exhibit: Mapping[str, Any]) -> Iterator[tuple[int, int, Rows]]:
    """The rows of the long tables: which table, which stretch of it, and the rows."""
    for number, table in enumerate(exhibit["tables"]):
        rows = table["rows"]
        if len(rows) > LONG:
            for part, start in enumerate(range(0, len(rows), STRETCH)):
                yield number, part, rows[start : start + STRETCH]


def rows_counted(table: Mapping[str, Any]) -> int:
    """How many rows a table has, in an exhibit or in an outline."""
    count: int = table.get("count", len(table["rows"]))
    return count


def _first_steps(steps: list[dict[str, str]]) -> list[dict[str, str]]:
    more = len(steps) - STEPS
    if more <= 0:
        return steps
    told = f"And {more:,} more, each in a line of the table below."
    return [*steps[:STEPS], {"sentence": told, "figure": "", "place": steps[-1]["place"]}]


def _without_steps(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_steps(inner) for key, inner in value.items() if key != "steps"}
    if isinstance(value, list):
        return [_without_steps(inner) for inner in value]
    return value
