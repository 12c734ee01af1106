"""Charts of ranks: what a line may join, and that nothing is drawn that was not given."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from api.charts.ranks import HEIGHT, WIDTH, Mark, RankPoint, draw, joined, spans_of


def points_of(out_of: int) -> st.SearchStrategy[RankPoint]:
    return st.builds(
        RankPoint,
        series=st.integers(0, 3),
        year=st.integers(2016, 2026),
        rank=st.integers(1, out_of),
        out_of=st.just(out_of),
        method=st.sampled_from(["", "1726", "922"]),
        mark=st.sampled_from(Mark),
    )


POINTS = st.lists(st.one_of(points_of(63), points_of(34)), max_size=25)


def test_neighbouring_years_of_one_series_are_joined() -> None:
    before, after = RankPoint(0, 2021, 8, 63), RankPoint(0, 2022, 8, 63)
    assert list(joined([after, before])) == [(before, after)]


def test_a_missing_year_is_not_bridged() -> None:
    assert list(joined([RankPoint(0, 2020, 12, 63), RankPoint(0, 2022, 8, 63)])) == []


def test_ranks_among_63_and_among_34_provinces_are_not_joined() -> None:
    assert list(joined([RankPoint(0, 2023, 12, 63), RankPoint(0, 2024, 8, 34)])) == []


def test_ranks_by_different_methods_are_not_joined() -> None:
    points = [RankPoint(0, 2020, 12, 63, "1726"), RankPoint(0, 2021, 8, 63, "922")]
    assert list(joined(points)) == []


def test_a_province_is_not_joined_with_another() -> None:
    assert list(joined([RankPoint(0, 2021, 12, 63), RankPoint(1, 2022, 8, 63)])) == []


def test_a_year_with_two_ranks_is_not_joined_with_any() -> None:
    points = [RankPoint(0, 2021, 8, 63), RankPoint(0, 2022, 7, 63), RankPoint(0, 2022, 15, 63)]
    assert list(joined(points)) == []


def test_a_year_without_figures_between_two_bases_has_its_place() -> None:
    assert spans_of([RankPoint(0, 2022, 8, 63), RankPoint(0, 2025, 8, 34)]) == {
        63: (2022, 2024),
        34: (2025, 2025),
    }


def test_rank_1_is_at_the_top_and_the_last_at_the_bottom() -> None:
    points = [RankPoint(0, 2022, 1, 63), RankPoint(1, 2022, 63, 63)]
    panel = draw(points, spans_of(points))
    heights = {dot.point.rank: dot.y for dot in panel.dots}
    assert (heights[1], heights[63]) == (panel.top, panel.bottom)


@given(POINTS)
def test_no_line_joins_two_bases_skips_a_year_or_uses_an_uncertain_rank(points: list[RankPoint]) -> None:
    for before, after in joined(points):
        assert before.out_of == after.out_of
        assert after.year == before.year + 1
        assert (before.series, before.method) == (after.series, after.method)
        assert {before.mark, after.mark} <= {Mark.STATED, Mark.DERIVED}
        assert sum(
            (p.series, p.out_of, p.year) == (before.series, before.out_of, before.year) for p in points
        ) == (points.count(before))


@given(POINTS)
def test_every_rank_is_drawn_once_in_the_band_of_its_basis(points: list[RankPoint]) -> None:
    panel = draw(points, spans_of(points))
    assert sorted(map(str, (dot.point for dot in panel.dots))) == sorted(map(str, set(points)))
    bands = {band.out_of: band for band in panel.bands}
    for dot in panel.dots:
        assert panel.top <= dot.y <= panel.bottom <= HEIGHT
        assert 0 <= dot.x <= WIDTH + 60
        year = next(tick.at for tick in bands[dot.point.out_of].years if tick.text == str(dot.point.year))
        assert abs(dot.x - year) <= 5 * len(panel.dots)


@given(POINTS)
def test_no_two_dots_lie_upon_each_other(points: list[RankPoint]) -> None:
    dots = draw(points, spans_of(points)).dots
    assert len({(round(dot.x, 3), round(dot.y, 3)) for dot in dots}) == len(dots)


@given(POINTS)
def test_bands_lie_beside_each_other_within_the_chart(points: list[RankPoint]) -> None:
    bands = draw(points, spans_of(points)).bands
    assert all(band.left < band.right <= WIDTH for band in bands)
    assert all(one.right < other.left for one, other in pairwise(bands))
    assert all(band.left <= tick.at <= band.right for band in bands for tick in band.years)
