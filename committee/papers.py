"""An adopted act as a paper: PDF/A, drawn from the act's record in the chain and nothing else."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from committee.models import Attendance, Membership
from ltip.records.typesetting import compiled, unsettable
from ltip.rules.calendars import day_text

Record = Mapping[str, Any]

DEMONSTRATION_MARK = "Demonstration"
DEMONSTRATION_WORDS = (
    "Demonstration: the company, its people and this act are invented. Where this file is signed, "
    "a key that the demonstration made for itself signed it: it stands for no company."
)
ORIGINAL_WORDS = (
    "The original of this act is its record in the Company's chain of records, a text in JSON with "
    "the digest below. This paper was set from that record; should the two differ, the record "
    "counts."
)
WITHOUT_VOTE = "Present, and has no vote on this act: an interest stands in its way."
_TEMPLATE = Path(__file__).with_name("wording") / "act.typ"


@dataclass(frozen=True, slots=True)
class Sealed:
    """The record of an adoption as it was sealed, its digest, and the company's sealed name."""

    text: str
    digest: str
    company: str


def render_paper(sealed: Sealed) -> bytes:
    """Set an adopted act as PDF/A-2b and PDF/UA-1; the same record gives the same bytes.

    The document is dated by the act, uses only the fonts that come with typst and loads nothing.
    Characters that those fonts lack are written as their code points: what was decided must
    come out whatever letters it has.
    """
    record = json.loads(sealed.text)
    paper = settable({"company": sealed.company, **_paper(record, sealed.digest)})
    return compiled(_TEMPLATE.read_bytes(), {"act": json.dumps(paper)})


def _paper(record: Record, digest: str) -> dict[str, Any]:
    content = record["content"]
    exhibit, acted = content["exhibit"], date.fromisoformat(record["legal_date"])
    at_meeting = _meeting(content) is not None
    # Who signed before the act was put to a meeting has no part in how it was adopted.
    signatures = [] if at_meeting else content["signatures"]
    return {
        "title": exhibit["title"],
        "subtitle": f"Act {content['act']} of the Compensation Committee, {day_text(acted)}",
        "date": {"year": acted.year, "month": acted.month, "day": acted.day},
        "demonstration": record["demonstration"],
        "demonstration_mark": DEMONSTRATION_MARK,
        "demonstration_words": DEMONSTRATION_WORDS,
        "footer": f"Act {content['act']} · record {record['number']} · {digest[:16]}",
        "dates": _dates(content, acted, at_meeting),
        "resolution": exhibit["resolution"],
        "facts": [[fact["label"], fact["value"]] for fact in exhibit["facts"]],
        "tables": [
            {
                "caption": table["caption"],
                "columns": table["columns"],
                "rows": [
                    {"cells": row["cells"], "own": row["own"], "note": row["note"]}
                    for row in table["rows"]
                ],
            }
            for table in exhibit["tables"]
        ],
        "procedure": _procedure(content["procedure"]),
        "words": _words(signatures),
        "people": [*map(_signature, signatures), *_elsewhere(record)],
        "original": ORIGINAL_WORDS,
        "record": _record(record, digest),
    }


def _meeting(content: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The meeting called here that adopted the act, if one did."""
    procedure = content["procedure"]
    return None if isinstance(procedure, str) else procedure.get("meeting")


def _dates(content: Mapping[str, Any], acted: date, at_meeting: bool) -> str:
    days = content.get("recorded_days_later", 0)
    if at_meeting:
        certified = day_text(date.fromisoformat(content["recorded_on"]))
        return f"Adopted at the meeting of {day_text(acted)}, certified on {certified}."
    if not days:
        return f"Adopted in writing on {day_text(acted)}."
    recorded = day_text(date.fromisoformat(content["recorded_on"]))
    return (
        f"Adopted elsewhere on {day_text(acted)} and recorded here on {recorded}, "
        f"{days} {'day' if days == 1 else 'days'} later."
    )


def _procedure(procedure: str | Mapping[str, Any]) -> list[str]:
    if isinstance(procedure, str):  # records of the first schema keep the name alone
        return [_sentence(procedure)]
    steps = [f"{step['sentence']} ({step['place']})" for step in procedure["steps"]]
    return [_sentence(procedure["name"]), *steps]


def _sentence(name: str) -> str:
    return f"{name[0].upper()}{name[1:]}."


def _words(signatures: Iterable[Mapping[str, Any]]) -> list[str]:
    """The words that were agreed to, each once."""
    return list(dict.fromkeys(signature["words"] for signature in signatures))


def _signature(signature: Mapping[str, Any]) -> dict[str, Any]:
    position = Membership.Position(signature["position"])
    return {
        "name": signature["name"],
        "role": str(position.label),
        "lines": [
            f"Signed {_moment(signature['signed_at'], signature['zone'])}",
            _proof(signature),
        ],
    }


def _elsewhere(record: Record) -> list[dict[str, Any]]:
    """Who took part in what a meeting or a paper adopted, and who recorded or certified it."""
    procedure = record["content"]["procedure"]
    if isinstance(procedure, str) or "voices" not in procedure:
        return []
    voices = [
        {
            "name": voice["name"],
            "role": "",
            "lines": _lines_of(voice),
        }
        for voice in procedure["voices"]
    ]
    certified = "meeting" in procedure
    recorder = {
        "name": record["by"]["name"],
        "role": "Certified the votes" if certified else "Recorded it",
        "lines": [
            f"{'Certified' if certified else 'Recorded'} {_moment(record['sealed_at'], 'UTC')}",
            _proof(procedure),
        ],
    }
    return [*voices, recorder]


def _lines_of(voice: Mapping[str, Any]) -> list[str]:
    """A vote; of a meeting called here also the means of attendance and the words on record."""
    lines = [f"Voted: {voice['vote']}" if voice["vote"] else WITHOUT_VOTE]
    if "means" in voice:
        lines.append(f"Present: {Attendance.Means(voice['means']).label}")
        lines += [f"On record: “{voice['words']}”"] if voice["words"] else []
    return lines


def _proof(told: Mapping[str, Any]) -> str:
    return f"Identity proved by {told['method']}, from {told['address']}, with {told['device']}"


def _moment(told: str, zone: str) -> str:
    """A sealed moment in UTC, and in the zone of whoever acted."""
    at = datetime.fromisoformat(told).astimezone(UTC)
    words = f"{day_text(at)}, {at:%H:%M:%S} UTC"
    if zone == "UTC":
        return words
    local = at.astimezone(ZoneInfo(zone))
    return f"{words} ({day_text(local)}, {local:%H:%M:%S} in {zone})"


def _record(record: Record, digest: str) -> list[list[str]]:
    content = record["content"]
    return [
        ["Record", str(record["number"])],
        ["Sealed", _moment(record["sealed_at"], "UTC")],
        ["Put before the Committee by", content["put_by"]["name"]],
        ["Digest of the record (SHA-256)", digest],
        ["Digest of the record before", record["previous"]],
        ["Digest of what the members were shown", content["exhibit_digest"]],
        *([["Digest of the minutes", content["document"]]] if content.get("document") else []),
        *([["Digest of the rules", content["rules"]]] if content.get("rules") else []),
    ]


def settable(paper: Mapping[str, Any]) -> Any:
    """The paper with each character that cannot be shown written as its code point."""
    bad = unsettable("".join(dict.fromkeys("".join(_texts(paper)))))
    spelled = str.maketrans({character: f"[U+{ord(character):04X}]" for character in bad})
    return _translated(paper, spelled) if bad else paper


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _texts(part)


def _translated(value: Any, spelled: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(spelled)
    if isinstance(value, Mapping):
        return {key: _translated(part, spelled) for key, part in value.items()}
    if isinstance(value, Sequence):
        return [_translated(part, spelled) for part in value]
    return value
