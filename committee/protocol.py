"""What a kind of act must be able to say. The Committee's pages and services know no more.

An exhibit is a plain object of canonical values. Its parts, all drawn by the Committee's pages:

    title        what the act is, in a line
    ask          what is asked of the member, in a sentence with the figures in it
    facts        [{label, value, steps}]: the key figures, each with why
    tables       [{caption, columns: [{label, numeric}], rows: [{cells, own, note, steps}]}]
    charts       [{kind: "returns" | "schedule", title, description, data}]
    consequences [sentence]: what follows from adopting
    resolution   [paragraph]: the text that is adopted
    data         what `apply` writes: exact values, nothing to compute
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable

from committee.models import Act
from ltip.accounts.models import User
from ltip.records.models import Seal
from ltip.rules.outcome import Refused

Request = Mapping[str, Any]
Exhibit = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """Whether something that the source asks for holds, in a sentence with its place.

    `may_yet_pass` marks one that an act still open would make true; `information` one that
    stands in no one's way.
    """

    passed: bool
    sentence: str
    place: str
    may_yet_pass: bool = False
    information: bool = False


@dataclass(frozen=True, slots=True)
class Adopted:
    """The act that `apply` carries out: its seal and its date, and who completed it when."""

    act: Act
    seal: Seal
    act_date: date
    by: User
    at: datetime


class Kind(Protocol):
    """A kind of act, in the lowest app that sees all it needs."""

    key: str
    schema_version: int

    def subject(self, request: Request) -> str:
        """What the act is about: the label of a period."""

    def lock(self, request: Request) -> None:
        """Take the locks under which exhibit and checks stay true until the commit."""

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        """Draw up the exhibit from what is on record; the same on every day unless facts change."""

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        """What the source asks for, if the act were adopted on that day."""

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        """For each exhibit, public identifiers of the members who have an interest in the act.

        Asked for many at once, in a constant number of queries.
        """

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        """Write what the exhibit says."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an exhibit rests on: files by their names, and the numbers of the seals behind them."""

    files: Mapping[str, bytes]
    seals: tuple[int, ...]


@runtime_checkable
class Evidenced(Protocol):
    """A kind of act whose figures can be computed again from files of their own."""

    def evidence(self, exhibit: Exhibit) -> Evidence:
        """The files that go into the act's package, as they were kept when it was prepared."""


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of act known; done once, when the applications start."""
    KINDS[kind.key] = kind


def kind_named(key: str) -> Kind:
    """The kind of that name; refused by name when there is none."""
    if key not in KINDS:
        raise Refused(f"The Committee knows no act of the kind “{key}”.", place="P Administration")
    return KINDS[key]
