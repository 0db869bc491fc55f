"""The minute book as a folder: an index of the acts, and their papers as they are kept.

Nothing is drawn for it. An act whose paper is not made yet stands in the index and is named there.
"""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any
from zipfile import ZipFile

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string

from committee import minute_book
from committee.minute_book import Succession
from committee.minutes_taken import meetings_taken, minutes_file
from committee.models import Act, Adoption, Ending, ExportLine, MinuteBookExport
from committee.package import entry_of_zip
from committee.selectors import signatures_of
from committee.words import KIND_WORDS
from ltip.records.models import Document
from ltip.records.selectors import company
from ltip.records.spreadsheets import csv_text
from ltip.rules.outcome import Refused

NAMED = 100  # people of one act in the index; the rest is counted
HOLDERS = ("Holder", "Participant", "Employee")  # what exhibits call the people they are about
COLUMNS = {
    "act": "Act",
    "title": "Title",
    "kind": "Kind",
    "about": "About",
    "date": "Date",
    "outcome": "Outcome",
    "recorded": "Recorded on",
    "decided_by": "Decided by",
    "people": "People it is about",
    "supersedes": "Takes the place of",
    "superseded_by": "Place taken by",
    "record": "Record",
    "seal": "Digest of the record (SHA-256)",
    "paper": "Paper",
    "paper_digest": "Digest of the paper (SHA-256)",
    "minutes": "Minutes or signed consent",
    "minutes_digest": "Digest of these (SHA-256)",
    "missing": "Missing",
}
NOT_MADE = "The paper of this act is not made yet."


def acts_of(export: MinuteBookExport) -> Iterator[Act]:
    """The acts that were chosen, as they stood at the record of the export, in a fixed order."""
    upto = Q(adoption__seal__lte=export.record) | Q(ending__seal__lte=export.record)
    for entries in entries_of(chosen_of(export)):
        yield from (
            entries.filter(upto)
            .select_related("adoption__seal", "adoption__paper", "ending__seal")
            .defer("outline", "adoption__seal__canonical_text", "ending__seal__canonical_text")
        )


def entries_of(chosen: Mapping[str, Any]) -> list[QuerySet[Act]]:
    """The acts of the minute book of which this holds; of all of it the defeated ones too."""
    if chosen:
        return [minute_book.entries(**chosen)]
    return [minute_book.entries(), minute_book.entries(result=minute_book.DEFEATED)]


def chosen_of(export: MinuteBookExport) -> dict[str, Any]:
    """What the minute book was filtered by."""
    chosen: dict[str, Any] = json.loads(export.chosen)
    return {
        key: date.fromisoformat(value) if key in ("since", "until", "as_of") else value
        for key, value in chosen.items()
    }


def line_of(act: Act, succession: Succession, *, upto: int) -> dict[str, str]:
    """What the index says of an act, by the names of its columns.

    Refuses a paper whose bytes are not those that were stored.
    """
    line = dict.fromkeys(COLUMNS, "") | {
        "act": act.number,
        "title": act.title,
        "kind": str(KIND_WORDS.get(act.kind, act.kind)),
        "about": act.subject,
        "decided_by": "; ".join(_deciders(act)),
        "people": "; ".join(_people(act)),
        "supersedes": _numbers(succession.of, upto),
        "superseded_by": _numbers(succession.by, upto),
    }
    line |= _adopted(act.adoption) if hasattr(act, "adoption") else _ended(act.ending)
    for digest in filter(None, (line["paper_digest"], line["minutes_digest"])):
        _require_as_stored(act, digest)
    return line


def _adopted(adoption: Adoption) -> dict[str, str]:
    """How and when, in which record, and with which files."""
    told = {
        "date": str(adoption.act_date),
        "outcome": adoption.get_procedure_display(),
        "recorded": str(adoption.recorded_on) if adoption.recorded_days_later else "",
        "record": str(adoption.seal_id),
        "seal": adoption.seal.digest,
    }
    if hasattr(adoption, "paper"):
        told["paper"] = f"acts/act-{adoption.act.number}.pdf"
        told["paper_digest"] = adoption.paper.document_id
    else:
        told["missing"] = NOT_MADE
    if adoption.document_id:
        told["minutes"] = minutes_file(adoption.act_date, adoption.document_id)
        told["minutes_digest"] = adoption.document_id
    return told


def _ended(ending: Ending) -> dict[str, str]:
    """How and when an act ended that was not adopted."""
    return {
        "date": str(ending.seal.legal_date),
        "outcome": ending.get_reason_display(),
        "record": str(ending.seal_id),
        "seal": ending.seal.digest,
    }


def folder_of(export: MinuteBookExport) -> Iterator[bytes]:
    """The folder as one zip, piece by piece: never more than one paper in memory."""
    at = datetime.combine(export.drawn_on, time(12))
    folder = f"minute-book-{export.drawn_on}-record-{export.record}"
    lines = [json.loads(told) for told in export.lines.values_list("told", flat=True)]
    outlet = _Outlet()
    with ZipFile(outlet, "w") as archive:
        for name, content in _files(export, lines):
            archive.writestr(entry_of_zip(f"{folder}/{name}", at=at), content)
            yield outlet.taken()
    yield outlet.taken()


def index_csv(lines: Sequence[Mapping[str, str]]) -> str:
    """The index for a spreadsheet; no cell of it is taken for a formula."""
    return csv_text([[*COLUMNS.values()], *([line[key] for key in COLUMNS] for line in lines)])


class _Outlet(io.RawIOBase):
    """What a zip is written to, and taken from before it grows."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def _files(
    export: MinuteBookExport, lines: Sequence[Mapping[str, str]]
) -> Iterator[tuple[str, bytes]]:
    issuer, is_whole = company(), not chosen_of(export)
    meetings = meetings_taken(
        upto=export.record, acts=None if is_whole else [line["act"] for line in lines]
    )
    page = render_to_string(
        "committee/minute_book_index.html",
        {
            "export": export,
            "company": issuer,
            "lines": lines,
            "missing": [line for line in lines if line["missing"]],
            "meetings": meetings,
            "is_filtered": not is_whole,
        },
    )
    files = {
        line[name]: line[f"{name}_digest"]
        for line in lines
        for name in ("paper", "minutes")
        if line[name]
    }
    files |= {one.file: one.digest for meeting in meetings for one in meeting.minutes}
    yield "index.html", page.encode()
    # The mark tells a spreadsheet that the names are UTF-8.
    yield "index.csv", index_csv(lines).encode("utf-8-sig")
    yield "SHA256SUMS", "".join(f"{files[name]}  {name}\n" for name in files).encode()
    for name, digest in files.items():
        yield name, bytes(Document.objects.values_list("content", flat=True).get(digest=digest))


def _deciders(act: Act) -> Iterator[str]:
    """Who signed, in order, or how each voted."""
    for signer in signatures_of(act):
        yield signer.membership.user.name
    for vote in act.votes.select_related("membership__user").order_by("pk"):
        yield f"{vote.membership.user.name} ({vote.get_choice_display().lower()})"


def _people(act: Act) -> list[str]:
    """The holders, participants or employees whom the exhibit names."""
    names: dict[str, None] = {}
    exhibit = Act.objects.values_list("exhibit", flat=True).get(pk=act.pk)  # not kept in memory
    for table in json.loads(exhibit)["tables"]:
        labels = [column["label"] for column in table["columns"]]
        for at in (labels.index(label) for label in HOLDERS if label in labels):
            names |= dict.fromkeys(row["cells"][at] for row in table["rows"])
    more = len(names) - NAMED
    return [*list(names)[:NAMED], *([f"and {more:,} more"] if more > 0 else [])]


def _numbers(acts: Sequence[Act], upto: int) -> str:
    return "; ".join(act.number for act in acts if act.adoption.seal_id <= upto)


def _require_as_stored(act: Act, digest: str) -> None:
    content = Document.objects.values_list("content", flat=True).get(digest=digest)
    if sha256(content).hexdigest() != digest:
        raise Refused(
            f"A paper of act {act.number} is not what was stored under {digest}.",
            place="P Administration",
            remedy="Tell the operator to run verify_records; nothing is exported until it fits.",
        )


def lines_written(export: MinuteBookExport) -> set[int]:
    """The keys of the acts that stand in the export already."""
    return set(ExportLine.objects.filter(export=export).values_list("act", flat=True))
