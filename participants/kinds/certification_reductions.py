"""Reductions that the Committee makes as it certifies, with their reasons (P Award Determination).

They stand in the certificate: what the holder earned is what is left, and why stands beside it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from committee.protocol import Check, Exhibit, Request
from ltip.records.models import Seal
from ltip.rules.discretion import PLACE, require_reduction
from ltip.rules.outcome import Refused
from ltip.rules.quantities import shares_text
from participants.awards import changing
from participants.awards.models import Discretion
from participants.kinds.awards_named import said, step, whole

Line = Mapping[str, Any]


def with_reductions(lines: Sequence[Line], request: Request) -> list[Line]:
    """The awards with those reduced that the request names (rule 5.3; P Award Determination).

    Refuses an award that is not one of the period, one named twice, and one without a reason.
    """
    asked: dict[str, Mapping[str, Any]] = {}
    holders = {line["award"]: line["holder"] for line in lines}
    for one in request.get("reductions", []):
        award = str(one["award"])
        if award not in holders or award in asked:
            raise Refused(
                "An award to be reduced is not one of the period, or is named twice.", place=PLACE
            )
        asked[award] = one
    return [
        _reduced(line, asked[line["award"]]) if line["award"] in asked else line for line in lines
    ]


def _reduced(line: Line, asked: Mapping[str, Any]) -> Line:
    holder = line["holder"]
    to = whole(asked["to"], what=f"{holder}: the number of shares", place=PLACE)
    reason = said(asked.get("reason"), what=f"{holder}: the reason", place=PLACE)
    performed = line["shares"]
    reduced = f"reduced from {shares_text(performed)}: {reason}"
    return {
        **line,
        "shares": min(performed, to),
        "note": f"{line['note']}; {reduced}" if line["note"] else reduced,
        "steps": [
            *line["steps"],
            step("Reduced by the Committee as it certifies", shares_text(to), PLACE),
        ],
        "facts": {**line["facts"], "reduced_to": to},
        "reduction": {"from": performed, "to": to, "reason": reason},
    }


def reductions_in(lines: Sequence[Line]) -> list[Line]:
    """Those of the lines that are reduced."""
    return [line for line in lines if "reduction" in line]


def reductions_kept(lines: Sequence[Line]) -> dict[str, Any]:
    """What the exhibit keeps of them, to be checked and carried out; nothing where none is."""
    reductions = [
        {"award": line["award"], "holder": line["holder"], **line["reduction"]}
        for line in reductions_in(lines)
    ]
    return {"reductions": reductions} if reductions else {}


def reduction_checks(exhibit: Exhibit) -> list[Check]:
    """One check that each reduces an award, or one for each that does not, with its place."""
    reductions = exhibit["data"].get("reductions", [])
    checks = []
    for one in reductions:
        try:
            require_reduction(current=one["from"], to=one["to"], settled=False, certified=False)
        except Refused as refusal:
            sentence = f"{one['holder']}: {refusal.reason}"
            checks.append(Check(passed=False, sentence=sentence, place=refusal.place))
    if checks or not reductions:
        return checks
    return [Check(passed=True, sentence="Each reduction leaves fewer shares.", place=PLACE)]


def reduction_words(lines: Sequence[Line]) -> tuple[list[str], dict[str, str]]:
    """The paragraphs of the resolution that reduce awards, and their figures by name."""
    text: list[str] = []
    figures: dict[str, str] = {}
    for number, line in enumerate(reductions_in(lines), start=1):
        text.append(
            f"RESOLVED FURTHER, that the award of {{holder_{number}}}, which the result pays "
            f"{{from_{number}}} shares, is reduced to {{to_{number}}} shares. "
            f"The reason: {{reason_{number}}}"
        )
        told = line["reduction"]
        figures |= {
            f"holder_{number}": line["holder"],
            f"from_{number}": shares_text(told["from"]),
            f"to_{number}": shares_text(told["to"]),
            f"reason_{number}": told["reason"],
        }
    return text, figures


def reduction_sentence(lines: Sequence[Line]) -> str:
    """What the members are asked besides, "" where nothing is reduced."""
    names = [line["holder"] for line in reductions_in(lines)]
    if not names:
        return ""
    if len(names) == 1:
        return f" You are also asked to reduce the award of {names[0]}."
    return f" You are also asked to reduce {len(names)} awards, each for the reason beside it."


def reduction_consequences(lines: Sequence[Line]) -> list[str]:
    """What follows for those whose award is reduced."""
    if not reductions_in(lines):
        return []
    return [
        "An award that is reduced here is issued as reduced. It asks for no consent of its holder, "
        "whose own page shows who decided, how much, and why."
    ]


def carry_out_reductions(data: Mapping[str, Any], *, decided_on: date, seal: Seal) -> None:
    """Write who is reduced to how much, and why, by the certificate's own seal."""
    reductions = data.get("reductions", [])
    if reductions:
        changing.use_discretion(
            lines=[{**one, "direction": Discretion.Direction.REDUCE} for one in reductions],
            decided_on=decided_on,
            seal=seal,
        )
