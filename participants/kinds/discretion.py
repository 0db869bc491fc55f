"""The act by which the Committee sets what awards earn, down or up (P Award Determination)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from committee.protocol import Adopted, Check, Exhibit, Request
from committee.resolutions import drafted
from ltip.program import selectors as program
from ltip.program.selectors import period_named
from ltip.records.locks import lock
from ltip.rules.adjusting import adjusted_shares
from ltip.rules.discretion import require_increase, require_reduction
from ltip.rules.outcome import Refused
from ltip.rules.quantities import shares_text
from participants.awards import changing
from participants.awards.life import shares_now
from participants.awards.models import Discretion
from participants.awards.selectors import Standing
from participants.kinds.awards_named import (
    columns,
    holder_and_period,
    holders_of,
    lock_awards,
    said,
    standings_named,
    step,
    still_stands,
    whole,
)

PLACE = "P Award Determination"
REDUCE, INCREASE = Discretion.Direction.REDUCE.value, Discretion.Direction.INCREASE.value


class DiscretionKind:
    key = "discretion"
    schema_version = 1

    def subject(self, request: Request) -> str:
        return str(request["period"])

    def lock(self, request: Request) -> None:
        lock(f"period:{request['period']}")
        lock_awards([line["award"] for line in request["lines"]])

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        period = period_named(str(request["period"]))
        asked = {line["award"]: line for line in request["lines"]}
        awards = standings_named([line["award"] for line in request["lines"]], place=PLACE)
        lines = [_line(standing, asked[str(standing.award.public_id)]) for standing in awards]
        for standing in awards:
            if standing.award.period_id != period.pk:
                raise Refused(
                    f"The award of {holder_and_period(standing)}, is not one of {period.label}.",
                    place=PLACE,
                )
        return {
            "title": _title(lines, period.label),
            "ask": _ask(lines, period.label),
            "facts": [
                _together(lines, "now", "Now"),
                _together(lines, "to", "Decided"),
            ],
            "tables": [
                {
                    "caption": "What is decided for each award",
                    "columns": columns(
                        "Holder", "Target", "Now", "Decided", numeric=("Target", "Now", "Decided")
                    ),
                    "rows": [
                        {
                            "cells": [
                                line["holder"],
                                shares_text(line["target"]),
                                shares_text(line["now"]),
                                shares_text(line["to"]),
                            ],
                            "own": False,
                            "note": line["reason"],
                            "steps": line["steps"],
                        }
                        for line in lines
                    ],
                }
            ],
            "charts": [],
            "consequences": _consequences(lines),
            **_resolved(lines, period.label),
            "data": {"period": period.label, "lines": lines},
        }

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        data = exhibit["data"]
        decided = {line["award"]: line for line in data["lines"]}
        awards = standings_named(list(decided), place=PLACE)
        readings, approved_on = program.readings_on(on), program.stockholder_approval_date()
        checks = still_stands(awards, on=on, place=PLACE)
        for standing in awards:
            line = decided[str(standing.award.public_id)]
            try:
                if line["direction"] == REDUCE:
                    _require_reduction(standing, line, readings)
                else:
                    _require_increase(standing, line, readings, approved_on)
            except Refused as refusal:
                sentence = f"{standing.person.employee.name}: {refusal.reason}"
                checks.append(Check(passed=False, sentence=sentence, place=refusal.place))
        if any(line["direction"] == INCREASE for line in data["lines"]):
            checks.append(_limits_check(readings["limits.count"]))
        return checks

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        return holders_of(
            [[line["award"] for line in exhibit["data"]["lines"]] for exhibit in exhibits]
        )

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        changing.use_discretion(
            lines=exhibit["data"]["lines"], decided_on=adopted.act_date, seal=adopted.seal
        )


KIND = DiscretionKind()


def _line(standing: Standing, asked: Request) -> dict[str, Any]:
    name = standing.person.employee.name
    if asked["direction"] not in Discretion.Direction.values:
        raise Refused(f"{name}: an award is reduced or increased.", place=PLACE)
    now = shares_now(standing)
    to = whole(asked["to"], what=f"{name}: the number of shares", place=PLACE)
    return {
        "award": str(standing.award.public_id),
        "holder": name,
        "target": standing.target,
        "direction": asked["direction"],
        "is_determined": standing.earned is not None,
        "now": now,
        "to": to,
        "reason": said(asked.get("reason"), what=f"{name}: the reason", place=PLACE),
        "steps": [
            step(
                "Due now" if standing.earned else "Can be earned now, at most",
                shares_text(now),
                PLACE,
            ),
            step(
                "Decided by the Committee" if standing.earned else "At most, as the Committee says",
                shares_text(to),
                PLACE,
            ),
        ],
    }


def _together(lines: list[dict[str, Any]], key: str, label: str) -> dict[str, Any]:
    return {
        "label": label,
        "value": shares_text(sum(line[key] for line in lines)),
        "steps": [step(line["holder"], shares_text(line[key]), PLACE) for line in lines],
    }


def _require_reduction(standing: Standing, line: Any, readings: Any) -> None:
    require_reduction(
        current=shares_now(standing),
        to=line["to"],
        settled=standing.settlement is not None,
        certified=standing.earned is not None,
        after_certification=readings["reduction.after_certification"],
    )


def _require_increase(
    standing: Standing, line: Any, readings: Any, approved_on: date | None
) -> None:
    determined_on = standing.earned.determination_date if standing.earned else None
    require_increase(
        certified=_certified(standing),
        to=line["to"],
        target=standing.target,
        covered=determined_on is not None and standing.person.is_covered(determined_on),
        period_start=standing.award.period.start_date,
        stockholder_approval_date=approved_on,
        settled=standing.settlement is not None,
        others=readings["increase.others"],
    )
    if line["to"] <= line["now"]:
        raise Refused(
            f"{shares_text(line['to'])} shares are not more than the {shares_text(line['now'])} "
            "due now: that is no increase.",
            place=PLACE,
        )


def _certified(standing: Standing) -> int | None:
    """The level determined, in Performance Shares as they were adjusted since (GA §11)."""
    if standing.earned is None:
        return None
    shares = standing.earned.shares
    for row in standing.adjustments:
        if row.seal_id > standing.earned.seal_id:
            shares = adjusted_shares(shares=shares, ratio=Decimal(row.adjustment.ratio)).value
    return shares


def _limits_check(counting: str) -> Check:
    sentence = (
        "The Plan's limits counted every award at its maximum when it was granted: an increase "
        "within two shares for each Performance Share takes nothing more from them."
        if counting == "maximum"
        else "The Plan's limits count awards at their target, which an increase leaves as it is."
    )
    return Check(passed=True, sentence=sentence, place="P Maximum Shares", information=True)


def _title(lines: list[dict[str, Any]], label: str) -> str:
    if len(lines) == 1:
        verb = "Reduce" if lines[0]["direction"] == REDUCE else "Increase"
        return f"{verb} the award of {lines[0]['holder']} for {label}"[:200]
    directions = {line["direction"] for line in lines}
    if directions == {REDUCE}:
        return f"Reduce {len(lines)} awards for {label}"
    if directions == {INCREASE}:
        return f"Increase {len(lines)} awards for {label}"
    return f"Reduce and increase {len(lines)} awards for {label}"


def _ask(lines: list[dict[str, Any]], label: str) -> str:
    if len(lines) > 1:
        before = sum(line["now"] for line in lines)
        after = sum(line["to"] for line in lines)
        return (
            f"You are asked to set what {len(lines)} awards for {label} earn, each as the table "
            f"says: together {shares_text(after)} shares in place of {shares_text(before)}."
        )
    line = lines[0]
    verb = "reduce" if line["direction"] == REDUCE else "increase"
    at_most = "" if line["is_determined"] else "at most "
    return (
        f"You are asked to {verb} the award of {line['holder']} for {label} from {at_most}"
        f"{shares_text(line['now'])} to {at_most}{shares_text(line['to'])} shares."
    )


def _consequences(lines: list[dict[str, Any]]) -> list[str]:
    found = ["The award's own page and its holder's show who decided, how much, and why."]
    if any(not line["is_determined"] for line in lines):
        found.append(
            "Before the certification it caps what the award can earn; the certificate will show "
            "no more."
        )
    if any(line["is_determined"] for line in lines):
        found.append("What is decided is issued in place of what was certified.")
    if any(line["direction"] == REDUCE for line in lines):
        found.append("A reduction asks for no consent of its holder.")
    return found


def _resolved(lines: Sequence[dict[str, Any]], label: str) -> dict[str, Any]:
    text, figures = [], {"period": label}
    for number, line in enumerate(lines, start=1):
        verb = "reduced" if line["direction"] == REDUCE else "increased"
        at_most = "" if line["is_determined"] else "at most "
        text.append(
            f"RESOLVED, that the award of {{holder_{number}}} for the performance period "
            f"{{period}} is {verb} from {at_most}{{from_{number}}} to {at_most}{{to_{number}}} "
            f"shares of common stock. The reason: {{reason_{number}}}"
        )
        figures |= {
            f"holder_{number}": line["holder"],
            f"from_{number}": shares_text(line["now"]),
            f"to_{number}": shares_text(line["to"]),
            f"reason_{number}": line["reason"],
        }
    return drafted(text, figures)
