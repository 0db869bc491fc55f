"""An act beside the last one of its kind: what differs, in figures and in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from committee import selectors
from committee.models import Act
from committee.resolutions import PLACEHOLDER, paragraph_pairs

SHOWN = 12  # lines; the rest is counted


@dataclass(frozen=True, slots=True)
class Difference:
    """What one place of the exhibits said then and says now; empty where it said nothing."""

    where: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The earlier act, and what of its figures and words is otherwise now."""

    earlier: Act
    figures: tuple[Difference, ...]
    words: tuple[Difference, ...]
    more: int

    @property
    def is_alike(self) -> bool:
        return not (self.figures or self.words)


def last_such_act(act: Act) -> Act | None:
    """The act of the same kind adopted last before this one."""
    adopted = selectors.adopted_acts().filter(kind=act.kind).exclude(pk=act.pk)
    if hasattr(act, "adoption"):
        adopted = adopted.filter(adoption__seal_id__lt=act.adoption.seal_id)
    return adopted.filter(opened_at__lte=act.opened_at).first()


def compared_with_the_last(act: Act, exhibit: Mapping[str, Any]) -> Comparison | None:
    """What changed since the last such act, from both exhibits; nothing where there is none."""
    earlier = last_such_act(act)
    if earlier is None:
        return None
    before = selectors.exhibit_of(earlier)
    figures = list(_figures(before, exhibit))
    return Comparison(
        earlier=earlier,
        figures=tuple(figures[:SHOWN]),
        words=tuple(_words(before, exhibit)),
        more=max(len(figures) - SHOWN, 0),
    )


def _figures(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    """The key figures that differ, and then how many rows each table has where that differs."""
    then = {fact["label"]: fact["value"] for fact in before["facts"]}
    now = {fact["label"]: fact["value"] for fact in after["facts"]}
    yield from _differing(then, now)
    then = {table["caption"]: str(len(table["rows"])) for table in before["tables"]}
    now = {table["caption"]: str(len(table["rows"])) for table in after["tables"]}
    for one in _differing(then, now):
        if one.then and one.now:
            yield Difference(f"{one.where}: rows", one.then, one.now)


def _differing(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Difference]:
    for label in dict.fromkeys([*now, *then]):
        if then.get(label) != now.get(label):
            yield Difference(label, then.get(label, ""), now.get(label, ""))


def _words(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    pairs = paragraph_pairs(
        [*before["resolution"], *before["consequences"]],
        [*after["resolution"], *after["consequences"]],
        written_before=_as_written(before),
        written_after=_as_written(after),
    )
    return [Difference(where="", then=then, now=now) for then, now in pairs]


def _as_written(exhibit: Mapping[str, Any]) -> list[str]:
    """The words without their figures, paragraph by paragraph.

    A paragraph that is one figure only, like what a goal states, is compared as it reads.
    """
    text = exhibit.get("wording", {}).get("text", exhibit["resolution"])
    return [
        *(
            reads if PLACEHOLDER.fullmatch(paragraph) else paragraph
            for paragraph, reads in zip(text, exhibit["resolution"], strict=True)
        ),
        *exhibit["consequences"],
    ]
