"""Who counts toward an act on a day, as the rules of procedure ask it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from committee.models import Membership, Vote
from committee.protocol import Kind
from committee.selectors import members_in_office
from ltip.program.selectors import readings_on
from ltip.rules import procedure
from ltip.rules.outcome import Outcome

Choices = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Bench:
    """The members in office on a day before an act, by key, and those with an interest in it."""

    members: Mapping[int, Membership]
    names: Mapping[int, str]
    interested: frozenset[int]
    readings: Mapping[str, str]

    @property
    def asked(self) -> list[Membership]:
        """The members who count toward the act."""
        if self.readings["consent.interested_member"] == "asked":
            return list(self.members.values())
        return [m for key, m in self.members.items() if key not in self.interested]

    def consent(self, signed: Iterable[int]) -> Outcome[procedure.Tally]:
        """Whether the written consent of these members is unanimous."""
        return procedure.unanimous_consent(signed=self._named(signed), **self._bench)

    def vote(self, present: Iterable[int], choices: Choices) -> Outcome[procedure.Tally]:
        """Whether a meeting of those present carries the act."""
        for_, against, abstaining = (
            self._named(key for key, choice in choices.items() if choice == wanted)
            for wanted in (Vote.Choice.FOR, Vote.Choice.AGAINST, Vote.Choice.ABSTAINING)
        )
        return procedure.vote(
            present=self._named(present),
            votes_for=for_,
            votes_against=against,
            abstaining=abstaining,
            **self._bench,
        )

    @property
    def _bench(self) -> dict[str, Any]:
        return {
            "in_office": list(self.names.values()),
            "interested": self._named(self.interested),
            "procedure": self.readings["committee.procedure"],
            "interested_member": self.readings["consent.interested_member"],
        }

    def _named(self, keys: Iterable[int]) -> list[str]:
        return [self.names.get(key, f"Member {key}") for key in keys]


def bench(kind: Kind, exhibit: dict[str, Any], *, on: date) -> Bench:
    """The members in office on a day, and how they stand to an act, by their users' keys."""
    members = {member.user_id: member for member in members_in_office(on)}
    interested = kind.interested([exhibit])[0]
    return Bench(
        members=members,
        names=names_of(members.values()),
        interested=frozenset(
            key for key, member in members.items() if str(member.user.public_id) in interested
        ),
        readings=readings_on(on),
    )


def names_of(members: Iterable[Membership]) -> dict[int, str]:
    """Each member's name by the user's key, with the address where two bear the same."""
    users = [member.user for member in members]
    names = [user.name for user in users]
    return {
        user.pk: user.name if names.count(user.name) == 1 else f"{user.name} ({user.email})"
        for user in users
    }
