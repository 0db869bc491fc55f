"""Reading the Committee's members and acts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from committee import agenda
from committee.exhibits import (
    changes_shown,
    drawn_exhibit,
    with_what_is_drawn,
)
from committee.models import Act, Declination, EndOfTerm, Membership, Revision, Signature
from committee.protocol import Check, Exhibit, Kind, kind_named
from ltip.accounts.models import User
from ltip.program import selectors as program
from ltip.program.models import Goal, PerformancePeriod, Security
from ltip.records.selectors import content_of
from ltip.rules.outcome import Refused

# The acts that stand inside the window of their period, each with its place.
PLACE_OF_WINDOW = {
    "goal": "P Performance Goals",
    "designation": "P Eligibility",
    "grant": "P Grants",
}
RECENT = 10


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
    return [act for act in acts if _awaits(signers[act.pk], user)]


def _awaits(signers: Iterable[Signer], user: User) -> bool:
    return any(signer.is_awaited and signer.membership.user_id == user.pk for signer in signers)


@dataclass(frozen=True, slots=True)
class DocketEntry:
    """An act before the Committee: what is asked, by when, and whose signature it waits for."""

    act: Act
    ask: str
    deadline: date | None
    place: str
    signers: tuple[Signer, ...]
    awaits_user: bool
    mine: Signer | None = None

    @property
    def signed(self) -> int:
        return sum(signer.signed_at is not None for signer in self.signers)

    @property
    def asked(self) -> int:
        return sum(not signer.is_interested for signer in self.signers)

    @property
    def awaited(self) -> list[str]:
        return [signer.membership.user.name for signer in self.signers if signer.is_awaited]


def docket(user: User, *, on: date) -> list[DocketEntry]:
    """Every act before the Committee: those awaiting this user first, then the nearest deadline."""
    acts = list(with_what_is_drawn(open_acts()))
    signers, deadlines = signers_of_each(acts, on=on), deadlines_of(acts)
    entries = [
        DocketEntry(
            act=act,
            ask=drawn_exhibit(act)["ask"],
            deadline=deadlines.get(act.pk),
            place=PLACE_OF_WINDOW.get(act.kind, ""),
            signers=tuple(signers[act.pk]),
            awaits_user=_awaits(signers[act.pk], user),
            mine=next((s for s in signers[act.pk] if s.membership.user_id == user.pk), None),
        )
        for act in acts
    ]
    return sorted(
        entries, key=lambda entry: (not entry.awaits_user, entry.deadline or date.max, entry.act.pk)
    )


def deadlines_of(acts: Iterable[Act]) -> dict[int, date]:
    """The last day on which each act can be adopted, where the window of its period binds it."""
    bound = [act for act in acts if act.kind in PLACE_OF_WINDOW]
    history = program.reading_history()
    closes = {
        period.label: program.window_closing_date(period, history=history).value
        for period in PerformancePeriod.objects.filter(label__in={act.subject for act in bound})
    }
    return {act.pk: closes[act.subject] for act in bound if act.subject in closes}


def recently_over() -> list[Act]:
    """The acts last adopted or ended, latest first."""
    return list(
        Act.objects.filter(Q(adoption__isnull=False) | Q(ending__isnull=False))
        .select_related("adoption", "ending__seal")
        .defer("exhibit", "request")
        .order_by(Coalesce("adoption__seal_id", "ending__seal_id").desc())[:RECENT]
    )


@dataclass(frozen=True, slots=True)
class Matter:
    """An open act as it stands before a user on a day."""

    signers: tuple[Signer, ...]
    mine: Signer | None
    checks: tuple[Check, ...]
    changes: tuple[str, ...]
    obstacle: str
    has_lapsed: bool = False

    @property
    def declined(self) -> list[Signer]:
        return [signer for signer in self.signers if signer.declined]

    @property
    def awaited(self) -> list[Signer]:
        return [signer for signer in self.signers if signer.is_awaited]

    @property
    def others_awaited(self) -> list[str]:
        return [s.membership.user.name for s in self.awaited if s is not self.mine]

    @property
    def failing(self) -> list[Check]:
        """The checks for which a signature given now would be refused."""
        return [
            check
            for check in self.checks
            if not (check.passed or check.information)
            and not (check.may_yet_pass and self.others_awaited)
        ]

    @property
    def waits_for_another_act(self) -> bool:
        return bool(self.failing) and all(check.may_yet_pass for check in self.failing)

    @property
    def is_asked(self) -> bool:
        return self.mine is not None and self.mine.is_awaited

    @property
    def can_sign(self) -> bool:
        return self.is_asked and not (self.changes or self.obstacle or self.failing)


def matter(act: Act, user: User, *, on: date) -> Matter:
    """How an open act stands: its checks, what changed since it was put, who is still to sign."""
    on, lapses_on = act.dated_on or on, None if act.dated_on else act.lapses_on
    signers = signers_of(act, on=on)
    changes: Sequence[str] = ()
    obstacle = ""
    checks: list[Check] = []
    try:
        checks = checks_of(act, on=on)
        changes = changes_shown(act, on=on)
    except Refused as refusal:
        obstacle = str(refusal)
    return Matter(
        signers=tuple(signers),
        mine=next((s for s in signers if s.membership.user_id == user.pk), None),
        checks=tuple(checks),
        changes=tuple(changes),
        obstacle=obstacle,
        has_lapsed=lapses_on is not None and on > lapses_on,
    )


@dataclass(frozen=True, slots=True)
class PossiblePeer:
    """A registered security that can stand in the peer group of a period."""

    public_id: str
    ticker: str
    name: str


def possible_peers(period: PerformancePeriod) -> list[PossiblePeer]:
    """Every security but the company's own that bears a ticker when the period begins."""
    tickers = {
        span.security_id: span.ticker
        for span in program.symbol_spans()
        if span.holds_on(period.start_date)
    }
    securities = Security.objects.filter(pk__in=tickers, is_company=False)
    peers = [PossiblePeer(str(s.public_id), tickers[s.pk], s.name) for s in securities]
    return sorted(peers, key=lambda peer: peer.ticker)


def latest_goals_terms() -> list[dict[str, Any]]:
    """What the goals set last state, of whichever period."""
    goals = list(Goal.objects.order_by("-seal_id", "position"))
    return [program.terms_of(goal) for goal in goals if goal.seal_id == goals[0].seal_id]


def periods_in_window(on: date) -> list[PerformancePeriod]:
    """The periods whose window is open on a day."""
    history = program.reading_history()
    periods = PerformancePeriod.objects.filter(end_date__gte=on)
    if history.on(on)["window.opening"] == "first_day":
        periods = periods.filter(start_date__lte=on)
    return [
        period
        for period in periods.order_by("start_date", "end_date")
        if on <= program.window_closing_date(period, history=history).value
    ]
