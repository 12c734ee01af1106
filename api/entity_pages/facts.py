"""What is known while a page is made: triples by subject and property, and texts in the best language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from api.addresses import name_of
from graph.model.namespaces import BASE, RDF, SKOS
from graph.query.lookups import Node, Outgoing, Plan, References

Value: TypeAlias = NamedNode | BlankNode | Literal
KeptFacts: TypeAlias = Mapping[NamedNode, Mapping[NamedNode, Sequence[Value]]]
"""All that is said of some nodes, by node and property."""

NOTHING_KEPT: Final[KeptFacts] = MappingProxyType({})

_TYPE: Final = RDF["type"]
_LABEL: Final = SKOS["prefLabel"]
_NODES: Final = (NamedNode, BlankNode)
_VALUES: Final = (NamedNode, Literal, BlankNode)
_NONE: Final[Sequence[Value]] = ()


@dataclass(frozen=True, order=True)
class Text:
    """A text with its language; the empty tag says that it has none, or that of the page."""

    text: str
    language: str = ""

    def __bool__(self) -> bool:
        """Say whether there is any text."""
        return bool(self.text)

    @property
    def capital(self) -> Text:
        """The same as it stands at the beginning of a line: labels of concepts begin with a small letter."""
        return Text(self.text[:1].upper() + self.text[1:], self.language)


@dataclass(frozen=True)
class Link:
    """Something that has a page of its own.

    Attributes:
        text: what it is called.
        path: of its page, below the root; the empty text if it has none.
        language: as of `Text`.

    """

    text: str
    path: str = ""
    language: str = ""

    @property
    def capital(self) -> Link:
        """The same as it stands at the beginning of a line."""
        return Link(self.text[:1].upper() + self.text[1:], self.path, self.language)


class Facts:
    """Triples by subject and property.

    Args:
        language: of the page, ``vi`` or ``en``.
        triples: the first ones.
        kept: nodes of which everything is known already; they are never looked up.
        whole: nodes of which the first triples say everything.

    """

    def __init__(
        self,
        language: str,
        triples: Iterable[Triple] = (),
        kept: KeptFacts = NOTHING_KEPT,
        whole: Collection[Node] = (),
    ) -> None:
        self.language = language
        self._kept = kept
        self._whole = whole
        self._values: dict[Node, dict[NamedNode, dict[Value, None]]] = {}
        self._named: set[NamedNode] = set()
        self._links: dict[NamedNode, Link] = {}
        self.add(triples)

    def add(self, triples: Iterable[Triple]) -> None:
        """Take in further triples; those that are known already count once."""
        kept, values = self._kept, self._values
        for triple in triples:
            subject, value = triple.subject, triple.object
            if subject in kept or not (isinstance(value, _VALUES) and isinstance(subject, _NODES)):
                continue
            said = values.get(subject)
            if said is None:
                said = values[subject] = {}
            predicate = triple.predicate
            found = said.get(predicate)
            if found is None:
                said[predicate] = {value: None}
            else:
                found[value] = None

    def read(self, nodes: Iterable[NamedNode], *predicates: NamedNode) -> Plan[None]:
        """Plan to look some properties of nodes up, all of them if none are named."""
        known, whole = self._kept, self._whole
        wanted = tuple(n for n in dict.fromkeys(nodes) if n not in known and n not in whole)
        if wanted:
            self.add((yield Outgoing(wanted, predicates)))

    def name(self, nodes: Iterable[NamedNode]) -> Plan[None]:
        """Plan to look the classes and labels of nodes up."""
        wanted = tuple(
            node for node in dict.fromkeys(nodes) if node not in self._kept and node not in self._named
        )
        if wanted:
            self._named.update(wanted)
            self.add((yield References(wanted)))

    def knows(self, node: Node) -> bool:
        """Say whether anything is known of a node."""
        return node in self._values or node in self._kept

    def predicates(self, node: Node) -> list[NamedNode]:
        """Give the properties that a node is known to have."""
        return list(self._said(node))

    def values(self, node: Node, *predicates: NamedNode) -> list[Value]:
        """Give the values of some properties of a node."""
        said = self._said(node)
        if len(predicates) == 1:
            return list(said.get(predicates[0], _NONE))
        return list(dict.fromkeys(value for name in predicates for value in said.get(name, _NONE)))

    def nodes(self, node: Node, *predicates: NamedNode) -> list[NamedNode]:
        """Give those values that are nodes with an IRI, in the order of IRIs."""
        said = self._said(node)
        found = [
            value for name in predicates for value in said.get(name, _NONE) if isinstance(value, NamedNode)
        ]
        return sorted(set(found), key=_iri) if len(found) > 1 else found

    def all_nodes(self, subjects: Iterable[Node], *predicates: NamedNode) -> list[NamedNode]:
        """Give the nodes that some properties of several nodes lead to, each once."""
        return list(dict.fromkeys(node for subject in subjects for node in self.nodes(subject, *predicates)))

    def node(self, node: Node, *predicates: NamedNode) -> NamedNode | None:
        """Give the first node that some properties lead to."""
        found = self.nodes(node, *predicates)
        return found[0] if found else None

    def key(self, node: Node, predicate: NamedNode) -> str:
        """Give the last part of the IRI that a property leads to, e.g. of a concept; empty if none."""
        found = self.node(node, predicate)
        return found.value.rpartition("/")[2] if found else ""

    def value(self, node: Node, *predicates: NamedNode) -> str:
        """Give a literal of the first of some properties that has any, as text, empty for none."""
        said = self._said(node)
        for name in predicates:
            if values := said.get(name):
                found = [value.value for value in values if isinstance(value, Literal)]
                if found:
                    return min(found) if len(found) > 1 else found[0]
        return ""

    def texts(self, node: Node, *predicates: NamedNode, language: str = "") -> list[Text]:
        """Give the texts of the best language that there are any in: the page's, Vietnamese, any.

        Args:
            node: of which.
            predicates: the first that has texts counts.
            language: wanted instead of that of the page.

        """
        said, wanted = self._said(node), language or self.language
        for name in predicates:
            by_language: dict[str, list[str]] = {}
            for value in said.get(name, _NONE):
                if isinstance(value, Literal):
                    by_language.setdefault(value.language or "", []).append(value.value)
            if by_language:
                best = next(tag for tag in (wanted, "vi", *sorted(by_language)) if tag in by_language)
                shown = best if best != wanted else ""
                return [Text(text, shown) for text in sorted(by_language[best])]
        return []

    def text(self, node: Node, *predicates: NamedNode, language: str = "") -> Text:
        """Give the first of those texts, an empty one for none."""
        said, wanted = self._said(node), language or self.language
        for name in predicates:
            best: tuple[int, str, str] | None = None
            for value in said.get(name, _NONE):
                if isinstance(value, Literal):
                    tag = value.language or ""
                    found = (0 if tag == wanted else 1 if tag == "vi" else 2, tag, value.value)
                    best = found if best is None else min(best, found)
            if best is not None:
                return Text(best[2], best[1] if best[0] else "")
        return Text("")

    def classes(self, node: Node) -> Collection[Value]:
        """Give the classes of a node."""
        return self._said(node).get(_TYPE, _NONE)

    def has_class(self, node: Node, *classes: NamedNode) -> bool:
        """Say whether a node is of any of some classes."""
        found = self.classes(node)
        return any(cls in found for cls in classes)

    def link(self, node: NamedNode) -> Link:
        """Give a node by its label, or by the last part of its IRI if it has none."""
        known = self._links.get(node)
        if known is not None:
            return known
        name, label = name_of(node.value), self.text(node, _LABEL)
        path = f"/page/{name}" if name else ""
        if not label:
            return Link(node.value.removeprefix(BASE).rpartition("/")[2] or node.value, path)
        self._links[node] = link = Link(label.text, path, label.language)
        return link

    def _said(self, node: Node) -> Mapping[NamedNode, Collection[Value]]:
        said = self._values.get(node)
        if said is not None:
            return said
        return self._kept.get(node, _NOTHING) if isinstance(node, NamedNode) else _NOTHING


_NOTHING: Final[Mapping[NamedNode, Collection[Value]]] = MappingProxyType({})


def nodes_of(values: Iterable[object]) -> tuple[NamedNode, ...]:
    """Give the nodes with an IRI among terms, each once."""
    return tuple(dict.fromkeys(value for value in values if isinstance(value, NamedNode)))


def _iri(node: NamedNode) -> str:
    return node.value
