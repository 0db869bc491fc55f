"""The register as the page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext_noop as _

from ltip.desk.traceability import SOURCES
from ltip.desk.traceability.entry import Source, Treatment

MEANINGS: Mapping[Treatment, str] = {
    Treatment.COMPUTED: _("A rule computes it, with the steps that led there."),
    Treatment.CHECKED: _("What goes against it is refused, and the refusal names the place."),
    Treatment.RECORDED: _("It is kept with who, when, and the paper or figures behind it."),
    Treatment.PRINTED: _("It stands in the holder's papers, to be read and agreed to."),
    Treatment.NOT_ENCODED: _(
        "It, or a part of it, is left out on purpose; the reason stands there."
    ),
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries are treated so; an entry may be treated in several ways."""

    treatment: Treatment
    meaning: str
    entries: int


def counts() -> list[Count]:
    """How many entries each treatment has."""
    treated = [
        treatment
        for source in SOURCES
        for place in source.places
        for entry in place.entries
        for treatment in entry.treated
    ]
    return [Count(one, meaning, treated.count(one)) for one, meaning in MEANINGS.items()]


def sources(treated: Treatment | None) -> list[Source]:
    """The documents with their places and entries; with a treatment, those treated so alone."""
    shown = []
    for source in SOURCES:
        places = []
        for place in source.places:
            kept = tuple(one for one in place.entries if treated in (None, *one.treated))
            if kept:
                places.append(replace(place, entries=kept))
        if places:
            shown.append(replace(source, places=tuple(places)))
    return shown
