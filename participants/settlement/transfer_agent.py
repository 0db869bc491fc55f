"""The file for the transfer agent: who gets how many shares on which day."""

from collections.abc import Iterable

from ltip.records.spreadsheets import csv_text
from participants.settlement.statements import Line

COLUMNS = ("name", "shares delivered", "delivery date", "award id")


def transfer_agent_csv(lines: Iterable[Line]) -> str:
    """Write a row for each who gets shares: the holder of an award, or the heirs of a dead one.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    rows = [
        (recipient.name, str(recipient.shares), line.delivered_on.isoformat(), line.award)
        for line in lines
        for recipient in line.recipients
        if recipient.shares
    ]
    return csv_text([COLUMNS, *rows])
