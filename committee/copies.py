"""Reading the copies that are taken away, and to whom each was given."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from committee.minute_export import chosen_of
from committee.models import BoardBook, MinuteBookExport
from committee.words import KIND_WORDS
from ltip.jobs.models import JobState
from ltip.records.models import PersonalDataLook
from ltip.rules.calendars import day_text

SHOWN = 20  # copies on a page, the latest first
BOOK, MINUTE_BOOK = "board book", "minute book"


@dataclass(frozen=True, slots=True)
class Given:
    """Somebody was given a copy, and first when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Copy:
    """A board book or an export of the minute book, and to whom it was given."""

    made: Any
    about: Sequence[Any]
    given: Sequence[Given]


def books() -> list[Copy]:
    """The board books made last, the latest first."""
    made = list(BoardBook.objects.select_related("asked_by").order_by("-made_at", "-pk")[:SHOWN])
    given = _given(str(book.public_id) for book in made)
    return [Copy(book, json.loads(book.acts), given[str(book.public_id)]) for book in made]


def exports() -> list[Copy]:
    """The exports of the minute book asked for last, the latest first, with how far each is."""
    asked = list(
        MinuteBookExport.objects.select_related("asked_by", "job").order_by("-asked_at", "-pk")[
            :SHOWN
        ]
    )
    given = _given(str(export.public_id) for export in asked)
    return [
        Copy(export, _chosen_words(chosen_of(export)), given[str(export.public_id)])
        for export in asked
    ]


def book_by_public_id(public_id: UUID) -> BoardBook | None:
    """A board book with its document."""
    return BoardBook.objects.select_related("document").filter(public_id=public_id).first()


def finished_export(public_id: UUID) -> MinuteBookExport | None:
    """An export whose job is done."""
    done = MinuteBookExport.objects.filter(job__state=JobState.DONE)
    return done.filter(public_id=public_id).first()


def _chosen_words(chosen: Mapping[str, Any]) -> list[str]:
    """What an export was filtered by, in words."""
    words = {
        "kind": lambda kind: str(KIND_WORDS.get(kind, kind)),
        "since": lambda day: _("from %s") % day_text(day),
        "until": lambda day: _("until %s") % day_text(day),
        "as_of": lambda day: _("as it stood on %s") % day_text(day),
    }
    return [words.get(key, str)(value) for key, value in sorted(chosen.items())]


def _given(subjects: Iterable[str]) -> dict[str, list[Given]]:
    """By identifier of each copy, to whom it was given, each person once, the first first."""
    found: dict[str, dict[str, Given]] = defaultdict(dict)
    looks = PersonalDataLook.objects.filter(
        subject__in=list(subjects), fields__in=(BOOK, MINUTE_BOOK)
    )
    for look in looks.select_related("viewer").order_by("looked_at", "pk"):
        found[look.subject].setdefault(
            str(look.viewer.public_id), Given(look.viewer.name, look.looked_at)
        )
    return defaultdict(list, {key: list(people.values()) for key, people in found.items()})
