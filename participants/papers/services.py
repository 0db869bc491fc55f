"""Issuing notices of grant, rendering them, and taking the holders' signatures."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from committee.kinds.goal import goals_paragraphs
from ltip import clock
from ltip.accounts.models import Authentication, User
from ltip.accounts.services import as_sealed, use_authentication
from ltip.jobs.services import Report, request_job
from ltip.program import selectors as program
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Seal
from ltip.records.selectors import company
from ltip.records.typesetting import unsettable
from ltip.rules.acceptance import sign_by
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.earning import MOST_SHARES_EACH
from ltip.rules.outcome import Refused
from participants.awards.models import Award
from participants.awards.selectors import standing_of
from participants.papers.models import Acceptance, Notice, NoticeRendering
from participants.papers.opening import require_opened
from participants.papers.typesetting import render_notice
from participants.papers.wording import WORDING_VERSION, acknowledgements_for
from participants.people.models import EmployeeStatus
from participants.people.selectors import Person, persons

RENDER_JOB = "participants.render_notices"
SIGNED_SCHEMA = 2  # from 2 on with the documents opened, the device and the zone


def issue_notices(
    *, awards: Sequence[Award], act_number: str, seal: Seal, by: User, at: datetime
) -> list[Notice]:
    """Write the notices of an act's awards from their data; a job makes their PDFs afterwards.

    Whether a notice sets a last day to sign follows from the reading in force on the grant date,
    and becomes a term of the notice.
    """
    people = {person.employee.pk: person for person in persons([a.employee for a in awards])}
    issuer = company()
    if issuer is None:
        raise Refused("The company is not set up.", place="GN")
    unsigned = program.readings_on(awards[0].grant_date)["notice.unsigned"]
    last_day = sign_by(issued_on=clock.legal_date(at), unsigned=unsigned)
    notices = []
    for award in awards:
        country = people[award.employee_id].status_on(
            EmployeeStatus.Subject.COUNTRY, award.grant_date
        )
        data = {
            "company": {
                "name": issuer.name,
                "state_of_incorporation": issuer.state_of_incorporation,
                "principal_office": issuer.principal_office,
            },
            "holder": award.employee.name,
            "country": country,
            "grant_date": award.grant_date,
            "target_shares": award.target_shares,
            "most_shares": award.target_shares * MOST_SHARES_EACH,
            "period": {
                "label": award.period.label,
                "start": award.period.start_date,
                "end": award.period.end_date,
            },
            "goal": goal_sentences(award),
            "act": act_number,
            "demonstration": issuer.is_demonstration,
            "wording_version": WORDING_VERSION,
            **({"sign_by": last_day} if last_day else {}),
        }
        text = canonical_text(data)
        notices.append(
            Notice(
                award=award,
                wording_version=WORDING_VERSION,
                data=text,
                digest=digest_of(text),
                sign_by=last_day,
                seal=seal,
            )
        )
    written = Notice.objects.bulk_create(notices)
    request_job(kind=RENDER_JOB, arguments={"seal": seal.number}, by=by, at=at)
    return written


def notice_faults(people: Sequence[Person], *, on: date) -> list[str]:
    """What would stop the notices of these people, in sentences that name whose it is."""
    issuer = company()
    faults = []
    if issuer is None or not (issuer.state_of_incorporation and issuer.principal_office):
        faults.append("The company's state of incorporation or principal office is not on record.")
    for person in people:
        if not person.status_on(EmployeeStatus.Subject.COUNTRY, on):
            faults.append(f"The country of {person.employee.name} is not on record.")
    if unsettable(" ".join(person.employee.name for person in people)):
        faults += [
            f"The name {person.employee.name} has characters that the papers can't show: {bad}"
            for person in people
            if (bad := unsettable(person.employee.name))
        ]
    return faults


def goal_sentences(award: Award) -> list[str]:
    """What the goal says, for the notice; it may be set after the grant, inside the window."""
    goals = program.goals_of(award.period)
    if not goals:
        return ["The Committee sets the goal in writing within the first 90 days of the period."]
    terms = [program.terms_of(goal) for goal in goals]
    return goals_paragraphs(terms, starts_on=award.period.start_date)


def render_notices(seal_number: int, report: Report) -> int:
    """Make the PDFs of the notices of one act that have none yet; may be called again."""
    waiting = list(
        Notice.objects.filter(seal_id=seal_number, rendering__isnull=True).order_by("pk")
    )
    for done, notice in enumerate(waiting, start=1):
        content = render_notice(json.loads(notice.data))
        with transaction.atomic():
            lock(f"notice:{notice.pk}")
            if not NoticeRendering.objects.filter(notice=notice).exists():
                document = records.store_document(
                    content=content,
                    name=f"notice-of-grant-{notice.digest[:12]}.pdf",
                    media_type="application/pdf",
                    at=clock.now(),
                )
                NoticeRendering.objects.create(notice=notice, document=document)
        report(done, len(waiting))
    return len(waiting)


@transaction.atomic
def sign_notice(
    *,
    notice: Notice,
    shown_digest: str,
    agreed_to: Sequence[str],
    by: User,
    authentication: Authentication,
    at: datetime,
) -> Acceptance:
    """The holder signs the notice; refuses anyone else, a second time, a document that was not
    opened, and a box left open. Whoever declined before may still sign.

    `agreed_to` names the acknowledgements that were ticked (rulebook 11.2); all are needed.
    """
    lock(f"notice:{notice.pk}")
    if notice.award.employee.user_id != by.pk:
        raise Refused("Only the holder signs this notice.", place="GN")
    if Notice.objects.get(pk=notice.pk).signed is not None:
        raise Refused("This notice is signed already.", place="GN")
    if shown_digest != notice.digest:
        raise Refused(
            "The page showed another notice.", place="GN", remedy="Open it again and read it."
        )
    lapsed = standing_of(notice.award).lapse()
    if lapsed.value is not None and lapsed.value <= clock.legal_date(at):
        raise Refused(
            lapsed.steps[-1].sentence,
            place="GN",
            remedy="Ask human resources: the Committee alone can grant another award, in a window.",
        )
    data: dict[str, Any] = json.loads(notice.data)
    asked = acknowledgements_for(data["country"])
    opened = require_opened(notice, on=clock.legal_date(at))
    open_boxes = [item.words for item in asked if item.key not in agreed_to]
    if open_boxes:
        raise Refused(
            f"Not agreed to yet: {open_boxes[0]}",
            place=next(item.place for item in asked if item.key not in agreed_to),
            remedy="Tick every box, or decline.",
        )
    use = use_authentication(
        authentication=authentication, by=by, purpose=f"notice {notice.digest[:12]}", at=at
    )
    words = [{"key": item.key, "words": item.words} for item in asked]
    seal = records.seal(
        kind="participants.notice.signed",
        content={
            "award": str(notice.award.public_id),
            "period": notice.award.period.label,
            "notice": notice.digest,
            "opened": opened,
            "agreed_to": words,
            **as_sealed(authentication),
        },
        by=by,
        at=at,
        schema_version=SIGNED_SCHEMA,
    )
    return Acceptance.objects.create(
        notice=notice,
        authentication_use=use,
        shown_digest=shown_digest,
        agreed_to=canonical_text(words),
        signed_at=at,
        signed_on=seal.legal_date,
        seal=seal,
    )
