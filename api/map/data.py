"""All that the map shows of a snapshot, read once."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.collections.solutions import solutions
from api.map.coast import Ring, read_coast
from api.map.drawing import Drawing, draw
from api.map.figures import Figure, Layer, layers_of
from api.map.queries import (
    BASES,
    FIGURES,
    INDICATORS,
    ISLANDS,
    PROVINCES,
    SOURCES,
    SUCCESSIONS,
    Point,
    Solution,
    Texts,
    read_figures,
    read_labels,
    read_points,
)
from graph.model.namespaces import CONCEPT
from graph.query.engine import SnapshotView

_INDICATOR = CONCEPT["indicator/"].value


@dataclass(frozen=True)
class Indicator:
    """An indicator: its labels by language, and the IRI of the one that it is a part of, if any."""

    iri: str
    labels: Texts
    whole: str = ""


@dataclass(frozen=True)
class MapData:
    """What the map shows of a snapshot.

    Attributes:
        layers: by the key by which they are asked for: the indicator, and ``/`` and the measure if the
            indicator has another layer with more provinces; those with most provinces first.
        indicators: by IRI.
        drawings: by basis: 63 and 34.
        former: by IRI of a province, those that were merged into it.

    """

    layers: Mapping[str, Layer]
    indicators: Mapping[str, Indicator]
    drawings: Mapping[int, Drawing]
    former: Mapping[str, Sequence[Point]]


async def read_map(view: SnapshotView) -> MapData:
    """Read the map of a snapshot.

    Raises:
        ProblemError: if a query has no answer.
        EngineUnavailableError: if the engine cannot be reached.

    """
    provinces = read_points(await solutions(view, PROVINCES))
    islands = read_points(await solutions(view, ISLANDS))
    successions = await solutions(view, SUCCESSIONS)
    figures = read_figures(await solutions(view, FIGURES), await solutions(view, SOURCES))
    indicators = await solutions(view, INDICATORS)
    return await asyncio.to_thread(
        make_map,
        provinces=provinces,
        islands=islands,
        successions=successions,
        figures=figures,
        indicators=indicators,
        coast=read_coast(),
    )


def make_map(
    *,
    provinces: Sequence[Point],
    islands: Sequence[Point],
    successions: Iterable[Solution],
    figures: Iterable[Figure],
    indicators: Iterable[Solution],
    coast: Sequence[Ring],
) -> MapData:
    """Put together what was read."""
    by_iri = {province.iri: province for province in provinces}
    former: defaultdict[str, list[Point]] = defaultdict(list)
    for pair in successions:
        if pair["old"] in by_iri and pair["new"] in by_iri:
            former[pair["new"]].append(by_iri[pair["old"]])
    drawings = {
        basis: draw(
            era,
            [province for province in provinces if province.era == era],
            former,
            [island for island in islands if island.era == era],
            coast,
        )
        for era, basis in BASES.items()
    }
    # A figure belongs to the register of its basis: one of a province of 2004 is never shown among the 34.
    bases = {province.iri: BASES.get(province.era) for province in provinces}
    shown = [figure for figure in figures if bases.get(figure.unit) == figure.basis]
    known = {
        found["thing"]: Indicator(found["thing"], read_labels(found), found.get("whole", ""))
        for found in indicators
    }
    return MapData(_keyed(layers_of(shown)), known, drawings, former)


def _keyed(layers: Iterable[Layer]) -> dict[str, Layer]:
    keyed: dict[str, Layer] = {}
    for layer in layers:
        name = layer.indicator.removeprefix(_INDICATOR)
        keyed[f"{name}/{layer.measure}" if name in keyed else name] = layer
    return keyed
