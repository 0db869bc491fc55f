"""What the register says of a place of the source: what it asks, and what carries that out."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ltip.desk.traceability.pages import PAGES


class Treatment(TextChoices):
    """What the software does about something that a place asks for."""

    COMPUTED = "computed", _("Computed")
    CHECKED = "checked", _("Checked")
    RECORDED = "recorded", _("Recorded")
    PRINTED = "printed", _("Printed")
    NOT_ENCODED = "not_encoded", _("Not encoded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that a place asks for, in our words, and where to find what carries it out.

    `part` says which part of the place, "" for all of it; one that begins with a letter in
    parentheses can be cited with it. `numbers` are those of the rulebook; `functions` dotted
    names; `tests` and `stories` paths in the project; `pages` names of addresses. `reason` says
    why something is not encoded.
    """

    asks: str
    treated: tuple[Treatment, ...]
    part: str = ""
    numbers: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    reason: str = ""

    @property
    def pages_named(self) -> tuple[str, ...]:
        return tuple(PAGES[name] for name in self.pages)


@dataclass(frozen=True, slots=True)
class Place:
    """A heading or section of the source, as the code cites it, with all that it asks for."""

    cite: str
    heading: str
    entries: tuple[Entry, ...]

    @property
    def anchor(self) -> str:
        """The notice and Exhibit B have no numbers, so their headings tell their parts apart."""
        whole = self.cite if self.cite not in ("GN", "XB") else f"{self.cite} {self.heading}"
        return slugify(whole)


@dataclass(frozen=True, slots=True)
class Source:
    """One of the source's documents; `how` says how its places are cited."""

    key: str
    title: str
    how: str
    places: tuple[Place, ...]
