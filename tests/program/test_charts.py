"""The charts: one geometry, two skins, every word escaped, nothing that a strict page refuses."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal, localcontext
from xml.etree import ElementTree

import pytest

from ltip.program.charts import Line, Skin, return_bar, return_chart, schedule_chart

SVG = "{http://www.w3.org/2000/svg}"
DRESS = {
    *("class", "fill", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"),
    *("stroke-linejoin", "font-size", "font-weight", "font-family", "width", "height"),
}
HOSTILE = '<script>alert("&")</script>'


def line(
    label: str,
    *returns: str,
    own: bool = False,
    ends: str | None = None,
    first: date = date(2012, 1, 2),
    every: int = 30,
) -> Line:
    points = tuple(
        (first + timedelta(days=every * place), Decimal(value))
        for place, value in enumerate(returns)
    )
    return Line(label, points, own, ends)


COMPANY = line("OURS", "0", "0.2", "0.1", own=True, ends="+10 %")
PEER = line("PEER", "0", "-0.2", "-0.4", ends="−40 %")


def returns_in(skin: Skin, lines: Sequence[Line] = (COMPANY, PEER)) -> str:
    return return_chart(lines=lines, skin=skin, title="Return", description="10 % at the end.")


def schedule_in(skin: Skin, between_points: str = "line") -> str:
    return schedule_chart(
        points=[(Decimal(25), Decimal(50)), (Decimal(75), Decimal(200))],
        between_points=between_points,
        result=(Decimal(60), Decimal(140)),
        skin=skin,
        title="Schedule",
        description="140 % at the 60th percentile.",
    )


def drawing(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own text, not a stranger's


def corners(svg: str, role: str) -> list[list[tuple[Decimal, Decimal]]]:
    return [
        [
            (Decimal(x), Decimal(y))
            for x, y in (pair.split(",") for pair in drawn.attrib["points"].split())
        ]
        for drawn in drawing(svg).iter(f"{SVG}polyline")
        if drawn.attrib.get("class") == role
    ]


def words(svg: str) -> list[str]:
    return [each.text or "" for each in drawing(svg).iter(f"{SVG}text")]


def undressed(svg: str) -> list[tuple[str, dict[str, str], str | None]]:
    return [
        (
            each.tag,
            {name: value for name, value in each.attrib.items() if name not in DRESS},
            each.text,
        )
        for each in drawing(svg).iter()
        if each.tag != f"{SVG}svg"
    ]


@pytest.mark.parametrize("draw", [returns_in, schedule_in])
def test_both_skins_draw_the_same_geometry(draw: Callable[[Skin], str]) -> None:
    page, file = draw("page"), draw("file")
    assert undressed(page) == undressed(file)
    assert page != file


@pytest.mark.parametrize("draw", [returns_in, schedule_in])
def test_the_page_skin_names_classes_and_no_colour(draw: Callable[[Skin], str]) -> None:
    drawn = list(drawing(draw("page")).iter())
    assert all("fill" not in each.attrib and "stroke" not in each.attrib for each in drawn)
    assert {"own", "dot", "grid", "zero"} <= {each.attrib.get("class") for each in drawn}


@pytest.mark.parametrize("draw", [returns_in, schedule_in])
def test_the_file_skin_needs_no_style_sheet(draw: Callable[[Skin], str]) -> None:
    drawn = list(drawing(draw("file")).iter())
    assert all("class" not in each.attrib for each in drawn)
    painted = [each for each in drawn if each.tag in (f"{SVG}polyline", f"{SVG}line", f"{SVG}path")]
    assert painted
    assert all("stroke" in each.attrib for each in painted)


@pytest.mark.parametrize("skin", ["page", "file"])
@pytest.mark.parametrize("draw", [returns_in, schedule_in])
def test_no_chart_carries_a_style_a_script_or_an_outside_address(
    draw: Callable[[Skin], str], skin: Skin
) -> None:
    for each in drawing(draw(skin)).iter():
        assert each.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}image", f"{SVG}use")
        assert not {name for name in each.attrib if name in ("style", "href") or name[:2] == "on"}


@pytest.mark.parametrize("skin", ["page", "file"])
def test_a_hostile_label_is_written_as_text(skin: Skin) -> None:
    svg = return_chart(
        lines=[line("<i>&", "0", "1", own=True, ends='"')],
        skin=skin,
        title=HOSTILE,
        description=HOSTILE,
    )
    root = drawing(svg)
    assert root.findtext(f"{SVG}title") == HOSTILE
    assert root.findtext(f"{SVG}desc") == HOSTILE
    assert '<i>& "' in words(svg)
    assert "<script" not in svg


def test_a_chart_is_the_same_every_time_whatever_the_precision_around_it() -> None:
    once = returns_in("page")
    with localcontext() as narrow:
        narrow.prec = 4
        assert returns_in("page") == once


def test_the_company_is_drawn_last_and_labelled_at_its_end() -> None:
    svg = returns_in("page")
    drawn = [each.attrib["class"] for each in drawing(svg).iter(f"{SVG}polyline")]
    assert drawn == ["peer", "own"]
    assert {"OURS +10 %", "PEER −40 %"} <= set(words(svg))


def test_a_higher_return_stands_higher_and_a_later_day_further_right() -> None:
    ((first, second, third),) = corners(returns_in("page"), "own")
    assert first[0] < second[0] < third[0]
    assert second[1] < third[1] < first[1]


def test_a_line_without_return_lies_on_the_zero_line() -> None:
    svg = returns_in("page", [line("FLAT", "0", "0", own=True), PEER])
    (zero,) = (each for each in drawing(svg).iter(f"{SVG}line") if each.attrib["class"] == "zero")
    assert {str(y) for _, y in corners(svg, "own")[0]} == {zero.attrib["y1"]}


def test_three_years_of_days_are_thinned_and_keep_their_ends() -> None:
    days = ("0", *(["0.5"] * 754), "1")
    svg = returns_in("page", [line("OURS", *days, own=True, every=1), PEER])
    (own,) = corners(svg, "own")
    assert len(own) == 150
    assert own[0][1] > own[1][1] > own[-1][1]


def test_every_year_that_begins_in_the_chart_has_its_tick() -> None:
    svg = returns_in("page", [line("OURS", *(["0"] * 25), own=True, every=30)])
    ticks = [each for each in words(svg) if each[-4:].isdigit()]
    assert ticks == ["Jan 2012", "Jan 2013", "Dec 2013"]


def test_peers_that_end_close_together_are_not_all_labelled_but_the_company_is() -> None:
    crowd = [line(f"P{place:02}", "0", f"0.1{place:02}") for place in range(15)]
    said = words(returns_in("page", [*crowd, line("OURS", "0", "0.107", own=True)]))
    assert "OURS" in said
    assert len([each for each in said if each.startswith("P")]) < 4


def test_a_peer_that_towers_over_all_is_cut_at_the_top_and_says_so() -> None:
    others = [line(f"P{place}", "0", f"0.{place}") for place in range(1, 8)]
    svg = returns_in("page", [*others, line("TOWER", "0", "6", ends="+600 %"), COMPANY])
    assert "↑ TOWER +600 %" in words(svg)
    assert "+80 %" in words(svg)
    assert "+600 %" not in words(svg)


def test_the_company_itself_is_never_cut() -> None:
    others = [line(f"P{place}", "0", f"0.{place}") for place in range(1, 9)]
    svg = returns_in("page", [*others, line("OURS", "0", "6", own=True)])
    assert "OURS" in words(svg)
    assert "+600 %" in words(svg)


def test_a_peer_that_leaves_the_market_ends_with_a_mark_and_the_reason() -> None:
    gone = line("GONE", "0", "0.3", ends="acquired")
    svg = returns_in("page", [gone, COMPANY])
    marks = [each.attrib["class"] for each in drawing(svg).iter(f"{SVG}circle")]
    assert sorted(marks) == ["dot", "end"]
    assert "GONE acquired" in words(svg)


def test_a_long_label_is_shortened_inside_the_chart() -> None:
    name = "The Very Long Name of One Peer Company, Incorporated"
    said = words(returns_in("page", [line(name, "0", "0.9", "0.9"), COMPANY]))
    assert name not in said
    assert any(each.startswith("The Very Long Name") and each.endswith("…") for each in said)


def test_a_total_loss_is_the_floor_of_the_chart() -> None:
    svg = returns_in("page", [line("LOST", "0", "-1", "-1"), line("OURS", "0", "9", "9", own=True)])
    assert "−200 %" not in words(svg)
    lost = corners(svg, "peer")[0]
    assert lost[1][1] == Decimal(248)


def test_a_chart_without_any_point_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one line"):
        returns_in("page", [Line("OURS", (), True)])


def test_a_single_day_is_drawn_at_the_left_edge() -> None:
    (((across, _),),) = corners(returns_in("page", [line("OURS", "0", own=True)]), "own")
    assert across == 50


def test_a_schedule_pays_nothing_below_its_first_point_and_the_last_value_above_the_last() -> None:
    ((start, before, first, last, end),) = corners(schedule_in("page"), "own")
    assert start[1] == before[1] > first[1]
    assert before[0] == first[0]
    assert last[1] == end[1] < first[1]
    assert end[0] > last[0]


def test_a_schedule_in_steps_holds_each_value_until_the_next_point() -> None:
    ((_, _, first, held, jumped, _),) = corners(schedule_in("page", "step"), "own")
    assert held[1] == first[1]
    assert held[0] == jumped[0]
    assert jumped[1] < held[1]


def test_the_result_is_marked_on_a_straight_schedule() -> None:
    root = drawing(schedule_in("page"))
    (dot,) = root.iter(f"{SVG}circle")
    # 44 to 256 across for 0 to 100, 236 to 10 down for 0 to 200: the 60th pays 140 %
    assert (dot.attrib["cx"], dot.attrib["cy"]) == ("171.2", "77.8")
    assert "140 %" in words(schedule_in("page"))


def test_a_schedule_without_result_has_no_mark() -> None:
    svg = schedule_chart(
        points=[(Decimal(50), Decimal(100))],
        between_points="line",
        result=None,
        skin="page",
        title="Schedule",
        description="",
    )
    assert not list(drawing(svg).iter(f"{SVG}circle"))


def test_a_schedule_refuses_an_unknown_way_between_points_and_an_empty_one() -> None:
    with pytest.raises(ValueError, match="'curve'"):
        schedule_in("page", "curve")
    with pytest.raises(ValueError, match="at least one point"):
        schedule_chart(
            points=[], between_points="line", result=None, skin="page", title="", description=""
        )


@pytest.mark.parametrize(
    ("value", "left", "width"), [("0.5", "25", "50"), ("-0.25", "0", "25"), ("0", "25", "0")]
)
def test_a_bar_runs_from_zero_to_its_return(value: str, left: str, width: str) -> None:
    svg = return_bar(value=Decimal(value), lowest=Decimal("-0.25"), highest=Decimal("0.75"))
    bar = drawing(svg).find("rect")
    assert bar is not None
    assert (bar.attrib["x"], bar.attrib["width"]) == (left, width)


def test_a_schedule_over_amounts_reaches_beyond_its_points_and_names_its_ends() -> None:
    """380 to 420 are 40 wide; a quarter of that, 10, lies on either side: 370 to 430.

    The plot is 212 wide from 44 on: 380 stands at 44 + 212 / 6 = 79.3, 420 at 44 + 212 × 5 / 6.
    """
    drawn = schedule_chart(
        points=[(Decimal(380), Decimal(50)), (Decimal(420), Decimal(100))],
        between_points="line",
        result=(Decimal(400), Decimal(75)),
        skin="page",
        title="Payout by revenue",
        description="400 pays 75 %.",
        axis="million dollars",
        over_amounts=True,
    )
    below = [each for each in drawing(drawn).iter() if each.get("y") == "253"]
    assert [(each.get("x"), each.text) for each in below] == [("79.3", "380"), ("220.7", "420")]
    assert ">million dollars<" in drawn
    assert 'cx="150"' in drawn


def test_small_amounts_keep_their_decimals_on_the_axis() -> None:
    drawn = schedule_chart(
        points=[(Decimal("0.15"), Decimal(0)), (Decimal("0.35"), Decimal(100))],
        between_points="step",
        result=None,
        skin="page",
        title="Payout",
        description="",
        over_amounts=True,
    )
    assert ">0.15<" in drawn
    assert ">0.35<" in drawn
