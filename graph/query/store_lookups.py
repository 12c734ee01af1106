"""Look-ups answered from the store of a snapshot.

The default graph of such a store is the merge of its named graphs (`graph.build.store_writer`), so that it
has each triple once, and reading it costs half of reading every graph.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from graph.model.namespaces import SKOS, VNDX
from graph.query.lookups import (
    REFERENCE_PROPERTIES,
    GraphContents,
    Incoming,
    LinkCount,
    LinkCounts,
    LinkPage,
    Located,
    Lookup,
    Node,
    Outgoing,
    References,
    SimilarNodes,
    is_of_reference,
)
from graph.query.references import ReferenceTable

# From so many properties on, reading all that is said of a node is quicker than looking for each.
_MANY_PREDICATES: Final = 4
_MERGE: Final = DefaultGraph()
# Nodes with more links than this have their counts kept, as counting takes time.
_MANY_LINKS: Final = 100
_MOST_KEPT: Final = 10_000
# Tens of thousands of units share a type or a register, and all are in one country.
_CLASSES_OF_HUBS: Final = (SKOS["Concept"], VNDX["Country"])


class StoreLookups:
    """Answers look-ups; may be used by several threads.

    Args:
        store: the store of a snapshot, which nobody writes to.

    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._references: ReferenceTable | None = None
        self._counts: dict[LinkCounts, list[LinkCount]] = {}

    def load_references(self) -> None:
        """Read classes and labels of all nodes into memory; until then they are read one by one.

        Then count the links to those nodes that have the most, as the first reader would wait for it.
        """
        self._references = ReferenceTable.load(self._store)
        for cls in _CLASSES_OF_HUBS:
            for node in self._references.of_class(cls):
                self._count(LinkCounts(node))

    def answer(self, lookup: Lookup) -> object:  # noqa: PLR0911
        """Give what a look-up is answered with, as `graph.query.lookups` says for each kind."""
        match lookup:
            case Outgoing():
                return list(self._outgoing(lookup))
            case References():
                return list(self._references_of(lookup.nodes))
            case Located():
                return list(self._located(lookup))
            case Incoming():
                return [quad.triple for quad in islice(self._quads(None, None, lookup.node), lookup.limit)]
            case LinkPage():
                return self._page(lookup)
            case LinkCounts():
                return self._count(lookup)
            case GraphContents():
                quads = self._store.quads_for_pattern(None, None, None, lookup.graph)
                return [quad.triple for quad in islice(quads, lookup.limit)]
            case SimilarNodes():
                return self._references.similar(lookup.iri, lookup.limit) if self._references else []

    def _quads(
        self, subject: Node | None, predicate: NamedNode | None, value: NamedNode | None
    ) -> Iterator[Quad]:
        return self._store.quads_for_pattern(subject, predicate, value, _MERGE)

    def _outgoing(self, lookup: Outgoing) -> Iterator[Triple]:
        wanted = frozenset(lookup.predicates)
        for subject in lookup.subjects:
            if len(wanted) > _MANY_PREDICATES:
                everything = (quad.triple for quad in self._quads(subject, None, None))
                yield from islice((found for found in everything if found.predicate in wanted), lookup.limit)
            else:
                for predicate in lookup.predicates or (None,):
                    for quad in islice(self._quads(subject, predicate, None), lookup.limit):
                        yield quad.triple

    def _references_of(self, nodes: Iterable[NamedNode]) -> Iterator[Triple]:
        if self._references is not None:
            yield from self._references.triples(nodes)
            return
        for node in nodes:
            for predicate in REFERENCE_PROPERTIES:
                for quad in self._quads(node, predicate, None):
                    if is_of_reference(quad.triple):
                        yield quad.triple

    def _located(self, lookup: Located) -> Iterator[Quad]:
        for subject in lookup.subjects:
            for predicate in lookup.predicates or (None,):
                for quad in self._store.quads_for_pattern(subject, predicate, None):
                    if quad.graph_name != _MERGE:
                        yield quad

    def _page(self, lookup: LinkPage) -> list[Triple]:
        node, predicate = lookup.node, lookup.predicate
        if lookup.outgoing:
            links = self._quads(node, predicate, None)
            others = (q.object.value for q in links if isinstance(q.object, NamedNode))
        else:
            links = self._quads(None, predicate, node)
            others = (q.subject.value for q in links if isinstance(q.subject, NamedNode))
        if lookup.before:
            last = heapq.nlargest(lookup.limit, (iri for iri in others if iri < lookup.before))
            found = [NamedNode(iri) for iri in reversed(last)]
        else:
            first = heapq.nsmallest(lookup.limit, (iri for iri in others if iri > lookup.after))
            found = [NamedNode(iri) for iri in first]
        if lookup.outgoing:
            return [Triple(node, predicate, other) for other in found]
        return [Triple(other, predicate, node) for other in found]

    def _count(self, lookup: LinkCounts) -> list[LinkCount]:
        kept = self._counts.get(lookup)
        if kept is not None:
            return kept
        counted = list(_counted(self._store, lookup))
        if sum(found.number for found in counted) > _MANY_LINKS and len(self._counts) < _MOST_KEPT:
            self._counts[lookup] = counted
        return counted


def count_query(lookup: LinkCounts) -> str:
    """Give the query whose solutions are the counts: ``?p`` and ``?n``."""
    node = lookup.node
    pattern = f"{node} ?p ?value" if lookup.outgoing else f"?other ?p {node} FILTER(isIRI(?other))"
    return f"SELECT ?p (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?p ORDER BY STR(?p)"


def read_counts(solutions: QuerySolutions) -> Iterator[LinkCount]:
    """Go through the counts that such a query gives."""
    for solution in solutions:
        predicate, count = solution["p"], solution["n"]
        if isinstance(predicate, NamedNode) and isinstance(count, Literal):
            yield LinkCount(predicate, int(count.value))


def _counted(store: Store, lookup: LinkCounts) -> Iterator[LinkCount]:
    solutions = store.query(count_query(lookup))
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("counts are read by a SELECT query")
    return read_counts(solutions)
