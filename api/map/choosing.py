"""Which layer, edition and order a request asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from api.map.data import MapData
from api.map.figures import Edition, Layer
from api.map.view import SORTINGS

DEFAULT_LAYER: Final = "dti"
"""The layer that is shown if none is asked for and the snapshot has it: what all of this is about."""


class NoSuchMapError(LookupError):
    """What is asked for is not there; the text says what is, in Vietnamese and in English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.texts = {"vi": vi, "en": en}


@dataclass(frozen=True)
class Choice:
    """What to show: the key of a layer, one of its editions, and the order of the rows."""

    key: str
    edition: Edition
    sort: str

    def address(self, edition: Edition | None = None, sort: str | None = None) -> str:
        """Give the address of this choice, or of the same with another edition or order."""
        shown = edition or self.edition
        order = sort or self.sort
        parameters = {"indicator": self.key, "year": shown.year, "basis": shown.basis}
        if order != SORTINGS[0]:
            parameters["sort"] = order
        return f"/map?{urlencode(parameters, safe='/')}"


def choose(data: MapData, parameters: Mapping[str, str]) -> Choice:
    """Read what a request asks for; what it leaves open is the fullest there is.

    Raises:
        NoSuchMapError: if there is no such layer, edition or order, or no layer at all.

    """
    if not data.layers:
        raise NoSuchMapError(
            "bản dữ liệu này không có số liệu theo tỉnh để vẽ bản đồ",
            "this snapshot has no figures by province to make a map of",
        )
    key = parameters.get("indicator") or (
        DEFAULT_LAYER if DEFAULT_LAYER in data.layers else next(iter(data.layers))
    )
    layer = data.layers.get(key)
    if layer is None:
        keys = ", ".join(data.layers)
        raise NoSuchMapError(
            f"không có bản đồ của chỉ số “{key}”; có các chỉ số: {keys}",
            f"there is no map of the indicator “{key}”; there are {keys}",
        )
    sort = parameters.get("sort") or SORTINGS[0]
    if sort not in SORTINGS:
        sortings = ", ".join(SORTINGS)
        raise NoSuchMapError(
            f"không sắp xếp bảng theo “{sort}” được; có thể chọn: {sortings}",
            f"the table cannot be sorted by “{sort}”, but by {sortings}",
        )
    return Choice(key, _edition(key, layer, parameters), sort)


def _edition(key: str, layer: Layer, parameters: Mapping[str, str]) -> Edition:
    year, basis = parameters.get("year", ""), parameters.get("basis", "")
    fitting = [
        edition
        for edition in layer.editions
        if year in ("", str(edition.year)) and basis in ("", str(edition.basis))
    ]
    if not fitting:
        asked = " / ".join(part for part in (year, basis) if part)
        there = ", ".join(f"{edition.year} / {edition.basis}" for edition in layer.editions)
        raise NoSuchMapError(
            f"“{key}” không có số liệu của năm (/ số tỉnh) {asked}; có: {there}",
            f"“{key}” has no figures of the year (/ number of provinces) {asked}; it has {there}",
        )
    return max(fitting, key=lambda edition: (edition.share, edition.year))
