"""Classes and labels of all nodes in memory: what a description shows of the nodes it refers to.

A page of a province refers to hundreds of nodes. Reading three properties of each from a store on disk is
most of the time of its description; from a table it is nothing. The table is read from the store in one
go, by queries that are evaluated and written outside the interpreter.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store, Triple

from graph.model.namespaces import RDF, SKOS, XSD
from graph.model.ntriples_terms import literal_parts
from graph.query.lookups import REFERENCE_CLASSES

_TYPE: Final = RDF["type"]
_LABEL: Final = SKOS["prefLabel"]
_OF_CLASSES: Final = " || ".join(f'STRSTARTS(STR(?o), "{namespace.iri}")' for namespace in REFERENCE_CLASSES)
_TYPES: Final = f"SELECT ?s ?o {{ ?s a ?o FILTER(isIRI(?s) && ({_OF_CLASSES})) }}"
_IS_TEXT: Final = f"(LANG(?o) != '' || DATATYPE(?o) = {XSD['string']})"
_LABELS: Final = f"SELECT ?s ?o {{ ?s {_LABEL} ?o FILTER(isIRI(?s) && {_IS_TEXT}) }}"
_LIKE_ENOUGH: Final = 0.75
_MOST_COMPARED: Final = 500
# So many nodes have their triples ready; those of all would take several times the memory.
_MOST_MADE: Final = 10_000


class ReferenceTable:
    """Classes and labels by the IRI of the node.

    Args:
        types: the classes of each node.
        labels: of each node, pairs of language and text.

    """

    def __init__(self, types: dict[str, tuple[str, ...]], labels: dict[str, list[tuple[str, str]]]) -> None:
        terms = {iri: NamedNode(iri) for iri in {iri for found in types.values() for iri in found}}
        # Few combinations of classes occur, so nodes share them.
        shared = {found: tuple(terms[iri] for iri in found) for found in set(types.values())}
        self._types = {iri: shared[found] for iri, found in types.items()}
        self._labels = labels
        self._made: dict[str, tuple[Triple, ...]] = {}

    @classmethod
    def load(cls, store: Store) -> ReferenceTable:
        """Read the table from the default graph of a store."""
        types: dict[str, set[str]] = {}
        for subject, value in _rows(store, _TYPES):
            types.setdefault(subject[1:-1], set()).add(value[1:-1])
        labels: dict[str, list[tuple[str, str]]] = {}
        for subject, value in _rows(store, _LABELS):
            text, language = literal_parts(value)
            labels.setdefault(subject[1:-1], []).append((language, text))
        return cls({iri: tuple(sorted(found)) for iri, found in types.items()}, labels)

    def of_class(self, cls: NamedNode) -> list[NamedNode]:
        """Give the nodes of a class."""
        return [NamedNode(iri) for iri, found in self._types.items() if cls in found]

    def triples(self, nodes: Iterable[NamedNode]) -> Iterator[Triple]:
        """Go through what is known of nodes."""
        for node in nodes:
            iri = node.value
            made = self._made.get(iri)
            if made is None:
                made = tuple(self._make(node))
                if len(self._made) < _MOST_MADE:
                    self._made[iri] = made
            yield from made

    def _make(self, node: NamedNode) -> Iterator[Triple]:
        for found in self._types.get(node.value, ()):
            yield Triple(node, _TYPE, found)
        for language, text in self._labels.get(node.value, ()):
            yield Triple(node, _LABEL, Literal(text, language=language) if language else Literal(text))

    def similar(self, iri: str, limit: int) -> list[str]:
        """Give IRIs of nodes of the same kind that are like this one, the likest first.

        Those are compared that have the beginning of the last part of the IRI in common with it, and
        units of the other era with the same code are the likest of all.
        """
        head, _, key = iri.rpartition("/")
        kind = head + "/"
        start = kind + key[:2]
        near = [found for found in self._types if found.startswith(start)] if key else []
        closest = difflib.get_close_matches(iri, near[:_MOST_COMPARED], limit, _LIKE_ENOUGH)
        era = {"2004": "2025", "2025": "2004"}.get(head.rpartition("/")[2])
        other = f"{head[:-4]}{era}/{key}" if era else ""
        return ([other] if other in self._types else []) + closest[: limit - (other in self._types)]


def _rows(store: Store, query: str) -> Iterator[tuple[str, str]]:
    """Go through the solutions of a query with two variables, as terms of N-Triples."""
    solutions = store.query(query)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("a table is read by SELECT queries")
    text = (solutions.serialize(format=QueryResultsFormat.TSV) or b"").decode()
    for line in text.split("\n")[1:]:
        subject, tab, value = line.partition("\t")
        if tab:
            yield subject, value
