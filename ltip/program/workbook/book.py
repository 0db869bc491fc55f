"""The workbook of a run: its payout on the first sheet, what it follows from on the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from ltip.program.workbook import market as market_sheets
from ltip.program.workbook.cells import GAP, PERCENT, Sheet, at
from ltip.program.workbook.market import ACTIONS, CLOSES, INDEXES, SHARES, Places
from ltip.program.workbook.parts import parts_of, read_off, write_part
from ltip.records.spreadsheets import harmless
from ltip.rules.calendars import day_text
from ltip.rules.measurement import market_of
from ltip.rules.outcome import Refused
from ltip.rules.relative_goal import Market

MOST_COMPANIES = 50
SUMMARY = "Payout"


@dataclass(frozen=True, slots=True)
class Payout:
    """Where the payout of a goal or a segment stands, and how much it weighs."""

    label: str
    weight: Decimal
    place: str
    in_run: str


def workbook_of(
    *, inputs: Mapping[str, Any], result: Mapping[str, Any], traces: Mapping[str, str]
) -> bytes:
    """Write a run's workbook from what was kept of it; `traces` are its record and digests.

    Refuses more companies than a spreadsheet reckons in good time (GA §2).
    """
    if len(inputs["securities"]) > MOST_COMPANIES:
        raise Refused(
            f"the run measured {len(inputs['securities'])} companies; a workbook with formulas "
            f"is made for up to {MOST_COMPANIES}.",
            place="GA §2",
            remedy="Take the result as CSV and the inputs as JSON.",
        )
    market, book, places = market_of(inputs), Workbook(write_only=True), Places()
    summary = _sheet(book, SUMMARY, 34, 14, 18, 18, 14)
    goals = [
        (number, terms, found, [_sheet(book, name, 16, 30, 24, *[14] * 11) for name in names])
        for number, (terms, found) in enumerate(
            zip(inputs["goals"], result["goals"], strict=True), start=1
        )
        for names in [_sheet_names(number, found)]
    ]
    if market.traded:
        _write_market(book, market, places)
    payouts = []
    for number, terms, found, sheets in goals:
        label = _("Goal %(number)s") % {"number": number}
        if found["kind"] == "financial":
            place = _write_financial(sheets[0], found, terms)
        else:
            place = _write_relative(sheets, found, terms, market, places)
        payouts.append(Payout(label, Decimal(found["weight"]), place, found["payout"]))
    _write_summary(summary, inputs, result, payouts, traces)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book: Workbook, name: str, *widths: int, stays: str | None = None) -> Sheet:
    return Sheet(book.create_sheet(name), name, widths=widths, stays=stays)


def _sheet_names(number: int, found: Mapping[str, Any]) -> list[str]:
    segments = range(1, len(found.get("segments", [])) + 1)
    return [f"Goal {number}", *(f"Goal {number} segment {segment}" for segment in segments)]


def _write_market(book: Workbook, market: Market, places: Places) -> None:
    columns = [12] * len(market.traded)
    closes = _sheet(book, CLOSES, 12, *columns, stays="B3")
    actions = _sheet(book, ACTIONS, 12, 12, 16, 16, 16, 16, 18, stays="A3")
    shares = _sheet(book, SHARES, 12, *columns, stays="B3")
    indexes = _sheet(book, INDEXES, 12, *columns, stays="B3")
    market_sheets.write_closes(closes, market, places)
    market_sheets.write_actions(actions, market, places)
    market_sheets.write_shares(shares, market, places)
    market_sheets.write_indexes(indexes, market, places)


def _write_relative(
    sheets: list[Sheet],
    found: Mapping[str, Any],
    terms: Mapping[str, Any],
    market: Market,
    places: Places,
) -> str:
    parts = parts_of(found, terms, market)
    if "segments" not in found:
        return write_part(sheets[0], parts[0], market, places)
    segments = [
        Payout(
            label=f"{day_text(part.start)} – {day_text(part.end)}",
            weight=Decimal(part.found["weight"]),
            place=write_part(sheet, part, market, places),
            in_run=part.found["payout"],
        )
        for sheet, part in zip(sheets[1:], parts, strict=True)
    ]
    sheets[0].title(_("The segments of the goal"))
    return _write_weighted(sheets[0], segments, found["payout"])


def _write_financial(sheet: Sheet, found: Mapping[str, Any], terms: Mapping[str, Any]) -> str:
    """A financial measure: GAAP, the adjustments, and what the schedule pays for their sum."""
    sheet.title(harmless(found["measure"].capitalize()))
    first = sheet.headings([_("What"), _("Amount")]) + 1
    sheet.write([_("By GAAP"), Decimal(found["gaap"])])
    for name, amount in found["adjustments"].items():
        sheet.write([harmless(name), Decimal(amount)])
    value = sheet.write([_("With the adjustments"), f"=ROUND(SUM(B{first}:B{sheet.row}),10)"])
    sheet.write()
    schedule = sheet.headings([_("Schedule: amount"), _("Payout, of target")]) + 1
    for point in terms["schedule"]:
        sheet.write([Decimal(text) for text in point])
    ats, pays = (at(sheet.name, column, schedule, sheet.row) for column in (1, 2))
    sheet.write()
    paid = f"={read_off(f'$B${value}', terms, ats, pays)}"
    sheet.headings([_("The company"), _("By this workbook"), _("In the run"), _("Difference")])
    return _write_compared(sheet, _("Payout, of target"), paid, found["payout"])


def _write_weighted(sheet: Sheet, payouts: list[Payout], in_run: str) -> str:
    heading = sheet.headings(
        [_("What"), _("Weight"), _("Payout, of target"), _("In the run"), _("Difference")]
    )
    for payout in payouts:
        here = sheet.row + 1
        sheet.write(
            [
                payout.label,
                payout.weight,
                sheet.figure(f"={payout.place}", PERCENT),
                sheet.figure(float(payout.in_run), PERCENT),
                sheet.figure(f"=C{here}-D{here}", GAP),
            ]
        )
    weights, pays = (at(sheet.name, column, heading + 1, sheet.row) for column in (2, 3))
    sheet.write()
    sheet.headings([_("Weighted"), _("By this workbook"), _("In the run"), _("Difference")])
    weighted = f"=SUMPRODUCT({weights},{pays})/SUM({weights})"
    return _write_compared(sheet, _("Payout, of target"), weighted, in_run)


def _write_compared(sheet: Sheet, label: str, formula: str, in_run: str) -> str:
    here = sheet.row + 1
    sheet.write(
        [
            label,
            sheet.figure(formula, PERCENT),
            sheet.figure(float(in_run), PERCENT),
            sheet.figure(f"=B{here}-C{here}", GAP),
        ]
    )
    return at(sheet.name, 2, here)


def _write_summary(
    sheet: Sheet,
    inputs: Mapping[str, Any],
    result: Mapping[str, Any],
    payouts: list[Payout],
    traces: Mapping[str, str],
) -> None:
    sheet.title(_("Measurement of %(label)s") % {"label": inputs["period"]["label"]})
    sheet.note(
        _(
            "Formulas reckon everything here again from the sheets of closes and actions. A "
            "spreadsheet reckons in floating point, the run in decimals: the differences are what "
            "that makes. The run's own digits, and nothing here, are the record."
        )
    )
    sheet.write()
    _write_weighted(sheet, payouts, result["payout"])
    sheet.write()
    for label, trace in traces.items():
        sheet.write([label, harmless(trace)])
    for key, reading in inputs.get("readings", {}).items():
        sheet.write([key, harmless(reading)])
