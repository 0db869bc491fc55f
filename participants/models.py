"""All models of the application; each lives in the package that owns it."""

from participants.awards.models import Award, Certificate, Designation, EarnedAward, ProposedAward
from participants.papers.models import Acceptance, Notice, NoticeRendering
from participants.people.models import Employee, EmployeeStatus, EndOfService
from participants.settlement.models import (
    DeliveryCondition,
    Settlement,
    SettlementApproval,
    SettlementBatch,
)

__all__ = [
    "Acceptance",
    "Award",
    "Certificate",
    "DeliveryCondition",
    "Designation",
    "EarnedAward",
    "Employee",
    "EmployeeStatus",
    "EndOfService",
    "Notice",
    "NoticeRendering",
    "ProposedAward",
    "Settlement",
    "SettlementApproval",
    "SettlementBatch",
]
