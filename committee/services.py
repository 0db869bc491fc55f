"""Terms of office, and acts from the proposal to the last signature."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from committee import selectors
from committee.differences import differences
from committee.models import Act, Adoption, Ending, Membership, Signature
from committee.protocol import Adopted, Check, Kind, kind_named
from ltip import clock
from ltip.accounts.models import Authentication, Role, User
from ltip.accounts.selectors import roles_of
from ltip.accounts.services import assign_role, end_role, use_authentication
from ltip.program.selectors import readings_on
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.outcome import Refused

WORDS_OF_CONSENT = (
    "I have read this act and its exhibit, and I consent in writing to its adoption without a "
    "meeting."
)


@transaction.atomic
def seat_member(
    *, user: User, position: str, starts_on: date, by: records.Actor, at: datetime
) -> Membership:
    """Begin a term of office."""
    if user.memberships.filter(ends_on__isnull=True).exists():
        raise Refused(f"{user.name} sits on the Committee already.", place="P Administration")
    if Role.COMMITTEE_MEMBER not in roles_of(user, starts_on):
        assign_role(user=user, role=Role.COMMITTEE_MEMBER, starts_on=starts_on, by=by, at=at)
    seal = records.seal(
        kind="committee.member.seated",
        content={"user": str(user.public_id), "position": position, "starts_on": starts_on},
        by=by,
        at=at,
    )
    return Membership.objects.create(user=user, position=position, starts_on=starts_on, seal=seal)


@transaction.atomic
def end_term(*, user: User, ends_on: date, by: records.Actor, at: datetime) -> Membership:
    """End a term of office; `ends_on` is its last day."""
    lock("committee")
    membership = user.memberships.filter(ends_on__isnull=True).first()
    if membership is None:
        raise Refused(f"{user.name} does not sit on the Committee.", place="P Administration")
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])
    end_role(user=user, role=Role.COMMITTEE_MEMBER, ends_on=ends_on, by=by, at=at)
    return membership


@transaction.atomic
def propose_act(*, kind: str, request: Mapping[str, Any], by: User, at: datetime) -> Act:
    """Put an act before the Committee, with its exhibit frozen as of now.

    Refuses, naming the place, what could not be adopted as things stand, unless an act that is
    still open would mend it; and a second open act of the same kind on the same subject.
    """
    kind_ = kind_named(kind)
    today = clock.legal_date(at)
    request = json.loads(canonical_text(request))
    kind_.lock(request)
    exhibit = selectors.exhibit_anew(kind_, request, on=today)
    for check in kind_.checks(exhibit, on=today):
        if not (check.passed or check.may_yet_pass or check.information):
            raise Refused(check.sentence, place=check.place)
    subject = kind_.subject(request)
    twin = selectors.open_acts().filter(kind=kind, subject=subject).first()
    if twin:
        raise Refused(
            f"Act {twin.number} of the same kind for {subject} is before the Committee.",
            place="P Administration",
            remedy="Withdraw it first.",
        )
    if not _asked_to_sign(kind_, exhibit, today):
        raise Refused(
            "No member in office is free of an interest in this act.", place="P Administration"
        )
    text = canonical_text(exhibit)
    seal = records.seal(
        kind="committee.act.proposed",
        content={"kind": kind, "subject": subject, "exhibit": digest_of(text)},
        by=by,
        at=at,
    )
    year = today.year
    return Act.objects.create(
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
        seal=seal,
    )


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
    act that is over, and a check that fails, with its place; one that an act still open would
    make true stands in the way of the last signature only.
    """
    lock(f"act:{act.pk}", "committee")
    today = clock.legal_date(at)
    require_open(act)
    kind, request = kind_named(act.kind), json.loads(act.request)
    exhibit = selectors.exhibit_of(act)
    membership = _membership_for_signing(kind, exhibit, by, today)
    if act.signatures.filter(membership=membership).exists():
        raise Refused(f"You have signed act {act.number} already.", place="P Administration")
    kind.lock(request)
    now_drawn_up = selectors.exhibit_anew(kind, request, on=today)
    drafted = selectors.drafted_exhibit(act)
    if shown_digest != act.exhibit_digest or now_drawn_up != drafted:
        return _void(act, differences(drafted, now_drawn_up), by=by, at=at)
    Signature.objects.create(
        act=act,
        membership=membership,
        authentication_use=use_authentication(
            authentication=authentication, by=by, purpose=f"act {act.number}", at=at
        ),
        exhibit_digest=act.exhibit_digest,
        words=WORDS_OF_CONSENT,
        signed_at=at,
        zone=by.time_zone,
    )
    signed = set(act.signatures.values_list("membership_id", flat=True))
    missing = [m for m in _asked_to_sign(kind, exhibit, today) if m.pk not in signed]
    _require_checks(kind.checks(exhibit, on=today), is_last=not missing)
    if missing:
        records.seal(
            kind="committee.act.signed",
            content={"act": act.number, "exhibit": act.exhibit_digest},
            by=by,
            at=at,
        )
        return Signing(act)
    _adopt(act, kind, exhibit, by=by, at=at, today=today)
    return Signing(act, adopted=True)


@transaction.atomic
def withdraw_act(*, act: Act, explanation: str, by: User, at: datetime) -> Ending:
    """Take an act back from the Committee before it is adopted, with the reason."""
    lock(f"act:{act.pk}")
    require_open(act)
    if not explanation.strip():
        raise Refused("A withdrawal says why.", place="P Administration")
    return _end(act, Ending.Reason.WITHDRAWN, explanation, by=by, at=at)


def require_open(act: Act) -> None:
    """Refuse an act that is over."""
    adoption = Adoption.objects.filter(act=act).first()
    if adoption:
        raise Refused(
            f"Act {act.number} was adopted on {day_text(adoption.act_date)} and is conclusive.",
            place="P Administration",
            remedy="A later act that names it can correct it.",
        )
    ending = Ending.objects.filter(act=act).first()
    if ending:
        raise Refused(
            f"Act {act.number} is over ({ending.get_reason_display().lower()}).",
            place="P Administration",
        )


def _membership_for_signing(
    kind: Kind, exhibit: dict[str, Any], by: User, today: date
) -> Membership:
    membership = selectors.members_in_office(today).filter(user=by).first()
    if membership is None:
        raise Refused(
            f"{by.name} is not a member of the Committee on {day_text(today)}.",
            place="P Administration",
        )
    excluded = selectors.not_asked(kind, [exhibit], readings=readings_on(today))[0]
    if str(by.public_id) in excluded:
        raise Refused(
            f"{by.name} has an interest in this act and is not asked to sign.",
            place="P Administration",
        )
    return membership


def _asked_to_sign(kind: Kind, exhibit: dict[str, Any], on: date) -> list[Membership]:
    excluded = selectors.not_asked(kind, [exhibit], readings=readings_on(on))[0]
    return [
        member
        for member in selectors.members_in_office(on)
        if str(member.user.public_id) not in excluded
    ]


def _require_checks(checks: list[Check], *, is_last: bool) -> None:
    for check in checks:
        may_wait = check.may_yet_pass and not is_last
        if not (check.passed or check.information or may_wait):
            raise Refused(check.sentence, place=check.place)


def _adopt(
    act: Act, kind: Kind, exhibit: dict[str, Any], *, by: User, at: datetime, today: date
) -> None:
    signatures = act.signatures.select_related(
        "membership__user", "authentication_use__authentication"
    ).order_by("signed_at", "pk")
    seal = records.seal(
        kind=f"committee.{act.kind}.adopted",
        schema_version=act.schema_version,
        legal_date=today,
        content={
            "act": act.number,
            "act_id": str(act.public_id),
            "subject": act.subject,
            "procedure": "unanimous written consent",
            "request": json.loads(act.request),
            "exhibit": exhibit,
            "exhibit_digest": act.exhibit_digest,
            "signatures": [
                {
                    "member": str(signature.membership.user.public_id),
                    "name": signature.membership.user.name,
                    "position": signature.membership.position,
                    "signed_at": signature.signed_at,
                    "zone": signature.zone,
                    "exhibit": signature.exhibit_digest,
                    "words": signature.words,
                    "method": signature.authentication_use.authentication.method,
                    "address": signature.authentication_use.authentication.address,
                }
                for signature in signatures
            ],
        },
        by=by,
        at=at,
    )
    Adoption.objects.create(act=act, act_date=today, adopted_at=at, seal=seal)
    kind.apply(exhibit, Adopted(act=act, seal=seal, act_date=today, by=by, at=at))


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
        raise Refused(
            "The page you signed shows another exhibit than the act has.",
            place="P Administration",
            remedy="Open the act again and read it.",
        )
    _end(act, Ending.Reason.VOIDED, "\n".join(changes), by=by, at=at)
    return Signing(act, changes=tuple(changes))


def _end(act: Act, reason: Ending.Reason, explanation: str, *, by: User, at: datetime) -> Ending:
    seal = records.seal(
        kind=f"committee.act.{reason.value}",
        content={"act": act.number, "explanation": explanation},
        by=by,
        at=at,
    )
    return Ending.objects.create(
        act=act, reason=reason, explanation=explanation, ended_by=by, ended_at=at, seal=seal
    )
