"""The triples of a document by subject, so that what is said of a term is read at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.model.namespaces import RDF

Node: TypeAlias = NamedNode | BlankNode
Value: TypeAlias = NamedNode | BlankNode | Literal | Triple
Text: TypeAlias = Mapping[str, str]
"""A text by language."""


class Statements:
    """Triples by subject and predicate.

    Args:
        triples: in any order; what is read of them is in an order of its own.

    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._by: defaultdict[Node, defaultdict[NamedNode, list[Value]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._typed: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
        for triple in triples:
            subject, value = triple.subject, triple.object
            if isinstance(subject, Triple):
                continue
            self._by[subject][triple.predicate].append(value)
            if triple.predicate != RDF["type"]:
                continue
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode):
                self._typed[value].append(subject)

    def subjects(self) -> list[Node]:
        """Give everything of which something is said."""
        return list(self._by)

    def of_type(self, cls: NamedNode) -> list[NamedNode]:
        """Give the nodes with IRIs of a class, by IRI."""
        return sorted(set(self._typed.get(cls, ())), key=lambda node: node.value)

    def values(self, subject: Node, predicate: NamedNode) -> list[Value]:
        """Give the values of a property, in the order of their text."""
        said = self._by.get(subject)
        return sorted(said.get(predicate, ()), key=str) if said else []

    def value(self, subject: Node, predicate: NamedNode) -> Value | None:
        """Give the first value of a property, None without one."""
        return next(iter(self.values(subject, predicate)), None)

    def iris(self, subject: Node, predicate: NamedNode) -> tuple[str, ...]:
        """Give those values of a property that are IRIs."""
        return tuple(v.value for v in self.values(subject, predicate) if isinstance(v, NamedNode))

    def text(self, subject: Node, predicate: NamedNode) -> Text:
        """Give the texts of a property by language, Vietnamese first."""
        texts = [v for v in self.values(subject, predicate) if isinstance(v, Literal) and v.language]
        texts.sort(key=lambda text: text.language != "vi")
        return {text.language or "": text.value for text in texts}

    def literal(self, subject: Node, predicate: NamedNode) -> str:
        """Give the first literal of a property as text, empty without one."""
        literals = (v.value for v in self.values(subject, predicate) if isinstance(v, Literal))
        return next(literals, "")

    def members(self, head: Value | None) -> Iterator[Value]:
        """Go through the members of a list (RDF 1.1 Schema, section 5.2)."""
        while isinstance(head, NamedNode | BlankNode) and head != RDF["nil"]:
            first = self.value(head, RDF["first"])
            if first is None:
                return
            yield first
            head = self.value(head, RDF["rest"])
