"""Places on the map: the projection, points moved apart, the coast, and what may be joined by a line."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from map_support import UNIT, map_of, point

from api.map.coast import coast_path, read_coast
from api.map.drawing import EXTENT, RADIUS, WIDTH
from api.map.projection import Extent, Mercator, Place
from api.map.spreading import spread
from api.pages.assets import AssetsMissingError

VIETNAM = Mercator(EXTENT, WIDTH)
HOANG_SA = (112.07858, 16.37135)
TRUONG_SA = (113.97556, 9.28866)


def test_corners_of_the_extent_are_the_corners_of_the_drawing() -> None:
    projection = Mercator(Extent(100, 0, 110, 20), 500)
    assert projection.place(100, 20) == pytest.approx((0, 0))
    assert projection.place(110, 0) == pytest.approx((500, projection.height))


def test_a_degree_of_latitude_is_longer_towards_the_pole() -> None:
    projection = Mercator(Extent(100, 0, 110, 40), 500)
    low, high = (projection.place(100, at).y - projection.place(100, at + 1).y for at in (5, 35))
    assert high > low


@pytest.mark.parametrize("place", [HOANG_SA, TRUONG_SA, (102.14, 22.4), (105.32, 23.39), (104.7, 8.56)])
def test_every_end_of_the_country_is_within_the_map(place: tuple[float, float]) -> None:
    assert EXTENT.contains(*place)


places = st.lists(
    st.builds(Place, st.floats(0, 300, allow_nan=False), st.floats(0, 300, allow_nan=False)),
    max_size=25,
)


@given(places)
def test_spread_points_do_not_hide_each_other(given_places: list[Place]) -> None:
    spread_places = spread(given_places, 10)
    assert all(
        math.dist(one, other) > 9.5
        for index, one in enumerate(spread_places)
        for other in spread_places[index + 1 :]
    )


@given(places)
def test_spreading_gives_the_same_each_time(given_places: list[Place]) -> None:
    assert spread(given_places, 10) == spread(given_places, 10)


def test_points_with_room_stay_where_they_are() -> None:
    apart = [Place(0, 0), Place(50, 0), Place(0, 50)]
    assert spread(apart, 10) == apart


def test_points_at_one_place_part_by_just_the_distance() -> None:
    one, other = spread([Place(5, 5), Place(5, 5)], 10)
    assert math.dist(one, other) == pytest.approx(10, abs=0.5)
    assert (one.x + other.x) / 2 == pytest.approx(5)


def test_coast_is_closed_rings_in_tenths() -> None:
    projection = Mercator(Extent(100, 0, 110, 10), 100)
    path = coast_path([[(100, 0), (110, 0), (110, 0.001), (105, 5)]], projection)
    assert path == "M0.0 100.5L100.0 100.5L50.0 50.4Z"


def test_rings_that_shrink_to_a_line_are_left_out() -> None:
    assert coast_path([[(100, 0), (100.001, 0), (100, 0.001)]], Mercator(Extent(100, 0, 110, 10), 100)) == ""


def test_built_coast_has_land_all_around() -> None:
    longitudes, latitudes = zip(*(place for ring in read_coast() for place in ring), strict=True)
    assert min(longitudes) < EXTENT.west
    assert max(longitudes) > EXTENT.east
    assert min(latitudes) < EXTENT.south
    assert max(latitudes) > EXTENT.north


def test_coast_that_is_not_built_is_told(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissingError, match="make web"):
        read_coast(tmp_path / "coast.json")


PROVINCES = [
    point("2004/06", "Bắc Kạn", 105.8, 22.3),
    point("2004/19", "Thái Nguyên", 105.8, 21.7),
    point("2004/04", "Cao Bằng", 106.1, 22.7),
    point("2025/19", "Thái Nguyên", 105.8, 22.0),
    point("2025/04", "Cao Bằng", 106.1, 22.7),
]
MERGED = [("2004/06", "2025/19"), ("2004/19", "2025/19")]


def test_lines_join_former_provinces_to_the_one_that_they_became() -> None:
    drawing = map_of(PROVINCES, [], MERGED).drawings[34]
    joined = {(line.old.point.iri, line.new.point.iri) for line in drawing.lines}
    assert joined == {(UNIT + old, UNIT + new) for old, new in MERGED}


def test_line_ends_at_the_point_that_is_drawn() -> None:
    drawing = map_of(PROVINCES, [], MERGED).drawings[34]
    places = {mark.point.iri: mark.place for mark in drawing.marks}
    assert all(line.new.place == places[line.new.point.iri] for line in drawing.lines)


def test_nothing_is_joined_among_the_provinces_before_the_merger() -> None:
    assert map_of(PROVINCES, [], MERGED).drawings[63].lines == ()


def test_province_that_was_not_merged_has_no_line() -> None:
    drawing = map_of(PROVINCES, [], MERGED).drawings[34]
    assert UNIT + "2025/04" not in {line.new.point.iri for line in drawing.lines}


def test_each_register_has_its_own_provinces() -> None:
    drawings = map_of(PROVINCES, [], MERGED).drawings
    assert [len(drawings[basis].marks) for basis in (63, 34)] == [3, 2]


def test_islands_far_out_are_named_with_their_province_and_others_are_not() -> None:
    da_nang = point("2025/48", "Đà Nẵng", 108.2, 15.7)
    islands = [
        point("2025/20333", "Hoàng Sa", *HOANG_SA, province=da_nang.iri),
        point("2025/21548", "Lý Sơn", 109.1, 15.4, province=da_nang.iri),
    ]
    drawn = map_of([da_nang], [], islands=islands).drawings[34].islands
    assert [(island.mark.point.name, island.province) for island in drawn] == [
        ("Hoàng Sa", da_nang),
        ("Lý Sơn", None),
    ]


def test_marks_of_both_registers_have_room() -> None:
    crowd = [point(f"2004/{code}", str(code), 106 + code / 100, 20.5) for code in range(10, 22)]
    marks = map_of(crowd, []).drawings[63].marks
    nearest = min(math.dist(one.place, other.place) for one in marks for other in marks if one is not other)
    assert nearest >= 2 * RADIUS["2004"]
