"""Who sits on the Committee, the acts put before it, its meetings, and what became of them."""

from committee.models.acts import (
    Act,
    Declination,
    ExhibitRows,
    Revision,
    Signature,
)
from committee.models.meetings import (
    AgendaItem,
    Attendance,
    Closing,
    ItemResult,
    Meeting,
    MeetingRecord,
    MinutesCorrection,
    StruckItem,
)
from committee.models.members import EndOfTerm, Independence, Membership
from committee.models.results import ActPaper, Adoption, Ending, Vote

__all__ = [
    "Act",
    "ActPaper",
    "Adoption",
    "AgendaItem",
    "Attendance",
    "Closing",
    "Declination",
    "EndOfTerm",
    "Ending",
    "ExhibitRows",
    "Independence",
    "ItemResult",
    "Meeting",
    "MeetingRecord",
    "Membership",
    "MinutesCorrection",
    "Revision",
    "Signature",
    "StruckItem",
    "Vote",
]
