"""A stored exhibit made ready to be drawn: nothing here is computed that decides anything."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ltip.program.charts import Line, Skin, return_bar, return_chart, schedule_chart
from ltip.records.templatetags.figures import short_day

LONG = 12  # rows; a longer table shows the part that matters and opens to the whole
TOP, AROUND, BOTTOM = 3, 2, 2
FIRST = 10
FIGURE = re.compile(r"(?<![\w.,–-])\d+(?:,\d{3})*(?:\.\d+)?(?: %| of \d+)?(?![\w–-])")
RETURN = re.compile(r"[+−]?[\d,]+\.\d+ %")


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    figure: str
    steps: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart; a wide one scrolls inside its frame on a phone."""

    title: str
    description: str
    svg: SafeString
    is_wide: bool
    is_figure: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    numeric: bool
    names_row: bool


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    note: str
    own: bool
    bar: SafeString
    steps: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Gap:
    """Rows that the short table leaves out, by their places in the whole."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which part of a table too long for one page is shown: with no page, all of it."""

    page: int | None
    pages: int
    count: int

    @property
    def before(self) -> int:
        return (self.page or 1) - 1

    @property
    def after(self) -> int:
        return (self.page or 0) + 1


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: Sequence[Mapping[str, Any]]
    rows: tuple[Row, ...]
    part: tuple[Row | Gap, ...]
    has_bars: bool
    has_steps: bool
    stretch: Stretch | None = None
    is_figure: bool = False

    @property
    def is_long(self) -> bool:
        return len(self.part) != len(self.rows)

    @property
    def width(self) -> int:
        return len(self.columns) + self.has_bars + self.has_steps


@dataclass(frozen=True, slots=True)
class Band:
    """Charts and tables that stand side by side."""

    pieces: tuple[Figure | Table, ...]
    layout: Literal["", "two", "two even"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the page shows of an exhibit."""

    title: str
    ask: SafeString
    facts: tuple[Fact, ...]
    bands: tuple[Band, ...]
    consequences: Sequence[str]
    resolution: Sequence[str]
    can_be_revised: bool
    run: str


def draw(exhibit: Mapping[str, Any]) -> Drawing:
    """Make a stored exhibit ready for the page."""
    charts = [_figure(chart, exhibit["tables"]) for chart in exhibit["charts"]]
    tables = [_table(table) for table in exhibit["tables"]]
    return Drawing(
        title=exhibit["title"],
        ask=_with_figures_marked(exhibit["ask"]),
        facts=tuple(
            Fact(label=fact["label"], figure=fact["value"], steps=fact["steps"])
            for fact in exhibit["facts"]
        ),
        bands=_bands([*charts, *tables]),
        consequences=exhibit["consequences"],
        resolution=exhibit["resolution"],
        can_be_revised="wording" in exhibit,
        run=exhibit["data"].get("run", ""),
    )


def _with_figures_marked(sentence: str) -> SafeString:
    parts, end = [], 0
    for found in FIGURE.finditer(sentence):
        parts += [escape(sentence[end : found.start()]), f"<b>{escape(found[0])}</b>"]
        end = found.end()
    return mark_safe("".join([*parts, escape(sentence[end:])]))  # noqa: S308 - escaped above


def _bands(pieces: Sequence[Figure | Table]) -> tuple[Band, ...]:
    bands = []
    for at in range(0, len(pieces), 2):
        pair = tuple(pieces[at : at + 2])
        layout: Literal["", "two", "two even"] = "two even" if len(pair) == 2 else ""
        if len(pair) == 2 and isinstance(pair[0], Figure) and pair[0].is_wide:
            layout = "two"
        bands.append(Band(pieces=pair, layout=layout))
    return tuple(bands)


def _figure(chart: Mapping[str, Any], tables: Sequence[Mapping[str, Any]]) -> Figure:
    drawn = mark_safe(chart_svg(chart, tables, skin="page"))  # noqa: S308 - it escapes every text
    return Figure(
        title=chart["title"],
        description=chart["description"],
        svg=drawn,
        is_wide=chart["kind"] == "returns",
    )


def chart_svg(chart: Mapping[str, Any], tables: Sequence[Mapping[str, Any]], *, skin: Skin) -> str:
    """A chart of an exhibit; our own line ends in the figure that the tables say."""
    words = {"title": chart["title"], "description": chart["description"]}
    data = chart["data"]
    if chart["kind"] == "returns":
        lines = _lines(data["paths"], _own_figures(tables), data.get("own_figure"))
        return return_chart(lines=lines, skin=skin, **words)
    result = data["result"]
    return schedule_chart(
        points=[(Decimal(at), Decimal(pays)) for at, pays in data["points"]],
        between_points=data["between_points"],
        result=(Decimal(result[0]), Decimal(result[1])) if result else None,
        skin=skin,
        axis=data.get("amounts_of", "percentile"),
        over_amounts="amounts_of" in data,
        **words,
    )


def _lines(
    paths: Sequence[Mapping[str, Any]], own_figures: Mapping[str, str], own_figure: str | None
) -> list[Line]:
    last_day = max(date.fromisoformat(path["points"][-1][0]) for path in paths)
    lines = []
    for path in paths:
        points = [(date.fromisoformat(day), Decimal(value)) for day, value in path["points"]]
        ends = (own_figure or own_figures.get(path["ticker"])) if path["own"] else None
        if points[-1][0] < last_day:
            ends = f"until {short_day(points[-1][0])}"
        lines.append(Line(label=path["ticker"], points=points, own=path["own"], ends=ends))
    return lines


def _own_figures(tables: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The figure in the last cell of each row that is ours, by what else the row says."""
    return {
        cell: row["cells"][-1]
        for table in tables
        for row in table["rows"]
        if row["own"]
        for cell in row["cells"][:-1]
    }


def _table(table: Mapping[str, Any]) -> Table:
    columns = table["columns"]
    naming = next((at for at, column in enumerate(columns) if not column["numeric"]), 0)
    bars = _bars(table)
    rows = tuple(
        Row(
            cells=tuple(
                Cell(text=text, numeric=column["numeric"], names_row=at == naming)
                for at, (text, column) in enumerate(zip(row["cells"], columns, strict=True))
            ),
            note=row["note"],
            own=row["own"],
            bar=bars[index] if bars else SafeString(""),
            steps=row["steps"],
        )
        for index, row in enumerate(table["rows"])
    )
    stretch = (
        Stretch(page=table["page"], pages=table["pages"], count=table["count"])
        if "page" in table
        else None
    )
    return Table(
        caption=table["caption"],
        columns=columns,
        rows=rows,
        part=rows if stretch else _part(rows),
        stretch=stretch,
        has_bars=bool(bars),
        has_steps=any(row.steps for row in rows),
    )


def _bars(table: Mapping[str, Any]) -> list[SafeString]:
    """A bar for each row of a ranking: a table with a row of ours whose last cells are returns."""
    texts = [row["cells"][-1] for row in table["rows"]]
    if not any(row["own"] for row in table["rows"]) or not all(map(RETURN.fullmatch, texts)):
        return []
    values = [Decimal(text.removesuffix(" %").replace("−", "-").replace(",", "")) for text in texts]
    # One company that towers over the rest would leave only dots of them: its bar is cut.
    highest = min(max(values), 2 * sorted([Decimal(0), *values])[-2])
    return [
        mark_safe(  # noqa: S308 - numbers
            return_bar(value=min(value, highest), lowest=min(values), highest=highest)
        )
        for value in values
    ]


def _part(rows: tuple[Row, ...]) -> tuple[Row | Gap, ...]:
    """Of a long table the top, our neighbourhood and the bottom, or the first rows."""
    count = len(rows)
    if count <= LONG:
        return rows
    own = next((at for at, row in enumerate(rows) if row.own), None)
    if own is None:
        return (*rows[:FIRST], Gap(first=FIRST + 1, last=count))
    near = range(max(own - AROUND, 0), min(own + AROUND + 1, count))
    kept = sorted({*range(TOP), *near, *range(count - BOTTOM, count)})
    part: list[Row | Gap] = []
    for before, at in zip([-1, *kept], kept, strict=False):
        if at - before == 2:
            part.append(rows[at - 1])
        elif at - before > 2:
            part.append(Gap(first=before + 2, last=at))
        part.append(rows[at])
    return tuple(part)
