"""Reading the Committee's members and acts."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from committee.models import Act, Membership
from committee.protocol import Check, kind_named
from ltip.accounts.models import User


def members_in_office(on: date) -> QuerySet[Membership]:
    """The members in office on a day, the chair first."""
    return (
        Membership.objects.filter(starts_on__lte=on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .select_related("user")
        .order_by("position", "starts_on", "pk")
    )


def open_acts() -> QuerySet[Act]:
    """Acts before the Committee, oldest first."""
    return Act.objects.filter(adoption__isnull=True, ending__isnull=True).order_by("opened_at", "pk")


def adopted_acts() -> QuerySet[Act]:
    """Adopted acts, latest first."""
    return (
        Act.objects.filter(adoption__isnull=False)
        .select_related("adoption")
        .order_by("-adoption__seal_id")
    )


def exhibit_of(act: Act) -> dict[str, Any]:
    """The exhibit as it was frozen when the act was proposed."""
    exhibit: dict[str, Any] = json.loads(act.exhibit)
    return exhibit


def checks_of(act: Act, *, on: date) -> list[Check]:
    """The act's checks, if it were adopted on that day."""
    return kind_named(act.kind).checks(exhibit_of(act), on=on)


@dataclass(frozen=True, slots=True)
class Signer:
    """A member in office, and where this act stands with that member."""

    membership: Membership
    is_interested: bool
    signed_at: Any

    @property
    def is_awaited(self) -> bool:
        return not self.is_interested and self.signed_at is None


def signers_of(act: Act, *, on: date) -> list[Signer]:
    """Every member in office with the signature given, or the interest that stands in its way."""
    interested = kind_named(act.kind).interested(exhibit_of(act))
    signed = dict(act.signatures.values_list("membership_id", "signed_at"))
    return [
        Signer(
            membership=member,
            is_interested=str(member.user.public_id) in interested,
            signed_at=signed.get(member.pk),
        )
        for member in members_in_office(on)
    ]


def acts_awaiting(user: User, *, on: date) -> list[Act]:
    """Open acts that this member is asked to sign and has not signed."""
    return [
        act
        for act in open_acts()
        if any(
            signer.is_awaited and signer.membership.user_id == user.pk
            for signer in signers_of(act, on=on)
        )
    ]
