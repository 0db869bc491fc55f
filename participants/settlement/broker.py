"""The broker's files: what is to be sold for whom, and what was sold."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from ltip.records.spreadsheets import csv_text
from ltip.rules.outcome import Refused
from ltip.rules.paying import PLACE
from participants.settlement.selling import Order, Sold

ORDER_COLUMNS = ("award id", "name", "shares to sell", "not before", "standing instruction")
RESULT_COLUMNS = ("award id", "sold on", "shares", "proceeds", "reference")
MONEY = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
NUMBER = re.compile(r"[0-9]{1,9}")
MOST_FAULTS = 5


def orders_csv(orders: Iterable[Order]) -> str:
    """Write what is still to be sold, a row for each award; a sale on record is left out."""
    rows = [
        (
            str(order.settlement.award.public_id),
            order.holder,
            str(order.settlement.to_sell),
            order.settlement.delivered_on.isoformat(),
            order.instructed_on.isoformat() if order.instructed_on else "",
        )
        for order in orders
        if order.sale is None
    ]
    return csv_text([ORDER_COLUMNS, *rows])


def sales_in(content: bytes) -> list[Sold]:
    """Read what a broker's file says was sold, or refuse it whole, naming lines and reasons."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable("The file is not text in UTF-8.") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="more", restval="")
    sold, faults = [], []
    try:
        reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or []]
        missing = [column for column in RESULT_COLUMNS if column not in reader.fieldnames]
        if missing:
            raise _unreadable(f"The heading lacks the column {', '.join(missing)}.")
        for row in reader:
            try:
                sold.append(_sold(row))
            except ValueError as error:
                faults.append(f"line {reader.line_num}: {error}")
    except csv.Error as error:
        raise _unreadable(f"Line {reader.line_num} is no line of a CSV file.") from error
    if faults:
        more = f"; and {len(faults) - MOST_FAULTS} more" if len(faults) > MOST_FAULTS else ""
        raise _unreadable("; ".join(faults[:MOST_FAULTS]).capitalize() + more + ".")
    return sold


def _sold(row: dict[str, str]) -> Sold:
    if "more" in row:
        raise ValueError("more values than the heading has columns")
    award, sold_on, shares, proceeds, reference = (row[c].strip() for c in RESULT_COLUMNS)
    if not NUMBER.fullmatch(shares):
        raise ValueError(f"“{shares}” is no whole number of shares")
    if not MONEY.fullmatch(proceeds):
        raise ValueError(f"“{proceeds}” is no amount like 1234.56")
    try:
        day = date.fromisoformat(sold_on)
    except ValueError as error:
        raise ValueError(f"“{sold_on}” is no day like 2014-03-24") from error
    return Sold(award, day, int(shares), int(Decimal(proceeds) * 100), reference)


def _unreadable(reason: str) -> Refused:
    return Refused(
        reason, place=PLACE, remedy="Nothing was recorded: mend the file and send it again."
    )
