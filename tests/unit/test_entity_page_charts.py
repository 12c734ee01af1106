"""The geometry of drawings on the pages of things: nothing overlaps, nothing leaves the frame."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from api.charts.dots import Point, moment_number, nice_levels
from api.charts.dots import lay_out as lay_out_dots
from api.charts.neighbourhood import Neighbour, lay_out, shortened
from api.entity_pages.facts import Text
from api.entity_pages.figure_words import Figure
from api.entity_pages.series import series_of


def neighbours(count: int) -> list[Neighbour]:
    return [Neighbour(f"láng giềng {n}", "", f"/page/x/{n}", "gần", 1) for n in range(count)]


@given(st.integers(min_value=0, max_value=14))
def test_neighbours_keep_their_distance_and_stay_inside(count: int) -> None:
    drawing = lay_out("ở giữa", neighbours(count))
    assert len(drawing.placed) == count
    for side in ("start", "end"):
        rows = [placed.y for placed in drawing.placed if placed.anchor == side]
        assert all(below - above >= 40 for above, below in pairwise(rows))
    assert all(12 <= placed.y <= drawing.height - 16 for placed in drawing.placed)
    assert all(0 < placed.text_x < drawing.width for placed in drawing.placed)


@given(st.text(max_size=90), st.integers(min_value=8, max_value=46))
def test_a_shortened_name_fits(text: str, longest: int) -> None:
    short = shortened(text, longest)
    assert len(short) <= longest
    assert short == text or short.endswith("…")


def test_a_name_is_cut_between_words() -> None:
    assert shortened("Nghị quyết về chương trình chuyển đổi số", 24) == "Nghị quyết về chương…"


MOMENTS = st.sampled_from(["2019", "2020", "2021-06", "2022-08-25", "2024"])


@given(
    st.lists(st.tuples(MOMENTS, st.floats(min_value=0, max_value=1e9)), min_size=1, max_size=30),
    st.booleans(),
)
def test_dots_stay_in_the_plane(measured: list[tuple[str, float]], is_rank: bool) -> None:
    points = [Point(moment, value + 1, "", "") for moment, value in measured]
    chart = lay_out_dots(points, is_rank=is_rank)
    assert all(chart.left <= dot.x <= chart.right for dot in chart.dots)
    assert all(0 <= dot.y <= chart.bottom for dot in chart.dots)
    assert all(chart.left <= tick.at <= chart.right for tick in chart.years)


def test_the_best_rank_is_at_the_top_and_the_greatest_value_too() -> None:
    ranks = lay_out_dots([Point("2022", 1, "", ""), Point("2022", 63, "", "")], is_rank=True)
    assert ranks.dots[0].y < ranks.dots[1].y
    values = lay_out_dots([Point("2022", 1, "", ""), Point("2022", 63, "", "")], is_rank=False)
    assert values.dots[0].y > values.dots[1].y


@given(st.floats(min_value=0.01, max_value=1e12))
def test_levels_rise_from_zero_past_the_greatest_value(high: float) -> None:
    levels = nice_levels(0, high, is_rank=False)
    assert levels[0] == 0
    assert levels[-1] >= high * 0.999
    assert 2 <= len(levels) <= 7


def test_a_date_lies_within_its_year() -> None:
    assert moment_number("2022") == 2022.5
    assert 2022.6 < moment_number("2022-08") < 2022.7
    assert moment_number("2022-12-31") < 2023


def figure(moment: str, number: float | None, out_of: str = "", *, is_target: bool = False) -> Figure:
    return Figure(
        node=NamedNode("https://w3id.org/vndx/id/x"),
        about=None,
        about_name=Text("Thái Nguyên"),
        indicator=NamedNode("https://w3id.org/vndx/concept/indicator/dti"),
        indicator_name=Text("DTI"),
        amount="",
        time=moment,
        moment=moment,
        number=number,
        is_rank=bool(out_of),
        out_of=out_of,
        is_target=is_target,
        status="",
        status_name=Text(""),
        basis=Text(""),
        language="vi",
    )


def test_ranks_among_63_and_among_34_are_never_in_one_chart() -> None:
    among_63 = [figure("2022", 8, "63"), figure("2023", 9, "63")]
    among_34 = [figure("2024", 8, "34"), figure("2025", 7, "34")]
    charts = series_of([*among_63, *among_34], lambda found: found.moment)
    assert [(chart.out_of, len(chart.chart.dots)) for chart in charts] == [("34", 2), ("63", 2)]


def test_one_moment_makes_no_chart_and_targets_are_no_measurements() -> None:
    assert series_of([figure("2022", 8), figure("2022", 9)], str) == []
    assert series_of([figure("2022", 8), figure("2025", 9, is_target=True)], str) == []


@pytest.mark.parametrize("number", [None])
def test_what_has_no_number_is_not_drawn(number: float | None) -> None:
    assert series_of([figure("2022", number), figure("2023", number)], str) == []
