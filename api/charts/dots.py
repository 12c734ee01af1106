"""Dots over time: measured values where they were measured, with nothing drawn between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 720
HEIGHT: Final = 260
_LEFT: Final = 92
_RIGHT: Final = 20
_TOP: Final = 16
_BOTTOM: Final = 34
_MOST_YEARS: Final = 9


@dataclass(frozen=True)
class Point:
    """A measured value.

    Attributes:
        moment: an ISO date, month or year.
        value: what was measured.
        label: what it says, in words.
        path: its page.
        marked: whether it is derived, disputed or doubtful: then it is drawn hollow.

    """

    moment: str
    value: float
    label: str
    path: str
    marked: bool = False


@dataclass(frozen=True)
class Dot:
    """A point with its place."""

    point: Point
    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    at: float
    value: float


@dataclass(frozen=True)
class DotChart:
    """The geometry of a chart of dots.

    Attributes:
        width: of the drawing.
        height: of the drawing.
        left: where the plane begins.
        right: where it ends.
        bottom: where it ends.
        dots: the values.
        years: marks of the time axis, in the middle of each year.
        levels: marks of the value axis.

    """

    width: float
    height: float
    left: float
    right: float
    bottom: float
    dots: Sequence[Dot]
    years: Sequence[Tick]
    levels: Sequence[Tick]


def lay_out(points: Sequence[Point], *, is_rank: bool) -> DotChart:
    """Place values over time.

    Args:
        points: at least one.
        is_rank: whether the least value is the best: it then stands at the top.

    """
    times = [moment_number(point.moment) for point in points]
    first, last = math.floor(min(times)), math.floor(max(times)) + 1
    values = [point.value for point in points]
    levels = nice_levels(0 if not is_rank else 1, max(values), is_rank=is_rank)
    low, high = levels[0], max(levels[-1], *values)
    right, bottom = WIDTH - _RIGHT, HEIGHT - _BOTTOM

    def place_x(time: float) -> float:
        return round(_LEFT + (time - first) / (last - first) * (right - _LEFT), 1)

    def place_y(value: float) -> float:
        share = (value - low) / ((high - low) or 1)
        return round(_TOP + (share if is_rank else 1 - share) * (bottom - _TOP), 1)

    step = math.ceil((last - first) / _MOST_YEARS)
    return DotChart(
        WIDTH,
        HEIGHT,
        _LEFT,
        right,
        bottom,
        [Dot(point, place_x(time), place_y(point.value)) for point, time in zip(points, times, strict=True)],
        [Tick(place_x(year + 0.5), year) for year in range(first, last, step)],
        [Tick(place_y(level), level) for level in levels],
    )


def moment_number(moment: str) -> float:
    """Give a date as a number of years; a month or a year stands in its middle."""
    parts = [int(part) for part in moment.split("-")]
    if len(parts) == 1:
        return parts[0] + 0.5
    day = parts[2] if len(parts) > 2 else 15
    return parts[0] + (parts[1] - 1) / 12 + (day - 1) / 366


def nice_levels(low: float, high: float, *, is_rank: bool) -> list[float]:
    """Give about four round marks from the least to the greatest value."""
    span = max(high - (0 if is_rank else low), 1e-9)
    power = 10 ** math.floor(math.log10(span / 4))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if span / (power * factor) <= 5)
    if is_rank:
        step = max(1, math.ceil(step))
        return [1.0, *(float(level) for level in range(int(step), int(high) + 1, int(step)) if level > 1)]
    return [round(step * place, 10) for place in range(math.ceil(high / step - 1e-9) + 1)]
