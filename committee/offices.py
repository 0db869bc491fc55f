"""Reading who sits on the Committee: on a day, through the years, and with which independence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from committee import selectors
from committee.models import EndOfTerm, Independence, Membership
from ltip.accounts.models import Role
from ltip.accounts.selectors import holders_of


@dataclass(frozen=True, slots=True)
class Officeholder:
    """A member in office on a day, as that day's records show them."""

    membership: Membership
    last_day: date | None
    independence: Independence | None
    takes_part: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office as it was recorded, with its ends; wrong rows stay beside the right ones."""

    membership: Membership
    ends: Sequence[EndOfTerm]
    corrected_by: Membership | None

    @property
    def end(self) -> EndOfTerm | None:
        """The end that counts: no other superseded it."""
        superseded = {end.supersedes_id for end in self.ends}
        return next((end for end in self.ends if end.pk not in superseded), None)

    @property
    def last_day(self) -> date | None:
        return self.end.ends_on if self.end else self.membership.ends_on


def officeholders(on: date) -> list[Officeholder]:
    """The members in office on a day, each with the last finding by then (rulebook 5.5)."""
    members: list[Any] = list(selectors.members_in_office(on))
    users = [member.user_id for member in members]
    found = Independence.objects.filter(user__in=users, determined_on__lte=on)
    latest = {one.user_id: one for one in found.order_by("determined_on", "seal_id")}
    participants = set(
        holders_of(Role.PARTICIPANT, on).filter(pk__in=users).values_list("pk", flat=True)
    )
    return [
        Officeholder(
            membership=member,
            last_day=member.last_day,
            independence=latest.get(member.user_id),
            takes_part=member.user_id in participants,
        )
        for member in members
    ]


def every_term() -> list[Term]:
    """Every term as recorded, the latest begun first, wrong rows included."""
    rows = (
        Membership.objects.select_related("user", "seal", "supersedes")
        .prefetch_related("ends__seal")
        .order_by("-starts_on", "position", "seal_id")
    )
    memberships = list(rows)
    corrections = {row.supersedes_id: row for row in memberships if row.supersedes_id}
    return [
        Term(
            membership=row,
            ends=sorted(row.ends.all(), key=lambda end: end.seal_id),
            corrected_by=corrections.get(row.pk),
        )
        for row in memberships
    ]


def findings() -> list[Independence]:
    """Every finding of independence, the latest first."""
    return list(
        Independence.objects.select_related("user", "seal").order_by("-determined_on", "-seal_id")
    )
