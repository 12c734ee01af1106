"""The dataset that a build publishes: its named graphs, their sizes, and what identifies them.

The graph of partitions is not among them: it follows from all others, and is made when files are written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.build import catalogue
from graph.build.inference import infer
from graph.build.rules import load_rules
from graph.build.schema import Schema
from graph.build.units import GRAPH_TEXTS, Unit
from graph.build.vocabulary_units import ONTOLOGY, SHAPES
from graph.cache import ContentCache
from graph.model import ntriples
from graph.model.namespaces import RDF, VNDX


@dataclass(frozen=True)
class BuildDataset:
    """All named graphs.

    Attributes:
        graphs: the sorted N-Triples of each, by IRI, in the order of the IRIs.
        digests: the SHA-256 of each text.
        schema: the hierarchies of the ontology.
        origins: file and line by the IRI of a subject; the first graph that states it wins.

    """

    graphs: Mapping[str, bytes]
    digests: Mapping[str, str]
    schema: Schema
    origins: Mapping[str, tuple[str, int]]

    @property
    def stated(self) -> dict[str, bytes]:
        """The graphs that validation looks at: without the shapes and without what was inferred."""
        left_out = {SHAPES.value, catalogue.INFERRED_DESCRIPTION.graph}
        return {graph: text for graph, text in self.graphs.items() if graph not in left_out}

    @property
    def shapes(self) -> bytes:
        """The shapes."""
        return self.graphs[SHAPES.value]

    def merged(self) -> bytes:
        """Give what the files state as one graph, as sorted N-Triples."""
        return ntriples.joined(line for text in self.stated.values() for line in ntriples.lines_of(text))

    def content_digest(self) -> str:
        """Give the SHA-256 of the list of all graphs, each with the SHA-256 of its sorted N-Triples."""
        lines = "".join(f"{digest}  {graph}\n" for graph, digest in self.digests.items())
        return hashlib.sha256(lines.encode()).hexdigest()

    @cached_property
    def class_counts(self) -> dict[str, int]:
        """Count the nodes of each class of the ontology, by its local name."""
        marker = f" {ntriples.token(RDF['type'])} <{VNDX.iri}".encode()
        typed = {line for text in self.graphs.values() for line in ntriples.lines_of(text) if marker in line}
        counts: dict[str, int] = {}
        for line in typed:
            name = line.split(marker, 1)[1][:-4].decode()
            counts[name] = counts.get(name, 0) + 1
        return dict(sorted(counts.items()))


def complete(units: Sequence[Unit], cache: ContentCache) -> BuildDataset:
    """Add to the units what follows from them: inferences and the catalogue."""
    graphs = {unit.graph: unit.triples for unit in units}
    schema = Schema.of(graphs[ONTOLOGY.value])
    inferred, listed = catalogue.INFERRED_DESCRIPTION, catalogue.CATALOGUE_DESCRIPTION
    system = (inferred, listed, catalogue.VOID_DESCRIPTION)
    described = catalogue.describe([*(unit.description for unit in units), *system])
    grounds = {_digest(text): text for graph, text in graphs.items() if graph != SHAPES.value}
    grounds[_digest(described)] = described
    graphs[inferred.graph] = infer(grounds, schema, load_rules(), cache)
    sizes = {graph: ntriples.count(text) for graph, text in graphs.items()}
    sizes[listed.graph] = ntriples.count(described) + len(sizes) + 1
    graphs[listed.graph] = ntriples.joined(ntriples.lines_of(described + catalogue.measure(sizes)))
    ordered = dict(sorted(graphs.items()))
    digests = {graph: _digest(text) for graph, text in ordered.items()}
    for graph in (inferred.graph, listed.graph):
        cache.put(GRAPH_TEXTS, digests[graph], graphs[graph])
    return BuildDataset(
        graphs=ordered,
        digests=digests,
        schema=schema,
        origins=_origins(units),
    )


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _origins(units: Sequence[Unit]) -> dict[str, tuple[str, int]]:
    origins: dict[str, tuple[str, int]] = {}
    for unit in units:
        for subject, place in unit.content.origins.items():
            origins.setdefault(subject, place)
    return origins
