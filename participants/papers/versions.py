"""Which text of a paper is in force on a day, which came before, and which text a notice has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ltip.rules.canonical import digest_of
from ltip.rules.outcome import Refused
from participants.papers.models import PaperTemplate, TemplateDraft
from participants.papers.placeholders import ON_REQUEST, PLACE, TITLES, our_text, used_in
from participants.papers.wording import kinds_for

OURS = 1


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a paper's text; ours has no row, no day and no act."""

    kind: str
    number: int
    text: str
    row: PaperTemplate | None = None

    @property
    def title(self) -> str:
        return TITLES[self.kind]

    @property
    def digest(self) -> str:
        return digest_of(self.text)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts that the papers of a holder are made of, and what they need to know.

    `asked` are the placeholders that not every holder has a value for; `named` is what a notice's
    data says of its texts, nothing of those that are ours.
    """

    versions: tuple[Version, ...]
    asked: tuple[str, ...]
    named: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Versions:
    """Every version that was approved, to be asked for many holders and days."""

    approved: tuple[PaperTemplate, ...] = ()
    _texts: dict[tuple[tuple[str, ...], date], Texts] = field(default_factory=dict, repr=False)

    def on(self, kind: str, day: date) -> Version:
        """The version in force on a day: the latest that has begun, or ours."""
        begun = [row for row in self.approved if row.kind == kind and row.effective_on <= day]
        return _version_of(begun[-1]) if begun else Version(kind, OURS, our_text(kind))

    def next_number(self, kind: str) -> int:
        """The number that the next version gets."""
        return max((row.version for row in self.approved if row.kind == kind), default=OURS) + 1

    def of(self, kind: str) -> list[Version]:
        """Every version of a kind, the one that begins last first, ours at the end."""
        rows = [_version_of(row) for row in reversed(self.approved) if row.kind == kind]
        return [*rows, Version(kind, OURS, our_text(kind))]

    def for_holder(self, country: str, day: date) -> Texts:
        """The texts that the papers of a holder in a country are made of on a day."""
        kinds = kinds_for(country)
        if (kinds, day) not in self._texts:
            self._texts[kinds, day] = texts_together([self.on(kind, day) for kind in kinds])
        return self._texts[kinds, day]


def texts_together(parts: Sequence[Version]) -> Texts:
    """Texts that make a paper together."""
    used = dict.fromkeys(name for one in parts for name in used_in(one.text))
    return Texts(
        versions=tuple(parts),
        asked=tuple(name for name in used if name in ON_REQUEST),
        named={
            one.kind: {"version": one.number, "digest": one.digest}
            for one in parts
            if one.number > OURS
        },
    )


def versions() -> Versions:
    """All approved versions, in one query."""
    rows = PaperTemplate.objects.select_related("draft", "seal")
    return Versions(tuple(rows.order_by("effective_on", "seal_id")))


def texts_of(data: Mapping[str, Any], known: Versions) -> dict[str, str]:
    """The approved texts that a notice was written in, by kind; refused where one is missing."""
    texts = {}
    for kind, named in data.get("templates", {}).items():
        found = [
            row for row in known.approved if (row.kind, row.version) == (kind, named["version"])
        ]
        if not found:
            raise Refused(
                f"version {named['version']} of the text “{TITLES[kind]}” is not on record.",
                place=PLACE,
            )
        texts[kind] = found[0].draft.text
    return texts


def drafts_of(kind: str) -> QuerySet[TemplateDraft]:
    """The drafts of a kind that no act has approved, the latest first."""
    rows = TemplateDraft.objects.filter(kind=kind, approved__isnull=True)
    return rows.select_related("drafted_by").order_by("-seal_id")


def template_draft(public_id: str | UUID) -> TemplateDraft | None:
    """The draft of that public identifier, with its approval where there is one."""
    rows = TemplateDraft.objects.select_related("approved__seal", "drafted_by")
    return rows.filter(public_id=public_id).first()


def _version_of(row: PaperTemplate) -> Version:
    return Version(row.kind, row.version, row.draft.text, row)
