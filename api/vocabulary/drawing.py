"""The geometry of a diagram: boxes on a grid, and straight arrows between them with their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Final

from api.vocabulary.diagrams import Diagram, Placed, Relation

BOX_WIDTH: Final = 188
BOX_HEIGHT: Final = 62

_PITCH_X: Final = 318
_PITCH_Y: Final = 138
_MARGIN: Final = 2
_LOOP: Final = 46
_LINE: Final = 14
# Of a text of 12 px: enough for the widest letters that names have.
_CHARACTER: Final = 6.6
_BOX_LINE: Final = 16
_BOX_CHARACTER: Final = 7.6
_APART: Final = 72
_BESIDE: Final = 22


@dataclass(frozen=True)
class Box:
    """A class: its box by the upper left corner."""

    cls: str
    x: float
    y: float

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the box."""
        return self.x + BOX_WIDTH / 2, self.y + BOX_HEIGHT / 2

    def baselines(self, label: str) -> list[tuple[float, str]]:
        """Give the lines of its name, each with its baseline; they stand above the name of the class."""
        lines = _wrapped(label, BOX_WIDTH - 16, _BOX_CHARACTER)
        first = self.y + (BOX_HEIGHT - 18) / 2 - (len(lines) - 1) * _BOX_LINE / 2 + 5
        return [(round(first + place * _BOX_LINE, 1), line) for place, line in enumerate(lines)]


@dataclass(frozen=True)
class Arrow:
    """A property: the path of its line, and the lines of its name, centred at a point."""

    predicate: str
    path: str
    label: Sequence[str]
    x: float
    y: float

    @property
    def baselines(self) -> list[tuple[float, str]]:
        """Each line of the name with its baseline."""
        first = self.y - (len(self.label) - 1) * _LINE / 2 + 4
        return [(round(first + place * _LINE, 1), line) for place, line in enumerate(self.label)]


@dataclass(frozen=True)
class Drawing:
    """A diagram with its geometry, in pixels of its own size."""

    width: int
    height: int
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]


def draw(diagram: Diagram, label: Callable[[str], str]) -> Drawing:
    """Lay a diagram out.

    Args:
        diagram: what to draw.
        label: gives the name of a property in the language of the page.

    """
    has_loop = any(r.source == r.target for r in diagram.relations)
    top = _MARGIN + (_LOOP if has_loop else 0)
    boxes = {placed.cls: _box(placed, top) for placed in diagram.classes}
    columns = max(placed.column for placed in diagram.classes)
    rows = max(placed.row for placed in diagram.classes)
    return Drawing(
        width=columns * _PITCH_X + BOX_WIDTH + 2 * _MARGIN,
        height=top + rows * _PITCH_Y + BOX_HEIGHT + _MARGIN,
        boxes=list(boxes.values()),
        arrows=list(_arrows(diagram.relations, boxes, label)),
    )


def _box(placed: Placed, top: int) -> Box:
    return Box(placed.cls, _MARGIN + placed.column * _PITCH_X, top + placed.row * _PITCH_Y)


def _arrows(
    relations: Sequence[Relation], boxes: dict[str, Box], label: Callable[[str], str]
) -> Iterator[Arrow]:
    for relation in relations:
        between = [r for r in relations if {r.source, r.target} == {relation.source, relation.target}]
        place = between.index(relation) - (len(between) - 1) / 2
        source, target = boxes[relation.source], boxes[relation.target]
        text = label(relation.predicate)
        if source == target:
            yield _loop(relation.predicate, source, text)
        else:
            yield _straight(relation.predicate, source, target, text, place)


def _loop(prop: str, box: Box, text: str) -> Arrow:
    x, y = box.centre[0], box.y
    path = f"M{x - 34:.0f} {y:.0f}v-16q0 -10 10 -10h48q10 0 10 10v12"
    return Arrow(prop, path, (text,), x, y - 36)


def _straight(prop: str, source: Box, target: Box, text: str, place: float) -> Arrow:
    (x1, y1), (x2, y2) = source.centre, target.centre
    length = hypot(x2 - x1, y2 - y1)
    # Lines between the same boxes run side by side: those that go up and down further apart, for their names.
    is_upright = abs(x2 - x1) < 1
    apart = place * (_APART if is_upright else _BESIDE)
    # Always to the same side, whichever way the arrow goes.
    forward = 1 if (x1, y1) <= (x2, y2) else -1
    dx, dy = -(y2 - y1) / length * apart * forward, (x2 - x1) / length * apart * forward
    x1, y1, x2, y2 = x1 + dx, y1 + dy, x2 + dx, y2 + dy
    start = _edge_of(source, (x1, y1), (x2, y2))
    end = _edge_of(target, (x2, y2), (x1, y1))
    gap = hypot(end[0] - start[0], end[1] - start[1])
    end = (end[0] - (end[0] - start[0]) / gap * 3, end[1] - (end[1] - start[1]) / gap * 3)
    path = f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"
    lines = _wrapped(text, _PITCH_X - BOX_WIDTH - 16, _CHARACTER)
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    if abs(y2 - y1) < 1:  # names of level lines stand above or below them, not on them
        below = place > 0
        y += (len(lines) * _LINE / 2 + 3) * (1 if below else -1)
    return Arrow(prop, path, lines, round(x, 1), round(y, 1))


def _edge_of(box: Box, inside: tuple[float, float], towards: tuple[float, float]) -> tuple[float, float]:
    """Give the point at which a line from inside a box leaves it."""
    (x, y), (dx, dy) = inside, (towards[0] - inside[0], towards[1] - inside[1])
    reach = []
    if dx:
        reach.append(((box.x + BOX_WIDTH if dx > 0 else box.x) - x) / dx)
    if dy:
        reach.append(((box.y + BOX_HEIGHT if dy > 0 else box.y) - y) / dy)
    t = min(reach)
    return x + dx * t, y + dy * t


def _wrapped(text: str, width: float, character: float) -> tuple[str, ...]:
    """Give the lines of a name that is to fit a width: as few as can be, the last one not much shorter."""
    widest = int(width / character)
    fewest = len(_filled(text, widest))
    even = next(most for most in range(1, widest + 1) if len(_filled(text, most)) == fewest)
    return _filled(text, min(widest, even + even // 4))


def _filled(text: str, most: int) -> tuple[str, ...]:
    """Give lines of at most so many characters, but for words that are longer."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
