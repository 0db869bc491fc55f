"""A board book: acts before the Committee as one PDF, to read away from the screen.

It decides nothing and says so. What it shows is what the page of each act shows, with every row of
every table, and the digest of the exhibit that it was drawn from.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from committee import matters
from committee.comparing import Comparison, compared_with_the_last
from committee.drawing import chart_svg
from committee.exhibits import exhibit_of
from committee.matters import Matter
from committee.models import Act
from committee.outlines import STEPS
from committee.papers import DEMONSTRATION_MARK, settable
from committee.protocol import Check
from committee.selectors import Signer
from ltip.accounts.models import User
from ltip.records.models import Seal
from ltip.records.templatetags.figures import moment
from ltip.records.typesetting import compiled
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.quantities import number_text, percent_text

TITLE = "Board book of the Compensation Committee"
WORKING_WORDS = (
    "A working paper: nothing is decided by it. What the Committee decides is signed, and its "
    "sealed record is the original; should this book say otherwise, the record counts. Act by the "
    "page of the act, which shows it as it stands."
)
DEMONSTRATION_WORDS = "Demonstration: the company, its people and these acts are invented."
LINE, STEPPED = "along a straight line", "in steps"
_TEMPLATE = Path(__file__).with_name("wording") / "book.typ"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An act as a book shows it, and the digest of the exhibit that it was drawn from."""

    act: Act
    digest: str
    section: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cover:
    """What the book as a whole says: whose it is, and on which state it was drawn."""

    company: str
    is_demonstration: bool
    last: Seal
    at: datetime
    on: date


def drawn_act(act: Act, *, by: User, on: date) -> Drawn:
    """The act as it stands on a day: its exhibit, checks, signatures, and the last such act."""
    exhibit = exhibit_of(act)
    digest = digest_of(canonical_text(exhibit))
    matter = matters.matter(act, by, on=on)
    deadline = matters.deadlines_of([act]).get(act.pk)
    section = {
        "number": act.number,
        "title": exhibit["title"],
        "ask": exhibit["ask"],
        "by_when": list(_by_when(act, deadline, on)),
        "standing": list(_standing(act, matter)),
        "people": [[one.membership.user.name, _state(one)] for one in matter.signers],
        "facts": [[fact["label"], fact["value"]] for fact in exhibit["facts"]],
        "charts": [_chart(chart, exhibit["tables"]) for chart in exhibit["charts"]],
        "tables": [_table(table) for table in exhibit["tables"]],
        "checks": [_check(check) for check in matter.checks],
        "consequences": exhibit["consequences"],
        "comparison": _comparison(compared_with_the_last(act, exhibit)),
        "resolution": exhibit["resolution"],
        "text": _text_words(act),
        "reasons": _reasons(exhibit["facts"]),
        "put_by": f"Put before the Committee by {act.opened_by.name} on {moment(act.opened_at)}.",
        "digest": digest,
    }
    return Drawn(act=act, digest=digest, section=section)


def render_book(acts: Sequence[Drawn], cover: Cover) -> bytes:
    """Set a book as PDF/A-2b and PDF/UA-1; the same state gives the same bytes."""
    words = settable(
        {
            "title": TITLE,
            "company": cover.company,
            "date": {"year": cover.on.year, "month": cover.on.month, "day": cover.on.day},
            "day": day_text(cover.on),
            "demonstration": cover.is_demonstration,
            "demonstration_mark": DEMONSTRATION_MARK,
            "demonstration_words": DEMONSTRATION_WORDS,
            "working": WORKING_WORDS,
            "state": f"Drawn on {moment(cover.at)}, when record {cover.last.number} was the last "
            "of the chain. An act whose page shows another digest has changed since.",
            "chain": cover.last.digest,
            "footer": f"Board book of {day_text(cover.on)} · working paper, decides nothing",
            "acts": [drawn.section for drawn in acts],
        }
    )
    return compiled(_TEMPLATE.read_bytes(), {"book": json.dumps(words)})


def _by_when(act: Act, deadline: date | None, on: date) -> Iterator[str]:
    if act.dated_on:
        return
    if deadline:
        place = matters.PLACE_OF_WINDOW[act.kind]
        yield (
            f"The last signature can be given until {day_text(deadline)}, {_left(deadline, on)} "
            f"({place})."
        )
    if act.lapses_on:
        yield (
            f"The written consent lapses unless all have signed by {day_text(act.lapses_on)}, "
            f"{_left(act.lapses_on, on)}."
        )


def _left(day: date, on: date) -> str:
    days = (day - on).days
    if days < 0:
        return "which has passed"
    after = "day" if days == 1 else "days"
    return "the day of this book" if days == 0 else f"{days} {after} after that of this book"


def _standing(act: Act, matter: Matter) -> Iterator[str]:
    """What stands in the way of adopting it now, if anything."""
    if act.dated_on:
        yield (
            f"The Committee adopted this elsewhere on {day_text(act.dated_on)}. It waits for the "
            "secretary to record it; checks and members are those of that day."
        )
    if matter.declined:
        yield "A member declined to sign: a unanimous consent can't be reached any more."
    if matter.has_lapsed:
        yield "The written consent was not completed in time and has lapsed."
    if matter.obstacle:
        yield f"It can't be adopted as things stand. {matter.obstacle}"
    if matter.changes:
        yield "It can no longer be adopted: what it rests on has changed since it was put."
        yield from matter.changes


def _state(signer: Signer) -> str:
    """How the act stands with a member."""
    state = "has not signed"
    if signer.signed_at:
        state = f"signed {moment(signer.signed_at, signer.zone)}"
    elif signer.is_interested:
        state = "not asked: has an interest"
    elif signer.declined:
        at = moment(signer.declined.declined_at, signer.declined.zone)
        state = f"declined {at}: {' '.join(signer.declined.reason.split())}"
    elif signer.voided_by:
        state = "signed an earlier text; that signature is void"
    return f"{signer.membership.get_position_display()}, {state}"


def _chart(chart: Mapping[str, Any], tables: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    svg = chart_svg(chart, tables, skin="file")
    return {
        "title": chart["title"],
        "description": chart["description"],
        "schedule": _schedule_words(chart["data"]) if chart["kind"] == "schedule" else "",
        "is_wide": chart["kind"] == "returns",
        "svg": svg.replace("\n", " "),  # a line end is no character of a paper
    }


def _schedule_words(data: Mapping[str, Any]) -> str:
    """What the chart of a schedule shows, exactly."""
    axis, reached = data.get("amounts_of", "Percentile"), data["result"]
    points = ", ".join(_pays(at, pays) for at, pays in data["points"])
    between = LINE if data["between_points"] == "line" else STEPPED
    found = f" Reached: {_pays(*reached)}." if reached else ""
    return f"{axis}: {points} of target, {between} between these points.{found}"


def _pays(reached: str, payout: str) -> str:
    return f"{number_text(Decimal(reached), places=6)} pays {percent_text(Decimal(payout))}"


def _table(table: Mapping[str, Any]) -> dict[str, Any]:
    rows = [{"cells": r["cells"], "own": r["own"], "note": r["note"]} for r in table["rows"]]
    return {"caption": table["caption"], "columns": table["columns"], "rows": rows}


def _check(check: Check) -> list[str]:
    if check.information:
        return ["For information", check.sentence, check.place]
    if check.passed:
        return ["Passed", check.sentence, check.place]
    verdict = "Waits for another act" if check.may_yet_pass else "Stands in the way"
    return [verdict, check.sentence, check.place]


def _comparison(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    earlier = comparison.earlier
    return {
        "beside": f"Beside act {earlier.number}, adopted on "
        f"{day_text(earlier.adoption.act_date)}: {earlier.title}",
        "rows": [
            *([one.where, one.then or "–", one.now or "–"] for one in comparison.figures),
            *(["Words", one.then or "–", one.now or "–"] for one in comparison.words),
        ],
        "more": f"And {comparison.more:,} figures more." if comparison.more else "",
    }


def _text_words(act: Act) -> str:
    revision = act.last_revision
    if revision is None:
        return ""
    return f"The text as changed on {moment(revision.revised_at)}: text {revision.number + 1}."


def _reasons(facts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Why each key figure is what it is: its steps, and of many the first, the rest counted."""
    return [
        {
            "figure": f"{fact['label']}: {fact['value']}",
            "steps": [[s["sentence"], s["figure"], s["place"]] for s in fact["steps"][:STEPS]],
            "more": f"And {more:,} more, each in a line of a table above." if more > 0 else "",
        }
        for fact in facts
        if fact["steps"]
        for more in [len(fact["steps"]) - STEPS]
    ]
