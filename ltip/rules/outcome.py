"""What a rule gives back: a value with its steps, or a refusal that names its place."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of the answer to *why?*.

    `figure` is the number the sentence is about, as text, "" when there is none. `place` is
    where the source asks for it ("P Grants", "GA §4").
    """

    sentence: str
    figure: str
    place: str


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A decided value and, in order, the steps from the facts to it."""

    value: T
    steps: tuple[Step, ...]


class Refused(Exception):
    """A rule does not allow what was asked.

    `reason` says what is wrong with which record, `place` names the rule in the source, and
    `remedy` what can be done now, "" when nothing can.
    """

    def __init__(self, reason: str, *, place: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.place}: {self.reason} {self.remedy}".strip()
