"""What becomes of a peer group when its companies are bought, merge, fail or are renamed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from ltip.rules.calendars import Period, day_text
from ltip.rules.outcome import Outcome, Refused, Step

PLACE = "GA §2"
_WORDS = {
    "acquired": "was acquired or taken private",
    "bankrupt": "went bankrupt",
    "delisted": "was delisted for cause",
    "merged": "merged into {other}",
    "renamed": "took the name {other}",
}

_Fate: TypeAlias = Literal["bottom", "frozen", "removed"]
_ACQUIRED: dict[str, tuple[_Fate, str]] = {
    "remove": ("removed", "it is out of the group for the whole period"),
    "freeze": ("frozen", "it keeps the return it had reached by that day"),
}
_BANKRUPT: dict[str, tuple[_Fate, str]] = {
    "bottom": ("bottom", "it stays in the group at a return of −100 %"),
    "remove": ("removed", "it is out of the group for the whole period"),
}


@dataclass(frozen=True, slots=True)
class PeerEvent:
    """Something completed on a day: `kind` is acquired, bankrupt, delisted, merged or renamed.

    `other` is the buyer, the survivor of a merger (`company` disappears) or the new name.
    """

    on: date
    company: str
    kind: str
    other: str | None


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a goal treats each kind of event (rule 4.5); the defaults are the rulebook's."""

    acquired: Literal["remove", "freeze"] = "remove"
    bankrupt: Literal["bottom", "remove"] = "bottom"
    merged: Literal["survivor_stays", "remove_both"] = "survivor_stays"

    def __post_init__(self) -> None:
        for value, known in (
            (self.acquired, ("remove", "freeze")),
            (self.bankrupt, ("bottom", "remove")),
            (self.merged, ("survivor_stays", "remove_both")),
        ):
            if value not in known:
                raise Refused(
                    f"{value!r} is no treatment of a peer event; it is one of {', '.join(known)}.",
                    place="P Performance Goals",
                )


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """The peer group as the events left it, each part in the order of the names.

    `measured` run to the end of the period, `frozen` to the day of their event, `bottom` stand
    at a return of −100 %, and `removed` are not ranked.
    """

    measured: tuple[str, ...]
    bottom: tuple[str, ...]
    frozen: tuple[tuple[str, date], ...]
    removed: tuple[str, ...]


def treat_peers(
    *,
    company: str,
    peers: Sequence[str],
    events: Sequence[PeerEvent],
    treatment: Treatment,
    period_end: date,
) -> Outcome[PeerGroup]:
    """Sort the peers by what happened to them on or before the period's last day (rule 4.5).

    The first event that takes a peer out of ordinary measurement decides, in the order of the
    days; only the company's own purchase of a peer overrides it. A peer that merges into a
    company outside the group is treated as acquired, one delisted as bankrupt, and an event may
    name a peer by the name it was given later. Events of companies outside the group change
    nothing. `period_end` is the shortened one, if shortened. Refuses a group that names a
    company twice or the company itself, and an event of an unknown kind. Place: GA §2.
    """
    _check(company=company, peers=peers, events=events)
    fates: dict[str, _Fate] = {}
    frozen_on: dict[str, date] = {}
    known_as = {peer: peer for peer in peers}
    steps: list[Step] = []

    for event in sorted(events, key=lambda e: (e.on, e.company, e.kind, e.other or "")):
        name = known_as.get(event.company)
        if name is None:
            continue
        other = known_as.get(event.other) if event.other is not None else None
        if event.on > period_end:
            consequence = "after the last day of the period, so nothing changes"
        elif event.kind == "renamed":
            if event.other is not None:
                known_as.setdefault(event.other, name)
            consequence = "it is the same company"
        elif event.other == company:
            fates[name] = "removed"
            consequence = "bought by the company itself, it is out of the group"
        elif name in fates:
            consequence = "its place was decided before, so nothing changes"
        elif event.kind in ("bankrupt", "delisted"):
            fates[name], consequence = _BANKRUPT[treatment.bankrupt]
        elif event.kind == "merged" and other is not None:
            fates[name] = "removed"
            consequence = f"it goes and {other} stays"
            if treatment.merged == "remove_both":
                fates.setdefault(other, "removed")
                consequence = f"it and {other} are out of the group for the whole period"
        else:
            fates[name], consequence = _ACQUIRED[treatment.acquired]
            if fates[name] == "frozen":
                frozen_on[name] = event.on
        steps.append(_step(event, consequence))

    def having(fate: _Fate | None) -> tuple[str, ...]:
        return tuple(sorted(peer for peer in peers if fates.get(peer) == fate))

    group = PeerGroup(
        measured=having(None),
        bottom=having("bottom"),
        frozen=tuple((peer, frozen_on[peer]) for peer in having("frozen")),
        removed=having("removed"),
    )
    ranked = len(peers) - len(group.removed)
    sentence = f"Of the {len(peers)} peers that the goal names, {ranked} are ranked."
    return Outcome(group, (*steps, Step(sentence=sentence, figure=str(ranked), place=PLACE)))


def treat_peers_in_segment(
    *,
    company: str,
    peers: Sequence[str],
    events: Sequence[PeerEvent],
    treatment: Treatment,
    period_end: date,
    segment: Period,
) -> Outcome[PeerGroup]:
    """Sort the peers of one segment of a goal that is measured in segments (rules 3.2, 4.5).

    Who leaves the group leaves it in every segment. A frozen peer is measured in the segments
    that ended before its event, keeps in that of its event the return of that day, and is not
    ranked in later ones. A failed peer is measured in the segments that ended before its event
    and stands at −100 % in that one and in all later ones. Refuses what `treat_peers` refuses.
    Place: GA §2.
    """
    whole, by_its_end = (
        treat_peers(
            company=company, peers=peers, events=events, treatment=treatment, period_end=end
        ).value
        for end in (period_end, min(segment.end, period_end))
    )
    gone = set(whole.removed)
    earlier = [
        (peer, on) for peer, on in by_its_end.frozen if on < segment.start and peer not in gone
    ]
    gone |= {peer for peer, _ in earlier}
    group = PeerGroup(
        measured=tuple(peer for peer in by_its_end.measured if peer not in gone),
        bottom=tuple(peer for peer in by_its_end.bottom if peer not in gone),
        frozen=tuple((peer, on) for peer, on in by_its_end.frozen if peer not in gone),
        removed=tuple(sorted(gone)),
    )
    ranked = len(peers) - len(group.removed)
    sentences = [
        *(f"{peer} is out of the group in every segment." for peer in whole.removed),
        *(
            f"{peer} was frozen on {day_text(on)}, before this segment, and is not ranked in it."
            for peer, on in earlier
        ),
        *(
            f"{peer} keeps the return it had reached by {day_text(on)}."
            for peer, on in group.frozen
        ),
        *(
            f"{peer} had failed by the end of the segment and stands at −100 %."
            for peer in group.bottom
        ),
    ]
    steps = [Step(sentence=sentence, figure="", place=PLACE) for sentence in sentences]
    counted = f"Of the {len(peers)} peers that the goal names, {ranked} are ranked in this segment."
    return Outcome(group, (*steps, Step(sentence=counted, figure=str(ranked), place=PLACE)))


def _check(*, company: str, peers: Sequence[str], events: Sequence[PeerEvent]) -> None:
    if company in peers:
        raise Refused(f"{company} cannot be a peer of itself.", place=PLACE)
    twice = sorted({peer for peer in peers if peers.count(peer) > 1})
    if twice:
        raise Refused(f"the peer group names {', '.join(twice)} more than once.", place=PLACE)
    for event in events:
        if event.kind not in _WORDS:
            raise Refused(
                f"{event.kind!r} of {event.company} is no kind of peer event; it is one of "
                f"{', '.join(_WORDS)}.",
                place=PLACE,
            )


def _step(event: PeerEvent, consequence: str) -> Step:
    happened = _WORDS[event.kind].format(other=event.other or "a company not named")
    return Step(
        sentence=f"{event.company} {happened} on {day_text(event.on)}: {consequence}.",
        figure="",
        place=PLACE,
    )
