"""How the Committee decides: who counts, the quorum of a meeting, its votes, unanimous consent.

Members are told apart by the text that names them, which the steps repeat.
"""

from collections.abc import Collection
from dataclasses import dataclass

from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.readings import require_reading

PLACE = "P Administration"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many count, and how many it takes; `reached` says whether they are enough."""

    counted: int
    needed: int

    @property
    def reached(self) -> bool:
        return self.counted >= self.needed


def quorum(
    *,
    in_office: Collection[str],
    present: Collection[str],
    interested: Collection[str] = (),
    procedure: str = "plan",
    interested_member: str = "not_asked",
) -> Outcome[Tally]:
    """Count whether a meeting can decide: a majority of the members in office that day (rule 5.5).

    An interested member counts neither among the members of whom a majority is needed nor among
    those present, unless the reading `consent.interested_member` says that such a member is asked
    like any other. Half of the members is no majority. Refuses somebody present who is not in
    office, and an act in which every member has an interest. Place: P Administration.
    *Readings:* `committee.procedure` = plan (the defaults, until the Plan's article is recorded);
    `consent.interested_member` = not_asked (alternative: asked).
    """
    strangers = [name for name in present if name not in in_office]
    if strangers:
        raise Refused(f"Not in office that day: {_names(strangers)}.", place=PLACE)
    counting = _counting(in_office, interested, procedure, interested_member)
    here = [name for name in counting if name in present]
    tally = Tally(counted=len(here), needed=_majority(len(counting)))
    office = Step(
        sentence=(
            f"{_members(counting)} count toward this act; a majority of them is {tally.needed}."
        ),
        figure=f"{tally.needed} of {len(counting)}",
        place=PLACE,
    )
    attendance = Step(
        sentence=(
            f"Present and counted: {_names(here)}. That is "
            f"{'a quorum' if tally.reached else 'no quorum'}."
        ),
        figure=str(tally.counted),
        place=PLACE,
    )
    return Outcome(tally, (*_left_out(in_office, counting), office, attendance))


def vote(
    *,
    in_office: Collection[str],
    present: Collection[str],
    votes_for: Collection[str],
    votes_against: Collection[str],
    abstaining: Collection[str],
    interested: Collection[str] = (),
    procedure: str = "plan",
    interested_member: str = "not_asked",
) -> Outcome[Tally]:
    """Count whether a meeting carries an act: a majority of those present votes for it (rule 5.5).

    Who is present and abstains counts among those present, and so does not help to carry; a tie
    is not carried. An interested member counts neither among the votes nor among those present
    (see `quorum`), unless the reading `consent.interested_member` says otherwise. Refuses a
    meeting without a quorum, a vote of somebody who is not present or may not vote, a member with
    two votes, and one present who neither voted nor abstained. Place: P Administration.
    *Readings:* as in `quorum`.
    """
    standing = quorum(
        in_office=in_office,
        present=present,
        interested=interested,
        procedure=procedure,
        interested_member=interested_member,
    )
    if not standing.value.reached:
        raise Refused(
            f"{standing.value.counted} of the {standing.value.needed} members that a quorum takes "
            "were present: nothing could be decided.",
            place=PLACE,
            remedy="Table the act, and put it to another meeting.",
        )
    counting = _counting(in_office, interested, procedure, interested_member)
    here = [name for name in counting if name in present]
    _require_one_vote_each(here, [*votes_for, *votes_against, *abstaining])
    tally = Tally(counted=len(votes_for), needed=_majority(len(here)))
    step = Step(
        sentence=(
            f"For: {_names(votes_for)}. Against: {_names(votes_against)}. Abstaining: "
            f"{_names(abstaining)}. A majority of the {len(here)} present is {tally.needed}: "
            f"{'carried' if tally.reached else 'not carried'}."
        ),
        figure=f"{tally.counted} of {len(here)}",
        place=PLACE,
    )
    return Outcome(tally, (*standing.steps, step))


def unanimous_consent(
    *,
    in_office: Collection[str],
    signed: Collection[str],
    interested: Collection[str] = (),
    procedure: str = "plan",
    interested_member: str = "not_asked",
) -> Outcome[Tally]:
    """Count whether a written consent is unanimous: every member in office has signed (rule 5.5).

    A unanimous consent needs the members without an interest only, unless the reading
    `consent.interested_member` says that every member signs. The signature of somebody who left
    office since, or who is not asked, counts for nothing. Refuses an act in which every member
    has an interest. Place: P Administration.
    *Readings:* as in `quorum`.
    """
    counting = _counting(in_office, interested, procedure, interested_member)
    given = [name for name in counting if name in signed]
    tally = Tally(counted=len(given), needed=len(counting))
    missing = [name for name in counting if name not in signed]
    step = Step(
        sentence=(
            f"Every one of {_members(counting)} signs; "
            f"{f'it waits for {_names(missing)}' if missing else 'all have'}."
        ),
        figure=f"{tally.counted} of {tally.needed}",
        place=PLACE,
    )
    return Outcome(tally, (*_left_out(in_office, counting), step))


def _counting(
    in_office: Collection[str],
    interested: Collection[str],
    procedure: str,
    interested_member: str,
) -> list[str]:
    require_reading(key="committee.procedure", value=procedure)
    require_reading(key="consent.interested_member", value=interested_member)
    left_out = interested if interested_member == "not_asked" else ()
    counting = [name for name in in_office if name not in left_out]
    if not counting:
        raise Refused("No member in office is free of an interest in this act.", place=PLACE)
    return counting


def _left_out(in_office: Collection[str], counting: list[str]) -> tuple[Step, ...]:
    left_out = [name for name in in_office if name not in counting]
    if not left_out:
        return ()
    sentence = f"Interested in this act, and not counted toward it: {_names(left_out)}."
    return (Step(sentence=sentence, figure=str(len(left_out)), place=PLACE),)


def _majority(members: int) -> int:
    return members // 2 + 1


def _require_one_vote_each(here: list[str], voices: list[str]) -> None:
    for name in voices:
        if name not in here:
            raise Refused(f"{name} was not present, or has no vote on this act.", place=PLACE)
        if voices.count(name) > 1:
            raise Refused(f"{name} has one vote, and more are recorded.", place=PLACE)
    silent = [name for name in here if name not in voices]
    if silent:
        raise Refused(
            f"{_names(silent)}: present, and neither a vote nor an abstention is recorded.",
            place=PLACE,
        )


def _members(names: list[str]) -> str:
    return f"{len(names)} {'member' if len(names) == 1 else 'members'} in office"


def _names(names: Collection[str]) -> str:
    return ", ".join(names) or "nobody"
