"""Acts from the proposal to the last signature of a written consent, or to their end."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from committee import adopting, selectors
from committee.adopting import PLACE, require_open
from committee.agenda import require_off_agendas
from committee.counting import Bench, bench
from committee.exhibits import exhibit_anew, exhibit_of
from committee.models import (
    Act,
    Adoption,
    Declination,
    Ending,
    ExhibitRows,
    Membership,
    Signature,
)
from committee.outlines import is_long, outlined, stretches
from committee.protocol import kind_named
from ltip import clock
from ltip.accounts.models import Authentication, User
from ltip.accounts.services import use_authentication
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.outcome import Refused

CONSENT_OPEN_FOR = timedelta(days=60)
WORDS_OF_CONSENT = (
    "I have read this act and its exhibit, and I consent in writing to its adoption without a "
    "meeting."
)


@transaction.atomic
def propose_act(
    *,
    kind: str,
    request: Mapping[str, Any],
    by: User,
    at: datetime,
    lapses_on: date | None = None,
    dated_on: date | None = None,
) -> Act:
    """Put an act before the Committee, with its exhibit frozen as of now.

    A written consent to it lapses after `lapses_on`, sixty days from now where none is said. With
    `dated_on` the Committee is said to have adopted it elsewhere on that day: the exhibit and the
    checks are those of that day, and nobody is asked to sign (rulebook 1.4).

    Refuses, naming the place, what could not be adopted as things stand, unless an act that is
    still open would mend it; and a second open act of the same kind on the same subject.
    """
    kind_ = kind_named(kind)
    today = clock.legal_date(at)
    lapses_on = lapses_on or today + CONSENT_OPEN_FOR
    _require_dates(today, lapses_on=lapses_on, dated_on=dated_on)
    day = dated_on or today
    request = json.loads(canonical_text(request))
    kind_.lock(request)
    exhibit = exhibit_anew(kind_, request, on=day)
    adopting.require_checks(kind_.checks(exhibit, on=day), is_last=False)
    subject = kind_.subject(request)
    twin = selectors.open_acts().filter(kind=kind, subject=subject).first()
    if twin:
        raise Refused(
            f"Act {twin.number} of the same kind for {subject} is before the Committee.",
            place=PLACE,
            remedy="Withdraw it first.",
        )
    bench(kind_, exhibit, on=day).consent(())  # refused where nobody is free of an interest
    text = canonical_text(exhibit)
    seal = records.seal(
        kind="committee.act.proposed",
        schema_version=2,
        content={
            "kind": kind,
            "subject": subject,
            "exhibit": digest_of(text),
            "lapses_on": lapses_on,
            "dated_on": dated_on,
        },
        by=by,
        at=at,
    )
    year = today.year
    act = Act.objects.create(
        number=f"{year}-{Act.objects.filter(number__startswith=f'{year}-').count() + 1:02d}",
        kind=kind,
        schema_version=kind_.schema_version,
        subject=subject,
        title=exhibit["title"],
        request=canonical_text(request),
        exhibit=text,
        drafted_digest=digest_of(text),
        opened_by=by,
        opened_at=at,
        lapses_on=lapses_on,
        dated_on=dated_on,
        outline=canonical_text(outlined(exhibit)) if is_long(exhibit) else "",
        seal=seal,
    )
    ExhibitRows.objects.bulk_create(
        ExhibitRows(act=act, table=table, part=part, rows=canonical_text(rows))
        for table, part, rows in stretches(exhibit)
    )
    return act


@dataclass(frozen=True, slots=True)
class Signing:
    """What a signature led to: it waits for others, it adopted the act, or the act is void."""

    act: Act
    adopted: bool = False
    changes: tuple[str, ...] = ()

    @property
    def voided(self) -> bool:
        return bool(self.changes)


@transaction.atomic
def sign_act(
    *, act: Act, shown_digest: str, by: User, authentication: Authentication, at: datetime
) -> Signing:
    """Give a member's written consent; the last one adopts the act, seals it and carries it out.

    The exhibit is drawn up again first. If it differs from the one that was shown, the vote is
    void and the differences are kept. Refuses who is not asked to sign, a second signature, an
    act that is over, lapsed or declined by a member, and a check that fails,
    with its place; one that an act still open would make true stands in the way of the last
    signature only.
    """
    lock(f"act:{act.pk}", "committee")
    today = clock.legal_date(at)
    kind, exhibit = kind_named(act.kind), exhibit_of(act)
    seats, membership = _require_asked(act, exhibit, by, today)
    kind.lock(json.loads(act.request))
    changes = adopting.changes_since(act, kind, on=today)
    digest = act.exhibit_digest
    if changes or shown_digest != digest:
        return _void(act, changes, by=by, at=at)
    signature = Signature.objects.create(
        act=act,
        membership=membership,
        authentication_use=use_authentication(
            authentication=authentication, by=by, purpose=f"act {act.number}", at=at
        ),
        exhibit_digest=digest,
        words=WORDS_OF_CONSENT,
        signed_at=at,
        zone=by.time_zone,
    )
    given = act.all_signatures.filter(exhibit_digest=digest)
    consent = seats.consent(given.values_list("membership__user_id", flat=True))
    is_last = consent.value.reached
    adopting.require_checks(kind.checks(exhibit, on=today), is_last=is_last)
    if not is_last:
        records.seal(
            kind="committee.act.signed",
            schema_version=2,
            content={"act": act.number, **adopting.told_of_signature(signature)},
            by=by,
            at=at,
        )
        return Signing(act)
    way = adopting.Way(
        procedure=Adoption.Procedure.CONSENT,
        name="unanimous written consent",
        tally=consent,
        told={"opened_at": act.opened_at, "lapses_on": act.lapses_on},
    )
    adopting.adopt(act, kind, exhibit, way=way, act_date=today, by=by, at=at)
    return Signing(act, adopted=True)


@transaction.atomic
def decline_act(
    *,
    act: Act,
    shown_digest: str,
    reason: str,
    by: User,
    authentication: Authentication,
    at: datetime,
) -> Declination:
    """Decline to sign, with the reason: only a meeting can then adopt the act.

    A unanimous consent needs every member (rulebook 5.5). Refuses whoever could not sign it, a
    member who has signed, and one who gives no reason.
    """
    lock(f"act:{act.pk}", "committee")
    _, membership = _require_asked(act, exhibit_of(act), by, clock.legal_date(at))
    if not reason.strip():
        raise Refused("Who declines says why.", place=PLACE)
    if shown_digest != act.exhibit_digest:
        _refuse_other_exhibit()
    use = use_authentication(
        authentication=authentication, by=by, purpose=f"declining act {act.number}", at=at
    )
    seal = records.seal(
        kind="committee.act.declined",
        content={
            "act": act.number,
            "member": str(by.public_id),
            "name": by.name,
            "exhibit": act.exhibit_digest,
            "reason": reason,
            "declined_at": at,
            "zone": by.time_zone,
            **adopting.told_of_proof(use),
        },
        by=by,
        at=at,
    )
    return Declination.objects.create(
        act=act,
        membership=membership,
        authentication_use=use,
        exhibit_digest=act.exhibit_digest,
        reason=reason,
        declined_at=at,
        zone=by.time_zone,
        seal=seal,
    )


@transaction.atomic
def withdraw_act(*, act: Act, explanation: str, by: User, at: datetime) -> Ending:
    """Take an act back from the Committee before it is adopted, with the reason."""
    lock(f"act:{act.pk}", "committee")
    require_open(act)
    if not explanation.strip():
        raise Refused("A withdrawal says why.", place=PLACE)
    return adopting.end(act, Ending.Reason.WITHDRAWN, explanation, by=by, at=at)


@transaction.atomic
def lapse_act(*, act: Act, at: datetime) -> Ending | None:
    """End an act whose written consent was not completed in time (rule 5.5); safe to repeat."""
    lock(f"act:{act.pk}", "committee")
    if not selectors.lapsed_acts(on=clock.legal_date(at)).filter(pk=act.pk).exists():
        return None
    return adopting.end(
        act,
        Ending.Reason.LAPSED,
        f"Not every member had signed by {day_text(_lapse_of(act))}, its last day.",
        by=None,
        at=at,
    )


def _require_dates(today: date, *, lapses_on: date, dated_on: date | None) -> None:
    if lapses_on < today:
        raise Refused("A written consent can't lapse before it is opened.", place=PLACE)
    if dated_on is not None and dated_on > today:
        raise Refused(
            f"{day_text(dated_on)} is in the future: the Committee can't have adopted it then.",
            place=PLACE,
        )


def _require_asked(
    act: Act, exhibit: dict[str, Any], by: User, today: date
) -> tuple[Bench, Membership]:
    """The members who count toward an act, and the one who is asked to sign it; or refuse."""
    require_open(act)
    _require_signable(act, today)
    seats = bench(kind_named(act.kind), exhibit, on=today)
    membership = seats.members.get(by.pk)
    if membership is None:
        raise Refused(
            f"{by.name} is not a member of the Committee on {day_text(today)}.", place=PLACE
        )
    if membership not in seats.asked:
        raise Refused(
            f"{by.name} has an interest in this act and is not asked to sign.", place=PLACE
        )
    if act.signatures.filter(membership__user=by).exists():
        raise Refused(f"You have signed act {act.number} already.", place=PLACE)
    return seats, membership


def _require_signable(act: Act, today: date) -> None:
    """Refuse an act that waits for no signature, and a clock that went back before what was done.

    The day of the last signature dates the act: it can't be before the act was put or signed.
    """
    latest = act.all_signatures.aggregate(latest=Max("signed_at"))["latest"] or act.opened_at
    done_on = clock.legal_date(max(latest, act.opened_at))
    if today < done_on:
        raise Refused(
            f"The clock says {day_text(today)}, but act {act.number} was put or signed on "
            f"{day_text(done_on)}: it went back.",
            place=PLACE,
            remedy="Tell the operator to set the clock right, then sign.",
        )
    if act.dated_on is not None:
        raise Refused(
            f"The Committee adopted this on {day_text(act.dated_on)}; it waits to be recorded, "
            "not to be signed.",
            place=PLACE,
        )
    require_off_agendas(act)
    declined = act.declinations.select_related("membership__user").first()
    if declined is not None:
        raise Refused(
            f"{declined.membership.user.name} declined to sign: a unanimous consent can't be "
            "reached any more.",
            place=PLACE,
            remedy="The secretary withdraws it, or puts it on the agenda of a meeting.",
        )
    if act.lapses_on is not None and today > act.lapses_on:
        raise Refused(
            f"The written consent lapsed on {day_text(act.lapses_on)}.",
            place=PLACE,
            remedy="The secretary puts the act before the Committee again.",
        )


def _lapse_of(act: Act) -> date:
    if act.lapses_on is None:
        raise Refused(f"Act {act.number} does not lapse.", place=PLACE)
    return act.lapses_on


def _void(act: Act, changes: list[str], *, by: User, at: datetime) -> Signing:
    revision = act.last_revision
    if revision and not changes:
        raise Refused(
            f"The text of act {act.number} was changed on {day_text(revision.seal.legal_date)} "
            "after your page was made; you have not signed.",
            place="P Administration",
            remedy="Read the new text, then sign.",
        )
    if not changes:
        _refuse_other_exhibit()
    adopting.end(act, Ending.Reason.VOIDED, "\n".join(changes), by=by, at=at)
    return Signing(act, changes=tuple(changes))


def _refuse_other_exhibit() -> None:
    raise Refused(
        "The page you signed shows another exhibit than the act has.",
        place=PLACE,
        remedy="Open the act again and read it.",
    )
