"""The layers that readers can choose from, in groups: an index, then its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from api.map.choosing import DEFAULT_LAYER
from api.map.data import Indicator, MapData
from api.map.figures import Measure
from graph.model.namespaces import CONCEPT


@dataclass(frozen=True)
class MenuEntry:
    """A layer to choose: its key, the indicator, and how it is measured."""

    key: str
    indicator: Indicator
    measure: Measure


@dataclass(frozen=True)
class MenuGroup:
    """An index and the layers of it and of its parts."""

    index: Indicator
    entries: Sequence[MenuEntry]


def menu_of(data: MapData) -> list[MenuGroup]:
    """Give the layers in groups: the index that this is about first, then those with most provinces."""
    groups: defaultdict[str, list[MenuEntry]] = defaultdict(list)
    for key, layer in data.layers.items():
        indicator = indicator_of(data, layer.indicator)
        groups[indicator.whole or indicator.iri].append(MenuEntry(key, indicator, layer.measure))
    first = CONCEPT[f"indicator/{DEFAULT_LAYER}"].value
    # Sorting is stable: what has figures of more provinces comes first already.
    ordered = sorted(groups.items(), key=lambda group: group[0] != first)
    return [
        MenuGroup(indicator_of(data, iri), sorted(entries, key=lambda entry: entry.indicator.iri != iri))
        for iri, entries in ordered
    ]


def indicator_of(data: MapData, iri: str) -> Indicator:
    """Give an indicator; one without a label if the graph says nothing of it."""
    return data.indicators.get(iri) or Indicator(iri, {})
