"""A small chart of ranks through the years: which points may be joined, and where everything is drawn.

A rank means nothing without how many were ranked. So every basis (63 provinces, 34 provinces) has a band
of its own with its own axis, rank 1 at the top, and no line leads from one band to another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Final

WIDTH: Final = 340
HEIGHT: Final = 260

_TOP: Final = 34.0
_BOTTOM: Final = 230.0
_AXIS: Final = 28.0
_BETWEEN: Final = 18.0
_INSET: Final = 16.0
_DOT: Final = 5.0
_NEAR: Final = 13.0
_MARGIN: Final = 10.0
_FREE: Final = 24.0
_TICKS: Final = {63: (1, 20, 40, 63), 34: (1, 10, 20, 34)}


class Mark(Enum):
    """How far a rank can be relied on."""

    STATED = "stated"
    DERIVED = "derived"
    DOUBTFUL = "doubtful"
    DISPUTED = "disputed"
    BOUND = "bound"
    """No rank, but the worst that it can be: among the first ten."""


_JOINED: Final = frozenset({Mark.STATED, Mark.DERIVED})


@dataclass(frozen=True)
class RankPoint:
    """A rank of a year.

    Attributes:
        series: the number of the province, by which points have their shape and colour.
        year: that was evaluated.
        rank: 1 is best.
        out_of: how many provinces were ranked.
        method: by which method; ranks of different methods are not joined.
        mark: how far it can be relied on.

    """

    series: int
    year: int
    rank: int
    out_of: int
    method: str = ""
    mark: Mark = Mark.STATED


@dataclass(frozen=True)
class Tick:
    """A place on an axis with what is written there."""

    at: float
    text: str


@dataclass(frozen=True)
class Band:
    """The part of a chart for the ranks among so many provinces."""

    out_of: int
    left: float
    right: float
    ranks: Sequence[Tick]
    years: Sequence[Tick]
    method_changes: Sequence[float]

    @property
    def middle(self) -> float:
        """Where its title is centred."""
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Dot:
    """A point as it is drawn, with the place of its number; ``anchor`` as of the SVG attribute."""

    point: RankPoint
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True)
class Stroke:
    """A line between two points of one series."""

    series: int
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class RankPanel:
    """A chart as it is drawn."""

    bands: Sequence[Band]
    strokes: Sequence[Stroke]
    dots: Sequence[Dot]
    width: int = WIDTH
    height: int = HEIGHT
    top: float = _TOP
    bottom: float = _BOTTOM


def joined(points: Iterable[RankPoint]) -> Iterator[tuple[RankPoint, RankPoint]]:
    """Go through the pairs of points that a line may join.

    They are of one series, one basis and one method, of years that follow each other, each the only rank
    of its year, and neither doubtful nor disputed.
    """
    years: defaultdict[tuple[int, int], defaultdict[int, list[RankPoint]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for point in points:
        years[point.series, point.out_of][point.year].append(point)
    for by_year in years.values():
        for year, next_year in pairwise(sorted(by_year)):
            before, after = by_year[year], by_year[next_year]
            if next_year == year + 1 and len(before) == len(after) == 1 and _alike(before[0], after[0]):
                yield before[0], after[0]


def _alike(one: RankPoint, other: RankPoint) -> bool:
    return one.method == other.method and {one.mark, other.mark} <= _JOINED


def spans_of(points: Iterable[RankPoint]) -> dict[int, tuple[int, int]]:
    """Give the first and last year of each basis; no year between two bases is left out."""
    spans: dict[int, tuple[int, int]] = {}
    for point in points:
        first, last = spans.get(point.out_of, (point.year, point.year))
        spans[point.out_of] = (min(first, point.year), max(last, point.year))
    for earlier, later in pairwise(sorted(spans, reverse=True)):
        first, last = spans[earlier]
        spans[earlier] = (first, max(last, spans[later][0] - 1))
    return spans


def draw(
    points: Sequence[RankPoint],
    spans: Mapping[int, tuple[int, int]],
    methods: Mapping[int, str] | None = None,
) -> RankPanel:
    """Lay a chart out.

    Args:
        points: what is drawn.
        spans: the first and last year of each basis, also where this chart has no points: charts that stand
            side by side are laid out alike.
        methods: the method of each year, to show where it changes.

    """
    bands = {band.out_of: band for band in _bands(spans, methods or {})}
    places = _places(points, bands)
    pairs = list(joined(dict.fromkeys(points)))
    strokes = [Stroke(before.series, *places[before], *places[after]) for before, after in pairs]
    falls = {before: places[after][1] >= places[before][1] for before, after in pairs}
    return RankPanel(tuple(bands.values()), strokes, list(_dots(places, falls)))


def _bands(spans: Mapping[int, tuple[int, int]], methods: Mapping[int, str]) -> Iterator[Band]:
    numbers = {out_of: last - first + 1 for out_of, (first, last) in spans.items()}
    free = WIDTH - _MARGIN - len(spans) * (_AXIS + 2 * _INSET) - (len(spans) - 1) * _BETWEEN
    step = free / max(1, sum(number - 1 for number in numbers.values()) + len(spans) * 0.5)
    left = _AXIS
    for out_of, (first, last) in sorted(spans.items(), reverse=True):
        width = 2 * _INSET + step * (numbers[out_of] - 0.5)
        start = left + _INSET + step * 0.25
        years = [Tick(start + step * (year - first), str(year)) for year in range(first, last + 1)]
        changes = [
            start + step * (year - first - 0.5)
            for year in range(first + 1, last + 1)
            if methods.get(year, "") != methods.get(year - 1, "")
        ]
        ranks = [Tick(_height(rank, out_of), str(rank)) for rank in _TICKS.get(out_of, (1, out_of))]
        yield Band(out_of, left, left + width, ranks, years, changes)
        left += width + _BETWEEN + _AXIS


def _height(rank: int, out_of: int) -> float:
    return _TOP + (_BOTTOM - _TOP) * (rank - 1) / max(1, out_of - 1)


def _places(points: Iterable[RankPoint], bands: Mapping[int, Band]) -> dict[RankPoint, tuple[float, float]]:
    """Give where points are drawn; those that would lie upon each other are moved apart sideways."""
    columns: defaultdict[tuple[int, int], list[RankPoint]] = defaultdict(list)
    for point in dict.fromkeys(points):
        columns[point.out_of, point.year].append(point)
    places = {}
    for (out_of, year), column in columns.items():
        at = next(tick.at for tick in bands[out_of].years if tick.text == str(year))
        for near in _clusters(column):
            shift = -(len(near) - 1) * _DOT
            for number, point in enumerate(near):
                places[point] = (at + shift + 2 * _DOT * number, _height(point.rank, out_of))
    return places


def _clusters(column: Iterable[RankPoint]) -> Iterator[list[RankPoint]]:
    """Go through the points of a year in groups that lie so near each other that they would overlap."""
    near: list[RankPoint] = []
    for point in sorted(column, key=lambda p: (p.rank, p.series, p.mark.value)):
        if near and _height(point.rank, point.out_of) - _height(near[-1].rank, point.out_of) >= _NEAR:
            yield near
            near = []
        near.append(point)
    if near:
        yield near


def _dots(places: Mapping[RankPoint, tuple[float, float]], falls: Mapping[RankPoint, bool]) -> Iterator[Dot]:
    """Go through the dots, their numbers where no line and no other dot lies.

    Args:
        places: of the points.
        falls: for the points from which a line leads to the right, whether it falls there.

    """
    columns: defaultdict[tuple[int, int], list[RankPoint]] = defaultdict(list)
    for point in places:
        columns[point.out_of, point.year].append(point)
    for column in columns.values():
        lowest = -_FREE
        for near in _clusters(column):
            for number, point in enumerate(near):
                x, y = places[point]
                is_last = number == len(near) - 1
                if (len(near) > 1 and is_last) or (len(near) == 1 and falls.get(point) is False):
                    yield Dot(point, x, y, x, y + _DOT + 12, "middle")
                elif len(near) == 1 and point not in falls:
                    yield Dot(point, x, y, x + _DOT + 3, y + 4, "start")
                elif number == 0 and y - lowest >= _FREE:
                    yield Dot(point, x, y, x, y - _DOT - 4, "middle")
                elif number == 0:
                    yield Dot(point, x, y, x - _DOT - 3, y + 4, "end")
                else:
                    yield Dot(point, x, y, x + _DOT + 3, y + 4, "start")
            lowest = places[near[-1]][1]
