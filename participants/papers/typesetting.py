"""The notice of grant as a PDF, set from its data by typst."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ltip.records.typesetting import compiled, is_barred, unsettable
from ltip.rules.outcome import Refused
from participants.papers.wording import key_facts, notice_sections, one_line, wording_label

TITLE = "Notice of Grant of Performance Shares"
DEMONSTRATION_MARK = "Demonstration"
DEMONSTRATION_WORDS = "Demonstration: the company, the holder and the grant are invented."

_TEMPLATE = Path(__file__).with_name("wording") / "notice.typ"


def render_notice(data: Mapping[str, Any], texts: Mapping[str, str] | None = None) -> bytes:
    """Set a notice of grant as PDF/A-2b and PDF/UA-1; the same data give the same bytes.

    The document is dated by the grant, uses only the fonts that come with typst and those of the
    operator's folder, and loads nothing. Refuses what `notice_sections` refuses, data that does
    not say whether it is a demonstration, and a text with characters that the fonts lack, by name.
    Place: GN.
    """
    sections = notice_sections(data, texts)
    demonstration = data.get("demonstration")
    if not isinstance(demonstration, bool):
        raise Refused("the notice's data does not say whether it is a demonstration.", place="GN")
    _refuse_unsettable(data)
    company, act = data["company"]["name"], data["act"]
    granted = date.fromisoformat(data["grant_date"])
    paper = {
        "title": TITLE,
        "subtitle": "with the grant agreement that belongs to it",
        "holder": data["holder"],
        "company": company,
        "date": {"year": granted.year, "month": granted.month, "day": granted.day},
        "demonstration": demonstration,
        "demonstration_mark": DEMONSTRATION_MARK,
        "demonstration_words": DEMONSTRATION_WORDS,
        "footer": f"{company} · act {act} · wording {wording_label(data)}",
        "facts": key_facts(data),
        "sections": [
            {"heading": section.heading, "paragraphs": section.paragraphs} for section in sections
        ],
        "signatures": {
            "heading": "Signatures",
            "parties": [
                {
                    "name": data["holder"],
                    "words": [
                        "Holder",
                        "Signed electronically, not on this page: the receipt kept with this "
                        "notice says when, how, and what was agreed to.",
                    ],
                },
                {
                    "name": company,
                    "words": [
                        "Company",
                        f"By act {act} of the Compensation Committee, signed and sealed in the "
                        "Company's records.",
                    ],
                },
            ],
        },
    }
    return compiled(_TEMPLATE.read_bytes(), {"notice": json.dumps(paper)})


def _refuse_unsettable(data: Mapping[str, Any]) -> None:
    texts = [
        ("the holder's name", data["holder"]),
        ("the company's name", data["company"]["name"]),
        ("the company's state of incorporation", data["company"]["state_of_incorporation"]),
        ("the company's principal office", one_line(data["company"]["principal_office"])),
        ("the period's label", data["period"]["label"]),
        ("the act's number", data["act"]),
        *((f"the value of {{{name}}}", value) for name, value in data.get("more", {}).items()),
        *(("the goal's sentence", sentence) for sentence in data["goal"]),
    ]
    for what, text in texts:
        if bad := unsettable(text):
            named = ", ".join(
                f"{character!a}" if is_barred(character) else character for character in bad
            )
            raise Refused(
                f"{what}, {text!r}, has characters that cannot be printed: {named}.",
                place="GN",
                remedy="Write it in letters that the papers' fonts have.",
            )
