"""Where each place of the source is carried out: the register behind the page and its test."""

from django.utils.translation import gettext_noop as _

from ltip.desk.traceability import (
    agreement_closing,
    agreement_delivering,
    agreement_measuring,
    agreement_settling,
    exhibit_b,
    notice,
    program_beginning,
    program_control,
    program_granting,
    program_leaving,
    program_paying,
    program_protecting,
)
from ltip.desk.traceability.entry import Entry, Place, Source, Treatment

__all__ = ["SOURCES", "Entry", "Place", "Source", "Treatment"]

SOURCES: tuple[Source, ...] = (
    Source(
        "program",
        _("The Program document"),
        _("P and the heading"),
        program_beginning.PLACES
        + program_granting.PLACES
        + program_paying.PLACES
        + program_leaving.PLACES
        + program_control.PLACES
        + program_protecting.PLACES,
    ),
    Source("notice", _("The Notice of Grant"), "GN", notice.PLACES),
    Source(
        "agreement",
        _("The Grant Agreement"),
        _("GA and the section"),
        agreement_measuring.PLACES
        + agreement_settling.PLACES
        + agreement_delivering.PLACES
        + agreement_closing.PLACES,
    ),
    Source(
        "exhibit-b", _("Exhibit B, for holders outside the United States"), "XB", exhibit_b.PLACES
    ),
)
