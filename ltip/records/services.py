"""Writing to the chain, storing documents, and logging looks at personal data."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Protocol

from django.db import connection, transaction

from ltip import clock
from ltip.records.models import Company, DemonstrationDay, Document, PersonalDataLook, Seal
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.outcome import Refused as Refused

FIRST_PREVIOUS_DIGEST = "0" * 64
CHAIN_LOCK = 5_281_997  # any fixed number: the advisory lock that orders the chain


class Actor(Protocol):
    """Whoever acts: a user, or the system itself."""

    @property
    def public_id(self) -> Any: ...
    @property
    def name(self) -> str: ...


@transaction.atomic
def seal(
    *,
    kind: str,
    content: Mapping[str, Any],
    by: Actor,
    at: datetime,
    legal_date: date | None = None,
    schema_version: int = 1,
) -> Seal:
    """Append one link to the chain and return it.

    `legal_date` is the day that counts (rulebook 1.4); left out, it is the company's day of `at`.
    The chain's lock is held until the transaction ends, so call this as late as possible.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = Seal.objects.order_by("-number").values("number", "digest").first()
    number = last["number"] + 1 if last else 1
    previous = last["digest"] if last else FIRST_PREVIOUS_DIGEST
    legal_date = legal_date or clock.legal_date(at)
    is_demonstration = Company.objects.filter(is_demonstration=True).exists()
    text = canonical_text(
        {
            "number": number,
            "kind": kind,
            "schema": schema_version,
            "legal_date": legal_date,
            "sealed_at": at,
            "by": {"id": str(by.public_id), "name": by.name},
            "demonstration": is_demonstration,
            "content": content,
            "previous": previous,
        }
    )
    return Seal.objects.create(
        number=number,
        kind=kind,
        schema_version=schema_version,
        legal_date=legal_date,
        sealed_at=at,
        actor=str(by.public_id),
        actor_name=by.name,
        is_demonstration=is_demonstration,
        canonical_text=text,
        digest=digest_of(text),
        previous_digest=previous,
    )


@transaction.atomic
def store_document(*, content: bytes, name: str, media_type: str, at: datetime) -> Document:
    """Keep a file under its digest; the same bytes are stored once."""
    digest = sha256(content).hexdigest()
    document, _ = Document.objects.get_or_create(
        digest=digest,
        defaults={"content": content, "name": name, "media_type": media_type, "stored_at": at},
    )
    return document


def store_documents(*, files: Mapping[str, bytes], media_type: str, at: datetime) -> None:
    """Keep many files by name under their digests, in one step; the same bytes are stored once."""
    Document.objects.bulk_create(
        (
            Document(
                digest=sha256(content).hexdigest(),
                content=content,
                name=name,
                media_type=media_type,
                stored_at=at,
            )
            for name, content in files.items()
        ),
        ignore_conflicts=True,
    )


def log_look(*, viewer: Any, subject: Any, fields: str, at: datetime, address: str) -> None:
    """Log that `viewer` saw personal data of `subject` (a public identifier)."""
    PersonalDataLook.objects.create(
        viewer=viewer, subject=str(subject), fields=fields, looked_at=at, address=address
    )


@transaction.atomic
def found_company(
    *,
    name: str,
    state_of_incorporation: str,
    principal_office: str,
    time_zone: str,
    by: Actor,
    at: datetime,
    demonstration_day: date | None = None,
) -> Company:
    """Set up the company once; with a `demonstration_day` the database is a demonstration."""
    if Company.objects.exists():
        raise Refused("This installation already serves a company.", place="Installation")
    company = Company.objects.create(
        name=name,
        state_of_incorporation=state_of_incorporation,
        principal_office=principal_office,
        time_zone=time_zone,
        is_demonstration=demonstration_day is not None,
    )
    if demonstration_day:
        DemonstrationDay.objects.create(day=demonstration_day, moved_at=at)
    seal(
        kind="records.company.founded",
        content={"name": name, "time_zone": time_zone, "demonstration": bool(demonstration_day)},
        by=by,
        at=at,
    )
    return company


@transaction.atomic
def move_demonstration_day(*, to: date, by: Actor, at: datetime) -> DemonstrationDay:
    """Move the demonstration's day forward to `to`; it never goes back."""
    current = clock.demonstration_day()
    if current is None:
        raise Refused("Only a demonstration's day can be moved.", place="Demonstration")
    if to <= current:
        raise Refused(
            f"The demonstration's day is {current:%d %B %Y} and moves forward only.",
            place="Demonstration",
            remedy="Choose a later day.",
        )
    day = DemonstrationDay.objects.create(day=to, moved_at=at)
    seal(kind="records.demonstration.moved", content={"from": current, "to": to}, by=by, at=at)
    return day
