"""Where the neighbours of a thing stand around it: on two arcs, so that names beside them do not overlap."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 960
_ROW: Final = 46
_MARGIN: Final = 34
_REACH: Final = 150
_BEND: Final = 62
_LONGEST: Final = 46


@dataclass(frozen=True)
class Neighbour:
    """A thing beside the one in the middle.

    Attributes:
        name: its name.
        language: of the name, empty for that of the page.
        path: its page.
        relation: how the two are related, in words.
        colour: the number of its class in the scale of categories, 1 to 6.

    """

    name: str
    language: str
    path: str
    relation: str
    colour: int


@dataclass(frozen=True)
class Placed:
    """A neighbour with its place.

    Attributes:
        neighbour: which one.
        x: of its dot.
        y: of its dot.
        text_x: where its name begins, or ends if it stands on the left.
        anchor: ``start`` or ``end``.
        label: its name, shortened to fit.

    """

    neighbour: Neighbour
    x: float
    y: float
    text_x: float
    anchor: str
    label: str


@dataclass(frozen=True)
class Neighbourhood:
    """A drawing of a thing among its neighbours.

    Attributes:
        width: of the drawing.
        height: of the drawing.
        x: of the middle.
        y: of the middle.
        label: the name of the thing, shortened to fit.
        placed: the neighbours.

    """

    width: float
    height: float
    x: float
    y: float
    label: str
    placed: Sequence[Placed]


def lay_out(name: str, neighbours: Sequence[Neighbour]) -> Neighbourhood:
    """Place neighbours around a thing: the first half on the right from the top, the others on the left."""
    on_right = math.ceil(len(neighbours) / 2)
    rows = max(on_right, 1)
    height = 2 * _MARGIN + (rows - 1) * _ROW + 24
    middle_x, middle_y = WIDTH / 2, height / 2
    placed = [
        *_arc(neighbours[:on_right], middle_x, middle_y, side=1),
        *_arc(neighbours[on_right:], middle_x, middle_y, side=-1),
    ]
    return Neighbourhood(WIDTH, height, middle_x, middle_y, shortened(name), placed)


def shortened(text: str, longest: int = _LONGEST) -> str:
    """Give a text that is no longer than fits, cut between words if it can be."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > longest // 2 else cut).rstrip(" ,;:(–-") + "…"


def _arc(neighbours: Sequence[Neighbour], x: float, y: float, side: int) -> list[Placed]:
    placed = []
    for place, neighbour in enumerate(neighbours):
        offset = place - (len(neighbours) - 1) / 2
        half = max((len(neighbours) - 1) / 2, 1)
        # The further up or down, the nearer to the middle: the dots lie on an arc.
        reach = (
            _REACH - _BEND * (1 - math.cos(offset / half * math.pi / 2)) if len(neighbours) > 2 else _REACH
        )
        dot_x = x + side * reach
        placed.append(
            Placed(
                neighbour,
                round(dot_x, 1),
                round(y + offset * _ROW, 1),
                round(dot_x + side * 12, 1),
                "start" if side > 0 else "end",
                shortened(neighbour.name),
            )
        )
    return placed
