"""Reading the chain."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ltip.records.models import Company, Seal
from ltip.records.services import FIRST_PREVIOUS_DIGEST
from ltip.rules.canonical import digest_of


@dataclass(frozen=True, slots=True)
class Fault:
    """The first link of the chain that does not fit, and why."""

    number: int
    reason: str


def company() -> Company | None:
    """The company, once it is set up."""
    return Company.objects.first()


def content_of(seal: Seal) -> dict[str, Any]:
    """What the seal says, read from its canonical text."""
    content: dict[str, Any] = json.loads(seal.canonical_text)["content"]
    return content


def first_fault() -> tuple[int, Fault | None]:
    """Walk the whole chain: how many links were read, and the first that does not fit."""
    previous, expected, count = FIRST_PREVIOUS_DIGEST, 1, 0
    for link in _links():
        reason = _misfit(link, expected, previous)
        if reason:
            return count, Fault(link.number, reason)
        previous, expected, count = link.digest, expected + 1, count + 1
    return count, None


def _links() -> Iterator[Seal]:
    return Seal.objects.order_by("number").iterator(chunk_size=500)


def _misfit(link: Seal, expected: int, previous: str) -> str:
    if link.number != expected:
        return f"record {expected} is missing"
    if digest_of(link.canonical_text) != link.digest:
        return "its text does not have the digest that was sealed"
    if link.previous_digest != previous:
        return "it does not follow the record before it"
    told = json.loads(link.canonical_text)
    columns = {
        "number": link.number,
        "kind": link.kind,
        "schema": link.schema_version,
        "legal_date": link.legal_date.isoformat(),
        "by": {"id": link.actor, "name": link.actor_name},
        "demonstration": link.is_demonstration,
        "previous": link.previous_digest,
    }
    for key, value in columns.items():
        if told[key] != value:
            return f"its column for {key} differs from its sealed text"
    return ""
