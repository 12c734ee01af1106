"""What is known while a page is made: triples by subject and property, and texts in the best language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.model.namespaces import RDF
from graph.query.lookups import Node

_TYPE = RDF["type"]


@dataclass(frozen=True, order=True)
class Text:
    """A text with its language; the empty tag says that it has none, or that of the page."""

    text: str
    language: str = ""

    def __bool__(self) -> bool:
        """Say whether there is any text."""
        return bool(self.text)


class Facts:
    """Triples by subject and property; values keep the order in which they came, each once.

    Args:
        triples: the first ones.

    """

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self._by_subject: dict[Node, dict[NamedNode, dict[object, None]]] = {}
        self.add(triples)

    def add(self, triples: Iterable[Triple]) -> None:
        """Take in further triples."""
        for triple in triples:
            if isinstance(triple.subject, NamedNode | BlankNode):
                said = self._by_subject.setdefault(triple.subject, {})
                said.setdefault(triple.predicate, {})[triple.object] = None

    def knows(self, node: Node) -> bool:
        """Say whether anything is known of a node."""
        return node in self._by_subject

    def predicates(self, node: Node) -> list[NamedNode]:
        """Give the properties that a node is known to have."""
        return list(self._by_subject.get(node, ()))

    def values(self, node: Node, *predicates: NamedNode) -> list[object]:
        """Give the values of some properties of a node."""
        said = self._by_subject.get(node)
        if said is None:
            return []
        if len(predicates) == 1:
            return list(said.get(predicates[0], ()))
        return list(dict.fromkeys(value for predicate in predicates for value in said.get(predicate, ())))

    def nodes(self, node: Node, *predicates: NamedNode) -> list[NamedNode]:
        """Give those values that are nodes with an IRI."""
        return [value for value in self.values(node, *predicates) if isinstance(value, NamedNode)]

    def node(self, node: Node, *predicates: NamedNode) -> NamedNode | None:
        """Give the first of those."""
        return next(iter(self.nodes(node, *predicates)), None)

    def first(self, node: Node, *predicates: NamedNode) -> str:
        """Give the first literal value as text, empty for none."""
        said = self._by_subject.get(node)
        if said is not None:
            for predicate in predicates:
                for value in said.get(predicate, ()):
                    if isinstance(value, Literal):
                        return value.value
        return ""

    def texts(self, node: Node, language: str, *predicates: NamedNode) -> list[Text]:
        """Give the texts of the best language that there are any in: the page's, Vietnamese, any."""
        said = self._by_subject.get(node)
        if said is None:
            return []
        for predicate in predicates:
            found = [value for value in said.get(predicate, ()) if isinstance(value, Literal)]
            if not found:
                continue
            tags = {value.language or "" for value in found}
            best = next(tag for tag in (language, "vi", *sorted(tags)) if tag in tags)
            shown = best if best != language else ""
            return [Text(value.value, shown) for value in found if (value.language or "") == best]
        return []

    def text(self, node: Node, language: str, *predicates: NamedNode) -> Text:
        """Give the first of those texts, an empty one for none."""
        return next(iter(self.texts(node, language, *predicates)), Text(""))

    def has_class(self, node: Node, *classes: NamedNode) -> bool:
        """Say whether a node is of any of some classes."""
        return any(found in classes for found in self.values(node, _TYPE))


def nodes_of(values: Iterable[object]) -> tuple[NamedNode, ...]:
    """Give the nodes with an IRI among terms, each once."""
    return tuple(dict.fromkeys(value for value in values if isinstance(value, NamedNode)))
