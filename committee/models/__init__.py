"""Who sits on the Committee, the acts put before it, its meetings, what became of them, and
copies that are taken away."""

from committee.models.acts import (
    Act,
    Declination,
    ExhibitRows,
    Revision,
    Signature,
)
from committee.models.copies import BoardBook, ExportLine, MinuteBookExport
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
    "BoardBook",
    "Closing",
    "Declination",
    "EndOfTerm",
    "Ending",
    "ExhibitRows",
    "Independence",
    "ExportLine",
    "ItemResult",
    "Meeting",
    "MeetingRecord",
    "Membership",
    "MinuteBookExport",
    "MinutesCorrection",
    "Revision",
    "Signature",
    "StruckItem",
    "Vote",
]
