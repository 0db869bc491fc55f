"""The paper of an adopted act is made by a job after the seal: signed once, stored, never again."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from committee.models import ActPaper, Adoption
from committee.papers import Sealed, render_paper
from ltip import clock
from ltip.accounts.models import User
from ltip.jobs.models import Job
from ltip.jobs.services import Report, performer, request_job
from ltip.jobs.timetable import entry
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Seal
from ltip.records.selectors import content_of
from ltip.rules.outcome import Refused

PAPER_JOB = "committee.make_paper"
REASON = "Paper of an adopted act"


def request_paper(adoption: Adoption, *, by: User, at: datetime) -> Job:
    """Ask for the paper, in the transaction that adopts the act."""
    return request_job(
        kind=PAPER_JOB,
        arguments={"adoption": adoption.seal_id},
        by=by,
        at=at,
        occasion=_occasion(adoption),
    )


def job_for(adoption: Adoption) -> Job | None:
    """The job that was asked for at the adoption."""
    return Job.objects.filter(occasion=_occasion(adoption)).first()


def _occasion(adoption: Adoption) -> str:
    return f"{PAPER_JOB} {adoption.seal_id}"


def sealed_act(adoption: Adoption) -> Sealed:
    """What the paper of an act is drawn from: its record, and the company's from the founding."""
    founding = Seal.objects.filter(kind="records.company.founded").order_by("pk").first()
    return Sealed(
        text=adoption.seal.canonical_text,
        digest=adoption.seal.digest,
        company=content_of(founding)["name"] if founding else "",
    )


def make_paper(adoption: Adoption) -> ActPaper:
    """Set, sign and store the paper of an act, or give back the one it has.

    Safe to call twice and after a crash: nothing is kept before the row that ends it.
    """
    from ltip.records import signing  # loads slowly, and only a worker signs

    made = ActPaper.objects.filter(adoption=adoption).first()
    if made:
        return made
    unsigned = render_paper(sealed_act(adoption))
    key = signing.configured_key(at=clock.machine_now())
    with transaction.atomic():
        lock(f"paper of record {adoption.seal_id}")
        made = ActPaper.objects.filter(adoption=adoption).first()
        if made:
            return made
        at = clock.now()
        document = records.store_document(
            content=signing.signed(unsigned, key=key, reason=REASON) if key else unsigned,
            name=f"act-{content_of(adoption.seal)['act']}.pdf",
            media_type="application/pdf",
            at=at,
        )
        return ActPaper.objects.create(
            adoption=adoption,
            document=document,
            is_signed=key is not None,
            by_demonstration_key=key is not None and key.is_demonstration,
            certificate_subject=key.subject if key else "",
            certificate_digest=key.digest if key else "",
            made_at=at,
        )


@performer(PAPER_JOB, title=gettext_noop("Making the paper of an act"))
def perform_paper(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """Make the paper of the act that was asked for."""
    adoption = Adoption.objects.select_related("seal").get(seal=arguments["adoption"])
    return make_paper(adoption).document_id


@entry("committee.make_missing_papers", every=timedelta(days=1))
def make_missing_papers(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """Make the papers that no job made: it failed, or the act is older than the papers.

    One that fails does not keep the others back; the first reason is told at the end.
    """
    without = list(Adoption.objects.filter(paper=None).select_related("seal").order_by("pk"))
    reasons: list[Refused] = []
    for done, adoption in enumerate(without, start=1):
        try:
            make_paper(adoption)
        except Refused as refusal:
            reasons.append(refusal)
        report(done, len(without))
    if reasons:
        raise reasons[0]
    return str(len(without))
