"""The outline of the coast behind the points: land without borders of states (Natural Earth)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Final, TypeAlias

from api.map.projection import Mercator
from api.pages.assets import AssetsMissingError

Ring: TypeAlias = Sequence[tuple[float, float]]
"""A closed line in degrees: longitude, latitude."""

_FILE: Final = Path(__file__).parent.parent / "pages" / "static" / "coast.json"


def read_coast(path: Path = _FILE) -> list[Ring]:
    """Read the rings of the land that were cut out when the scripts and styles were built.

    Raises:
        AssetsMissingError: if that has not been done.

    """
    try:
        rings: list[Ring] = json.loads(path.read_text(encoding="utf-8"))["rings"]
    except FileNotFoundError:
        raise AssetsMissingError("the outline of the coast is not built; run `make web`") from None
    return rings


def coast_path(rings: Sequence[Ring], projection: Mercator) -> str:
    """Give the path data of the land (SVG 2, section 9.3), in tenths of the drawing's units."""
    return "".join(_subpath(ring, projection) for ring in rings)


def _subpath(ring: Ring, projection: Mercator) -> str:
    places = [projection.place(longitude, latitude) for longitude, latitude in ring]
    written = [written for written, _ in groupby(f"{place.x:.1f} {place.y:.1f}" for place in places)]
    return f"M{'L'.join(written)}Z" if len(written) > 2 else ""
