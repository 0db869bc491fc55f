"""The act that adjusts the outstanding Performance Shares for a transaction (GA §11)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from committee.protocol import Adopted, Check, Exhibit, Request
from committee.resolutions import drafted
from ltip.rules.adjusting import adjusted_shares
from ltip.rules.calendars import day_text
from ltip.rules.canonical import decimal_text
from ltip.rules.outcome import Refused
from ltip.rules.quantities import shares_text
from participants.awards import changing
from participants.awards.amendments import outstanding
from participants.awards.models import Adjustment, Award
from participants.awards.selectors import Standing
from participants.kinds.awards_named import (
    columns,
    holders_of,
    lock_awards,
    said,
    step,
)

PLACE = "GA §11"


class AdjustmentKind:
    key = "adjustment"
    schema_version = 1

    def subject(self, request: Request) -> str:
        return "Outstanding Performance Shares"

    def lock(self, request: Request) -> None:
        lock_awards(
            [str(public_id) for public_id in Award.objects.values_list("public_id", flat=True)]
        )

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        ratio = ratio_of(request["ratio"])
        transaction = said(request["transaction"], what="The transaction", place=PLACE)
        lines = [adjusted_line(standing, ratio) for standing in outstanding(on=on)]
        if not lines:
            raise Refused("No award is outstanding.", place=PLACE)
        before = sum(line["target_before"] for line in lines)
        after = sum(line["target_after"] for line in lines)
        awards = "1 award" if len(lines) == 1 else f"{len(lines)} awards"
        return {
            "title": f"Adjust the outstanding Performance Shares, {ratio} for one",
            "ask": (
                f"You are asked to adjust {awards}, all that are outstanding, by {ratio} new "
                f"Performance Shares for one old: {shares_text(before)} at target become "
                f"{shares_text(after)}."
            ),
            "facts": [
                {"label": "New for one old", "value": ratio, "steps": []},
                {
                    "label": "At target before",
                    "value": shares_text(before),
                    "steps": _each(lines, "target_before"),
                },
                {
                    "label": "At target after",
                    "value": shares_text(after),
                    "steps": _each(lines, "target_after"),
                },
            ],
            "tables": [_table(lines)],
            "charts": [],
            "consequences": [
                "Targets change, and the shares already earned where they are not settled; each "
                "award is rounded down by itself.",
                "What a reduction capped before is adjusted with its award.",
                "The measurement of the total stockholder return takes splits and dividends into "
                "account by itself: nothing of it changes.",
            ],
            **drafted(
                [
                    "RESOLVED, that on account of the following transaction the outstanding "
                    "Performance Shares are adjusted by {ratio} new for one old, rounded down to "
                    "whole shares for each award, as the exhibit shows: {transaction}"
                ],
                {"ratio": str(ratio), "transaction": transaction},
            ),
            "data": {"ratio": ratio, "transaction": transaction, "lines": lines},
        }

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        data = exhibit["data"]
        twin = Adjustment.objects.filter(
            ratio=data["ratio"], transaction=data["transaction"]
        ).first()
        if twin:
            return [
                Check(
                    passed=False,
                    sentence=f"This transaction was adjusted for on {day_text(twin.adjusted_on)}.",
                    place=PLACE,
                )
            ]
        return [
            Check(
                passed=True,
                sentence="All awards outstanding today are in the table, those settled, forfeited "
                "or void are not.",
                place=PLACE,
            )
        ]

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        return holders_of(
            [[line["award"] for line in exhibit["data"]["lines"]] for exhibit in exhibits]
        )

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        data = exhibit["data"]
        changing.adjust(
            ratio=data["ratio"],
            transaction=data["transaction"],
            lines=data["lines"],
            adjusted_on=adopted.act_date,
            seal=adopted.seal,
        )


KIND = AdjustmentKind()


def ratio_of(text: Any) -> str:
    """The canonical text of a ratio; refused when it is no number above 0, or changes nothing."""
    try:
        ratio = Decimal(str(text))
    except InvalidOperation:
        ratio = Decimal(0)
    if not ratio.is_finite() or ratio <= 0:
        raise Refused(
            f"“{text}” is no ratio: it says in a number above 0 how many new shares stand for one "
            "old.",
            place=PLACE,
        )
    if ratio == 1:
        raise Refused("One new for one old adjusts nothing.", place=PLACE)
    return decimal_text(ratio)


def adjusted_line(standing: Standing, ratio: str) -> dict[str, Any]:
    """One award before and after: its target, and what it is due once that is determined."""
    target = adjusted_shares(shares=standing.target, ratio=Decimal(ratio))
    earned_before = earned_after = None
    steps = [step(s.sentence, s.figure, s.place) for s in target.steps]
    if standing.earned is not None:
        earned_before = standing.entitlement().value.shares
        earned = adjusted_shares(shares=earned_before, ratio=Decimal(ratio))
        earned_after = earned.value
        steps += [step(f"Earned: {s.sentence}", s.figure, s.place) for s in earned.steps]
    return {
        "award": str(standing.award.public_id),
        "holder": standing.person.employee.name,
        "period": standing.award.period.label,
        "target_before": standing.target,
        "target_after": target.value,
        "earned_before": earned_before,
        "earned_after": earned_after,
        "steps": steps,
    }


def _table(lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "caption": "Each award before and after",
        "columns": columns("Holder", "Target", "Earned", numeric=("Target", "Earned")),
        "rows": [
            {
                "cells": [
                    line["holder"],
                    _change(line["target_before"], line["target_after"]),
                    _change(line["earned_before"], line["earned_after"]),
                ],
                "own": False,
                "note": line["period"],
                "steps": line["steps"],
            }
            for line in lines
        ],
    }


def _change(before: int | None, after: int | None) -> str:
    if before is None or after is None:
        return "not certified"
    return f"{shares_text(before)} → {shares_text(after)}"


def _each(lines: list[dict[str, Any]], key: str) -> list[dict[str, str]]:
    return [
        step(f"{line['holder']}, {line['period']}", shares_text(line[key]), PLACE) for line in lines
    ]
