"""Reading the Committee's members and acts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from committee import agenda
from committee.exhibits import drawn_exhibit, with_what_is_drawn
from committee.models import Act, Declination, EndOfTerm, Membership, Revision, Signature
from committee.protocol import Check, Exhibit, Kind, kind_named
from ltip.accounts.models import User
from ltip.program import selectors as program
from ltip.records.selectors import content_of


def terms() -> QuerySet[Any]:
    """Every term of office that no correction superseded, with the `last_day` it is known to have.

    The earliest first; on one day the chair before the others.
    """
    end = EndOfTerm.objects.filter(membership=OuterRef("pk"), superseded_by__isnull=True)
    return (
        Membership.objects.filter(superseded_by__isnull=True)
        .annotate(last_day=Coalesce(Subquery(end.values("ends_on")[:1]), F("ends_on")))
        .select_related("user")
        .order_by("position", "starts_on", "pk")
    )


def members_in_office(on: date) -> QuerySet[Membership]:
    """The members in office on a day, the chair first."""
    return terms().filter(
        Q(last_day__isnull=True) | Q(last_day__gte=on),
        starts_on__lte=on,
    )


def open_acts() -> QuerySet[Act]:
    """Acts before the Committee, oldest first."""
    return Act.objects.filter(adoption__isnull=True, ending__isnull=True).order_by(
        "opened_at", "pk"
    )


def lapsed_acts(*, on: date) -> QuerySet[Act]:
    """Open acts whose written consent was not completed in time.

    One that was adopted elsewhere waits to be recorded, not to be signed; one that is for a
    meeting to decide waits for it.
    """
    late = open_acts().filter(lapses_on__lt=on, dated_on__isnull=True)
    return late.exclude(agenda.for_meetings_to_decide())


def adopted_acts() -> QuerySet[Act]:
    """Adopted acts, latest first."""
    return (
        Act.objects.filter(adoption__isnull=False)
        .select_related("adoption")
        .order_by("-adoption__seal_id")
    )


def act_by_public_id(public_id: Any) -> Act | None:
    """An act with what became of it."""
    return (
        with_what_is_drawn(Act.objects.all())
        .select_related(
            "adoption__seal",
            "adoption__document",
            "adoption__paper",
            "ending__seal",
            "ending__ended_by",
            "opened_by",
        )
        .defer("adoption__document__content")
        .filter(public_id=public_id)
        .first()
    )


def procedure_of(act: Act) -> dict[str, Any]:
    """How an act was adopted, as its seal tells it; empty where it was not, or in the first form,
    which said no more than the name.
    """
    if not hasattr(act, "adoption"):
        return {}
    procedure = content_of(act.adoption.seal)["procedure"]
    return procedure if isinstance(procedure, dict) else {}


def checks_of(act: Act, *, on: date) -> list[Check]:
    """The act's checks, if it were adopted on that day."""
    return kind_named(act.kind).checks(drawn_exhibit(act), on=on)


@dataclass(frozen=True, slots=True)
class Signer:
    """A member in office, and where this act stands with that member."""

    membership: Membership
    is_interested: bool
    signed_at: datetime | None
    zone: str = ""
    declined: Declination | None = None
    is_asked: bool = True
    # The change of text that made an earlier signature of this member void, until the next one.
    voided_by: Revision | None = None

    @property
    def is_awaited(self) -> bool:
        return self.is_asked and not self.is_interested and self.signed_at is None


def signers_of(act: Act, *, on: date) -> list[Signer]:
    """Every member in office with the signature given, or the interest that stands in its way."""
    return signers_of_each([act], on=on)[act.pk]


def signers_of_each(acts: Iterable[Act], *, on: date) -> dict[int, list[Signer]]:
    """The same for many acts, by key, in a constant number of queries."""
    acts, members = list(acts), list(members_in_office(on))
    interested = _interested_in(acts, on)
    keys = [act.pk for act in acts]
    revisions: dict[int, list[Revision]] = defaultdict(list)
    for revision in Revision.objects.filter(act__in=keys).select_related("seal"):
        revisions[revision.act_id].append(revision)
    standing = {
        act.pk: revisions[act.pk][-1].exhibit_digest if revisions[act.pk] else act.drafted_digest
        for act in acts
    }
    signed: dict[tuple[int, int], Signature] = {}
    void: dict[tuple[int, int], Revision] = {}
    given_to_any = Signature.objects.filter(act__in=keys).select_related("membership")
    for signature in given_to_any.order_by("signed_at", "pk"):
        whose = (signature.act_id, signature.membership.user_id)
        if signature.exhibit_digest == standing[signature.act_id]:
            signed[whose] = signature
        else:
            void[whose] = _voided_by(signature, revisions[signature.act_id])
    declined = {
        (declination.act_id, declination.membership.user_id): declination
        for declination in Declination.objects.filter(act__in=keys).select_related("membership")
    }
    unsignable = {act for act, _ in declined}
    unsignable.update(agenda.on_open_agendas(acts).values_list("act", flat=True))
    return {
        act.pk: [
            Signer(
                membership=member,
                is_interested=str(member.user.public_id) in interested[act.pk],
                signed_at=given.signed_at
                if (given := signed.get((act.pk, member.user_id)))
                else None,
                zone=given.zone if given else "",
                voided_by=None if given else void.get((act.pk, member.user_id)),
                declined=declined.get((act.pk, member.user_id)),
                is_asked=act.pk not in unsignable and _is_open_to_signatures(act, on),
            )
            for member in members
        ]
        for act in acts
    }


def _voided_by(signature: Signature, revisions: Sequence[Revision]) -> Revision:
    """The change of text that took the place of the one signed."""
    signed = next(
        (one.number for one in revisions if one.exhibit_digest == signature.exhibit_digest), 0
    )
    return next(one for one in revisions if one.number > signed)


def _is_open_to_signatures(act: Act, on: date) -> bool:
    return act.dated_on is None and (act.lapses_on is None or on <= act.lapses_on)


def not_asked(
    kind: Kind, exhibits: Sequence[Exhibit], *, readings: Mapping[str, str]
) -> list[frozenset[str]]:
    """For each exhibit, the users who have an interest in the act and so are not asked to sign.

    Nobody where the Committee reads the rule otherwise (rulebook 5.5).
    """
    if readings["consent.interested_member"] == "asked":
        return [frozenset() for _ in exhibits]
    return kind.interested(exhibits)


def _interested_in(acts: Sequence[Act], on: date) -> dict[int, frozenset[str]]:
    readings = program.readings_on(on)
    by_kind: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        by_kind[act.kind].append(act)
    return {
        act.pk: users
        for key, alike in by_kind.items()
        for act, users in zip(
            alike,
            not_asked(kind_named(key), [drawn_exhibit(act) for act in alike], readings=readings),
            strict=True,
        )
    }


def signatures_of(act: Act) -> list[Signer]:
    """Those who signed an act, in the order of signing, whether still in office or not."""
    given = act.signatures.select_related("membership__user").order_by("signed_at", "pk")
    return [
        Signer(
            membership=signature.membership,
            is_interested=False,
            signed_at=signature.signed_at,
            zone=signature.zone,
        )
        for signature in given
    ]


def void_signatures_of(act: Act) -> list[Signer]:
    """Those who signed a text of an act that was changed afterwards, in the order of signing."""
    given = act.all_signatures.exclude(exhibit_digest=act.exhibit_digest)
    return [
        Signer(
            membership=signature.membership,
            is_interested=False,
            signed_at=signature.signed_at,
            zone=signature.zone,
        )
        for signature in given.select_related("membership__user").order_by("signed_at", "pk")
    ]


def revisions_of(act: Act) -> list[Revision]:
    """Every change of an act's text, in order."""
    return list(act.revisions.select_related("revised_by", "seal"))


def acts_awaiting(user: User, *, on: date) -> list[Act]:
    """Open acts that this member is asked to sign and has not signed."""
    acts = list(with_what_is_drawn(open_acts()))
    signers = signers_of_each(acts, on=on)
    return [act for act in acts if awaits(signers[act.pk], user)]


def awaits(signers: Iterable[Signer], user: User) -> bool:
    """Whether an act waits for this user, one of its signers."""
    return any(signer.is_awaited and signer.membership.user_id == user.pk for signer in signers)
