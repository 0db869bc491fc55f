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
from ltip.jobs.models import Job, JobState
from ltip.jobs.services import Report, request_job
from ltip.program import selectors as program
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Seal
from ltip.records.selectors import company
from ltip.records.typesetting import unsettable
from ltip.rules.acceptance import sign_by
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.earning import MOST_SHARES_EACH
from ltip.rules.outcome import Refused
from participants.awards.models import Award
from participants.awards.selectors import standing_of
from participants.papers.models import Acceptance, Notice, NoticeRendering
from participants.papers.opening import require_opened
from participants.papers.placeholders import ON_REQUEST
from participants.papers.typesetting import render_notice
from participants.papers.versions import Texts, Versions, texts_of, versions
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
    known = versions()
    gaps = [
        gap
        for award in awards
        for gap in gaps_of(people[award.employee_id], known, on=award.grant_date)
    ]
    if gaps:
        raise Refused(" ".join(gaps), place="GN", remedy="Nobody was sent anything.")
    unsigned = program.readings_on(awards[0].grant_date)["notice.unsigned"]
    last_day = sign_by(issued_on=clock.legal_date(at), unsigned=unsigned)
    notices = []
    for award in awards:
        person = people[award.employee_id]
        country = person.status_on(EmployeeStatus.Subject.COUNTRY, award.grant_date)
        texts = known.for_holder(country, award.grant_date)
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
            **_approved_texts(person, texts, on=award.grant_date),
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


def _approved_texts(person: Person, texts: Texts, *, on: date) -> dict[str, Any]:
    """What a notice's data adds where the Committee approved texts in the place of ours."""
    more = {name: _about(person, name, on) for name in texts.asked}
    about = {"templates": texts.named, "more": more}
    return {name: value for name, value in about.items() if value}


def _about(person: Person, name: str, on: date) -> str:
    """What a placeholder says of a holder on a day, "" where it is not on record."""
    return {
        "employee_number": person.employee.number,
        "hired_on": day_text(person.employee.hired_on),
        "grade": person.status_on(EmployeeStatus.Subject.GRADE, on),
    }[name]


def notice_faults(people: Sequence[Person], *, on: date) -> list[str]:
    """What would stop the notices of these people, in sentences that name whose it is."""
    issuer = company()
    faults = []
    if issuer is None or not (issuer.state_of_incorporation and issuer.principal_office):
        faults.append("The company's state of incorporation or principal office is not on record.")
    known = versions()
    for person in people:
        if not person.status_on(EmployeeStatus.Subject.COUNTRY, on):
            faults.append(f"The country of {person.employee.name} is not on record.")
        faults += gaps_of(person, known, on=on)
    if unsettable(" ".join(person.employee.name for person in people)):
        faults += [
            f"The name {person.employee.name} has characters that the papers can't show: {bad}"
            for person in people
            if (bad := unsettable(person.employee.name))
        ]
    return faults


def gaps_of(person: Person, known: Versions, *, on: date) -> list[str]:
    """The placeholders of the texts in force whose value is not on record for a holder."""
    country = person.status_on(EmployeeStatus.Subject.COUNTRY, on)
    return [
        f"The papers of {person.employee.name} need {{{name}}}, {ON_REQUEST[name]}, which is not "
        "on record."
        for name in known.for_holder(country, on).asked
        if not _about(person, name, on)
    ]


def goal_sentences(award: Award) -> list[str]:
    """What the goal says, for the notice; it may be set after the grant, inside the window."""
    goals = program.goals_of(award.period)
    if not goals:
        return ["The Committee sets the goal in writing within the first 90 days of the period."]
    terms = [program.terms_of(goal) for goal in goals]
    return goals_paragraphs(terms, starts_on=award.period.start_date)


def render_notices(seal_number: int, report: Report) -> int:
    """Make the PDFs of the notices of one act that have none yet; may be called again.

    Each is kept as soon as it is made, so that a job whose worker was killed goes on behind the
    last one kept.
    """
    issued = Notice.objects.filter(seal_id=seal_number)
    waiting = list(
        issued.filter(rendering__isnull=True).order_by("pk").values_list("pk", flat=True)
    )
    known, total = versions(), issued.count()
    for done, key in enumerate(waiting, start=total - len(waiting) + 1):
        notice = Notice.objects.get(pk=key)
        data = json.loads(notice.data)
        content = render_notice(data, texts_of(data, known))
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
        report(done, total)
    return len(waiting)


def render_missing_notices(report: Report) -> int:
    """Make the PDFs of the notices whose own job is over and made them not: it failed."""
    missing = Notice.objects.filter(rendering__isnull=True)
    seals = missing.order_by("seal_id").values_list("seal_id", flat=True).distinct()
    going_on = set(
        Job.objects.filter(
            kind=RENDER_JOB, state__in=(JobState.REQUESTED, JobState.CLAIMED)
        ).values_list("arguments", flat=True)
    )
    return sum(
        render_notices(seal, report)
        for seal in list(seals)
        if canonical_text({"seal": seal}) not in going_on
    )


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
