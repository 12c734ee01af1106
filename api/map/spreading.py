"""Moving points apart that would hide each other, as little as it takes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from api.map.projection import Place

_ROUNDS: Final = 400
_PULL: Final = 0.02
_CLOSE: Final = 1e-6
# The direction in which two points at one place part; any would do, it only has to be the same each time.
_ASIDE: Final = (1.0, 0.0)


def spread(places: Sequence[Place], distance: float) -> list[Place]:
    """Give places near the given ones, in their order, of which no two are nearer than a distance.

    Each point is pulled back to its own place, so it stays there if there is room. The same places always
    give the same result.
    """
    moved = [list(place) for place in places]
    for turn in range(_ROUNDS):
        # Pulling ends before pushing does, so that the points stand apart at last.
        if turn < _ROUNDS // 2:
            for point, home in zip(moved, places, strict=True):
                point[0] += (home.x - point[0]) * _PULL
                point[1] += (home.y - point[1]) * _PULL
        pushed = [_push(one, other, distance) for one, other in combinations(moved, 2)]
        if turn >= _ROUNDS // 2 and not any(pushed):
            break
    return [Place(x, y) for x, y in moved]


def _push(one: list[float], other: list[float], distance: float) -> bool:
    """Move two points apart, each by half of what lacks; say whether they were too near."""
    across, down = other[0] - one[0], other[1] - one[1]
    apart = math.hypot(across, down)
    if apart >= distance - _CLOSE:
        return False
    towards = (across / apart, down / apart) if apart > _CLOSE else _ASIDE
    for axis, part in enumerate(towards):
        one[axis] -= part * (distance - apart) / 2
        other[axis] += part * (distance - apart) / 2
    return True
