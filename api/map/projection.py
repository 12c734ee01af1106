"""From degrees to places on a drawing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """A point of a drawing: to the right and down, in its own units."""

    x: float
    y: float


@dataclass(frozen=True)
class Extent:
    """The part of the world that a map shows, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def contains(self, longitude: float, latitude: float) -> bool:
        """Say whether a point is in it."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


@dataclass(frozen=True)
class Mercator:
    """The projection of Mercator on a sphere: shapes are true, and so are directions.

    Attributes:
        extent: what it shows.
        width: of the drawing.

    """

    extent: Extent
    width: float

    @property
    def height(self) -> float:
        """Give the height of the drawing."""
        return self.place(self.extent.west, self.extent.south).y

    def place(self, longitude: float, latitude: float) -> Place:
        """Give the place of a point on the drawing."""
        scale = self.width / (self.extent.east - self.extent.west)
        down = _mercator(self.extent.north) - _mercator(latitude)
        return Place((longitude - self.extent.west) * scale, down * scale)


def _mercator(latitude: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))
