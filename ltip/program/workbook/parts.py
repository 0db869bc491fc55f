"""The sheet of one ranking: a goal over the whole period, or one of its segments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ltip.program.workbook.cells import GAP, INDEX, PERCENT, RETURN, Sheet, at
from ltip.program.workbook.market import INDEXES, Places
from ltip.records.spreadsheets import harmless
from ltip.rules.calendars import Period, day_text
from ltip.rules.peers import Treatment, treat_peers, treat_peers_in_segment
from ltip.rules.relative_goal import Market
from ltip.rules.returns import days_until_frozen

# Floating point would tell equal returns, or a percentile and its step, apart in the last digits.
EXACT_TO, PLACED_TO = 12, 10
_BEGIN, _END, _RETURN, _RANK, _THEIRS, _THEIR_RANK = 4, 5, 6, 7, 8, 10
_AT, _PAYS = 13, 14


@dataclass(frozen=True, slots=True)
class Part:
    """What is ranked: the figures of a run, the goal's terms, the days, when a peer was frozen."""

    found: Mapping[str, Any]
    terms: Mapping[str, Any]
    start: date
    end: date
    frozen: Mapping[str, date]


def parts_of(found: Mapping[str, Any], terms: Mapping[str, Any], market: Market) -> list[Part]:
    """The whole of a goal, or each of its segments that the run measured."""
    given: dict[str, Any] = {
        "company": market.company,
        "peers": [market.tickers[peer["security"]] for peer in terms["peers"]],
        "events": market.events,
        "treatment": Treatment(**terms["peer_events"]),
        "period_end": market.until,
    }
    if "segments" not in found:
        whole = treat_peers(**given).value
        return [Part(found, terms, market.start, market.until, dict(whole.frozen))]
    parts = []
    for segment, stated in zip(found["segments"], terms["segments"], strict=False):
        start = date.fromisoformat(segment["start"])
        # Who is frozen in a segment hangs on its last day as the goal states it.
        span = Period(start, date.fromisoformat(stated["end"]))
        group = treat_peers_in_segment(**given, segment=span).value
        end = date.fromisoformat(segment["end"])
        parts.append(Part(segment, terms, start, end, dict(group.frozen)))
    return parts


def write_part(sheet: Sheet, part: Part, market: Market, places: Places) -> str:
    """Write a ranking with its percentile and payout; give the reference of the payout."""
    sheet.title(
        _("%(start)s to %(end)s") % {"start": day_text(part.start), "end": day_text(part.end)}
    )
    sheet.note(
        _(
            "The average index of the last days over that of the days before the period, less one. "
            "Returns are rounded to twelve decimals, so that equal ones are equal here too."
        )
    )
    headings = sheet.headings(
        [
            _("Company"),
            _("Name"),
            _("How it is ranked"),
            _("Average at the beginning"),
            _("Average at the end"),
            _("Return"),
            _("Rank"),
            _("Return in the run"),
            _("Difference"),
            _("Rank in the run"),
            _("Difference"),
            "",
            _("Schedule: percentile"),
            _("Payout, of target"),
        ]
    )
    # The company first, so that its peers stand in one block.
    rows = sorted(part.found["table"], key=lambda row: (not row["own"], row["ticker"]))
    first, last = headings + 1, headings + len(rows)
    points = part.terms["schedule"]
    for number in range(max(len(rows), len(points))):
        cells: list[Any] = [None] * _THEIR_RANK + [None, None]
        if number < len(rows):
            cells = _company_cells(sheet, rows[number], part, market, places, (first, last))
        if number < len(points):
            cells += [Decimal(text) for text in points[number]]
        sheet.write(cells)
    return _write_place(sheet, part, market, (first, last), (first, headings + len(points)))


def read_off(placed: str, terms: Mapping[str, Any], ats: str, pays: str) -> str:
    """The formula that reads a payout off the schedule, as text without its equals sign."""
    reached = f"MATCH({placed},{ats},1)"
    lower, lower_pays = f"INDEX({ats},{reached})", f"INDEX({pays},{reached})"
    count = len(terms["schedule"])
    between = lower_pays
    if terms["between_points"] == "line" and count > 1:
        upper, upper_pays = (f"INDEX({block},{reached}+1)" for block in (ats, pays))
        between = f"{lower_pays}+({upper_pays}-{lower_pays})*({placed}-{lower})/({upper}-{lower})"
    return (
        f"IF({placed}<INDEX({ats},1),0,"
        f"IF({placed}>=INDEX({ats},{count}),INDEX({pays},{count}),{between}))"
    )


def _company_cells(
    sheet: Sheet,
    row: Mapping[str, Any],
    part: Part,
    market: Market,
    places: Places,
    block: tuple[int, int],
) -> list[Any]:
    here, ticker = sheet.row + 1, row["ticker"]
    begin = end = None
    value: Any = -1
    if row["standing"] != "bottom":
        begin, end = (
            sheet.figure(f"=AVERAGE({window})", INDEX)
            for window in _windows(ticker, part, market, places)
        )
        value = f"=ROUND(E{here}/D{here}-1,{EXACT_TO})"
    returns = at(sheet.name, _RETURN, *block)
    rank = f"=RANK(F{here},{returns},0)"
    if market.ties == "worse_place":
        rank = f"=COUNT({returns})+1-RANK(F{here},{returns},1)"
    return [
        harmless(ticker),
        harmless(row["name"]),
        _standing_words(row["standing"]),
        begin,
        end,
        sheet.figure(value, RETURN),
        rank,
        sheet.figure(float(row["return"]), RETURN),
        sheet.figure(f"=F{here}-H{here}", GAP),
        row["rank"],
        f"=G{here}-J{here}",
        None,
    ]


def _standing_words(standing: str) -> str:
    return {
        "measured": _("to the last day"),
        "frozen": _("kept at its last return"),
        "bottom": _("kept at the bottom, −100 %"),
    }[standing]


def _windows(ticker: str, part: Part, market: Market, places: Places) -> tuple[str, str]:
    """The two windows of a company in the sheet of indexes."""
    averaging = int(part.terms["averaging_days"])
    before = sum(day < part.start for day in market.days)
    days: Sequence[date] = [day for day in market.days[before - averaging :] if day <= part.end]
    if ticker in part.frozen:
        days = days_until_frozen(
            company=ticker,
            closes=market.traded[ticker].closes,
            days=days,
            frozen_on=part.frozen[ticker],
        )
    column, rows = places.columns[ticker], places.day_rows
    begin = at(INDEXES, column, rows[days[0]], rows[days[averaging - 1]])
    return begin, at(INDEXES, column, rows[days[-averaging]], rows[days[-1]])


def _write_place(
    sheet: Sheet, part: Part, market: Market, block: tuple[int, int], schedule: tuple[int, int]
) -> str:
    """Rank, percentile and payout of the company, each beside the run's own."""
    first, last = block
    own, peers = f"$F${first}", at(sheet.name, _RETURN, first + 1, last)
    sheet.write()
    heading = sheet.headings(
        [_("The company"), _("By this workbook"), _("In the run"), _("Difference")]
    )
    count, rank, lower, placed = (f"$B${heading + number}" for number in (1, 2, 3, 4))
    peer_count = f"({count}-1)"
    percentile = {
        "discrete": f"({count}-{rank})*100/{peer_count}",
        "continuous": (
            f"IF({lower}={peer_count},100,IF({lower}=0,0,"
            f"({lower}-1+({own}-SMALL({peers},{lower}))"
            f"/(SMALL({peers},{lower}+1)-SMALL({peers},{lower})))*100/({peer_count}-1)))"
        ),
        "count_below": f"{lower}*100/{peer_count}",
    }[part.terms["percentile"]]
    digits = 2 if market.rounding == "two_decimals" else PLACED_TO
    cap = part.terms["negative_tsr_cap"]
    ats, pays = (at(sheet.name, column, *schedule) for column in (_AT, _PAYS))
    paid = read_off(placed, part.terms, ats, pays)
    by_schedule = f"$B${heading + 5}"
    capped = by_schedule if cap is None else f"IF({own}<0,MIN({by_schedule},{cap}),{by_schedule})"
    found = part.found
    for label, formula, theirs, form in (
        (_("Companies ranked"), f"COUNT({at(sheet.name, _RETURN, first, last)})", "ranked", "0"),
        (_("Rank"), f"$G${first}", "rank", "0"),
        (_("Peers below it"), f"SUMPRODUCT(({peers}<{own})*1)", "", "0"),
        (_("Percentile"), f"ROUND({percentile},{digits})", "percentile", PERCENT),
        (_("Payout by the schedule, of target"), paid, "", PERCENT),
        (_("Payout, of target"), capped, "payout", PERCENT),
    ):
        here = sheet.row + 1
        compared = []
        if theirs:
            compared = [
                sheet.figure(float(found[theirs]), form),
                sheet.figure(f"=B{here}-C{here}", GAP),
            ]
        sheet.write([label, sheet.figure(f"={formula}", form), *compared])
    return at(sheet.name, 2, sheet.row)
