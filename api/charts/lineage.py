"""The layout of a lineage: what units became, in columns by time, as boxes joined by flows.

A column holds units as they were between two dates. Boxes of a column lie below each other, so that none
overlaps another; their order follows that of what they come from and go to, so that few flows cross.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

BOX_WIDTH: Final = 214.0
BOX_HEIGHT: Final = 44.0

_GAP_WIDTH: Final = 84.0
_BELOW: Final = 12.0
_LABEL: Final = 16.0
_HEAD: Final = 30.0
_MARGIN: Final = 4.0
_SWEEPS: Final = 4
_THROUGH: Final = 14.0


class FlowKind(Enum):
    """How much of a unit goes over, and how that is known."""

    WHOLE = "whole"
    PART = "part"
    DERIVED = "derived"
    SAME = "same"
    """The unit goes on, with another name or type, or unchanged while others change."""


@dataclass(frozen=True)
class State:
    """A unit between two dates.

    Attributes:
        key: tells it from all others.
        column: counted from 0.
        through: whether it is only passed through: it is drawn as a line.
        labelled: whether something is written above its box.

    """

    key: str
    column: int
    through: bool = False
    labelled: bool = False


@dataclass(frozen=True)
class Flow:
    """From one state to another of the next column."""

    before: str
    after: str
    kind: FlowKind


@dataclass(frozen=True)
class Box:
    """A state as it is drawn."""

    key: str
    x: float
    y: float
    through: bool
    width: float = BOX_WIDTH
    height: float = BOX_HEIGHT

    @property
    def middle(self) -> float:
        """At which height flows come and go."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Curve:
    """A flow as it is drawn: the ``d`` of an SVG path."""

    kind: FlowKind
    path: str


@dataclass(frozen=True)
class Diagram:
    """A lineage as it is drawn.

    Attributes:
        width: of the whole.
        height: of the whole.
        boxes: of the states, by key.
        curves: the flows; those of parts come last, to lie above the others.
        gaps: the middle of each gap between two columns, where its date is written.

    """

    width: float
    height: float
    boxes: Mapping[str, Box]
    curves: Sequence[Curve]
    gaps: Sequence[float]


def lay_out(states: Sequence[State], flows: Sequence[Flow]) -> Diagram:
    """Lay a lineage out.

    Args:
        states: all keys differ; columns without states are drawn empty.
        flows: between states of these keys.

    """
    columns: defaultdict[int, list[State]] = defaultdict(list)
    for state in states:
        columns[state.column].append(state)
    number = max(columns, default=-1) + 1
    ordered = [columns[at] for at in range(number)]
    _uncross(ordered, flows)
    heights = [_height(column) for column in ordered]
    tallest = max(heights, default=0.0)
    boxes = {}
    for at, column in enumerate(ordered):
        x = _MARGIN + at * (BOX_WIDTH + _GAP_WIDTH)
        y = _HEAD + _LABEL + (tallest - heights[at]) / 2 - (_above(column[0]) if column else 0.0)
        for state in column:
            y += _above(state)
            boxes[state.key] = Box(state.key, x, y, state.through, height=_box_height(state))
            y += _box_height(state) + _BELOW
    curves = sorted(
        (Curve(flow.kind, _path(boxes[flow.before], boxes[flow.after])) for flow in flows),
        key=lambda curve: curve.kind is FlowKind.PART,
    )
    curves += [
        Curve(FlowKind.SAME, f"M{box.x:g} {box.y:g}h{box.width:g}") for box in boxes.values() if box.through
    ]
    width = number * BOX_WIDTH + max(0, number - 1) * _GAP_WIDTH + 2 * _MARGIN
    gaps = [_MARGIN + (at + 1) * BOX_WIDTH + (at + 0.5) * _GAP_WIDTH for at in range(max(0, number - 1))]
    return Diagram(width, _HEAD + _LABEL + tallest + _MARGIN, boxes, curves, gaps)


def _height(column: Sequence[State]) -> float:
    """Give the height from the upper edge of the first box to the lower edge of the last."""
    if not column:
        return 0.0
    rows = sum(_above(state) + _box_height(state) + _BELOW for state in column)
    return rows - _above(column[0]) - _BELOW


def _box_height(state: State) -> float:
    return 0.0 if state.through else BOX_HEIGHT


def _above(state: State) -> float:
    """Give the room for what is written above a box, or that a line has to itself."""
    if state.through:
        return _THROUGH
    return _LABEL if state.labelled else 0.0


def _uncross(columns: Sequence[list[State]], flows: Iterable[Flow]) -> None:
    """Order each column by where the neighbours of its states lie on average, there and back again."""
    before: defaultdict[str, list[str]] = defaultdict(list)
    after: defaultdict[str, list[str]] = defaultdict(list)
    for flow in flows:
        before[flow.after].append(flow.before)
        after[flow.before].append(flow.after)
    for sweep in range(_SWEEPS):
        there = sweep % 2 == 0
        for at in range(1, len(columns)) if there else range(len(columns) - 2, -1, -1):
            neighbours = columns[at - 1] if there else columns[at + 1]
            _sort_by(columns[at], neighbours, before if there else after)


def _sort_by(column: list[State], neighbours: Sequence[State], of: Mapping[str, Sequence[str]]) -> None:
    places = {state.key: (number + 0.5) / len(neighbours) for number, state in enumerate(neighbours)}
    own = {state.key: (number + 0.5) / len(column) for number, state in enumerate(column)}

    def mean(state: State) -> float:
        found = [places[key] for key in of.get(state.key, ()) if key in places]
        return sum(found) / len(found) if found else own[state.key]

    column.sort(key=mean)


def _path(before: Box, after: Box) -> str:
    x1, y1, x2, y2 = before.x + before.width, before.middle, after.x, after.middle
    bend = (x1 + x2) / 2
    return f"M{x1:g} {y1:g}C{bend:g} {y1:g} {bend:g} {y2:g} {x2:g} {y2:g}"
