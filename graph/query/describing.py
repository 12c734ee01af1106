"""DESCRIBE: what is said of the things asked for, and what the things named there are called.

The specification leaves the answer to the service (SPARQL 1.1 Query, section 16.4). Oxigraph gives concise
bounded descriptions: the triples whose subject is the thing, and those of blank nodes in them. Here follow
the labels of every IRI that stands there as an object, so that the answer can be read without asking again.
Nothing is left out: there is one step from what is described and only labels are taken there, so that the
answer is bounded by the data, and the limits of all answers hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from graph.model.namespaces import RDFS, SKOS
from graph.query.dataset import Dataset

LABELS: Final = (SKOS["prefLabel"], RDFS["label"])
"""The properties that are given of neighbours, in every language."""


def with_neighbour_labels(
    described: Iterable[Triple], store: Store, dataset: Dataset | None
) -> Iterator[Triple]:
    """Give the triples of a description, then the labels of the IRIs that are objects in it.

    Args:
        described: the description as the engine gives it.
        store: where the labels are.
        dataset: what the query or the request chose; labels are those of its default graph.

    Raises:
        OSError, RuntimeError: if the engine cannot go on.

    """
    subjects: set[NamedNode] = set()
    neighbours: dict[NamedNode, None] = {}  # a set that keeps the order, for answers that are always the same
    for triple in described:
        yield triple
        if isinstance(triple.subject, NamedNode):
            subjects.add(triple.subject)
        if isinstance(triple.object, NamedNode):
            neighbours[triple.object] = None
    for neighbour in neighbours:
        if neighbour not in subjects:
            yield from dict.fromkeys(quad.triple for quad in _labels(neighbour, store, dataset))


def _labels(node: NamedNode, store: Store, dataset: Dataset | None) -> Iterator[Quad]:
    graphs: Iterable[NamedNode | DefaultGraph] = (
        [DefaultGraph()] if dataset is None else [NamedNode(iri) for iri in dataset.default_graphs]
    )
    for graph in graphs:
        for label in LABELS:
            yield from store.quads_for_pattern(node, label, None, graph)
