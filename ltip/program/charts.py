"""Charts as SVG text: one geometry, two skins.

The page's skin names classes that the style sheet colours; the file's skin carries presentation
attributes, since what renders files and paper ignores classes. Figures in the charts are for
looking at: the table beside a chart says them exactly.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, localcontext
from functools import wraps
from itertools import pairwise
from typing import Literal, ParamSpec
from xml.sax.saxutils import escape, quoteattr

from ltip.rules.quantities import number_text

Skin = Literal["page", "file"]
Point = tuple[Decimal, Decimal]

MOST_POINTS = 150
LABEL_HEIGHT = Decimal(14)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STEPS = tuple(Decimal(step) for step in (5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2500, 5000))

INK, SOFT, EDGE, LINE, ACCENT, CARD = (
    "#1b2430",
    "#5a6472",
    "#8b8f96",
    "#ddd9d0",
    "#0b4f6c",
    "#ffffff",
)
FILE_SKIN: Mapping[str, Mapping[str, str]] = {
    "grid": {"stroke": LINE},
    "zero": {"stroke": EDGE},
    "tick": {"fill": SOFT, "font-size": "11"},
    "peer": {"fill": "none", "stroke": SOFT, "stroke-opacity": "0.4", "stroke-width": "1"},
    "own": {"fill": "none", "stroke": ACCENT, "stroke-width": "2.5", "stroke-linejoin": "round"},
    "end": {"fill": CARD, "stroke": SOFT},
    "dot": {"fill": ACCENT, "stroke": CARD, "stroke-width": "1.5"},
    "peer-label": {"fill": SOFT, "font-size": "10.5"},
    "peer-label mid": {"fill": SOFT, "font-size": "10.5"},
    "own-label": {"fill": ACCENT, "font-size": "12", "font-weight": "600"},
    "guide": {"fill": "none", "stroke": ACCENT, "stroke-dasharray": "3 3"},
}


@dataclass(frozen=True, slots=True)
class Line:
    """One company's return, day by day, as fractions (0.49 is +49 %).

    `ends` is what is written after the label at the line's end: its figure, or why it stops.
    """

    label: str
    points: Sequence[tuple[date, Decimal]]
    own: bool
    ends: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One drawn element: what it is, the part it plays, where it stands, what it says."""

    tag: str
    role: str
    geometry: Mapping[str, str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot: its edges on the sheet, and the figures that lie on them."""

    left: Decimal
    right: Decimal
    top: Decimal
    bottom: Decimal
    first: Decimal
    last: Decimal
    lowest: Decimal
    highest: Decimal
    marks: list[Mark] = field(default_factory=list)

    def x(self, value: Decimal) -> Decimal:
        return self.left + (value - self.first) / (self.last - self.first) * (
            self.right - self.left
        )

    def y(self, value: Decimal) -> Decimal:
        held = min(max(value, self.lowest), self.highest)
        return self.bottom - (held - self.lowest) / (self.highest - self.lowest) * (
            self.bottom - self.top
        )


Arguments = ParamSpec("Arguments")


def _exact(draw: Callable[Arguments, str]) -> Callable[Arguments, str]:
    @wraps(draw)
    def drawn(*args: Arguments.args, **kwargs: Arguments.kwargs) -> str:
        with localcontext(Context(prec=28)):
            return draw(*args, **kwargs)

    return drawn


@_exact
def return_chart(*, lines: Sequence[Line], skin: Skin, title: str, description: str) -> str:
    """Total stockholder return of the company and its peers over time.

    The company stands in the accent, labelled at its line; peers are grey, labelled where there is
    room. Peers that tower over all others (at most one in eight, their peaks more than twice the
    next) are cut at the top edge, with an arrow at their labels, so that the rest stays legible.
    Refuses a chart without any point.
    """
    drawn = [(line, _thinned(line.points)) for line in lines if line.points]
    if not drawn:
        raise ValueError("A return chart needs at least one line with points.")
    days = sorted({day for _, points in drawn for day, _ in points})
    lowest, highest, step = _return_scale(drawn)
    gutter = max(_label_width(line, _label(line)) for line in lines) + 14
    frame = Frame(
        left=Decimal(50),
        right=720 - min(gutter, Decimal(200)),
        top=Decimal(10),
        bottom=Decimal(248),
        first=Decimal(days[0].toordinal()),
        last=Decimal(max(days[-1].toordinal(), days[0].toordinal() + 1)),
        lowest=lowest,
        highest=highest,
    )
    _draw_levels(frame, step, signed=True)
    _draw_years(frame, days[0], days[-1])
    for line, points in sorted(drawn, key=lambda each: each[0].own):
        places = " ".join(
            f"{_text(frame.x(Decimal(day.toordinal())))},{_text(frame.y(value * 100))}"
            for day, value in points
        )
        frame.marks.append(Mark("polyline", "own" if line.own else "peer", {"points": places}))
    _draw_ends(frame, drawn, days[-1])
    return _svg(frame.marks, skin, 720, 274, title, description)


@_exact
def schedule_chart(
    *,
    points: Sequence[Point],
    between_points: str,
    result: Point | None,
    skin: Skin,
    title: str,
    description: str,
    axis: str = "percentile",
    over_amounts: bool = False,
) -> str:
    """The schedule from percentile to % of target, both in percent, and the result on it.

    Nothing below the first point, the last point's value above the last; between points a straight
    line ("line") or steps ("step"). Over amounts, of a financial measure, the sheet reaches beyond
    the points and the result on either side. Refuses a schedule without points.
    """
    if not points:
        raise ValueError("A schedule chart needs at least one point.")
    if between_points not in ("line", "step"):
        raise ValueError(f"Between points stands 'line' or 'step', not {between_points!r}.")
    payouts = [payout for _, payout in points] + ([result[1]] if result else [])
    first, last, ticks = Decimal(0), Decimal(100), [Decimal(at) for at in (0, 25, 50, 75, 100)]
    if over_amounts:
        first, last = _around_amounts([at for at, _ in points] + ([result[0]] if result else []))
        ticks = sorted({points[0][0], points[-1][0]})
    frame = Frame(
        left=Decimal(44),
        right=Decimal(256),
        top=Decimal(10),
        bottom=Decimal(236),
        first=first,
        last=last,
        lowest=Decimal(0),
        highest=max(Decimal(100), _outward(max(payouts), Decimal(50), ROUND_CEILING)),
    )
    _draw_levels(frame, Decimal(50), signed=False)
    for tick in ticks:
        frame.marks.append(
            _words("tick", frame.x(tick), frame.bottom + 17, number_text(tick, places=6))
        )
    frame.marks.append(_words("tick", frame.x((first + last) / 2), frame.bottom + 35, axis))
    corners = [(first, Decimal(0)), (points[0][0], Decimal(0)), points[0]]
    for (_, payout), (percentile, next_payout) in pairwise(points):
        if between_points == "step":
            corners.append((percentile, payout))
        corners.append((percentile, next_payout))
    corners.append((last, points[-1][1]))
    places = " ".join(f"{_text(frame.x(at))},{_text(frame.y(payout))}" for at, payout in corners)
    frame.marks.append(Mark("polyline", "own", {"points": places}))
    if result:
        _draw_result(frame, result)
    return _svg(frame.marks, skin, 270, 282, title, description)


def _around_amounts(amounts: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The sheet's edges: a quarter of the amounts' width beyond them on either side."""
    width = max(amounts) - min(amounts) or max(abs(amounts[0]), Decimal(1))
    return min(amounts) - width / 4, max(amounts) + width / 4


@_exact
def return_bar(*, value: Decimal, lowest: Decimal, highest: Decimal) -> str:
    """A small bar from zero to one return, for a table's row; decoration beside its figure."""
    first, last = min(lowest, Decimal(0)), max(highest, Decimal(0))
    span = last - first or Decimal(1)
    zero, end = (-first / span * 100, (value - first) / span * 100)
    left, width = min(zero, end), abs(end - zero)
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect x="{_text(left)}" width="{_text(width)}" y="1" height="8"/>'
        f'<line x1="{_text(zero)}" x2="{_text(zero)}" y1="0" y2="10"/></svg>'
    )


def _return_scale(
    drawn: Sequence[tuple[Line, Sequence[tuple[date, Decimal]]]],
) -> tuple[Decimal, Decimal, Decimal]:
    peaks = sorted((max(value for _, value in points) * 100 for _, points in drawn), reverse=True)
    own_peak = max(
        (value * 100 for line, points in drawn if line.own for _, value in points),
        default=Decimal(0),
    )
    cut = max(
        (
            count
            for count in range(len(peaks) // 8 + 1)
            if count == 0 or peaks[count - 1] > max(2 * max(peaks[count], Decimal(50)), own_peak)
        ),
    )
    top = max(peaks[cut], own_peak, Decimal(0))
    low = min(min(value for _, points in drawn for _, value in points) * 100, Decimal(0))
    step = next((step for step in STEPS if top - low <= 5 * step), Decimal(10) ** 5)
    lowest = max(_outward(low, step, ROUND_FLOOR), Decimal(-100))
    highest = _outward(top, step, ROUND_CEILING)
    return lowest, highest if highest > lowest else lowest + step, step


def _draw_levels(frame: Frame, step: Decimal, *, signed: bool) -> None:
    level = _outward(frame.lowest, step, ROUND_CEILING)
    while level <= frame.highest:
        y = _text(frame.y(level))
        ends = {"x1": _text(frame.left), "x2": _text(frame.right), "y1": y, "y2": y}
        frame.marks.append(Mark("line", "zero" if level == 0 else "grid", ends))
        sign = "−" if level < 0 else "+" if signed and level > 0 else ""
        words = f"{sign}{abs(level):f} %"
        frame.marks.append(_words("tick", frame.left - 6, frame.y(level) + 4, words, "end"))
        level += step


def _draw_years(frame: Frame, first: date, last: date) -> None:
    edges = (frame.left, frame.right)
    januaries = (date(year, 1, 1) for year in range(first.year + 1, last.year + 1))
    between = [
        day
        for day in januaries
        if all(abs(frame.x(Decimal(day.toordinal())) - edge) > 60 for edge in edges)
    ]
    for day in dict.fromkeys((first, *between, last)):
        x = frame.x(Decimal(day.toordinal()))
        words = f"{MONTHS[day.month - 1]} {day.year}"
        frame.marks.append(_words("tick", x, frame.bottom + 18, words))


def _draw_ends(
    frame: Frame,
    drawn: Sequence[tuple[Line, Sequence[tuple[date, Decimal]]]],
    last_day: date,
) -> None:
    """Label the lines at their ends: the company always, a peer where no label stands too near."""
    beside: list[Decimal] = []
    inside: list[tuple[Decimal, Decimal]] = []
    by_height = sorted(drawn, key=lambda each: (not each[0].own, -each[1][-1][1], each[0].label))
    for line, points in by_height:
        day, value = points[-1]
        x, y = frame.x(Decimal(day.toordinal())), frame.y(value * 100)
        label = ("↑ " if value * 100 > frame.highest else "") + _label(line)
        if line.own:
            frame.marks.append(_circle("dot", x, y, "4"))
        elif day < last_day:
            frame.marks.append(_circle("end", x, y, "2.5"))
        if day == last_day and (
            line.own or all(abs(y - other) >= LABEL_HEIGHT for other in beside)
        ):
            beside.append(y)
            role = "own-label" if line.own else "peer-label"
            frame.marks.append(_words(role, x + 9, y + 4, label, "start"))
        elif day < last_day and all(
            abs(y - other_y) >= LABEL_HEIGHT or abs(x - other_x) > 120
            for other_x, other_y in inside
        ):
            inside.append((x, y))
            role = "own-label" if line.own else "peer-label mid"
            anchor = "end" if x > (frame.left + frame.right) / 2 else "start"
            frame.marks.append(_words(role, x, max(y - 7, frame.top + 8), label, anchor))


def _draw_result(frame: Frame, result: Point) -> None:
    x, y = frame.x(result[0]), frame.y(result[1])
    path = f"M{_text(x)} {_text(frame.bottom)} V{_text(y)} H{_text(frame.left)}"
    words = f"{_text(result[1])} %"
    frame.marks.append(Mark("path", "guide", {"d": path}))
    frame.marks.append(_circle("dot", x, y, "4.5"))
    if x < frame.right - 60:
        frame.marks.append(_words("own-label", x + 9, y + 16, words, "start"))
    else:
        frame.marks.append(_words("own-label", x - 9, y + 18, words, "end"))


def _thinned(points: Sequence[tuple[date, Decimal]]) -> Sequence[tuple[date, Decimal]]:
    if len(points) <= MOST_POINTS:
        return points
    gaps = MOST_POINTS - 1
    return [points[index * (len(points) - 1) // gaps] for index in range(MOST_POINTS)]


def _label(line: Line) -> str:
    most = 22 if line.own else 26
    label = f"{line.label} {line.ends}" if line.ends else line.label
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def _label_width(line: Line, label: str) -> Decimal:
    return len(label) * (Decimal("8.1") if line.own else Decimal("6.7"))


def _outward(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (value / step).to_integral_value(rounding) * step


def _text(number: Decimal) -> str:
    """One decimal at most, none when it says nothing."""
    rounded = number.quantize(Decimal("0.1"))
    return f"{rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded:f}"


def _words(role: str, x: Decimal, y: Decimal, words: str, anchor: str = "middle") -> Mark:
    return Mark("text", role, {"x": _text(x), "y": _text(y), "text-anchor": anchor}, words)


def _circle(role: str, x: Decimal, y: Decimal, radius: str) -> Mark:
    return Mark("circle", role, {"cx": _text(x), "cy": _text(y), "r": radius})


def _attributes(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in pairs)


def _svg(
    marks: Sequence[Mark], skin: Skin, width: int, height: int, title: str, description: str
) -> str:
    whole = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {width} {height}",
        "role": "img",
    }
    if skin == "page":
        whole["class"] = "chart"
    else:
        whole |= {"width": f"{width}", "height": f"{height}", "font-family": "sans-serif"}
    parts = [
        f"<svg{_attributes(whole.items())}>",
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>",
    ]
    for mark in marks:
        dress = {"class": mark.role} if skin == "page" else FILE_SKIN[mark.role]
        attributes = _attributes((*dress.items(), *mark.geometry.items()))
        ending = f">{escape(mark.text)}</{mark.tag}>" if mark.text else "/>"
        parts.append(f"<{mark.tag}{attributes}{ending}")
    return "\n".join((*parts, "</svg>"))
