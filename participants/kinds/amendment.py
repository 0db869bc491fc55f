"""The act that amends the Program (P Amendment and Termination, GA §15)."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from committee.protocol import Adopted, Check, Exhibit, Request, kind_named
from committee.resolutions import drafted
from ltip.program import selectors as program
from ltip.records.locks import lock
from ltip.rules.amendments import PLACE, Affected, require_amendment
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.awards.amendments import (
    Concerned,
    concerned_by,
    covered_with_frozen_goals,
    draft_named,
    outstanding,
)
from participants.awards.models import Amendment, AmendmentDraft
from participants.awards.selectors import certificate_of
from participants.kinds.awards_named import columns, holders_of, lock_awards, step
from participants.papers.amending import lock_of

KINDS = {
    "general": "amends the Program",
    "409A": "amends the Program so that section 409A is kept",
    "goals": "amends the goals",
}
LONGEST_SUBJECT = 64


class AmendmentKind:
    key = "amendment"
    schema_version = 1

    def subject(self, request: Request) -> str:
        draft = _draft(request)
        number = f" ({draft.digest[:8]})"
        return draft.title[: LONGEST_SUBJECT - len(number)] + number

    def lock(self, request: Request) -> None:
        draft = _draft(request)
        lock_awards([str(row.award.public_id) for row in draft.awards.select_related("award")])
        lock(lock_of(draft))

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        draft = _draft(request)
        concerned = concerned_by(draft, on=on)
        hurt = [one for one in concerned if one.row.is_adverse]
        goal = _goal_exhibit(draft, on=on)
        paragraphs = [
            *[line.strip() for line in draft.text.splitlines() if line.strip()],
            *(goal["resolution"][1:] if goal else []),
        ]
        # The text that the holders answered stands in the resolution as a whole.
        stated = {f"text_{number}": one for number, one in enumerate(paragraphs, start=1)}
        return {
            "title": f"Amend the Program: {draft.title}",
            "ask": (
                f"You are asked to adopt an amendment that {KINDS[draft.kind]}. It concerns "
                f"{_awards_text(len(concerned))} and hurts {len(hurt) or 'none'} of them."
            ),
            "facts": [
                _fact("Awards concerned", concerned),
                _fact("Hurt by it", hurt),
            ],
            "tables": [_table(concerned), *(goal["tables"] if goal else [])],
            "charts": goal["charts"] if goal else [],
            "consequences": [
                "The amendment holds from the adoption on, and each award concerned lists it.",
                "Nobody who is hurt and whose consent it needs is bound without having given it.",
                *(["The new goals take the place of those in force."] if goal else []),
            ],
            **drafted(
                [
                    "RESOLVED, that the Program is amended as follows: {title}.",
                    *(f"{{{name}}}" for name in stated),
                ],
                {"title": draft.title, **stated},
            ),
            "data": {
                "draft": str(draft.public_id),
                "digest": draft.digest,
                "kind": draft.kind,
                "awards": [str(one.standing.award.public_id) for one in concerned],
                "goal": goal["data"] if goal else None,
            },
        }

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        data = exhibit["data"]
        draft = _draft(data)
        if Amendment.objects.filter(draft=draft).exists():
            return [Check(passed=False, sentence="This draft was adopted already.", place=PLACE)]
        concerned = concerned_by(draft, on=on)
        consent = program.readings_on(on)["amendment.consent"]
        return [
            *_goal_checks(draft, data["goal"], covered_with_frozen_goals(concerned, on=on)),
            *_granted_since(draft, concerned, data["goal"], on=on),
            *_consent_checks(draft, concerned, consent),
        ]

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        return holders_of([exhibit["data"]["awards"] for exhibit in exhibits])

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        data = exhibit["data"]
        Amendment.objects.create(draft=_draft(data), amended_on=adopted.act_date, seal=adopted.seal)
        if data["goal"]:
            kind_named("goal").apply({"data": data["goal"]}, adopted)


KIND = AmendmentKind()


def _draft(request: Request) -> AmendmentDraft:
    draft = draft_named(str(request["draft"]))
    if draft is None:
        raise Refused("The draft named is not on record.", place=PLACE)
    return draft


def _goal_exhibit(draft: AmendmentDraft, *, on: date) -> Exhibit | None:
    if not draft.goals:
        return None
    return kind_named("goal").prepare(json.loads(draft.goals), on=on)


def _consent_checks(draft: AmendmentDraft, concerned: list[Concerned], consent: str) -> list[Check]:
    """For each award hurt, whether its holder's consent is needed and was given."""
    checks, free = [], 0
    for one in concerned:
        try:
            needed = require_amendment(
                kind=draft.kind,
                affected=[_affected(one)],
                covered_with_goals_frozen=[],
                consent=consent,
            )
        except Refused as refusal:
            checks.append(_missing(one, refusal))
        else:
            if needed.value:
                checks.append(
                    Check(
                        passed=True,
                        sentence=f"{_named(one)}: the holder has consented.",
                        place=needed.steps[-1].place,
                    )
                )
            else:
                free += 1
    if free:
        checks.append(
            Check(
                passed=True,
                sentence=f"{_awards_text(free)} {'needs' if free == 1 else 'need'} no consent.",
                place=PLACE,
            )
        )
    return checks


def _affected(one: Concerned) -> Affected:
    return Affected(
        holder=one.holder,
        adverse=one.row.is_adverse,
        earned_unpaid_completed=one.is_earned_unpaid,
        outstanding=one.is_outstanding,
        consented=one.has_consented,
    )


def _missing(one: Concerned, refusal: Refused) -> Check:
    if one.has_refused:
        return Check(
            passed=False,
            sentence=f"{_named(one)}: the holder refused to consent.",
            place=refusal.place,
        )
    return Check(
        passed=False,
        sentence=f"{_named(one)}: {refusal.reason}",
        place=refusal.place,
        may_yet_pass=True,
    )


def _goal_checks(
    draft: AmendmentDraft, goal: dict[str, Any] | None, frozen: list[str]
) -> list[Check]:
    checks = []
    if draft.kind == "goals":
        try:
            require_amendment(kind="goals", affected=[], covered_with_goals_frozen=frozen)
        except Refused as refusal:
            checks.append(Check(passed=False, sentence=refusal.reason, place=refusal.place))
        else:
            checks.append(
                Check(
                    passed=True,
                    sentence="No Covered Employee holds an award whose goals are never changed.",
                    place=PLACE,
                )
            )
    if goal:
        period = program.period_named(goal["period"])
        certificate = certificate_of(period)
        if certificate:
            checks.append(
                Check(
                    passed=False,
                    sentence=f"{period.label} was certified on "
                    f"{day_text(certificate.determination_date)}; its goals stand.",
                    place="P Administration",
                )
            )
    return checks


def _granted_since(
    draft: AmendmentDraft,
    concerned: list[Concerned],
    goal: dict[str, Any] | None,
    *,
    on: date,
) -> list[Check]:
    """Awards granted after the draft, whose holders could not be asked."""
    known = {one.standing.award.pk for one in concerned}
    period = goal["period"] if goal else ""
    return [
        Check(
            passed=False,
            sentence=f"{standing.person.employee.name} was granted an award after the amendment "
            "was drafted: draft it again.",
            place=PLACE,
        )
        for standing in outstanding(on=on, period=period)
        if standing.award.pk not in known
    ]


def _named(one: Concerned) -> str:
    return f"{one.holder}, {one.standing.award.period.label}"


def _awards_text(count: int) -> str:
    return "1 award" if count == 1 else f"{count} awards"


def _fact(label: str, concerned: list[Concerned]) -> dict[str, Any]:
    return {
        "label": label,
        "value": str(len(concerned)),
        "steps": [step(_named(one), "", PLACE) for one in concerned],
    }


def _table(concerned: list[Concerned]) -> dict[str, Any]:
    return {
        "caption": "The awards concerned",
        "columns": columns("Holder", "Period", "Where it stands", "Hurt"),
        "rows": [
            {
                "cells": [
                    one.holder,
                    one.standing.award.period.label,
                    _where(one),
                    "yes" if one.row.is_adverse else "no",
                ],
                "own": False,
                "note": "",
                "steps": [],
            }
            for one in concerned
        ],
    }


def _where(one: Concerned) -> str:
    if not one.is_outstanding:
        return "nothing is outstanding"
    return "determined, unpaid" if one.standing.earned else "outstanding"
