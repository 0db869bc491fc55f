"""Recording an act that the Committee adopted elsewhere, under its own date (rulebook 1.4)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from committee import adopting
from committee.adopting import PLACE
from committee.agenda import require_off_agendas
from committee.counting import bench
from committee.exhibits import exhibit_of
from committee.models import Act, Adoption, Vote
from committee.protocol import kind_named
from ltip import clock
from ltip.accounts.models import Authentication, User
from ltip.accounts.services import use_authentication
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused


@transaction.atomic
def record_consent_elsewhere(
    *,
    act: Act,
    adopted_on: date,
    signed_by: Collection[User],
    document: Document,
    shown_digest: str,
    by: User,
    authentication: Authentication,
    at: datetime,
) -> Adoption:
    """Record, with its PDF, a consent that every member signed on paper (rulebook 1.4)."""
    return _record(
        act=act,
        adopted_on=adopted_on,
        present=signed_by,
        choices={user.pk: Vote.Choice.FOR.value for user in signed_by},
        words={},
        is_meeting=False,
        document=document,
        shown_digest=shown_digest,
        by=by,
        authentication=authentication,
        at=at,
    )


@transaction.atomic
def record_meeting_elsewhere(
    *,
    act: Act,
    adopted_on: date,
    present: Collection[User],
    choices: Mapping[int, str],
    document: Document,
    shown_digest: str,
    by: User,
    authentication: Authentication,
    at: datetime,
    words: Mapping[int, str] | None = None,
) -> Adoption:
    """Record that a meeting carried the act: who was there, the votes, its minutes (rulebook 1.4).

    `choices` holds each vote by the user's key, `words` what a member wanted on record beside it,
    a dissent for instance. Refuses what was not carried, and words of somebody who was not there.
    """
    absent = set(words or {}) - {user.pk for user in present}
    if absent:
        raise Refused("Only who was present has words on record.", place=PLACE)
    return _record(
        act=act,
        adopted_on=adopted_on,
        present=present,
        choices=choices,
        words=words or {},
        is_meeting=True,
        document=document,
        shown_digest=shown_digest,
        by=by,
        authentication=authentication,
        at=at,
    )


def _record(
    *,
    act: Act,
    adopted_on: date,
    present: Collection[User],
    choices: Mapping[int, str],
    words: Mapping[int, str],
    is_meeting: bool,
    document: Document,
    shown_digest: str,
    by: User,
    authentication: Authentication,
    at: datetime,
) -> Adoption:
    """Judge and seal the act by its own date; both dates are kept, and who recorded it."""
    lock(f"act:{act.pk}", "committee")
    adopting.require_open(act)
    require_off_agendas(act)
    _require_recordable(act, adopted_on, document, shown_digest, at)
    kind, exhibit = kind_named(act.kind), exhibit_of(act)
    kind.lock(adopting.request_of(act))
    changes = adopting.changes_since(act, kind, on=adopted_on)
    if changes:
        raise Refused(
            f"As of {day_text(adopted_on)} the exhibit says otherwise: {' '.join(changes)}",
            place=PLACE,
            remedy="Withdraw the act and put it again under its own date.",
        )
    seats = bench(kind, exhibit, on=adopted_on)
    strangers = [user.name for user in present if user.pk not in seats.members]
    if strangers:
        raise Refused(
            f"Not in office on {day_text(adopted_on)}: {', '.join(strangers)}.", place=PLACE
        )
    keys = [user.pk for user in present]
    tally = seats.vote(keys, choices) if is_meeting else seats.consent(keys)
    if not tally.value.reached:
        raise Refused(tally.steps[-1].sentence, place=PLACE)
    adopting.require_checks(kind.checks(exhibit, on=adopted_on))
    use = use_authentication(
        authentication=authentication, by=by, purpose=f"recording act {act.number}", at=at
    )
    how = "at a meeting" if is_meeting else "by written consent"
    way = adopting.Way(
        procedure=Adoption.Procedure.ELSEWHERE,
        name=f"adopted elsewhere {how} of {day_text(adopted_on)}",
        tally=tally,
        told={
            "voices": [
                {
                    "member": str(seats.members[user.pk].user.public_id),
                    "name": user.name,
                    "position": seats.members[user.pk].position,
                    "vote": choices.get(user.pk, ""),
                    "words": words.get(user.pk, ""),
                }
                for user in present
            ],
            "recorded_by": by.name,
            "recorded_by_who_prepared_it": act.opened_by_id == by.pk,
            **adopting.told_of_proof(use),
        },
        document=document,
    )
    adoption = adopting.adopt(act, kind, exhibit, way=way, act_date=adopted_on, by=by, at=at)
    Vote.objects.bulk_create(
        Vote(
            act=act,
            membership=seats.members[key],
            choice=choice,
            words=words.get(key, ""),
            seal=adoption.seal,
        )
        for key, choice in choices.items()
    )
    return adoption


def _require_recordable(
    act: Act, adopted_on: date, document: Document, shown_digest: str, at: datetime
) -> None:
    if adopted_on > clock.legal_date(at):
        raise Refused(f"{day_text(adopted_on)} is in the future.", place=PLACE)
    if act.dated_on is not None and act.dated_on != adopted_on:
        raise Refused(
            f"Act {act.number} was put as adopted on {day_text(act.dated_on)}.", place=PLACE
        )
    if document.media_type != "application/pdf":
        raise Refused("The minutes or the signed consent are a PDF.", place=PLACE)
    if shown_digest != act.exhibit_digest:
        raise Refused("The page shows another exhibit than the act has.", place=PLACE)
