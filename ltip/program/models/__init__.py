from ltip.program.models.facts import (
    AnnualReport,
    FiscalQuarterEnd,
    StockholderApproval,
    TradingCalendar,
)
from ltip.program.models.market import (
    CorporateAction,
    DailyClose,
    PriceImport,
    Security,
    SecurityEvent,
    SecuritySymbol,
)
from ltip.program.models.measuring import TsrRun
from ltip.program.models.periods import Goal, GoalPeer, PerformancePeriod

__all__ = [
    "AnnualReport",
    "CorporateAction",
    "DailyClose",
    "FiscalQuarterEnd",
    "Goal",
    "GoalPeer",
    "PerformancePeriod",
    "PriceImport",
    "Security",
    "SecurityEvent",
    "SecuritySymbol",
    "StockholderApproval",
    "TradingCalendar",
    "TsrRun",
]
