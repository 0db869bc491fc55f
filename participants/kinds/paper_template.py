"""The act by which the Committee approves the text of a paper (P Administration)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from committee.protocol import Adopted, Check, Exhibit, Request
from committee.resolutions import drafted, paragraph_pairs
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.kinds.awards_named import columns, step
from participants.papers.drafting import approve_template, lock_of
from participants.papers.models import TemplateDraft
from participants.papers.placeholders import PLACEHOLDERS, TITLES, faults_of, used_in
from participants.papers.versions import Version, template_draft, versions
from participants.papers.wording import paragraphs_of_text, sections_of_text

PLACE = "P Administration"


class PaperTemplateKind:
    key = "paper_template"
    schema_version = 1

    def subject(self, request: Request) -> str:
        return TITLES[_draft(request).kind]

    def lock(self, request: Request) -> None:
        lock(lock_of(_draft(request).kind))

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        draft = _draft(request)
        known = versions()
        before, number = known.on(draft.kind, draft.effective_on), known.next_number(draft.kind)
        title, begins = TITLES[draft.kind], day_text(draft.effective_on)
        pairs = paragraph_pairs(paragraphs_of_text(before.text), paragraphs_of_text(draft.text))
        dropped = [name for name in used_in(before.text) if name not in used_in(draft.text)]
        return {
            "title": f"Approve version {number} of the text “{title}”",
            "ask": (
                f"You are asked to approve version {number} of the text “{title}” for grants made "
                f"from {begins} on. {_count(len(pairs), 'paragraph')} of it "
                f"{'differs' if len(pairs) == 1 else 'differ'} from version {before.number}."
            ),
            "facts": [
                {
                    "label": "Version",
                    "value": str(number),
                    "steps": [step(_whose(before), str(before.number), PLACE)],
                },
                {
                    "label": "In force from",
                    "value": begins,
                    "steps": [step("Or from the adoption, if that is later", begins, PLACE)],
                },
                {
                    "label": "Paragraphs that differ",
                    "value": str(len(pairs)),
                    "steps": [step("They stand in the first table below", "", PLACE)],
                },
                {
                    "label": "Filled in for each holder",
                    "value": str(len(used_in(draft.text))),
                    "steps": [
                        step(f"{{{name}}}: {PLACEHOLDERS[name]}", "", "GN")
                        for name in used_in(draft.text)
                    ],
                },
            ],
            "tables": [
                _table(
                    f"What differs from version {before.number}",
                    (f"Version {before.number}", f"Version {number}"),
                    pairs,
                ),
                _table(
                    "The whole text",
                    ("Heading", "Text"),
                    [
                        (section.heading if place == 0 else "", paragraph)
                        for section in sections_of_text(draft.text)
                        for place, paragraph in enumerate(section.paragraphs or ("",))
                    ],
                ),
            ],
            "charts": [],
            "consequences": [
                "Notices of grants made from its first day on are written in this text.",
                "Notices that are made already keep the text they were made with.",
                *(
                    f"The new text no longer says {{{name}}}: {PLACEHOLDERS[name]}."
                    for name in dropped
                ),
            ],
            **drafted(
                [
                    "RESOLVED, that version {version} of the text “{title}”, set out in full in "
                    "the exhibit, digest {digest}, is approved and takes the place of version "
                    "{before} for grants made on or after {effective_on}."
                ],
                {
                    "version": str(number),
                    "title": title,
                    "digest": draft.digest,
                    "before": str(before.number),
                    "effective_on": begins,
                },
            ),
            "data": {
                "draft": str(draft.public_id),
                "kind": draft.kind,
                "version": number,
                "digest": draft.digest,
                "effective_on": draft.effective_on,
                "text": draft.text,
            },
        }

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        data = exhibit["data"]
        draft = _draft(data)
        if hasattr(draft, "approved"):
            return [Check(passed=False, sentence="This draft was approved already.", place=PLACE)]
        faults = faults_of(data["kind"], data["text"])
        checks = [Check(passed=False, sentence=fault, place="GN") for fault in faults]
        return checks or [
            Check(
                passed=True,
                sentence="Every placeholder in the text is one that the papers know.",
                place="GN",
            )
        ]

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        return [frozenset() for _ in exhibits]

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        data = exhibit["data"]
        approve_template(
            draft=_draft(data),
            version=data["version"],
            approved_on=adopted.act_date,
            seal=adopted.seal,
        )


KIND = PaperTemplateKind()


def _draft(request: Request) -> TemplateDraft:
    draft = template_draft(str(request["draft"]))
    if draft is None:
        raise Refused("The draft named is not on record.", place=PLACE)
    return draft


def _table(
    caption: str, labels: tuple[str, str], rows: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    return {
        "caption": caption,
        "columns": columns(*labels),
        "rows": [{"cells": list(cells), "own": False, "note": "", "steps": []} for cells in rows],
    }


def _whose(before: Version) -> str:
    if before.row is None:
        return "It takes the place of our own words, which came with the software, version"
    return f"It takes the place of the text approved on {day_text(before.row.approved_on)}, version"


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number or 'No'} {noun}s"
