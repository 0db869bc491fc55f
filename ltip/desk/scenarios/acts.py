"""What the acts of a story do, each through the services that the pages use."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from ltip.desk.scenarios.telling import Telling, noon
from ltip.program.services import periods, results
from ltip.records import services as records
from participants.awards import selectors as awards
from participants.control import services as control
from participants.control import trials
from participants.papers import amending, elections, opening
from participants.papers import selectors as papers_reading
from participants.papers import services as papers
from participants.people import leaving, succession
from participants.settlement import selectors as settlement_reading
from participants.settlement import services as settlement

PEER_EVENTS = {"acquired": "remove", "bankrupt": "bottom", "merged": "survivor_stays"}


def set_goals(telling: Telling, goals: list[dict[str, Any]], on: date) -> None:
    terms = [_financial(goal) if _is_financial(goal) else _relative(goal) for goal in goals]
    telling.adopt("goal", {"period": telling.period.label, "goals": terms}, on)


def _is_financial(goal: dict[str, Any]) -> bool:
    return goal.get("kind", "relative_tsr") == "financial"


def _relative(goal: dict[str, Any]) -> dict[str, Any]:
    segments = [
        {"end": segment["end"], "weight": segment["weight"]} for segment in goal.get("segments", [])
    ]
    return {
        "kind": "relative_tsr",
        "weight": goal["weight"],
        "peers": goal["peers"],
        "averaging_days": goal["averaging_days"],
        "percentile": goal["percentile"],
        "schedule": goal["schedule"],
        "between_points": goal["between_points"],
        "negative_tsr_cap": goal.get("negative_tsr_cap"),
        "peer_events": PEER_EVENTS | goal.get("peer_events", {}),
        "measurement": "annual" if segments else "cumulative",
        **({"segments": segments} if segments else {}),
    }


def _financial(goal: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "financial",
        "weight": goal["weight"],
        "measure": goal["measure"],
        "adjustments": goal.get("adjustments", []),
        "schedule": goal["schedule"],
        "between_points": goal.get("between_points", "line"),
    }


def _designate(telling: Telling, act: dict[str, Any]) -> None:
    employees = [str(telling.holders[name].public_id) for name in act["who"]]
    request = {"period": telling.period.label, "employees": employees}
    telling.adopt("designation", request, act["on"])


def _grant(telling: Telling, act: dict[str, Any]) -> None:
    line = {"employee": str(telling.holders[act["who"]].public_id), "shares": act["shares"]}
    telling.adopt("grant", {"period": telling.period.label, "awards": [line]}, act["on"])
    if not any(other["do"] == "sign" for other in telling.sections["act"]):
        _sign(telling, act)


def _sign(telling: Telling, act: dict[str, Any]) -> None:
    holder = telling.holders[act["who"]]
    at = noon(act["on"])
    for notice in papers_reading.unsigned_notices(holder):
        opening.open_every_document(notice=notice, on=act["on"], by=holder.user, at=at)
        papers.sign_notice(
            notice=notice,
            shown_digest=notice.digest,
            agreed_to=papers_reading.keys_to_agree_to(notice),
            by=holder.user,
            authentication=telling.proof(holder.user, at),
            at=at,
        )
    for award in elections.awards_to_elect_for(holder, on=act["on"]):
        elections.sign_joint_election(
            award=award, by=holder.user, authentication=telling.proof(holder.user, at), at=at
        )


def _terminate(telling: Telling, act: dict[str, Any]) -> None:
    holder = telling.holders[act["who"]]
    at = noon(act["on"])
    if act["reason"] == "death" and leaving.end_on_record(holder):
        leaving.record_death(employee=holder, died_on=act["on"], by=telling.secretary, at=at)
    else:
        if act["reason"] == "cause":
            request = {"employee": str(holder.public_id), "reason": "As the story tells."}
            telling.adopt("cause_finding", request, act["on"])
        leaving.end_service(
            employee=holder,
            ended_on=act["on"],
            reason=act["reason"],
            is_deferred=act.get("deferred", False),
            by=telling.secretary,
            at=at,
        )
    if act["reason"] == "death":
        succession.record_succession(
            employee=holder,
            survivors=[],
            estate_representative="The estate",
            by=telling.secretary,
            at=at,
        )


def _file_10k(telling: Telling, act: dict[str, Any]) -> None:
    periods.record_annual_report(
        fiscal_year_end=act["for"],
        filed_on=act["on"],
        accession_number="",
        by=telling.administrator,
        at=noon(act["on"]),
    )


def _report(telling: Telling, act: dict[str, Any]) -> None:
    results.record_financial_result(
        period=telling.period,
        measure=act["measure"],
        gaap=Decimal(str(act["gaap"])),
        adjustments={
            name: Decimal(str(amount)) for name, amount in act.get("adjustments", {}).items()
        },
        reported_on=act["on"],
        source="as the story gives it",
        by=telling.administrator,
        at=noon(act["on"]),
    )


def _certify(telling: Telling, act: dict[str, Any]) -> None:
    run = telling.measure(noon(act["on"]))
    request = {"period": telling.period.label, "run": str(run.public_id)}
    telling.adopt("certification", request, act["on"])


def _discretion(telling: Telling, act: dict[str, Any]) -> None:
    line = {
        "award": _award(telling, act["who"]),
        "direction": act["do"],
        "to": act["to"],
        "reason": "As the story tells.",
    }
    telling.adopt("discretion", {"period": telling.period.label, "lines": [line]}, act["on"])


def _settle(telling: Telling, act: dict[str, Any]) -> None:
    at = noon(act["on"])
    for condition in settlement_reading.unticked_conditions(telling.period):
        settlement.tick_condition(
            period=telling.period, condition=condition, by=telling.administrator, at=at
        )
    public_ids = {
        standing.award.employee_id: str(standing.award.public_id)
        for standing in awards.standings(telling.period)
    }
    tax = {
        public_ids[telling.holders[name].pk]: int(Decimal(str(money)) * 100)
        for name, money in act.get("tax", {}).items()
        if telling.holders[name].pk in public_ids
    }
    value = act.get("fair_market_value")
    batch = settlement.prepare_settlement(
        period=telling.period,
        tax_minor=tax,
        fair_market_value=None if value is None else Decimal(str(value)),
        fair_market_value_source="as the story gives it",
        by=telling.administrator,
        at=at,
    )
    settlement.approve_settlement(
        batch=batch,
        shown_digest=batch.digest,
        by=telling.approver,
        authentication=telling.proof(telling.approver, at),
        at=at,
    )


def _change_in_control(telling: Telling, act: dict[str, Any]) -> None:
    at = noon(act["on"])
    trial = trials.trial(act["on"])
    telling.not_measurable = trial.refusal_for(telling.period)
    if telling.not_measurable is not None and "refused" in act:
        raise telling.not_measurable
    control.record_change_in_control(
        event_date=act["on"],
        description="As the story tells.",
        document=records.store_document(
            content=b"the story", name="story.txt", media_type="text/plain", at=at
        ),
        shown_digest=trial.digest,
        by=telling.secretary,
        authentication=telling.proof(telling.secretary, at),
        at=at,
    )


def _adjust(telling: Telling, act: dict[str, Any]) -> None:
    transaction = f"The transaction of {act['on']}, as the story tells."
    request = {"ratio": str(act["split"]), "transaction": transaction}
    telling.adopt("adjustment", request, act["on"])


def _transfer(telling: Telling, act: dict[str, Any]) -> None:
    request = {
        "award": _award(telling, act["who"]),
        "attempted_on": act["on"].isoformat(),
        "description": "As the story tells.",
    }
    telling.adopt("transfer_finding", request, act["on"])


def _recover(telling: Telling, act: dict[str, Any]) -> None:
    request = {
        "award": _award(telling, act["who"]),
        "shares": act["shares"],
        "policy": "The policy of the story",
        "reason": "As the story tells.",
    }
    telling.adopt("recovery", request, act["on"])


def _amend(telling: Telling, act: dict[str, Any]) -> None:
    at = noon(act["on"])
    draft = amending.draft_amendment(
        kind=act.get("kind", "general"),
        title="The amendment of the story",
        text="As the story tells.",
        adverse_to=[_award(telling, name) for name in act.get("adverse_to", [])],
        by=telling.secretary,
        at=at,
    )
    for name in act.get("consents", []):
        holder = telling.holders[name]
        amending.answer_draft(
            draft=draft,
            employee=holder,
            is_given=True,
            by=holder.user,
            authentication=telling.proof(holder.user, at),
            at=at,
        )
    telling.adopt("amendment", {"draft": str(draft.public_id)}, act["on"])


def _parachute(telling: Telling, act: dict[str, Any]) -> None:
    payments = act["payments"]
    by_kind = payments if isinstance(payments, dict) else {"cash": payments}
    telling.parachutes[act["who"]] = control.compare_parachute(
        employee=telling.holders[act["who"]],
        triggered_on=act["on"],
        base_amount_minor=_cents(act["base_amount"]),
        payments={kind: _cents(amount) for kind, amount in by_kind.items()},
        federal=Decimal(str(act["tax_rate"])),
        state=Decimal(0),
        local=Decimal(0),
        by=telling.administrator,
        at=noon(act["on"]),
    )


def _award(telling: Telling, name: str) -> str:
    """The public identifier of a person's award; refused by name where there is none."""
    for standing in awards.standings_of(telling.holders[name]):
        if standing.award.period_id == telling.period.pk:
            return str(standing.award.public_id)
    raise records.Refused(f"{name} holds no award.", place="P Grants")


def _cents(money: Any) -> int:
    return int(Decimal(str(money)) * 100)


DOING: dict[str, Callable[[Telling, dict[str, Any]], None]] = {
    "designate": _designate,
    "grant": _grant,
    "sign": _sign,
    "terminate": _terminate,
    "file_10k": _file_10k,
    "report": _report,
    "certify": _certify,
    "reduce": _discretion,
    "increase": _discretion,
    "settle": _settle,
    "change_in_control": _change_in_control,
    "adjust": _adjust,
    "transfer": _transfer,
    "amend": _amend,
    "parachute": _parachute,
    "recover": _recover,
}
