"""Writes a long chain of seals and some documents, and prints how many characters it seals.

In bulk, with the functions that `seal` makes a record's text and digest with: sealed one by one
it would take five minutes. That the records are what `seal` writes is what verifying them shows.
"""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from ltip import clock  # noqa: E402
from ltip.accounts.services import SYSTEM  # noqa: E402
from ltip.records.models import Seal  # noqa: E402
from ltip.records.services import FIRST_PREVIOUS_DIGEST, store_document  # noqa: E402
from ltip.rules.canonical import canonical_text, digest_of  # noqa: E402

AT_ONCE, DOCUMENTS, DOCUMENT_BYTES = 1_000, 200, 100_000
# Most records say little; one in a thousand is a large act, with a line for each of many awards.
LINES, LINES_OF_A_LARGE_ACT = 8, 2_000

at = clock.now()
day = clock.legal_date(at)


def link(number: int, previous: str) -> Seal:
    """One record behind another, not yet stored."""
    lines = LINES_OF_A_LARGE_ACT if number % 1_000 == 0 else LINES
    content = {
        "subject": "2013–2014",
        "lines": [
            {"award": f"{number:08}-{line:04}", "shares": number + line, "fact": "98.7654321"}
            for line in range(lines)
        ],
    }
    text = canonical_text(
        {
            "number": number,
            "kind": "measured.thing.done",
            "schema": 1,
            "legal_date": day,
            "sealed_at": at,
            "by": {"id": SYSTEM.public_id, "name": SYSTEM.name},
            "demonstration": False,
            "content": content,
            "previous": previous,
        }
    )
    return Seal(
        number=number,
        kind="measured.thing.done",
        schema_version=1,
        legal_date=day,
        sealed_at=at,
        actor=SYSTEM.public_id,
        actor_name=SYSTEM.name,
        is_demonstration=False,
        canonical_text=text,
        digest=digest_of(text),
        previous_digest=previous,
    )


previous, characters = FIRST_PREVIOUS_DIGEST, 0
for first in range(1, int(sys.argv[1]) + 1, AT_ONCE):
    links = []
    for number in range(first, first + AT_ONCE):
        links.append(link(number, previous))
        previous = links[-1].digest
        characters += len(links[-1].canonical_text)
    with transaction.atomic():
        Seal.objects.bulk_create(links, batch_size=50)
for number in range(DOCUMENTS):
    content = number.to_bytes(4, "big") * (DOCUMENT_BYTES // 4)
    store_document(content=content, name="measured", media_type="text/plain", at=at)
print(characters)
