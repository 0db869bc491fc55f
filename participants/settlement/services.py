"""Preparing a settlement, approving it, and what each holder gets."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn

from django.db import transaction

from ltip import clock
from ltip.accounts.models import Authentication, User
from ltip.accounts.services import use_authentication
from ltip.program.models import PerformancePeriod
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.outcome import Refused
from ltip.rules.settling import require_settleable
from participants.awards.selectors import certificate_of, control_determination_of
from participants.settlement.drawing_up import (
    Drawing,
    delivered_on,
    line_for,
    require_same_tax,
    require_same_ways,
    totals_for,
)
from participants.settlement.electing import withholding_elections_of
from participants.settlement.holding_back import HeldBack, held_back
from participants.settlement.models import (
    DeliveryCondition,
    Settlement,
    SettlementApproval,
    SettlementBatch,
)
from participants.settlement.recipients import heirs_in
from participants.settlement.selectors import (
    awaiting_settlement,
    changed_since_prepared,
    first_settlement_day,
    open_batch,
    unticked_conditions,
)
from participants.settlement.statements import CURRENCY
from participants.settlement.taxing import Payroll, tax_grounds


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
    payroll: Mapping[str, Payroll] | None = None,
    fair_market_value: Decimal | None = None,
    fair_market_value_source: str = "",
) -> SettlementBatch:
    """Draw up what settling the awards that are due would do, and freeze it for approval.

    Every award in the batch needs its minimum required tax, by the award's public identifier:
    either the sum that payroll gives, `tax_minor` in minor units, or what to compute it from at
    the approved rates, `payroll` (rulebook 10.5). The Fair Market Value is the close on the
    Settlement Date or the last trading day before it, unless one is given with its source.
    An award whose notice is not signed, or that something else holds back, is left out by name,
    and the others go on (rulebook 11.1, 10.4, 7.7). Refuses an uncertified period (P Award
    Determination), a day before the Settlement Date (GA §4), a tax given for a holder whose award
    is held back (GN, XB, GA §4), and a rate or figure that is missing (P Tax Withholding).
    """
    lock(f"period:{period.label}")
    today = clock.legal_date(at)
    determined = certificate_of(period) or control_determination_of(period)
    require_settleable(
        determination_date=determined.determination_date if determined else None,
        settles_on=first_settlement_day(period, determined) if determined else None,
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
    holding = held_back(due, on=today)
    payroll = payroll or {}
    for standing in due:
        key = str(standing.award.public_id)
        if standing.award.pk in holding and (key in tax_minor or key in payroll):
            _refuse(holding[standing.award.pk])
    ready = [s for s in due if s.award.pk not in holding]
    if not ready:
        first, *others = holding.values()
        _refuse(first, *others)
    drawing = Drawing(
        tax_minor=tax_minor,
        payroll=payroll,
        given_by=by.name,
        on=today,
        fair_market_value=fair_market_value,
        fair_market_value_source=fair_market_value_source,
        heirs=heirs_in(ready),
        grounds=tax_grounds([s.award for s in ready]),
        elections=withholding_elections_of(s.award for s in ready),
    )
    lines = [line_for(standing, drawing) for standing in ready]
    earlier = open_batch(period)
    statement = canonical_text(
        {
            "period": period.label,
            "currency": CURRENCY,
            "lines": lines,
            "held_back": [
                {"holder": one.holder, "reason": one.reason, "place": one.place}
                for one in holding.values()
            ],
            "totals": totals_for(lines),
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
        settles_on=date.fromisoformat(max(line["settles_on"] for line in lines)),
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
    longer holds true (someone was settled or left meanwhile, a rate of tax is another), and
    conditions not ticked (GA §8).
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
    settling = [due[line["award"]] for line in statement["lines"]]
    for obstacle in held_back(settling, on=today).values():
        _refuse(obstacle)
    grounds = tax_grounds([s.award for s in settling])
    elections = withholding_elections_of(s.award for s in settling)
    for standing, line in zip(settling, statement["lines"], strict=True):
        require_same_tax(line, standing, grounds, on=today)
        require_same_ways(line, elections.get(standing.award.pk))
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
            delivered_on=delivered_on(line, approved_on=today),
            shares=line["shares"],
            fair_market_value=Decimal(line["fair_market_value"]),
            currency=statement["currency"],
            tax_minor=line["tax_minor"],
            cash_minor=line.get("cash_minor", 0),
            sale_minor=line.get("sale_minor", 0),
            to_sell=line.get("to_sell", 0),
            withheld=line["withheld"],
            delivered=line["delivered"],
            returned_minor=line["returned_minor"],
            owed_minor=line["owed_minor"],
            steps=canonical_text(line["steps"]),
            seal=seal,
        )
        for line in statement["lines"]
    )


def _refuse(first: HeldBack, *others: HeldBack) -> NoReturn:
    sentences = "; ".join(one.sentence for one in (first, *others))
    raise Refused(
        f"{sentences}: nothing is delivered until then.", place=first.place, remedy=first.remedy
    )
