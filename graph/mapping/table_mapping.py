"""What a mapping is: which tables it reads, which named graph it fills, and who is to be credited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.mapping.reader import TableSet
from graph.mapping.sink import GraphSink

CC_BY_4_0 = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of the data that this project publishes."""


@dataclass(frozen=True)
class TableMapping:
    """One named graph that is made from tables.

    Attributes:
        name: the key of the mapping in messages and manifests, e.g. ``admin/provinces_2025``.
        graph: the named graph that it fills; no two mappings fill the same one.
        inputs: the names of all tables it reads (``admin/provinces_2025``): when none of them
            changed, its quads did not change either.
        map: reads the tables, writes the quads, reports what is wrong to ``tables.problems``;
            never raises on bad data.
        title_vi: the graph's title in Vietnamese.
        title_en: the graph's title in English.
        licence: the IRI of the licence under which the graph is published.
        credits: who gathered or published the data, one line each, for the catalogue.

    """

    name: str
    graph: NamedNode
    inputs: tuple[str, ...]
    map: Callable[[TableSet, GraphSink], None]
    title_vi: str
    title_en: str
    licence: str = CC_BY_4_0
    credits: tuple[str, ...] = ()
