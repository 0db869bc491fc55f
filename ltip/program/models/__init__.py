from ltip.program.models.doubts import DoubtConfirmation, PriceCorrection, RunDoubts
from ltip.program.models.facts import (
    AnnualReport,
    FinancialResult,
    FiscalQuarterEnd,
    FiscalQuarterWithdrawal,
    PlanLimit,
    ReadingDecision,
    StockholderApproval,
    TradingCalendar,
    TradingDayException,
)
from ltip.program.models.market import (
    CorporateAction,
    DailyClose,
    PriceImport,
    Security,
    SecurityEvent,
    SecurityEventWithdrawal,
    SecuritySymbol,
)
from ltip.program.models.measuring import TsrRun
from ltip.program.models.periods import Goal, GoalPeer, PerformancePeriod

__all__ = [
    "AnnualReport",
    "CorporateAction",
    "DailyClose",
    "DoubtConfirmation",
    "FinancialResult",
    "FiscalQuarterEnd",
    "FiscalQuarterWithdrawal",
    "Goal",
    "GoalPeer",
    "PerformancePeriod",
    "PlanLimit",
    "PriceCorrection",
    "PriceImport",
    "ReadingDecision",
    "RunDoubts",
    "Security",
    "SecurityEvent",
    "SecurityEventWithdrawal",
    "SecuritySymbol",
    "StockholderApproval",
    "TradingCalendar",
    "TradingDayException",
    "TsrRun",
]
