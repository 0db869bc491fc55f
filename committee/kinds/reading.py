"""The act by which the Committee construes the Program (P Administration)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from committee.protocol import Adopted, Check, Exhibit, Request
from committee.resolutions import drafted
from ltip.program import selectors
from ltip.program.models import ReadingDecision
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from ltip.rules.readings import reading_of, require_reading

PLACE = "P Administration"
SUBJECT = "readings"


class ReadingKind:
    key = "reading"
    schema_version = 1

    def subject(self, request: Request) -> str:
        return SUBJECT

    def lock(self, request: Request) -> None:
        lock(SUBJECT)

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        decided = _decided(request["readings"])
        effective_on = _day(request["effective_on"])
        reason = str(request["reason"]).strip()
        if not reason:
            raise Refused("A reading is decided with its reason.", place=PLACE)
        before = selectors.readings_on(effective_on)
        count = len(decided)
        from_when = day_text(effective_on)
        return {
            "title": _title(list(decided)),
            "ask": (
                f"You are asked to construe {count} {'place' if count == 1 else 'places'} of the "
                f"Program in writing, with effect from {from_when}."
            ),
            "facts": [
                {"label": "Takes effect", "value": from_when, "steps": _effect_steps(effective_on)},
                {"label": "Questions answered", "value": str(count), "steps": []},
            ],
            "tables": [
                _table(key, before[key], value, from_when) for key, value in decided.items()
            ],
            "charts": [],
            "consequences": [
                f"What is decided or falls due from {from_when} on follows the new reading.",
                "Nothing that is sealed changes: not a certificate, a settlement or any other "
                "result, and each says the reading it was made under.",
                "It holds until a later act of the Committee construes the same place otherwise.",
            ],
            **drafted(
                [
                    "RESOLVED, that under its power to construe the Program the Committee decides, "
                    "with effect from {from}:",
                    *(f"{{answer_{number}}}" for number in range(1, count + 1)),
                    "The Committee's reason: {reason}",
                ],
                {
                    "from": from_when,
                    "reason": reason,
                    **{
                        f"answer_{number}": f"{reading_of(key=key).question} "
                        f"{reading_of(key=key).meanings[value]} ({reading_of(key=key).place})"
                        for number, (key, value) in enumerate(decided.items(), start=1)
                    },
                },
            ),
            "data": {
                "readings": decided,
                "before": {key: before[key] for key in decided},
                "effective_on": effective_on,
                "reason": reason,
            },
        }

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        data = exhibit["data"]
        effective_on = date.fromisoformat(data["effective_on"])
        held = selectors.readings_on(effective_on)
        in_time = effective_on >= on
        checks = [
            Check(
                passed=in_time,
                sentence=f"It takes effect on {day_text(effective_on)}, not before the act itself."
                if in_time
                else f"It would take effect on {day_text(effective_on)}, before the act itself: a "
                "decision does not reach back.",
                place=PLACE,
            )
        ]
        for key, value in data["readings"].items():
            reading = reading_of(key=key)
            differs = held[key] != value
            checks.append(
                Check(
                    passed=differs,
                    sentence=f"{reading.question} The answer changes."
                    if differs
                    else f"{reading.question} This reading holds then already. "
                    f"{reading.otherwise}".strip(),
                    place=reading.place,
                )
            )
        return checks

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        return [frozenset() for _ in exhibits]

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        data = exhibit["data"]
        ReadingDecision.objects.bulk_create(
            ReadingDecision(
                key=key,
                value=value,
                effective_on=date.fromisoformat(data["effective_on"]),
                reason=data["reason"],
                seal=adopted.seal,
            )
            for key, value in data["readings"].items()
        )


KIND = ReadingKind()


def _decided(asked: Mapping[str, Any]) -> dict[str, str]:
    if not asked:
        raise Refused("No reading is named.", place=PLACE)
    decided = {str(key): str(value) for key, value in asked.items()}
    for key, value in decided.items():
        require_reading(key=key, value=value)
    return decided


def _day(text: Any) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise Refused(f"“{text}” is not a date.", place=PLACE) from None


def _title(keys: list[str]) -> str:
    if len(keys) == 1:
        return f"Construe the Program: {keys[0]}"
    return f"Construe the Program: {len(keys)} readings"


def _effect_steps(effective_on: date) -> list[dict[str, str]]:
    return [
        {
            "sentence": "The day from which the reading is applied, as the secretary proposed it; "
            "it is not before the day of the last signature.",
            "figure": day_text(effective_on),
            "place": PLACE,
        }
    ]


def _table(key: str, before: str, after: str, from_when: str) -> dict[str, Any]:
    reading = reading_of(key=key)
    rows = [("Until then", before, False), (f"From {from_when} on", after, True)]
    return {
        "caption": f"{reading.question} ({reading.place})",
        "columns": [
            {"label": "When", "numeric": False},
            {"label": f"How {key} is read", "numeric": False},
        ],
        "rows": [
            {"cells": [when, reading.meanings[value]], "own": own, "note": "", "steps": []}
            for when, value, own in rows
        ],
    }
