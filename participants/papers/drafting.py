"""Drafting another text for a paper, looking at it with a holder who is made up, approving it."""

from datetime import date, datetime, timedelta

from django.db import transaction

from ltip.accounts.models import User
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Seal
from ltip.records.selectors import company
from ltip.rules.calendars import day_text
from ltip.rules.canonical import digest_of
from ltip.rules.outcome import Refused
from participants.papers.models import PaperTemplate, TemplateDraft
from participants.papers.placeholders import PLACE, TITLES, faults_of, tidied
from participants.papers.typesetting import render_notice
from participants.papers.versions import Version, Versions, texts_together
from participants.papers.wording import UNITED_KINGDOM, WORDING_VERSION

SAMPLE_TARGET = 1_000
SAMPLE_GOAL = (
    "Here stand the sentences that say what the Committee set as the goal of the period.",
    "Each of them is a paragraph.",
)


@transaction.atomic
def draft_template(
    *, kind: str, text: str, effective_on: date, by: User, at: datetime
) -> TemplateDraft:
    """Keep a text that is to take the place of a paper's text from a day on, once approved (GN).

    Refuses a kind that there is none of, and every fault of the text with its line, an unknown
    placeholder by name.
    """
    lock(lock_of(kind))
    if kind not in TITLES:
        raise Refused(f"There is no paper of the kind “{kind}”.", place=PLACE)
    if faults := faults_of(kind, text):
        raise Refused(
            " ".join(faults),
            place=PLACE,
            remedy="The names of the placeholders stand beside the text.",
        )
    kept = tidied(text)
    content = {"kind": kind, "text": kept, "effective_on": effective_on}
    digest = digest_of(kept)
    seal = records.seal(
        kind="participants.template.drafted", content={**content, "digest": digest}, by=by, at=at
    )
    return TemplateDraft.objects.create(
        kind=kind,
        text=kept,
        effective_on=effective_on,
        digest=digest,
        drafted_by=by,
        drafted_at=at,
        seal=seal,
    )


def approve_template(
    *, draft: TemplateDraft, version: int, approved_on: date, seal: Seal
) -> PaperTemplate:
    """Put the text that an act approved into force, from its day or the act's, if that is later."""
    return PaperTemplate.objects.create(
        draft=draft,
        kind=draft.kind,
        version=version,
        effective_on=max(draft.effective_on, approved_on),
        approved_on=approved_on,
        seal=seal,
    )


def sample_paper(kind: str, text: str, *, known: Versions, on: date) -> bytes:
    """A notice for a holder who is made up, with this text among those in force on a day."""
    issuer = company()
    if issuer is None:
        raise Refused("The company is not set up.", place=PLACE)
    country = UNITED_KINGDOM if kind == "united-kingdom" else "US"
    parts = [
        Version(kind, known.next_number(kind), text) if one.kind == kind else one
        for one in known.for_holder(country, on).versions
    ]
    data = {
        "company": {
            "name": issuer.name,
            "state_of_incorporation": issuer.state_of_incorporation or "the state of incorporation",
            "principal_office": issuer.principal_office or "the principal office",
        },
        "holder": "A. Sample",
        "country": country,
        "grant_date": on.isoformat(),
        "target_shares": SAMPLE_TARGET,
        "most_shares": 2 * SAMPLE_TARGET,
        "period": {
            "label": f"{on.year}–{on.year + 1}",
            "start": date(on.year, 1, 1).isoformat(),
            "end": date(on.year + 1, 12, 31).isoformat(),
        },
        "goal": list(SAMPLE_GOAL),
        "act": "(number)",
        "sign_by": (on + timedelta(days=60)).isoformat(),
        "demonstration": True,
        "wording_version": WORDING_VERSION,
        "templates": texts_together(parts).named,
        "more": {
            "employee_number": "00000",
            "hired_on": day_text(on - timedelta(days=3_650)),
            "grade": "Executive 1",
        },
    }
    return render_notice(data, {one.kind: one.text for one in parts})


def lock_of(kind: str) -> str:
    """The lock under which texts of a kind are drafted and approved."""
    return f"template:{kind}"
