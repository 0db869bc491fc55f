"""Drafting an amendment of the Program, and taking the answers of the holders whom it hurts."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from committee.protocol import kind_named
from ltip import clock
from ltip.accounts.models import Authentication, User
from ltip.accounts.services import as_sealed, use_authentication
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.amendments import PLACE
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.outcome import Refused
from participants.awards.amendments import outstanding
from participants.awards.models import AmendedAward, Amendment, AmendmentDraft, Award
from participants.papers.models import AmendmentConsent
from participants.people.models import Employee

GOALS = AmendmentDraft.Kind.GOALS.value
WORDS_OF_CONSENT = "I have read this amendment and what it changes for me, and I agree to it."
WORDS_OF_REFUSAL = "I have read this amendment and what it changes for me, and I do not agree."


@transaction.atomic
def draft_amendment(
    *,
    kind: str,
    title: str,
    text: str,
    adverse_to: Sequence[str],
    by: User,
    at: datetime,
    goals: str = "",
) -> AmendmentDraft:
    """Draft an amendment, so that the holders whom it hurts can be asked (P Amendment, GA §15).

    It concerns every outstanding award, or those of one period where `goals` gives that period
    new goals, as the act that sets goals is asked for them. `adverse_to` names, by public
    identifier, the awards that it hurts. Refuses an unknown kind or award, an empty text, and
    goals that can't be set. A draft is never changed: what is to read otherwise is drafted again.
    """
    lock("amendments")
    today = clock.legal_date(at)
    if kind not in AmendmentDraft.Kind.values:
        raise Refused(f"“{kind}” is no kind of amendment.", place=PLACE)
    if not title.strip() or not text.strip():
        raise Refused("An amendment has a title and a text.", place=PLACE)
    request = _goals_asked(kind, goals, on=today)
    listed = {
        str(standing.award.public_id): standing.award
        for standing in outstanding(on=today, period=request["period"] if request else "")
    }
    listed |= {str(a.public_id): a for a in Award.objects.filter(public_id__in=list(adverse_to))}
    if set(adverse_to) - set(listed):
        raise Refused("An award that it is to hurt is not on record.", place=PLACE)
    content = {
        "kind": str(kind),
        "title": title,
        "text": text,
        "goals": request,
        "awards": {public_id: public_id in adverse_to for public_id in listed},
    }
    digest = digest_of(canonical_text(content))
    seal = records.seal(
        kind="participants.amendment.drafted", content={**content, "draft": digest}, by=by, at=at
    )
    draft = AmendmentDraft.objects.create(
        kind=kind,
        title=title,
        text=text,
        goals=canonical_text(request) if request else "",
        digest=digest,
        drafted_by=by,
        drafted_at=at,
        seal=seal,
    )
    AmendedAward.objects.bulk_create(
        AmendedAward(draft=draft, award=award, is_adverse=public_id in adverse_to, seal=seal)
        for public_id, award in listed.items()
    )
    return draft


@transaction.atomic
def answer_draft(
    *,
    draft: AmendmentDraft,
    employee: Employee,
    is_given: bool,
    by: User,
    authentication: Authentication,
    at: datetime,
) -> list[AmendmentConsent]:
    """The holder agrees to an amendment that hurts the holder's awards, or refuses to; once.

    Refuses anyone else, a holder whom it does not hurt, an answer after the amendment was
    adopted, and a second answer.
    """
    lock(lock_of(draft))
    if employee.user_id != by.pk:
        raise Refused("Only the holder answers for these awards.", place=PLACE)
    if Amendment.objects.filter(draft=draft).exists():
        raise Refused("This amendment was adopted already.", place=PLACE)
    hurt = AmendedAward.objects.filter(draft=draft, award__employee=employee, is_adverse=True)
    if not hurt.exists():
        raise Refused("This amendment hurts none of your awards.", place=PLACE)
    open_rows = list(hurt.filter(consent__isnull=True).select_related("award").order_by("pk"))
    if not open_rows:
        raise Refused("You have answered already; an answer stands.", place=PLACE)
    use = use_authentication(
        authentication=authentication, by=by, purpose=f"amendment {draft.digest[:12]}", at=at
    )
    words = WORDS_OF_CONSENT if is_given else WORDS_OF_REFUSAL
    seal = records.seal(
        kind="participants.amendment.answered",
        content={
            "draft": draft.digest,
            "awards": [str(row.award.public_id) for row in open_rows],
            "is_given": is_given,
            "words": words,
            **as_sealed(authentication),
        },
        by=by,
        at=at,
    )
    return AmendmentConsent.objects.bulk_create(
        AmendmentConsent(
            concerned=row,
            is_given=is_given,
            authentication_use=use,
            shown_digest=draft.digest,
            words=words,
            answered_at=at,
            seal=seal,
        )
        for row in open_rows
    )


def drafts_to_answer(employee: Employee) -> list[AmendmentDraft]:
    """The drafts that wait for a holder's consent, the oldest first."""
    rows = AmendmentDraft.objects.filter(
        adopted__isnull=True,
        awards__award__employee=employee,
        awards__is_adverse=True,
        awards__consent__isnull=True,
    ).exclude(kind=AmendmentDraft.Kind.SECTION_409A)
    return list(rows.distinct().order_by("seal_id"))


def new_goals(draft: AmendmentDraft, *, on: date) -> list[str]:
    """What the new goals of a draft say, in sentences; nothing where it gives none."""
    if not draft.goals:
        return []
    resolution: list[str] = kind_named("goal").prepare(json.loads(draft.goals), on=on)["resolution"]
    return resolution[1:]


def lock_of(draft: AmendmentDraft) -> str:
    """The lock under which answers come in and the amendment is adopted."""
    return f"amendment:{draft.public_id}"


def _goals_asked(kind: str, goals: str, *, on: date) -> dict[str, Any] | None:
    if not goals.strip():
        return None
    if kind != GOALS:
        raise Refused("Only an amendment of the goals gives new ones.", place=PLACE)
    try:
        request: dict[str, Any] = json.loads(canonical_text(json.loads(goals)))
        kind_named("goal").prepare(request, on=on)
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Refused(
            f"The new goals can't be read: {fault}.", place="P Performance Goals"
        ) from fault
    return request
