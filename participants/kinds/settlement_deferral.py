"""The act that delays settlements whose deduction would be lost (P Qualified
Performance-Based Compensation)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from committee.protocol import Adopted, Check, Exhibit, Request
from committee.resolutions import drafted
from ltip.rules.calendars import day_text
from ltip.rules.deferral import deduction_deferral, require_deduction_deferral
from ltip.rules.outcome import Refused
from ltip.rules.quantities import shares_text
from participants.awards import changing
from participants.awards.models import Award
from participants.awards.selectors import Standing
from participants.kinds.awards_named import (
    columns,
    holders_of,
    lock_awards,
    said,
    standings_named,
    step,
    still_stands,
    whole,
)

PLACE = "P Qualified Performance-Based Compensation"


class SettlementDeferralKind:
    key = "settlement_deferral"
    schema_version = 1

    def subject(self, request: Request) -> str:
        return _period_label(request)

    def lock(self, request: Request) -> None:
        lock_awards(request["awards"])

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        label = _period_label(request)
        year = whole(request["first_deductible_year"], what="The year", place=PLACE)
        if not date.min.year < year <= date.max.year:
            raise Refused(f"{year} is no year.", place=PLACE)
        reason = said(request["reason"], what="The reason", place=PLACE)
        lines = [_line(s, year) for s in standings_named(request["awards"], place=PLACE)]
        awards = "the award" if len(lines) == 1 else f"{len(lines)} awards"
        names = ", ".join(line["holder"] for line in lines)
        return {
            "title": f"Delay the settlement for {label} of {names}"[:200],
            "ask": (
                f"You are asked to delay the settlement of {awards} for {label} of {names} until "
                f"{year}, the first year in which the deduction is not lost, or the end of service "
                "if that comes sooner."
            ),
            "facts": [{"label": "Until", "value": f"1 January {year}", "steps": lines[0]["steps"]}],
            "tables": [
                {
                    "caption": "Whose settlement is delayed",
                    "columns": columns("Holder", "Settles", "Then"),
                    "rows": [
                        {
                            "cells": [line["holder"], line["settles"], line["then"]],
                            "own": False,
                            "note": "not certified"
                            if line["due"] is None
                            else f"{shares_text(line['due'])} shares due",
                            "steps": line["steps"],
                        }
                        for line in lines
                    ],
                }
            ],
            "charts": [],
            "consequences": [
                "Nothing of these awards is delivered before that day; what is due stays the same.",
                "At the end of service the shares are due even if the year has not come.",
            ],
            **drafted(
                [
                    "RESOLVED, that the settlement of the awards for the performance period "
                    "{period} held by {holders} is delayed until {year}, the first year in which "
                    "their deduction is not lost, or the end of service if sooner. The reason: "
                    "{reason}"
                ],
                {"period": label, "holders": names, "year": str(year), "reason": reason},
            ),
            "data": {
                "awards": [line["award"] for line in lines],
                "first_deductible_year": year,
                "reason": reason,
                "is_nonqualified_deferred": request.get("is_nonqualified_deferred") is True,
                "deduction_lost": request.get("deduction_lost") is True,
                "would_settle_in": max(line["would_settle_in"] for line in lines),
            },
        }

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        data = exhibit["data"]
        year, settles_in = data["first_deductible_year"], data["would_settle_in"]
        checks = still_stands(standings_named(data["awards"], place=PLACE), on=on, place=PLACE)
        try:
            require_deduction_deferral(
                is_nonqualified_deferred=data["is_nonqualified_deferred"],
                deduction_lost=data["deduction_lost"],
            )
        except Refused as refusal:
            checks.append(Check(passed=False, sentence=refusal.reason, place=refusal.place))
        else:
            checks.append(
                Check(
                    passed=True,
                    sentence="As the secretary states, these awards are nonqualified deferred "
                    "compensation, and the deduction would be lost in the year of settlement.",
                    place=PLACE,
                )
            )
        checks.append(
            Check(
                passed=year > settles_in,
                sentence=f"{year} comes after {settles_in}, the year they would settle in."
                if year > settles_in
                else f"{year} delays nothing: the awards would not settle before {settles_in}.",
                place=PLACE,
            )
        )
        return checks

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        return holders_of([exhibit["data"]["awards"] for exhibit in exhibits])

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        data = exhibit["data"]
        changing.defer_settlements(
            awards=data["awards"],
            first_deductible_year=data["first_deductible_year"],
            reason=data["reason"],
            deferred_on=adopted.act_date,
            seal=adopted.seal,
        )


KIND = SettlementDeferralKind()


def _period_label(request: Request) -> str:
    labels = set(
        Award.objects.filter(public_id__in=request["awards"]).values_list(
            "period__label", flat=True
        )
    )
    if len(labels) != 1:
        raise Refused("One act delays awards of one period.", place=PLACE)
    return labels.pop()


def _line(standing: Standing, year: int) -> dict[str, Any]:
    due = settles_on = None
    if standing.earned is not None:
        # An earlier delay is not counted: the latest act for an award holds.
        entitled = replace(standing, deferral=None).entitlement().value
        due, settles_on = entitled.shares, entitled.settles_on
    left = standing.person.leaving
    delayed = deduction_deferral(
        settles_on=settles_on or standing.award.period.end_date,
        first_deductible_year=year,
        end_of_service_on=left.counts_on if left else None,
    )
    settles = day_text(settles_on) if settles_on else "30 days after the certificate"
    is_moved = delayed.value > (settles_on or standing.award.period.end_date)
    return {
        "award": str(standing.award.public_id),
        "holder": standing.person.employee.name,
        "due": due,
        "settles": settles,
        "then": day_text(delayed.value) if is_moved else settles,
        "would_settle_in": (settles_on or standing.award.period.end_date).year,
        "steps": [step(s.sentence, s.figure, s.place) for s in delayed.steps],
    }
