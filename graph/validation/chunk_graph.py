"""The rdflib graph that shapes are run on: read-only, made from N-Triples terms, and quick to read.

pySHACL reads a graph by its methods `objects`, `subjects`, `predicate_objects`, `subject_objects` and
`triples`, millions of times; here each is a look-up in a dictionary. Lexical forms stay as the files
have them: rdflib's normalization of literals is off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Node

from graph.model.ntriples_terms import read_literal

Triple = tuple[Node, Node, Node]


class Terms:
    """Makes rdflib terms of N-Triples terms, each once."""

    def __init__(self) -> None:
        self._made: dict[str, Node] = {}

    def __getitem__(self, token: str) -> Node:
        """Give the rdflib term of an N-Triples term."""
        term = self._made.get(token)
        if term is None:
            term = self._made[token] = _make(token)
        return term


def _make(token: str) -> Node:
    if token.startswith("<"):
        return URIRef(token[1:-1])
    if token.startswith("_:"):
        return BNode(token[2:])
    text, language, datatype = read_literal(token)
    return Literal(
        text, lang=language or None, datatype=URIRef(datatype) if datatype else None, normalize=False
    )


@cache
def _prepared(query: str) -> Any:
    """Parse a query of a SPARQL constraint once, not once for each focus node."""
    return prepareQuery(query)


class ChunkGraph(Graph):
    """A graph of some triples, for reading only; nothing is in its store."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        super().__init__(bind_namespaces="none")
        self._by_subject: dict[Node, dict[Node, list[Node]]] = {}
        self._by_predicate: dict[Node, dict[Node, list[Node]]] | None = None
        self._size = 0
        for subject, predicate, value in triples:
            self._by_subject.setdefault(subject, {}).setdefault(predicate, []).append(value)
            self._size += 1

    def __len__(self) -> int:
        """Count the triples."""
        return self._size

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:
        """Run a SPARQL query, parsed once for all focus nodes."""
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Any:
        """Give the objects of triples with this subject and predicate; see `rdflib.Graph.objects`."""
        if subject is None or predicate is None or unique or isinstance(predicate, Path):
            return super().objects(subject, predicate, unique)
        return iter(self._by_subject.get(subject, _NONE).get(predicate, ()))

    def subjects(self, predicate: Any = None, object: Any = None, unique: bool = False) -> Any:  # noqa: A002
        """Give the subjects of triples with this predicate and object; see `rdflib.Graph.subjects`."""
        if object is None or predicate is None or unique or isinstance(predicate, Path):
            return super().subjects(predicate, object, unique)
        return iter(self._inverse().get(predicate, _NONE).get(object, ()))

    def predicate_objects(self, subject: Any = None, unique: bool = False) -> Any:
        """Give (predicate, object) of the triples with this subject; see `rdflib.Graph`."""
        if subject is None or unique:
            return super().predicate_objects(subject, unique)
        found = self._by_subject.get(subject, _NONE)
        return ((predicate, value) for predicate, values in found.items() for value in values)

    def triples(self, triple: Any) -> Any:
        """Give the triples that match a pattern; see `rdflib.Graph.triples`."""
        subject, predicate, value = triple
        if isinstance(predicate, Path):
            return ((s, predicate, o) for s, o in predicate.eval(self, subject, value))
        if subject is not None:
            return self._of_subject(subject, predicate, value)
        if predicate is not None:
            return self._of_predicate(predicate, value)
        return self._all(value)

    def _of_subject(self, subject: Node, predicate: Node | None, value: Node | None) -> Iterator[Triple]:
        found = self._by_subject.get(subject, _NONE)
        for each in found if predicate is None else (predicate,):
            for given in found.get(each, ()):
                if value is None or given == value:
                    yield subject, each, given

    def _of_predicate(self, predicate: Node, value: Node | None) -> Iterator[Triple]:
        found = self._inverse().get(predicate, _NONE)
        for each in found if value is None else (value,):
            for subject in found.get(each, ()):
                yield subject, predicate, each

    def _all(self, value: Node | None) -> Iterator[Triple]:
        for subject in self._by_subject:
            yield from self._of_subject(subject, None, value)

    def _inverse(self) -> dict[Node, dict[Node, list[Node]]]:
        """Give the subjects by predicate and object; not every chunk needs them."""
        if self._by_predicate is None:
            self._by_predicate = {}
            for subject, predicate, value in self._all(None):
                self._by_predicate.setdefault(predicate, {}).setdefault(value, []).append(subject)
        return self._by_predicate


_NONE: dict[Node, list[Node]] = {}
