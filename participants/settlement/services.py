"""Preparing a settlement, approving it, and what each holder gets."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from ltip import clock
from ltip.accounts.models import Authentication, User
from ltip.accounts.services import use_authentication
from ltip.program.models import PerformancePeriod
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.canonical import canonical_text, decimal_text, digest_of
from ltip.rules.outcome import Refused
from ltip.rules.settling import delivery_date, require_settleable, withholding
from participants.awards.models import Certificate
from participants.awards.selectors import Standing
from participants.papers.selectors import is_signed
from participants.settlement.models import (
    DeliveryCondition,
    Settlement,
    SettlementApproval,
    SettlementBatch,
)
from participants.settlement.selectors import (
    awaiting_settlement,
    changed_since_prepared,
    fair_market_value_on,
    open_batch,
    unticked_conditions,
)
from participants.settlement.statements import CURRENCY


@transaction.atomic
def tick_condition(
    *, period: PerformancePeriod, condition: str, by: User, at: datetime
) -> DeliveryCondition:
    """A named person ticks one of the conditions to delivery (GA §§8, 9)."""
    if condition not in DeliveryCondition.Condition.values:
        raise Refused(f"“{condition}” is no condition to delivery.", place="GA §8")
    condition = DeliveryCondition.Condition(condition).value
    lock(f"period:{period.label}")
    if DeliveryCondition.objects.filter(period=period, condition=condition).exists():
        raise Refused("This condition is ticked already.", place="GA §8")
    seal = records.seal(
        kind="participants.condition.ticked",
        content={"period": period.label, "condition": condition},
        by=by,
        at=at,
    )
    return DeliveryCondition.objects.create(
        period=period,
        condition=condition,
        ticked_by=by,
        ticked_on=seal.legal_date,
        seal=seal,
    )


@transaction.atomic
def prepare_settlement(
    *,
    period: PerformancePeriod,
    tax_minor: Mapping[str, int],
    by: User,
    at: datetime,
    fair_market_value: Decimal | None = None,
    fair_market_value_source: str = "",
) -> SettlementBatch:
    """Draw up what settling the awards that are due would do, and freeze it for approval.

    `tax_minor` gives the minimum required tax of each holder (by public identifier of the award)
    in minor units; every award in the batch needs one. The Fair Market Value is the close on the
    Settlement Date or the last trading day before it, unless one is given with its source.
    An award whose notice is not signed is held back, by name, and the others go on (rulebook
    11.1). Refuses an uncertified period (P Award Determination), a day before the Settlement Date
    (GA §4), and a tax given for a holder who has not signed (GN).
    """
    lock(f"period:{period.label}")
    today = clock.legal_date(at)
    certificate = Certificate.objects.filter(period=period).first()
    require_settleable(
        determination_date=certificate.determination_date if certificate else None,
        settles_on=certificate.settlement_date if certificate else None,
        on=today,
    )
    due = awaiting_settlement(period, on=today)
    if not due:
        raise Refused(
            f"Every award of {period.label} that is due is settled.", place="P Award Determination"
        )
    if fair_market_value is not None and not fair_market_value_source.strip():
        raise Refused(
            "A Fair Market Value given by hand needs its source.",
            place="GA §6",
            remedy="Say where it comes from.",
        )
    ready = [s for s in due if is_signed(s.award) or str(s.award.public_id) in tax_minor]
    held_back = [s.person.employee.name for s in due if s not in ready]
    if not ready:
        raise Refused(
            f"Nobody who is due shares has signed the notice of grant: {', '.join(held_back)}.",
            place="GN",
            remedy="Remind the holders.",
        )
    lines = [
        _line(standing, tax_minor, fair_market_value, fair_market_value_source)
        for standing in ready
    ]
    earlier = open_batch(period)
    statement = canonical_text(
        {
            "period": period.label,
            "currency": CURRENCY,
            "lines": lines,
            "held_back": held_back,
            "totals": _totals(lines),
        }
    )
    seal = records.seal(
        kind="participants.settlement.prepared",
        content={
            "period": period.label,
            "statement": digest_of(statement),
            "supersedes": earlier.seal_id if earlier else None,
        },
        by=by,
        at=at,
    )
    return SettlementBatch.objects.create(
        period=period,
        settles_on=max(line["settles_on"] for line in lines),
        statement=statement,
        digest=digest_of(statement),
        prepared_by=by,
        prepared_at=at,
        supersedes=earlier,
        seal=seal,
    )


@transaction.atomic
def approve_settlement(
    *,
    batch: SettlementBatch,
    shown_digest: str,
    by: User,
    authentication: Authentication,
    at: datetime,
) -> list[Settlement]:
    """Another person approves a batch; its awards are settled, once.

    Refuses whoever prepared it, a batch that another replaced or that was approved, one that no
    longer holds true (someone was settled or left meanwhile), and conditions not ticked (GA §8).
    """
    lock(f"period:{batch.period.label}")
    if batch.prepared_by_id == by.pk:
        raise Refused(
            "Whoever prepared a settlement does not approve it.",
            place="Settlement",
            remedy="Ask a colleague in finance.",
        )
    if SettlementApproval.objects.filter(batch=batch).exists():
        raise Refused("This settlement was approved already.", place="Settlement")
    if SettlementBatch.objects.filter(supersedes=batch).exists():
        raise Refused("A later batch has taken the place of this one.", place="Settlement")
    if shown_digest != batch.digest:
        raise Refused("The page showed another batch.", place="Settlement", remedy="Open it again.")
    missing = unticked_conditions(batch.period)
    if missing:
        raise Refused(f"A condition to delivery is not ticked: {missing[0].label}.", place="GA §8")
    today = clock.legal_date(at)
    statement: dict[str, Any] = json.loads(batch.statement)
    due = {str(s.award.public_id): s for s in awaiting_settlement(batch.period, on=today)}
    changed = changed_since_prepared(batch, due.values())
    if changed:
        raise Refused(
            f"What {changed[0]} is due changed since the batch was prepared.",
            place="Settlement",
            remedy="Prepare it again.",
        )
    use = use_authentication(
        authentication=authentication, by=by, purpose=f"settlement {batch.public_id}", at=at
    )
    seal = records.seal(
        kind="participants.settlement.approved",
        content={
            "period": batch.period.label,
            "statement": statement,
            "prepared_by": str(batch.prepared_by.public_id),
            "method": authentication.method,
            "address": authentication.address,
        },
        by=by,
        at=at,
    )
    SettlementApproval.objects.create(
        batch=batch, approved_by=by, approved_at=at, authentication_use=use, seal=seal
    )
    return Settlement.objects.bulk_create(
        Settlement(
            award=due[line["award"]].award,
            batch=batch,
            settles_on=date.fromisoformat(line["settles_on"]),
            delivered_on=_delivered_on(line, today),
            shares=line["shares"],
            fair_market_value=Decimal(line["fair_market_value"]),
            currency=statement["currency"],
            tax_minor=line["tax_minor"],
            withheld=line["withheld"],
            delivered=line["delivered"],
            returned_minor=line["returned_minor"],
            owed_minor=line["owed_minor"],
            steps=canonical_text(line["steps"]),
            seal=seal,
        )
        for line in statement["lines"]
    )


def _line(
    standing: Standing,
    tax_minor: Mapping[str, int],
    fair_market_value: Decimal | None,
    source: str,
) -> dict[str, Any]:
    award, name = standing.award, standing.person.employee.name
    if not is_signed(award):
        raise Refused(
            f"{name} has not signed the notice of grant; nothing is delivered until then.",
            place="GN",
            remedy="Remind the holder.",
        )
    key = str(award.public_id)
    if key not in tax_minor:
        raise Refused(
            f"The tax of {name} is not given.",
            place="P Tax Withholding",
            remedy="Enter the minimum required tax, 0 where there is none.",
        )
    due = standing.entitlement()
    settles_on = due.value.settles_on
    if settles_on is None:
        raise Refused(f"The award of {name} is forfeited.", place="P Termination of Employment")
    value = fair_market_value
    if value is None:
        value, source = fair_market_value_on(settles_on)
    value = Decimal(decimal_text(value))
    delivers = delivery_date(settles_on=settles_on)
    withheld = withholding(
        tax_minor=tax_minor[key],
        fair_market_value=value,
        earned=due.value.shares,
        currency=CURRENCY,
    )
    steps = [
        *standing.steps,
        *[asdict(step) for step in (*due.steps, *delivers.steps)],
        {
            "sentence": f"Fair Market Value: {source}.",
            "figure": decimal_text(value),
            "place": "GA §6",
        },
        *[asdict(step) for step in withheld.steps],
    ]
    return {
        "award": key,
        "holder": name,
        "shares": due.value.shares,
        "settles_on": settles_on,
        "delivers_on": delivers.value,
        "fair_market_value": decimal_text(value),
        "fair_market_value_source": source,
        "tax_minor": tax_minor[key],
        **asdict(withheld.value),
        "steps": steps,
    }


def _totals(lines: list[dict[str, Any]]) -> dict[str, int]:
    keys = ("shares", "withheld", "delivered", "tax_minor", "returned_minor", "owed_minor")
    return {key: sum(line[key] for line in lines) for key in keys}


def _delivered_on(line: Mapping[str, Any], approved_on: date) -> date:
    """A late approval delivers on its own day, or the next business day (rulebook 6.1)."""
    settles_on = date.fromisoformat(line["settles_on"])
    return delivery_date(settles_on=max(settles_on, approved_on)).value
