"""What a run found, made ready to be drawn on its page: nothing here is computed that decides."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ltip.program import pictures
from ltip.program.goal_words import amount_text
from ltip.program.listings import RunShown
from ltip.program.run_events import compared_events
from ltip.records.templatetags import figures
from ltip.rules.calendars import day_text


def goals_shown(shown: RunShown) -> list[dict[str, Any]]:
    """Each goal's part of the page; the lines of the companies stand with the first that ranks."""
    chart = _safe(pictures.returns(shown.result, shown.inputs["events"]))
    goals = []
    for found, terms in zip(shown.result["goals"], shown.inputs["goals"], strict=True):
        if found["kind"] == "financial":
            goals.append(_financial_shown(found, terms))
            continue
        compared = compared_events(
            found=found, terms=terms, inputs=shown.inputs, recorded=shown.recorded
        )
        goals.append(_relative_shown(found, terms) | {"chart": chart, "compared": compared})
        chart = SafeString("")
    return goals


def payout_fact(found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "label": _("Payout, of target"),
        "figure": figures.percent(found["payout"]),
        "steps": found["payout_steps"],
    }


def measure_fact(found: Mapping[str, Any]) -> dict[str, Any]:
    """What a financial measure came to, with the way from GAAP to it."""
    return {
        "label": found["measure"].capitalize(),
        "figure": amount_text(found["value"], found["unit"]),
        "steps": found["steps"],
    }


def place_facts(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rank and percentile, of a whole period or of a segment."""
    return [
        {
            "label": _("Rank"),
            "figure": _("%(rank)s of %(ranked)s")
            % {"rank": found["rank"], "ranked": found["ranked"]},
            "steps": found["rank_steps"],
        },
        {
            "label": _("Percentile"),
            "figure": figures.percent(found["percentile"]),
            "steps": found["percentile_steps"],
        },
    ]


def _financial_shown(found: dict[str, Any], terms: dict[str, Any]) -> dict[str, Any]:
    return {
        "found": found,
        "name": found["measure"].capitalize(),
        "facts": [payout_fact(found), measure_fact(found)],
        "schedule": _safe(pictures.schedule(found, terms)),
        "schedule_title": _("Payout by %(measure)s") % {"measure": found["measure"]},
    }


def _relative_shown(found: dict[str, Any], terms: dict[str, Any]) -> dict[str, Any]:
    shown = {"name": _("Total stockholder return"), "averaging_days": terms["averaging_days"]}
    if "segments" not in found:
        return shown | _ranking_shown(found, terms)
    segments = [
        _ranking_shown(segment, terms)
        | {
            "start": date.fromisoformat(segment["start"]),
            "end": date.fromisoformat(segment["end"]),
            "weight": segment["weight"],
        }
        for segment in found["segments"]
    ]
    return shown | {
        "found": found,
        "facts": [payout_fact(found)],
        "segments": segments,
        "whole": _ranking_shown(found, terms),
    }


def _ranking_shown(found: dict[str, Any], terms: dict[str, Any]) -> dict[str, Any]:
    """The figures, the table and the schedule of a whole period or of a segment."""
    returns = [Decimal(row["return"]) for row in found["table"]]
    own_return = {
        "label": _("Our return"),
        "figure": figures.return_percent(found["own_return"]),
        "steps": next(row["steps"] for row in found["table"] if row["own"]),
    }
    is_information = found.get("information", False)
    return {
        "found": found,
        "facts": [
            *([] if is_information else [payout_fact(found)]),
            *place_facts(found),
            own_return,
        ],
        "schedule": _safe("" if is_information else pictures.schedule(found, terms)),
        "schedule_title": _("Payout by percentile"),
        "rows": [
            row | {"bar": _safe(pictures.bar(row["return"], returns))} for row in found["table"]
        ],
        "stand_ins": [
            (
                row["ticker"],
                ", ".join(day_text(date.fromisoformat(day)) for day in row["stand_ins"]),
            )
            for row in found["table"]
            if row["stand_ins"]
        ],
        "peer_events": found["peer_steps"][:-1],
    }


def _safe(drawn: str) -> SafeString:
    return mark_safe(drawn)  # noqa: S308 - our own SVG
