"""What the page of the map shows: the points and the rows of one edition, in the order asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from api.map.classes import Scale, scale_of
from api.map.data import MapData
from api.map.drawing import Drawing, Mark
from api.map.figures import Cell, Edition, Layer, Measure
from api.map.queries import Point
from graph.search.words import key as folded

SORTINGS: Final = ("figure", "-figure", "name", "-name")
"""How rows can be ordered, the first by default; those without a figure are always last."""


@dataclass(frozen=True)
class Row:
    """A province: what is known of it, its colour, and the provinces that were merged into it.

    Attributes:
        mark: the province and its place on the map.
        cell: its figures; None if there is none.
        level: of its colour; None if nothing is known, or nothing exact.
        former: what it came out of.

    """

    mark: Mark
    cell: Cell | None
    level: int | None
    former: Sequence[Point]

    @property
    def point(self) -> Point:
        """Give the province."""
        return self.mark.point


@dataclass(frozen=True)
class MapView:
    """One edition of one layer.

    Attributes:
        key: of the layer.
        layer: the indicator and its measure.
        edition: the year and the basis.
        drawing: where everything is.
        scale: the classes.
        rows: the provinces, in order.
        sort: how they are ordered.

    """

    key: str
    layer: Layer
    edition: Edition
    drawing: Drawing
    scale: Scale
    rows: Sequence[Row]
    sort: str

    @property
    def known(self) -> int:
        """Give how many provinces have a figure."""
        return sum(row.cell is not None for row in self.rows)

    @property
    def has_uncertain(self) -> bool:
        """Say whether some figure is derived, doubtful or disputed."""
        return any(row.cell is not None and row.cell.is_uncertain for row in self.rows)

    @property
    def has_missing(self) -> bool:
        """Say whether some province has no colour."""
        return any(row.level is None for row in self.rows)


def view_of(data: MapData, key: str, edition: Edition, sort: str = SORTINGS[0]) -> MapView:
    """Make what is shown of an edition of a layer."""
    layer = data.layers[key]
    drawing = data.drawings[edition.basis]
    scale = scale_of(layer, edition)
    rows = [
        Row(mark, cell, scale.level(cell), data.former.get(mark.point.iri, ()))
        for mark in drawing.marks
        for cell in [edition.cells.get(mark.point.iri)]
    ]
    return MapView(key, layer, edition, drawing, scale, _sorted(rows, sort, layer.measure), sort)


def _sorted(rows: Sequence[Row], sort: str, measure: Measure) -> list[Row]:
    by_name = sorted(rows, key=lambda row: (folded(row.point.name), row.point.name), reverse=sort == "-name")
    if sort.endswith("name"):
        return by_name
    # The best first: the first rank, the highest value, the first grade.
    backwards = (sort == "-figure") != (measure is Measure.VALUE)
    known = [row for row in by_name if row.cell is not None]
    known.sort(key=_figure, reverse=backwards)
    return known + [row for row in by_name if row.cell is None]


def _figure(row: Row) -> tuple[Decimal, str]:
    figure = row.cell.figure if row.cell is not None else None
    if figure is None:
        raise ValueError("rows without a figure are not ordered by it")
    return (figure.number if figure.number is not None else Decimal(0), figure.grade)
