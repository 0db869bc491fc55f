"""Adopting an act and ending one: the last steps that every procedure shares."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from committee.differences import differences
from committee.exhibits import drafted_exhibit, exhibit_anew
from committee.models import Act, Adoption, Ending, Signature
from committee.paper_jobs import request_paper
from committee.protocol import Adopted, Check, Kind
from ltip import clock
from ltip.accounts.models import AuthenticationUse, User
from ltip.accounts.services import SYSTEM
from ltip.records import services as records
from ltip.records.models import Document
from ltip.records.rules_source import keep_rules
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Outcome, Refused
from ltip.rules.procedure import Tally

PLACE = "P Administration"
# 1: `procedure` is a text, always the unanimous written consent, `schema` that of the exhibit, and
# the rules have no name.
# 2: what was adopted elsewhere says of a voice no position and no words, and not who recorded it.
ADOPTION_SCHEMA = 3


@dataclass(frozen=True, slots=True)
class Way:
    """How the Committee adopted an act: the procedure, what is told of it, and its document."""

    procedure: Adoption.Procedure
    name: str
    tally: Outcome[Tally]
    told: Mapping[str, Any]
    document: Document | None = None


def adopt(
    act: Act,
    kind: Kind,
    exhibit: dict[str, Any],
    *,
    way: Way,
    act_date: date,
    by: User,
    at: datetime,
) -> Adoption:
    """Seal the act with all that led to it, carry it out, and ask for its paper."""
    recorded_on = clock.legal_date(at)
    seal = records.seal(
        kind=f"committee.{act.kind}.adopted",
        schema_version=ADOPTION_SCHEMA,
        legal_date=act_date,
        content={
            "act": act.number,
            "act_id": str(act.public_id),
            "subject": act.subject,
            "rules": keep_rules(at=at),
            "exhibit_schema": act.schema_version,
            "procedure": {
                "name": way.name,
                "steps": [
                    {"sentence": step.sentence, "figure": step.figure, "place": step.place}
                    for step in way.tally.steps
                ],
                **way.told,
            },
            "act_date": act_date,
            "recorded_on": recorded_on,
            "recorded_days_later": (recorded_on - act_date).days,
            "put_by": {"id": str(act.opened_by.public_id), "name": act.opened_by.name},
            "document": way.document and way.document.digest,
            "request": json.loads(act.request),
            "exhibit": exhibit,
            "exhibit_digest": act.exhibit_digest,
            "signatures": [told_of_signature(signature) for signature in signatures_on(act)],
        },
        by=by,
        at=at,
    )
    adoption = Adoption.objects.create(
        act=act,
        procedure=way.procedure,
        act_date=act_date,
        recorded_on=recorded_on,
        adopted_at=at,
        document=way.document,
        seal=seal,
    )
    kind.apply(exhibit, Adopted(act=act, seal=seal, act_date=act_date, by=by, at=at))
    request_paper(adoption, by=by, at=at)
    return adoption


def signatures_on(act: Act) -> list[Signature]:
    """The signatures of an act in their order, with how each was given."""
    return list(_with_proof(act.signatures.all()))


def signing_record_of(act: Act) -> list[Signature]:
    """The same with the signatures that a change of the text made void."""
    return list(_with_proof(act.all_signatures.all()))


def _with_proof(signatures: QuerySet[Signature]) -> QuerySet[Signature]:
    return signatures.select_related(
        "membership__user", "authentication_use__authentication"
    ).order_by("signed_at", "pk")


def told_of_signature(signature: Signature) -> dict[str, Any]:
    """What a seal keeps of a signature: what was shown, who, when, from where, how, which words."""
    return {
        "member": str(signature.membership.user.public_id),
        "name": signature.membership.user.name,
        "position": signature.membership.position,
        "signed_at": signature.signed_at,
        "zone": signature.zone,
        "exhibit": signature.exhibit_digest,
        "words": signature.words,
        **told_of_proof(signature.authentication_use),
    }


def told_of_proof(use: AuthenticationUse) -> dict[str, Any]:
    """How, when, from which address and with which device somebody proved who they are."""
    proof = use.authentication
    return {
        "method": proof.method,
        "authenticated_at": proof.authenticated_at,
        "address": proof.address,
        "device": proof.device,
    }


def require_open(act: Act) -> None:
    """Refuse an act that is over."""
    adoption = Adoption.objects.filter(act=act).first()
    if adoption:
        raise Refused(
            f"Act {act.number} was adopted on {day_text(adoption.act_date)} and is conclusive.",
            place=PLACE,
            remedy="A later act that names it can correct it.",
        )
    ending = Ending.objects.filter(act=act).first()
    if ending:
        raise Refused(
            f"Act {act.number} is over ({ending.get_reason_display().lower()}).", place=PLACE
        )


def request_of(act: Act) -> dict[str, Any]:
    """What was asked for when the act was put before the Committee."""
    request: dict[str, Any] = json.loads(act.request)
    return request


def changes_since(act: Act, kind: Kind, *, on: date) -> list[str]:
    """What the exhibit, drawn up again as of a day, says otherwise than the one that was frozen."""
    exhibit = drafted_exhibit(act)
    return differences(exhibit, exhibit_anew(kind, json.loads(act.request), on=on))


def failing(checks: list[Check], *, is_last: bool = True) -> list[Check]:
    """The checks that stand in the way; before the last signature, not those that may yet pass."""
    return [
        check
        for check in checks
        if not (check.passed or check.information or (check.may_yet_pass and not is_last))
    ]


def require_checks(checks: list[Check], *, is_last: bool = True) -> None:
    """Refuse at the first check that stands in the way."""
    for check in failing(checks, is_last=is_last):
        raise Refused(check.sentence, place=check.place)


def end(
    act: Act,
    reason: Ending.Reason,
    explanation: str,
    *,
    by: User | None,
    at: datetime,
    told: Mapping[str, Any] | None = None,
    legal_date: date | None = None,
) -> Ending:
    """End an act without adoption; without a person, the timetable does it."""
    sealed = records.seal(
        kind=f"committee.act.{reason.value}",
        content={"act": act.number, "explanation": explanation, **(told or {})},
        by=by or SYSTEM,
        at=at,
        legal_date=legal_date,
    )
    return Ending.objects.create(
        act=act, reason=reason, explanation=explanation, ended_by=by, ended_at=at, seal=sealed
    )
