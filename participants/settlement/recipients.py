"""To whom an award's shares are delivered: its holder, or the heirs of one who died (GA §4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ltip.rules.outcome import Outcome
from participants.awards.selectors import Standing
from participants.people.heirs import Heirs, heirs_of


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets how many of an award's shares."""

    name: str
    shares: int


def heirs_in(standings: Iterable[Standing]) -> dict[int, Heirs]:
    """What is on record about the heirs of those holders who died, by the employee's key."""
    return heirs_of(s.person.employee for s in standings if s.person.died_on)


def recipients(
    standing: Standing, heirs: Mapping[int, Heirs], *, shares: int
) -> Outcome[tuple[Recipient, ...]]:
    """Divide the shares delivered for an award; refuses a dead holder without recorded heirs."""
    employee = standing.person.employee
    if employee.pk not in heirs:
        return Outcome((Recipient(employee.name, shares),), ())
    divided = heirs[employee.pk].shares(shares)
    return Outcome(tuple(Recipient(h.name, h.shares) for h in divided.value), divided.steps)


def recipients_in(line: Mapping[str, Any]) -> tuple[Recipient, ...]:
    """To whom a stored line of a batch delivers; early lines name the holder alone."""
    told = line.get("recipients", [{"name": line["holder"], "shares": line["delivered"]}])
    return tuple(Recipient(one["name"], one["shares"]) for one in told)
