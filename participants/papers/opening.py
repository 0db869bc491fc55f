"""The documents that a notice incorporates: the company's versions of them, and that the holder
opened each before signing (GN; rulebook 11.1 to 11.3)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ltip.accounts.models import User
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.canonical import digest_of
from ltip.rules.outcome import Refused
from participants.papers.models import CountrySupplement, Notice
from participants.papers.models_signing import DocumentOpening, IncorporatedDocument
from participants.papers.supplements import supplement_in_force
from participants.people.models import EmployeeStatus
from participants.people.selectors import person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PLACE = "GN"
NOTICE, SPECIAL_TERMS = "notice", "special_terms"
Kind = IncorporatedDocument.Kind
LABELS = {
    Kind.PROGRAM.value: _("Long Term Incentive Program"),
    Kind.PLAN.value: _("Plan"),
    Kind.INSIDER_TRADING_POLICY.value: _("Insider Trading Policy"),
    Kind.PROSPECTUS.value: _("Prospectus"),
}


@dataclass(frozen=True, slots=True)
class ToOpen:
    """A document that belongs to a notice, and when its holder first opened it."""

    kind: str
    digest: str
    opened_at: datetime | None
    document: Document | None = None
    supplement: CountrySupplement | None = None

    @property
    def label(self) -> "StrOrPromise":
        """What the document is called on a page."""
        return self.supplement.title if self.supplement else LABELS[self.kind]


@transaction.atomic
def record_incorporated_document(
    *, kind: str, effective_on: date, document: Document, by: records.Actor, at: datetime
) -> IncorporatedDocument:
    """Record a version of a document that the notice incorporates, in force from a day on (GN).

    Refuses an unknown kind, and the very version that is on record.
    """
    lock(f"incorporated document:{kind}")
    if kind not in Kind.values:
        raise Refused(f"“{kind}” is no document that the notice incorporates.", place=PLACE)
    rows = IncorporatedDocument.objects.filter(kind=kind, effective_on=effective_on)
    if rows.filter(document=document).exists():
        raise Refused("This version is on record already.", place=PLACE)
    seal = records.seal(
        kind="participants.document.recorded",
        content={"kind": kind, "effective_on": effective_on, "document": document.digest},
        by=by,
        at=at,
    )
    return IncorporatedDocument.objects.create(
        kind=kind, effective_on=effective_on, document=document, seal=seal
    )


def incorporated_documents() -> list[IncorporatedDocument]:
    """Every version on record, by kind, the latest first."""
    rows = IncorporatedDocument.objects.select_related("seal").defer("document__content")
    return list(rows.order_by("kind", "-effective_on", "-seal_id"))


def documents_of(notice: Notice, *, on: date) -> list[ToOpen]:
    """What the holder reads before signing, beside the notice itself, as in force on a day.

    The versions that the company has put on record, and the special terms of the holder's country.
    """
    opened = {(row.kind, row.digest): row.opened_at for row in notice.openings.all()}
    begun = IncorporatedDocument.objects.filter(effective_on__lte=on).select_related("document")
    latest = {
        row.kind: row
        for row in begun.defer("document__content").order_by("effective_on", "seal_id")
    }
    found = [
        ToOpen(
            kind=kind,
            digest=latest[kind].document_id,
            opened_at=opened.get((kind, latest[kind].document_id)),
            document=latest[kind].document,
        )
        for kind in Kind.values
        if kind in latest
    ]
    country = person(notice.award.employee).status_on(EmployeeStatus.Subject.COUNTRY, on)
    supplement = supplement_in_force(country, on)
    if supplement is not None:
        digest = digest_of(supplement.text)
        opened_at = opened.get((SPECIAL_TERMS, digest))
        found.append(ToOpen(SPECIAL_TERMS, digest, opened_at, supplement=supplement))
    return found


def document_to_open(notice: Notice, kind: str, *, on: date) -> ToOpen | None:
    """One of them by its kind."""
    return next((each for each in documents_of(notice, on=on) if each.kind == kind), None)


@transaction.atomic
def record_opening(*, notice: Notice, kind: str, digest: str, by: User, at: datetime) -> None:
    """Record that the holder opened a document; the first time counts (rulebook 11.3)."""
    if notice.award.employee.user_id != by.pk:
        raise Refused("Only the holder opens the documents of this notice.", place=PLACE)
    DocumentOpening.objects.get_or_create(
        notice=notice, kind=kind, digest=digest, defaults={"opened_at": at}
    )


@transaction.atomic
def open_every_document(*, notice: Notice, on: date, by: User, at: datetime) -> None:
    """Record that the holder opened the notice and everything that it incorporates."""
    record_opening(notice=notice, kind=NOTICE, digest=notice.digest, by=by, at=at)
    for each in documents_of(notice, on=on):
        record_opening(notice=notice, kind=each.kind, digest=each.digest, by=by, at=at)


def require_opened(notice: Notice, *, on: date) -> list[dict[str, Any]]:
    """What was opened before signing, as the seal keeps it; refuses what was not opened.

    The notice itself need not be among it: the page that is signed shows the whole of it.
    """
    documents = documents_of(notice, on=on)
    unopened = [each for each in documents if each.opened_at is None]
    if unopened:
        raise Refused(
            f"Not opened yet: {name_of(unopened[0])}.",
            place=PLACE,
            remedy="Open each document that the signature accepts.",
        )
    opened = [_as_sealed(each.kind, each.digest, each.opened_at) for each in documents]
    shown = notice.openings.filter(kind=NOTICE, digest=notice.digest).first()
    return [_as_sealed(NOTICE, notice.digest, shown.opened_at), *opened] if shown else opened


def name_of(each: ToOpen) -> str:
    """What a document is called in a sentence."""
    if each.supplement is not None:
        return each.supplement.title
    return str(Kind(each.kind).label)


def _as_sealed(kind: str, digest: str, opened_at: datetime | None) -> dict[str, Any]:
    return {"kind": kind, "digest": digest, "opened_at": opened_at}
