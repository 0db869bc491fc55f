"""Reading what is to be recovered of an award, what came back, and what is still to come."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from participants.awards.models import Recovery, RecoveryReceipt


@dataclass(frozen=True, slots=True)
class RecoveryState:
    """A recovery as it stands, in whole shares and minor units.

    Decided before the settlement its shares are taken off what is issued, and none is claimed;
    decided afterwards they are a claim against the holder. Money is always a claim.
    """

    recovery: Recovery
    is_claim: bool
    receipts: tuple[RecoveryReceipt, ...]

    @property
    def shares_received(self) -> int:
        return sum(receipt.shares for receipt in self.receipts)

    @property
    def shares_outstanding(self) -> int:
        return self.recovery.shares - self.shares_received if self.is_claim else 0

    @property
    def amount_received(self) -> int:
        return sum(receipt.amount_minor for receipt in self.receipts)

    @property
    def amount_outstanding(self) -> int:
        return (self.recovery.amount_minor or 0) - self.amount_received

    @property
    def is_open(self) -> bool:
        return bool(self.shares_outstanding or self.amount_outstanding)


def recovery_states(recoveries: Iterable[Recovery]) -> dict[int, RecoveryState]:
    """The recoveries by key with what came back of each, in a constant number of queries."""
    keys = [recovery.pk for recovery in recoveries]
    receipts: dict[int, list[RecoveryReceipt]] = defaultdict(list)
    for receipt in RecoveryReceipt.objects.filter(recovery__in=keys).order_by("received_on", "pk"):
        receipts[receipt.recovery_id].append(receipt)
    rows = Recovery.objects.filter(pk__in=keys).select_related("award__settlement")
    return {
        row.pk: RecoveryState(
            recovery=row,
            is_claim=was_settled_before(row),
            receipts=tuple(receipts[row.pk]),
        )
        for row in rows
    }


def was_settled_before(recovery: Recovery) -> bool:
    """Whether the award was settled when its recovery was decided; the seals tell the order."""
    settlement = getattr(recovery.award, "settlement", None)
    return settlement is not None and settlement.seal_id < recovery.seal_id


def recovery_named(public_id: UUID) -> Recovery | None:
    """The recovery of that public identifier, with the award and its holder."""
    rows = Recovery.objects.select_related("award__employee", "award__period")
    return rows.filter(public_id=public_id).first()
