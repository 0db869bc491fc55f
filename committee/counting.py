"""Who counts toward an act on a day, as the rules of procedure ask it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from committee.exhibits import drawn_exhibit
from committee.models import Act, Membership, Vote
from committee.protocol import Kind, kind_named
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

    @property
    def left_out(self) -> list[int]:
        """The keys of the members whose interest keeps them from counting toward the act."""
        asked = self.asked
        return [key for key, member in self.members.items() if member not in asked]

    def consent(self, signed: Iterable[int]) -> Outcome[procedure.Tally]:
        """Whether the written consent of these members is unanimous."""
        return procedure.unanimous_consent(signed=self._named(signed), **self._bench)

    def quorum(self, present: Iterable[int]) -> Outcome[procedure.Tally]:
        """Whether those present are enough to decide on the act."""
        return procedure.quorum(present=self._named(present), **self._bench)

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
    return _before(whole_bench(on=on), kind.interested([exhibit])[0])


def benches(acts: Iterable[Act], *, whole: Bench) -> dict[int, Bench]:
    """How the members of one day stand to many acts, by the acts' keys; a query or so per kind."""
    by_kind: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        by_kind[act.kind].append(act)
    return {
        act.pk: _before(whole, interested)
        for key, alike in by_kind.items()
        for act, interested in zip(
            alike,
            kind_named(key).interested([drawn_exhibit(act) for act in alike]),
            strict=True,
        )
    }


def whole_bench(*, on: date) -> Bench:
    """The members in office on a day, before business in which none of them has an interest."""
    members = {member.user_id: member for member in members_in_office(on)}
    return Bench(
        members=members,
        names=names_of(members.values()),
        interested=frozenset(),
        readings=readings_on(on),
    )


def _before(whole: Bench, interested: frozenset[str]) -> Bench:
    keys = (k for k, member in whole.members.items() if str(member.user.public_id) in interested)
    return replace(whole, interested=frozenset(keys))


def names_of(members: Iterable[Membership]) -> dict[int, str]:
    """Each member's name by the user's key, with the address where two bear the same."""
    users = [member.user for member in members]
    names = [user.name for user in users]
    return {
        user.pk: user.name if names.count(user.name) == 1 else f"{user.name} ({user.email})"
        for user in users
    }
