"""Where everything on the map is: made once for each register of provinces."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.map.coast import Ring, coast_path
from api.map.projection import Extent, Mercator, Place
from api.map.queries import Point
from api.map.spreading import spread

EXTENT: Final = Extent(west=101.3, south=7.6, east=116.3, north=23.7)
"""Việt Nam with all its islands, Hoàng Sa and Trường Sa among them."""

WIDTH: Final = 640.0
RADIUS: Final = {"2004": 8.0, "2025": 9.0}
"""Of the points of each register, in units of the drawing."""

_GAP: Final = 1.0
# An island so far from every province's point is named on the map: its place alone does not say what it is.
_FAR: Final = 100.0


@dataclass(frozen=True)
class Mark:
    """A unit at its place on the drawing."""

    point: Point
    place: Place


@dataclass(frozen=True)
class Line:
    """A line from where a former province was to the one that it became a part of."""

    old: Mark
    new: Mark


@dataclass(frozen=True)
class Island:
    """An island unit: its mark, and the province to name with it; None for islands close to a province."""

    mark: Mark
    province: Point | None


@dataclass(frozen=True)
class Drawing:
    """A map without figures.

    Attributes:
        width: of the drawing.
        height: of the drawing.
        radius: of the marks.
        coast: path data of the land.
        marks: the provinces.
        lines: what became what in the merger; none before it.
        islands: those with a register entry of their own.

    """

    width: float
    height: float
    radius: float
    coast: str
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    islands: tuple[Island, ...]


def draw(
    era: str,
    provinces: Sequence[Point],
    former: Mapping[str, Sequence[Point]],
    islands: Sequence[Point],
    coast: Sequence[Ring],
) -> Drawing:
    """Lay out a map.

    Args:
        era: the register: 2004 or 2025.
        provinces: those in it.
        former: by the IRI of a province, those that it came out of, where that was a merger.
        islands: the island units of the same register.
        coast: the outline of the land.

    """
    projection = Mercator(EXTENT, WIDTH)
    radius = RADIUS[era]
    marks = _marks(provinces, projection, 2 * radius + _GAP)
    lines = [
        Line(Mark(old, projection.place(old.longitude, old.latitude)), mark)
        for mark in marks
        for old in former.get(mark.point.iri, ())
    ]
    by_iri = {province.iri: province for province in provinces}
    return Drawing(
        width=WIDTH,
        height=round(projection.height, 1),
        radius=radius,
        coast=coast_path(coast, projection),
        marks=tuple(marks),
        lines=tuple(lines),
        islands=tuple(_island(island, projection, marks, by_iri) for island in islands),
    )


def _marks(points: Sequence[Point], projection: Mercator, distance: float) -> list[Mark]:
    places = [projection.place(point.longitude, point.latitude) for point in points]
    return [Mark(point, place) for point, place in zip(points, spread(places, distance), strict=True)]


def _island(
    island: Point, projection: Mercator, marks: Sequence[Mark], provinces: Mapping[str, Point]
) -> Island:
    place = projection.place(island.longitude, island.latitude)
    is_far = all(math.dist(place, mark.place) > _FAR for mark in marks)
    return Island(Mark(island, place), provinces.get(island.province) if is_far else None)
