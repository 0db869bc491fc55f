"""Reading the register of readings: what holds, since when, by which act, and what is decided."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.text import slugify

from committee.models import Act, Adoption
from committee.touching import Touched, Touching
from ltip.program.models import ReadingDecision
from ltip.rules.readings import REGISTER, Reading, reading_of

# A heading of the Program or one numbered section of the agreement; "GN" has no single anchor.
IN_FULL = {"P Eligibility": "P Eligibility/Participation"}
WHOLE_PLACE = re.compile(r"P [A-Z][\w ]+|GA §\d+|GA recitals")


@dataclass(frozen=True, slots=True)
class Decided:
    """What the Committee decided on a reading, from when on, and by which act."""

    reading: Reading
    value: str
    effective_on: date
    reason: str
    act: Act

    @property
    def meaning(self) -> str:
        return self.reading.meanings[self.value]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the ways to read a place, and what it means."""

    value: str
    meaning: str
    holds: bool
    is_default: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as it stands on a day, and what is decided for later days."""

    reading: Reading
    value: str
    decided: Decided | None
    coming: tuple[Decided, ...]
    touched: tuple[Touched, ...] = ()

    @property
    def places(self) -> list[tuple[str, str]]:
        """Each place of the source with where the traceability page tells what it asks."""
        cites = [cite.strip() for cite in re.split(r"[,;]", self.reading.place)]
        return [
            (cite, slugify(IN_FULL.get(cite, cite)) if WHOLE_PLACE.fullmatch(cite) else "")
            for cite in cites
            if cite
        ]

    @property
    def choices(self) -> list[Choice]:
        return [
            Choice(value, meaning, value == self.value, value == self.reading.default)
            for value, meaning in self.reading.meanings.items()
        ]

    @property
    def meaning(self) -> str:
        return self.reading.meanings[self.value]

    @property
    def others(self) -> list[Choice]:
        return [choice for choice in self.choices if not choice.holds]


@dataclass(frozen=True, slots=True)
class Section:
    """The questions of one part of the rulebook."""

    title: str
    entries: tuple[Entry, ...]


def decisions() -> list[Decided]:
    """Everything the Committee has decided on readings, by the day it takes effect."""
    rows = list(ReadingDecision.objects.order_by("effective_on", "seal_id", "pk"))
    adoptions = Adoption.objects.filter(seal__in={row.seal_id for row in rows})
    acts = {
        adoption.seal_id: adoption.act for adoption in adoptions.select_related("act", "act__seal")
    }
    return [
        Decided(
            reading=reading_of(key=row.key),
            value=row.value,
            effective_on=row.effective_on,
            reason=row.reason,
            act=acts[row.seal_id],
        )
        for row in rows
    ]


def register_on(
    day: date, *, decided: Sequence[Decided], touching: Touching | None = None
) -> list[Section]:
    """The whole register as it stands on a day, by the rulebook's sections."""
    entries = [entry_on(day, reading, decided=decided, touching=touching) for reading in REGISTER]
    return [
        Section(title, tuple(alike))
        for title, alike in groupby(entries, key=lambda entry: entry.reading.section)
    ]


def entry_on(
    day: date,
    reading: Reading,
    *,
    decided: Sequence[Decided],
    touching: Touching | None = None,
) -> Entry:
    """One question as it stands on a day."""
    own = [one for one in decided if one.reading == reading]
    begun = [one for one in own if one.effective_on <= day]
    return Entry(
        reading=reading,
        value=begun[-1].value if begun else reading.default,
        decided=begun[-1] if begun else None,
        coming=tuple(one for one in own if one.effective_on > day),
        touched=tuple(touching.touched_by(reading)) if touching else (),
    )
