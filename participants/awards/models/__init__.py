from participants.awards.models.changing import (
    Adjustment,
    AmendedAward,
    Amendment,
    AmendmentDraft,
    AwardAdjustment,
    Discretion,
    Recovery,
    RecoveryReceipt,
    SettlementDeferral,
    TransferFinding,
)
from participants.awards.models.determining import (
    Certificate,
    ChangeInControl,
    ControlDetermination,
    EarnedAward,
)
from participants.awards.models.early_taxes import EarlyTax, EarlyTaxApproval
from participants.awards.models.granting import (
    Award,
    Designation,
    ProposedAward,
)

__all__ = [
    "Adjustment",
    "AmendedAward",
    "Amendment",
    "AmendmentDraft",
    "Award",
    "AwardAdjustment",
    "Certificate",
    "ChangeInControl",
    "ControlDetermination",
    "Designation",
    "Discretion",
    "EarlyTax",
    "EarlyTaxApproval",
    "EarnedAward",
    "ProposedAward",
    "Recovery",
    "RecoveryReceipt",
    "SettlementDeferral",
    "TransferFinding",
]
