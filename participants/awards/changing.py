"""The records that adopted acts make about awards after their grant, and what came back of them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ltip import clock
from ltip.accounts.models import User
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Seal
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from ltip.rules.quantities import money_text, shares_text
from participants.awards.models import (
    Adjustment,
    Award,
    AwardAdjustment,
    Discretion,
    Recovery,
    RecoveryReceipt,
    SettlementDeferral,
    TransferFinding,
)
from participants.awards.recovering import recovery_states

PLACE_OF_RECOVERY = "P Compensation Subject to Recovery"


def use_discretion(
    *, lines: Sequence[Mapping[str, Any]], decided_on: date, seal: Seal
) -> list[Discretion]:
    """Write what the Committee set each award to (P Award Determination).

    A line has `award` (public identifier), `direction`, `to` in whole shares, and `reason`.
    """
    awards = _awards(line["award"] for line in lines)
    return Discretion.objects.bulk_create(
        Discretion(
            award=awards[line["award"]],
            direction=line["direction"],
            to_shares=line["to"],
            decided_on=decided_on,
            reason=line["reason"],
            seal=seal,
        )
        for line in lines
    )


def adjust(
    *,
    ratio: str,
    transaction: str,
    lines: Sequence[Mapping[str, Any]],
    adjusted_on: date,
    seal: Seal,
) -> Adjustment:
    """Write an adjustment with each award before and after it, in whole shares (GA §11)."""
    awards = _awards(line["award"] for line in lines)
    adjustment = Adjustment.objects.create(
        ratio=ratio, transaction=transaction, adjusted_on=adjusted_on, seal=seal
    )
    AwardAdjustment.objects.bulk_create(
        AwardAdjustment(
            adjustment=adjustment,
            award=awards[line["award"]],
            target_before=line["target_before"],
            target_after=line["target_after"],
            earned_before=line["earned_before"],
            earned_after=line["earned_after"],
            seal=seal,
        )
        for line in lines
    )
    return adjustment


def find_transfer(
    *,
    award: str,
    attempted_on: date,
    description: str,
    voids_award: bool,
    found_on: date,
    seal: Seal,
) -> TransferFinding:
    """Write the finding that a holder tried to transfer an award (GA §10)."""
    return TransferFinding.objects.create(
        award=_awards([award])[award],
        attempted_on=attempted_on,
        found_on=found_on,
        description=description,
        voids_award=voids_award,
        seal=seal,
    )


def determine_recovery(
    *,
    award: str,
    shares: int,
    amount_minor: int | None,
    currency: str,
    policy: str,
    reason: str,
    determined_on: date,
    seal: Seal,
) -> Recovery:
    """Write what is to be recovered of an award: shares, money in minor units, or both."""
    return Recovery.objects.create(
        award=_awards([award])[award],
        determined_on=determined_on,
        shares=shares,
        amount_minor=amount_minor,
        currency=currency,
        policy=policy,
        reason=reason,
        seal=seal,
    )


def defer_settlements(
    *,
    awards: Sequence[str],
    first_deductible_year: int,
    reason: str,
    deferred_on: date,
    seal: Seal,
) -> list[SettlementDeferral]:
    """Write the delay of settlements whose deduction would be lost (P Qualified
    Performance-Based Compensation)."""
    rows = _awards(awards)
    return SettlementDeferral.objects.bulk_create(
        SettlementDeferral(
            award=rows[public_id],
            deferred_on=deferred_on,
            first_deductible_year=first_deductible_year,
            reason=reason,
            seal=seal,
        )
        for public_id in awards
    )


@transaction.atomic
def record_receipt(
    *,
    recovery: Recovery,
    received_on: date,
    shares: int,
    amount_minor: int,
    note: str,
    by: User,
    at: datetime,
) -> RecoveryReceipt:
    """Record what came back of a recovery: whole shares, minor units of its currency, or both.

    Refuses nothing at all, a day before the Committee's determination or after today, and more
    than is outstanding. Shares that are taken off an award not yet settled need no receipt.
    Place: P Compensation Subject to Recovery.
    """
    lock(f"employee:{recovery.award.employee_id}")
    today = clock.legal_date(at)
    _require_receivable(recovery, received_on, shares, amount_minor, today=today)
    seal = records.seal(
        kind="participants.recovery.received",
        content={
            "recovery": str(recovery.public_id),
            "received_on": received_on,
            "shares": shares,
            "amount_minor": amount_minor,
            "note": note,
        },
        by=by,
        at=at,
    )
    return RecoveryReceipt.objects.create(
        recovery=recovery,
        received_on=received_on,
        shares=shares,
        amount_minor=amount_minor,
        note=note,
        seal=seal,
    )


def _require_receivable(
    recovery: Recovery, received_on: date, shares: int, amount_minor: int, *, today: date
) -> None:
    if min(shares, amount_minor) < 0 or not (shares or amount_minor):
        raise _refused("A receipt says what came back: shares, money or both, and nothing negative")
    if not recovery.determined_on <= received_on <= today:
        raise _refused(
            f"{day_text(received_on)} does not lie between the determination of "
            f"{day_text(recovery.determined_on)} and today"
        )
    state = recovery_states([recovery])[recovery.pk]
    if shares > state.shares_outstanding:
        raise _refused(
            f"{shares_text(shares)} shares are more than the "
            f"{shares_text(state.shares_outstanding)} still to come"
        )
    if amount_minor > state.amount_outstanding:
        raise _refused(
            f"{money_text(amount_minor, recovery.currency)} is more than the "
            f"{money_text(state.amount_outstanding, recovery.currency)} still to come"
        )


def _refused(reason: str) -> Refused:
    return Refused(f"{reason}.", place=PLACE_OF_RECOVERY)


def _awards(public_ids: Any) -> dict[str, Award]:
    rows = Award.objects.filter(public_id__in=list(public_ids))
    return {str(award.public_id): award for award in rows}
