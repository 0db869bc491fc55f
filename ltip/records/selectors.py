"""Reading the chain, and verifying it with the documents kept beside it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import DatabaseError
from django.db.models import Exists, ForeignKey, OuterRef, Q, QuerySet

from ltip.records.models import Company, Document, PersonalDataLook, Seal
from ltip.records.services import FIRST_PREVIOUS_DIGEST
from ltip.rules.canonical import canonical_text, digest_of

# Read at once: few enough that seals of thousands of awards fit in the memory of a small machine.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """The first link of the chain that does not fit, and why."""

    number: int
    reason: str


def company() -> Company | None:
    """The company, once it is set up."""
    return Company.objects.first()


def last_seal() -> Seal | None:
    """The end of the chain."""
    return Seal.objects.order_by("-number").first()


def looks_at_personal_data(
    *, viewer_named: str = "", subjects: Iterable[str] = ()
) -> QuerySet[PersonalDataLook]:
    """Every look, the latest first; those of viewers, or at people, that were asked for."""
    rows = PersonalDataLook.objects.select_related("viewer")
    if viewer_named:
        rows = rows.filter(Q(viewer__name__icontains=viewer_named) | Q(subject__in=[*subjects]))
    return rows.order_by("-looked_at", "-pk")


def content_of(seal: Seal) -> dict[str, Any]:
    """What the seal says, read from its canonical text."""
    content: dict[str, Any] = json.loads(seal.canonical_text)["content"]
    return content


def first_fault() -> tuple[int, Fault | None]:
    """Walk the whole chain: how many links were read, and the first that does not fit."""
    previous, expected = FIRST_PREVIOUS_DIGEST, 1
    for number, link in _links():
        reason = _misfit(number, link, expected, previous)
        if link is None or reason:
            return expected - 1, Fault(number, reason)
        previous, expected = link.digest, expected + 1
    return expected - 1, None


def first_missing_seal() -> Fault | None:
    """The first seal that a decided row rests on and that is not there.

    A chain whose end was cut off still hangs together; what was decided there does not.
    """
    missing = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.related_model is Seal:
                name = field.attname
                number = (
                    model._base_manager.filter(**{f"{name}__isnull": False})
                    .filter(~Exists(Seal.objects.filter(pk=OuterRef(name))))
                    .order_by(name)
                    .values_list(name, flat=True)
                    .first()
                )
                if number is not None:
                    missing.append((number, model._meta.db_table))
    if not missing:
        return None
    number, table = min(missing)
    return Fault(number, f"it is missing, and a row of {table} rests on it")


def first_altered_document() -> tuple[int, str | None]:
    """Read every document: how many were sound, and the first that is not what was stored."""
    count, last = 0, ""
    while digests := list(
        Document.objects.filter(digest__gt=last)
        .order_by("digest")
        .values_list("digest", flat=True)[:BATCH]
    ):
        for digest in digests:  # one at a time: a document may be large
            content = Document.objects.values_list("content", flat=True).get(digest=digest)
            if not _has_digest(content, digest):
                return count, digest
            count += 1
        last = digests[-1]
    return count, None


def _has_digest(content: Any, digest: str) -> bool:
    return not isinstance(content, str) and sha256(content).hexdigest() == digest


def _links() -> Iterator[tuple[int, Seal | None]]:
    """Every link by its number, read in batches; None for one that the database can't give.

    By number from batch to batch rather than with one cursor, which would keep SQLite's writers
    waiting and have PostgreSQL write the whole chain out once more.
    """
    last = -1
    while numbers := list(
        Seal.objects.filter(number__gt=last)
        .order_by("number")
        .values_list("number", flat=True)[:BATCH]
    ):
        try:
            links: dict[int, Seal] = Seal.objects.in_bulk(numbers)
        except (ValueError, TypeError, AttributeError, DatabaseError):
            links = {}
        for number in numbers:
            yield number, links.get(number) or _link(number)
        last = numbers[-1]


def _link(number: int) -> Seal | None:
    """One link; None where a column holds what its type can't be (SQLite keeps anything)."""
    try:
        return Seal.objects.get(number=number)
    except (ValueError, TypeError, AttributeError, DatabaseError):
        return None


def _misfit(number: int, link: Seal | None, expected: int, previous: str) -> str:
    """Why a link does not fit behind the one before; "" when it does."""
    if number > expected:
        if number == expected + 1:
            return f"record {expected} is missing"
        return f"records {expected} to {number - 1} are missing"
    if number < expected:
        return "the chain begins with record 1"
    if link is None or not isinstance(link.canonical_text, str):
        return "it can't be read"
    if digest_of(link.canonical_text) != link.digest:
        return "its text does not have the digest that was sealed"
    if link.previous_digest != previous:
        return "it does not follow the record before it"
    return _contradiction(link)


def _contradiction(link: Seal) -> str:
    """Where a link's text is not one that `seal` writes, or a column says otherwise than it."""
    try:
        told = json.loads(link.canonical_text)
        is_canonical = canonical_text(told) == link.canonical_text
    except (ValueError, RecursionError):
        is_canonical = False
    if not is_canonical:
        return "its text is not canonical JSON"
    columns = {
        "number": link.number,
        "kind": link.kind,
        "schema": link.schema_version,
        "legal_date": link.legal_date,
        "sealed_at": link.sealed_at,
        "by": {"id": link.actor, "name": link.actor_name},
        "demonstration": link.is_demonstration,
        "previous": link.previous_digest,
    }
    if not isinstance(told, dict) or told.keys() != {*columns, "content"}:
        return "its text is not that of a record"
    repeated = json.loads(canonical_text(columns))
    for key, value in repeated.items():
        if type(told[key]) is not type(value) or told[key] != value:
            return f"its column for {key} differs from its sealed text"
    return ""
