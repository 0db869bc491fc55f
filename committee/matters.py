"""What is before the Committee: the docket, and an open act as it stands before a user."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import Coalesce

from committee.exhibits import changes_shown, drawn_exhibit, with_what_is_drawn
from committee.models import Act
from committee.protocol import Check
from committee.selectors import Signer, awaits, checks_of, open_acts, signers_of, signers_of_each
from ltip.accounts.models import User
from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod
from ltip.rules.outcome import Refused

# The acts that stand inside the window of their period, each with its place.
PLACE_OF_WINDOW = {
    "goal": "P Performance Goals",
    "designation": "P Eligibility",
    "grant": "P Grants",
}
RECENT = 10


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
            awaits_user=awaits(signers[act.pk], user),
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
