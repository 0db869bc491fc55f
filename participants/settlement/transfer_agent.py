"""The file for the transfer agent: who gets how many shares on which day."""

import csv
import io
from collections.abc import Iterable

from ltip.records.spreadsheets import harmless
from participants.settlement.statements import Line

COLUMNS = ("name", "shares delivered", "delivery date", "award id")


def transfer_agent_csv(lines: Iterable[Line]) -> str:
    """Write a row for each who gets shares: the holder of an award, or the heirs of a dead one.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for line in lines:
        for recipient in line.recipients:
            if recipient.shares:
                delivered_on = line.delivered_on.isoformat()
                row = (recipient.name, str(recipient.shares), delivered_on, line.award)
                writer.writerow([harmless(cell) for cell in row])
    return file.getvalue()
