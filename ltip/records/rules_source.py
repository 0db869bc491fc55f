"""The source of the rules, kept by its digest: what was computed can be computed again with it.

The digest of the rules is the SHA-256 of a listing, as `sha256sum` writes it: a line for each
file of `ltip/rules` (and the empty `ltip/__init__.py`), sorted by path. The listing and each
file are documents; a file that did not change from one release to the next is stored once.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from ltip.records.models import Document
from ltip.records.services import store_document, store_documents

PROJECT = Path(__file__).resolve().parent.parent.parent
LISTING_NAME = "rules.sha256"


@cache
def rules_files() -> Mapping[str, bytes]:
    """The source of every rule by its path, as it was when this process first asked."""
    paths = [PROJECT / "ltip" / "__init__.py", *(PROJECT / "ltip" / "rules").rglob("*.py")]
    return {
        path.relative_to(PROJECT).as_posix(): path.read_bytes()
        for path in sorted(paths, key=lambda path: path.relative_to(PROJECT).as_posix())
    }


def listing_of(files: Mapping[str, bytes]) -> bytes:
    """The digests of files, a line for each, by path."""
    return "".join(
        f"{sha256(content).hexdigest()}  {path}\n" for path, content in sorted(files.items())
    ).encode()


@cache
def rules_digest() -> str:
    """The digest of the rules that this process computes with."""
    return sha256(listing_of(rules_files())).hexdigest()


def keep_rules(*, at: datetime) -> str:
    """Store the rules that this process computes with, unless they are, and give their digest."""
    if not Document.objects.filter(digest=rules_digest()).exists():
        store_documents(files=rules_files(), media_type="text/x-python", at=at)
        store_document(
            content=listing_of(rules_files()), name=LISTING_NAME, media_type="text/plain", at=at
        )
    return rules_digest()


def kept_rules(digest: str) -> dict[str, bytes]:
    """The rules that a seal names, by path, with their listing under its own name."""
    listing = bytes(Document.objects.get(digest=digest).content)
    paths = dict(line.split("  ", 1)[::-1] for line in listing.decode().splitlines())
    kept = Document.objects.in_bulk(paths.values())
    files = {path: bytes(kept[digest].content) for path, digest in paths.items()}
    return files | {LISTING_NAME: listing}
