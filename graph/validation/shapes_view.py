"""The shapes graph as pySHACL reads it: whole, in dictionaries, without what only people read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rdflib import RDF, RDFS, SH, Graph
from rdflib.term import Node

from graph.validation.namespaces import MemoNamespaces
from graph.validation.rdf_terms import Triple

# pySHACL goes through all statements of a shape each time it runs it.
_FOR_PEOPLE = frozenset({RDFS.label, RDFS.comment, SH.name, SH.description})
# pySHACL compares each statement of a shape with all constraint parameters whenever it runs the shape.
_NO_PARAMETERS = frozenset(
    {RDF.type, SH.path, SH.message, SH.severity, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}
)


class ShapesView(Graph):
    """A graph of shapes; it takes further triples, which pySHACL adds when it begins."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        super().__init__(bind_namespaces="none")
        self.namespace_manager = MemoNamespaces(self)
        self._by_subject: dict[Node, dict[Node, list[Node]]] = {}
        self._lists: dict[Node, list[Node]] = {}
        for triple in triples:
            if triple[1] not in _FOR_PEOPLE:
                self.add(triple)

    def add(self, triple: Any) -> ShapesView:
        """Add a triple."""
        super().add(triple)
        subject, predicate, value = triple
        values = self._by_subject.setdefault(subject, {}).setdefault(predicate, [])
        if value not in values:
            values.append(value)
        return self

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Any:
        """Give the objects of triples with this subject and predicate; see `rdflib.Graph.objects`."""
        if subject is None or predicate is None or type(subject) is list:
            return super().objects(subject, predicate, unique)
        return iter(self._by_subject.get(subject, {}).get(predicate, ()))

    def predicate_objects(self, subject: Any = None, unique: bool = False) -> Any:
        """Give (predicate, object) of the triples of a subject that may be constraint parameters."""
        if subject is None:
            return super().predicate_objects(subject, unique)
        found = self._by_subject.get(subject, {})
        return (
            (predicate, value)
            for predicate, values in found.items()
            if predicate not in _NO_PARAMETERS
            for value in values
        )

    def items(self, list: Any) -> Any:  # noqa: A002
        """Give the members of an RDF list; see `rdflib.Graph.items`."""
        if list not in self._lists:
            self._lists[list] = [*super().items(list)]
        return iter(self._lists[list])
