"""Terms of office: seating a member, ending a term, correcting one, recording independence."""

from datetime import date, datetime, timedelta

from django.db import transaction

from committee import selectors
from committee.models import EndOfTerm, Independence, Membership
from ltip import clock
from ltip.accounts.models import Role, User
from ltip.accounts.selectors import roles_of
from ltip.accounts.services import assign_role, end_role
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused

PLACE = "P Administration"


@transaction.atomic
def seat_member(
    *,
    user: User,
    position: str,
    starts_on: date,
    by: records.Actor,
    at: datetime,
    ends_on: date | None = None,
) -> Membership:
    """Begin a term of office, by which who counts is known (rulebook 5.5).

    Refuses a term that meets another of the same person, and a second chair.
    """
    lock("committee")
    if ends_on is not None and ends_on < starts_on:
        raise Refused("A term ends on or after the day on which it begins.", place=PLACE)
    _require_seat_free(user, position, starts_on, ends_on)
    if Role.COMMITTEE_MEMBER not in roles_of(user, starts_on):
        assign_role(user=user, role=Role.COMMITTEE_MEMBER, starts_on=starts_on, by=by, at=at)
        if ends_on is not None:
            end_role(user=user, role=Role.COMMITTEE_MEMBER, ends_on=ends_on, by=by, at=at)
    seal = records.seal(
        kind="committee.member.seated",
        schema_version=2,
        content={
            "user": str(user.public_id),
            "name": user.name,
            "position": position,
            "starts_on": starts_on,
            "ends_on": ends_on,
        },
        by=by,
        at=at,
    )
    return Membership.objects.create(
        user=user, position=position, starts_on=starts_on, ends_on=ends_on, seal=seal
    )


@transaction.atomic
def end_term(
    *, user: User, ends_on: date, by: records.Actor, at: datetime, reason: str = ""
) -> EndOfTerm:
    """End the term that a user holds; `ends_on` is the last day that counts (rulebook 5.5)."""
    lock("committee")
    membership = selectors.terms().filter(user=user, last_day__isnull=True).first()
    if membership is None:
        raise Refused(f"{user.name} does not sit on the Committee.", place=PLACE)
    if ends_on < membership.starts_on:
        raise Refused(
            f"The term of {user.name} began on {day_text(membership.starts_on)}; it can't end "
            "before.",
            place=PLACE,
        )
    end_role(user=user, role=Role.COMMITTEE_MEMBER, ends_on=ends_on, by=by, at=at)
    return _end_of_term(membership, ends_on, reason, supersedes=None, by=by, at=at)


@transaction.atomic
def correct_end_of_term(
    *, end: EndOfTerm, ends_on: date, reason: str, by: records.Actor, at: datetime
) -> EndOfTerm:
    """Put another last day in the place of a wrong one, saying why; the wrong one stays on record.

    Refuses a day before the term began, a correction without a reason, an end that was corrected
    before, and a longer term where the member was seated anew since (rulebook 5.5).
    """
    lock("committee")
    membership, user = end.membership, end.membership.user
    _require_reason(reason)
    if EndOfTerm.objects.filter(supersedes=end).exists():
        raise Refused("That last day was corrected before.", place=PLACE)
    if ends_on < membership.starts_on:
        raise Refused("A term ends on or after the day on which it begins.", place=PLACE)
    _require_seat_free(user, membership.position, membership.starts_on, ends_on, but=membership)
    if ends_on > end.ends_on and Role.COMMITTEE_MEMBER not in roles_of(user, ends_on):
        day_after = end.ends_on + timedelta(days=1)
        assign_role(user=user, role=Role.COMMITTEE_MEMBER, starts_on=day_after, by=by, at=at)
        end_role(user=user, role=Role.COMMITTEE_MEMBER, ends_on=ends_on, by=by, at=at)
    return _end_of_term(membership, ends_on, reason, supersedes=end, by=by, at=at)


@transaction.atomic
def correct_term(
    *,
    membership: Membership,
    position: str,
    starts_on: date,
    reason: str,
    by: records.Actor,
    at: datetime,
) -> Membership:
    """Put a right row in the place of a term recorded wrong, saying why; both stay on record.

    The term keeps its last day. Refuses a correction without a reason or of a row that was
    corrected before, one that would end before it begins, and what `seat_member` refuses
    (rulebook 5.5).
    """
    lock("committee")
    _require_reason(reason)
    term = selectors.terms().filter(pk=membership.pk).first()
    if term is None:
        raise Refused("That term was corrected before.", place=PLACE)
    if term.last_day is not None and term.last_day < starts_on:
        raise Refused("A term ends on or after the day on which it begins.", place=PLACE)
    _require_seat_free(term.user, position, starts_on, term.last_day, but=term)
    seal = records.seal(
        kind="committee.member.corrected",
        content={
            "user": str(term.user.public_id),
            "name": term.user.name,
            "position": position,
            "starts_on": starts_on,
            "ends_on": term.last_day,
            "reason": reason,
            "supersedes": term.seal_id,
        },
        by=by,
        at=at,
    )
    return Membership.objects.create(
        user=term.user,
        position=position,
        starts_on=starts_on,
        ends_on=term.last_day,
        supersedes=term,
        reason=reason,
        seal=seal,
    )


@transaction.atomic
def record_independence(
    *,
    user: User,
    is_independent: bool,
    determined_on: date,
    source: str,
    by: records.Actor,
    at: datetime,
) -> Independence:
    """Record whether a member was found independent, when and by whom (rulebook 5.5)."""
    if not user.memberships.exists():
        raise Refused(f"{user.name} never sat on the Committee.", place=PLACE)
    if not source.strip():
        raise Refused("A finding of independence names its source.", place=PLACE)
    if determined_on > clock.legal_date(at):
        raise Refused("A finding is not dated in the future.", place=PLACE)
    seal = records.seal(
        kind="committee.member.independence",
        content={
            "user": str(user.public_id),
            "name": user.name,
            "is_independent": is_independent,
            "determined_on": determined_on,
            "source": source,
        },
        by=by,
        at=at,
    )
    return Independence.objects.create(
        user=user,
        is_independent=is_independent,
        determined_on=determined_on,
        source=source,
        seal=seal,
    )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("A correction says why.", place=PLACE)


def _require_seat_free(
    user: User,
    position: str,
    starts_on: date,
    ends_on: date | None,
    but: Membership | None = None,
) -> None:
    """Refuse a term that meets another of the same person, and two chairs on one day."""
    overlapping = [
        term
        for term in selectors.terms().filter(last_day__isnull=True)
        | selectors.terms().filter(last_day__gte=starts_on)
        if (ends_on is None or term.starts_on <= ends_on) and term != but
    ]
    if any(term.user_id == user.pk for term in overlapping):
        raise Refused(f"{user.name} sits on the Committee already.", place=PLACE)
    chair = next((t for t in overlapping if t.position == Membership.Position.CHAIR), None)
    if position == Membership.Position.CHAIR and chair is not None:
        raise Refused(
            f"{chair.user.name} is the chair from {day_text(chair.starts_on)} on.",
            place=PLACE,
            remedy="End that term first.",
        )


def _end_of_term(
    membership: Membership,
    ends_on: date,
    reason: str,
    *,
    supersedes: EndOfTerm | None,
    by: records.Actor,
    at: datetime,
) -> EndOfTerm:
    seal = records.seal(
        kind="committee.member.term_ended",
        content={
            "user": str(membership.user.public_id),
            "name": membership.user.name,
            "term": membership.seal_id,
            "ends_on": ends_on,
            "reason": reason,
            "supersedes": supersedes and supersedes.seal_id,
        },
        by=by,
        at=at,
    )
    return EndOfTerm.objects.create(
        membership=membership, ends_on=ends_on, reason=reason, supersedes=supersedes, seal=seal
    )
